"""The model at work for many requests at once: queue, admission and the thread that runs it. Knows nothing of HTTP."""
