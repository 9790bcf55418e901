"""Another text in cells of rich text, letter for letter, so that every run keeps its format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from perf_addin.adapters.xlsx.cell_text import decode, encode, needs_space_kept
from perf_addin.adapters.xlsx.cell_xml import extensions_of, refilled
from perf_addin.adapters.xlsx.cells import RawCell, raw_cell
from perf_addin.adapters.xlsx.part_tree import Edit
from perf_addin.adapters.xlsx.row_edits import walk
from perf_addin.adapters.xlsx.shared_strings import SharedStrings
from perf_addin.adapters.xlsx.sheet_scan import SheetScan
from perf_addin.adapters.xlsx.xml_text import is_index

Place = tuple[int, int]


def rich_edits(
    scan: SheetScan, strings: SharedStrings, texts: Mapping[Place, str]
) -> Iterator[tuple[Place, Edit]]:
    """The edits for those cells that hold rich text as long as the new one, with their place.

    Args:
        scan: the sheet.
        strings: the workbook's shared strings.
        texts: the new texts, by row and column.
    """
    wanted: dict[int, list[int]] = {}
    for row, column in sorted(texts):
        wanted.setdefault(row, []).append(column)
    for number, span, _ in walk(scan, list(wanted)):
        for column in wanted[number] if span is not None else ():
            start = scan.start_of(span, column) if span is not None else -1
            raw = raw_cell(scan, start) if start >= 0 else None
            text = texts[number, column]
            runs = _runs(scan, strings, raw) if raw is not None else None
            moved = _with_text(runs, scan.prefix, text) if runs is not None else None
            tag = scan.patterns.start_tag.match(scan.text, start) if moved is not None else None
            if raw is not None and moved is not None and tag is not None:
                kept = extensions_of(scan, raw.start, raw.end)
                cell = refilled(tag[0], raw.style, text, scan.prefix, kept)
                yield (number, column), (raw.start, raw.end, _refitted(cell, moved, scan.prefix))


def _runs(scan: SheetScan, strings: SharedStrings, raw: RawCell) -> bytes | None:
    """The runs of a cell of rich text; None for any other cell."""
    if raw.formula or scan.masked:
        return None
    if raw.kind == b"s":
        number = (raw.text or "").strip()
        return strings.runs(int(number), scan.prefix) if is_index(number) else None
    if raw.kind != b"inlineStr":
        return None
    p = re.escape(scan.prefix)
    inner = re.search(
        rb"<%bis(?:\s[^<>]*)?>(.*)</%bis\s*>" % (p, p), scan.xml[raw.start : raw.end], re.DOTALL
    )
    return inner[1] if inner is not None and re.search(rb"<%br[\s>]" % p, inner[1]) else None


def _with_text(runs: bytes, prefix: bytes, text: str) -> bytes | None:
    """Runs with another text of the same length; None where that does not fit."""
    p = re.escape(prefix)
    pieces = re.compile(rb"<%bt(?:\s[^<>]*)?>([^<]*)</%bt\s*>" % (p, p))
    if b"rPh" in runs or sum(len(decode(one)) for one in pieces.findall(runs)) != len(text):
        return None
    at = 0

    def put(found: re.Match[bytes]) -> bytes:
        nonlocal at
        piece = text[at : at + len(decode(found[1]))]
        at += len(piece)
        kept = b' xml:space="preserve"' if needs_space_kept(piece) else b""
        return b"<%bt%b>%b</%bt>" % (prefix, kept, encode(piece), prefix)

    return pieces.sub(put, runs)


def _refitted(cell: bytes, runs: bytes, prefix: bytes) -> bytes:
    start = cell.index(b"<%bis>" % prefix) + len(prefix) + 4
    return cell[:start] + runs + cell[cell.rindex(b"</%bis>" % prefix) :]
