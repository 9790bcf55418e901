"""Tell a workbook that can be edited from everything else that is called .xlsx."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.domain.errors import InputError

if TYPE_CHECKING:
    from perf_addin.adapters.xlsx.package import Package

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Open it in Excel and save it as Excel Workbook (.xlsx)."
_STRICT = "http://purl.oclc.org/ooxml/"


def read_file(path: Path) -> bytes:
    """Read a file's bytes.

    Raises:
        InputError: there is no such file, it is a folder, or it may not be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        message = f"{path}: there is no such file. Check the name and the folder."
    except IsADirectoryError:
        message = f"{path} is a folder; expected a workbook (.xlsx or .xlsm)."
    except PermissionError:
        kind = "is a folder; expected a workbook" if path.is_dir() else "may not be read"
        message = f"{path} {kind}. Check its permissions, or close it where it is open."
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}."
    raise InputError(message)


def check_kind(data: bytes, name: str) -> None:
    """Refuse what is no zip archive, with a word on what it is.

    Raises:
        InputError: always for something else than a zip archive.
    """
    if not data:
        message = f"{name} is empty. Ask for a sound copy."
    elif data[:8] == _OLE:
        message = _about_ole(data, name)
    elif b"PK\x05\x06" in data[-65_557:] or data[:4] == b"PK\x03\x04":
        return
    else:
        head = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t")
        kind = "an HTML or XML page" if head[:1] == b"<" else "a text or another kind of file"
        message = f"{name} is no Excel workbook: it looks like {kind}. {_SAVE_AS}"
    raise InputError(message)


def _about_ole(data: bytes, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            f"{name} is encrypted with a password. Open it in Excel, remove the password "
            "(File > Info > Protect Workbook), save it, and try again."
        )
    return f"{name} is in the old Excel format (.xls). {_SAVE_AS}"


def check_workbook(package: Package) -> None:
    """Refuse packages that are no workbook in the ordinary (transitional) XML format.

    Raises:
        InputError: another kind of document, .xlsb, or Strict Open XML.
    """
    name = package.name
    if "[Content_Types].xml" not in package:
        if "mimetype" in package:
            message = f"{name} is an OpenDocument file. {_SAVE_AS}"
        else:
            message = f"{name} is a zip archive, but no Excel workbook. {_SAVE_AS}"
        raise InputError(message)
    kind = package.content_type(package.workbook_part)
    if "binary" in kind:
        raise InputError(f"{name} is a binary workbook (.xlsb). {_SAVE_AS}")
    if "spreadsheetml" not in kind and "ms-excel" not in kind:
        raise InputError(f"{name} is no Excel workbook (its main part is {kind!r}). {_SAVE_AS}")
    if any(found.type.startswith(_STRICT) for found in package.relationships("")):
        raise InputError(
            f"{name} is in the format Strict Open XML Spreadsheet, which cannot be edited without "
            f"loss. {_SAVE_AS}"
        )
