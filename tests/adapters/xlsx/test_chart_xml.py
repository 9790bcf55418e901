"""The XML of a chart part: what Excel needs, and references to cells."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from perf_addin.adapters.xlsx.chart_xml import chart_xml, reference
from perf_addin.application.drawn import Block, Chart, Line

CHART = Chart(
    "perf-addin chart 1",
    "1: carers & <others>",
    "in words",
    ("Apr", "May"),
    (
        Line("actual", "Actual", (Decimal(1), None), Block("Index", ((2, 1), (2, 2)))),
        Line("target", "Target", (Decimal(2),) * 2),
        Line("limit", "Limit", (Decimal(3),) * 2),
    ),
    Block("Index", ((2, 1),)),
)


def test_a_chart_says_all_that_excel_needs_to_draw_it() -> None:
    xml = chart_xml(CHART, '0.0"%"')
    assert b'<c:dispBlanksAs val="gap"/>' in xml
    assert xml.count(b"<c:ser>") == 3
    assert xml.count(b'<c:ptCount val="2"/><c:pt idx="0"><c:v>1</c:v></c:pt></c:numCache>') == 1
    dashes = re.findall(rb'prstDash val="(\w+)"', xml)
    assert len({*dashes}) == 3  # told apart without colour
    assert b'formatCode="0.0&quot;%&quot;"' in xml
    assert b"carers &amp; &lt;others&gt;" in xml


@pytest.mark.parametrize(
    ("cells", "text"),
    (
        (((2, 1),), "'It''s'!$A$2"),
        (((2, 1), (2, 2), (2, 3)), "'It''s'!$A$2:$C$2"),
        (((2, 1), (3, 1)), "'It''s'!$A$2:$A$3"),
        (((2, 1), (2, 2), (3, 2)), "('It''s'!$A$2:$B$2,'It''s'!$B$3)"),
        (((2, 3), (2, 1)), "('It''s'!$C$2,'It''s'!$A$2)"),
    ),
)
def test_references_to_cells_in_their_order(cells: tuple[tuple[int, int], ...], text: str) -> None:
    assert reference(Block("It's", cells)) == text
