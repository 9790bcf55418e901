"""The league: places, shares, and indicators across workbooks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from perf_addin.application.batch.league import (
    WORKBOOK_COLUMNS,
    Across,
    Indicators,
    League,
    make_league,
    workbook_rows,
)
from perf_addin.application.batch.records import DONE, FAILED, Counts, Record
from perf_addin.application.batch.rows import (
    FINDING_COLUMNS,
    RATING_COLUMNS,
    counts_of,
    packed,
    rows_of,
    unpacked,
)
from tests.application.build import index, rated

HEADER = ("No", "Indicator", "Polarity", "Target", "Tolerance", "Apr 2021", "Acceptable range")
NONE = Counts()


def record(key: str, counts: Counts = NONE, state: str = DONE) -> Record:
    return Record(key, f"/in/{key}", state, counts=counts, reason="" if state == DONE else "Why.")


def league_of(*counts: Counts) -> League:
    records = [record(f"{number}.xlsx", each) for number, each in enumerate(counts)]
    return make_league(records, Indicators())


def test_places_go_by_the_share_of_green_and_equals_share_one() -> None:
    league = league_of(Counts(1, 0, 2), Counts(0, 0, 1, 9), Counts(2, 0, 4), Counts(1, 1, 0))
    assert [(one.record.key, one.place) for one in league.standings] == [
        ("1.xlsx", 1),
        ("0.xlsx", 2),
        ("2.xlsx", 2),
        ("3.xlsx", 4),
    ]
    assert league.standings[0].green_pct == Decimal(100)
    assert league.standings[3].green_pct == 0
    assert league.total == Counts(4, 1, 7, 9)


def test_without_a_rating_there_is_no_place() -> None:
    league = league_of(Counts(not_rated=3), Counts(1))
    assert [one.place for one in league.standings] == [1, None]
    assert [row[2] for row in workbook_rows(league)] == ["1", ""]


def test_failures_come_last_with_their_reason() -> None:
    records = [
        record("b.xlsx", state=FAILED),
        record("c.xlsx", Counts(1)),
        record("a.xlsx", state=FAILED),
    ]
    rows = list(workbook_rows(make_league(records, Indicators())))
    assert [row[0] for row in rows] == ["c.xlsx", "a.xlsx", "b.xlsx"]
    assert {len(row) for row in rows} == {len(WORKBOOK_COLUMNS)}
    assert rows[-1][-1] == "Why."


def test_nothing_makes_an_empty_league() -> None:
    assert make_league([], Indicators()) == League((), (), (), Counts())


def test_indicators_that_agree_are_one(tmp_path: Path) -> None:
    gathered = Indicators()
    names = (("10", "Visits in  time", 95), ("2", "Visits", 95), ("10", "visits in time", 50))
    for number, (no, name, figure) in enumerate(names):
        rows = (
            (no, name, "High", 90, "5%", figure, "60 to 99"),
            (3, "Each", "High", 1, "5%", 1, ""),
        )
        path = index(tmp_path / f"{number}.xlsx", HEADER, *rows)
        gathered.add(rows_of(rated(path)).ratings)
    assert gathered.across() == (
        Across("3", "Each", 3, Counts(green=3)),
        Across("10", "Visits in time", 2, Counts(red=1, green=1, breaches=1)),
    )


def test_rows_say_what_was_decided_and_come_back_as_they_were(tmp_path: Path) -> None:
    path = index(
        tmp_path / "x.xlsx",
        HEADER,
        (1, "Visits in time", "High", "90%", "5%", 0.5, "60% to 99%"),
        (2, "Turnover", "Low", 10, "5%", "n/a", ""),
    )
    result = rated(path)
    rows = rows_of(result)
    first = dict(zip(RATING_COLUMNS[1:], rows.ratings[0], strict=True))
    assert first["Actual"] == "50"
    assert first["Target"] == "90%"
    assert first["Rating"] == "R"
    assert (first["Breach"], first["Breach by"]) == ("Below", "10")
    assert first["Reason"].startswith("Red: 50% against a target of 90%")
    second = dict(zip(RATING_COLUMNS[1:], rows.ratings[1], strict=True))
    assert (second["Actual"], second["Rating"], second["Row"]) == ("", "", "3")
    assert {len(row) for row in rows.findings} == {len(FINDING_COLUMNS) - 1}
    assert counts_of(result)[:5] == (1, 0, 0, 1, 1)
    back = unpacked(packed(rows))
    assert [tuple(row) for row in back.ratings] == list(rows.ratings)
    assert [tuple(row) for row in back.findings] == list(rows.findings)
    assert packed(rows) == packed(rows_of(result))
