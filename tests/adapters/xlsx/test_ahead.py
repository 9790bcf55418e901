"""A sheet that a thread expands ahead of its reading: the same bytes and the same refusals."""

from __future__ import annotations

import zipfile
from _thread import allocate_lock, start_new_thread
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from perf_addin.adapters.xlsx import ahead, begun
from perf_addin.adapters.xlsx.ahead import Ahead
from perf_addin.adapters.xlsx.begun import Begun, begin
from perf_addin.adapters.xlsx.package import Package
from perf_addin.domain.errors import InputError
from tests.adapters.xlsx.small_workbook import SHEET_PART, build, sheet
from tests.adapters.xlsx.threads import ended, running

ROWS = "".join(f'<row r="{n}"><c r="A{n}"><v>{n * 7}</v></c></row>' for n in range(1, 9_000))


@pytest.fixture(autouse=True)
def threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A sheet of a few hundred thousand bytes counts as large; no thread outlives its test."""
    monkeypatch.setattr(begun, "_WORTH_A_LOOK", 1)
    monkeypatch.setattr(begun, "_WORTH_A_THREAD", 100_000)
    before = running()
    yield
    assert ended(before)


def waited(path: Path) -> Begun:
    """What was begun of a file that can be read, its thread at an end."""
    found = begin(path)
    assert found is not None
    if found.ahead is not None:
        found.ahead.wait()
    return found


def rewritten(path: Path, target: Path, stored: bytes) -> Path:
    """A copy in which other bytes stand in the place of the sheet's stored ones."""
    with zipfile.ZipFile(path) as package:
        member = package.getinfo(SHEET_PART)
    raw = bytearray(path.read_bytes())
    at = member.header_offset + 30 + len(SHEET_PART)
    raw[at + 100 : at + 100 + len(stored)] = stored
    target.write_bytes(raw)
    return target


def test_the_largest_sheet_is_read_once_from_the_thread(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", sheet(ROWS))
    found = waited(path)
    assert found.part == SHEET_PART
    assert found.content == path.read_bytes()
    package, plain = Package.open(path, content=found), Package.open(path)
    assert package.read(SHEET_PART) == plain.read(SHEET_PART) == package.read(SHEET_PART)
    package.replace(SHEET_PART, b"<worksheet/>")
    assert package.read(SHEET_PART) == b"<worksheet/>"


def test_what_was_replaced_is_not_read_from_the_thread(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", sheet(ROWS))
    package = Package.open(path, content=waited(path))
    package.replace(SHEET_PART, b"<worksheet/>")
    assert package.read(SHEET_PART) == b"<worksheet/>"


def test_small_sheets_need_no_thread(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", sheet(ROWS[:64]))
    assert waited(path) == Begun(path.read_bytes())


@pytest.mark.parametrize("stored", (b"\xff" * 40, b"\0"), ids=["not deflated", "another checksum"])
def test_damage_is_told_where_the_sheet_is_asked_for(tmp_path: Path, stored: bytes) -> None:
    source = build(tmp_path / "a.xlsx", sheet(ROWS))
    path = rewritten(source, tmp_path / "bad.xlsx", stored)
    with pytest.raises(InputError) as plain:
        Package.open(path).read(SHEET_PART)
    package = Package.open(path, content=waited(path))
    for _ in range(2):
        with pytest.raises(InputError) as told:
            package.read(SHEET_PART)
        assert str(told.value) == str(plain.value)


def test_a_sheet_longer_than_it_states_is_not_expanded_further(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", sheet(ROWS))
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as package:
        size = package.getinfo(SHEET_PART).file_size
    path.write_bytes(raw.replace(size.to_bytes(4, "little"), (size - 9).to_bytes(4, "little")))
    with pytest.raises(InputError, match=f"more than the {size - 9:,} bytes"):
        Package.open(path, content=waited(path)).read(SHEET_PART)


def test_what_cannot_be_read_is_left_to_whoever_opens_it(tmp_path: Path) -> None:
    text = tmp_path / "text.xlsx"
    text.write_text("No.,Indicator\n" * 20_000)
    assert begin(tmp_path / "none.xlsx") is None
    assert begin(tmp_path) is None
    assert begin(text) is None


def test_without_threads_it_is_expanded_in_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise RuntimeError("can't start new thread")

    path = build(tmp_path / "a.xlsx", sheet(ROWS))
    monkeypatch.setattr(ahead, "start_new_thread", refuse)
    package = Package.open(path, content=waited(path))
    assert package.read(SHEET_PART) == Package.open(path).read(SHEET_PART)


def test_an_error_in_the_thread_comes_up_where_its_bytes_are_taken() -> None:
    def fail() -> bytes:
        raise MemoryError("no room")

    working = Ahead(fail)
    working.wait()
    with pytest.raises(MemoryError, match="no room"):
        working.take()


def test_what_the_thread_has_not_come_to_is_made_by_whoever_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[Callable[[], None]] = []

    def late(run: Callable[[], None], _arguments: tuple[()]) -> int:
        started.append(run)
        return 0

    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"made"

    monkeypatch.setattr(ahead, "start_new_thread", late)
    working = Ahead(make)
    ended_at = [working.done]
    assert working.take() == b"made"
    started[0]()
    ended_at.append(working.done)
    assert ended_at == [False, True]
    assert made == [1]


def test_bytes_that_are_being_made_are_waited_for() -> None:
    going, begun = allocate_lock(), allocate_lock()
    going.acquire()
    begun.acquire()

    def make() -> bytes:
        begun.release()
        with going:
            return b"made"

    working = Ahead(make)
    begun.acquire()
    start_new_thread(going.release, ())
    assert working.take() == b"made"
    working.wait()
    assert working.done
