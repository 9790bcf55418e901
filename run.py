"""Set up and run perf-addin: `python run.py demo`, `python run.py test`, `python run.py build`.

Standard library only. All that is installed goes into `.venv` and `.judges` beside this file, and
what is built into `dist`; all three can be deleted at any time.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

# The syntax down to `main` is one that old Pythons can read, so that they get this line.
OLDEST_PYTHON = (3, 11)
if sys.version_info < OLDEST_PYTHON:
    sys.exit(f"perf-addin needs Python 3.11 or newer; this is {sys.version.split()[0]}.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOG = VENV / "setup.log"
DIST = ROOT / "dist"

RUN_LOCK = "requirements.lock"
TEST_LOCK = "requirements-dev.lock"
PACKAGE_FILES = ("pyproject.toml", "README.md", "LICENSE")

SAMPLE = Path("workbook", "performance_index_2021-22.xlsx")
DEMO_RESULT = Path("demo", "performance_index_2021-22_rated.xlsx")
REPORT_SHEET = "Exception Report"

CODE = ("src", "tests", "workbook", "xlsx_macros", "templates", "benchmarks", "docs", "run.py")
DOCS_TESTS = ("tests/test_docs.py", "tests/test_docs_formulas.py", "tests/test_docs_run.py")

# How pip says that it could not reach anything; the last is said of the very first package.
NO_NETWORK = (
    "connection",
    "getaddrinfo",
    "name resolution",
    "network is unreachable",
    "timed out",
    "from versions: none",
)


class SetupError(Exception):
    """Setting up failed; the message says why and what to do."""


class Check(NamedTuple):
    """One of the checks of `run.py test`: its name in the summary, and what to run."""

    name: str
    command: tuple[str | Path, ...]


class Outcome(NamedTuple):
    """How a check went; `result` is `ok`, `FAILED` or `skipped`."""

    name: str
    result: str
    seconds: float
    note: str = ""


def main(arguments: list[str]) -> int:
    """Do what the command line asks, and give the exit code."""
    parser = argparse.ArgumentParser(
        description="Set up and run perf-addin from this checkout.",
        epilog="The first run needs the network, and a minute or two.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    demo_help = "rate the sample performance index and say where to look"
    test_help = "run every check, the tests against the built package, and sum up"
    commands.add_parser("demo", help=demo_help, description=demo_help).set_defaults(action=demo)
    commands.add_parser("test", help=test_help, description=test_help).set_defaults(action=test)
    build_help = "make what a release consists of, in dist/, and try it where nothing is installed"
    commands.add_parser("build", help=build_help, description=build_help).set_defaults(action=build)
    asked = parser.parse_args(arguments)
    if not hasattr(asked, "action"):
        parser.print_help()
        return 2
    try:
        return int(asked.action())
    except SetupError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def demo() -> int:
    """Rate the sample index, write the exception report, and say where to look."""
    if not (ROOT / SAMPLE).is_file():
        message = f"The sample {SAMPLE} is missing from this checkout; fetch it again."
        raise SetupError(message)
    install(RUN_LOCK)
    result = ROOT / DEMO_RESULT
    result.parent.mkdir(exist_ok=True)
    try:
        result.unlink(missing_ok=True)
    except PermissionError as problem:
        message = f"{result} cannot be replaced: close it in Excel, then run the demo again."
        raise SetupError(message) from problem
    say(f"$ perf-addin report {SAMPLE.as_posix()} -o {DEMO_RESULT.as_posix()}")
    code = run([BIN / "perf-addin", "report", SAMPLE, "-o", DEMO_RESULT])
    if not result.is_file():
        say(f"\nThe demo wrote no workbook (exit code {code}).")
        return code or 1
    say(f"\nOpen   {result}")
    say(f"Sheet  {REPORT_SHEET}")
    return 0


def test() -> int:
    """Run every check, even where an earlier one fails; give 1 if any failed."""
    started = time.monotonic()
    install(TEST_LOCK)
    outcomes = [Outcome("set-up", "ok", time.monotonic() - started), judges()]
    outcomes += [run_check(check) for check in checks()]
    width = max(len(outcome.name) for outcome in outcomes)
    say(f"\n{'Check':{width}}  Result   Seconds")
    for name, result, seconds, note in outcomes:
        say(f"{name:{width}}  {result:7}  {seconds:7.1f}  {note}".rstrip())
    failed = [outcome.name for outcome in outcomes if outcome.result == "FAILED"]
    say(f"\nFAILED: {', '.join(failed)}" if failed else "\nNo check failed.")
    return 1 if failed else 0


def build() -> int:
    """Make the packages, the add-ins' files, the documentation and the list of parts."""
    install(TEST_LOCK)
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    for check in building():
        if run_check(check).result == "FAILED":
            say(f"\nFAILED: {check.name}")
            return 1
    files = sorted(path for path in DIST.iterdir() if path.is_file())
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
    (DIST / "SHA256SUMS").write_text("".join(sums), encoding="ascii", newline="\n")
    for path in sorted(DIST.iterdir()):
        say(f"{path.relative_to(ROOT)}{os.sep if path.is_dir() else ''}")
    return 0


