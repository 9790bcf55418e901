"""Every kind of finding, with its meaning and its remedy."""

from perf_addin.application.finding_kinds import calculating, checking, reading
from perf_addin.application.finding_kinds.kind import Kind

KINDS = {kind.code: kind for kind in sorted((*reading.KINDS, *calculating.KINDS, *checking.KINDS))}
"""The kinds by code, in alphabetical order."""

__all__ = ["KINDS", "Kind"]
