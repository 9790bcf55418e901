"""What a workbook refers to from elsewhere than its cells: names, hyperlinks, charts, lists."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class LinkKind(StrEnum):
    """What refers to something, as sentences call it."""

    NAME = "defined name"
    HYPERLINK = "hyperlink"
    CHART = "chart"
    SPARKLINE = "sparkline"
    LIST = "list of choices"
    RULE = "conditional format"
    PIVOT = "pivot table"
    FILE = "other workbook"


class StoredLink(NamedTuple):
    """A reference as a file stores it.

    Attributes:
        kind: what refers.
        sheet: the sheet that it is on; None for the whole workbook.
        cell: the cell or area where it stands, such as `B4`; empty where it has no place.
        name: what it is called, such as a chart or a name; may be empty.
        target: what it refers to: a formula without `=`, a place for a hyperlink, the name of a
            file for another workbook.
    """

    kind: LinkKind
    sheet: str | None
    cell: str
    name: str
    target: str


class Known(NamedTuple):
    """What a reference can refer to, all in lower case: sheets of any kind; names and tables."""

    sheets: frozenset[str]
    names: frozenset[str]
