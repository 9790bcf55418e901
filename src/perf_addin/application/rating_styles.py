"""How ratings look on the sheets that this product lays out itself."""

from __future__ import annotations

from perf_addin.application.looks import PALETTE
from perf_addin.application.ports import PageStyle

RATING_STYLES = {
    look.value: PageStyle(
        bold=True, fill=paint.fill, colour=paint.font, border=True, wrap=True, horizontal="center"
    )
    for look, paint in PALETTE.items()
}
"""The style of a rating on a sheet of ours, by its letter."""
