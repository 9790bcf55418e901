"""Cases of the functions that take a whole series or all peers."""

from __future__ import annotations

from tests.parity.table import BLANK, DIV0, NA, REF, VALUE, Case, told

_PEERS: list[list[bool | int | float | str | None]] = [[0], [25], [50], [75], [100]]
_LAIT = "the Department for Education's tool: upper edges inclusive, type-7 quantiles"

QUARTILES = [
    *told(
        "QUARTILEBAND",
        [
            ((value, _PEERS, polarity), band)
            for value, low, high in (
                (10, "A", "D"),
                (30, "B", "C"),
                (60, "C", "B"),
                (80, "D", "A"),
                (0, "A", "D"),
                (25, "A", "D"),
                (50, "B", "C"),
                (75, "C", "B"),
                (100, "D", "A"),
                (-10, NA, NA),
                (110, NA, NA),
            )
            for polarity, band in (("Low", low), ("High", high))
        ],
        _LAIT,
    ),
    *told(
        "QUARTILEBAND",
        [
            ((80, _PEERS), "A"),
            (("x", _PEERS, "Low"), ""),
            ((BLANK, _PEERS), ""),
            (("abc", _PEERS), VALUE),
            ((30, _PEERS, "Range"), VALUE),
            ((30, _PEERS, "Info"), ""),
            ((30, [["x"], [".."]]), ""),
            ((30, BLANK), ""),
            ((30, [[10], ["abc"]]), VALUE),
            ((30, [[10], [DIV0], [NA]]), DIV0),
            ((NA, [[10], [DIV0]]), NA),
            ((3, [[1, 2], [3, 4]], "Low"), "C"),
            ((1.75, [[1, 2, 3, 4]], "Low"), "A"),
            ((1.7500001, [[1, 2, 3, 4]], "Low"), "B"),
            ((0.3, [[0.1, 0.2, 0.3, "x"]], "Low"), "D"),
            (("30%", [["10%"], ["30%"], ["50%"]], "Low"), "B"),
            ((0.3, [["10%"], ["30%"], ["50%"]], "Low"), "B"),
            ((5, 5, "Low"), "A"),
            (([[10], [60]], _PEERS, "Low"), [["A"], ["C"]]),
            (([[10], [60]], _PEERS, [["Low", "High"]]), [["A", "D"], ["C", "B"]]),
            (([[20], ["z"], [NA]], [[10, 20, BLANK, 30]], "Low"), [["B"], [""], [NA]]),
        ],
        _LAIT,
    ),
]

_XMR = "Making Data Count, as NHSRplotthedots reckons it"
_FLAT: list[bool | int | float | str | None] = [
    *(50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 50, 51, 49)
]
_RISING: list[bool | int | float | str | None] = [*(5, 9, 5, 9, 5, 5.5, 6, 6.5, 7, 7.5, 8)]

_EACH_WAY: list[list[bool | int | float | str | None]] = [
    ["consistently pass"],
    ["hit and miss"],
    ["consistently fail"],
]

CHARTED = [
    *told(
        "SPCLIMITS",
        [
            (([[2], [4], [3], [5]],), [[3.5, 3.5 - 2.66 * 5 / 3, 3.5 + 2.66 * 5 / 3]]),
            (([[2, 4, 3, 5]],), [[3.5, 3.5 - 2.66 * 5 / 3, 3.5 + 2.66 * 5 / 3]]),
            (([[2], ["x"], [4], [""], [3], [5]],), [[3.5, 3.5 - 2.66 * 5 / 3, 3.5 + 2.66 * 5 / 3]]),
            (([[4], [8]],), [[6.0, 6 - 2.66 * 4, 6 + 2.66 * 4]]),
            (([[5], [5], [5]],), [[5.0, 5.0, 5.0]]),
            (([["50%"], ["60%"]],), [[0.55, 0.284, 0.816]]),
            (([["50%"], [60]],), [[55.0, 28.4, 81.6]]),
            (([[5]],), [[5.0, NA, NA]]),
            ((5,), [[5.0, NA, NA]]),
            (([["x"], [".."]],), [["", "", ""]]),
            ((BLANK,), [["", "", ""]]),
            (([[2], ["abc"]],), VALUE),
            (([[2], [True]],), VALUE),
            (([[2], [DIV0], [NA]],), DIV0),
        ],
        _XMR,
    ),
    *told(
        "SPCVARIATION",
        [
            (([_FLAT], "High"), "common cause"),
            (([_FLAT],), "common cause"),
            (([[*_FLAT, 70]], "High"), "improvement"),
            (([[*_FLAT, 70]], "Low"), "concern"),
            (([[*_FLAT, 70]],), "high"),
            (([[*_FLAT, 30]],), "low"),
            (([[*_FLAT, 30]], "decrease"), "improvement"),
            (([[*_FLAT, 30]], "increase"), "concern"),
            (([[*_FLAT, 30]], "Info"), "low"),
            (([_RISING], "High"), "improvement"),
            (([_RISING], "Low"), "concern"),
            (([_RISING[:-1]], "High"), "common cause"),
            (([_FLAT], "Range"), VALUE),
            (([_FLAT], "Sideways"), VALUE),
            (([[5]], "High"), NA),
            (([["x"]], "High"), ""),
            (([[2], ["abc"]], "High"), VALUE),
            (([[2], ["abc"]],), VALUE),
            (([[2], [REF]], NA), REF),
            (([_FLAT], NA), NA),
            (([[*_FLAT, 70]], [["High", "Low"]]), [["improvement", "concern"]]),
        ],
        _XMR,
    ),
    *told(
        "SPCASSURANCE",
        [
            (([_FLAT], 60, "High"), "consistently fail"),
            (([_FLAT], 60, "Low"), "consistently pass"),
            (([_FLAT], 40, "High"), "consistently pass"),
            (([_FLAT], 40, "Low"), "consistently fail"),
            (([_FLAT], 51), "hit and miss"),
            (([[4], [8]], 16.64), "hit and miss"),
            (([[4], [8]], 16.6400001), "consistently fail"),
            (([["50%"], ["51%"], ["50%"]], 0.6), "consistently fail"),
            (([[0.5], [0.51], [0.5]], "60%"), "consistently fail"),
            (([[50], [51], [50]], 0.6), VALUE),
            (([_FLAT], "x"), ""),
            (([_FLAT], BLANK), ""),
            (([["x"]], 51), ""),
            (([_FLAT], "abc"), VALUE),
            (([_FLAT], 51, "Info"), ""),
            (([_FLAT], 51, "Range"), VALUE),
            (([[5]], 51), NA),
            (([[2], [DIV0]], NA), DIV0),
            (([_FLAT], NA), NA),
            (
                ([_FLAT], [[40], [51], [60]]),
                [["consistently pass"], ["hit and miss"], ["consistently fail"]],
            ),
        ],
        _XMR,
    ),
]

CASES: list[Case] = [*QUARTILES, *CHARTED]
