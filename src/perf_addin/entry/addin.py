"""The command `addin`: build the desktop add-in, put it into Excel, find out what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.domain.errors import InputError, OutputError, PerfAddinError, UsageError

if TYPE_CHECKING:
    import argparse

    from perf_addin.application.desktop.machine import Machine

DONE, FOUND_ERRORS = 0, 1


def run(options: argparse.Namespace) -> int:
    """Do what was asked for; the exit code of `doctor` says whether anything is wrong.

    Raises:
        PerfAddinError: it cannot be done; the message says what to do.
    """
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "build": _build,
        "install": _install,
        "uninstall": _uninstall,
        "doctor": _doctor,
        "repair": _repair,
    }
    return actions[options.action](options)


def this_machine() -> Machine:
    """The machine that the command runs on; tests put a double in its place."""
    from perf_addin.adapters.windows.machine import WindowsMachine  # noqa: PLC0415

    return WindowsMachine()


def _build(options: argparse.Namespace) -> int:
    from perf_addin.adapters.addin_file.building import FILE_NAME, build  # noqa: PLC0415

    target = Path(options.output or FILE_NAME)
    if target.is_dir():
        target /= FILE_NAME
    if target.suffix.lower() != ".xlam":
        raise UsageError(f"-o {target}: the add-in is an .xlam. Write -o {target}.xlam")
    content = build()
    try:
        target.write_bytes(content)
    except OSError as error:
        raise OutputError(
            f"{target} cannot be written ({error.strerror}). If Excel has it open, close Excel; "
            "or name another place with -o.",
            file=target,
        ) from error
    print(target)
    return DONE


def _install(options: argparse.Namespace) -> int:
    from perf_addin.application.desktop.installing import ELSEWHERE, install  # noqa: PLC0415
    from perf_addin.application.desktop.machine import Place  # noqa: PLC0415

    machine = this_machine()
    if not machine.supported:
        raise UsageError(ELSEWHERE)
    place = Place.REGISTERED if options.registered else Place.XLSTART
    done = install(machine, _addin(options.addin), place)
    for path in done.paths:
        print(path)
    print("Start Excel anew: the tab Performance is the last one of the ribbon.")
    return DONE


def _addin(file: str | None) -> bytes:
    """The add-in: built here, or the file that was named, if it is one of ours."""
    from perf_addin.adapters.addin_file.building import build, version_of  # noqa: PLC0415

    if file is None:
        return build()
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.", file=file) from error
    if version_of(content) is None:
        raise InputError(
            f"{file} is not an add-in that `perf-addin addin build` made. Build one, or leave "
            "--addin out.",
            file=file,
        )
    return content


def _uninstall(_: argparse.Namespace) -> int:
    from perf_addin.application.desktop.installing import uninstall  # noqa: PLC0415

    done = uninstall(this_machine())
    for path in done.paths:
        print(f"removed {path}")
    if not done.paths:
        print("There was nothing to take out.")
    return DONE


def _doctor(_: argparse.Namespace) -> int:
    from perf_addin.adapters.addin_file.building import version_of  # noqa: PLC0415
    from perf_addin.application.desktop.doctor import first_remedy, look_over  # noqa: PLC0415

    checks = look_over(this_machine(), version_of)
    for check in checks:
        print(f"{'ok   ' if check.is_well else 'WRONG'} {check.what}: {check.found}")
    wrong = first_remedy(checks)
    if wrong is None:
        print("\nAll is well. If Excel still shows no tab Performance, start Excel anew.")
        return DONE
    print(f"\nDo this: {wrong.remedy}")
    return FOUND_ERRORS


def _repair(options: argparse.Namespace) -> int:
    """Mend each workbook; where one cannot be, say so and go on with the others."""
    from perf_addin.entry.cli import refused  # noqa: PLC0415 - a cycle otherwise
    from perf_addin.entry.targets import targets  # noqa: PLC0415

    worst = DONE
    for file, target in targets(options):
        try:
            _repair_one(file, target, drop_signatures=options.drop_signatures)
        except PerfAddinError as error:
            worst = max(worst, refused(error, str(file)))
    return worst


def _repair_one(file: Path, target: Path, *, drop_signatures: bool) -> None:
    from perf_addin.adapters.xlsx.package import Package  # noqa: PLC0415
    from perf_addin.adapters.xlsx.repairing import repair  # noqa: PLC0415
    from perf_addin.adapters.xlsx.saving import save  # noqa: PLC0415
    from perf_addin.adapters.xlsx.workbook import XlsxWorkbook  # noqa: PLC0415

    workbook = XlsxWorkbook(Package.open(file, drop_signatures=drop_signatures))
    found = repair(workbook)
    for sheet, formulas in found:
        print(f"{file}: {formulas} formula{'s' if formulas > 1 else ''} on {sheet!r}")
    if not found:
        print(f"{file}: no formula names a lost add-in; nothing was written")
        return
    print(save(workbook.package, target, backup=True).path)
