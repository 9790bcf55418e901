"""Published benchmarks as they come from a download: rows of a CSV file."""
