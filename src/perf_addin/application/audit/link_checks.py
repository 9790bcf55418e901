"""Links that lead nowhere: names, hyperlinks, charts, lists and rules; and links to other files."""

from __future__ import annotations

from collections.abc import Iterator

from perf_addin.application.audit.stored_links import Known, LinkKind, StoredLink
from perf_addin.application.audit.wording import listed
from perf_addin.application.formulas.tokens import Kind, tokens
from perf_addin.application.ports import Workbook
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.lazy_patterns import lazily

_GONE = "cells that are no more (#REF!)"
_CELL = lazily(r"\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?")
_WHOLE = lazily(r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d{1,7}:\$?\d{1,7}")
_ELSEWHERE = frozenset("[]:\\/")
_BUILT_IN = "_xlnm."
_NO_HARM = lazily(r"_xlnm\._FilterDatabase|.*\.wvu\..*", 2)  # Excel's own notes on filters, views
_REMEDIES = {
    LinkKind.NAME: "Correct it in the Name Manager, or delete it.",
    LinkKind.HYPERLINK: "Correct where it leads, or remove it.",
    LinkKind.CHART: "Select its data anew, or remove the series.",
    LinkKind.SPARKLINE: "Select its data anew, or clear it.",
    LinkKind.LIST: "State where its choices are, or anything can be entered.",
    LinkKind.RULE: "Correct the rule, or delete it: it never holds.",
    LinkKind.PIVOT: "Change its data source, or it cannot be refreshed.",
}


def check_links(workbook: Workbook) -> Iterator[Finding]:
    """Look for links that lead nowhere.

    Yields:
        One finding for all links of a kind on a sheet that lead to the same kind of nowhere.
    """
    inspection = workbook.inspection
    known = inspection.known()
    broken: dict[tuple[LinkKind, str | None, str], list[StoredLink]] = {}
    for link in inspection.links():
        why = _why_broken(link, known)
        if why:
            broken.setdefault((link.kind, link.sheet, why), []).append(link)
    for (kind, sheet, why), links in broken.items():
        names = listed(list(dict.fromkeys(_called(link) for link in links)))
        yield Finding(
            "broken-link",
            Severity.WARNING,
            f"{names}: the {kind.value} refers to {why}. {_REMEDIES[kind]}",
            sheet,
            links[0].cell or None,
        )


def check_files(workbook: Workbook, *, is_told: bool) -> Iterator[Finding]:
    """The other workbooks that a workbook is linked to; none of them was opened.

    Args:
        workbook: the workbook.
        is_told: whether cells that take figures from them have been named already.
    """
    files = [link.target for link in workbook.inspection.links() if link.kind is LinkKind.FILE]
    if files and not is_told:
        yield Finding(
            "link-elsewhere",
            Severity.INFO,
            f"The workbook is linked to {listed(files)}; no other workbook was opened. Update the "
            "links in Excel before publishing, or break them there if nothing needs them.",
        )


def _called(link: StoredLink) -> str:
    name = link.name.removeprefix(_BUILT_IN).replace("_", " ") if _built_in(link) else link.name
    if link.kind is LinkKind.CHART:
        return f"{link.cell} ({name})" if name and link.cell else name or link.cell or "a chart"
    return name or link.cell or f"a {link.kind.value}"


def _built_in(link: StoredLink) -> bool:
    return link.name.startswith(_BUILT_IN)


def _why_broken(link: StoredLink, known: Known) -> str:
    """What a link refers to that is not there; empty where it is, or lies elsewhere."""
    if link.kind is LinkKind.FILE or _NO_HARM.fullmatch(link.name):
        return ""
    if link.kind is LinkKind.HYPERLINK:
        return _no_such_place(link.target, known)
    parts = list(tokens(link.target))
    for token in parts:
        if token.kind not in {Kind.AREA, Kind.NAME}:
            continue
        where, _, inside = token.text.rpartition("!")
        if "#REF!" in token.text.upper():
            return _GONE
        is_sheet = token.kind is Kind.AREA and where and _ELSEWHERE.isdisjoint(where)
        if is_sheet and _plain(where) not in known.sheets:
            return f"the sheet {_shown(where)!r}, which is not there"
        is_alone = link.kind is LinkKind.LIST and token.kind is Kind.NAME and len(parts) == 1
        if is_alone and not where and inside.casefold() not in known.names:
            return f"the name {inside!r}, which is not there"
    return ""


def _no_such_place(target: str, known: Known) -> str:
    """The same for a place inside the workbook, which may name its sheet without quotes."""
    where, _, inside = target.lstrip("#").rpartition("!")
    if "#REF!" in target.upper():
        return _GONE
    if where:
        if not _ELSEWHERE.isdisjoint(where) or _plain(where) in known.sheets:
            return ""
        return f"the sheet {_shown(where)!r}, which is not there"
    is_cell = _CELL.fullmatch(inside) or _WHOLE.fullmatch(inside)
    if not inside or is_cell or inside.casefold() in known.names:
        return ""
    return f"the name {inside!r}, which is not there"


def _shown(where: str) -> str:
    return where[1:-1].replace("''", "'") if where.startswith("'") else where


def _plain(where: str) -> str:
    return _shown(where).casefold()
