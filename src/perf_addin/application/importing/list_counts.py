"""A child-level list, counted by the rules that are stated for it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from perf_addin.application.importing.columns import Found, Stated, column_at, has_all
from perf_addin.application.importing.counting import Rule
from perf_addin.application.importing.extract import Extract, Reported
from perf_addin.application.importing.tally import Tally
from perf_addin.application.importing.told import Told
from perf_addin.domain.errors import InputError
from perf_addin.domain.figures import Figure
from perf_addin.domain.findings import Finding, Severity
from perf_addin.domain.small_numbers import Parts


def count_list(
    extract: Extract,
    found: Found,
    stated: Stated,
    rules: Mapping[str, Rule],
    told: Told,
) -> tuple[list[Reported], int]:
    """Count the rows of a list; every row is read once, and none is kept.

    Returns:
        A figure for each rule and period, and how many rows were read.

    Raises:
        InputError: a rule states no date, and no period was stated.
    """
    usable = {aim: rule for aim, rule in rules.items() if has_all(found.headings, rule.headings())}
    for aim, rule in usable.items():
        if not rule.date and stated.period is None:
            raise InputError(
                f"{extract.file}: the rule for {aim} states no column of dates, so the period of "
                "its count is not known. Add 'by month of \"HEADING\"', or state --period.",
                file=extract.file,
            )
    tallies = {
        aim: Tally(rule, _columns(found, rule), stated.period) for aim, rule in usable.items()
    }
    rows = 0
    for row in found.sheet.rows(found.header + 1):
        rows += 1
        for tally in tallies.values():
            tally.take(row)
    told.unused_rules([aim for aim in rules if aim not in usable])
    reported = []
    for aim, tally in tallies.items():
        _about_undated(extract, aim, rules[aim], tally, told)
        reported += _reported(aim, rules[aim], tally)
    return reported, rows


def _columns(found: Found, rule: Rule) -> dict[str, int]:
    places = {heading: column_at(found.headings, heading) for heading in rule.headings()}
    return {heading: place for heading, place in places.items() if place is not None}


def _reported(aim: str, rule: Rule, tally: Tally) -> list[Reported]:
    made = []
    for period in sorted(tally.counted):
        count, base = Decimal(tally.counted[period]), Decimal(tally.bases.get(period, 0))
        if rule.base is None:
            made.append(Reported(0, aim, "", period, Figure(count)))
        elif base:
            made.append(Reported(0, aim, "", period, None, Parts(count, base)))
    return made


def _about_undated(extract: Extract, aim: str, rule: Rule, tally: Tally, told: Told) -> None:
    if not tally.undated_rows:
        return
    first = ", ".join(f"{number:,}" for number in tally.undated)
    rows = "1 row has" if tally.undated_rows == 1 else f"{tally.undated_rows:,} rows have"
    told.add(
        [
            Finding(
                "import-undated-rows",
                Severity.WARNING,
                f"{extract.file}, indicator {aim}: {rows} no date in {rule.date!r} that can be "
                f"read (row {first}), and counted for nothing. Correct the extract, or leave it if "
                "they belong to no period.",
            )
        ]
    )
