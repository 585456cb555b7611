"""From labelled articles to the checkpoint that the service ships. Imports the service; never the other way round."""
