"""A save is complete or has not happened, and takes nothing with it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any, BinaryIO, Self, cast

import pytest

from perf_addin.adapters.files import programs, saving
from perf_addin.adapters.files.programs import open_elsewhere
from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.saving import save
from perf_addin.domain.errors import OutputError
from tests.adapters.xlsx.raw_zip import entries, write, zip_bytes
from tests.adapters.xlsx.small_workbook import SHEET_PART

RAW = zip_bytes(entries())


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A workbook on disk, alone in its folder."""
    folder = tmp_path / "Performance Cttee – O'Brien"
    folder.mkdir()
    return write(folder / "index.xlsx", RAW)


def changed(source: Path) -> Package:
    """A package with a change to save."""
    package = Package.open(source)
    package.replace(SHEET_PART, b"<new/>")
    return package


def content(package: Package) -> bytes:
    """What is to be saved."""
    return b"".join(package.chunks())


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def lock(path: Path, user: str = "") -> Path:
    """The file that Excel puts beside a workbook that it has open."""
    narrow = user.encode("latin-1", "replace").ljust(54)
    wide = user.encode("utf-16-le").ljust(110, b"\0")
    data = bytes([len(user)]) + narrow + len(user).to_bytes(2, "little") + wide
    return write(path.with_name(f"~${path.name}"), data if user else b"")


def test_a_new_file_is_written_and_the_input_left_alone(source: Path) -> None:
    package = changed(source)
    before = source.stat()
    target = source.with_name("index_rated.xlsx")
    outcome = save(package, target, backup=True)
    assert outcome == (target, True, None)
    assert target.read_bytes() == content(package)
    assert source.read_bytes() == RAW
    assert source.stat().st_mtime_ns == before.st_mtime_ns
    assert names(source.parent) == ["index.xlsx", "index_rated.xlsx"]


@pytest.mark.parametrize("backup", (True, False))
def test_saving_in_place_keeps_the_old_file_only_if_asked(source: Path, *, backup: bool) -> None:
    package = changed(source)
    outcome = save(package, source, backup=backup)
    kept = source.with_name("index.xlsx.bak")
    assert outcome == (source, True, str(kept) if backup else None)
    assert source.read_bytes() == content(package)
    assert kept.exists() == backup
    assert not backup or kept.read_bytes() == RAW
    assert len(names(source.parent)) == 1 + backup


def test_what_is_there_already_is_not_written(source: Path) -> None:
    package = changed(source)
    target = source.with_name("out.xlsx")
    save(package, target, backup=True)
    os.utime(target, ns=(1, 1))
    assert save(package, target, backup=True) == (target, False, None)
    assert save(Package.open(source), source, backup=True) == (source, False, None)
    assert target.stat().st_mtime_ns == 1
    assert names(source.parent) == ["index.xlsx", "out.xlsx"]


