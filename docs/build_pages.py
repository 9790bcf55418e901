"""Make the documentation into pages for a browser: `build_pages.py FOLDER`.

README.md becomes the first page. Links that lead nowhere, and whatever else Sphinx warns of, are
errors.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sphinx.cmd.build import main as sphinx_build

from perf_addin import __version__

ROOT = Path(__file__).resolve().parent.parent
_CONFIGURATION = f"""\
project = "perf-addin"
version = release = "{__version__}"
extensions = ["myst_parser"]
language = "en_GB"
html_theme = "alabaster"
html_theme_options = {{"page_width": "1280px", "body_max_width": "980px"}}
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None
myst_heading_anchors = 4
# Long tables of functions and findings hold what only looks like other markup.
myst_enable_extensions = []
suppress_warnings = ["misc.highlighting_failure"]
"""
# In the checkout these lie above docs/; among the pages they lie beside the others.
_BESIDE = ("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE")
# A row of README.md's table of documents, and a link to one of them.
_GROUP = re.compile(r"^\| (?P<name>[A-Z][\w ]+) \| (?P<links>\[.*\].*) \|$", re.MULTILINE)
_LINKED = re.compile(r"\]\(([\w/-]+\.md)\)")
_ABOVE = re.compile(r"\]\(\.\./(?=(?:README|CHANGELOG|CONTRIBUTING|LICENSE))")


def build(target: Path) -> int:
    """Write the pages into a folder; gives Sphinx's exit code."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name)
        for path in sorted((ROOT / "docs").rglob("*")):
            if path.suffix in {".md", ".png"}:
                _copy(path, source / path.relative_to(ROOT / "docs"))
        readme = (ROOT / "README.md").read_text(encoding="utf-8").replace("](docs/", "](")
        contents = "".join(_contents(readme, [page.stem for page in source.glob("*.md")]))
        (source / "index.md").write_text(readme + contents, encoding="utf-8")
        records = sorted(page.stem for page in (source / "adr").glob("0*.md"))
        with (source / "adr" / "README.md").open("a", encoding="utf-8") as overview:
            overview.write(_toctree("", records))
        for beside in _BESIDE:
            _copy(ROOT / beside, source / beside)
        (source / "conf.py").write_text(_CONFIGURATION, encoding="utf-8")
        return sphinx_build(["-q", "-W", "--keep-going", "-b", "html", name, str(target)])


def _contents(readme: str, pages: list[str]) -> Iterator[str]:
    """The navigation: the groups of README.md in their order, then what stands in none.

    The last page is the overview of the decision records, which has them below it.
    """
    left = [*sorted(pages), *(Path(name).stem for name in _BESIDE), "adr/README"]
    left.remove("LICENSE")
    for row in _GROUP.finditer(readme):
        linked = [link.removesuffix(".md") for link in _LINKED.findall(row["links"])]
        if row["name"] == "Project":
            linked += left
        listed = [page for page in dict.fromkeys(linked) if page in left]
        left = [page for page in left if page not in listed]
        yield _toctree(row["name"], listed)
    assert not left, f"README.md has no group Project, last of its table: {left}"


def _toctree(caption: str, pages: list[str]) -> str:
    listed = "\n".join(pages)
    heading = f":caption: {caption}\n" if caption else ""
    return f"\n```{{toctree}}\n:hidden:\n{heading}\n{listed}\n```\n"


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix != ".md":
        shutil.copyfile(path, target)
        return
    text = path.read_text(encoding="utf-8").replace("](docs/", "](")
    text = _ABOVE.sub("](", text).replace("](README.md", "](index.md")
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1])))
