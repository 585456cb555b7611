"""The formats of an answer, each a pure function of it; ``registry`` lists them. Independent of HTTP."""
