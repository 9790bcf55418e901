"""What stands on a scorecard: every indicator in its group, as rated, and nothing more."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from perf_addin.application.scorecard.model import Mark
from perf_addin.application.settings import Comparison, Settings
from perf_addin.domain.direction import Direction
from perf_addin.domain.periods import read_period
from tests.application.build import index, rated
from tests.application.scorecard.cards import card, composed, rows_of

MONTHS = ("Apr 2021", "May 2021", "Jun 2021", "Jul 2021", "Aug 2021")
HEADER = ("No", "Indicator", "Polarity", "Target", *MONTHS)
SAMPLES = ("performance_index_2018-19.xlsx", "performance_index_2021-22.xlsx")


@pytest.mark.parametrize("name", SAMPLES)
def test_every_indicator_of_a_sample_stands_there_as_it_is_rated(root: Path, name: str) -> None:
    file = root / "workbook" / name
    result, found = rated(file), card(file)
    rows = list(found.rows())
    assert [row.no for row in rows] == [item.no for item in result.rated]
    for row, item in zip(rows, result.rated, strict=True):
        if item.is_unreportable:
            assert row.mark is Mark.UNREPORTABLE
        else:
            assert row.mark.value == (item.rating.letter or "N")
        assert row.reason.casefold().removesuffix(".") in item.rating.reason.casefold()
    counted = Counter(row.mark for row in rows)
    assert {mark: n for mark, n in found.counts() if n} == counted


def test_the_2021_sample_reads_as_its_paper_does(root: Path) -> None:
    found = card(root / "workbook" / SAMPLES[1])
    assert found.title == (
        "Children and Young People Overview and Scrutiny Panel: Performance Index 2021/22"
    )
    assert found.period.startswith("Figures to Aug 2021")
    assert found.basis == "Where the index states nothing else, amber is a miss of up to 10%."
    assert [group.name for group in found.groups] == [
        "Early help and contacts",
        "Assessments",
        "Child protection",
        "Looked after children",
        "Placements and carers",
        "Education",
    ]
    assert [row.no for row in found.rows() if row.is_exception] == ["2", "16", "22"]
    row = next(row for row in found.rows() if row.no == "2")
    assert (row.actual, row.period, row.target) == ("83.4%", "Aug 2021", "95%")
    assert row.benchmarks == (("National average", "82%"), ("London", "81%"))
    assert row.travel is not None
    assert (row.travel.direction, row.travel.sign) == (Direction.WORSE, -1)
    assert row.travel.earlier == "85.3% in Jul 2021"
    assert row.commentary[1] == "The rate remains higher than national and regional averages."
    assert row.series is not None
    assert row.series.words.startswith(
        "5 figures, from 92.9% in Apr 2021 to 83.4% in Aug 2021; lowest 83.4% in Aug 2021, highest "
        "92.9% in Apr 2021. Target 95%."
    )
    quoracy = next(row for row in found.rows() if row.no == "8")
    assert (quoracy.actual, quoracy.reason) == ("u", "It is marked as not reportable.")
    assert quoracy.commentary[0].startswith("Data reporting is currently unreliable.")


def test_the_groups_of_the_2018_sample_are_those_of_its_column(root: Path) -> None:
    groups = card(root / "workbook" / SAMPLES[0]).groups
    assert [(group.anchor, group.name) for group in groups][:2] == [
        ("g1", "Early help and assessment"),
        ("g2", "Child protection"),
    ]
    assert sum(len(group.rows) for group in groups) == 34


def test_group_rows_may_have_a_number_and_an_index_may_have_none(tmp_path: Path) -> None:
    lines = (
        HEADER,
        (None, "Children"),
        (1, "Visits", "High", 5, 1, 2, 3, 4, 5),
        ("B", "Care leavers"),
        (2, "Homes", "High", 5, 1, 2, 3, 4, 5),
        (None, "Source: the case system."),
        (3, "Jobs", "High", 5, 1, 2, 3, 4, 5),
    )
    found = card(index(tmp_path / "grouped.xlsx", *lines))
    assert [(g.name, [r.no for r in g.rows]) for g in found.groups] == [
        ("Children", ["1"]),
        ("Care leavers", ["2", "3"]),
    ]
    plain = card(index(tmp_path / "plain.xlsx", HEADER, lines[2]))
    assert [group.name for group in plain.groups] == ["All indicators"]
    assert plain.title == "Performance scorecard"


def test_a_group_that_comes_again_joins_its_first(tmp_path: Path) -> None:
    header = ("No", "Group", "Indicator", "Polarity", "Target", "Aug 2021")
    found = card(
        index(
            tmp_path / "index.xlsx",
            header,
            (1, "Care", "Visits", "High", 5, 5),
            (2, "Education", "Plans", "High", 5, 5),
            (3, "Care", "Homes", "High", 5, 5),
        )
    )
    assert [(g.name, [r.no for r in g.rows]) for g in found.groups] == [
        ("Care", ["1", "3"]),
        ("Education", ["2"]),
    ]


def test_a_typed_rating_is_told_beside_the_computed_one(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Target", "Aug 2021", "RAG")
    rows = rows_of(
        tmp_path,
        header,
        (1, "Visits", "High", 90, 70, "A"),
        (2, "Plans", "High", "Top quartile", 70, "G"),
        (3, "Homes", "High", 90, 90, "G"),
    )
    assert [(row.mark, row.typed) for row in rows] == [
        (Mark.RED, "The index states Amber."),
        (Mark.GREEN, "Green is what the index states; it was not computed."),
        (Mark.GREEN, ""),
    ]
    assert rows[1].target == "Top quartile"


def test_figures_that_differ_never_read_the_same(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, HEADER, (1, "Rate", "High", 95, 90, 90, 90, 90, 94.996))
    assert (row.actual, row.target, row.mark) == ("94.996", "95", Mark.AMBER)


def test_a_breach_is_told_and_placed(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Target", "Acceptable range", "Aug 2021")
    (row,) = rows_of(tmp_path, header, (1, "Rate", "Low", 18, "12 - 20", 22))
    assert row.limits == "12 to 20"
    assert row.breach == "22 is above the acceptable range of 12 to 20, by 2."
    assert row.position is not None
    assert (row.position.lower, row.position.upper) == (Decimal(12), Decimal(20))
    assert row.position.target == (Decimal(18), Decimal(18))
    assert row.position.words == (
        "22 is above the acceptable range of 12 to 20, by 2; the target is 18"
    )


def test_thresholds_stand_in_the_place_of_a_target(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Green threshold", "Amber threshold", "Aug 2021")
    (row,) = rows_of(tmp_path, header, (1, "Visits", "High", 95, 85, 90))
    assert (row.mark, row.target) == (Mark.AMBER, "95 (amber 85)")


def test_ratios_and_points_are_drawn_on_one_scale(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Unit", "Target", *MONTHS)
    (row,) = rows_of(tmp_path, header, (1, "Visits", "High", "%", "90%", 0.8, 0.82, 0.84, 0.9, 1))
    assert row.series is not None
    assert [point.shown for point in row.series.points] == ["80%", "82%", "84%", "90%", "100%"]
    assert row.series.target == (Decimal(90), Decimal(90))
    assert row.travel is not None
    assert row.travel.earlier == "90% in Jul 2021"


def test_a_symbol_stays_and_any_other_text_does_not(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, HEADER, (1, "Rate", "High", 5, 4, "u", "ask Jo", 5, 6))
    assert row.series is not None
    assert [(point.at, point.shown, point.note) for point in row.series.points] == [
        (0, "4", ""),
        (1, "u", "low reliability"),
        (2, "–", "not available"),
        (3, "5", ""),
        (4, "6", ""),
    ]


def test_nothing_after_the_period_asked_for_is_shown(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        HEADER,
        (1, "Rate", "High", 5, 4, 5, 6, 7, 8),
        (2, "None", "High", 5, 4, 5, None, 7, 8),
        settings=Settings(period=read_period("Jun 2021")),
    )
    assert rows[0].actual == "6"
    assert rows[0].series is not None
    assert rows[0].series.points[-1].period == "Jun 2021"
    assert rows[1].reason == "No figure for Jun 2021 (the latest entry is Aug 2021)."
    assert rows[1].series is None or rows[1].series.points[-1].period == "May 2021"


def test_the_index_says_which_earlier_figure_counts(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Target", "Aug 2020", "Jul 2021", "Aug 2021")
    line = (1, "Weeks", "Low", 30, 30, 41, 35)
    (row,) = rows_of(tmp_path, header, line)
    assert row.travel is not None
    assert (row.travel.word, row.travel.earlier) == ("Better", "41 in Jul 2021")
    (row,) = rows_of(tmp_path, header, line, settings=Settings(comparison=Comparison.LAST_YEAR))
    assert row.travel is not None
    assert (row.travel.word, row.travel.earlier) == ("Worse", "30 in Aug 2020")


def test_a_column_of_previous_figures_serves_where_no_earlier_one_is_dated(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Target", "Actual", "Previous")
    rows = rows_of(
        tmp_path,
        header,
        (1, "Visits", "High", 90, 88, 85),
        (2, "Number of children missing", "Low", 90, 88, 3),
        (3, "Plans", "High", 90, 88, "x"),
    )
    assert rows[0].travel is not None
    assert (rows[0].travel.word, rows[0].travel.earlier) == ("Better", "85 in the previous period")
    assert (rows[1].travel, rows[2].travel) == (None, None)
    assert (rows[0].series, rows[0].period) == (None, "")


def test_without_a_good_direction_only_the_way_is_told(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path, HEADER, *((n, f"N{n}", "Info", None, 1, 2, 3, 4, 3 + n) for n in (0, 1, 2))
    )
    assert [row.travel and row.travel.word for row in rows] == ["Lower", "Same", "Higher"]


def test_two_rows_of_one_name_keep_their_own_figures(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        HEADER,
        (None, "Girls"),
        (None, "Exclusions", "Low", 9, 11, 12, 13, 14, 15),
        (None, "Boys"),
        (None, "Exclusions", "Low", 9, 21, 22, 23, 24, 25),
    )
    assert [r.series.points[0].shown for r in rows if r.series is not None] == ["11", "21"]


def test_one_row_for_each_period_is_one_line(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Period", "Actual", "Target", "Polarity", "Data caveat")
    lines = [(1, "Visits", month, 90 + at, 95, "High", "Old") for at, month in enumerate(MONTHS)]
    (row,) = rows_of(tmp_path, header, *lines)
    assert row.series is not None
    assert [point.shown for point in row.series.points] == ["90", "91", "92", "93", "94"]
    assert row.caveats == ("Old",)


def test_limits_are_provisional_and_signals_need_eight_figures(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Target", *(f"{m} 2021" for m in _YEAR[:8]))
    rows = rows_of(
        tmp_path,
        header,
        (1, "Four", "High", 5, None, None, None, None, 5, 6, 5, 6),
        (2, "Five", "High", 5, None, None, None, 5, 6, 5, 6, 99),
        (3, "Eight", "High", 50, 50, 51, 50, 51, 50, 51, 50, 20),
    )
    four, five, eight = (row.series for row in rows)
    assert four is not None
    assert five is not None
    assert eight is not None
    assert (four.band, four.story) == (None, ())
    assert five.band is not None
    assert "(provisional, from 5 figures)" in five.story[0]
    assert not any(point.signal for point in five.points)
    assert eight.points[-1].signal == "concern"
    assert eight.points[-1].note == "below the lower limit"
    assert eight.story[1] == "The latest figure shows special cause for concern."
    assert eight.story[2].startswith("As things are, the target of 50 ")


_YEAR = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def test_charts_of_one_kind_of_period_share_their_beginning(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        HEADER,
        (1, "All", "High", 5, 1, 2, 3, 4, 5),
        (2, "Late", "High", 5, None, None, 3, 4, 5),
    )
    assert rows[1].series is not None
    assert [point.at for point in rows[1].series.points] == [2, 3, 4]


def test_only_commentary_that_the_report_has_is_published(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Target", "Aug 2021", "Commentary", "Highlight")
    rows = rows_of(
        tmp_path,
        header,
        (1, "Met", "High", 5, 6, "For us only.", None),
        (2, "Missed", "High", 5, 1, "Two staff left.\nOne came.", None),
        (3, "Noted", "High", 5, 6, "A record.", "Of note"),
    )
    assert [row.commentary for row in rows] == [
        (),
        ("Two staff left.", "One came."),
        ("A record.",),
    ]


def test_commentary_that_may_be_personal_is_left_out_and_told(tmp_path: Path) -> None:
    header = ("No", "Indicator", "Polarity", "Target", "Aug 2021", "Commentary")
    found = composed(
        index(tmp_path / "index.xlsx", header, (1, "A", "High", 5, 1, "Jay Smith (14) moved."))
    )
    (row,) = found.scorecard.rows()
    assert row.commentary == ("Left out, since it may hold personal data.",)
    assert "Smith" not in repr(found.scorecard.groups)
    assert [f.code for f in found.result.findings if f.code == "personal-data"] == ["personal-data"]
