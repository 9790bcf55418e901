"""A workbook file that can be moved on to another year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from perf_addin.adapters.xlsx.cell_text import decode
from perf_addin.adapters.xlsx.colour_rules import theme_colours
from perf_addin.adapters.xlsx.painted import Painted
from perf_addin.adapters.xlsx.part_tree import parse, splice
from perf_addin.adapters.xlsx.rich_edits import rich_edits
from perf_addin.adapters.xlsx.sheet_reader import XlsxSheet, area_of
from perf_addin.adapters.xlsx.table_headings import (
    Renamed,
    column_names,
    renamed_columns,
    renamed_in_formulas,
)
from perf_addin.adapters.xlsx.tables import table_info
from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
from perf_addin.domain.errors import InputError
from perf_addin.domain.lazy_patterns import lazily

_CHART = "/charts/chart"
_DRAWN = lazily(r"/(?:charts|drawings|diagrams|chartsheets)/[^/]+\.xml$", re.IGNORECASE)
_PARAGRAPH = lazily(rb"<((?:[^\s:<>/!?]+:)?)p[\s>].*?</\1p\s*>", re.DOTALL)
_RUN = lazily(rb"<(?:[^\s:<>/!?]+:)?t(?:\s[^<>]*)?>([^<]*)</")
_ON_PAGES = lazily(
    rb"<(?:[^\s:<>/!?]+:)?(?:odd|even|first)(?:Header|Footer)(?:\s[^<>]*)?>([^<]*)</"
)


class YearWorkbook(XlsxWorkbook):
    """A workbook whose tables can be given other headings."""

    @property
    def has_charts(self) -> bool:
        """Whether it holds charts, which keep a copy of the figures that they draw."""
        return any(_CHART in f"/{name}".casefold() for name in self.package.part_names)

    def put_rich_texts(
        self, sheet: str, texts: Mapping[tuple[int, int], str]
    ) -> set[tuple[int, int]]:
        """Give cells of rich text another text of the same length; the cells that were such."""
        found = self._sheet(sheet)
        if found is None or not texts:
            return set()
        edits = dict(rich_edits(found.scan, self.strings(), texts))
        self.apply(found, list(edits.values()))
        return set(edits)

    def texts_beside_cells(self) -> Iterator[tuple[str, str]]:
        """Texts in charts, drawings, and headers and footers of pages, each with where it is."""
        for sheet in self._sheets:
            xml = sheet.scan.text[max(sheet.scan.data_end, 0) :]
            for text in filter(None, _ON_PAGES.findall(xml)):
                yield f"A header or footer of the sheet {sheet.name!r}", decode(text)
        for part in self.package.part_names:
            if not _DRAWN.search(f"/{part}"):
                continue
            xml = self._read(part)
            for paragraph in _PARAGRAPH.finditer(xml):
                runs = _RUN.findall(paragraph[0])
                if runs:
                    yield "A chart or drawing", decode(b"".join(runs))
            for text in filter(None, _ON_PAGES.findall(xml)):
                yield "A header or footer of a chart sheet", decode(text)

    def commented_cells(self, sheet: str) -> set[tuple[int, int]]:
        """The cells of a sheet that carry a comment, each by its row and column."""
        found = self._sheet(sheet)
        cells: set[tuple[int, int]] = set()
        for relation in self.package.relationships(found.tab.part) if found is not None else ():
            if not relation.type.endswith("/comments") or relation.target not in self.package:
                continue
            listed = parse(self._read(relation.target), relation.target).child("commentList")
            for comment in listed.all("comment") if listed else ():
                area = area_of(comment.attributes.get("ref", ""))
                if area is not None:
                    cells.add(area[:2])
        return cells

    def painted(self, sheet: str, cells: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
        """Those of some cells, by row and column, that a person painted red, amber or green."""
        found = self._painted_of(sheet)
        return found[1].among(cells) if found is not None and cells else set()

    def take_paint_away(self, sheet: str, cells: Collection[tuple[int, int]]) -> None:
        """Take such a colour away from some cells; all else of their style stays."""
        found = self._painted_of(sheet)
        if found is not None and cells:
            self.apply(found[0], found[1].without_paint(cells))

    def _painted_of(self, sheet: str) -> tuple[XlsxSheet, Painted] | None:
        found, part = self._sheet(sheet), self.related_part("/theme")
        theme = theme_colours(self._read(part)) if part is not None else []
        return (found, Painted(found.scan, self.styles, theme)) if found is not None else None

    def rename_table_columns(self, renamed: Mapping[str, Mapping[int, str]]) -> None:
        """Rename columns of tables, and in every formula of the workbook that names them.

        Args:
            renamed: new names by the 0-based place of the column, by the name of the table.

        Raises:
            InputError: two columns of a table would have one name.
        """
        by_old: dict[str, dict[str, str]] = {}
        for part, name in self._table_parts().items():
            new = renamed.get(name)
            if not new:
                continue
            xml, where = self._read(part), f"The table part {part}"
            before = column_names(xml, where)
            after = [new.get(place, old).casefold() for place, old in enumerate(before)]
            if len(set(after)) < len(after):
                twice = next(n for n in after if after.count(n) > 1)
                raise InputError(
                    f"{self.name}: two columns of the table {name} would be headed {twice!r}. "
                    "Rename one of them first.",
                    name=self.name,
                )
            self.package.replace(part, splice(xml, renamed_columns(xml, where, new)))
            by_old[name.casefold()] = {before[place].casefold(): new[place] for place in new}
        if by_old:
            self._rename_in_formulas(by_old)

    def _table_parts(self) -> dict[str, str]:
        """The parts of the tables, each with the table's name."""
        found = {}
        for tab in self.tabs:
            for relation in self.package.relationships(tab.part):
                if relation.type.endswith("/table"):
                    where = f"The table part {relation.target}"
                    info = table_info(self._read(relation.target), where)
                    if info is not None:
                        found[relation.target] = info.name
        return found

    def _rename_in_formulas(self, renamed: Renamed) -> None:
        for sheet in self._sheets:
            self.apply(sheet, renamed_in_formulas(sheet.scan.xml, sheet.scan.text, renamed))
        for part, name in self._table_parts().items():
            xml = self._read(part)
            edits = renamed_in_formulas(xml, xml, renamed, name)
            if edits:
                self.package.replace(part, splice(xml, edits))
        self.edit(renamed_in_formulas(self.stated.xml, self.stated.xml, renamed))
