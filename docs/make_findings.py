"""Write docs/findings.md: the prose from here, the table from the kinds of findings."""

from __future__ import annotations

from pathlib import Path

from perf_addin.application.finding_kinds import KINDS

HERE = Path(__file__).resolve().parent
_INTRO = """\
# Findings

Made by `docs/make_findings.py`; the table comes from `application/finding_kinds`.

A finding has a code, a severity, a sheet, a cell, a sentence that says what was found, and what to
do about it.
`perf-addin check` ends with exit code 1 when there is an error that nobody accepted; `report` and
`recalc` go on, and print errors and warnings.

```sh
perf-addin check index.xlsx
perf-addin check index.xlsx --format csv
perf-addin check index.xlsx --format sheet -o checked.xlsx
```

`--format json` is that of `--json` ([JSON](json.md)); `sarif` is SARIF 2.1.0, in which what was
accepted is suppressed; `sheet` writes the sheet "Findings" into a copy of the workbook, as the
button Check does in Excel.

## Accepting a finding

A figure may be odd and right. Name the finding by its code and cell, as the check printed them:

```sh
perf-addin check index.xlsx --accept one-child-decides:Q17 --reason "Said beside the rating."
perf-addin check index.xlsx --in-place \\
    --accept "target-against-benchmarks:Performance Index!Q9" --reason "The target is law."
```

The reason is written to the sheet "Findings" of a copy, or of the file itself with `--in-place`,
and nothing else of the workbook changes. `--accept` may be given several times. Or write the
reason into column G of that sheet in Excel. From then on the finding is listed as accepted, with
the reason, and no longer counts; `--json` lists it under `accepted`, CSV and SARIF with its
reason. The acceptance holds for that sentence alone. When a figure in it changes, the finding is
open again; when it is not found, its reason is kept at the end of the sheet.

## Limits of the checks

- Control limits need eight figures of one kind of period; fewer than thirteen are called
  provisional. They are reckoned by the Settings sheet and the sheet Trend ([Trend](trend.md)).
- Numerator and denominator are found in the figure's own formula, in columns of the index with
  those words in their headings, or on a sheet with a row for each part, the indicator's number in
  its first cell and periods above.
- Typed ratings are recomputed for the rated period, for the rows of a long layout, and for columns
  such as `Q1 2021/22 RAG` of the same financial year, or of another one that has a target column of
  its own.
- Conditional formats are followed where they compare, rank, look for a text, or hold a formula of
  comparisons, arithmetic and the usual functions (AND, OR, NOT, IF, ISBLANK, ISNUMBER, ISERROR,
  SEARCH, LEFT, ROUND, MIN, MAX, AVERAGE and the like) over any sheet; those that Excel 2010 added
  too. A rule that holds anything else, dates, or more than 5,000 figures is passed over, and
  nothing is said of the cells behind it. Of a colour scale only red for a green rating, and green
  for a red one, are reported. Icons are read where they are traffic lights, signs, flags or
  symbols; arrows are not.
- A fill that a person gave counts where it is red, amber or green, does not reach across the row
  to the indicator's name, and is not the one that most figures have.
- A colour is taken for red, amber or green by its hue; tints of theme colours are left out of
  account.
- A total is known by its formula, `SUM(M7:M9)` or `M7+M8`, over figures of other indicators; or by
  a name with Total, All or Overall, where its figure is the sum of the rows right above or below
  it. Where one of these is suppressed, they are taken for its parts if what is left for that one
  is 5 or less.
- The worst quarter is found where the index has the figures of seven other bodies or more beside an
  indicator, or a column that is headed Quartile, National quartile or the like. Where it has
  neither, the band on the sheet Benchmarks is taken, and where it has no benchmarks beside an
  indicator, what that sheet says of England, region and neighbours; each with the period that it is
  of, and only where the sheet shows the figure that is rated, if it is of the rated period.
- What is counted (children, plans, schools) is known by the unit, or by the first such word of the
  indicator's name. Few schools, homes or weeks may be published; few of anything else may not.

## Every finding

| Code | Severity | What it means | What to do |
|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = (f"| `{k.code}` | {k.severity} | {k.meaning} | {k.remedy} |\n" for k in KINDS.values())
    return _INTRO + "".join(rows)


if __name__ == "__main__":
    (HERE / "findings.md").write_text(page(), encoding="utf-8")
