"""Our functions as names in a workbook, evaluated by an engine that is not ours."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from perf_addin.entry.cli import main
from tests.lambda_judge import Call, answers


def test_a_panel_member_rates_with_nothing_installed(tmp_path: Path) -> None:
    given = answers(
        [
            Call("RAG", [0.1 + 0.2, 0.3]),
            Call("RAG", [86.45, 91, "High", "5%"]),
            Call("RAG", ["z", 91]),
            Call("RAG", [[[95], [None], [50]], 91], (3, 1)),
        ],
        tmp_path,
    )
    assert given == ["G", "A", "", [["G"], [""], ["R"]]]


def test_the_functions_come_beside_the_settings_sheet(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "index.xlsx"
    sample = root / "workbook" / "performance_index_2021-22.xlsx"
    assert main(["init", "--functions", str(sample), "-o", str(target)]) == 0
    book = load_workbook(target)
    assert "RAG" in book.defined_names
    assert "Settings" in book.sheetnames
