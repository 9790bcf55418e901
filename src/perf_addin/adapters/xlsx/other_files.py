"""Why a file that is no workbook is refused: what it is instead, and what to do."""

from __future__ import annotations

from perf_addin.adapters.xlsx.opening import SAVE_AS, WANTED, StrPath
from perf_addin.domain.errors import InputError

_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_LOCAL_MARK = b"PK\x03\x04"
_LOOKS_AT = 4096
# Bytes that no text file holds.
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13})


def refuse(path: StrPath, raw: bytes) -> None:
    """Refuse a file that does not begin as a package, unless there is one behind its beginning.

    Raises:
        InputError: says what the file is instead, and what to do.
    """
    if not raw:
        raise InputError(f"{path} is empty (0 bytes). {WANTED} Fetch it again.", file=path)
    if raw.startswith(_OLE2):
        raise _old_format(path, raw)
    head = raw[:_LOOKS_AT]
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(b"%PDF"):
        raise InputError(f"{path} is a PDF document. {WANTED}", file=path)
    if start.startswith(b"{\\rtf"):
        raise InputError(f"{path} is a rich text document. {WANTED}", file=path)
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        raise InputError(f"{path} is a web page with the name of a workbook. {SAVE_AS}", file=path)
    if start.startswith(b"<?xml") or b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise InputError(f"{path} is an XML file, not a workbook package. {SAVE_AS}", file=path)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or not _has_control(head):
        raise InputError(
            f"{path} is a text or CSV file with the name of a workbook. {SAVE_AS}", file=path
        )
    # What precedes a package is passed over only where there plainly is a package behind it.
    if _LOCAL_MARK not in raw:
        raise InputError(f"{path} is no workbook: it is not a zip package. {WANTED}", file=path)


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
        return InputError(f"{path} is an Excel 97-2003 workbook (.xls). {SAVE_AS}", file=path)
    return InputError(f"{path} is an old Office file that holds no workbook. {WANTED}", file=path)


def no_workbook(path: StrPath) -> InputError:
    """The refusal of a zip file that holds no workbook."""
    return InputError(
        f"{path} is a zip file, but holds no Excel workbook. {WANTED} Where it holds a workbook "
        "in a folder, unpack it first.",
        file=path,
    )
