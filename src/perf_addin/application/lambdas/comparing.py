"""Helper names that rate by thresholds and limits, and compare one figure with another."""

from __future__ import annotations

# {actual, green, amber} on one scale; thresholds are inclusive.
RAGBAND = """LAMBDA(value, green, amber, polarity, LET(
  given, PERF_FAULT(value, green, amber, polarity, 0),
  IF(ISERROR(given), given,
  IF(OR(PERF_MISSING(value), PERF_MISSING(green), PERF_MISSING(amber)), "", LET(
  figure, PERF_FIGURE(value),
  good, PERF_FIGURE(green),
  floor, PERF_FIGURE(amber),
  way, PERF_POLARITY(polarity),
  fault, PERF_FAULT(INDEX(figure, 1), INDEX(good, 1), INDEX(floor, 1), way, 0),
  IF(ISERROR(fault), fault, IF(way=0, "", LET(
  numbers, HSTACK(INDEX(figure, 1), INDEX(good, 1), INDEX(floor, 1)),
  marks, HSTACK(INDEX(figure, 2), INDEX(good, 2), INDEX(floor, 2)),
  ratios, PERF_RATIOS(numbers, marks),
  actual, PERF_SCALE(figure, ratios),
  upper, PERF_SCALE(good, ratios),
  lower, PERF_SCALE(floor, ratios),
  order, SIGN(upper-lower),
  side, IF(way="", order, way),
  IF(OR(side=0, side=2, order*side<0), #VALUE!,
  IF(PERF_UNCLEAR(figure, upper, OR(marks), ratios, side=1), #VALUE!,
  IF((actual-upper)*side>=0, "G", IF((actual-lower)*side>=0, "A", "R"))))))))))))"""

RAGRANGE = """LAMBDA(value, lower, upper, margin, LET(
  given, PERF_FAULT(value, lower, upper, margin, 0),
  IF(ISERROR(given), given,
  IF(OR(PERF_MISSING(value), AND(PERF_MISSING(lower), PERF_MISSING(upper))), "", LET(
  figure, PERF_FIGURE(value),
  bottom, PERF_LIMIT(lower),
  top, PERF_LIMIT(upper),
  wide, PERF_TOLERANCE(margin),
  fault, PERF_FAULT(INDEX(figure, 1), INDEX(bottom, 1), INDEX(top, 1), INDEX(wide, 1), 0),
  IF(ISERROR(fault), fault, LET(
  numbers, HSTACK(INDEX(figure, 1), N(INDEX(bottom, 1)), N(INDEX(top, 1))),
  marks, HSTACK(INDEX(figure, 2), INDEX(bottom, 2), INDEX(top, 2)),
  percent, OR(marks),
  ratios, PERF_RATIOS(numbers, marks),
  least, IF(INDEX(bottom, 1)="", "", PERF_SCALE(bottom, ratios)),
  most, IF(INDEX(top, 1)="", "", PERF_SCALE(top, ratios)),
  amber, PERF_SETTLE(wide, numbers, percent, ratios),
  crossed, IF(OR(least="", most=""), FALSE, least>most),
  IF(OR(crossed, ISERROR(INDEX(amber, 1))), #VALUE!,
    PERF_INSIDE(figure, PERF_SCALE(figure, ratios), least, most, amber, HSTACK(-1, 0), percent,
      ratios)))))))))"""

BREACH = """LAMBDA(value, lower, upper, LET(
  given, PERF_FAULT(value, lower, upper, 0, 0),
  IF(ISERROR(given), given,
  IF(OR(PERF_MISSING(value), AND(PERF_MISSING(lower), PERF_MISSING(upper))), "", LET(
  figure, PERF_FIGURE(value),
  bottom, PERF_LIMIT(lower),
  top, PERF_LIMIT(upper),
  fault, PERF_FAULT(INDEX(figure, 1), INDEX(bottom, 1), INDEX(top, 1), 0, 0),
  IF(ISERROR(fault), fault, LET(
  numbers, HSTACK(INDEX(figure, 1), N(INDEX(bottom, 1)), N(INDEX(top, 1))),
  marks, HSTACK(INDEX(figure, 2), INDEX(bottom, 2), INDEX(top, 2)),
  percent, OR(marks),
  ratios, PERF_RATIOS(numbers, marks),
  actual, PERF_SCALE(figure, ratios),
  least, IF(INDEX(bottom, 1)="", actual, PERF_SCALE(bottom, ratios)),
  most, IF(INDEX(top, 1)="", actual, PERF_SCALE(top, ratios)),
  IF(IF(OR(INDEX(bottom, 1)="", INDEX(top, 1)=""), FALSE, least>most), #VALUE!,
  IF(actual>most, "Above", IF(actual<least, "Below", "Within")))))))))"""

# Better, worse or the same, from one figure to another; `allowed` is a tolerance.
DOT = """LAMBDA(current, previous, polarity, lower, upper, LET(
  given, PERF_FAULT(current, previous, polarity, lower, upper),
  IF(ISERROR(given), given,
  IF(OR(PERF_MISSING(current), PERF_MISSING(previous)), "", LET(
  later, PERF_FIGURE(current),
  earlier, PERF_FIGURE(previous),
  bottom, PERF_LIMIT(lower),
  top, PERF_LIMIT(upper),
  way, PERF_POLARITY(polarity),
  fault, PERF_FAULT(way, INDEX(later, 1), INDEX(earlier, 1), INDEX(bottom, 1), INDEX(top, 1)),
  IF(ISERROR(fault), fault, IF(way=0, "", LET(
  numbers, HSTACK(INDEX(later, 1), INDEX(earlier, 1), N(INDEX(bottom, 1)), N(INDEX(top, 1))),
  marks, HSTACK(INDEX(later, 2), INDEX(earlier, 2), INDEX(bottom, 2), INDEX(top, 2)),
  ratios, PERF_RATIOS(numbers, marks),
  now, PERF_SCALE(later, ratios),
  then, PERF_SCALE(earlier, ratios),
  least, IF(INDEX(bottom, 1)="", "", PERF_SCALE(bottom, ratios)),
  most, IF(INDEX(top, 1)="", "", PERF_SCALE(top, ratios)),
  gain, IF(way=2, PERF_OUTSIDE(then, least, most)-PERF_OUTSIDE(now, least, most),
    IF(way=-1, then-now, now-then)),
  IF(AND(way=2, least="", most=""), #VALUE!,
  IF(PERF_UNCLEAR(later, then, OR(marks), ratios, FALSE), #VALUE!,
  IF(gain=0, "Same", IF(gain>0, "Better", "Worse")))))))))))"""

# How far a number lies outside limits, of which either may be open ("").
OUTSIDE = """LAMBDA(number, lower, upper,
  IF(IF(upper="", FALSE, number>upper), number-upper,
  IF(IF(lower="", FALSE, number<lower), lower-number, 0)))"""
