"""Calculating formulas with an engine that others wrote: formualizer."""
