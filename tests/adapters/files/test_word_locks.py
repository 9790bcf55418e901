"""A document that Word has open is not replaced."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from perf_addin.adapters.files.programs import WORD, open_elsewhere
from perf_addin.adapters.files.saving import put_in_place
from perf_addin.domain.errors import OutputError


@pytest.mark.parametrize(
    ("name", "lock"),
    (
        ("paper.docx", "~$paper.docx"),
        ("reports.docx", "~$eports.docx"),
        ("index_paper.docx", "~$dex_paper.docx"),
    ),
)
def test_the_lock_of_a_document_is_known(name: str, lock: str, tmp_path: Path) -> None:
    target = tmp_path / name
    target.write_bytes(b"old")
    (tmp_path / lock).write_bytes(b"\x03Ann" + bytes(160))
    assert open_elsewhere(target, WORD) == "Ann"
    with pytest.raises(OutputError, match=r"is open in Word \(Ann\)") as caught:
        put_in_place(lambda: iter((b"new",)), target, backup=True, program=WORD)
    assert lock in str(caught.value)
    assert target.read_bytes() == b"old"


def test_the_lock_of_another_document_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "~$paper.docx").write_bytes(b"\x03Ann" + bytes(160))
    assert open_elsewhere(tmp_path / "my_paper.docx", WORD) is None


def test_what_is_replaced_is_kept_and_what_is_the_same_is_not_written(tmp_path: Path) -> None:
    target = tmp_path / "paper.docx"
    for content, changed in ((b"one", True), (b"one", False), (b"two", True)):
        found = put_in_place(partial(iter, (content,)), target, backup=True, program=WORD)
        assert found.changed is changed
    assert (target.read_bytes(), target.with_name("paper.docx.bak").read_bytes()) == (
        b"two",
        b"one",
    )
