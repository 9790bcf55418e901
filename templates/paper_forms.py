"""The second section in its two forms: tables, and lists by indicator number."""

from __future__ import annotations

from templates.paper_parts import Column, PaperBuilder

_COMMENTARY = (
    *("{%p for paragraph in row.commentary %}", "{{ paragraph }}", "{%p endfor %}"),
    *("{%p for draft in row.draft %}", "{{ draft }}", "{%p endfor %}"),
)
_PLAIN_COMMENTARY = _COMMENTARY[:3]


def add_tables(paper: PaperBuilder) -> None:
    """The exception report and what cannot be reported as tables, the rest as paragraphs."""
    paper.text("Details", "Heading 1")
    paper.text("Exception report", "Heading 2")
    _add_exception_table(paper)
    _add_notes(paper)
    _add_breach_table(paper)
    paper.text("Amendments, corrections and data caveats", "Heading 2")
    paper.each("paragraph", "data_caveats", "Paper Paragraph")
    _add_corrections(paper)
    _add_unreportable_table(paper)


def _add_exception_table(paper: PaperBuilder) -> None:
    paper.tag("{%p if exceptions %}")
    paper.text("The following indicators are marked as amber or red.", "Paper Introduction")
    paper.table(
        "exceptions",
        (
            Column("No", 1.3, ("{{ row.no }}",)),
            Column("Indicator", 4.2, ("{{ row.name }}",)),
            Column("Rating", 2.0, ("{{ row.rating }}",)),
            Column("Service Commentary", 8.5, _COMMENTARY),
        ),
        "Exception report",
        "Indicators marked as amber or red: number, name, rating as a letter (R red, A amber), "
        "and the service's commentary.",
    )
    paper.tag("{%p else %}")
    paper.text("No indicators are marked as amber or red.", "Paper Paragraph")
    paper.tag("{%p endif %}")


def _add_notes(paper: PaperBuilder) -> None:
    for rows, heading, intro in (
        ("of_note", "Commentary", "The following indicators are of particular note."),
        (
            "performing_well",
            "Particularly good performance",
            "Performance is particularly good against the following indicators.",
        ),
    ):
        paper.tag(f"{{%p if {rows} %}}")
        paper.text(heading, "Heading 2")
        paper.text(intro, "Paper Introduction")
        paper.tag(f"{{%p for row in {rows} %}}")
        paper.text("{{ row.heading }}", "Heading 3")
        paper.each("paragraph", "row.commentary", "Paper Paragraph")
        paper.each("draft", "row.draft", "Paper Continued")
        paper.tag("{%p endfor %}")
        paper.tag("{%p endif %}")


def _add_breach_table(paper: PaperBuilder) -> None:
    paper.tag("{%p if breaches %}")
    paper.text("Outside the acceptable range", "Heading 2")
    paper.text(
        "The following indicators are above or below their acceptable range.", "Paper Introduction"
    )
    paper.table(
        "breaches",
        (
            Column("No", 1.3, ("{{ row.no }}",)),
            Column("Indicator", 6.2, ("{{ row.name }}",)),
            Column("Figure and range", 8.5, ("{{ row.figures }}",)),
        ),
        "Outside the acceptable range",
        "Indicators outside their acceptable range: number, name, and the figure with the range.",
    )
    paper.tag("{%p endif %}")


def _add_corrections(paper: PaperBuilder) -> None:
    paper.tag("{%p for row in corrections %}")
    paper.tag("{%p for paragraph in row.commentary %}")
    paper.text("**Please note: {{ row.label }}.** {{ paragraph }}", "Paper Paragraph")
    paper.tag("{%p endfor %}")
    paper.tag("{%p endfor %}")


def _add_unreportable_table(paper: PaperBuilder) -> None:
    paper.tag("{%p if unreportable %}")
    paper.text(
        "We are currently not able to report accurately against the following indicators:",
        "Paper Introduction",
    )
    paper.table(
        "unreportable",
        (
            Column("Indicator Number", 2.2, ("{{ row.no }}",)),
            Column("Descriptor", 5.3, ("{{ row.name }}",)),
            Column("Commentary", 8.5, _PLAIN_COMMENTARY),
        ),
        "Indicators that cannot be reported accurately",
        "Indicators without an accurate figure: number, name, and why.",
    )
    paper.tag("{%p endif %}")


_LISTS = (
    (
        "exceptions",
        "Performance indicators where the service is currently under-performing are:",
        "{{ row.label }}. {{ row.name }} ({{ row.rating }})",
    ),
    (
        "of_note",
        "Of particular note are:",
        "{{ row.label }}. {{ row.name }}",
    ),
    (
        "performing_well",
        "Performance indicators where we are currently performing particularly well are:",
        "{{ row.label }}. {{ row.name }}",
    ),
    (
        "unreportable",
        "Performance indicators that remain a challenge to report on are:",
        "{{ row.label }}. {{ row.name }}",
    ),
)


def add_narrative(paper: PaperBuilder) -> None:
    """Everything as lists by indicator number."""
    paper.text("Details", "Heading 1")
    paper.each("paragraph", "data_caveats", "Paper Paragraph")
    for rows, intro, item in _LISTS:
        paper.tag(f"{{%p if {rows} %}}")
        paper.text(intro, "Paper Introduction")
        paper.tag(f"{{%p for row in {rows} %}}")
        paper.text(item, "Paper Bullet Heading")
        paper.each("paragraph", "row.commentary", "Paper Bullet Continued")
        paper.each("draft", "row.draft", "Paper Bullet Continued")
        paper.tag("{%p endfor %}")
        if rows == "exceptions":
            paper.tag("{%p else %}")
            paper.text("No indicators are marked as amber or red.", "Paper Paragraph")
        paper.tag("{%p endif %}")
    paper.tag("{%p if breaches %}")
    paper.text("Performance indicators outside their acceptable range are:", "Paper Introduction")
    paper.tag("{%p for row in breaches %}")
    paper.text("{{ row.label }}. {{ row.name }}: {{ row.figures }}.", "Paper Bullet")
    paper.tag("{%p endfor %}")
    paper.tag("{%p endif %}")
    _add_corrections(paper)
