"""Which way is good: the polarity of an indicator, and the words that people use for it."""

from __future__ import annotations

from perf_addin.domain.declaring import StrEnum


class Polarity(StrEnum):
    """High: more is better. Low: less is better. Range: near is better. Info: never rated."""

    HIGH = "High"
    LOW = "Low"
    RANGE = "Range"
    INFO = "Info"


_WORDS = {
    Polarity.HIGH: (
        "high|higher|h|highest|big|bigger|larger|more|up|increase|increasing|maximise|maximize"
        "|rise|rising|good to be high|high is good|higher is better|bigger is better"
        "|more is better|increase is good|aim to increase|aim to maximise|aim high|up is good"
        "|\N{UPWARDS ARROW}|\N{UPWARDS BLACK ARROW}|\N{BLACK UP-POINTING TRIANGLE}|+|greater|above"
    ),
    Polarity.LOW: (
        "low|lower|l|lowest|small|smaller|less|fewer|down|decrease|decreasing|minimise|minimize"
        "|reduce|reducing|fall|falling|good to be low|low is good|lower is better"
        "|smaller is better|less is better|fewer is better|decrease is good|aim to decrease"
        "|aim to minimise|aim to reduce|aim low|down is good|\N{DOWNWARDS ARROW}"
        "|\N{BLACK DOWN-POINTING TRIANGLE}|\N{DOWNWARDS BLACK ARROW}|below"
    ),
    Polarity.RANGE: (
        "range|in range|within range|plan|to plan|on plan|t|target|stay close|close to target"
        "|stay close to target|goldilocks|on target|near target|\N{LEFT RIGHT ARROW}"
        "|within limits|in the range|to target"
    ),
    Polarity.INFO: (
        "info|information|information only|for information|for information only|i"
        "|measure for information|info only|monitor|monitoring|monitored|m|trend|n/a|na|none"
        "|neutral|neither|context|contextual|data only|not applicable|no polarity|-|narrative"
    ),
}
_ENDS = " .\N{VARIATION SELECTOR-16}"  # Excel adds the selector to an arrow shown as an emoji
_POLARITY_OF = {word: polarity for polarity, words in _WORDS.items() for word in words.split("|")}


def read_polarity(text: str) -> Polarity | None:
    """Give the polarity that a text names, in either case, or None where it names none."""
    return _POLARITY_OF.get(" ".join(text.casefold().strip(_ENDS).split()))


def words_for(polarity: Polarity) -> tuple[str, ...]:
    """The words by which people name a polarity, in lower case."""
    return tuple(_WORDS[polarity].split("|"))
