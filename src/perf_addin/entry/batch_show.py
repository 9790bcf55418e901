"""What a person sees of a batch: a bar on a terminal, lines elsewhere, and a sum at the end."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from time import monotonic

from perf_addin.application.batch.names import shown
from perf_addin.application.batch.plan import Found
from perf_addin.application.batch.records import Record, failure_of
from perf_addin.application.batch.run import Tally

_BAR, _SHORTEST_BAR = 24, 6
_COLUMNS = 80
_DRAW_EVERY_SECONDS = 0.1
GO_ON = "Interrupted; run the same command again to go on where it stopped."
CSV_ONLY = 'Tables are written as CSV; pip install "perf-addin[tables]" adds Parquet.'
_MINUTE, _HOUR = 60, 3600


class Progress:
    """Tells how it goes on standard error; see `Teller`. A bar only where there is a terminal."""

    def __init__(self, *, quiet: bool) -> None:
        """Start the clock."""
        self._bar = sys.stderr.isatty() and not quiet
        self._began = monotonic()
        self._drawn = 0.0
        self._width = 0
        self._last: Tally | None = None

    def progress(self, tally: Tally) -> None:
        """Draw the bar anew, not more often than eyes can follow."""
        self._last = tally
        now = monotonic()
        if self._bar and (now - self._drawn >= _DRAW_EVERY_SECONDS):
            self._drawn = now
            self._draw(tally)

    def failed(self, record: Record) -> None:
        """Say which file failed, and why, above the bar."""
        self._wipe()
        _say(f"failed: {shown(failure_of(record))}\n")

    def stopping(self) -> None:
        """Say that an interrupt was heard."""
        self._wipe()
        _say("Ending the workbooks under way. Interrupt again to end at once; nothing is lost.\n")

    def end(self) -> None:
        """Leave the bar as it is at the end."""
        if self._bar and self._last is not None:
            self._draw(self._last)
            _say("\n")

    def _draw(self, tally: Tally) -> None:
        line = bar_line(tally, monotonic() - self._began, _columns())
        _say(f"\r{line.ljust(self._width)}")
        self._width = len(line)

    def _wipe(self) -> None:
        if self._bar and self._width:
            _say(f"\r{' ' * self._width}\r")


def _say(text: str) -> None:
    """Write to standard error; that nobody reads it any more (`| head`) is no reason to stop."""
    with suppress(BrokenPipeError):
        sys.stderr.write(text)
        sys.stderr.flush()


def bar_line(tally: Tally, seconds: float, columns: int) -> str:
    """A bar with how much is done, how fast it goes and how long it will take.

    Rate and time left rest on the files that were worked on or failed, since those that were done
    before take next to nothing.

    Args:
        tally: how far the batch has come.
        seconds: how long it has been at it.
        columns: how wide the terminal is; the bar gives way first.
    """
    worked = tally.done + tally.failed or tally.unchanged
    rate = worked / seconds if seconds > 0 else 0.0
    left = f"{_clock((tally.total - tally.finished) / rate)} left" if rate else "..."
    parts = [f"{tally.finished:,}/{tally.total:,}", f"{rate:,.1f}/s", left, f"{tally.done:,} done"]
    if tally.unchanged:
        parts.append(f"{tally.unchanged:,} unchanged")
    told = "  ".join([*parts, f"{tally.failed:,} failed"])
    width = min(_BAR, columns - len(told) - len("[]  "))
    if width < _SHORTEST_BAR:
        return told[: columns - 1]
    full = int(tally.finished / tally.total * width) if tally.total else width
    return f"[{'#' * full}{'.' * (width - full)}] {told}"


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _COLUMNS
    except (OSError, ValueError):
        return _COLUMNS


def _clock(seconds: float) -> str:
    whole = round(seconds)
    if whole < _HOUR:
        return f"{whole // _MINUTE}:{whole % _MINUTE:02}"
    return f"{whole // _HOUR}:{whole % _HOUR // _MINUTE:02}:{whole % _MINUTE:02}"


def print_found(found: Found) -> None:
    """Say what was found and what was passed over, on standard error."""
    skipped = ", ".join(f"{why} {count:,}" for why, count in found.skipped.items())
    passed = f" Passed over: {skipped}." if skipped else ""
    books = "1 workbook" if len(found.files) == 1 else f"{len(found.files):,} workbooks"
    _say(f"{books} under {shown(found.base)}.{passed}\n")


def print_tally(tally: Tally, out: str, *, interrupted: bool, league: bool) -> None:
    """Say what was done, and where it lies; `league` says whether there is one now."""
    said = [f"{tally.done:,} done", f"{tally.unchanged:,} unchanged", f"{tally.failed:,} failed"]
    if interrupted:
        said.append(f"{tally.total - tally.finished:,} not begun")
    print(f"{', '.join(said)}. Results in {shown(out)}")
    if league:
        print("The league of all of them is summary.html there.")
    if interrupted:
        print(GO_ON)
