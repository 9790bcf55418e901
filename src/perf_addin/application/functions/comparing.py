"""DOT, AGAINST and QUARTILEBAND: a figure beside an earlier one, a benchmark, or its peers."""

from __future__ import annotations

from perf_addin.application.functions.declaration import (
    BLANKS,
    EXACT,
    POLARITY,
    SCALES,
    SPILLS,
    VALUE,
    Argument,
    Example,
    Kind,
    Range,
    WorksheetFunction,
    paragraphs,
)
from perf_addin.application.functions.learned import learning
from perf_addin.application.functions.limits import range_on
from perf_addin.application.functions.plain_judges import of_figures, own_error_or
from perf_addin.application.functions.reading import (
    RefusedArgumentError,
    limit_of,
    polarity_of,
    tolerance_of,
)
from perf_addin.application.functions.scaling import Scales, settle_tolerance, why_unclear
from perf_addin.application.functions.spreading import Judge
from perf_addin.application.functions.values import Defaults, Entry, ExcelError, Value
from perf_addin.domain.benchmarks import Standing, compare
from perf_addin.domain.direction import Direction, direction_of_travel
from perf_addin.domain.figures import Figure
from perf_addin.domain.polarity import Polarity
from perf_addin.domain.quartiles import Quartiles, find_band, find_quartiles
from perf_addin.domain.scales import Scale
from perf_addin.domain.tolerances import ToleranceUnit

_DIRECTIONS = tuple(direction.value for direction in Direction)
_STANDINGS = tuple(standing.value for standing in Standing)


def _travel(arguments: tuple[Entry, Entry, Entry, Entry], defaults: Defaults) -> Judge:
    previous = limit_of(arguments[0])
    if previous is None:
        return own_error_or("")
    stated = polarity_of(arguments[1])
    lower, upper = limit_of(arguments[2]), limit_of(arguments[3])
    limits = [limit for limit in (lower, upper) if limit is not None]
    by_default = Polarity.RANGE if limits else defaults.polarity or Polarity.HIGH
    polarity = stated or by_default
    if polarity is Polarity.RANGE and not limits:
        raise RefusedArgumentError(polarity)
    scales = Scales([previous, *limits])

    def answer(figure: Figure) -> Value:
        scale = scales.find(figure)
        earlier, current = scale.settle(previous).value, scale.settle(figure).value
        around = range_on(scale, lower, upper)
        if around is None or why_unclear(figure, earlier, scale):
            return ExcelError.VALUE
        travel = direction_of_travel(current, earlier, polarity, around.lower, around.upper)
        return "" if travel is None else travel.value

    one_way = polarity is not Polarity.RANGE
    return learning(of_figures(answer), [previous, *limits], _DIRECTIONS if one_way else ())


def _against(arguments: tuple[Entry, Entry, Entry], defaults: Defaults) -> Judge:
    benchmark = limit_of(arguments[0])
    if benchmark is None:
        return own_error_or("")
    polarity = _one_way(arguments[1], defaults)
    tolerance = tolerance_of(arguments[2])
    scales = Scales([benchmark])

    def answer(figure: Figure) -> Value:
        scale = scales.find(figure)
        beside = scale.settle(benchmark).value
        settled = settle_tolerance(tolerance, [benchmark], figure, scale)
        if isinstance(settled, str) or why_unclear(figure, beside, scale):
            return ExcelError.VALUE
        standing = compare(scale.settle(figure), beside, polarity, settled)
        return "" if standing is None else standing.value

    own = tolerance is not None and tolerance.unit is ToleranceUnit.OWN
    return learning(of_figures(answer), [benchmark], _STANDINGS, own_units=own)


def _quartile_band(arguments: tuple[Range, Entry], defaults: Defaults) -> Judge:
    peers = [peer for peer in map(limit_of, arguments[0].cells) if peer is not None]
    if not peers:
        return own_error_or("")
    polarity = _one_way(arguments[1], defaults)
    scales = Scales(peers)
    edges: dict[Scale, Quartiles] = {}

    def answer(figure: Figure) -> Value:
        if polarity is Polarity.INFO:
            return ""
        scale = scales.find(figure)
        if scale not in edges:
            edges[scale] = find_quartiles([scale.settle(peer).value for peer in peers])
        return find_band(scale.settle(figure).value, edges[scale], polarity) or ExcelError.NA

    return learning(of_figures(answer), peers, "ABCD")


