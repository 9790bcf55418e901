"""What a person states about an extract: by option, or on the Settings sheet for every month.

On the Settings sheet it is a table of its own, headed `Import | In the index | In the extract`:

    Column    | No | Measure ref
    Indicator | 2  | Assessments in 45 days
    Count     | 2  | rows where "In time" = "Yes" of all rows by month of "Closed on"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from perf_addin.application.grid import cell_name
from perf_addin.application.importing.columns import read_part
from perf_addin.application.importing.counting import Rule, read_rule
from perf_addin.application.importing.extract import Part
from perf_addin.application.layout import text_of
from perf_addin.application.settings_sheet import IMPORT_HEADER
from perf_addin.application.sheets import Sheet
from perf_addin.domain.errors import InputError, UsageError

_COLUMN, _INDICATOR, _COUNT = "Column", "Indicator", "Count"


class ImportMapping(NamedTuple):
    """A mapping.

    Attributes:
        columns: the extract's column of each part, by heading or letters.
        aliases: the index's number or name by what the extract calls an indicator.
        counts: rules of counting, each with the indicator that it gives.
    """

    columns: Mapping[Part, str] = MappingProxyType({})
    aliases: Mapping[str, str] = MappingProxyType({})
    counts: Mapping[str, Rule] = MappingProxyType({})

    def over(self, other: ImportMapping) -> ImportMapping:
        """This mapping, and what another one states beside it."""
        return ImportMapping(
            {**other.columns, **self.columns},
            {**other.aliases, **self.aliases},
            {**other.counts, **self.counts},
        )

    def lines(self) -> Iterator[tuple[str, str, str]]:
        """The mapping as lines of the Settings sheet."""
        for part, place in self.columns.items():
            yield (_COLUMN, part.value, place)
        for text, aim in self.aliases.items():
            yield (_INDICATOR, aim, text)
        for aim, rule in self.counts.items():
            yield (_COUNT, aim, rule.text)


def read_mapping(sheet: Sheet | None, file: str) -> ImportMapping:
    """Read the mapping on a Settings sheet; an empty one where it has none.

    Raises:
        InputError: a line cannot be understood; the message names its cell.
    """
    columns: dict[Part, str] = {}
    aliases: dict[str, str] = {}
    counts: dict[str, Rule] = {}
    started = False
    for row in sheet.rows() if sheet is not None else ():
        texts = [text_of(row.get(column)) for column in range(1, 4)]
        if tuple(texts) == IMPORT_HEADER:
            started = True
            continue
        kind, aim, given = texts
        if not (started and kind and given and aim):
            continue
        where = f"{file}, sheet {sheet.name!r}, cell " if sheet is not None else file
        if kind.casefold() == _COLUMN.casefold():
            part = read_part(aim)
            if part is None:
                raise InputError(f"{where}{cell_name(row.number, 2)}: {_no_part(aim)}", name=file)
            columns[part] = given
        elif kind.casefold() == _INDICATOR.casefold():
            aliases[given] = aim
        elif kind.casefold() == _COUNT.casefold():
            rule = read_rule(given)
            if isinstance(rule, str):
                raise InputError(f"{where}{cell_name(row.number, 3)}: {rule}", name=file)
            counts[aim] = rule
        else:
            raise InputError(
                f"{where}{cell_name(row.number, 1)}: found {kind!r}, expected {_COLUMN}, "
                f"{_INDICATOR} or {_COUNT}. Correct the cell, or empty the row.",
                name=file,
            )
    return ImportMapping(columns, aliases, counts)


def mapping_of_options(
    columns: Sequence[str], indicators: Sequence[str], counts: Sequence[str]
) -> ImportMapping:
    """The mapping that options state.

    Args:
        columns: texts such as `Value=Result`.
        indicators: texts such as `Assessments in 45 days=2`.
        counts: texts such as `2=rows where "In time" = "Yes" of all rows by month of "Date"`.

    Raises:
        UsageError: one cannot be understood.
    """
    read_columns: dict[Part, str] = {}
    for text in columns:
        name, place = _pair("--map", text, "FIELD=COLUMN such as Value=Result")
        part = read_part(name)
        if part is None:
            raise UsageError(f"--map: {_no_part(name)}")
        read_columns[part] = place
    aliases = {}
    for text in indicators:
        # From the right: a name in the extract may hold an equals sign, a number never does.
        name, _, aim = (each.strip() for each in text.rpartition("="))
        if not (name and aim):
            raise UsageError(
                f"--indicator: found {text!r}, expected NAME=NO, such as 'Assessments in time=2'."
            )
        aliases[name] = aim
    rules = {}
    for text in counts:
        aim, stated = _pair("--count", text, "NO=RULE")
        rule = read_rule(stated)
        if isinstance(rule, str):
            raise UsageError(f"--count {aim}: {rule}")
        rules[aim] = rule
    return ImportMapping(read_columns, aliases, rules)


def _pair(option: str, text: str, expected: str) -> tuple[str, str]:
    name, _, rest = (each.strip() for each in text.partition("="))
    if not (name and rest):
        raise UsageError(f"{option}: found {text!r}, expected {expected}.")
    return name, rest


def _no_part(found: str) -> str:
    known = ", ".join(part.value for part in Part)
    return f"found {found!r}, expected a column of an extract: {known}."
