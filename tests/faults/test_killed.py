"""A process that is killed while it saves leaves the old file or the new one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HARNESS = Path(__file__).with_name("kill_while_saving.py")
KILLS = 300


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked, which Windows cannot")
def test_hundreds_of_kills_leave_the_old_file_or_the_new_one(root: Path, tmp_path: Path) -> None:
    shutil.copyfile(root / "workbook" / "performance_index_2021-22.xlsx", tmp_path / "index.xlsx")
    command = [sys.executable, str(HARNESS), str(tmp_path), str(KILLS), "2022"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["kills"] == KILLS, found
    assert (found["torn"], found["torn backups"], found["strange files"]) == (0, 0, 0), found
    # The test has force only where some kills came before the replacement, some while a half
    # written file lay beside the old one, and some after it.
    assert found["half-way"] > KILLS // 20, found
    assert 0 < found["replaced"] < found["tries"], found
    assert found["sound"] == 1