@pytest.mark.skipif(os.name != "posix", reason="permission bits are a POSIX matter")
def test_the_permissions_of_a_replaced_file_stay(source: Path) -> None:
    source.chmod(0o640)
    save(changed(source), source, backup=True)
    assert stat.S_IMODE(source.stat().st_mode) == 0o640
    assert stat.S_IMODE(source.with_name("index.xlsx.bak").stat().st_mode) == 0o640


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_stays_a_link(source: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(source)
    package = changed(link)
    outcome = save(package, link, backup=True)
    assert link.is_symlink()
    assert source.read_bytes() == content(package)
    assert outcome.backup_path == str(source.with_name("index.xlsx.bak"))
    assert names(tmp_path) == [source.parent.name, "link.xlsx"]


@pytest.mark.parametrize(
    ("user", "said"), (("Ann O’Neill", "Ann O’Neill"), ("", "another user"), ("a\nb", "another"))
)
def test_a_file_that_is_open_in_excel_is_not_replaced(source: Path, user: str, said: str) -> None:
    held = lock(source, user)
    package = changed(source)
    with pytest.raises(OutputError, match=f"open in Excel .{said}"):
        save(package, source, backup=True)
    assert source.read_bytes() == RAW
    assert save(package, source.with_name("out.xlsx"), backup=True).changed
    held.unlink()
    assert open_elsewhere(source) is None
    assert save(package, source, backup=False).changed


def test_a_lock_file_that_nobody_may_read_counts(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> object:
        raise PermissionError(errno.EACCES, "shared with nobody")

    monkeypatch.setattr(programs, "open", refuse, raising=False)
    assert open_elsewhere(source) == "another user"


def test_a_file_that_somebody_else_saved_meanwhile_is_not_replaced(source: Path) -> None:
    package = changed(source)
    source.write_bytes(zip_bytes(entries(**{"xl/new.xml": b"<a/>"})))
    theirs = source.read_bytes()
    with pytest.raises(OutputError, match="saved by somebody else"):
        save(package, source, backup=True)
    assert source.read_bytes() == theirs


def test_places_that_cannot_be_written_are_refused(source: Path) -> None:
    package = changed(source)
    with pytest.raises(OutputError, match="there is no folder"):
        save(package, source.parent / "missing" / "out.xlsx", backup=True)
    with pytest.raises(OutputError, match="is a folder"):
        save(package, source.parent, backup=True)
    with pytest.raises(OutputError, match="is no folder"):
        save(package, source / "out.xlsx", backup=True)
    source.chmod(0o444)
    with pytest.raises(OutputError, match="read-only"):
        save(package, source, backup=True)
    assert names(source.parent) == ["index.xlsx"]
    assert source.read_bytes() == RAW


def fails(code: int) -> Callable[..., object]:
    """A call that the system refuses."""

    def fail(*_: object, **__: object) -> object:
        raise OSError(code, os.strerror(code))

    return fail


class FullDisk:
    """A file that takes some bytes and then no more."""

    def __init__(self, file: BinaryIO) -> None:
        """Wrap an open file."""
        self._file = file
        self._left = 100

    def __enter__(self) -> Self:
        """Be the file."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def write(self, data: bytes) -> int:
        """Write what there is room for."""
        self._left -= self._file.write(data[: self._left])
        if not self._left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return len(data)

    def writelines(self, blocks: Iterable[bytes]) -> None:
        """Write blocks, as long as there is room."""
        for block in blocks:
            self.write(block)

    def flush(self) -> None:
        """Do nothing."""

    def fileno(self) -> int:
        """The file's number."""
        return self._file.fileno()


@pytest.mark.parametrize("in_place", (True, False))
@pytest.mark.parametrize("code", (errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS))
@pytest.mark.parametrize("step", ("open", "write", "sync", "replace", "chmod"))
def test_a_failure_at_any_step_leaves_everything_as_it_was(
    step: str, code: int, source: Path, monkeypatch: pytest.MonkeyPatch, *, in_place: bool
) -> None:
    target = source if in_place else write(source.with_name("out.xlsx"), b"old")
    package = changed(source)
    before = {name: (source.parent / name).read_bytes() for name in names(source.parent)}

    def open_full(path: str, mode: str) -> object:
        if "x" in mode and step == "open":
            return fails(code)()
        file = Path(path).open(mode)  # noqa: SIM115 - whoever asked closes it
        opened.append(file)
        return FullDisk(cast("BinaryIO", file)) if "x" in mode and step == "write" else file

    opened: list[IO[Any]] = []
    remove = os.unlink

    def remove_closed(path: str) -> None:
        assert all(file.closed for file in opened)  # Windows removes no open file
        remove(path)

    monkeypatch.setattr(saving, "open", open_full, raising=False)
    monkeypatch.setattr(os, "unlink", remove_closed)
    if step == "sync":
        monkeypatch.setattr(os, "fsync", fails(code))
    if step in {"replace", "chmod"}:
        monkeypatch.setattr(os, step, fails(code))
    with pytest.raises(OutputError) as caught:
        save(package, target, backup=True)
    monkeypatch.undo()
    assert str(caught.value).startswith(str(target))
    assert {name: (source.parent / name).read_bytes() for name in names(source.parent)} == before


def test_no_copy_is_kept_of_what_was_not_replaced(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = changed(source)
    replaced = os.replace

    def replace_all_but_the_last(path: str, target: str) -> None:
        if target == str(source):
            raise PermissionError(errno.EACCES, "open in another program")
        replaced(path, target)

    monkeypatch.setattr(os, "replace", replace_all_but_the_last)
    with pytest.raises(OutputError, match="open in another program"):
        save(package, source, backup=True)
    assert names(source.parent) == ["index.xlsx"]


def test_an_interrupt_leaves_no_half_written_file(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(changed(source), source, backup=True)
    assert names(source.parent) == ["index.xlsx"]
    assert source.read_bytes() == RAW
