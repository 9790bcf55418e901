"""Findings about benchmarks and trends."""

from __future__ import annotations

from perf_addin.application.finding_kinds.kind import Kind

KINDS = (
    Kind(
        "benchmark-area-unknown",
        "info",
        (
            "`benchmark`: a benchmark column is about an area that the file does not have, or of "
            "which nobody said what the file calls it"
        ),
        "state it with `--england`, `--region` or `--neighbours`, or rename the heading",
    ),
    Kind(
        "benchmark-differs",
        "warning",
        (
            "`benchmark`: a benchmark column holds another figure than the file; it was left as "
            "it is"
        ),
        "replace it with `--overwrite`, or empty the cell",
    ),
    Kind(
        "benchmark-formula-left",
        "info",
        "`benchmark`: a benchmark column holds a formula that gives another figure than the file",
        "correct the formula, or empty the cell",
    ),
    Kind(
        "benchmark-not-matched",
        "info or warning",
        (
            "`benchmark`: the file has no measure of an indicator's name; a warning where a "
            "measure was stated"
        ),
        "write the measure's name into column C of the sheet Benchmarks, or use `--measure`",
    ),
    Kind(
        "benchmark-own-figure-differs",
        "warning",
        (
            "`benchmark`: for one period the index and the file have different figures of our own "
            "area; the index's was compared"
        ),
        "find out which of the two is right",
    ),
    Kind(
        "benchmark-polarity-differs",
        "warning",
        "`benchmark`: the index calls one direction good and the file the other",
        "correct the polarity in the index; the file's is only used where the index has none",
    ),
    Kind(
        "benchmark-row-left-out",
        "warning",
        "`benchmark`: rows of the file have a period or a value that cannot be read",
        "correct the rows",
    ),
    Kind(
        "benchmark-row-repeated",
        "warning",
        (
            "`benchmark`: the file has two different values for one measure, area and period; the "
            "first was used"
        ),
        "correct the file",
    ),
    Kind(
        "benchmark-scale-unclear",
        "warning",
        (
            "`benchmark`: the file's percentages may be in points or ratios beside the "
            "indicator's, or the cell shows per cent and nothing says that the figure is; they "
            "were not used"
        ),
        "write the file's percentages with a % sign",
    ),
    Kind(
        "benchmark-stale",
        "warning",
        "`benchmark`: the latest benchmark is more than 24 months older than the rated figure",
        "look for a newer release, or say how old it is",
    ),
    Kind(
        "trend-baseline",
        "warning",
        (
            "`trend`: control limits are to be fixed by a number of figures that is not one of the "
            "12 to 20 that the official tool takes"
        ),
        "fix them after 12 to 20 figures, or use the other method",
    ),
    Kind(
        "trend-differs",
        "warning",
        (
            "`trend`: a column Direction of travel, Variation or Assurance of the index says "
            "otherwise than its figures; it was left as it is"
        ),
        "replace it with `--overwrite`, or correct the figures",
    ),
    Kind(
        "trend-rebase-unused",
        "warning",
        "`trend`: control limits are to be rebased at a period from which on there is no figure",
        "correct the sheet Trend, the Settings sheet or `--rebase`, or wait for the figure",
    ),
)
