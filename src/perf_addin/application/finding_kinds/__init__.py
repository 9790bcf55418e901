"""Every kind of finding, with its meaning and its remedy."""

from perf_addin.application.finding_kinds import (
    calculating,
    checking,
    commenting,
    comparing,
    importing,
    reading,
    rolling,
)
from perf_addin.application.finding_kinds.kind import Kind

_PARTS = (reading, calculating, checking, commenting, importing, comparing, rolling)
KINDS = {kind.code: kind for kind in sorted(each for part in _PARTS for each in part.KINDS)}
"""The kinds by code, in alphabetical order."""

__all__ = ["KINDS", "Kind"]
