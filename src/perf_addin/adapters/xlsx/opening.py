"""A file's bytes, the most they may be, and whether they are of a kind that we can edit."""

from __future__ import annotations

import errno
import os
import stat

from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.errors import InputError

StrPath = str | os.PathLike[str]

_MIB = 1 << 20
WANTED = "Expected an Excel workbook (.xlsx, .xlsm, .xltx, .xltm or .xlam)."
SAVE_AS = 'Open it in Excel and save it as "Excel Workbook (.xlsx)".'

STRICT_PREFIX = "http://purl.oclc.org/ooxml/"
_OTHER_KINDS = (
    ("excel.sheet.binary", "an Excel Binary Workbook (.xlsb)"),
    ("wordprocessingml", "a Word document"),
    ("ms-word", "a Word document"),
    ("presentationml", "a PowerPoint presentation"),
    ("ms-powerpoint", "a PowerPoint presentation"),
    ("visio", "a Visio drawing"),
)


class Limits(NamedTuple):
    """The most that a package may hold; beyond that it is taken for an attack. Sizes are in bytes.

    Excel itself compresses a sheet 5 to 30 times. `ratio` is looked at only where a part is larger
    than `ratio_from_bytes`, since a small part of blanks harms nobody.
    """

    file_bytes: int = 512 * _MIB
    part_bytes: int = 512 * _MIB
    total_bytes: int = 2048 * _MIB
    parts: int = 20_000
    ratio: int = 200
    ratio_from_bytes: int = 48 * _MIB


DEFAULT_LIMITS = Limits()


def read_file(path: StrPath, limits: Limits) -> bytes:
    """Read a file whole.

    Raises:
        InputError: it is missing, a folder, unreadable, or larger than the limits.
    """
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"{path} is a folder. Name a workbook in it.", file=path)
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{path} is no ordinary file. {WANTED}", file=path)
        if status.st_size > limits.file_bytes:
            raise InputError(
                f"{path} has {status.st_size:,} bytes; {limits.file_bytes:,} is the most that is "
                "accepted. Move the index into a workbook of its own.",
                file=path,
            )
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: StrPath, error: OSError | ValueError) -> InputError:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return InputError(
            f"{path} does not exist. Check the folder and the spelling of the name.", file=path
        )
    if isinstance(error, PermissionError):
        return InputError(
            f"{path} may not be read. Close it where it is open, or ask for permission to read it.",
            file=path,
        )
    code = getattr(error, "errno", None)
    why = errno.errorcode.get(code, str(code)) if code else str(error)
    return InputError(
        f"{path} cannot be read ({why}). Copy it to this computer and try again.", file=path
    )


def refuse_other_formats(path: StrPath, raw: bytes) -> None:
    """Refuse a file that is no package at all.

    Raises:
        InputError: says what the file is instead, and what to do.
    """
    if raw.startswith(b"PK"):
        _refuse_open_document(path, raw)
        return
    from perf_addin.adapters.xlsx.other_files import refuse  # noqa: PLC0415 - most are packages

    refuse(path, raw)


def _refuse_open_document(path: StrPath, raw: bytes) -> None:
    if b"mimetypeapplication/vnd.oasis.opendocument" in raw[:200]:
        raise InputError(
            f"{path} is an OpenDocument file, as LibreOffice writes it. Open it there and save it "
            "as Excel 2007-365 (.xlsx).",
            file=path,
        )


def refuse_other_kinds(path: StrPath, main_part: str, content_type: str) -> None:
    """Refuse a package whose main part is not a workbook in XML.

    Raises:
        InputError: says what it is instead, and what to do.
    """
    kind = content_type.casefold()
    binary = main_part.casefold().endswith(".bin")
    for sign, name in _OTHER_KINDS:
        if sign in kind or (binary and "binary" in sign):
            raise InputError(
                f"{path} is {name}, whatever its name says. "
                + (SAVE_AS if "Excel" in name else WANTED),
                file=path,
            )


def refuse_strict(path: StrPath, relation_type: str, workbook: bytes) -> None:
    """Refuse the strict variant of the format, whose every name differs.

    Raises:
        InputError: the workbook is strict.
    """
    main = f"{STRICT_PREFIX}spreadsheetml/main".encode()
    if relation_type.startswith(STRICT_PREFIX) or main in workbook:
        raise InputError(
            f'{path} is a "Strict Open XML Spreadsheet", which is not edited. {SAVE_AS}', file=path
        )
