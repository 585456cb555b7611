"""From what newsrooms send, in plain text, HTML, ninjs, NewsML-G2 or NITF, to the text that is attributed."""
