"""Every odd workbook ends in a result without loss or in one clear message, within bounds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapters.xlsx.package_compare import members
from tests.hostile.odd_workbooks import ODD, build

HARNESS = Path(__file__).with_name("bounded.py")
COMMANDS = (["report"], ["recalc", "--recalc", "always"], ["check"], ["init"])


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, object]]]:
    """How every command ended with every odd workbook; all run in processes within bounds."""
    if sys.platform == "win32":
        pytest.skip("processes cannot be bounded this way on Windows")
    calls: list[list[str]] = []
    whole: dict[Path, bytes] = {}
    for number, name in enumerate(ODD):
        folder = tmp_path_factory.mktemp(f"odd{number}")
        path = build(folder, name)
        whole[path] = path.read_bytes()
        for command in COMMANDS:
            out = [] if command == ["check"] else ["-o", str(folder / f"{command[0]}.xlsx")]
            calls.append([*command, str(path), *out])
    done = subprocess.run(
        [sys.executable, str(HARNESS)],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        check=True,
        timeout=500,
    )
    results = json.loads(done.stdout)
    for path, content in whole.items():
        assert path.read_bytes() == content, f"{path} was altered"
    found: dict[str, list[dict[str, object]]] = {}
    for position, (call, result) in enumerate(zip(calls, results, strict=True)):
        name = list(ODD)[position // len(COMMANDS)]
        found.setdefault(name, []).append({**result, "call": call})
    return found


@pytest.mark.parametrize("name", ODD)
def test_it_is_used_or_refused_in_one_sentence(
    name: str, ended: dict[str, list[dict[str, object]]]
) -> None:
    words = ODD[name][1]
    for result in ended[name]:
        code, said, call = result["code"], str(result["said"]), result["call"]
        assert isinstance(call, list)
        where = f"{call[0]}: {code} {said[-2000:]}"
        assert code in {0, 1, 3, 4}, where
        assert "Traceback" not in said, where
        if code in {3, 4}:
            assert said.startswith("perf-addin: "), where
            assert said.count("\n") == 1, where
            assert "index.xlsx" in said, where
            assert words == "*" or (words and words in said), where
        else:
            assert words in {"", "*"}, where


@pytest.mark.parametrize("name", ODD)
def test_nothing_of_it_is_lost(name: str, ended: dict[str, list[dict[str, object]]]) -> None:
    for result in ended[name]:
        call = result["call"]
        assert isinstance(call, list)
        if result["code"] != 0 or call[0] == "check":
            continue
        before, after = members(Path(call[-3])), members(Path(call[-1]))
        assert [m.name for m in after[: len(before)]] == [m.name for m in before]
        kept = [new.stored == old.stored for old, new in zip(before, after, strict=False)]
        # The sheet, the styles, the workbook, its relationships and the content types may grow.
        assert kept.count(False) <= 5, [m.name for m, k in zip(before, kept, strict=True) if not k]
