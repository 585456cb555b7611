"""Measures the service's speed against the floor: the bare encoder, on the same tokens."""
