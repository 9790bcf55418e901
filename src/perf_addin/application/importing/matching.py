"""Which indicator of the index a figure of the extract is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from perf_addin.application.importing.extract import Reported
from perf_addin.application.importing.index_entries import Entry
from perf_addin.application.importing.reading import quoted
from perf_addin.domain.findings import Finding, Severity

_TELLING = 4


class Matcher:
    """Finds indicators by what the mapping says, else by number, else by name."""

    def __init__(self, entries: Iterable[Entry], aliases: Mapping[str, str]) -> None:
        """Take the indicators of an index, and what the extract calls some of them.

        Args:
            entries: the indicators.
            aliases: the index's number or name by what the extract has as number or name.
        """
        self._by_no: dict[str, list[Entry]] = {}
        self._by_plain: dict[str, list[Entry]] = {}
        self._by_name: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.no:
                self._by_no.setdefault(entry.no.casefold(), []).append(entry)
                self._by_plain.setdefault(_plain(entry.no), []).append(entry)
            self._by_name.setdefault(_words(entry.name), []).append(entry)
        self._aliases = {_words(text): aim for text, aim in aliases.items()}

    def find(self, reported: Reported) -> Entry | Finding:
        """The indicator of a figure, or why there is none; the row is named by the caller."""
        for text in (reported.no, reported.name):
            aim = self._aliases.get(_words(text)) if text else None
            if aim is not None:
                return self._stated(aim, reported, text)
        by_no = self._numbered(reported.no)
        by_name = self._by_name.get(_words(reported.name), []) if reported.name else []
        if by_no and by_name and not any(entry in by_name for entry in by_no):
            return _finding(
                "import-number-and-name-differ",
                Severity.ERROR,
                f"the index has the number {quoted(reported.no)} for {quoted(by_no[0].name)}, and "
                f"the name {quoted(reported.name)} for {by_name[0].label}; which is meant is not "
                "known. Correct the extract, or state it with --indicator.",
            )
        both = [entry for entry in by_no if entry in by_name]
        return self._one(both or by_no or by_name, reported, reported.label)

    def _numbered(self, no: str) -> list[Entry]:
        """The indicators of a number: as it is written, else 2 for 02 and 2.0."""
        if not no:
            return []
        return self._by_no.get(no.casefold()) or self._by_plain.get(_plain(no)) or []

    def is_stated(self, reported: Reported) -> bool:
        """Whether the mapping says what the extract means by the number or name of a figure."""
        return any(_words(text) in self._aliases for text in (reported.no, reported.name) if text)

    def _stated(self, aim: str, reported: Reported, text: str) -> Entry | Finding:
        found = self._numbered(aim) or self._by_name.get(_words(aim)) or []
        if found:
            return self._one(found, reported, aim)
        return _finding(
            "import-mapping-unknown",
            Severity.ERROR,
            f"the mapping says that {quoted(text)} is {quoted(aim)}, which the index does not "
            "have. Correct it on the Settings sheet, or with --indicator.",
        )

    @staticmethod
    def _one(found: Sequence[Entry], reported: Reported, label: str) -> Entry | Finding:
        """The one indicator that is meant; of several the only one that has the period.

        A workbook may hold a sheet for each year, with the same numbers on all of them.
        """
        with_place = [entry for entry in found if entry.has_place(reported.period)]
        for several in (found, with_place):
            if len(several) == 1:
                return several[0]
        if not found:
            return _finding(
                "import-unknown-indicator",
                Severity.WARNING,
                f"the index has no indicator {quoted(label)}. State what it is with --indicator "
                "'NAME IN THE EXTRACT=NO', or leave it.",
            )
        rows = " and ".join(f"{entry.sheet}!{entry.row}" for entry in found[:3])
        return _finding(
            "import-ambiguous-indicator",
            Severity.ERROR,
            f"several indicators of the index are {quoted(label)} (rows {rows}), so nothing was "
            "written. Give each a number or a name of its own.",
        )


def _finding(code: str, severity: Severity, message: str) -> Finding:
    return Finding(code, severity, message)


def _plain(no: str) -> str:
    """A number without leading zeros and without the `.0` of a system that knows only fractions.

    2.10 stays another number than 2.1.
    """
    whole, _, rest = no.partition(".")
    if whole.isdecimal() and rest in {"", "0"}:
        return whole.lstrip("0") or "0"
    return no.casefold()


def share_words(name: str, other: str) -> bool:
    """Whether two names have a word in common that says anything: four letters, or a figure."""
    first, second = (
        {
            word.rstrip("s")
            for word in "".join(c if c.isalnum() else " " for c in text.casefold()).split()
            if len(word) >= _TELLING or word.isdecimal()
        }
        for text in (name, other)
    )
    return not first.isdisjoint(second)


def _words(text: str) -> str:
    """A name to be compared: no case, single spaces."""
    return " ".join(text.split()).casefold()
