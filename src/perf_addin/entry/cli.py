"""The command `perf-addin`: options in, a use case, a result shown, an exit code out."""

from __future__ import annotations

import gc
import io
import os
import sys

from perf_addin.entry.own_modules import find_own_modules

# As few modules as can be are imported before `find_own_modules` was called.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from perf_addin.adapters.xlsx.begun import Begun, FirstFile
    from perf_addin.adapters.xlsx.saving import SaveOutcome
    from perf_addin.adapters.xlsx.workbook import XlsxWorkbook
    from perf_addin.application.rating_index import IndexResult
    from perf_addin.application.settings import Settings
    from perf_addin.domain.errors import PerfAddinError

DONE, FOUND_ERRORS, USAGE, INPUT, OUTPUT = range(5)
INTERRUPTED = 130
_RATING = ("recalc", "report")
_ABOUT = ["--verbose", "--version"]


def command() -> int:
    """Run the command line as a process of its own; give the exit code.

    Here, and nowhere else, our modules are found in a way of our own; `main` changes no process.
    Where nothing waits for the end of the process it ends here: to take apart, one by one, all that
    was read and imported would take longer than to write a small workbook.
    """
    gc.disable()
    find_own_modules()
    kept: list[object] = []
    try:
        code = main(kept=kept)
    except KeyboardInterrupt:
        print("perf-addin: interrupted; a file that was not done is as it was.", file=sys.stderr)
        code = INTERRUPTED
    if not _is_awaited():
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)
    gc.freeze()  # spares the interpreter, as it ends, a search for garbage in all that was read
    return code


def _is_awaited() -> bool:
    """Whether anything is to be done as the process ends, or a thread still works."""
    threading = sys.modules.get("threading")
    return "atexit" in sys.modules or (threading is not None and threading.active_count() > 1)


