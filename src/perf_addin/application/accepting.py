"""Accepting findings by name: which finding is meant, and its reason put beside it."""

from __future__ import annotations

from collections.abc import Sequence

from perf_addin.application.acceptance import Accepted
from perf_addin.application.rating_index import IndexResult
from perf_addin.domain.errors import UsageError
from perf_addin.domain.findings import Finding

_MOST_NAMED = 8
_LONGEST_REASON = 2000


def accept(result: IndexResult, names: Sequence[str], reason: str) -> IndexResult:
    """Accept findings of a check.

    Args:
        result: the check.
        names: each `CODE:CELL` or `CODE:SHEET!CELL`, in either case; `CODE` alone for a finding
            that has no cell. All findings of that code in that cell are meant.
        reason: why they are accepted; one that was given before gives way to it.

    Returns:
        The check with those findings among the accepted.

    Raises:
        UsageError: the reason is empty or too long, no finding is meant, or those of several
            sheets are.
    """
    because = " ".join(reason.split())
    if not because or len(because) > _LONGEST_REASON:
        raise UsageError(
            f"found a reason of {len(because):,} characters, expected 1 to {_LONGEST_REASON:,}. "
            'Say with --reason "..." why the finding may stand.'
        )
    every = [*result.findings, *(each.finding for each in result.accepted)]
    chosen = {finding for name in names for finding in _meant(every, name)}
    still_open = tuple(finding for finding in result.findings if finding not in chosen)
    kept = [each for each in result.accepted if each.finding not in chosen]
    new = [Accepted(finding, because) for finding in every if finding in chosen]
    return result._replace(findings=still_open, accepted=(*kept, *new))


def _meant(findings: Sequence[Finding], name: str) -> list[Finding]:
    code, _, place = (part.strip() for part in name.partition(":"))
    sheet, _, cell = place.rpartition("!")
    sheet = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    cell = cell.replace("$", "")
    coded = [f for f in findings if f.code == code.casefold()]
    meant = [
        f
        for f in coded
        if (f.cell or "").casefold() == cell.casefold()
        and (not sheet or (f.sheet or "").casefold() == sheet.casefold())
    ]
    if not meant:
        raise UsageError(_not_found(findings, coded, name, code))
    sheets = sorted({f.sheet or "" for f in meant})
    if len(sheets) > 1:
        raise UsageError(
            f"--accept {name}: sheets {', '.join(map(repr, sheets))} have such a finding. Name "
            f"one, as in {code}:{sheets[0]}!{cell}"
        )
    return meant


def _not_found(findings: Sequence[Finding], coded: Sequence[Finding], name: str, code: str) -> str:
    if coded:
        known = [f"{f.code}:{f.place}" if f.place else f.code for f in coded]
        what = f"those of {code} are"
    else:
        known = sorted({f.code for f in findings})
        what = "the codes that were found are"
    shown = ", ".join(known[:_MOST_NAMED]) + (", ..." if len(known) > _MOST_NAMED else "")
    found = f"{what} {shown}" if known else "there are no findings"
    return f"--accept {name}: there is no such finding; {found}."
