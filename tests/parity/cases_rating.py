"""Cases of RAG and RAGWHY. Rule numbers are those of the collection of published rules."""

from __future__ import annotations

from tests.parity.table import (
    BLANK,
    DIV0,
    NA,
    NAME,
    NULL,
    NUM,
    OMITTED,
    REF,
    VALUE,
    Case,
    rated,
    told,
)

_DEFAULT = "nothing stated: amber within 10% of target, green only if met"
_EDGE = "boundaries are inclusive on the better side"
_MISSING = "a missing-data symbol or a blank gives an empty text"
_ERRORS = "an Excel error passes through, the first argument's first"
_POINTS = "5pp is 0.05 for a target between -1 and 1, and 5 on 0-100"
_SCALE = "88% and 0.88 are one fact; 88 and 0.91 may be on two scales"
_BINARY = "binary floating point never decides"

RATED = [
    *rated("RAG", "91 92 90.9 82 81.9 81.8 0", (91,), "GGAAAR" + "R", _DEFAULT),
    *rated("RAG", "100 120 95 94.99 90 89.99", (100, "High", "10%", "5%"), "GGGAAR", "rule 1"),
    *rated("RAG", "100 95 94 90 89", (100, "High", "10%", "5%"), "GGAAR", "rule 2"),
    *rated("RAG", "200 201 199.9 180 179.9", (200, "High", "10%"), "GGAAR", "rule 3"),
    *rated("RAG", "200 199 200.1 220 220.1", (200, "Low", "10%"), "GGAAR", "rule 3"),
    *rated("RAG", "200 199 190.1 190 189.9", (200, "High", "5%"), "GAAAR", "rule 7"),
    *rated("RAG", "1000 990 989.9 950 949.9", (1000, "High", "5%", "1%"), "GGAAR", "rule 8"),
    *rated("RAG", "1000 1010 1010.1 1050 1050.1", (1000, "Low", "5%", "1%"), "GGAAR", "rule 8"),
    *rated("RAG", ["85%", "84.9%", "82.5%", "82.4%"], ("85%", "High", "2.5pp"), "GAAR", "rule 12"),
    *rated("RAG", "12 11 12.1 15 15.1", (12, "Low", 3), "GGAAR", "rule 14"),
    *rated("RAG", "85 84.9 80", (85, "High", 0), "GRR", "rule 13: no amber"),
    *rated("RAG", "90 99 99.1 81 80.9", (90, "Range", "10%"), "GARAR", "rule 19"),
    *rated("RAG", "500 501 525 525.1 475 474.9", (500, "Range", "5%"), "GAARAR", "rule 23"),
    *rated("RAG", "50 55 55.1 45 44.9", (50, "Range", 5, 5), "GGRGR", "rule 36"),
    *rated("RAG", "84 85 86", ("Fewer than 85", "Low", 0), "GRR", "rule 21"),
    *rated("RAG", ["50.1%", "50%", "49%"], ("Greater than 50%", "", 0), "GRR", "rule 21"),
    *rated("RAG", ["9.1%", "9%", "8.9%"], ("Maintain 9% or above", "", 0), "GGR", "rule 21"),
    *rated("RAG", ["50%", "95%"], ("Top quartile", "High"), "!!", "rule 21: not arithmetic"),
    *rated("RAG", "50 95", ("Above Stat Neighbour Average",), "!!", "rule 21: not arithmetic"),
    *rated("RAG", "84 85 90", (85, "Info"), "---", "information only is never rated"),
    *rated("RAG", "84 85 93.5 93.6", ("Fewer than 85",), "GAAR", "the wording settles polarity"),
    *rated("RAG", "95 94 85.5 85.4", ("95 or above",), "GAAR", "the wording settles polarity"),
    *rated("RAG", "5 6 4", ("5 or fewer", OMITTED, 1), "GAG", "the wording settles polarity"),
    *rated("RAG", "5 6 7", ("no more than 5", OMITTED, 1), "GAR", "the wording settles polarity"),
    *rated("RAG", "5 6 4", (">= 5", OMITTED, 1), "GGA", "the wording settles polarity"),
    *rated("RAG", "84", ("Fewer than 85", "High"), "!", "the target contradicts the polarity"),
    *rated("RAG", "10 20 15 9 8.9 22 22.1", ("10-20", "Range"), "GGGARAR", _EDGE),
    *rated("RAG", "10 20 15 21", ("10 to 20",), "GGGA", "a range settles polarity"),
    *rated("RAG", "15", ("10-20", "High"), "!", "a range contradicts the polarity"),
    *rated("RAG", "15", ("20-10", "Range"), "!", "no range: its lower limit is above the upper"),
    *rated("RAG", "12 13 7 8", (10, "Range", 2), "ARRA", _EDGE),
    *rated("RAG", "0 1", (0, "Low"), "GR", "a relative tolerance on 0 has no meaning"),
    *rated("RAG", "0 1 2 3", (0, "Low", 2), "GAAR", "an own-unit tolerance on 0 has one"),
    *rated("RAG", "0 -1 1", (0, "High"), "GRG", "a relative tolerance on 0 has no meaning"),
    *rated("RAG", "-100 -110 -90 -89.9", (-100, "Low", "10%"), "GGAR", "per cent of the size"),
    *rated("RAG", "-100 -110 -110.1 -90", (-100, "High", "10%"), "GARG", "per cent of the size"),
    *rated("RAG", "99 100", (100, "High", "5%", "10%"), "!!", "green is wider than amber"),
    *rated("RAG", "90 89.9 100", (100, "High", "10%", "10%"), "GRG", "green as wide as amber"),
    *rated("RAG", "95 90 89.9", (100, OMITTED, OMITTED, "5%"), "GAR", "amber by default"),
    *rated("RAG", "80 79.9 100", (100, OMITTED, OMITTED, "20%"), "GRG", "amber no wider"),
]

