"""What is said of a kind of finding: the same in the program's output and in the documents."""

from __future__ import annotations

from perf_addin.domain.declaring import NamedTuple


class Kind(NamedTuple):
    """A kind of finding.

    Attributes:
        code: its name, as findings carry it.
        severity: its severity in words; a few have more than one.
        meaning: what it means, as the end of a sentence; in Markdown.
        remedy: what to do about it; in Markdown.
    """

    code: str
    severity: str
    meaning: str
    remedy: str
