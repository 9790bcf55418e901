"""The tables and the league of a batch, made when all is done."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

from perf_addin.adapters.tables.files import CsvTable, ParquetTable, Table
from perf_addin.adapters.tables.league_page import league_page
from perf_addin.application.batch.league import (
    WORKBOOK_COLUMNS,
    Indicators,
    make_league,
    workbook_rows,
)
from perf_addin.application.batch.names import rows_name
from perf_addin.application.batch.records import DONE, Record
from perf_addin.application.batch.rows import (
    FINDING_COLUMNS,
    RATING_COLUMNS,
    WorkbookRows,
    unpacked,
    with_name,
)
from perf_addin.domain.errors import OutputError

if TYPE_CHECKING:
    from perf_addin.application.batch.ports import Results

# Besides texts: the columns of whole and of other numbers.
_WHOLE = frozenset(
    {"Row", "Place", "Indicators", "Red", "Amber", "Green", "Not rated", "Breaches"}
    | {name for name in WORKBOOK_COLUMNS if name.startswith("Findings")}
)
_NUMBERS = frozenset({"Actual", "Breach by", "Green %"})


class Tables:
    """The tables of a batch, while rows are added to them."""

    def __init__(self, *, parquet: bool) -> None:
        """Begin with headings.

        Raises:
            UsageError: Parquet is asked for, and what it needs is not installed.
        """
        kinds = {"csv": _csv, "parquet": _parquet} if parquet else {"csv": _csv}
        self._columns = {
            "ratings": RATING_COLUMNS,
            "findings": FINDING_COLUMNS,
            "workbooks": WORKBOOK_COLUMNS,
        }
        self._tables: dict[str, dict[str, Table]] = {
            name: {kind: make(columns) for kind, make in kinds.items()}
            for name, columns in self._columns.items()
        }

    def write(self, records: Mapping[str, Record], base: str, results: Results) -> None:
        """Fill them from what was kept of each workbook, and put them and the league in place.

        Raises:
            OutputError: they cannot be written, or what was kept is gone.
        """
        indicators = Indicators()
        every = [records[key] for key in sorted(records)]
        for record in every:
            if record.state == DONE:
                rows = _kept(record, results)
                indicators.add(rows.ratings)
                self._add("ratings", list(with_name(record.key, rows.ratings)))
                self._add("findings", list(with_name(record.key, rows.findings)))
        league = make_league(every, indicators)
        self._add("workbooks", list(workbook_rows(league)))
        for name, kinds in self._tables.items():
            for kind, table in kinds.items():
                results.put_pieces(f"{name}.{kind}", table.end())
        results.put_pieces("summary.html", lambda: league_page(league, base))

    def close(self) -> None:
        """Let go of what they were held in."""
        for kinds in self._tables.values():
            for table in kinds.values():
                table.close()

    def _add(self, name: str, rows: list[tuple[str, ...]]) -> None:
        for table in self._tables[name].values():
            table.add(rows)


def has_parquet() -> bool:
    """Whether what Parquet needs is installed; nothing is loaded to see that."""
    return all(find_spec(name) is not None for name in ("pandas", "pyarrow"))


def _csv(columns: tuple[str, ...]) -> Table:
    return CsvTable(columns, _WHOLE | _NUMBERS)


def _parquet(columns: tuple[str, ...]) -> Table:
    return ParquetTable(columns, _WHOLE, _NUMBERS)


def _kept(record: Record, results: Results) -> WorkbookRows:
    kept = results.read(rows_name(record.key))
    try:
        return unpacked(kept or b"")
    except ValueError as error:
        raise OutputError(
            f"The rows of {record.key} are gone from {results.address}. Run the command again."
        ) from error
