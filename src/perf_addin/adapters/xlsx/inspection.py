"""What a check looks at besides cells: colours, fills and links of a workbook file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from perf_addin.adapters.xlsx.cells import raw_cell
from perf_addin.adapters.xlsx.colour_rules import fill_colour, read_rules, theme_colours
from perf_addin.adapters.xlsx.links import read_links
from perf_addin.adapters.xlsx.workbook_xml import WorkbookXml
from perf_addin.application.audit.colours import ColourRule
from perf_addin.application.audit.stored_links import Known, StoredLink
from perf_addin.domain.errors import InputError

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.sheet_reader import XlsxSheet
    from perf_addin.adapters.xlsx.workbook import XlsxWorkbook


class XlsxInspection:
    """Looks over a workbook file; nothing is read before it is asked for."""

    def __init__(self, workbook: XlsxWorkbook) -> None:
        """Bind the workbook."""
        self._workbook = workbook

    def colour_rules(self, sheet: str) -> Sequence[ColourRule]:
        """The conditional formats of a sheet."""
        found, styles = self._sheet(sheet), self._workbook.styles
        if found is None:
            return ()
        return tuple(read_rules(found.scan, styles.rule_formats, self._theme))

    def fills(self, sheet: str, places: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
        """The solid fills of cells, as RRGGBB by row and column; those without one left out."""
        found, styles = self._sheet(sheet), self._workbook.styles
        wanted: dict[int, list[int]] = {}
        for row, column in places:
            wanted.setdefault(row, []).append(column)
        colours: dict[int, str | None] = {}
        filled = {}
        for span in found.scan.rows() if found is not None else ():
            for column in wanted.get(span.number, ()):
                start = found.scan.start_of(span, column) if found is not None else -1
                if found is None or start < 0:
                    continue
                try:
                    style = raw_cell(found.scan, start).style
                except InputError:  # a style that is no number: no fill that anybody sees
                    continue
                if style not in colours:
                    colours[style] = fill_colour(styles.fill(style), self._theme)
                colour = colours[style]
                if colour is not None:
                    filled[span.number, column] = colour
        return filled

    def links(self) -> Sequence[StoredLink]:
        """Every reference from elsewhere than cells."""
        return self._links

    def known(self) -> Known:
        """What references can refer to."""
        workbook = self._workbook
        names = {name.name.casefold() for name in workbook.defined_names}
        names |= {table.name.casefold() for sheet in workbook.sheets for table in sheet.tables()}
        package = workbook.package
        sheets = WorkbookXml(package.read_xml(package.workbook_part)).sheets
        return Known(frozenset(sheet.name.casefold() for sheet in sheets), frozenset(names))

    @cached_property
    def _links(self) -> tuple[StoredLink, ...]:
        return tuple(read_links(self._workbook))

    @cached_property
    def _theme(self) -> Sequence[str]:
        package = self._workbook.package
        for relation in package.relationships(package.workbook_part):
            if relation.type.endswith("/theme") and relation.target in package:
                return theme_colours(package.read_xml(relation.target))
        return ()

    def _sheet(self, name: str) -> XlsxSheet | None:
        return next((s for s in self._workbook.sheets if s.name == name), None)
