"""A changed workbook put in its place in one step: complete and on disk, or not at all."""

from __future__ import annotations

import os

from perf_addin.adapters.files.programs import EXCEL
from perf_addin.adapters.files.saving import SaveOutcome, put_in_place
from perf_addin.adapters.xlsx.opening import StrPath
from perf_addin.adapters.xlsx.package import Package
from perf_addin.domain.errors import OutputError

__all__ = ["SaveOutcome", "save"]


def save(package: Package, target: StrPath, *, backup: bool) -> SaveOutcome:
    """Write a package to a path, which may be the one it was read from; see `put_in_place`.

    Raises:
        OutputError: the path cannot be written, is open in Excel, or was saved by somebody else
            since it was read. Nothing has changed then.
    """

    def check(real: str) -> None:
        from perf_addin.adapters.files.replacing import holds  # noqa: PLC0415 - imported by now

        is_input = os.path.exists(package.path) and os.path.samefile(real, package.path)
        # The content is compared, not its date: clocks are set back, and copies keep old dates.
        if is_input and not holds(real, (package.as_read,)):
            raise OutputError(
                f"{target} was saved by somebody else while it was being worked on, so it is not "
                "replaced. Run the command again.",
                file=target,
            )

    return put_in_place(package.chunks, target, backup=backup, program=EXCEL, check=check)
