"""Write docs/paper.md: the prose from here, the tables of fields from their declarations."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from perf_addin.application.paper.fields import FIELDS, LEAVE_OUT, ROW_FIELDS, STATED, PaperField

HERE = Path(__file__).resolve().parent
_INTRO = """\
# The committee paper

Made by `docs/make_paper.py`; the tables of fields come from their declarations.

```sh not run: pip
python -m pip install "perf-addin[paper]"
```

```sh
perf-addin paper index.xlsx -o paper.docx
perf-addin paper index.xlsx --form narrative
perf-addin paper index.xlsx --template my_template.docx
```

`paper` reads and rates an index as `report` does, with the same options, and fills a Word template.
The workbook is only read. A document that is replaced is kept as `paper.docx.bak`; one that would
be the same is not written. The same index gives the same bytes: no time of writing is put into the
document.

- `--form tables` (the default) has the exception report, and the indicators that cannot be
  reported, as tables.
- `--form narrative` has everything as lists by indicator number.

Both have the header block, the recommendations and the numbered sections from the purpose of the
report to the background papers. They are `templates/committee_paper.docx` and
`templates/committee_paper_narrative.docx`.

![The first page of the paper that the 2021 sample gives](images/committee-paper.png)

## What it fills, and what it leaves open

What the workbook knows is filled. What it does not know is never made up: it stays as a placeholder
in square brackets on a yellow ground, such as `[Recommendations]`. The command lists every
placeholder that the paper shows (on standard error in a pipe, under `placeholders` with `--json`),
and so does the last page of the paper, which is to be deleted with them.

Commentary that people typed into the sheet "Exception Report" comes before that of the index. A
commentary that says "see below" is a link to the indicator's own paragraph; where there is none, a
finding and a placeholder say so.

### The sheet "Committee Paper"

What stays the same from paper to paper can be stated in the workbook. `perf-addin init --paper
index.xlsx` adds a sheet with every label in column A; write beside it, in column B:
"""
_SHEET = f"""
Rows may stand in any order, and may be left out. A line break begins a new paragraph; a row without
a label goes on with the one above it. `{LEAVE_OUT}` drops a section, and the numbers after it move
up. A label that is not known gives a finding.

## Draft sentences

Beside the service's own commentary, never in its place, the paper offers what the figures show:

> Draft from the figures: 83.4% is below the target of 95%, by 11.6 points. [Q9, E9] 83.4% is above
> the national average (82%) and London (81%). [Q9, K9, L9] 83.4% is lower than in Jul 2021 (85.3%)
> and for Merton 2020/21 (93%), which is worse. [Q9, P9, J9] Red against target, yet better than the
> national average (82%) and London (81%). [Q9, E9, K9, L9]

Each sentence follows from the cells in brackets behind it and from nothing else; a cause, or words
such as "significantly", are for people. `--json` has every sentence with its cells under `drafts`.

| Sentence | Needs |
|---|---|
| against the target, and by how much | a target that can be reckoned with |
| against England, London, a region, statistical neighbours and other named bodies, and beside the acceptable range | benchmark columns, a range |
| against the figure before, that of the same period last year, and last year's whole-year figure of a body that a heading names | earlier columns; `Merton 2020/21` beside a benchmark |
| "Red against target, yet better than ..." | a red or amber rating, and a better figure than every benchmark of the row |

- "Which is better" and "which is worse" follow the polarity, and are left out where no direction is
  good.
- Of several years of one benchmark the latest is used. Headings such as "Benchmark" or "Baseline",
  which name nobody, are not used.
- A whole-year figure is not held against an indicator that counts ("Number of ..."), since part of
  a year counts less.
- A percentage and a number that may be on another scale are not compared; the finding
  `comparator-left-out` names the cell.
- Numbers that differ never read the same: one more digit is shown where it is needed.
- A figure that `perf-addin check` calls a [small number](findings.md) is in no draft and in no list of
  breaches, since a paper is published; nor is such an earlier figure. The command names the
  indicators. Commentary is the service's own: read it before you publish it.
- An indicator that the paper names twice has its draft at the first place.

Without drafts: delete `{{{{ draft }}}}` and the two tags around it from a template of your own.

## Templates of your own

Copy one of the two templates, change it in Word, and name it with `--template`. Fonts, headings,
logos, headers and footers, fixed text and the order of sections are yours. What is filled in stands
in tags:

| Tag | What it does |
|---|---|
| `{{{{ committee }}}}` | a field's text, in the format of the tag |
| `{{%p if timetable %}}` ... `{{%p endif %}}` | paragraphs that are shown only if the field holds anything; each of the two alone in its paragraph |
| `{{%p for paragraph in timetable %}}` ... `{{%p endfor %}}` | what stands between, once for each paragraph of the field |
| `{{%tr for row in exceptions %}}` ... `{{%tr endfor %}}` | table rows, once for each row of the field; each of the two alone in a table row, which vanishes |
| `{{{{ row.name }}}}` | a field of the row |

A block must end where it began: `p` in one cell or on the page, `tr` in one table. Before anything
is written the whole template is checked, headers, footers and footnotes too. A field that there is not, or a
tag that cannot be read, ends the command with its name and its place: `table 1, row 3, column 2
('{{{{ row.commentry }}}}'): a row has no field named 'commentry'. Did you mean 'commentary'?`.

Tags are those of [docxtpl](https://docxtpl.readthedocs.io), which is under the LGPL, and run in
Jinja's sandbox: a template cannot reach files or Python. Text from a workbook is put into the
document as text, whatever it looks like: tags, braces and markup in it are shown as they stand.

Placeholders, drafts and ratings are told by the styles Paper Placeholder, Paper Draft, Rating Red,
Rating Amber and Rating Green (with Letter behind it for a rating within a line). Change them in
Word as you like; a template without them gets them.

### Fields
"""
_ROWS = """
### Fields of a row

`exceptions`, `of_note`, `performing_well`, `breaches`, `corrections` and `unreportable` hold rows.
Every row has:
"""
_READING = """
## For people who read with other senses

The tables of the built-in templates repeat their header row, keep rows together on a page, have no
merged or empty cells, and have alternative text. Ratings are letters in a colour with a contrast of
at least 4.5:1. Everything is formatted by styles; headings go down level by level; language and
title are set. In a template of your own these are in your hands.

What was verified where: the Open XML SDK validator, python-docx and LibreOffice. Nothing was opened
in Word itself.
"""


def page() -> str:
    """The whole page."""
    stated = "\n".join(f"| {field.label} | {_use(field)} |" for field in STATED)
    return "\n".join(
        [
            _INTRO,
            "| Label | What it is |\n|---|---|",
            stated,
            _SHEET,
            _table(FIELDS),
            _ROWS,
            _table(ROW_FIELDS),
            _READING,
        ]
    )


def _use(field: PaperField) -> str:
    return f"{field.meaning} (`{field.name}`)"


def _table(fields: Iterable[PaperField]) -> str:
    rows = (f"| `{f.name}` | {f.shape.value} | {f.meaning} |" for f in fields)
    return "\n".join(["| Field | Holds | What it is |", "|---|---|---|", *rows])


if __name__ == "__main__":
    (HERE / "paper.md").write_text(page(), encoding="utf-8", newline="\n")
