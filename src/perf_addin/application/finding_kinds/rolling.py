"""Findings of the rollover into a new year."""

from __future__ import annotations

from perf_addin.application.finding_kinds.kind import Kind

KINDS = (
    Kind(
        "caveat-carried",
        "info",
        "`rollover`: indicators have a data caveat, which was carried into the new year",
        "take it away where it no longer holds",
    ),
    Kind(
        "chart-shows-last-year",
        "info",
        (
            "`rollover`: charts draw the same cells as before, and keep a picture of last year's "
            "figures until Excel saves the workbook"
        ),
        "open the workbook in Excel and save it",
    ),
    Kind(
        "colour-left",
        "warning",
        (
            "`rollover`: a cell of a figure is painted red, amber or green by hand; last year's "
            "figure has gone, the colour was left"
        ),
        "take the colour away where it was a rating",
    ),
    Kind(
        "comment-left",
        "info",
        "`rollover`: a cell was emptied or has another figure, and its comment was left",
        "delete the comment where it no longer holds",
    ),
    Kind(
        "formula-gives-figure",
        "warning",
        (
            "`rollover`: a formula in the months or quarters gives a figure though the year has "
            "not begun: 0 of an empty cell, or one from a sheet or workbook that was not emptied"
        ),
        'let the formula give "" until there is a figure, or point it at the new year\'s figures',
    ),
    Kind(
        "formula-left",
        "warning",
        (
            "`rollover`: a formula stands where a figure, a heading or a text was to move or to "
            "be emptied; it was left"
        ),
        "see that it gives what its column is headed now",
    ),
    Kind(
        "mark-cleared",
        "warning",
        (
            "`rollover`: indicators were marked as not reportable; the mark was taken away with "
            "the other highlights of the year"
        ),
        "set it again where it still holds",
    ),
    Kind(
        "no-earlier-column",
        "warning",
        (
            "`rollover`: no column is headed with the year before, so the outturn went to the "
            "sheet Rollover Log only"
        ),
        "add a column for earlier years, if the index is to show them",
    ),
    Kind(
        "old-year-left",
        "warning",
        (
            "`rollover`: texts that are no headings or titles of the index (on other sheets, in "
            "charts, in page headers) still name the year that has ended, or a sheet is called so"
        ),
        "change them where they should move on",
    ),
    Kind(
        "oldest-year-dropped",
        "info",
        (
            "`rollover`: earlier years moved along by one column, and the oldest has none any "
            "more; its figures are on the sheet Rollover Log"
        ),
        "nothing",
    ),
    Kind(
        "outturn-early",
        "warning",
        (
            "`rollover`: indicators have no figure for the last month or quarter of the year; "
            "their latest was taken as the outturn"
        ),
        "enter the year's outturn when it is known",
    ),
    Kind(
        "outturn-missing",
        "warning",
        "`rollover`: indicators have no figure in the year, so their outturn is blank",
        "enter it, if there is one",
    ),
    Kind(
        "outturn-one-period",
        "warning",
        (
            "`rollover`: the outturn is a count of one month or quarter, and nothing in the row "
            "calls it a snapshot, cumulative or rolling"
        ),
        "enter the year's sum or average, where each period counts only its own",
    ),
    Kind(
        "outturn-scaled",
        "warning",
        (
            "`rollover`: a figure went from a per cent format to a plain one or back, and was "
            "entered on the scale of its new cell"
        ),
        "look it over",
    ),
    Kind(
        "own-years-taken",
        "info",
        (
            "`rollover`: columns whose headings name a body beside the year (Merton 2020/21) were "
            "taken for the index's own earlier years, and took the outturn"
        ),
        "if they are another body's, state the column with `--column 'Previous=J'`",
    ),
    Kind(
        "rated-on-last-year",
        "warning",
        (
            "`rollover`: the index keeps last year's figures as figures to rate (years side by "
            "side, or months of two years), so its indicators are rated on them for now"
        ),
        "state `--period`, until the new year has figures",
    ),
    Kind(
        "result-taken-away",
        "warning",
        (
            "`rollover`: a formula may hang on last year's figures and cannot be calculated here; "
            "its last result was taken away, and Excel is asked to calculate the workbook"
        ),
        "open the workbook in Excel and save it",
    ),
    Kind(
        "sheet-left",
        "warning",
        (
            "`rollover`: a sheet is of another year, has one row for each period, or has months "
            "of the year that no formula of the index refers to; it was left as it is"
        ),
        "move it on by hand, if it should",
    ),
    Kind(
        "target-unconfirmed",
        "warning",
        (
            "`check` and `rollover`: a target was carried from last year and nobody has confirmed "
            "it on the sheet Rollover Log, or changed it"
        ),
        "choose Yes on the sheet Rollover Log, or enter the new target",
    ),
)
