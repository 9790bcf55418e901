"""What colour a conditional format gives a cell, as far as its rules can be followed."""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from perf_addin.application.audit.rule_formulas import (
    CellsOf,
    Standpoint,
    base_of,
    compare,
    holds,
    result_of,
)
from perf_addin.application.audit.rule_functions import NotFollowedError, RuleError, Value, value_of
from perf_addin.application.audit.rule_ranks import (
    icon_at,
    is_among_first,
    is_beyond_average,
    is_repeated,
    is_unique,
    scale_colour,
)
from perf_addin.application.grid import CellError, CellRange
from perf_addin.domain.rating import Letter

_PALE = 0.25
_HUES: tuple[tuple[int, int, Letter], ...] = ((0, 18, "R"), (25, 62, "A"), (75, 170, "G"))
_RED_FROM = 340
_TURN = 360
_SIGNS = {
    "equal": "=",
    "notEqual": "<>",
    "lessThan": "<",
    "lessThanOrEqual": "<=",
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
}
_TEXTS: Mapping[str, Callable[[str, str], bool]] = {
    "containsText": lambda value, text: text in value,
    "notContainsText": lambda value, text: text not in value,
    "beginsWith": lambda value, text: value.startswith(text),
    "endsWith": lambda value, text: value.endswith(text),
}
_BY_RANK: Mapping[str, Callable[[Value, Sequence[Value], Mapping[str, str]], bool | None]] = {
    "duplicateValues": is_repeated,
    "uniqueValues": is_unique,
    "top10": is_among_first,
    "aboveAverage": is_beyond_average,
}
_MOST_VALUES = 5_000
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Threshold(NamedTuple):
    """A point of a colour scale or set of icons: its kind, value as stored, and whether inclusive.

    The kind is `min`, `max`, `num`, `percent`, `percentile` or `formula`.
    """

    kind: str
    value: str
    inclusive: bool = True


class ColourRule(NamedTuple):
    """A rule of conditional formatting.

    Attributes:
        areas: where it holds; relative references count from the first cell of the first.
        kind: as the file names it, such as `cellIs`, `containsText`, `expression`.
        comparison: the operator of `cellIs`; else empty.
        formulas: its formulas, without `=`.
        text: the text of a rule about texts; else empty.
        colour: the fill that it gives, as RRGGBB; None where it gives none that is known.
        priority: the lowest number wins.
        stops: whether no rule after it counts where it holds.
        details: other attributes as stored, such as `rank`, `percent`, `bottom`, `aboveAverage`.
        thresholds: the points of a colour scale or a set of icons, lowest first.
        colours: the colours of a colour scale.
        lights: the rating that each icon of a set looks like, lowest first.
    """

    areas: tuple[CellRange, ...]
    kind: str
    comparison: str
    formulas: tuple[str, ...]
    text: str
    colour: str | None
    priority: int
    stops: bool = False
    details: Mapping[str, str] = _NOTHING
    thresholds: tuple[Threshold, ...] = ()
    colours: tuple[str, ...] = ()
    lights: tuple[Letter | None, ...] = ()

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell lies in its areas."""
        return any(
            a.first_row <= row <= a.last_row and a.first_column <= column <= a.last_column
            for a in self.areas
        )


class Shown(NamedTuple):
    """What conditional formats show in a cell.

    Attributes:
        colour: the fill, as RRGGBB; None where they give none, or one rule cannot be followed.
        by_scale: whether it is a colour between those of a scale.
        light: the rating that an icon looks like; None where there is no such icon.
        is_sure: whether all rules could be followed, so that where they give no fill the cell's
            own shows.
    """

    colour: str | None = None
    by_scale: bool = False
    light: Letter | None = None
    is_sure: bool = True


class Colours:
    """What the rules of a sheet show in its cells."""

    def __init__(self, rules: Sequence[ColourRule], cells_of: CellsOf) -> None:
        """Bind them.

        Args:
            rules: the rules of the sheet.
            cells_of: gives the cells of the rules' own sheet, and of others by name.
        """
        ordered = sorted(rules, key=lambda each: each.priority)
        self._rules = [_Followed(rule, cells_of) for rule in ordered if rule.kind != "dataBar"]

    def at(self, row: int, column: int) -> Shown:
        """What the rules show in a cell, by its 1-based row and column."""
        shown = Shown()
        for followed in self._rules:
            rule = followed.rule
            if not rule.covers(row, column):
                continue
            if rule.kind == "iconSet":
                shown = shown._replace(light=shown.light or followed.light(row, column))
                continue
            if rule.kind == "colorScale":
                colour = followed.scale(row, column)
                return shown._replace(colour=colour, by_scale=True, is_sure=colour is not None)
            if rule.colour is None and not rule.stops:
                continue
            found = followed.holds(row, column)
            if found is None:
                return shown._replace(is_sure=False)
            if found:
                return shown._replace(colour=rule.colour)
        return shown


def letter_of(colour: str) -> Letter | None:
    """The rating that a colour (RRGGBB) looks like; None for greys, blues and in-betweens."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    degrees = hue * _TURN
    if saturation < _PALE or max(red, green, blue) - min(red, green, blue) < 0.1:  # noqa: PLR2004
        return None
    if degrees >= _RED_FROM:
        return "R"
    return next((letter for low, high, letter in _HUES if low <= degrees <= high), None)


