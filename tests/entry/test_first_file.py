"""The first workbook of a run, begun before all else: nothing that anybody sees depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.adapters.xlsx import begun as beginning
from perf_addin.entry.cli import main
from tests.adapters.xlsx.threads import ended, running
from tests.application.build import index

HEADINGS = ["No", "Indicator", "Polarity", "Target", "RAG", "Apr 21"]
ROWS = [[n, f"% done in time, area {n}", "High", "91%", None, f"{n % 100}%"] for n in range(400)]


@pytest.fixture(params=[True, False], ids=["in a thread", "in line"])
def begun(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[beginning.Begun]:
    """What the run began: with a thread for any sheet, or with none."""
    monkeypatch.setattr(beginning, "_WORTH_A_LOOK", 1)
    monkeypatch.setattr(beginning, "_WORTH_A_THREAD", 1 if request.param else 1 << 40)
    every: list[beginning.Begun] = []
    begin = beginning.begin

    def noted(path: str) -> beginning.Begun | None:
        found = begin(path)
        every.extend([found] if found is not None else [])
        assert found is None or (found.ahead is not None) is request.param
        return found

    monkeypatch.setattr(beginning, "begin", noted)
    return every


def test_every_file_is_rated_and_no_thread_is_left(
    tmp_path: Path, begun: list[beginning.Begun], monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = running()
    files = [index(tmp_path / "a.xlsx", HEADINGS, *ROWS), tmp_path / "b.xlsx"]
    files[1].write_bytes(files[0].read_bytes())
    assert main(["recalc", *map(str, files), str(tmp_path / "none.xlsx")]) == 3
    results = [(tmp_path / f"{name}_rated.xlsx").read_bytes() for name in "ab"]
    assert results[0] == results[1]
    assert len(begun) == 1
    assert ended(threads)
    monkeypatch.setattr(beginning, "begin", lambda _: None)
    assert main(["recalc", str(files[0]), "-o", str(tmp_path / "c.xlsx")]) == 0
    assert (tmp_path / "c.xlsx").read_bytes() == results[0]


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize(
    ("option", "stated", "code"),
    (("--period", "when pigs fly", 2), ("-o", "a.docx", 2), ("--sheet", "Nowhere", 3)),
)
def test_mistakes_are_told_as_ever_and_no_thread_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, stated: str, code: int
) -> None:
    threads = running()
    file = index(tmp_path / "a.xlsx", HEADINGS, *ROWS)
    assert main(["report", str(file), option, stated]) == code
    assert stated in capsys.readouterr().err
    assert ended(threads)
