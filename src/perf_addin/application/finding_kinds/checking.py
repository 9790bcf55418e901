"""Findings of the self-audit: of figures, standards, links and what is shown."""

from __future__ import annotations

from perf_addin.application.finding_kinds.kind import Kind

KINDS = (
    Kind(
        "broken-link",
        "warning",
        (
            "`check`: a defined name, hyperlink, chart, sparkline, list of choices, conditional "
            "format or pivot table refers to cells, a sheet or a name that are not there"
        ),
        "correct what it refers to, or delete it",
    ),
    Kind(
        "broken-reference",
        "error",
        "`check`: a formula refers to cells that are no more (#REF!)",
        "restore the reference",
    ),
    Kind(
        "colour-differs",
        "warning",
        (
            "`check`: the conditional format, icon or fill of the rating or of its figure shows "
            "another colour than the rating; rules that cannot be followed are passed over"
        ),
        "correct the rule or the fill, or take it away",
    ),
    Kind(
        "exception-hidden",
        "warning",
        (
            "`check`: an amber, red or breached indicator stands in a hidden row or on a hidden "
            "sheet"
        ),
        "show it, or take the indicator out of the index",
    ),
    Kind(
        "figure-jumps",
        "warning",
        (
            "`check`: a figure lies beyond the control limits of its row and far from the figures"
            " beside it, as a typing error would"
        ),
        "check the figure; if it is right, accept the finding and say why",
    ),
    Kind(
        "formula-error",
        "error",
        (
            "`check`: a formula on any sheet gives an Excel error (#N/A, the symbol for a missing"
            " figure, is left out)"
        ),
        "correct the formula",
    ),
    Kind(
        "green-not-reliable",
        "info",
        (
            "`check`: an indicator is green, but its target lies within the range in which the "
            "figure varies by chance, or beyond it"
        ),
        "say so beside the rating",
    ),
    Kind(
        "green-yet-concern",
        "info",
        "`check`: an indicator is green, but its figures show special cause for concern",
        "say so beside the rating",
    ),
    Kind(
        "green-yet-worst-quartile",
        "info",
        (
            "`check`: an indicator is green, and a column of the index has it in the worst "
            "quartile, or its figure is in the worst quarter of at least eight bodies there"
        ),
        "look at the target again",
    ),
    Kind(
        "link-elsewhere",
        "info",
        "`check`: a formula takes its figure from another workbook, or the workbook is linked "
        "to one; no other workbook is ever opened",
        "update the links in Excel before publishing",
    ),
    Kind(
        "not-rated",
        "warning",
        (
            "`check`: an indicator has a figure, but what it is rated against is missing or "
            "contradicts itself"
        ),
        "complete it, or state the polarity Info",
    ),
    Kind(
        "number-as-text",
        "warning",
        (
            "`check`: a figure is kept as text; it is read as a number here, but formulas and "
            "charts in Excel pass over it"
        ),
        "convert it to a number",
    ),
    Kind(
        "number-missing",
        "warning",
        "`check`: an indicator has no number, while others have",
        "give it one",
    ),
    Kind(
        "one-child-decides",
        "info",
        "`check`: with one more or one fewer in the numerator the rating would be another",
        "say so beside the rating",
    ),
    Kind(
        "parts-differ",
        "warning",
        (
            "`check`: numerator and denominator do not give the figure of the index, to the "
            "decimals that it is stated with, or its formula was not calculated since they changed"
        ),
        "correct whichever is wrong, or calculate the workbook",
    ),
    Kind(
        "percentage-beyond",
        "warning",
        "`check`: a percentage is below 0 or above 100",
        (
            "check numerator, denominator and decimal point; accept it where more than the whole "
            "is possible"
        ),
    ),
    Kind(
        "period-behind",
        "warning",
        (
            "`check`: the latest figure of an indicator is older than its frequency allows, "
            "against the latest of the index"
        ),
        "ask for the figure, or enter a symbol for a missing one",
    ),
    Kind(
        "polarity-missing",
        "warning",
        "`check`: an indicator was rated as High, the built-in default",
        "state High, Low, Range or Info",
    ),
    Kind(
        "range-reversed",
        "warning",
        "`check`: the lower limit of an acceptable range is above its upper one",
        "swap them, or correct one",
    ),
    Kind(
        "rating-is-noise",
        "info",
        (
            "`check`: an indicator is red or amber by common cause: the figure varies as it "
            "always did"
        ),
        "look at the process, not at this period alone",
    ),
    Kind(
        "scale-doubtful",
        "warning",
        (
            "`check`: bare figures and target of a percentage lie between 0 and 2, most figures "
            "not beyond 1: one that is made them points (0.93%), but they may be ratios (93%)"
        ),
        "give the row a per cent format, or write the figures with a per cent sign",
    ),
    Kind(
        "secondary-suppression",
        "warning",
        (
            "`check`: a count that is or must be suppressed could be worked out from a total (by "
            "its formula, or by a name such as Total or All) and the other counts in it"
        ),
        "suppress the next smallest count too, or the total",
    ),
    Kind(
        "small-number",
        "warning",
        (
            "`check`: a count of children of 5 or less, or a percentage with such a numerator or "
            "a denominator of 10 or less"
        ),
        "publish it as c (confidential)",
    ),
    Kind(
        "target-against-benchmarks",
        "info",
        (
            "`check`: an indicator is red or amber, yet better than every benchmark beside it; or"
            " green, yet worse than all of at least two"
        ),
        "say so beside the rating, or look at the target again",
    ),
    Kind(
        "target-outside-range",
        "warning",
        (
            "`check`: the target lies outside the acceptable range, so that a figure on target is"
            " a breach"
        ),
        "correct one of the two",
    ),
    Kind(
        "title-year-differs",
        "warning",
        (
            "`check`: the titles above the headings name a financial year that none of the "
            "columns is of"
        ),
        "correct the one that is wrong",
    ),
    Kind(
        "tolerance-missing",
        "info",
        "`check`: ratings rest on the built-in tolerance, amber within 10% of the target",
        "state the council's own with `perf-addin init`",
    ),
    Kind(
        "tolerance-too-wide",
        "warning",
        "`check`: a tolerance is the whole target or more",
        "check whether a decimal point is missing",
    ),
    Kind(
        "zero-target",
        "warning",
        "`check`: the target is 0, of which no percentage can be taken",
        "state a tolerance in points or units",
    ),
)
