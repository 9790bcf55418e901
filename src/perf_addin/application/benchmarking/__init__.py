"""Benchmarks from a file: who is who in it, which measure is which, what fills which cell."""
