"""Draft sentences: what the figures around an indicator show, with the cells they stand in."""
