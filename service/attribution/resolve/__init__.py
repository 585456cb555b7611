"""From what the network makes of each quotation to the answer: speakers, outlets, and how they agree."""
