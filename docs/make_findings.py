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

A figure may be odd and right. Write the reason into column G of the sheet "Findings": from the
next check on the finding is listed as accepted, with the reason, and no longer counts. The
acceptance holds for that sentence alone. When a figure in it changes, the finding is open
again; when it is not found, its reason is kept at the end of the sheet.

## Limits of the checks

- Control limits need eight figures of one kind of period; fewer than thirteen are called
  provisional. They are reckoned by the Settings sheet and the sheet Trend ([Trend](trend.md)).
- Numerator and denominator are found in the figure's own formula, in columns of the index with
  those words in their headings, or on a sheet with a row for each part, the indicator's number in
  its first cell and periods above.
- Conditional formats are followed where a rule compares a cell with a text, a number or another
  cell, or looks for a text. A rule that is anything else, or a kind that Excel 2010 added, is
  passed over, and nothing is said of the cells behind it.
- A total is known by its formula, `SUM(M7:M9)` or `M7+M8`, over figures of other indicators.

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
