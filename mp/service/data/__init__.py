"""What the service knows beforehand: the registry of outlets and the lists of words."""
