"""Findings about reading, rating and writing an index."""

from __future__ import annotations

from perf_addin.application.finding_kinds.kind import Kind

KINDS = (
    Kind(
        "cell-not-written",
        "warning",
        (
            "`report` and `recalc`: a rating or its reason was left out, since its cell is in an "
            "array formula, a data table or the covered part of a merged range, or is a formula; "
            "all others were written"
        ),
        "unmerge the cells, take the range away, or state another column",
    ),
    Kind(
        "comparator-left-out",
        "warning",
        (
            "`check` and `paper`: a benchmark and the indicator's own figure may be on two scales "
            "(0.21 against 22%), so no draft sentence compares them"
        ),
        "give both cells one number format",
    ),
    Kind(
        "chart-left-out",
        "info",
        "`report --charts`: an indicator of note has no figures that a chart can show, and why",
        "what the finding says; a chart needs figures of two periods under one number format",
    ),
    Kind(
        "computed-text-renewed",
        "warning",
        (
            "a person wrote over a text of the report that is computed, or at a chart that is "
            "drawn no more; it was computed again or taken out, and the finding quotes it"
        ),
        "write it into the commentary",
    ),
    Kind(
        "green-threshold-left-out",
        "warning",
        (
            "a target and another green threshold stand in one row without an amber one; the "
            "target alone was used"
        ),
        "empty one of the two, or state the amber threshold",
    ),
    Kind(
        "mixed-scale",
        "warning",
        (
            "figures shown as per cent and bare numbers stand in one row, or the figure is shown "
            "as one and its target, threshold or limit as the other; all were read as percentages"
        ),
        "give them one number format",
    ),
    Kind(
        "months-without-year",
        "warning",
        (
            "a sheet reads as an index, but nothing says which year its months or quarters are "
            "of; it was left out"
        ),
        "state `--year 2021/22`, or the index sheets with `--sheet`",
    ),
    Kind(
        "range-breach",
        "info",
        "the figure is outside its acceptable range",
        "nothing; it is in the report",
    ),
    Kind(
        "repeated-number",
        "warning",
        "one number stands for several indicators",
        "give each its own: commentary is kept by number and period",
    ),
    Kind(
        "repeated-period",
        "warning",
        (
            "with one row per indicator and period, several rows of one indicator state the same "
            "period, or none that can be read; only one of them was used"
        ),
        "correct the period, or give different indicators different numbers or names",
    ),
    Kind(
        "settings-column-moved",
        "warning",
        ("a column stands elsewhere than the Settings sheet says; it was followed by its heading"),
        "run `perf-addin init` again",
    ),
    Kind(
        "target-in-words",
        "warning",
        'a target such as "Top quartile" cannot be reckoned with',
        "state a figure, or the polarity Info",
    ),
    Kind(
        "total-row",
        "info",
        'a row named only "Total", "Average" or the like, without a number, was passed over',
        "nothing; if it is an indicator, give it a number or a longer name",
    ),
    Kind(
        "two-readings",
        "info",
        "two columns could be read for one field; says which was taken",
        "state the other with `--column` or on the Settings sheet",
    ),
    Kind(
        "typed-rating-differs",
        "warning",
        (
            "a typed rating, or a formula's, is not the computed one, or no figure is of the "
            "period asked for; it was left as it is"
        ),
        "correct it, keep it as a judgement, or use `--overwrite-typed`",
    ),
    Kind(
        "unclear-scale",
        "error",
        "a bare number may be a percentage or a ratio (0.88 against 91); not rated",
        "format the cell as a percentage, or type 88",
    ),
    Kind(
        "unknown-paper-label",
        "warning",
        (
            'a label on the sheet "Committee Paper" is none that is known, so what stands beside '
            "it is not used"
        ),
        "correct it to the label that the finding gives, or empty the row",
    ),
    Kind(
        "unknown-polarity",
        "error",
        "the polarity is no word that is known; not rated",
        "use High, Low, Range or Info",
    ),
    Kind(
        "unknown-rating",
        "warning",
        "the rating column holds something that is no rating; it was left as it is",
        "use R, A, G, Red, Amber, Green, or NR",
    ),
    Kind(
        "unknown-rule",
        "error",
        "the rule is no word that is known; not rated",
        "use one of those in [How ratings are made](rating.md)",
    ),
    Kind(
        "unknown-setting",
        "warning",
        ("a name on the Settings sheet is none that is known, so the value beside it is not used"),
        "correct it to the name that the finding gives, or empty the row",
    ),
    Kind(
        "unreadable-figure",
        "error for an Excel error, else warning",
        (
            "an entry is neither a figure nor a symbol for a missing one; an earlier period was "
            "looked for"
        ),
        "correct the cell",
    ),
    Kind(
        "unreadable-range",
        "error",
        "an acceptable range cannot be read; no breach was looked for",
        'write "12% - 20%" or "up to 20"',
    ),
    Kind(
        "unreadable-tolerance",
        "error",
        "a tolerance cannot be read; not rated",
        "write 5%, 5pp or 5",
    ),
)
