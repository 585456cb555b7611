"""The endpoints, a blueprint each."""
