"""Lets `python -m perf_addin` do what `perf-addin` does."""

import sys

from perf_addin.entry.cli import command

if __name__ == "__main__":
    sys.exit(command())
