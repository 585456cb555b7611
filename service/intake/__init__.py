"""From what newsrooms send, in plain text, HTML or ninjs, to the text that is attributed."""
