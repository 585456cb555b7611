"""Speed: against the encoder's own floor, against one question a quote, by length, and as a service."""
