"""What changed between two indexes: ratings, exceptions, past figures, definitions, indicators."""

from __future__ import annotations

from perf_addin.application.diff.compare import (
    Altered,
    Difference,
    Exceptions,
    Hidden,
    Redefined,
    Rerated,
    compare,
)
from perf_addin.application.diff.picture import Held, Picture, Pictured, take_picture

__all__ = [
    "Altered",
    "Difference",
    "Exceptions",
    "Held",
    "Hidden",
    "Picture",
    "Pictured",
    "Redefined",
    "Rerated",
    "compare",
    "take_picture",
]
