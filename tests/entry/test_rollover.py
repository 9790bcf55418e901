"""The command `rollover`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perf_addin.entry.cli import main
from tests.application.build import cells, index

HEAD = ["No", "Indicator", "Target 2021/22", "2020/21", "Apr 21", "May 21", "RAG"]
ROWS = (HEAD, ["1", "% seen", 50, 40, 45, 48, "R"], ["2", "Visits", 5, "x", None, 6, None])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return index(tmp_path / "index_2021-22.xlsx", *ROWS)


def test_the_new_index_stands_beside_the_old_one(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book.read_bytes()
    assert main(["rollover", str(book), "--year", "2022/23"]) == 0
    shown, said = capsys.readouterr()
    target = book.with_name("index_2022-23.xlsx")
    assert shown.splitlines() == [
        "From 2021/22 to 2022/23",
        "1: outturn 48 (May 2021, F2)",
        "2: outturn 6 (May 2021, F3)",
        "10 cells changed: 4 heading, 2 outturn, 3 cleared, 1 rating",
        str(target),
    ]
    assert "warning: Index!C2: 1, 2: the target of 2021/22 was carried" in said
    assert book.read_bytes() == before
    assert cells(target, "Index") == [
        ("No", "Indicator", "Target 2022/23", "2021/22", "Apr 22", "May 22", "RAG"),
        ("1", "% seen", 50, 48, None, None, None),
        ("2", "Visits", 5, 6, None, None, None),
    ]


def test_a_dry_run_lists_every_cell_and_writes_nothing(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rollover", str(book), "--dry-run"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[1:12] == [
        "Index!C1: 'Target 2021/22' -> 'Target 2022/23' (heading)",
        "Index!D1: '2020/21' -> '2021/22' (heading)",
        "Index!E1: 'Apr 21' -> 'Apr 22' (heading)",
        "Index!F1: 'May 21' -> 'May 22' (heading)",
        "Index!D2: 40 -> 48 (outturn)",
        "Index!E2: 45 -> blank (cleared)",
        "Index!F2: 48 -> blank (cleared)",
        "Index!G2: 'R' -> blank (rating)",
        "Index!D3: 'x' -> 6 (outturn)",
        "Index!F3: 6 -> blank (cleared)",
        "1: outturn 48 (May 2021, F2)",
    ]
    assert shown[-1].startswith("Nothing was written; the new index would be ")
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_json_has_what_changed_and_what_is_to_be_confirmed(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rollover", str(book), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["from"], found["to"]) == ("2021/22", "2022/23")
    assert found["changes"][4] == {
        "sheet": "Index",
        "cell": "D2",
        "kind": "outturn",
        "old": 40,
        "new": 48,
    }
    assert found["outturns"][0] == {
        "no": "1",
        "indicator": "% seen",
        "sheet": "Index",
        "value": 48,
        "period": "May 2021",
        "sum": None,
        "from": "F2",
        "to": "D2",
    }
    assert [item["sum"] for item in found["outturns"]] == [None, 6]
    assert [item["target"] for item in found["targets_to_confirm"]] == ["50", "5"]
    assert [(d["heading"], d["value"]) for d in found["dropped"]] == [
        ("2020/21", 40),
        ("2020/21", "x"),
    ]
    assert found["log_sheet"] == "Rollover Log"
    assert found["output"] == str(book.with_name("index_2022-23.xlsx"))
    assert main(["rollover", str(book), "--json", "--dry-run"]) == 0
    assert json.loads(capsys.readouterr().out)["output"] is None


def test_another_workbook_is_never_written_over_unasked(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rollover", str(book)]) == 0
    target = book.with_name("index_2022-23.xlsx")
    made = target.read_bytes()
    assert main(["rollover", str(book)]) == 0  # the same bytes again
    target.write_bytes(b"somebody's")
    assert main(["rollover", str(book)]) == 4
    assert "is there already and is another workbook" in capsys.readouterr().err
    assert target.read_bytes() == b"somebody's"
    assert main(["rollover", str(book), "-o", str(target)]) == 0
    assert target.read_bytes() == made
    assert target.with_name(f"{target.name}.bak").read_bytes() == b"somebody's"


@pytest.mark.parametrize(
    ("name", "made"),
    (
        ("Index.xlsx", "Index_2022-23.xlsx"),
        ("CSF 2021-2022 v2.xlsx", "CSF 2022-2023 v2.xlsx"),
        ("kpi_2021_22.xlsx", "kpi_2022_23.xlsx"),
        ("from 2019-20.xlsx", "from 2019-20_2022-23.xlsx"),
    ),
)
def test_the_name_moves_on(tmp_path: Path, name: str, made: str) -> None:
    book = index(tmp_path / name, *ROWS)
    folder = tmp_path / "new"
    folder.mkdir()
    assert main(["rollover", str(book), "-o", str(folder)]) == 0
    assert [path.name for path in folder.iterdir()] == [made]


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    (
        ("--year next", 2, "--year: found 'next', expected a financial year such as 2022/23"),
        ("--year 2021/22", 3, "the index is of 2021/22 already. State the year after it"),
        ("--year 2024/25", 3, "so the year that begins is 2022/23, not 2024/25"),
        ("-o HERE/index_2021-22.xlsx", 2, "is the input itself"),
        ("-o HERE/new.xlsm", 2, "the result is a .xlsx workbook"),
        ("--from-year 2020/21", 3, "the index is of 2021/22, not of 2020/21 as --from-year states"),
        ("--from-year last", 2, "--from-year: found 'last', expected"),
    ),
)
def test_what_makes_no_sense_is_refused(
    book: Path, capfd: pytest.CaptureFixture[str], asked: str, code: int, said: str
) -> None:
    before = book.read_bytes()
    arguments = asked.replace("HERE", str(book.parent)).split()
    assert main(["rollover", str(book), *arguments]) == code
    assert said in capfd.readouterr().err
    assert [path.name for path in book.parent.iterdir()] == [book.name]
    assert book.read_bytes() == before


def test_one_row_for_each_period_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = ["No", "Indicator", "Period", "Actual", "Target"]
    book = index(
        tmp_path / "long.xlsx", head, ["1", "A", "Apr 21", 3, 4], ["1", "A", "May 21", 3, 4]
    )
    assert main(["rollover", str(book)]) == 3
    said = capsys.readouterr().err
    assert "nothing has to be rolled over" in said
    assert "The same workbook goes on: add the rows of the new year" in said
    assert "Name the year" not in said
    assert main(["rollover", str(book), "--from-year", "2021/22"]) == 3
    assert (
        "Name the year in them (Apr 2022): a month alone is of 2021/22" in capsys.readouterr().err
    )


def test_months_without_a_year_need_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = ["No", "Indicator", "Target", "Apr", "May"]
    book = index(tmp_path / "index.xlsx", head, ["1", "A", 5, 1, 2])
    assert main(["rollover", str(book)]) == 3
    assert "no financial year: state it with --from-year 2021/22" in capsys.readouterr().err
    assert main(["rollover", str(book), "--from-year", "2021/22"]) == 0
    assert cells(tmp_path / "index_2022-23.xlsx", "Index")[1] == ("1", "A", 5, None, None)
