"""The published scorecard: a whole index as one page, composed as data before anything is drawn."""
