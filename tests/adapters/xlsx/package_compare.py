"""What a workbook may differ in after an edit, and why; the one place that says so.

Permitted, and nothing else:

* the sheets that were written to: the named cells, `spans` of their rows (which must cover them),
  rows added for them, `<dimension>` (which must cover them), and `<sheetData/>` opened;
* the styles part: fonts, fills, borders and cell formats appended at the end of their lists, and
  the `count` of these lists; a styles part where there was none;
* the workbook part: a `<sheet>` appended and names of print areas and titles;
* the workbook's relationships and the content types: entries added.

Both files are read here with nothing of the product, so that a mistake in it cannot hide itself.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from perf_addin.application.grid import column_number

Cells = AbstractSet[tuple[int, int]]
_LOCAL_HEADER = 30
_LISTS = ("fonts", "fills", "borders", "cellXfs")


class Member(NamedTuple):
    """A package member: its normalised name, its bytes as stored, and its content."""

    name: str
    stored: bytes
    content: bytes


def members(path: Path) -> list[Member]:
    """Every member in the order of the directory."""
    raw = path.read_bytes()
    found = []
    with zipfile.ZipFile(path) as package:
        for info in package.infolist():
            start = info.header_offset
            name_length, extra_length = struct.unpack_from("<HH", raw, start + 26)
            data = start + _LOCAL_HEADER + name_length + extra_length
            stored = raw[data : data + info.compress_size]
            name = info.filename.replace("\\", "/").lstrip("/")
            found.append(Member(name, stored, package.read(info)))
    return found


def tree(xml: bytes | str) -> ET.Element:
    """Parse a part of a workbook that we wrote, or chose for the corpus."""
    return ET.fromstring(xml)


def bare(*roots: ET.Element) -> None:
    """Drop what stands between an element's children, mostly line ends."""
    for root in roots:
        for child in root:
            child.tail = None


