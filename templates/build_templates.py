"""Builds the Word templates of the committee paper, or checks that the committed ones are those.

    python templates/build_templates.py            write both templates beside this script
    python templates/build_templates.py --check    compare, exit 1 where one differs
    python templates/build_templates.py --out DIR  write them elsewhere

``committee_paper.docx`` has the exception report as tables, ``committee_paper_narrative.docx`` as
lists by indicator number. People change them in Word; docs/paper.md says how.
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.append(str(HERE.parent / "src"))  # for a checkout in which nothing is installed

from perf_addin.adapters.word.packing import pack  # noqa: E402 - after the path
from templates.paper_forms import add_narrative, add_tables  # noqa: E402
from templates.paper_parts import PaperBuilder  # noqa: E402
from templates.paper_sections import add_before, add_closing, add_opening  # noqa: E402

FORMS: dict[str, Callable[[PaperBuilder], None]] = {
    "committee_paper.docx": add_tables,
    "committee_paper_narrative.docx": add_narrative,
}


def build(add_details: Callable[[PaperBuilder], None]) -> bytes:
    """Build a template around one form of the details."""
    paper = PaperBuilder()
    add_opening(paper)
    add_details(paper)
    add_closing(paper)
    add_before(paper)
    return pack(paper.document)


def check(folder: Path) -> list[str]:
    """Say which committed templates are not what this script builds, and where they differ."""
    problems = []
    for name, form in FORMS.items():
        path = folder / name
        if not path.is_file():
            problems.append(f"{name} is missing")
            continue
        kept, built = _parts(path.read_bytes()), _parts(build(form))
        differing = sorted(part for part in kept | built if kept.get(part) != built.get(part))
        if differing:
            problems.append(f"{name} differs in {', '.join(differing)}")
    return problems


def _parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return {name: package.read(name) for name in package.namelist()}


def main() -> int:
    """Build or check; 0 when all is well, 1 when a committed template differs."""
    parser = argparse.ArgumentParser(description="Build the Word templates.")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--out", type=Path, default=HERE, help="where the templates are")
    options = parser.parse_args()
    if options.check:
        problems = check(options.out)
        print("\n".join(problems) or "The templates are what build_templates.py builds.")
        return 1 if problems else 0
    for name, form in FORMS.items():
        (options.out / name).write_bytes(build(form))
    return 0


if __name__ == "__main__":
    sys.exit(main())
