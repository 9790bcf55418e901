"""Findings about commentary: what a check says of it, and what came back from services."""

from __future__ import annotations

from perf_addin.application.finding_kinds.kind import Kind

KINDS = (
    Kind(
        "commentary-conflict",
        "warning",
        (
            "`commentary merge`: the index or its report has another commentary than the one that"
            " the service lead was shown, and another came back; neither was changed without "
            "`--overwrite`"
        ),
        "settle it in the index",
    ),
    Kind(
        "commentary-contradicted",
        "warning",
        (
            "`check`: a commentary says that something has improved, worsened, risen or fallen, "
            "and neither the figure before nor that of last year shows it"
        ),
        "check which of the two is right",
    ),
    Kind(
        "commentary-differs",
        "info",
        "a commentary that a person typed into the report was kept; the index has another",
        "empty the cell in the report to take the index's",
    ),
    Kind(
        "commentary-missing",
        "warning",
        "`check`: an indicator is amber or red and has no commentary",
        "ask the service for one",
    ),
    Kind(
        "commentary-without-period",
        "warning",
        (
            "`--period`: there are later figures, and the commentary stands in a column without a "
            "period; where no report of that period is on record, the column's text was taken for "
            "it"
        ),
        "read it; type the right text into the report, or put the period into the heading",
    ),
    Kind(
        "commentary-not-placed",
        "warning",
        "`commentary merge`: the index has no such indicator in that period",
        "state the period with `--period`, or write the text in by hand",
    ),
    Kind(
        "commentary-quotes-unknown",
        "warning",
        "`check`: a commentary quotes a percentage that is in no cell of the indicator's row",
        "check the figure, or say where it comes from",
    ),
    Kind(
        "commentary-returned-twice",
        "warning",
        (
            "`commentary merge`: two returned workbooks have different texts for one indicator; "
            "neither was written, or with `--overwrite` the last"
        ),
        "settle it in the index",
    ),
    Kind(
        "commentary-too-long",
        "warning",
        "`check`: a commentary is longer than a row of the report's table can show",
        "shorten it, or move it to a paragraph of its own",
    ),
    Kind(
        "commentary-unchanged",
        "warning",
        (
            "`check`: a commentary is word for word that of an earlier period, as the report or "
            "its history has it"
        ),
        "ask the service whether it still holds",
    ),
    Kind(
        "nothing-below",
        "warning",
        (
            '`check` and `paper`: a commentary says "see below", but the index has no paragraph '
            "for the indicator; the paper has a placeholder there"
        ),
        "give it a highlight and highlight commentary, or write the commentary itself",
    ),
    Kind(
        "personal-data",
        "warning",
        (
            "`check`: a commentary holds what looks like a case or NHS number, a date of birth, "
            "or a name beside a word for a child"
        ),
        "take it out before anything is published",
    ),
)