def building() -> list[Check]:
    """Give every step of a release, in order; the last one tries the wheel."""
    python = (PYTHON, "-m")
    ours = (BIN / "perf-addin",)
    # The manifest names a host; whoever serves the add-in writes one for his own.
    hosted = ("serve", "--behind-proxy", "--public-host", "perf-addin.example")
    sbom = ("--pyproject", "pyproject.toml", "--output-reproducible", "-o", DIST / "sbom.json")
    return [
        Check("wheel and sdist", (*python, "hatchling", "build", "-d", DIST)),
        Check("add-in for Windows", (*ours, "addin", "build", "-o", DIST)),
        Check("manifest", (*ours, *hosted, "--write-manifest", DIST / "manifest.xml")),
        Check("documentation", (PYTHON, Path("docs", "build_pages.py"), DIST / "documentation")),
        Check("list of parts", (*python, "cyclonedx_py", "requirements", RUN_LOCK, *sbom)),
        clean_wheel(),
    ]


def clean_wheel() -> Check:
    """Give the check that installs the wheel in dist/ where nothing else is, and uses it."""
    version = (ROOT / "src" / "perf_addin" / "__init__.py").read_text(encoding="utf-8")
    name = f"perf_addin-{version.split(chr(34))[-2]}-py3-none-any.whl"
    script = Path("tests", "shipping", "clean_wheel.py")
    return Check("wheel alone", (sys.executable, script, DIST / name))


def checks() -> list[Check]:
    """Give every check, in the order in which they run."""
    code = [name for name in CODE if name.endswith(".py") or any((ROOT / name).rglob("*.py"))]
    python = (PYTHON, "-m")
    found = [
        Check("ruff format", (*python, "ruff", "format", "--check", *code)),
        Check("ruff check", (*python, "ruff", "check", *code)),
        Check("import rules", (BIN / "lint-imports", "--no-cache", "--no-logo")),
        Check("mypy --strict", (*python, "mypy", "--strict", *code)),
        Check("docs", (*python, "pytest", "-q", *DOCS_TESTS)),
        Check(
            "tests",
            (*python, "pytest", "-q", "tests", *(f"--ignore={test}" for test in DOCS_TESTS)),
        ),
        Check("pages", (PYTHON, Path("docs", "build_pages.py"), VENV / "pages")),
        Check("wheel", (*python, "hatchling", "build", "-t", "wheel", "-d", DIST)),
        clean_wheel(),
    ]
    for name, builder in (
        ("samples", Path("workbook", "build_samples.py")),
        ("self-test", Path("workbook", "build_selftest.py")),
        ("templates", Path("templates", "build_templates.py")),
    ):
        if (ROOT / builder).is_file():
            found.append(Check(name, (PYTHON, builder, "--check")))
    return found


def run_check(check: Check) -> Outcome:
    """Run one check; what it prints goes straight to the reader."""
    say(f"\n== {check.name}")
    started = time.monotonic()
    code = run(check.command)
    return Outcome(check.name, "FAILED" if code else "ok", time.monotonic() - started)


def judges() -> Outcome:
    """Install missing judges where that may be done, and name those that are still missing."""
    from tests import judge_programs  # noqa: PLC0415 - the demo needs no judges

    started = time.monotonic()
    if judge_programs.can_install():
        say("Installing the judges (a minute or two, once) ...")
        judge_programs.install(LOG)
    missing = judge_programs.missing()
    for problem in missing:
        say(f"Missing judge: {problem}")
    seconds = time.monotonic() - started
    if not missing:
        return Outcome("judges", "ok", seconds)
    if os.environ.get("CI") == "true":
        return Outcome("judges", "FAILED", seconds, f"{len(missing)} missing; see {LOG}")
    note = f"{len(missing)} missing, named at the top; the tests that need them are skipped"
    return Outcome("judges", "skipped", seconds, note)


