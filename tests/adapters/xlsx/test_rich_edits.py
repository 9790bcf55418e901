"""Rich text that gets other letters: every run keeps its format."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_addin.adapters.xlsx.package import Package
from perf_addin.adapters.xlsx.year_workbook import YearWorkbook
from tests.adapters.xlsx.small_workbook import build, part, sheet

STRINGS = (
    "<si><t>plain 2021</t></si>"
    '<si><r><rPr><b/></rPr><t xml:space="preserve">Q1 </t></r><r><t>2021/22 &amp;</t></r></si>'
    "<si><r><t>2021</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"
)
KEPT = 'xml:space="preserve"'
ROW = (
    '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c>'
    '<c r="C1" t="s"><v>2</v></c><c r="D1" t="inlineStr"><is><r><t>Apr</t></r>'
    f"<r><rPr><i/></rPr><t {KEPT}> 21</t></r></is></c></row>"
)
SHARED = f"<r><rPr><b/></rPr><t {KEPT}>Q1 </t></r><r><t>2022/23 &amp;</t></r>"
INLINE = f"<r><t>Apr</t></r><r><rPr><i/></rPr><t {KEPT}> 22</t></r>"


@pytest.mark.parametrize(
    ("place", "text", "cell"),
    (
        ((1, 2), "Q1 2022/23 &", f'<c r="B1" s="1" t="inlineStr"><is>{SHARED}</is></c>'),
        ((1, 4), "Apr 22", f'<c r="D1" t="inlineStr"><is>{INLINE}</is></c>'),
        ((1, 1), "plain 2022", None),  # nothing within it to keep
        ((1, 2), "Q1 2022/2023 &", None),  # another length
        ((1, 3), "2022", None),  # a phonetic guide would no longer fit
        ((1, 9), "2022", None),  # no cell
    ),
)
def test_only_rich_text_of_the_same_length(
    tmp_path: Path, place: tuple[int, int], text: str, cell: str | None
) -> None:
    path = build(tmp_path / "rich.xlsx", sheet(ROW), strings=STRINGS)
    workbook = YearWorkbook(Package.open(path))
    before = part(workbook)
    assert workbook.put_rich_texts("Index", {place: text}) == (set() if cell is None else {place})
    after = part(workbook)
    assert after == before if cell is None else cell in after
