"""From the network's predictions for each quotation to the answer: speakers, outlets, and their consistency."""
