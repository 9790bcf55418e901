"""The use case: hold an index against published figures, and fill its benchmark columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from perf_addin.application.benchmarking.areas import Roles, find_roles
from perf_addin.application.benchmarking.band_columns import fill_bands
from perf_addin.application.benchmarking.compared import Compared, compare_with
from perf_addin.application.benchmarking.data import BenchmarkData, Measure, measure_key
from perf_addin.application.benchmarking.figures import Peers, scale_of
from perf_addin.application.benchmarking.filling import Filled, fill
from perf_addin.application.benchmarking.page import Heading, lay_out_benchmarks, read_mapping
from perf_addin.application.diff.picture import Picture, Pictured, take_picture
from perf_addin.application.keep_settings import keep_stated
from perf_addin.application.kept_lines import Key, match_lines
from perf_addin.application.named_columns import Named
from perf_addin.application.own_sheets import BENCHMARKS
from perf_addin.application.ports import Workbook
from perf_addin.application.rated import Rated
from perf_addin.application.rating_index import IndexResult
from perf_addin.application.settings import Settings
from perf_addin.domain.errors import UsageError
from perf_addin.domain.findings import Finding, Severity

_MOST_SUGGESTED = 300
"""Of how many indicators nearest names are looked for; that takes as long as all the rest."""
_TO_STATE = (
    f"Write the measure's name into column C of the sheet {BENCHMARKS.names[0]}, or state it with "
    "--measure."
)


class Benchmarked(NamedTuple):
    """What became of an index beside a file of benchmarks.

    Attributes:
        result: the index, rated.
        roles: who is who in the file.
        areas: the names of the areas, by key.
        compared: every indicator, in the order of the index.
        filled: the benchmark cells of the index that were filled.
        bands: those of its columns Quartile and Rank that were.
        sheet: the name of the sheet "Benchmarks".
        findings: what could not be read, matched, compared or filled.
    """

    result: IndexResult
    roles: Roles
    areas: Mapping[str, str]
    compared: tuple[Compared, ...]
    filled: tuple[Filled, ...]
    bands: tuple[Named, ...]
    sheet: str
    findings: tuple[Finding, ...]


def benchmark(
    workbook: Workbook,
    options: Settings,
    data: BenchmarkData,
    stated: Mapping[str, str],
    *,
    overwrite: bool,
) -> Benchmarked:
    """Compare every indicator with the file, fill the benchmark columns, lay out the sheet.

    Args:
        workbook: the workbook with the index.
        options: what was stated by options.
        data: the file.
        stated: measures stated by options, by the number or name of their indicator; what the
            sheet "Benchmarks" states comes after them, and an equal name last.
        overwrite: whether differing typed benchmarks are replaced.

    Raises:
        UsageError: our area is not stated, or what was stated is not in the file or the index.
        InputError: there is no index.
        OutputError: a sheet cannot be written.
    """
    picture = take_picture(workbook, options)
    roles = find_roles(picture.result.settings, data.areas, data.name)
    existing = BENCHMARKS.find(workbook.sheets)
    items = [each.rated for each in picture.indicators]
    kept, gone = match_lines(read_mapping(existing), items)
    mapping = {**kept, **_stated(stated, items)}
    compared, findings = _compare_all(picture, data, roles, mapping)
    latest = picture.result.period
    filled, told = fill(workbook, compared, roles, latest, overwrite=overwrite)
    bands, left = fill_bands(workbook, compared, overwrite=overwrite)
    findings = [*data.findings, *findings, *told, *left]
    name = existing.name if existing is not None else BENCHMARKS.free_name(workbook.sheets)
    workbook.put_sheet(
        lay_out_benchmarks(compared, mapping, gone, Heading(about(data, roles), name))
    )
    keep_stated(workbook, picture.result, options)
    return Benchmarked(
        picture.result,
        roles,
        data.areas,
        tuple(compared),
        tuple(filled),
        tuple(bands),
        name,
        tuple(findings),
    )


def _compare_all(
    picture: Picture, data: BenchmarkData, roles: Roles, mapping: Mapping[Key, str]
) -> tuple[list[Compared], list[Finding]]:
    compared: list[Compared] = []
    findings: list[Finding] = []
    for each in picture.indicators:
        found, told = _compare(each, data, roles, mapping, picture)
        compared.append(found)
        findings += told
    return compared, [*findings, *_unmatched(compared, data)]


def about(data: BenchmarkData, roles: Roles) -> str:
    """Which file it was, and whose figures were taken for what."""
    names = data.areas
    parts = [f"From {data.name}. Our area: {names[roles.own]}"]
    if roles.england is not None:
        parts.append(f"country: {names[roles.england]}")
    if roles.region is not None:
        parts.append(f"region: {names[roles.region]}")
    if roles.neighbours:
        parts.append(f"statistical neighbours: {', '.join(names[k] for k in roles.neighbours)}")
    elif roles.neighbour_average is not None:
        parts.append(f"statistical neighbours: the file's own {names[roles.neighbour_average]}")
    return "; ".join(parts) + "."


def _stated(stated: Mapping[str, str], items: Sequence[Rated]) -> dict[Key, str]:
    """The measures that options state, by the place of their indicator.

    Raises:
        UsageError: no indicator has the number or name, or several have.
    """
    found: dict[Key, str] = {}
    labels = {item.label for item in items} | {item.name for item in items}
    for label, measure in stated.items():
        those = [item for item in items if item.label == label] or [
            item for item in items if item.name == label
        ]
        if len(those) != 1:
            near = get_close_matches(label, labels, 3)
            hint = f" The nearest: {', '.join(near)}." if near and not those else ""
            what = f"{len(those)} indicators" if those else "no indicator"
            raise UsageError(
                f"--measure: the index has {what} {label!r}.{hint} Write NO=MEASURE with a number, "
                "or NAME=MEASURE with a name, that one indicator has."
            )
        found[those[0].sheet, those[0].row] = measure
    return found


def _compare(
    each: Pictured,
    data: BenchmarkData,
    roles: Roles,
    mapping: Mapping[Key, str],
    picture: Picture,
) -> tuple[Compared, list[Finding]]:
    item = each.rated
    wanted = mapping.get((item.sheet, item.row))
    measure = data.measures.get(measure_key(wanted or item.name))
    if measure is None:
        note = "The file has no measure of this name."
        few = len(picture.indicators) <= _MOST_SUGGESTED
        told = _not_matched(item, wanted, data) if wanted or few else ()
        return Compared(item, wanted, notes=(note,)), list(told)
    scale = scale_of(each, measure)
    if isinstance(scale, str):
        return Compared(item, measure.name, notes=(f"Not compared: {scale}.",)), [
            _unclear(item, measure, scale)
        ]
    peers = Peers(measure, data, roles, scale)
    return compare_with(each, peers, roles, data, picture.result.period)


def _not_matched(item: Rated, wanted: str | None, data: BenchmarkData) -> Iterator[Finding]:
    """Say what was looked for in vain, where it was stated or the file has a name that is near."""
    near = get_close_matches(measure_key(wanted or item.name), data.measures, 1, cutoff=0.8)
    hint = f" The nearest name there is {data.measures[near[0]].name!r}." if near else ""
    if wanted or near:
        what = f"the stated measure {wanted!r}" if wanted else "a measure of its name"
        yield Finding(
            "benchmark-not-matched",
            Severity.WARNING if wanted else Severity.INFO,
            f"Indicator {item.label}: {data.name} does not have {what}.{hint} {_TO_STATE}",
            item.sheet,
            item.place.name,
        )


def _unmatched(compared: Sequence[Compared], data: BenchmarkData) -> Iterator[Finding]:
    labels = [each.item.label for each in compared if each.measure is None]
    if labels:
        yield Finding(
            "benchmark-not-matched",
            Severity.INFO,
            f"{data.name} has no measure with the name of the indicators {', '.join(labels)}. "
            f"{_TO_STATE}",
        )


def _unclear(item: Rated, measure: Measure, why: str) -> Finding:
    return Finding(
        "benchmark-scale-unclear",
        Severity.WARNING,
        f"Indicator {item.label}: the measure {measure.name!r} was neither compared nor filled in, "
        f"since {why}. Write the file's percentages with a % sign.",
        item.sheet,
        item.place.name,
    )
