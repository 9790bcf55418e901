"""How added sheets are printed, for the task pane: xlwings has no actions for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perf_addin.application.recording import Change, PageChange


def page_setups(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Say for each added sheet its orientation and the rows repeated on every page (1-based)."""
    return [
        {
            "sheet": change.page.name,
            "orientation": "Landscape" if change.page.landscape else "Portrait",
            "titleRows": "${}:${}".format(*change.page.title_rows)
            if change.page.title_rows
            else "",
        }
        for change in changes
        if isinstance(change, PageChange) and change.rows_before is None
    ]


def _rows(rows: tuple[int, int] | None) -> str:
    return f"${rows[0]}:${rows[1]}" if rows is not None else ""
