"""A file's bytes, the most they may be, and why a file that is no workbook we can edit is none."""

from __future__ import annotations

import errno
import os
import stat

from perf_addin.domain.declaring import NamedTuple
from perf_addin.domain.errors import InputError

StrPath = str | os.PathLike[str]

_MIB = 1 << 20
_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_LOCAL_MARK = b"PK\x03\x04"
_WANTED = "Expected an Excel workbook (.xlsx, .xlsm, .xltx, .xltm or .xlam)."
_SAVE_AS = 'Open it in Excel and save it as "Excel Workbook (.xlsx)".'
_LOOKS_AT = 4096
# Bytes that no text file holds.
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13})

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
            raise InputError(f"{path} is no ordinary file. {_WANTED}", file=path)
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
    if not raw:
        raise InputError(f"{path} is empty (0 bytes). {_WANTED} Fetch it again.", file=path)
    if raw.startswith(_OLE2):
        raise _old_format(path, raw)
    head = raw[:_LOOKS_AT]
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(b"%PDF"):
        raise InputError(f"{path} is a PDF document. {_WANTED}", file=path)
    if start.startswith(b"{\\rtf"):
        raise InputError(f"{path} is a rich text document. {_WANTED}", file=path)
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        raise InputError(f"{path} is a web page with the name of a workbook. {_SAVE_AS}", file=path)
    if start.startswith(b"<?xml") or b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise InputError(f"{path} is an XML file, not a workbook package. {_SAVE_AS}", file=path)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or not _has_control(head):
        raise InputError(
            f"{path} is a text or CSV file with the name of a workbook. {_SAVE_AS}", file=path
        )
    # What precedes a package is passed over only where there plainly is a package behind it.
    if _LOCAL_MARK not in raw:
        raise InputError(f"{path} is no workbook: it is not a zip package. {_WANTED}", file=path)


def _has_control(head: bytes) -> bool:
    return len(head.translate(None, _CONTROL)) != len(head)


def _old_format(path: StrPath, raw: bytes) -> InputError:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return InputError(
            f"{path} is encrypted with a password. Open it in Excel, choose File > Info > Protect "
            "Workbook > Encrypt with Password, clear the password, save it, and try again.",
            file=path,
        )
    if any(name.encode("utf-16-le") in raw for name in ("Workbook", "Book")):
        return InputError(f"{path} is an Excel 97-2003 workbook (.xls). {_SAVE_AS}", file=path)
    return InputError(f"{path} is an old Office file that holds no workbook. {_WANTED}", file=path)


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
                + (_SAVE_AS if "Excel" in name else _WANTED),
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
            f'{path} is a "Strict Open XML Spreadsheet", which is not edited. {_SAVE_AS}', file=path
        )


def no_workbook(path: StrPath) -> InputError:
    """The refusal of a zip file that holds no workbook."""
    return InputError(
        f"{path} is a zip file, but holds no Excel workbook. {_WANTED} Where it holds a workbook "
        "in a folder, unpack it first.",
        file=path,
    )
