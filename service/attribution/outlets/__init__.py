"""News outlets: the registry, where an article names them, and how those are named that the registry lacks."""