def local(element: ET.Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def workbook_part(parts: Mapping[str, bytes]) -> str:
    """The name of the main part, by the package's relationships."""
    for relation in tree(parts["_rels/.rels"]):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise AssertionError("no workbook part")


def related(parts: Mapping[str, bytes], part: str, kind: str) -> dict[str, str]:
    """The parts that a part points to with relationships of a kind, by relationship id."""
    folder, _, name = part.rpartition("/")
    relations = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if relations is None:
        return {}
    return {
        r.get("Id", ""): posixpath.normpath(posixpath.join("/" + folder, r.get("Target", "")))[1:]
        for r in tree(relations)
        if r.get("Type", "").endswith("/" + kind)
    }


def assert_only_permitted(before: Path, after: Path, written: Mapping[str, Cells]) -> None:
    """Fail unless the second workbook is the first one with just the permitted differences.

    Args:
        before: the input.
        after: the output.
        written: for each sheet part that was written to, the (row, column) of its cells.
    """
    old, new = members(before), members(after)
    assert [m.name for m in new[: len(old)]] == [m.name for m in old], "order of parts"
    old_parts = {m.name: m.content for m in old}
    new_parts = {m.name: m.content for m in new}
    main = workbook_part(old_parts)
    folder, _, file_name = main.rpartition("/")
    styles = set(related(old_parts, main, "styles").values())
    grown = {"[Content_Types].xml", posixpath.join(folder, "_rels", f"{file_name}.rels")}
    for one, other in zip(old, new, strict=False):
        if one.stored == other.stored:
            continue
        if one.name in written:
            compare_sheets(one.content, other.content, written[one.name])
        elif one.name in styles:
            compare_styles(one.content, other.content)
        elif one.name == main:
            compare_workbooks(one.content, other.content)
        else:
            assert one.name in grown, f"{one.name} differs"
            compare_grown(one.content, other.content)
    added = set(new_parts) - set(old_parts)
    sheets = set(related(new_parts, main, "worksheet").values())
    assert added <= sheets | set(related(new_parts, main, "styles").values()), added


def same(one: ET.Element, other: ET.Element) -> bool:
    """Whether two elements mean the same, prefixes and empty tails aside."""
    return ET.canonicalize(ET.tostring(one), strip_text=False) == ET.canonicalize(
        ET.tostring(other), strip_text=False
    )


class SheetContent(NamedTuple):
    """A sheet taken apart: cells, row attributes, the address of the used block, all else."""

    cells: dict[tuple[int, int], ET.Element]
    rows: dict[int, dict[str, str]]
    dimension: str | None
    rest: ET.Element


def sheet_content(xml: bytes) -> SheetContent:
    """Take a sheet apart."""
    root = tree(xml)
    cells, rows, dimension, number = {}, {}, None, 0
    for child in root:
        if local(child) == "dimension":
            dimension = child.attrib.pop("ref", None)
        if local(child) == "sheetData":
            for row in child:
                number = int(row.get("r", number + 1))
                rows[number] = dict(row.attrib)
                column = 0
                for cell in row:
                    letters = cell.get("r", "").rstrip("0123456789")
                    column = column_number(letters) if letters else column + 1
                    cell.tail = None
                    cells[number, column] = cell
            child[:] = []
            child.text = None
    return SheetContent(cells, rows, dimension, root)


def compare_sheets(before: bytes, after: bytes, written: Cells) -> None:
    """Fail unless only the written cells differ, and what must cover them does."""
    old, new = sheet_content(before), sheet_content(after)
    assert same(old.rest, new.rest), "something beside the cells differs"
    for place in old.cells.keys() | new.cells.keys():
        if place not in written:
            assert place in old.cells, f"cell {place} was added"
            assert place in new.cells, f"cell {place} was lost"
            assert same(old.cells[place], new.cells[place]), f"cell {place} differs"
    touched = {row for row, _ in written}
    for number in old.rows.keys() | new.rows.keys():
        if number not in old.rows:
            assert number in touched, f"row {number} was added"
            assert set(new.rows[number]) <= {"r", "spans"}, f"row {number} has more than it needs"
            continue
        one, other = dict(old.rows[number]), dict(new.rows[number])
        if number in touched:
            assert ("spans" in one) == ("spans" in other)
            one.pop("spans", None)
            other.pop("spans", None)
        assert one == other, f"the attributes of row {number} differ"
    assert (old.dimension is None) == (new.dimension is None), "dimension"


def compare_styles(before: bytes, after: bytes) -> None:
    """Fail unless entries were only appended to the lists that may grow."""
    old, new = tree(before), tree(after)
    for name in _LISTS:
        one = [c for c in old if local(c) == name]
        other = [c for c in new if local(c) == name]
        if not one:
            for section in other:
                new.remove(section)
            continue
        kept = len(one[0])
        assert other[0].get("count") in {None, str(len(other[0]))}, f"count of {name}"
        for number in range(kept):
            one[0][number].tail = other[0][number].tail = None
            assert same(one[0][number], other[0][number]), f"{name} {number} was changed"
        for section in (one[0], other[0]):
            section[:] = []
            section.text = None
            section.attrib.pop("count", None)
    bare(old, new)
    assert same(old, new), "something beside the lists of styles differs"


def compare_workbooks(before: bytes, after: bytes) -> None:
    """Fail unless only sheets and print names were added."""
    old, new = tree(before), tree(after)
    for name in ("sheets", "definedNames"):
        one = next((c for c in old if local(c) == name), None)
        other = next((c for c in new if local(c) == name), None)
        if other is None:
            continue
        if one is None:
            new.remove(other)
            continue
        for entry in list(other)[len(one) :]:
            assert name == "sheets" or entry.get("name", "").startswith("_xlnm.Print_")
            other.remove(entry)
        for section in (one, other):
            section.text = None
            for entry in section:
                entry.tail = None
    bare(old, new)
    assert same(old, new), "workbook.xml differs in more than added sheets and print names"


def compare_grown(before: bytes, after: bytes) -> None:
    """Fail unless every old entry is still there, in the old order, before the new ones."""
    old, new = list(tree(before)), list(tree(after))
    for one, other in zip(old, new, strict=False):
        one.tail = other.tail = None
        assert same(one, other), "an entry was changed"
    assert len(new) >= len(old)
