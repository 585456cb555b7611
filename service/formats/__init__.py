"""The forms that an answer can take, each a pure function of it; ``registry`` lists them. Knows nothing of HTTP."""
