"""The use case: bring commentary home from the sheets that service leads sent back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perf_addin.application.commentary_sheets import Returned
from perf_addin.application.commentary_texts import Texts, commentary_place, plain
from perf_addin.application.ports import CellWrite, LeftCell, Workbook
from perf_addin.application.rated import Place, Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.report_sheet import checksum
from perf_addin.domain.errors import InputError
from perf_addin.domain.findings import Finding, Severity


class Merged(NamedTuple):
    """What became of the texts: the indicators whose commentary was written, and what was not."""

    written: tuple[Rated, ...]
    findings: tuple[Finding, ...]


class _Text(NamedTuple):
    item: Rated
    place: Place
    returned: Returned


def merge_commentary(
    workbook: Workbook, result: IndexResult, returned: Sequence[Returned], *, overwrite: bool
) -> Merged:
    """Write returned texts into the commentary column of the index.

    A text is written where the index has none, or still the one that the lead was shown. What was
    changed at home meanwhile, or returned twice and differently, is a conflict: both texts are
    told and nothing is written, unless `overwrite` lets the returned text (the last of several)
    win. Text is never written as a formula.

    Raises:
        InputError: the index has no column for commentary.
        OutputError: a sheet cannot be written.
    """
    findings: list[Finding] = []
    texts = Texts(workbook)
    wanted = []
    for text in _placed(workbook, result, returned, findings, overwrite=overwrite):
        conflict = _conflict(text, texts)
        if conflict is not None:
            findings.append(conflict)
        if (conflict is None or overwrite) and not _is_there(text):
            wanted.append(text)
    left = list(_write(workbook, wanted))
    lost = {(finding.sheet, finding.cell) for finding in left}
    written = [t.item for t in wanted if (t.item.sheet, t.place.name) not in lost]
    return Merged(tuple(written), (*findings, *left))


def _placed(
    workbook: Workbook,
    result: IndexResult,
    returned: Sequence[Returned],
    findings: list[Finding],
    *,
    overwrite: bool,
) -> list[_Text]:
    """One text for each indicator that one was returned for, with the cell that it goes to."""
    chosen: dict[tuple[str, int], _Text] = {}
    disputed: set[tuple[str, int]] = set()
    for each in returned:
        if not each.text:
            continue
        item = _find(result, each)
        if item is None:
            findings.append(_unknown(each))
            continue
        key = (item.sheet, item.row)
        earlier = chosen.get(key)
        if earlier is not None and plain(earlier.returned.text) != plain(each.text):
            findings.append(_twice(earlier, each, overwrite=overwrite))
            disputed.add(key)
        chosen[key] = _Text(item, _place(workbook, item), each)
    return [text for key, text in chosen.items() if overwrite or key not in disputed]


def _place(workbook: Workbook, item: Rated) -> Place:
    place = commentary_place(item)
    if place is None:
        raise InputError(
            f"{workbook.name}, sheet {item.sheet!r}: there is no column for commentary. Add one "
            "with the heading Commentary, or state it with --column Commentary=K.",
            name=workbook.name,
        )
    return place


def _find(result: IndexResult, returned: Returned) -> Rated | None:
    """The indicator of a returned row; of several with one number, the one with its name."""
    found = [
        item
        for item in (*result.rated, *result.others)
        if (item.label, item.period.label if item.period else "")
        == (returned.label, returned.period)
    ]
    if len({(item.sheet, item.name) for item in found}) > 1:
        found = [item for item in found if plain(item.name) == plain(returned.name)]
        if len({item.sheet for item in found}) > 1:
            return None
    return next(iter(found), None)


def _is_there(text: _Text) -> bool:
    return (text.item.commentary or "") == text.returned.text


def _conflict(text: _Text, texts: Texts) -> Finding | None:
    """A commentary at home that is neither what the lead was shown nor what came back."""
    now = texts.of(text.item)
    if now is None or now.text == text.returned.text:
        return None
    if checksum(now.text) == text.returned.asked_with and now.sheet == text.item.sheet:
        return None
    return Finding(
        "commentary-conflict",
        Severity.WARNING,
        f"Indicator {text.item.label}: {text.returned.file} has {text.returned.text!r}, but here "
        f"it says {now.text!r}, which the service was not shown or which was typed into the "
        "report. Settle it here, or let the returned text win with --overwrite.",
        now.sheet,
        now.cell,
    )


def _twice(earlier: _Text, each: Returned, *, overwrite: bool) -> Finding:
    became = "the last was taken" if overwrite else "neither was written"
    return Finding(
        "commentary-returned-twice",
        Severity.WARNING,
        f"Indicator {each.label}: {earlier.returned.file} has {earlier.returned.text!r} and "
        f"{each.file} has {each.text!r}; {became}. Settle it here.",
        earlier.item.sheet,
        earlier.place.name,
    )


def _unknown(each: Returned) -> Finding:
    when = f" for {each.period}" if each.period else ""
    return Finding(
        "commentary-not-placed",
        Severity.WARNING,
        f"{each.file}, {each.sheet}!{each.cell}: the index has no indicator {each.label!r}{when}, "
        "so its text was not written. State the period with --period, or write it in by hand.",
    )


def _write(workbook: Workbook, texts: Sequence[_Text]) -> Iterator[Finding]:
    for sheet in dict.fromkeys(text.item.sheet for text in texts):
        writes = [
            CellWrite(text.place.row, text.place.column, text.returned.text)
            for text in texts
            if text.item.sheet == sheet
        ]
        left: list[LeftCell] = []
        workbook.write(sheet, writes, left)
        for cell in left:
            name = Place(cell.row, cell.column).name
            message = f"A commentary was not written. {cell.why}"
            yield Finding("cell-not-written", Severity.WARNING, message, sheet, name)