SCALES = [
    *rated("RAG", "0.91 0.88 0.819 0.81", (0.91,), "GAAR", _SCALE),
    *rated("RAG", ["91%", "88%", "81%", "91.5%"], (0.91,), "GARG", _SCALE),
    *rated("RAG", [0.91, 0.88, 91, 88, "88%"], ("91%",), "GAGAA", _SCALE),
    *rated("RAG", ["91%", "88%", "80%"], (91,), "GAR", _SCALE),
    *rated("RAG", "88 92 30", (0.91,), "!!!", _SCALE),
    *rated("RAG", "0.88 0.92 0.3", (91,), "!!!", _SCALE),
    *rated("RAG", "88 30", (1, "High"), "!!", "a target of 100% and a figure in points"),
    *rated("RAG", "30 1 0 2", (1, "Low"), "RGGR", "a count of 1 is no ratio"),
    *rated("RAG", "1 0 30", (30, "Low"), "GGG", "a count of 1 is no ratio"),
    *rated("RAG", "1 0.95 0", ("95%",), "GGR", "1 is 100% beside a percentage"),
    *rated("RAG", "1.2", ("95%",), "!", "120% stored as 1.2, or 1.2%"),
    *rated("RAG", "1.2 0.9", (1,), "GA", "ratios about 100%"),
    *rated("RAG", ["0.5%", "1%", 0.005], ("1%", "Low"), "GGG", _SCALE),
    *rated("RAG", "0.91 0.88 0.86 0.859", (0.91, "High", "5pp"), "GAAR", _POINTS),
    *rated("RAG", "91 88 86 85.9", (91, "High", "5pp"), "GAAR", _POINTS),
    *rated("RAG", ["91%", "88%", "86%", "85.9%"], (0.91, "High", "5pp"), "GAAR", _POINTS),
    *rated("RAG", "-0.5 -0.47 -0.45 -0.44", (-0.5, "Low", "5pp"), "GAAR", _POINTS),
    *rated("RAG", "1 0.95 0.94", (1, "High", "5 points"), "GAR", _POINTS),
    *rated("RAG", "0.91 0.86 0.85", (0.91, "High", 0.05), "GAR", "own unit"),
    *rated("RAG", ["88%", "85%"], (0.91, "High", 0.05), "AR", "a ratio beside ratios"),
    *rated("RAG", ["88%", "85%"], ("91%", "High", 5), "AR", "own unit of a percentage: points"),
    *rated("RAG", ["88%"], ("91%", "High", 0.05), "!", "points or a ratio"),
    *rated("RAG", "0.88", (0.91, "High", 5), "!", "larger than any ratio"),
    *rated("RAG", "3.5 3 2.9", (3.5, "High", 0.5), "GAR", "own unit"),
    *rated("RAG", "3 4 1", (1, "Low", 2), "ARG", "own unit of a count"),
]

