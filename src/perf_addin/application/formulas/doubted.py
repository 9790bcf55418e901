"""That stored results were not trusted."""

from __future__ import annotations

from perf_addin.domain.findings import Finding, Severity


def doubted(why: str) -> Finding:
    """Say why every formula was calculated anew."""
    return Finding(
        "stored-results-doubted",
        Severity.INFO,
        f"Every formula was calculated anew, since the stored results cannot be trusted: {why}.",
    )
