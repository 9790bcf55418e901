"""Every field that a template of the committee paper can use, declared once.

The check of templates, docs/paper.md and the sheet "Committee Paper" follow from these.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Shape(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LIST = "paragraphs"
    ROWS = "rows"


class PaperField(NamedTuple):
    """A field of the paper, or of one of its rows.

    Attributes:
        name: as templates call it.
        shape: what it holds.
        meaning: what it is, for the reference.
        label: what it is called on the sheet "Committee Paper" and in a placeholder; None where
            it follows from the index alone.
    """

    name: str
    shape: Shape
    meaning: str
    label: str | None = None


_T, _L, _R = Shape.TEXT, Shape.LIST, Shape.ROWS

FIELDS = (
    PaperField("committee", _T, "the committee or panel", "Committee"),
    PaperField("date", _T, "the date of the meeting", "Date"),
    PaperField("wards", _T, "the wards concerned", "Wards"),
    PaperField("subject", _T, "the subject; else the index's title and period", "Subject"),
    PaperField("lead_officers", _T, "lead officers, one a line", "Lead officer"),
    PaperField("lead_members", _T, "lead members, one a line", "Lead member"),
    PaperField("contact_officers", _T, "contact officers, one a line", "Contact officer"),
    PaperField("recommendations", _L, "what members are asked to do", "Recommendations"),
    PaperField("purpose", _L, "what the paper covers; else from the periods", "Purpose"),
    PaperField("summary", _T, "how many indicators are red, amber, green, not rated"),
    PaperField("period", _T, "the latest period, such as Aug 2021"),
    PaperField("index_title", _T, "what stands above the index's headings, or the file's name"),
    PaperField("exceptions", _R, "the indicators marked amber or red"),
    PaperField("of_note", _R, "indicators highlighted as of note"),
    PaperField("performing_well", _R, "indicators highlighted as performing well"),
    PaperField("breaches", _R, "indicators outside their acceptable range"),
    PaperField("corrections", _R, "indicators whose earlier figures are corrected"),
    PaperField("data_caveats", _L, "what bears on the data as a whole", "Data caveats"),
    PaperField("unreportable", _R, "indicators that cannot be reported accurately"),
    PaperField("alternative_options", _L, "section of that name", "Alternative options"),
    PaperField("consultation", _L, "section of that name", "Consultation undertaken or proposed"),
    PaperField("timetable", _L, "section of that name", "Timetable"),
    PaperField(
        "financial_implications",
        _L,
        "section of that name",
        "Financial, resource and property implications",
    ),
    PaperField(
        "legal_implications", _L, "section of that name", "Legal and statutory implications"
    ),
    PaperField(
        "equalities_implications",
        _L,
        "section of that name",
        "Human rights, equalities and community cohesion implications",
    ),
    PaperField("crime_implications", _L, "section of that name", "Crime and disorder implications"),
    PaperField(
        "risk_implications",
        _L,
        "section of that name",
        "Risk management and health and safety implications",
    ),
    PaperField("appendices", _L, "the appendices; else the index itself", "Appendices"),
    PaperField("background_papers", _L, "section of that name", "Background papers"),
    PaperField("placeholders", _L, "every placeholder that the paper shows"),
)

ROW_FIELDS = (
    PaperField("no", _T, "the indicator's number: 22, 33 and 34, or - without one"),
    PaperField("label", _T, "the number in words: No. 22, Nos. 33 and 34; or the name"),
    PaperField("name", _T, "the indicator's name"),
    PaperField("heading", _T, "the name with its number behind it; links lead here"),
    PaperField("rating", _T, "R, A, G or Not rated, in its colour, with a typed one beside it"),
    PaperField("commentary", _L, "the service's own commentary"),
    PaperField("draft", _L, "draft sentences from the figures, each with its cells"),
    PaperField("figures", _T, "by how much it is outside its acceptable range, else empty"),
)

LEAVE_OUT = "Leave out"
"""What a person writes beside a label for a section that the paper is to do without."""

SHAPES = {field.name: field.shape for field in FIELDS}
ROW_SHAPES = {field.name: field.shape for field in ROW_FIELDS}
STATED = tuple(field for field in FIELDS if field.label is not None)
