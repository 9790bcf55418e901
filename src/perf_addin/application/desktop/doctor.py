"""Looking over an installation: what is as it should be, what is not, and what to do first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PureWindowsPath
from typing import NamedTuple

from perf_addin.application.desktop.installing import (
    ELSEWHERE,
    interpreter_in,
    is_ours,
)
from perf_addin.application.desktop.machine import XLWINGS, Machine, Place

INSTALL = "Run: perf-addin addin install"
_NEVER, _SIGNED_ONLY = 4, 3


class Check(NamedTuple):
    """One thing that was looked at.

    Attributes:
        what: what was looked at.
        found: what was found, in words.
        remedy: the one thing to do; empty where all is well.
    """

    what: str
    found: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing need be done."""
        return not self.remedy


def look_over(machine: Machine, version_of: Callable[[bytes], str | None]) -> list[Check]:
    """Look at everything that the add-in needs; what must be mended first comes first.

    Args:
        machine: where it is installed.
        version_of: gives the version that an add-in's file states, or None.
    """
    if not machine.supported:
        return [Check("System", "not Windows", ELSEWHERE)]
    return [
        _excel(machine),
        *_python(machine),
        *_file(machine, version_of),
        _configured(machine),
        *_allowed(machine),
    ]


def first_remedy(checks: list[Check]) -> Check | None:
    """The check whose remedy is to be taken first, or None where all is well."""
    return next((check for check in checks if not check.is_well), None)


def _excel(machine: Machine) -> Check:
    version = machine.excel_version()
    if version is None:
        return Check(
            "Excel",
            "no desktop Excel",
            "Install Excel for Windows; where there is only Excel on the web, use the web add-in.",
        )
    return Check("Excel", f"version {version}")


def _python(machine: Machine) -> Iterator[Check]:
    setup = machine.setup
    again = 'Run, in the same Python: python -m pip install --force-reinstall "perf-addin[addin]"'
    if setup.xlwings != XLWINGS:
        yield Check("xlwings", f"{setup.xlwings or 'not installed'}, not {XLWINGS}", again)
    else:
        yield Check("xlwings", XLWINGS)
    pywin32 = "installed" if setup.has_pywin32 else "missing"
    yield Check("pywin32", pywin32, "" if setup.has_pywin32 else again)
    missing = [name for name in dll_names() if not machine.beside_python(name)]
    if not missing:
        yield Check("xlwings' DLL", "found")
        return
    yield Check(
        "xlwings' DLL",
        f"no {' and no '.join(missing)} beside {setup.interpreter}, nor in the folder above",
        "Install perf-addin in a virtual environment (python -m venv), and run "
        "`perf-addin addin install` from there; an installation with --user puts the DLL where "
        "Excel does not look.",
    )


def dll_names() -> tuple[str, ...]:
    """The DLLs of xlwings: for Excel of 64 and of 32 bits."""
    return (f"xlwings64-{XLWINGS}.dll", f"xlwings32-{XLWINGS}.dll")


def _file(machine: Machine, version_of: Callable[[bytes], str | None]) -> Iterator[Check]:
    places = {place: machine.read(machine.path(place)) for place in Place}
    there = {place: content for place, content in places.items() if content is not None}
    if not there:
        yield Check("Add-in", "not installed", INSTALL)
        return
    if len(there) > 1:
        paths = " and ".join(machine.path(place) for place in there)
        yield Check("Add-in", f"twice: {paths}", f"Close Excel. {INSTALL}")
        return
    ((place, content),) = there.items()
    path, version = machine.path(place), version_of(content)
    if version != machine.setup.version:
        found = f"version {version}" if version else "a file that is not ours"
        wanted = machine.setup.version
        yield Check("Add-in", f"{path} is {found}, Python has {wanted}", f"Close Excel. {INSTALL}")
        return
    yield Check("Add-in", f"{path}, version {version}")
    if place is Place.REGISTERED:
        yield _registered(machine, path)


def _registered(machine: Machine, path: str) -> Check:
    ours = [found.strip('"') for found in machine.opened_addins().values() if is_ours(found)]
    if [found.lower() for found in ours] == [path.lower()]:
        return Check("Excel's list of add-ins", "ticked")
    return Check(
        "Excel's list of add-ins",
        f"it names {' and '.join(ours)}" if ours else "not ticked",
        "In Excel: File, Options, Add-ins, Manage Excel Add-ins, Go: tick Performance there.",
    )


def _configured(machine: Machine) -> Check:
    path = machine.configuration_path()
    named = interpreter_in(machine.read(path))
    if named is None:
        return Check("Configuration", f"{path} names no Python", INSTALL)
    if not machine.exists(named):
        return Check("Configuration", f"{path} names {named}, which is not there", INSTALL)
    if named.lower() != machine.setup.interpreter.lower():
        return Check(
            "Configuration",
            f"{path} names {named}; this is {machine.setup.interpreter}",
            f"{INSTALL} (from the Python that Excel shall use)",
        )
    return Check("Configuration", named)


def _allowed(machine: Machine) -> Iterator[Check]:
    policy = machine.policy()
    folder = PureWindowsPath(machine.path(Place.XLSTART)).parent
    ask = f"Ask whoever looks after Office to trust the folder {folder}, or to sign the add-in"
    if policy.addins_off:
        yield Check("Macros", "all add-ins are switched off", f"{ask}, and to allow add-ins.")
    elif policy.signed_only:
        yield Check("Macros", "add-ins must be signed", f"{ask} (docs/desktop-add-in.md says how).")
    elif policy.no_trusted_places and policy.macros in {_SIGNED_ONLY, _NEVER}:
        yield Check("Macros", "no folder is trusted, and unsigned macros do not run", f"{ask}.")
    elif policy.macros == _NEVER and _is_registered(machine):
        yield Check(
            "Macros",
            "they run in trusted folders only, and the add-in lies in another",
            f"{INSTALL} (without --registered: Excel trusts XLSTART)",
        )
    else:
        yield Check("Macros", "allowed where the add-in lies")
    ours = [path for path in machine.disabled() if is_ours(path)]
    if ours:
        yield Check(
            "Disabled items",
            "Excel switched the add-in off after a crash",
            "In Excel: File, Options, Add-ins, Manage Disabled Items, Go: enable it, and restart.",
        )


def _is_registered(machine: Machine) -> bool:
    return machine.exists(machine.path(Place.REGISTERED))