def install(lock: str) -> None:
    """Bring `.venv` to what the lock file says, with the package built from this checkout."""
    key = digest([RUN_LOCK, TEST_LOCK, "pyproject.toml"], sys.version + str(ROOT))
    if not (is_stamped(RUN_LOCK, key) and PYTHON.exists()):
        make_venv()
    if not is_stamped(lock, key):
        say(f"Installing {lock} (a minute, once) ...")
        # Python compiles what it imports anyway; compiling everything would take half a minute.
        pip_install("--no-compile", "--require-hashes", "-r", lock)
        # The test lock holds all that the run-time lock holds.
        stamp(RUN_LOCK, key)
        stamp(lock, key)
    folders = (ROOT / "src", ROOT / "xlsx_macros")
    found = (path for folder in folders for path in folder.rglob("*.*"))
    sources = sorted(path for path in found if path.suffix != ".pyc")
    sources += [ROOT / "workbook" / "selftest.xlsx", *sorted((ROOT / "templates").glob("*.docx"))]
    built_from = digest([*sources, *PACKAGE_FILES], key)
    if not is_stamped("package", built_from):
        say("Building and installing perf-addin ...")
        # pip builds a wheel and installs that, with what the lock file has brought.
        options = ("--no-deps", "--no-index", "--no-build-isolation", "--force-reinstall")
        pip_install(*options, str(ROOT))
        stamp("package", built_from)


def make_venv() -> None:
    """Make `.venv` anew."""
    if Path(sys.prefix).resolve() == VENV:
        message = (
            "The virtual environment .venv must be renewed: deactivate it, then run this again."
        )
        raise SetupError(message)
    say("Making .venv ...")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    done = subprocess.run(command, env=environment(), capture_output=True, check=False)
    if done.returncode:
        message = (
            f"Python could not make the virtual environment {VENV}. Close programs that use it; "
            "on Debian and Ubuntu, install python3-venv.\n"
            + done.stdout.decode(errors="replace")
            + done.stderr.decode(errors="replace")
        )
        raise SetupError(message.rstrip())


def pip_install(*arguments: str) -> None:
    """Run `pip install` quietly; all that it says goes to the log."""
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", *arguments]
    with LOG.open("wb") as stream:
        code = subprocess.run(
            command, cwd=ROOT, env=environment(), stdout=stream, stderr=stream, check=False
        ).returncode
    if code:
        said = LOG.read_text(encoding="utf-8", errors="replace")
        raise SetupError(explain(said))


def explain(said: str) -> str:
    """Say in a few lines why pip failed."""
    if any(sign in said.lower() for sign in NO_NETWORK):
        return (
            "The package index could not be reached. Setting up needs the network once: connect, "
            "or set the proxy or mirror for pip, then run this again.\n"
            f"What pip said: {LOG}"
        )
    last_lines = "\n".join(said.rstrip().splitlines()[-15:])
    return f"Setting up failed. The end of what pip said (all of it: {LOG}):\n{last_lines}"


def digest(files: Iterable[str | Path], more: str) -> str:
    """Give a key that changes when a file of the checkout, or the text, changes."""
    total = hashlib.sha256(more.encode())
    for name in files:
        path = ROOT / name
        total.update(f"\0{path.relative_to(ROOT).as_posix()}\0".encode())
        if path.is_file():
            total.update(path.read_bytes())
    return total.hexdigest()


def is_stamped(name: str, key: str) -> bool:
    """Tell whether a step of the set-up was finished for this key."""
    path = VENV / f"{name}.stamp"
    return path.is_file() and path.read_text(encoding="ascii") == key


def stamp(name: str, key: str) -> None:
    """Note that a step of the set-up is finished, so that an interrupted one is done again."""
    (VENV / f"{name}.stamp").write_text(key, encoding="ascii")


def run(command: Iterable[str | Path]) -> int:
    """Run a program in the checkout, in sight of the reader; give its exit code."""
    return subprocess.run(list(command), cwd=ROOT, env=environment(), check=False).returncode


def environment() -> dict[str, str]:
    """Give the variables for programs that we start: nothing may stand in for what is installed."""
    without = {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP"}
    kept = {name: value for name, value in os.environ.items() if name not in without}
    # The tests refuse to run against src/ where this is set.
    # The web add-in's server asks for a key, whose free one serves building and testing.
    return {
        "XLWINGS_LICENSE_KEY": "noncommercial",
        **kept,
        "PERF_ADDIN_TEST_WHEEL": "1",
    }


def say(line: str) -> None:
    """Print at once, so that lines keep their place among those of the programs we start."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