class _Followed:
    """One rule, looked at from the cells that it covers."""

    def __init__(self, rule: ColourRule, cells_of: CellsOf) -> None:
        """Bind the rule."""
        self.rule = rule
        self._cells_of = cells_of
        self._base = base_of(rule.areas)

    def holds(self, row: int, column: int) -> bool | None:
        """Whether the rule holds; None where that cannot be told."""
        at = Standpoint(row, column, self._base, self._cells_of)
        try:
            value = at.value(row, column)
            if self.rule.kind in _BY_RANK:
                return _BY_RANK[self.rule.kind](value, self._values, self.rule.details)
            return self._holds(value, at)
        except NotFollowedError:
            return None
        except RuleError:
            return False

    def _holds(self, value: Value, at: Standpoint) -> bool | None:
        rule = self.rule
        if rule.kind == "cellIs":
            return self._compares(value, at)
        if rule.kind in _TEXTS and rule.text:
            return _TEXTS[rule.kind](_plain(value), rule.text.casefold())
        if rule.kind in {"containsBlanks", "notContainsBlanks"}:
            return (_plain(value) == "") is (rule.kind == "containsBlanks")
        is_formula = rule.kind in {"expression", *_TEXTS} and rule.formulas
        return holds(rule.formulas[0], at) if is_formula else None

    def _compares(self, value: Value, at: Standpoint) -> bool | None:
        rule = self.rule
        if not isinstance(value, (Decimal, str, bool)) or value == "":
            return False if rule.comparison == "equal" else None
        others = [result_of(formula, at) for formula in rule.formulas]
        known = [other for other in others if other is not None]
        if len(known) < len(others) or not known:
            return None
        if any(isinstance(each, CellError) for each in (value, *known)):
            return False
        if rule.comparison in {"between", "notBetween"}:
            numbers = [each for each in known if isinstance(each, Decimal)]
            if len(numbers) != 2 or not isinstance(value, Decimal):  # noqa: PLR2004 - both ends
                return None
            is_inside = compare(">=", value, min(numbers)) and compare("<=", value, max(numbers))
            return is_inside is (rule.comparison == "between")
        sign = _SIGNS.get(rule.comparison)
        return compare(sign, value, known[0]) if sign is not None else None

    def light(self, row: int, column: int) -> Letter | None:
        """The rating that its icon looks like; None where there is none, or it is not known."""
        number, numbers = self._number(row, column), self._numbers
        if number is None or numbers is None:
            return None
        at = icon_at(number, numbers, self.rule.thresholds)
        return self.rule.lights[at] if at is not None and at < len(self.rule.lights) else None

    def scale(self, row: int, column: int) -> str | None:
        """The colour between those of a scale; None where it is not known."""
        number, numbers = self._number(row, column), self._numbers
        if number is None or numbers is None:
            return None
        return scale_colour(number, numbers, self.rule.thresholds, self.rule.colours)

    def _number(self, row: int, column: int) -> Decimal | None:
        cell = (self._cells_of(None) or {}).get(row, {}).get(column)
        return cell.value if cell is not None and isinstance(cell.value, Decimal) else None

    @cached_property
    def _numbers(self) -> list[Decimal] | None:
        """The numbers of its areas; None where one of them is a date, or there are too many."""
        try:
            return [value for value in self._values if isinstance(value, Decimal)]
        except NotFollowedError:
            return None

    @cached_property
    def _values(self) -> list[Value]:
        """What the cells of its areas hold, blanks left out.

        Raises:
            NotFollowedError: one of them holds a date, or there are too many.
        """
        values = [
            value_of(cell)
            for row, held in (self._cells_of(None) or {}).items()
            for column, cell in held.items()
            if self.rule.covers(row, column)
        ]
        if len(values) > _MOST_VALUES:
            raise NotFollowedError
        return values


def _plain(value: Value) -> str:
    return str(value).strip().casefold() if isinstance(value, (str, Decimal)) else ""
