"""Worker processes that work on one file after the other."""