def main(argv: Sequence[str] | None = None, *, kept: list[object] | None = None) -> int:
    """Run the command line; give the exit code. Never a traceback for what a user can cause.

    Args:
        argv: the arguments; those of the process where not given.
        kept: takes what the last file came to, where the process ends with it.
    """
    arguments = sys.argv[1:] if argv is None else argv
    if sorted(arguments) == _ABOUT:
        from perf_addin.entry.about import about  # noqa: PLC0415 - for this alone

        print(about())
        return DONE
    from perf_addin.entry.plain_line import plain_options  # noqa: PLC0415 - found quicker now

    options = plain_options(arguments) or _parsed(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a code page without a letter is no failure
    collecting = gc.isenabled()
    gc.disable()  # what is read is held to the end, and hardly anything of it goes in circles
    try:
        code = _run_all(options, kept)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever was reading along (`| head`) has seen enough; what was asked for is done.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    finally:
        if collecting:
            gc.enable()
    return code


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    from perf_addin.entry.commands import build_parser  # noqa: PLC0415 - plain lines need none

    return build_parser(arguments[0] if arguments else None).parse_args(arguments)


def _run_all(options: argparse.Namespace, kept: list[object] | None) -> int:
    if hasattr(options, "runs"):
        return _run_module(options)
    from perf_addin.adapters.xlsx.begun import FirstFile  # noqa: PLC0415 - --help needs none of it

    options.kept = kept if len(options.files) == 1 else None  # several would take memory
    with FirstFile(options.files[0] if options.command in _RATING else None) as first:
        return _run_each(options, first)


def _run_each(options: argparse.Namespace, first: FirstFile) -> int:
    from perf_addin.domain.errors import PerfAddinError, UsageError  # noqa: PLC0415
    from perf_addin.entry.targets import target_names  # noqa: PLC0415

    worst = DONE
    objects: list[dict[str, object]] = []
    try:
        settings = _settings(options)
        pairs = target_names(options)
    except UsageError as error:
        return refused(error, None)
    for file, target in pairs:
        try:
            if options.command == "init":
                from perf_addin.entry.init import init  # noqa: PLC0415 - for this alone

                init(options, _open(options, file), settings, target)
            else:
                # Handed over at once, so that the next one is not opened while this one is held.
                _rate(options, _open(options, file, first.take(file)), settings, target, objects)
        except PerfAddinError as error:
            worst = max(worst, refused(error, file))
    if getattr(options, "json", False):
        from perf_addin.entry.json_output import print_json  # noqa: PLC0415 - only for --json

        print_json(objects, several=len(options.files) > 1)
    return worst


def _settings(options: argparse.Namespace) -> Settings:
    from perf_addin.entry.plain_line import states_nothing  # noqa: PLC0415 - not for --help

    if states_nothing(options):
        from perf_addin.application.settings import Settings  # noqa: PLC0415 - not for --help

        return Settings()
    from perf_addin.entry.stated import settings_from  # noqa: PLC0415 - as few lines need

    return settings_from(options)


def _run_module(options: argparse.Namespace) -> int:
    """Run a command that is a module of its own: its `run` takes the options, gives the code."""
    from importlib import import_module  # noqa: PLC0415 - the others need none of it

    from perf_addin.domain.errors import PerfAddinError  # noqa: PLC0415

    try:
        return int(import_module(options.runs).run(options))
    except PerfAddinError as error:
        files: Sequence[str] = getattr(options, "files", ())
        return refused(error, files[0] if len(files) == 1 else getattr(options, "file", None))


def refused(error: PerfAddinError, file: str | None) -> int:
    """Say on standard error what went wrong; give the exit code that goes with it.

    Args:
        error: what went wrong.
        file: the workbook that was worked on, which it is about where nobody has said otherwise. An
            option that cannot be understood is about no file, unless somebody has.
    """
    from perf_addin.domain.errors import InputError, UsageError  # noqa: PLC0415

    is_usage = isinstance(error, UsageError)
    if file is not None and not is_usage:
        error.about(file)
    print(f"perf-addin: {error}", file=sys.stderr)
    return USAGE if is_usage else INPUT if isinstance(error, InputError) else OUTPUT


def _open(options: argparse.Namespace, file: str, begun: Begun | None = None) -> XlsxWorkbook:
    from perf_addin.adapters.xlsx.package import Package  # noqa: PLC0415 - --help needs none of it
    from perf_addin.adapters.xlsx.workbook import XlsxWorkbook  # noqa: PLC0415

    package = Package.open(file, drop_signatures=options.drop_signatures, content=begun)
    workbook = XlsxWorkbook(package)
    if begun is not None and begun.ahead is not None:
        workbook.make_ready()
    return workbook


def _rate(
    options: argparse.Namespace,
    workbook: XlsxWorkbook,
    settings: Settings,
    target: str,
    objects: list[dict[str, object]],
) -> None:
    from perf_addin.adapters.xlsx.saving import save  # noqa: PLC0415 - other commands need none
    from perf_addin.entry.rating_work import rate_workbook, work_of  # noqa: PLC0415

    work = work_of(options, settings, report=options.command == "report")
    result = rate_workbook(workbook, work)
    outcome = save(workbook.package, target, backup=True)
    _show(options, result, outcome, objects)
    if options.kept is not None:
        options.kept[:] = workbook, result


def _show(
    options: argparse.Namespace,
    result: IndexResult,
    outcome: SaveOutcome,
    objects: list[dict[str, object]],
) -> None:
    if options.json:
        from perf_addin.entry.json_output import as_json  # noqa: PLC0415 - only for --json

        objects.append(as_json(result, outcome.path))
        return
    if not sys.stdout.isatty():
        print(outcome.path)  # piped, just where the result is
        return
    from perf_addin.entry.show import print_outcome  # noqa: PLC0415 - for a terminal alone

    print_outcome(result, outcome.path, changed=outcome.changed)


if __name__ == "__main__":
    sys.exit(command())
