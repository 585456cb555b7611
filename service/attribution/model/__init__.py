"""The network: from an article's tokens to what it makes of each quotation."""
