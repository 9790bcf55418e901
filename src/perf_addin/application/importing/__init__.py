"""Bringing the figures of an extract into the index: read, placed, compared, written, logged."""
