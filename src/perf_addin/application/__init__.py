"""Use cases over ports: read an index, rate it, write ratings and the exception report."""
