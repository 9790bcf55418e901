"""Our routes beside those of xlwings-server."""

from perf_addin.entry.web import router

__all__ = ["router"]
