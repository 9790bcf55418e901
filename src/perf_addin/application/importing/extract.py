"""An extract as it is read, and what it reports: figures of indicators in periods."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from perf_addin.application.sheets import Sheet
from perf_addin.domain.figures import Figure, Missing
from perf_addin.domain.periods import Period
from perf_addin.domain.small_numbers import Parts


class Extract(NamedTuple):
    """A file with figures.

    Attributes:
        file: its name, without folders.
        sha256: the hash of its bytes, in hexadecimal digits.
        sheets: the sheets to look at; a CSV file is one.
        read_as: how its bytes were understood, such as `UTF-8, separated by comma`.
    """

    file: str
    sha256: str
    sheets: Sequence[Sheet]
    read_as: str


class Part(StrEnum):
    """A column that an extract may have, named as the options and the Settings sheet name it."""

    NO = "No"
    NAME = "Indicator"
    PERIOD = "Period"
    YEAR = "Year"
    VALUE = "Value"
    NUMERATOR = "Numerator"
    DENOMINATOR = "Denominator"


class Reported(NamedTuple):
    """A figure that the extract reports.

    Attributes:
        row: 1-based row of the extract; of a list that was counted, 0.
        no: the indicator's number as the extract has it, or empty.
        name: the indicator's name as the extract has it, or empty.
        period: the period.
        value: the figure, or a symbol for a missing one; None where only parts are reported.
        parts: numerator and denominator, or None.
    """

    row: int
    no: str
    name: str
    period: Period
    value: Figure | Missing | None
    parts: Parts | None = None

    @property
    def label(self) -> str:
        """The indicator as the extract calls it."""
        return self.no or self.name
