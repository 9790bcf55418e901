"""Excel Tables: name, place, header and totals rows."""

from __future__ import annotations

from perf_addin.adapters.xlsx.cell_text import unescape_cell
from perf_addin.adapters.xlsx.part_tree import parse
from perf_addin.adapters.xlsx.sheet_reader import area_of
from perf_addin.adapters.xlsx.xml_text import whole_number
from perf_addin.application.grid import TableInfo


def table_info(xml: bytes, where: str) -> TableInfo | None:
    """Read a table part (UTF-8); None where it says not where the table lies.

    Raises:
        InputError: the part is not well-formed, or states no numbers where it has to.
    """
    table = parse(xml, where)
    stated, columns = table.attributes, table.child("tableColumns")
    names = [n.attributes.get("name", "") for n in columns.all("tableColumn")] if columns else []
    area = area_of(stated.get("ref", ""))
    if area is None:
        return None
    return TableInfo(
        name=stated.get("displayName") or stated.get("name", ""),
        area=area,
        header_rows=whole_number(stated.get("headerRowCount", "1"), where, "headerRowCount"),
        totals_rows=whole_number(stated.get("totalsRowCount", "0"), where, "totalsRowCount"),
        columns=tuple(map(unescape_cell, names)),
    )
