"""Speed benchmarks: against the bare encoder, against one question per quote, by length, and as a service."""
