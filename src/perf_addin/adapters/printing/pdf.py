"""An HTML page as a PDF: by a browser made of Chromium, or by LibreOffice where there is none."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from perf_addin.domain.errors import OutputError

_BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge"),
)
_MAC_BROWSERS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_WINDOWS_BROWSERS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
)
_WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_OFFICES = ("soffice", "libreoffice")
_OFFICE_FOLDERS = (
    "/Applications/LibreOffice.app/Contents/MacOS",
    r"C:\Program Files\LibreOffice\program",
)
_TIMEOUT_SECONDS = 120
# A PDF says when it was made; the same page is to give the same bytes.
_DATES = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)(\d{14})")
_SOME_DAY = b"20000101000000"


def print_page(page: bytes, plain: Callable[[], bytes]) -> bytes:
    """Print a self-contained page on the paper that its style names.

    Where one program does not do it, as a browser that may not read every folder, the next one is
    asked.

    Args:
        page: the page for a browser.
        plain: gives the same for LibreOffice, which knows little of styles.

    Raises:
        OutputError: there is no program for it here, or none of them did it.
    """
    failures = []
    with tempfile.TemporaryDirectory(prefix="perf-addin-") as name:
        for command in _commands(Path(name), page, plain):
            try:
                return _DATES.sub(rb"\g<1>" + _SOME_DAY, _made(command, Path(name, "page.pdf")))
            except (OSError, subprocess.SubprocessError) as error:
                failures.append(f"{command[0]}: {error}")
    if failures:
        raise OutputError(
            f"No PDF could be made, so nothing was written ({'; '.join(failures)}). Leave out "
            "--pdf and print the page from any browser."
        )
    raise OutputError(
        "A PDF needs Chromium, Chrome, Edge or LibreOffice, and none of them was found here, so "
        "nothing was written. Install one of them, or leave out --pdf and print the page from any "
        "browser."
    )


def _commands(folder: Path, page: bytes, plain: Callable[[], bytes]) -> Iterator[list[str]]:
    """What prints a page into a folder as `page.pdf`, the best way first."""
    source = folder / "page.html"
    source.write_bytes(page)
    for browser in _browsers():
        yield _by_browser(browser, source)
    office = _first(_OFFICES, _OFFICE_FOLDERS)
    if office is not None:
        source.write_bytes(plain())
        yield _by_office(office, source)


def _browsers() -> Iterator[str]:
    found = _first(_BROWSERS, ())
    if found is not None:
        yield found
    places = list(_MAC_BROWSERS) if sys.platform == "darwin" else []
    if sys.platform == "win32":
        folders = [os.environ[name] for name in _WINDOWS_FOLDERS if name in os.environ]
        places = [f"{folder}\\{place}" for folder in folders for place in _WINDOWS_BROWSERS]
    yield from (place for place in places if Path(place).is_file())


def _first(names: Sequence[str], folders: Sequence[str]) -> str | None:
    search = os.pathsep.join([os.environ.get("PATH", os.defpath), *folders])
    return next((path for name in names if (path := shutil.which(name, path=search))), None)


def _by_browser(browser: str, source: Path) -> list[str]:
    """The command; the page itself lets nothing be fetched, and the browser is told not to."""
    folder = source.parent
    command = [
        browser,
        "--headless=new",
        "--disable-gpu",
        "--disable-extensions",
        "--disable-component-update",
        "--disable-background-networking",
        "--disable-sync",
        "--no-first-run",
        f"--user-data-dir={folder / 'profile'}",
        "--no-pdf-header-footer",
        f"--print-to-pdf={folder / 'page.pdf'}",
    ]
    if sys.platform != "win32" and os.geteuid() == 0:
        command.append("--no-sandbox")  # a browser refuses to start as root with it
    return [*command, source.as_uri()]


def _by_office(office: str, source: Path) -> list[str]:
    folder = source.parent
    return [
        office,
        f"-env:UserInstallation={(folder / 'office').as_uri()}",
        "--headless",
        "--infilter=HTML (StarWriter)",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(folder),
        str(source),
    ]


def _made(command: Sequence[str], target: Path) -> bytes:
    """Run a program and give what it made.

    Raises:
        OSError: it cannot be run, or made nothing.
        subprocess.TimeoutExpired: it did not end.
    """
    subprocess.run(  # noqa: S603 - a program of the machine, arguments all our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=_TIMEOUT_SECONDS,
        check=False,
    )
    return target.read_bytes()
