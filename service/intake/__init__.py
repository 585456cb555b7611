"""Extracts the text to attribute from what newsrooms send: plain text, HTML, ninjs, NewsML-G2 or NITF."""
