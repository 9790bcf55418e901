"""The use case: what a committee paper says, from an index that was rated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from perf_addin.application.diff.picture import picture_of
from perf_addin.application.exception_report import (
    BREACHES,
    CORRECTIONS,
    EXCEPTIONS,
    OF_NOTE,
    PERFORMING_WELL,
    UNREPORTABLE,
    ExceptionReport,
    build_report,
)
from perf_addin.application.history import exchange, read_history
from perf_addin.application.own_sheets import HISTORY, PAPER, REPORT
from perf_addin.application.paper.content import (
    Paper,
    Paragraph,
    Value,
    paragraphs,
    placeholder,
    plain,
)
from perf_addin.application.paper.fields import FIELDS, PaperField, Shape
from perf_addin.application.paper.periods import index_title, month, purpose
from perf_addin.application.paper.rows import Bookmarks, Rows
from perf_addin.application.paper.stated import Stated, read_stated
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated, Status
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.report_sheet import read_typed
from perf_addin.application.scorecard.withheld import withheld
from perf_addin.application.sentences.evidence import Drafts
from perf_addin.domain.findings import Finding

_SECTIONS = {
    "exceptions": EXCEPTIONS,
    "of_note": OF_NOTE,
    "performing_well": PERFORMING_WELL,
    "breaches": BREACHES,
    "corrections": CORRECTIONS,
    "unreportable": UNREPORTABLE,
}
_COUNTED = (("red", "R"), ("amber", "A"), ("green", "G"))


def _about_small_numbers(small: Iterable[Finding], items: Iterable[Rated]) -> Iterator[Finding]:
    """What is said of the indicators in the paper whose figure must not be published."""
    places = {(item.sheet, item.place.name) for item in items if item.actual is not None}
    for finding in small:
        if (finding.sheet, finding.cell) in places:
            yield finding._replace(
                message=f"{finding.message} The paper has no draft sentences about it; see that "
                "its commentary does not give it away."
            )


class _Known(NamedTuple):
    """What the index itself says for a field, and what for its rows."""

    texts: dict[str, str]
    rows: dict[str, Value]


def compose(workbook: Workbook, result: IndexResult) -> Paper:
    """Compose the paper: what the workbook knows, and a placeholder for everything else.

    Commentary that people typed into the exception report of the workbook comes before that of
    the index, as in the report itself.

    Args:
        workbook: the workbook, which is only read.
        result: its index, rated.
    """
    stated = read_stated(PAPER.find(workbook.sheets))
    asked = result.settings.period is not None
    report = build_report(result.rated, result.period, asked=asked)
    wanted = [item for section in report.sections for e in section.entries for item in e.items]
    items = {(item.sheet, item.row): item for item in wanted}
    small = withheld(workbook, picture_of(workbook, result))
    hidden = frozenset((f.sheet or "", f.cell or "") for f in small)
    drafts = Drafts(workbook, result, list(items.values()), hidden)
    rows = Rows(_typed(workbook, report), drafts, Bookmarks(report), {}, [], hidden)
    rows.findings.extend(_about_small_numbers(small, items.values()))
    title = index_title(workbook, result)
    known = _Known(
        _texts(workbook, result, title),
        {name: rows.of(report, key) for name, key in _SECTIONS.items()},
    )
    fields = {field.name: _value(field, stated, known) for field in FIELDS}
    subject, committee = (stated.lines.get(name, ()) for name in ("subject", "committee"))
    named = " ".join(subject) or known.texts["subject"]
    return Paper(
        " – ".join(part for part in (named, " ".join(committee)) if part),
        fields,
        tuple(rows.drafted.values()),
        (*stated.findings, *drafts.findings, *rows.findings),
    )


def _typed(workbook: Workbook, report: ExceptionReport) -> dict[str, str]:
    """Commentary that people typed into the report, or that is kept from an earlier one."""
    sheet = REPORT.find(workbook.sheets)
    if sheet is None:
        return {}
    typed = read_typed(sheet)
    keys = {e.key for section in report.sections for e in section.entries if e.keeps}
    exchange(read_history(HISTORY.find(workbook.sheets)), typed, keys)
    return {key: text for key, text in typed.texts.items() if text}


def _texts(workbook: Workbook, result: IndexResult, title: str) -> dict[str, str]:
    """What the index says for fields that people may state too."""
    period = result.period
    when = month(period.end) if period is not None else ""
    return {
        "subject": f"Performance report to {when}" if when else "Performance report",
        "purpose": purpose(workbook, result, title) or "",
        "summary": _summary(result.rated),
        "period": period.label if period is not None else "",
        "index_title": title,
        "appendices": f"Appendix 1: {title}",
    }


def _summary(rated: tuple[Rated, ...]) -> str:
    """Count the ratings: `Of 24 indicators, 3 are red, 12 are green and 9 are not rated.`."""
    letters = Counter(item.letter for item in rated)
    lost = sum(item.status is Status.UNREPORTABLE for item in rated)
    counts = [(letters[letter], word) for word, letter in _COUNTED]  # type: ignore[index]
    counts.append((letters[None] - lost, "not rated"))
    told = [f"{count} {'is' if count == 1 else 'are'} {word}" for count, word in counts if count]
    if lost:
        told.append(f"{lost} cannot be reported accurately")
    listed = " and ".join(part for part in (", ".join(told[:-1]), told[-1]) if part)
    return f"Of {len(rated)} indicator{'' if len(rated) == 1 else 's'}, {listed}."


def _value(field: PaperField, stated: Stated, known: _Known) -> Value:
    """What a field holds: what is stated, else what is known, else a placeholder."""
    if field.shape is Shape.ROWS:
        return known.rows[field.name]
    if field.name in stated.left_out:
        return () if field.shape is Shape.LIST else plain("")
    lines = stated.lines.get(field.name) or tuple(filter(None, [known.texts.get(field.name, "")]))
    if field.shape is Shape.LIST:
        found: tuple[Paragraph, ...] = paragraphs("\n".join(lines))
        return found or _gap(field)
    return plain("\n".join(lines)) if lines else (_gap(field) or (plain(""),))[0]


def _gap(field: PaperField) -> tuple[Paragraph, ...]:
    return (placeholder(field.label),) if field.label is not None else ()
