"""The zip file around a workbook: copied exactly, odd ones handled, hostile ones refused."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_addin.adapters.xlsx.container import Container, read_container
from perf_addin.adapters.xlsx.opening import DEFAULT_LIMITS, Limits
from perf_addin.adapters.xlsx.package import Package
from perf_addin.domain.errors import InputError
from tests.adapters.xlsx.raw_zip import Entry, entries, write, zip_bytes
from tests.adapters.xlsx.small_workbook import SHEET_PART

BEHIND = b"<!--behind-->"


def read(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Container:
    """Read a directory."""
    return read_container(raw, "index.xlsx", limits)


def usable(files: tuple[Path, ...]) -> list[Package]:
    """The packages of the corpus that are not refused."""
    found = []
    for path in files:
        try:
            found.append(Package.open(path))
        except InputError as error:
            assert path.name in str(error)  # noqa: PT017 - any number of them may be refused
    assert len(found) > 130
    return found


def stored(raw: bytes) -> list[tuple[object, ...]]:
    """What an independent reader finds of each member: everything but its offset."""
    found: list[tuple[object, ...]] = []
    with zipfile.ZipFile(io.BytesIO(raw)) as judge:
        for info in judge.infolist():
            start = info.header_offset
            lengths = raw[start + 26 : start + 30]
            name, extra = (int.from_bytes(lengths[i : i + 2], "little") for i in (0, 2))
            data = start + 30 + name + extra
            bytes_ = raw[start : data + info.compress_size]
            attributes = (info.external_attr, info.internal_attr, info.create_system)
            found.append((info.filename, info.date_time, *attributes, info.comment, bytes_))
    return found


def first_bad(raw: bytes) -> str | None:
    """The first member that an independent reader finds damaged."""
    with zipfile.ZipFile(io.BytesIO(raw)) as judge:
        return judge.testzip()


def test_without_a_change_the_file_is_what_it_was(corpus_files: tuple[Path, ...]) -> None:
    for package in usable(corpus_files):
        assert not package.changed
        assert b"".join(package.chunks()) == Path(package.path).read_bytes(), package.path


def test_a_changed_part_leaves_every_other_member_byte_for_byte(
    corpus_files: tuple[Path, ...],
) -> None:
    for package in usable(corpus_files):
        before = Path(package.path).read_bytes()
        part = package.workbook_part
        place = package.part_names.index(part)
        package.replace(part, package.read_xml(part) + BEHIND)
        after = b"".join(package.chunks())
        assert first_bad(after) == first_bad(before), package.path
        old = [m for m in stored(before) if not str(m[0]).endswith("/")]
        new = [m for m in stored(after) if not str(m[0]).endswith("/")]
        assert [m[:6] for m in old] == [m[:6] for m in new], package.path
        old.pop(place)
        new.pop(place)
        assert old == new, package.path


@pytest.mark.parametrize(
    "members",
    (
        [Entry(e.name, e.data, descriptor="signed") for e in entries()],
        [Entry(e.name, e.data, descriptor="plain") for e in entries()],
        [Entry(e.name, e.data, zip64=True) for e in entries()],
        [Entry(e.name, e.data, method=0) for e in entries()],
        [Entry(e.name, e.data, extra=b"\x20\xa2\2\0\0\0", comment=b"c") for e in entries()],
        [Entry("xl/", b"", method=0), *entries()],
        [Entry("\N{LATIN SMALL LETTER E WITH ACUTE}.xml", b"<a/>"), *entries()],
    ),
    ids=["descriptor", "descriptor-plain", "zip64", "stored", "extra", "folder", "utf-8"],
)
@pytest.mark.parametrize("prefix", (b"", b"#!/bin/sh\n"))
@pytest.mark.parametrize("end", ({}, {"comment": b"a comment"}, {"zip64_end": True}))
def test_odd_ways_of_storing_are_kept(
    members: list[Entry], prefix: bytes, end: dict[str, bytes], tmp_path: Path
) -> None:
    for counted in (False, True):
        raw = zip_bytes(members, prefix=prefix, counted=counted, **end)  # type: ignore[arg-type]
        package = Package.open(write(tmp_path / "odd.xlsx", raw))
        assert b"".join(package.chunks()) == raw
        package.replace(SHEET_PART, b"<new/>")
        package.add("xl/extra.xml", [b"<ex", b"tra/>"], "application/xml")
        new = b"".join(package.chunks())
        assert new.startswith(raw[: len(prefix)])
        assert new.endswith(end.get("comment", b""))
        assert first_bad(new) is None
        again = Package.open(write(tmp_path / "new.xlsx", new))
        assert again.read(SHEET_PART) == b"<new/>"
        assert again.read("xl/extra.xml") == b"<extra/>"
        assert again.read("xl/workbook.xml") == package.read("xl/workbook.xml")
        with zipfile.ZipFile(io.BytesIO(new)) as judge:
            assert judge.infolist()[-1].date_time == (1980, 1, 1, 0, 0, 0)
            changed = judge.getinfo(SHEET_PART)
            assert (changed.date_time, changed.flag_bits & 8) == ((2024, 1, 1, 12, 0, 0), 0)


def test_a_comment_may_look_like_the_end_of_the_file() -> None:
    raw = zip_bytes(entries(), comment=b"PK\5\6" + b"a comment that is long enough")
    assert len(read(raw).members) == len(entries())


def test_bytes_between_members_stay(tmp_path: Path) -> None:
    first, *others = entries()
    raw = zip_bytes([first])
    gap = raw[: raw.index(b"PK\1\2")] + b"left behind by another program"
    raw = zip_bytes([Entry(first.name, first.data, offset=0), *others], prefix=gap, counted=True)
    package = Package.open(write(tmp_path / "gap.xlsx", raw))
    package.replace(SHEET_PART, b"<new/>")
    new = b"".join(package.chunks())
    assert new.startswith(gap)
    assert first_bad(new) is None


@pytest.mark.parametrize(
    ("member", "words"),
    (
        (Entry("xl/a.xml", b"<a/>", flags=1), "encrypted"),
        (Entry("xl/a.xml", b"<a/>", method=12), "method 12"),
        (Entry("xl/a.xml", b"<a/>", size=1_500_000_000), "1,500,000,000 bytes"),
        (Entry("xl/a.xml", b"<a/>", size=60 << 20), "times"),
        (Entry("xl/../../a.xml", b"<a/>"), "unsafe name"),
        (Entry("..\\a.xml", b"<a/>"), "unsafe name"),
        (Entry("//host/a.xml", b"<a/>"), "unsafe name"),
        (Entry("C:\\a.xml", b"<a/>"), "unsafe name"),
        (Entry("xl/a\n.xml", b"<a/>"), "unsafe name"),
        (Entry("XL/Workbook.xml", b"<a/>"), "two different parts"),
        (Entry("xl/a.xml", b"<a/>", offset=0), "overlaps"),
        (Entry("xl/a.xml", b"<a/>", offset=20), "overlaps"),
    ),
)
def test_what_no_spreadsheet_program_writes_is_refused(
    member: Entry, words: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "hostile.xlsx", zip_bytes([*entries(), member]))
    with pytest.raises(InputError, match=words) as caught:
        Package.open(path)
    assert "hostile.xlsx" in str(caught.value)


def test_a_part_stored_twice_alike_is_one_part(tmp_path: Path) -> None:
    raw = zip_bytes([*entries(), entries()[-1]])
    package = Package.open(write(tmp_path / "twice.xlsx", raw))
    assert list(package.part_names).count(SHEET_PART) == 1
    package.replace(SHEET_PART, b"<new/>")
    again = Package.open(write(tmp_path / "new.xlsx", b"".join(package.chunks())))
    assert again.read(SHEET_PART) == b"<new/>"
    assert len(again._container.members) == len(entries()) + 1


@pytest.mark.parametrize("name", (SHEET_PART, SHEET_PART.upper()))
def test_a_twin_that_only_states_the_same_content_is_refused(name: str, tmp_path: Path) -> None:
    true = entries()[-1]
    forged = Entry(name, true.data.replace(b"1", b"2"), crc=zlib.crc32(true.data))
    path = write(tmp_path / "twin.xlsx", zip_bytes([*entries(), forged]))
    with pytest.raises(InputError, match="two different parts"):
        Package.open(path)


def test_too_many_or_too_much_is_refused() -> None:
    raw = zip_bytes(entries())
    with pytest.raises(InputError, match="holds 5 files"):
        read(raw, Limits(parts=4))
    with pytest.raises(InputError, match="would expand to"):
        read(raw, Limits(total_bytes=1000))
    assert len(read(raw, Limits(parts=5)).members) == 5


@pytest.mark.parametrize("stated", (0, 1, 1000))
def test_a_part_is_never_expanded_beyond_what_it_states(stated: int, tmp_path: Path) -> None:
    bomb = Entry("xl/bomb.xml", b" " * 50_000_000, size=stated)
    package = Package.open(write(tmp_path / "bomb.xlsx", zip_bytes([*entries(), bomb])))
    with pytest.raises(InputError, match="holds more than"):
        package.read("xl/bomb.xml")


@pytest.mark.parametrize(
    ("member", "words"),
    (
        (Entry("xl/a.xml", b"<a/>", crc=1), "checksum"),
        (Entry("xl/a.xml", b"<a/>", size=5), "ends too early"),
        (Entry("xl/a.xml", b"<a/>", packed=b"\xff\xff\xff"), "damaged"),
        (Entry("xl/a.xml", b"<a/>", packed=b""), "ends too early"),
        (Entry("xl/a.xml", b"<a/>", method=0, size=2), "holds more"),
    ),
)
def test_a_damaged_part_is_copied_but_not_read(member: Entry, words: str, tmp_path: Path) -> None:
    raw = zip_bytes([member, *entries()])
    package = Package.open(write(tmp_path / "bad.xlsx", raw))
    with pytest.raises(InputError, match=words):
        package.read("xl/a.xml")
    package.replace(SHEET_PART, b"<new/>")
    new = b"".join(package.chunks())
    assert new[: raw.index(b"PK\3\4", 4)] == raw[: raw.index(b"PK\3\4", 4)]


def test_a_member_without_a_header_is_not_read(tmp_path: Path) -> None:
    raw = bytearray(zip_bytes([*entries(), Entry("xl/a.xml", b"<a/>")]))
    raw[raw.rindex(b"PK\3\4") + 2] = 9
    package = Package.open(write(tmp_path / "bad.xlsx", bytes(raw)))
    with pytest.raises(InputError, match="no header"):
        package.read("xl/a.xml")
    with pytest.raises(InputError, match="no header"):
        package.replace("xl/a.xml", b"<b/>")
    assert not package.changed


def test_a_file_that_is_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    raw = zip_bytes(entries(), comment=b"a comment")
    for length in range(0, len(raw), 3):
        path = write(tmp_path / "cut.xlsx", raw[:length])
        with pytest.raises(InputError):
            Package.open(path)


def test_a_cut_file_is_not_taken_for_the_workbook_embedded_in_it(tmp_path: Path) -> None:
    inner = zip_bytes(entries(**{"xl/a.xml": b"<a/>"}))
    embedded = Entry("xl/embeddings/book.xlsx", inner, method=0)
    raw = zip_bytes([*entries(), embedded, Entry("xl/media/a.png", b"pixels" * 50, method=0)])
    assert "xl/a.xml" not in Package.open(write(tmp_path / "whole.xlsx", raw))
    whole_inner = raw.index(inner) + len(inner)
    for prefix in (b"", b"#!/bin/sh\n"):
        for length in range(whole_inner - 3, len(raw), 3):
            path = write(tmp_path / "cut.xlsx", prefix + raw[:length])
            with pytest.raises(InputError, match="cut short"):
                Package.open(path)


def test_split_archives_are_refused() -> None:
    raw = bytearray(zip_bytes(entries()))
    raw[raw.rindex(b"PK\5\6") + 4] = 1
    with pytest.raises(InputError, match="split"):
        read(bytes(raw))


@given(st.data())
def test_flipped_bytes_are_refused_or_read_never_a_crash(data: st.DataObject) -> None:
    raw = bytearray(zip_bytes(entries()))
    directory = raw.index(b"PK\1\2")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(directory, len(raw) - 1))
        raw[place] = data.draw(st.integers(0, 255))
    try:
        container = read(bytes(raw))
    except InputError:
        return
    for member in container.members:
        assert 0 <= member.start <= container.end.directory
