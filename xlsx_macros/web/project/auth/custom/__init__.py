"""Who may use the add-in; xlwings-server asks under this name."""

from perf_addin.entry.web import validate_token

__all__ = ["validate_token"]
