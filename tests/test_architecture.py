"""What may know what: import rules that hold, and a start that loads little.

The layers themselves are in `pyproject.toml` (import-linter); here are the rules that it cannot
say, and proof that it would object.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

import perf_addin

HEAVY = {
    "distributed",
    "docx",
    "docxtpl",
    "fsspec",
    "isal",
    "jinja2",
    "lxml",
    "numpy",
    "openpyxl",
    "pandas",
    "pyarrow",
    "xlwings",
}

# Modules that break one rule each, with the name of the contract that must object.
VIOLATIONS = {
    "layers": ("domain/bad.py", "import perf_addin.application"),
    "adapters": ("adapters/two/__init__.py", "import perf_addin.adapters.one"),
    "domain": ("domain/bad.py", "import logging"),
    "application": ("application/bad.py", "import openpyxl"),
}


def _imported(source: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source} imports relatively, line {node.lineno}"
            names.add(node.module or "")
    return names


def _modules_after(code: str) -> set[str]:
    """The modules that a fresh Python has loaded after running the code."""
    report = "import json, sys; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True
    )
    modules: list[str] = json.loads(done.stderr.splitlines()[-1])
    return set(modules)


def _stand_in(folder: Path, root: Path, broken: str | None) -> None:
    """Lay out an empty package as ours is, under our contracts, breaking the one named."""
    for name in ("", "entry", "adapters", "adapters/one", "adapters/two", "application", "domain"):
        path = folder / "perf_addin" / name / "__init__.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    if broken:
        module, code = VIOLATIONS[broken]
        (folder / "perf_addin" / module).write_text(code, encoding="utf-8")
    (folder / "pyproject.toml").write_bytes((root / "pyproject.toml").read_bytes())


def _lint_imports(folder: Path) -> tuple[int, str]:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout


def test_import_rules_pass_a_package_that_keeps_them(tmp_path: Path, root: Path) -> None:
    _stand_in(tmp_path, root, broken=None)
    assert _lint_imports(tmp_path)[0] == 0


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_import_rules_object_to_a_violation(contract: str, tmp_path: Path, root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (name,) = (each["name"] for each in contracts if each["id"] == contract)
    _stand_in(tmp_path, root, broken=contract)
    code, said = _lint_imports(tmp_path)
    assert code == 1
    assert f"{name} BROKEN" in " ".join(said.split())


def test_every_import_rule_is_proved(root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    assert {each["id"] for each in contracts} == set(VIOLATIONS)


def test_domain_imports_the_standard_library_and_itself_only(root: Path) -> None:
    sources = sorted((root / "src" / "perf_addin" / "domain").rglob("*.py"))
    assert sources
    for source in sources:
        outside = {name for name in _imported(source) if not name.startswith("perf_addin.domain")}
        strange = {name for name in outside if name.split(".")[0] not in sys.stdlib_module_names}
        assert not strange, f"{source.relative_to(root)} imports {sorted(strange)}"


def test_importing_the_package_loads_nothing_else() -> None:
    assert _modules_after("import perf_addin") - _modules_after("pass") == {"perf_addin"}


def test_help_loads_no_workbook_library() -> None:
    code = """
from perf_addin.entry.cli import main
try:
    main(["--help"])
except SystemExit as stop:
    assert not stop.code, stop.code
"""
    loaded = {name.split(".")[0] for name in _modules_after(code)}
    assert "argparse" in loaded
    assert not loaded & HEAVY


def test_a_report_without_charts_loads_nothing_of_them(root: Path, tmp_path: Path) -> None:
    source = root / "workbook" / "performance_index_2021-22.xlsx"
    code = f"""
from perf_addin.entry.cli import main
assert main(["report", {str(source)!r}, "-o", {str(tmp_path / "out.xlsx")!r}]) == 0
"""
    loaded = {name.rpartition(".")[2] for name in _modules_after(code)}
    assert "report_sheet" in loaded
    charts = {"chart_series", "chart_words", "chart_xml", "chart_figures", "drawings", "drawn"}
    assert not loaded & {*charts, "drawing_xml", "sparklines_xml", "report_charts"}


def test_version_is_the_installed_one() -> None:
    assert version("perf-addin") == perf_addin.__version__
