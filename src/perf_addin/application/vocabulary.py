"""What the headings of a performance index say: field names and their synonyms.

The words were collected from the published scorecards listed in docs/glossary.md. A heading is
compared without case, punctuation, line breaks and financial years, so that `Target 2021/22`,
`TARGET:` and `target` are one heading.
"""

from __future__ import annotations

from functools import lru_cache

from perf_addin.domain.declaring import StrEnum
from perf_addin.domain.lazy_patterns import lazily
from perf_addin.domain.periods import is_year


class Field(StrEnum):
    """A field of an indicator, named as the Settings sheet and the options name it."""

    NO = "No"
    NAME = "Indicator"
    GROUP = "Group"
    FREQUENCY = "Frequency"
    POLARITY = "Polarity"
    UNIT = "Unit"
    TARGET = "Target"
    TOLERANCE = "Tolerance"
    GREEN_TOLERANCE = "Green tolerance"
    GREEN = "Green threshold"
    AMBER = "Amber threshold"
    LOWER = "Lower limit"
    UPPER = "Upper limit"
    RANGE = "Acceptable range"
    MARGIN = "Margin"
    RULE = "Rule"
    ACTUAL = "Actual"
    EARLIER = "Previous"
    PERIOD = "Period"
    YEAR = "Year"
    RATING = "Rating"
    REASON = "Reason"
    COMMENTARY = "Commentary"
    HIGHLIGHT = "Highlight"
    HIGHLIGHT_COMMENTARY = "Highlight commentary"
    LEAD = "Service lead"
    CAVEAT = "Data caveat"
    NOTES = "Notes"
    BENCHMARK = "Benchmark"
    OTHER = "Other"


_SYNONYMS: dict[Field, str] = {
    Field.NO: (
        "no|no.|num|number|#|ref|ref no|ref.|reference|id|code|pi|pi no|pi ref|pi id|pi code"
        "|kpi no|kpi ref|kpi id|indicator no|indicator number|indicator ref|indicator id"
        "|indicator code|measure no|measure ref|measure id|measure code|line|line no"
    ),
    Field.NAME: (
        "indicator|indicators|performance indicator|performance indicators|indicator name"
        "|indicator title|indicator description|measure|measures|measure name|measure title"
        "|measure description|performance measure|performance measures|kpi|kpis|kpi name"
        "|kpi title|kpi description|key performance indicator|key performance indicators"
        "|description|descriptor|title|name|pi description|pi name|pi title|what we measure"
    ),
    Field.GROUP: (
        "group|theme|category|service|service area|section|priority|outcome|directorate|domain"
        "|area|team|department|portfolio|objective"
    ),
    Field.FREQUENCY: "frequency|freq|reporting frequency|how often|reported|collection frequency",
    Field.POLARITY: (
        "polarity|good is|better when|better if|better is|good performance|good performance is"
        "|good to be|good|good direction|direction of good|desired direction|desired trend"
        "|preferred direction|aim|aim to|high or low|what is good|what good looks like"
        "|bigger or smaller is better|higher or lower is better"
    ),
    Field.UNIT: "unit|units|unit of measure|unit of measurement|measured in|format",
    Field.TARGET: (
        "target|targets|annual target|year end target|end of year target|current target|plan"
        "|target value|monthly target|quarterly target|goal|standard|target for year|our target"
        "|local target|ytd target|target to date|profiled target"
    ),
    Field.TOLERANCE: "tolerance|target tolerance|amber tolerance|tolerances|tolerance amber",
    Field.GREEN_TOLERANCE: "green tolerance|tolerance green",
    Field.GREEN: "green threshold|green|green value|green if|target green|green target",
    Field.AMBER: (
        "amber threshold|amber|amber value|amber if|floor|floor standard|floor target"
        "|minimum standard|amber floor"
    ),
    Field.LOWER: (
        "lower limit|lower|lower threshold|lower bound|lower range|range lower|range from|min"
        "|minimum|lowest acceptable|acceptable lower|low limit|acceptable minimum"
        "|acceptable range lower|lower acceptable limit"
    ),
    Field.UPPER: (
        "upper limit|upper|upper threshold|upper bound|upper range|range upper|range to|max"
        "|maximum|highest acceptable|acceptable upper|high limit|acceptable maximum"
        "|acceptable range upper|upper acceptable limit"
    ),
    Field.RANGE: (
        "acceptable range|range|acceptable range of variation|range of variation|expected range"
        "|acceptable variation|normal range|target range|tolerance range"
    ),
    Field.MARGIN: "margin|range margin|amber margin|margin amber",
    Field.RULE: "rule|rating rule|rag rule|rag method|rating method|how rated|rag basis",
    Field.ACTUAL: (
        "actual|actuals|value|result|results|current|current value|current performance|latest"
        "|performance|outturn|latest performance|latest value|latest figure|figure|actual value"
        "|actual performance|this period|current period|score|ytd|year to date|actual ytd"
        "|ytd actual|latest data|this month|this quarter|position|current position"
    ),
    Field.EARLIER: (
        "previous|previous period|previous value|prior|prior period|last period|last month"
        "|last quarter|previous month|previous quarter|last year|previous year"
        "|same period last year"
    ),
    Field.PERIOD: (
        "period|reporting period|month|reporting month|date|quarter|period ending|month ending"
        "|quarter ending|time period|data period"
    ),
    Field.YEAR: "year|financial year|fiscal year|fy|reporting year",
    Field.RATING: (
        "rag|rating|status|rag rating|rag status|current rag|current rating|current status"
        "|performance rating|performance status|traffic light|r/a/g|r a g|latest rag|bragg|brag"
    ),
    Field.REASON: "rating reason",
    Field.COMMENTARY: (
        "commentary|service commentary|comment|comments|narrative|explanation|service comments"
        "|service comment|performance commentary|exception commentary|performance narrative"
        "|lead officer commentary|commentary and actions|analysis"
    ),
    Field.HIGHLIGHT: (
        "highlight|highlights|of note|indicator of note|report as|report section|flag"
        "|exception report section|reporting flag"
    ),
    Field.HIGHLIGHT_COMMENTARY: (
        "highlight commentary|highlight comment|commentary of note|panel commentary"
        "|commentary for panel|note for panel|highlight note"
    ),
    Field.LEAD: (
        "service lead|lead|lead officer|owner|indicator owner|measure owner|head of service"
        "|responsible|responsible officer|accountable officer"
    ),
    Field.CAVEAT: "data caveat|data caveats|caveat|caveats|data quality|data quality note",
    Field.NOTES: "notes|note|remarks|remark",
    Field.BENCHMARK: (
        "benchmark|benchmarks|benchmarking|comparators|comparator|comparison|comparisons|england"
        "|england average|national|national average|london|london average|regional"
        "|regional average|region|region average|statistical neighbours|statistical neighbour"
        "|stat neighbours"
        "|statistical neighbour average|sn|sn average|stat neighbour average|previous years"
        "|earlier years|previous outturn|outturns|history|baseline|own earlier years"
    ),
    Field.OTHER: (
        "direction of travel|dot|trend|trend chart|sparkline|source|numerator|denominator|chart"
        "|variance|rank|quartile|quartile band|quartile position|quartile rank|current quartile"
        "|latest quartile|national quartile|england quartile|london quartile|regional quartile"
        "|variation|assurance"
    ),
}

