"""What an indicator counts, by its unit or by its own name: children, schools, plans, weeks."""

from __future__ import annotations

from typing import NamedTuple

from perf_addin.application.audit.index_rows import IndexRow
from perf_addin.application.layout import text_of
from perf_addin.application.sentences.comparators import is_count
from perf_addin.application.vocabulary import Field
from perf_addin.domain.figures import Figure
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.small_numbers import MOST_SUPPRESSED

_CHILDREN = lazily(
    r"\b(?:child(?:ren)?|young (?:people|persons?)|pupils?|babies|care leavers?|boys|girls)\b", 2
)
_ONE_OF = {
    "children": "child",
    "young people": "young person",
    "young persons": "young person",
    "babies": "baby",
    "people": "person",
    "families": "family",
    "nurseries": "nursery",
    "enquiries": "enquiry",
    **{
        f"{one}s": one
        for one in (
            *("pupil", "care leaver", "boy", "girl", "person", "parent", "carer", "adopter"),
            *("school", "setting", "provider", "home", "centre", "service", "site", "placement"),
            *("assessment", "plan", "review", "conference", "referral", "visit", "contact", "case"),
            *("exclusion", "adoption", "vacancy", "post", "social worker", "week", "day", "month"),
        )
    },
}
_NOBODY = frozenset(
    {"school", "setting", "provider", "home", "centre", "service", "site", "nursery", "post"}
    | {"week", "day", "month"}
)
_NOUN = lazily(rf"\b(?:{'|'.join(sorted(_ONE_OF, key=len, reverse=True))})\b", 2)


class Counted(NamedTuple):
    """What is counted.

    Attributes:
        one: the word for a single one, such as `child` or `school`; empty where it is not known.
        may_name: whether a small count could let somebody be recognised; not of schools or weeks.
    """

    one: str
    may_name: bool

    @property
    def one_more_or_fewer(self) -> str:
        """The smallest change of a count, in words."""
        return f"one {self.one} more or one fewer" if self.one else "one more or one fewer"


def counted(row: IndexRow) -> Counted:
    """What an indicator counts: by its unit, where that says so, else by the first such word."""
    return _counted(row.item.name, _unit(row))


def _counted(name: str, unit: str) -> Counted:
    found = _NOUN.search(unit) or _NOUN.search(name)
    one = _ONE_OF[found[0].casefold()] if found is not None else ""
    return Counted(one, one not in _NOBODY)


def _unit(row: IndexRow) -> str:
    column = row.item.layout.column_of(Field.UNIT)
    return text_of(row.cells.get(column)) if column is not None else ""


def must_be_suppressed(row: IndexRow, within: str = "") -> bool:
    """Whether an indicator is a count of children that is small, and not a true zero.

    Args:
        row: the indicator.
        within: the name of a total that it is part of, which may be what says `children`.
    """
    actual = row.item.actual
    return actual is not None and is_few(actual, row.item.name, unit=_unit(row), within=within)


def is_few(figure: Figure, name: str, *, unit: str = "", within: str = "") -> bool:
    """Whether a figure is a count of children that is too small to publish, and not a true zero.

    Args:
        figure: the figure.
        name: the name of its indicator.
        unit: what it is measured in, in the words of the index.
        within: the name of a total that it is part of.
    """
    if figure.percent or not 0 < figure.value <= MOST_SUPPRESSED:
        return False
    names = (name, within)
    return (
        any(is_count(each) for each in names)
        and any(_CHILDREN.search(each) is not None for each in names)
        and figure.value == figure.value.to_integral_value()
        and _counted(name, unit).may_name
    )
