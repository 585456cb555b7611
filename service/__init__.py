"""Quote attribution service: who said each direct quote of a news article, and which outlet reported it."""

__version__ = "1.0.0"
