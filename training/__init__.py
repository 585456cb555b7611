"""Trains the shipped checkpoint from labelled articles. Imports the service, never the other way round."""
