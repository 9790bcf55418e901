"""Lists inside the styles part (fonts, fills, borders, cell formats), and entries for them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from perf_addin.adapters.xlsx.part_tree import (
    Edit,
    Node,
    append_child,
    insert_after,
    parse,
    set_attribute,
)

_HELD = 256
_FONT_ORDER = {
    name: place
    for place, name in enumerate(
        (
            *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
            *("sz", "color", "name", "family", "charset", "scheme"),
        )
    )
}


@lru_cache(_HELD)
def _starters(name: str, p: bytes) -> tuple[bytes, ...]:
    """What Excel takes the first entries of a list to be, whatever a file says.

    Fills 0 and 1 are always "none" and the grey pattern: an own fill there would not show.
    """
    none = b'<%bfill><%bpatternFill patternType="none"/></%bfill>' % (p, p, p)
    grey = none.replace(b"none", b"gray125")
    return {
        "fonts": (b'<%bfont><%bsz val="11"/><%bname val="Calibri"/></%bfont>' % (p, p, p, p),),
        "fills": (none, grey),
        "borders": (b"<%bborder/>" % p,),
        "cellXfs": (b'<%bxf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' % p,),
    }[name]


class Section:
    """One list: its entries by number, as bytes or nodes, and those that were added."""

    def __init__(self, xml: bytes, section: Node | None, name: str, prefix: bytes) -> None:
        """Wrap a list, which a file may lack altogether."""
        self.name = name
        self.added: list[bytes] = []
        self._xml = xml
        self._section = section
        self._prefix = prefix
        self._nodes = section.children if section else []
        self._numbers: dict[bytes, int] = {}

    def __len__(self) -> int:
        """How many entries there are, those added included."""
        return len(self._nodes) + len(self.added)

    def node(self, number: int) -> Node | None:
        """An entry, old or added, as a tree (offsets mean nothing); None where there is none."""
        if 0 <= number < len(self._nodes):
            return self._nodes[number]
        return parse(self.item(number), self.name) if 0 <= number < len(self) else None

    def item(self, number: int) -> bytes:
        """An entry's XML; what Excel would assume where there is none."""
        if 0 <= number < len(self._nodes):
            node = self._nodes[number]
            return self._xml[node.start : node.end]
        if 0 <= number < len(self):
            return self.added[number - len(self._nodes)]
        return _starters(self.name, self._prefix)[0]

    def add(self, item: bytes) -> int:
        """The number of an entry, appended unless the list holds just this already."""
        if not self._numbers:
            starters = _starters(self.name, self._prefix)
            while len(self) < len(starters):
                self.added.append(starters[len(self)])
            first = len(starters) if self.name == "fills" else 0
            for number in reversed(range(first, len(self))):
                self._numbers[self.item(number)] = number
        known = self._numbers.get(item)
        if known is None:
            known = self._numbers[item] = len(self)
            self.added.append(item)
        return known

    def edits(self, root: Node, before: Iterable[str]) -> list[Edit]:
        """The edits that put what was added into the part.

        Args:
            root: the part's root element.
            before: the lists that come before this one, by the schema.
        """
        new = b"".join(self.added)
        if self._section is None:
            p, name = self._prefix, self.name.encode()
            block = b'<%b%b count="%d">%b</%b%b>' % (p, name, len(self), new, p, name)
            return [insert_after(root, before, block)]
        section = self._section
        tag = self._xml[section.start : section.inner]
        if "count" in section.attributes:
            tag = set_attribute(tag, b"count", str(len(self)))
        if section.close < section.end:
            return [
                (section.start, section.inner, tag),
                append_child(self._xml, section, new),
            ]
        name = self._prefix + self.name.encode()
        opened = tag[:-2].rstrip() + b">" + new + b"</" + name + b">"
        return [(section.start, section.end, opened)]


@lru_cache(_HELD)
def font_coloured(font: bytes, p: bytes, colour: str | None) -> bytes:
    """A font in another colour (RRGGBB), or in the automatic colour where that is None.

    What the font consists of is put into the schema's order, which not every writer kept to.
    """
    node = parse(font, "A font")
    parts = [(n.name, font[n.start : n.end]) for n in node.children if n.name != "color"]
    if colour:
        parts.append(("color", b'<%bcolor rgb="FF%b"/>' % (p, colour.encode())))
    parts.sort(key=lambda part: _FONT_ORDER.get(part[0], len(_FONT_ORDER)))
    start = font[: node.inner].rstrip(b">").rstrip(b"/").rstrip() + b">"
    return start + b"".join(xml for _, xml in parts) + b"</%bfont>" % p


def solid_fill(p: bytes, colour: str) -> bytes:
    """A fill of one colour (RRGGBB)."""
    return (
        b'<%bfill><%bpatternFill patternType="solid"><%bfgColor rgb="FF%b"/>'
        b'<%bbgColor indexed="64"/></%bpatternFill></%bfill>'
    ) % (p, p, p, colour.encode(), p, p, p)
