"""The published scorecard as one self-contained page."""
