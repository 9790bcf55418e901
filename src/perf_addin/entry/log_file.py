"""The log of what went wrong in Excel, where there is no terminal to print to."""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path

_BYTES = 500_000


def log_path() -> Path:
    """Where the log is: in the user's own folder for such things."""
    local = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME")
    base = Path(local) if local else Path.home() / ".local" / "state"
    return base / "perf-addin" / "perf-addin.log"


def logger() -> logging.Logger:
    """The logger, writing into the file; two older files of the same size are kept."""
    found = logging.getLogger("perf_addin")
    if not any(isinstance(handler, RotatingFileHandler) for handler in found.handlers):
        path = log_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        found.addHandler(handler)
    return found