EXACTNESS = [
    *rated("RAG", [0.1 + 0.2, 0.3, 0.27], (0.3,), "GGA", _BINARY),
    *rated("RAG", [0.3], (0.1 + 0.2,), "G", _BINARY),
    *rated("RAG", [1.1 + 2.2], (3.3, "Low"), "G", _BINARY),
    *rated("RAG", [0.7 * 3, 2.1], (2.1, "Low", 0), "GG", _BINARY),
    *rated("RAG", [1 - 0.9, 0.1], (0.1, "High", 0), "GG", _BINARY),
    *rated("RAG", [0.57 * 100, 57], (57, "High", 0), "GG", _BINARY),
    *rated("RAG", "0.9 0.8999999", (1, "High", "10%"), "AR", _EDGE),
    *rated("RAG", [0.29 * 100], (29, "High", 0), "G", _BINARY),
    *rated("RAG", [4.35 * 100], (435, "High", 0), "G", _BINARY),
    *rated("RAG", "1.15 1.1499", (1.35, "High", 0.2), "AR", _BINARY),
    *rated("RAG", [999999999999999, 999999999999998], (999999999999999, "", 0), "GR", _BINARY),
    *rated("RAG", [1e300, 1e299], (1e300,), "GR", "numbers of every size"),
    *rated("RAG", [1e-300, 1e-301], (1e-300,), "GR", "numbers of every size"),
]

_SYMBOLS = ["z", "x", ":", "c", "low", "k", "~", "u", "..", "-", "*", "N/A", "n/a", "TBC", "#N/A"]

ENTRIES = [
    *rated("RAG", _SYMBOLS, (91,), "-" * len(_SYMBOLS), _MISSING),
    *told("RAG", [((88, symbol), "") for symbol in _SYMBOLS], _MISSING),
    *rated("RAG", ["", " ", BLANK, OMITTED, " x ", "Z"], (91,), "------", _MISSING),
    *rated("RAG", [BLANK, "", 0], (0,), "--G", "0 is a true zero"),
    *rated("RAG", "88", (BLANK,), "-", _MISSING),
    *rated("RAG", "88", ("",), "-", _MISSING),
    *rated("RAG", "88 91", (91, BLANK, BLANK, BLANK), "AG", "a blank argument is left out"),
    *rated("RAG", "88 91", (91, "", "", ""), "AG", "a blank argument is left out"),
    *rated("RAG", ["abc", "12 (of 15)", "88 percent of", "1,23"], (91,), "!!!!", "no figure"),
    *rated("RAG", [True, False], (1,), "!!", "a truth value is no figure"),
    *rated("RAG", "88", (True,), "!", "a truth value is no figure"),
    *rated("RAG", ["1,234", "£1,200", "1200 days", " 1200 "], (1200,), "GGGG", "figures as typed"),
    *rated("RAG", ["26 weeks", "27 weeks"], (26, "Low"), "GA", "figures as typed"),
    *rated("RAG", ["88", "88.0", "+88", "88 %"], (91,), "AAAA", "figures as typed"),
    *told("RAG", [((e, 91), e) for e in (DIV0, NA, NAME, NULL, NUM, REF, VALUE)], _ERRORS),
    *told("RAG", [((88, e), e) for e in (DIV0, NA, NAME, NULL, NUM, REF, VALUE)], _ERRORS),
    *told(
        "RAG",
        [
            ((DIV0, NA), DIV0),
            ((NA, DIV0), NA),
            ((88, 91, REF), REF),
            ((88, 91, "High", NAME), NAME),
            ((88, 91, "High", "5%", NUM), NUM),
            ((BLANK, NA), NA),
            (("abc", NA), NA),
            ((88, 91, REF, NAME), REF),
            (("x", 91, "High", DIV0), DIV0),
        ],
        _ERRORS,
    ),
    *rated("RAG", "88", (91, "Sideways"), "!", "no polarity"),
    *rated("RAG", "88", (91, 1), "!", "no polarity"),
    *rated("RAG", ["x", BLANK], (91, "Sideways"), "--", _MISSING),
    *rated("RAG", "88", (91, "High", "lots"), "!", "no tolerance"),
    *rated("RAG", "88", (91, "High", -5), "!", "a negative tolerance"),
    *rated("RAG", "88", (91, "High", "-5%"), "!", "a negative tolerance"),
    *rated("RAG", "88", (91, "High", "5%", "few"), "!", "no tolerance"),
    *told(
        "RAG",
        [((88, 91, word), "A") for word in ("high", "HIGH", " High ", "Higher is better", "H")],
        "words for polarity",
    ),
    *told(
        "RAG",
        [((88, 91, word), "G") for word in ("low", "Low", "smaller is better", "L")],
        "words for polarity",
    ),
    *told(
        "RAG",
        [((86, 91, "", t), "A") for t in ("5pp", "5 pp", "5 points", "5ppt", 5, "5", "+/-5", 5.0)],
        "spellings of a tolerance",
    ),
    *told("RAG", [((87, 91, "", t), "A") for t in ("5%", "5 %", "±5%")], "spellings"),
    *told("RAG", [((86, 91, "", t), "R") for t in ("5%", "5 %", "±5%")], "spellings"),
]

