"""Findings about formulas and their results."""

from __future__ import annotations

from perf_addin.application.finding_kinds.kind import Kind

KINDS = (
    Kind(
        "built-on-stored",
        "info",
        (
            "a formula was calculated from results that could not be calculated here and were "
            "taken as Excel stored them"
        ),
        "nothing, if Excel saved the workbook last",
    ),
    Kind(
        "built-on-volatile",
        "info",
        (
            "a formula was calculated from results that change with every calculation (TODAY, "
            "RAND, OFFSET ...), as Excel stored them"
        ),
        "calculate the workbook in Excel where that matters",
    ),
    Kind(
        "depends-on-uncalculated",
        "warning",
        "a formula depends on a cell that was not calculated; what was stored last was kept",
        "open the workbook in Excel and save it",
    ),
    Kind(
        "formula-not-calculated",
        "warning",
        (
            "a formula cannot be calculated here, and the finding says why; what was stored last "
            "was kept"
        ),
        "open the workbook in Excel and save it",
    ),
    Kind(
        "formula-replaced",
        "warning",
        (
            "a person's formula stood in a cell of the report that is computed; it was replaced, "
            "and the finding quotes it"
        ),
        "write it into the commentary, a row of your own or a column further right",
    ),
    Kind(
        "name-taken",
        "warning",
        (
            "`init --functions`: the workbook has a name or a Table of that name; the function "
            "was left out"
        ),
        "rename it and run again",
    ),
    Kind(
        "native-result-differs",
        "warning",
        (
            "`--recalc always` gave another result than Excel stored for a formula on which "
            "nothing of ours bears; Excel's was kept"
        ),
        "calculate the workbook in Excel and compare",
    ),
    Kind(
        "no-index",
        "info",
        "`recalc`: the workbook has formulas to calculate but no index; nothing was rated",
        "nothing, if no index was expected",
    ),
    Kind(
        "spill-changed",
        "warning",
        (
            "the result of a formula has another size than the cells that it filled; only those "
            "were written"
        ),
        "open the workbook in Excel, which fills the others",
    ),
    Kind(
        "stored-results-doubted",
        "info",
        (
            "every formula was calculated anew, and the finding says why the stored results are "
            "not trusted"
        ),
        "nothing",
    ),
)
