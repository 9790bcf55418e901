"""The parts that both forms share: the header block, the opening, and the closing sections."""

from __future__ import annotations

from templates.paper_parts import PaperBuilder

_HEADER = (
    ("Committee:", "committee"),
    ("Date:", "date"),
    ("Wards:", "wards"),
    ("Subject:", "subject"),
    ("Lead officer:", "lead_officers"),
    ("Lead member:", "lead_members"),
    ("Contact officer:", "contact_officers"),
)
_SECTIONS = (
    ("Alternative options", "alternative_options"),
    ("Consultation undertaken or proposed", "consultation"),
    ("Timetable", "timetable"),
    ("Financial, resource and property implications", "financial_implications"),
    ("Legal and statutory implications", "legal_implications"),
    (
        "Human rights, equalities and community cohesion implications",
        "equalities_implications",
    ),
    ("Crime and disorder implications", "crime_implications"),
    ("Risk management and health and safety implications", "risk_implications"),
)
_APPENDICES = (
    "Appendices \N{EN DASH} the following documents are to be published with this report and form "
    "part of the report"
)

_BEFORE = (
    "These places in the paper are still open. Text that begins with “Draft from the figures” "
    "follows from the index alone, with its cells in brackets: use it, change it, or delete it. "
    "Delete this list too."
)


def add_opening(paper: PaperBuilder) -> None:
    """Header block, recommendations, and the first section."""
    for label, field in _HEADER:
        paper.tag(f"{{%p if {field} %}}")
        paper.text(f"**{label}**\t{{{{ {field} }}}}", "Paper Details")
        paper.tag("{%p endif %}")
    paper.tag("{%p if recommendations %}")
    paper.text("Recommendations:", "Paper Heading")
    paper.each("recommendation", "recommendations", "Paper Recommendation")
    paper.tag("{%p endif %}")
    paper.text("Purpose of report and executive summary", "Heading 1")
    paper.each("paragraph", "purpose", "Paper Paragraph")
    paper.text("{{ summary }}", "Paper Paragraph")


def add_closing(paper: PaperBuilder) -> None:
    """The sections after the details; one that is left out takes its number with it."""
    for heading, field in _SECTIONS:
        _add_section(paper, heading, field)
    paper.tag("{%p if appendices %}")
    paper.text(_APPENDICES, "Heading 1")
    paper.each("appendix", "appendices", "Paper Bullet")
    paper.tag("{%p endif %}")
    _add_section(paper, "Background papers", "background_papers")


def add_before(paper: PaperBuilder) -> None:
    """What is to be done before publication: on a page of its own, to be deleted then."""
    paper.tag("{%p if placeholders %}")
    paper.text("To complete before publication", "Paper Last Page")
    paper.text(
        _BEFORE,
        "Normal",
    )
    paper.each("gap", "placeholders", "Paper Bullet")
    paper.tag("{%p endif %}")


def _add_section(paper: PaperBuilder, heading: str, field: str) -> None:
    paper.tag(f"{{%p if {field} %}}")
    paper.text(heading, "Heading 1")
    paper.each("paragraph", field, "Paper Continued")
    paper.tag("{%p endif %}")