_WHY = "the sentence says which tolerance was used and what was taken by default"

SENTENCES = told(
    "RAGWHY",
    [
        (
            (88, 91),
            (
                "Amber: 88 against a target of 91 (High): missed by 3.3%; amber allows 10%; "
                "polarity and tolerance by built-in default"
            ),
        ),
        (
            (85, 91, "High", "5%"),
            "Red: 85 against a target of 91 (High): missed by 6.6%; amber allows 5%",
        ),
        (
            ("85%", "91%", "High", "5pp"),
            "Red: 85% against a target of 91% (High): missed by 6 points; amber allows 5 points",
        ),
        (
            (26, 24, "Low", 2),
            "Amber: 26 against a target of 24 (Low): missed by 2; amber allows 2",
        ),
        (
            (96, 100, "High", "10%", "5%"),
            "Green: 96 against a target of 100 (High): missed by 4%; green allows 5%",
        ),
        (
            (85, "Fewer than 85", "", "5%"),
            "Amber: 85 against a target of fewer than 85 (Low): exactly there, and so not met",
        ),
        ((91, 91, "High", "5%"), "Green: 91 against a target of 91 (High): met"),
        ((88, 91, "Info"), "Not rated: information only"),
        (
            (84, "Fewer than 85", "High"),
            "Not rated: the target 'fewer than 85' contradicts the polarity High",
        ),
        ((50, "Top quartile"), "Not rated: the target 'Top quartile' cannot be reckoned with"),
        ((88, 0.91), "Not rated: 88 and 0.91 may be on two scales, ratio and per cent"),
        (("x", 91), ""),
        ((BLANK, 91), ""),
        ((88, BLANK), ""),
        (("abc", 91), VALUE),
        ((88, 91, "Sideways"), VALUE),
        ((NA, 91), NA),
        (
            (3, 0, "Low", "10%"),
            (
                "Red: 3 against a target of 0 (Low): missed by 3; a tolerance in per cent has no "
                "meaning for a target of 0"
            ),
        ),
    ],
    _WHY,
)

_SHAPES = "results spill in the shape of the inputs, as Excel's own functions do"

SPILLED = told(
    "RAG",
    [
        (([[95], [88], [50]], 91), [["G"], ["A"], ["R"]]),
        (([[95, 88, 50]], 91), [["G", "A", "R"]]),
        (([[95, 88], [50, 91]], 91), [["G", "A"], ["R", "G"]]),
        ((88, [[91], [80], [100]]), [["A"], ["G"], ["R"]]),
        (([[95], [88]], [[91, 80, 100]]), [["G", "G", "A"], ["A", "G", "R"]]),
        (([[95], [88], [3]], [[91], [80]]), [["G"], ["G"], [NA]]),
        (([[95, 88, 3]], [[91, 80]]), [["G", "G", NA]]),
        (([[88]], 91), [["A"]]),
        ((88, [[91]]), [["A"]]),
        (([[88]], [[91], [80]]), [["A"], ["G"]]),
        (([[95], ["x"], [DIV0], ["abc"]], 91), [["G"], [""], [DIV0], [VALUE]]),
        (([[88], [88]], [[91], [NA]]), [["A"], [NA]]),
        (([[88], [88]], 91, [["High"], ["Low"]]), [["A"], ["G"]]),
        (([[86], [86]], 91, "High", [["5%", "5pp"]]), [["R", "A"], ["R", "A"]]),
        (([[1], [True]], 1), [["G"], [VALUE]]),
        ((1, [[1], [True], [1]]), [["G"], [VALUE], ["G"]]),
        (([["#N/A"], [NA]], 91), [[""], [NA]]),
        ((91, [["#N/A"], [NA]]), [[""], [NA]]),
        (([[95], [BLANK], [BLANK]], 91), [["G"], [""], [""]]),
        (([[95], [BLANK], [88]], [[91], [91], [BLANK]]), [["G"], [""], [""]]),
        (([[95], [BLANK], [BLANK]], [[91], [NA], [BLANK]]), [["G"], [NA], [""]]),
    ],
    _SHAPES,
)

CASES: list[Case] = [*RATED, *SCALES, *EXACTNESS, *ENTRIES, *SENTENCES, *SPILLED]
