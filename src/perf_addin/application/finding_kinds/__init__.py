"""Every kind of finding, with its meaning and its remedy."""

from perf_addin.application.finding_kinds import (
    calculating,
    checking,
    comparing,
    importing,
    reading,
    rolling,
)
from perf_addin.application.finding_kinds.kind import Kind

_ALL = (
    *(*reading.KINDS, *calculating.KINDS, *checking.KINDS),
    *(*importing.KINDS, *comparing.KINDS, *rolling.KINDS),
)
KINDS = {kind.code: kind for kind in sorted(_ALL)}
"""The kinds by code, in alphabetical order."""

__all__ = ["KINDS", "Kind"]