_FIELD_OF = {words: field_ for field_, listed in _SYNONYMS.items() for words in listed.split("|")}
NAME_HEADINGS = frozenset(_SYNONYMS[Field.NAME].split("|"))

_YEAR = lazily(r"\b(?:20)?\d\d\s*[/-]\s*(?:20)?\d\d\b|\b20\d\d\b")
_NO_MEANING = str.maketrans(dict.fromkeys("_:*?", " "))
_IN_YEARS = ("20", "/", "-")  # one of which every year has that `_YEAR` finds
_MATCHES_AT_MOST = 60
_FULL = len("2021")
_HELD = 512  # a header is looked at several times before it is taken for one


@lru_cache(_HELD)
def plain_words(text: str) -> str:
    """Give a heading without case, years, brackets and punctuation that carry no meaning."""
    plain = text.casefold().replace("'", "").replace("\N{EN DASH}", "-").translate(_NO_MEANING)
    words = " ".join(plain.split())
    if not words.isascii() or any(map(words.__contains__, _IN_YEARS)):
        kept = [word for word in words.split(" ") if not (_are_years(word) or _is_full(word))]
        if not all(map(str.isalpha, kept)):  # others may be years, or parts of one
            kept = _YEAR.sub(" ", words).split()
        words = " ".join(kept)
    return words.strip(" .,;-()[]")


def _are_years(word: str) -> bool:
    """Whether a word is a financial year as most people write it: `2021/22`."""
    first, _, second = word.replace("-", "/").partition("/")
    return is_year(first) and is_year(second)


def _is_full(word: str) -> bool:
    """Whether a word is a year in four digits; where it is part of two years, signs are left."""
    return len(word) == _FULL and is_year(word)


def read_heading(text: str) -> Field | None:
    """Give the field that a heading names, or None where it is no heading that we know.

    Bracketed additions are allowed: `Target (annual)` names the target.
    """
    if len(text) > _MATCHES_AT_MOST:
        return None
    words = plain_words(text)
    found = _FIELD_OF.get(words)
    if found is None and "(" in words:
        found = _FIELD_OF.get(words.split("(", 1)[0].strip())
    if found is None and words.endswith(" %"):
        found = _FIELD_OF.get(words[:-2])
    return found


def read_field(name: str) -> Field | None:
    """Give the field that a setting or an option names, by its own name or a synonym."""
    words = plain_words(name)
    for known in Field:
        if known.value.casefold() == words:
            return known
    return _FIELD_OF.get(words)


def synonyms(wanted: Field) -> tuple[str, ...]:
    """Give the headings that name a field, for messages that say what was looked for."""
    return tuple(_SYNONYMS[wanted].split("|"))
