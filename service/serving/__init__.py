"""Runs the model for many requests at once: queue, admission control and the inference thread. Independent of HTTP."""
