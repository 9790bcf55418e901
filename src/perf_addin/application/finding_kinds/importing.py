"""Findings about bringing the figures of an extract into an index."""

from __future__ import annotations

from perf_addin.application.finding_kinds.kind import Kind

KINDS = (
    Kind(
        "import-ambiguous-indicator",
        "error",
        "`import`: several indicators have the number or name that the extract has; none was taken",
        "give each a number of its own, or state which is meant with `--indicator`",
    ),
    Kind(
        "import-beside-formulas",
        "warning",
        "`import`: a figure was written into a row whose other periods hold formulas",
        "fill the formula to the cell, and import numerator and denominator",
    ),
    Kind(
        "import-conflict",
        "error",
        "`import`: the workbook holds something else than the extract; it was left as it is",
        "settle which is right; `--overwrite` lets the extract win",
    ),
    Kind(
        "import-formula",
        "warning",
        "`import`: the cell for a figure holds a formula, which was left alone",
        "export numerator and denominator, or put the figure where the formula takes it from",
    ),
    Kind(
        "import-mapping-unknown",
        "error",
        "`import`: the mapping names an indicator that the index does not have",
        "correct it on the Settings sheet or with `--indicator`",
    ),
    Kind(
        "import-name-unlike",
        "warning",
        (
            "`import`: a figure was placed by its number, and its name in the extract has no word "
            "in common with the index's"
        ),
        "keep with `--indicator` and `--save-mapping` that they are one, or correct the number",
    ),
    Kind(
        "import-no-place",
        "warning",
        "`import`: the index has no column, or no row, for a period of the extract",
        "add one, or leave the period out",
    ),
    Kind(
        "import-number-and-name-differ",
        "error",
        "`import`: number and name of a figure are those of two indicators; neither was taken",
        "correct the extract, or state which is meant with `--indicator`",
    ),
    Kind(
        "import-other-format",
        "warning",
        "`import`: a percentage was written as a bare number in a row that has a per cent format",
        "give the cell the number format of the row",
    ),
    Kind(
        "import-percentage-beyond",
        "warning",
        "`import`: a percentage below 0 or above 100 was written",
        "check numerator, denominator and decimal point; nothing where more than the whole is "
        "possible",
    ),
    Kind(
        "import-repeated",
        "error",
        "`import`: the extract has different figures for one indicator and period; none was taken",
        "correct the extract",
    ),
    Kind(
        "import-rule-not-used",
        "info",
        "`import`: a list does not have the headings that a rule of counting names",
        "nothing, if the rule is for another list",
    ),
    Kind(
        "import-small-number",
        "warning",
        "`import`: a count of 5 or less, or a percentage of 10 or fewer; neither must be published",
        "publish it as c (confidential)",
    ),
    Kind(
        "import-unclear-scale",
        "error",
        (
            "`import`: a figure may be a percentage or a ratio, would read as another figure in "
            "its row, or is not what its parts come to; it was not written"
        ),
        "give the extract a per cent sign, or the row of the index one number format",
    ),
    Kind(
        "import-undated-rows",
        "warning",
        "`import`: rows of a list have no date that can be read, and were not counted",
        "correct them, or leave them if they belong to no period",
    ),
    Kind(
        "import-unknown-indicator",
        "warning",
        "`import`: the index has no indicator of a number or name in the extract",
        "state what it is with `--indicator`, or leave it",
    ),
    Kind(
        "import-unreadable",
        "error",
        "`import`: a row of the extract has no figure, count or period that can be read",
        "correct the extract",
    ),
    Kind(
        "import-year-assumed",
        "info",
        "`import`: months or quarters of the extract state no year; the index's was taken",
        "state another with `--year`, if it is wrong",
    ),
)