def _one_way(entry: Entry, defaults: Defaults) -> Polarity:
    """High, Low, or Info; a range is no way to compare two figures."""
    polarity = polarity_of(entry) or defaults.polarity or Polarity.HIGH
    if polarity is Polarity.RANGE:
        raise RefusedArgumentError(entry)
    return polarity


DOT = WorksheetFunction(
    "DOT",
    (
        Argument("current", "The later figure."),
        Argument("previous", "The earlier figure: the period before, or the same one last year."),
        Argument(
            "polarity",
            'Which way is good: "High", "Low", or "Range" where nearer to the range is better.',
            '"Range" where a limit is given, else the settings\' polarity, else "High"',
        ),
        Argument("lower", 'Lower limit of the range, for polarity "Range".', "that side is open"),
        Argument("upper", 'Upper limit of the range, for polarity "Range".', "that side is open"),
    ),
    "Comparison",
    'Gives the direction of travel: "Better", "Worse" or "Same".',
    paragraphs(
        'Any difference counts. With polarity "Range" a figure exactly on a limit is within the '
        "range; two figures within it are the same, and outside it the nearer one is better.",
        BLANKS,
        'Polarity "Info" gives ""; "Range" without a limit gives #VALUE!.',
        SCALES,
        EXACT,
        SPILLS,
        "Direction of travel is the second column of nearly every published scorecard; the "
        "comparison is the one that Thurrock and Halton publish.",
    ),
    (
        Example((88, 85), "Better"),
        Example((88, 85, "Low"), "Worse"),
        Example((88, 88), "Same"),
        Example((22, 25, "Range", 12, 20), "Better"),
    ),
    _travel,
)

AGAINST = WorksheetFunction(
    "AGAINST",
    (
        VALUE,
        Argument("benchmark", "What it is compared with: England, London, neighbours."),
        POLARITY,
        Argument(
            "tolerance",
            'How far from the benchmark, on either side, is in line: "5%" of it, "2pp", or a '
            "number in the figure's own unit.",
            "only an equal figure is in line",
        ),
    ),
    "Comparison",
    'Compares a figure with a benchmark: "Better", "Worse" or "In line".',
    paragraphs(
        "Exactly the tolerance away is in line, on either side. 2pp is 0.02 where the benchmark is "
        "a ratio between -1 and 1, and 2 where it is in per cent.",
        BLANKS,
        'Polarity "Info" gives ""; "Range" gives #VALUE!.',
        SCALES,
        EXACT,
        SPILLS,
        "Committee papers use it to say that an indicator is red and yet better than England.",
    ),
    (
        Example((88, 85), "Better"),
        Example((88, 85, "Low"), "Worse"),
        Example((88, 85, "High", "5%"), "In line"),
        Example((0.88, 0.85, "High", "2pp"), "Better"),
    ),
    _against,
)

QUARTILEBAND = WorksheetFunction(
    "QUARTILEBAND",
    (
        VALUE,
        Argument(
            "peers",
            "The figures of all authorities, your own included; blanks and symbols are left out.",
            kind=Kind.WHOLE,
        ),
        POLARITY,
    ),
    "Comparison",
    'Gives the quarter of all authorities in which a figure lies: "A" (best) to "D" (worst).',
    paragraphs(
        "Quartiles are those of Excel's QUARTILE.INC. A figure exactly on an edge belongs to the "
        "quarter below that edge, whichever way is good. A figure outside all the peers gives "
        "#N/A, as PERCENTRANK.INC does: the peers have to contain it.",
        BLANKS,
        'No peers at all, and polarity "Info", give ""; "Range" gives #VALUE!.',
        EXACT,
        "A range of values is answered cell by cell; the peers are taken as a whole.",
        "The rule is that of the Local Authority Interactive Tool of the Department for Education.",
    ),
    (
        Example((30, [[0], [25], [50], [75], [100]], "Low"), "B"),
        Example((30, [[0], [25], [50], [75], [100]], "High"), "C"),
        Example((25, [[0, 25, 50, 75, 100]], "Low"), "A"),
        Example((110, [[0, 25, 50, 75, 100]]), ExcelError.NA),
    ),
    _quartile_band,
)
