"""Helper names that rate by thresholds and limits, and compare one figure with another.

As in `rating`: every argument is given, "" for one that was left out, and a figure that was read is
a row {number, whether a per cent sign stood behind it}.
"""

from __future__ import annotations

RAGBAND = """LAMBDA(value, green, amber, polarity, LET(
  given, PERF_FAULT(value, green, amber, polarity, 0),
  IF(ISERROR(given), given, IF(PERF_MISSING(value), "", LET(
  good, PERF_LIMIT(green),
  floor, PERF_LIMIT(amber),
  stated, PERF_FAULT(INDEX(good, 1), INDEX(floor, 1), 0, 0, 0),
  IF(ISERROR(stated), stated, IF(OR(INDEX(good, 1)="", INDEX(floor, 1)=""), "", LET(
  figure, PERF_FIGURE(value),
  same, AND(INDEX(good, 1)=INDEX(floor, 1), INDEX(good, 2)=INDEX(floor, 2)),
  way, PERF_POLARITY(IF(same, PERF_STATED(polarity, "Default polarity"), polarity)),
  fault, PERF_FAULT(way, INDEX(figure, 1), 0, 0, 0),
  IF(ISERROR(fault), fault, IF(way=0, "", PERF_THRESHOLDS(figure, good, floor, way)))))))))))"""

THRESHOLDS = """LAMBDA(figure, good, floor, way, LET(
  numbers, HSTACK(INDEX(figure, 1), INDEX(good, 1), INDEX(floor, 1)),
  marks, HSTACK(INDEX(figure, 2), INDEX(good, 2), INDEX(floor, 2)),
  ratios, PERF_RATIOS(numbers, marks),
  actual, PERF_SCALE(figure, ratios),
  green, PERF_SCALE(good, ratios),
  amber, PERF_SCALE(floor, ratios),
  order, SIGN(green-amber),
  side, IF(way="", order, way),
  IF(OR(side=0, side=2, order*side<0), #VALUE!,
  IF(PERF_UNCLEAR(figure, green, OR(marks), ratios, side=1), #VALUE!,
  IF((actual-green)*side>=0, "G", IF((actual-amber)*side>=0, "A", "R"))))))"""

RAGRANGE = """LAMBDA(value, lower, upper, margin, LET(
  given, PERF_FAULT(value, lower, upper, margin, 0),
  IF(ISERROR(given), given, IF(PERF_MISSING(value), "", LET(
  bottom, PERF_LIMIT(lower),
  top, PERF_LIMIT(upper),
  stated, PERF_FAULT(INDEX(bottom, 1), INDEX(top, 1), 0, 0, 0),
  IF(ISERROR(stated), stated, IF(AND(INDEX(bottom, 1)="", INDEX(top, 1)=""), "", LET(
  figure, PERF_FIGURE(value),
  wide, PERF_TOLERANCE(PERF_STATED(margin, "Amber tolerance")),
  numbers, HSTACK(INDEX(figure, 1), N(INDEX(bottom, 1)), N(INDEX(top, 1))),
  marks, HSTACK(INDEX(figure, 2), INDEX(bottom, 2), INDEX(top, 2)),
  percent, OR(marks),
  ratios, PERF_RATIOS(numbers, marks),
  least, PERF_OPEN(bottom, ratios),
  most, PERF_OPEN(top, ratios),
  fault, PERF_FAULT(INDEX(wide, 1), INDEX(figure, 1), PERF_CROSSED(least, most), 0, 0),
  IF(ISERROR(fault), fault, LET(
  amber, PERF_SETTLE(wide, numbers, percent, ratios),
  IF(ISERROR(INDEX(amber, 1)), #VALUE!,
    PERF_INSIDE(figure, PERF_SCALE(figure, ratios), least, most, amber, HSTACK(-1, 0), percent,
      ratios))))))))))))"""

BREACH = """LAMBDA(value, lower, upper, LET(
  given, PERF_FAULT(value, lower, upper, 0, 0),
  IF(ISERROR(given), given, IF(PERF_MISSING(value), "", LET(
  bottom, PERF_LIMIT(lower),
  top, PERF_LIMIT(upper),
  stated, PERF_FAULT(INDEX(bottom, 1), INDEX(top, 1), 0, 0, 0),
  IF(ISERROR(stated), stated, IF(AND(INDEX(bottom, 1)="", INDEX(top, 1)=""), "", LET(
  figure, PERF_FIGURE(value),
  numbers, HSTACK(INDEX(figure, 1), N(INDEX(bottom, 1)), N(INDEX(top, 1))),
  marks, HSTACK(INDEX(figure, 2), INDEX(bottom, 2), INDEX(top, 2)),
  ratios, PERF_RATIOS(numbers, marks),
  least, PERF_OPEN(bottom, ratios),
  most, PERF_OPEN(top, ratios),
  fault, PERF_FAULT(INDEX(figure, 1), PERF_CROSSED(least, most), 0, 0, 0),
  IF(ISERROR(fault), fault, LET(
  actual, PERF_SCALE(figure, ratios),
  over, IF(most="", FALSE, actual>most),
  under, IF(least="", FALSE, actual<least),
  IF(NOT(OR(over, under)), "Within",
  IF(PERF_UNCLEAR(figure, IF(over, most, least), OR(marks), ratios, FALSE), #VALUE!,
  IF(over, "Above", "Below")))))))))))))"""

# A limit on the scale of percentages in points, "" where that side is open.
OPEN = 'LAMBDA(limit, ratios, IF(INDEX(limit, 1)="", "", PERF_SCALE(limit, ratios)))'

# #VALUE! where the lower limit is above the upper one, else 0.
CROSSED = """LAMBDA(least, most, IF(IF(OR(least="", most=""), FALSE, least>most), #VALUE!, 0))"""

# How far a number lies outside limits.
OUTSIDE = """LAMBDA(number, least, most,
  IF(IF(most="", FALSE, number>most), number-most,
  IF(IF(least="", FALSE, number<least), least-number, 0)))"""

DOT = """LAMBDA(current, previous, polarity, lower, upper, LET(
  given, PERF_FAULT(current, previous, polarity, lower, upper),
  IF(ISERROR(given), given, IF(PERF_MISSING(current), "", IF(PERF_MISSING(previous), "", LET(
  earlier, PERF_FIGURE(previous),
  bottom, PERF_LIMIT(lower),
  top, PERF_LIMIT(upper),
  open, IFERROR(AND(INDEX(bottom, 1)="", INDEX(top, 1)=""), FALSE),
  stated, PERF_POLARITY(IF(open, PERF_STATED(polarity, "Default polarity"), polarity)),
  later, PERF_FIGURE(current),
  fault, PERF_FAULT(INDEX(earlier, 1), stated, INDEX(bottom, 1), INDEX(top, 1),
    INDEX(later, 1)),
  IF(ISERROR(fault), fault,
    PERF_TRAVEL(later, earlier, bottom, top,
      IF(stated<>"", stated, IF(open, 1, 2))))))))))"""

TRAVEL = """LAMBDA(later, earlier, bottom, top, way, LET(
  numbers, HSTACK(INDEX(later, 1), INDEX(earlier, 1), N(INDEX(bottom, 1)), N(INDEX(top, 1))),
  marks, HSTACK(INDEX(later, 2), INDEX(earlier, 2), INDEX(bottom, 2), INDEX(top, 2)),
  ratios, PERF_RATIOS(numbers, marks),
  now, PERF_SCALE(later, ratios),
  then, PERF_SCALE(earlier, ratios),
  least, PERF_OPEN(bottom, ratios),
  most, PERF_OPEN(top, ratios),
  gain, IF(way=2, PERF_EXACT(
      PERF_OUTSIDE(then, least, most)-PERF_OUTSIDE(now, least, most), MAX(ABS(now), ABS(then))),
    IF(way=-1, then-now, now-then)),
  IF(ISERROR(PERF_CROSSED(least, most)), #VALUE!,
  IF(AND(way=2, least="", most=""), #VALUE!,
  IF(PERF_UNCLEAR(later, then, OR(marks), ratios, FALSE), #VALUE!,
  IF(way=0, "", IF(gain=0, "Same", IF(gain>0, "Better", "Worse"))))))))"""

AGAINST = """LAMBDA(value, benchmark, polarity, tolerance, LET(
  given, PERF_FAULT(value, benchmark, polarity, tolerance, 0),
  IF(ISERROR(given), given, IF(PERF_MISSING(value), "", IF(PERF_MISSING(benchmark), "", LET(
  beside, PERF_FIGURE(benchmark),
  stated, PERF_POLARITY(PERF_STATED(polarity, "Default polarity")),
  way, IF(stated="", 1, IF(stated=2, #VALUE!, stated)),
  near, PERF_TOLERANCE(tolerance),
  figure, PERF_FIGURE(value),
  fault, PERF_FAULT(INDEX(beside, 1), way, INDEX(near, 1), INDEX(figure, 1), 0),
  IF(ISERROR(fault), fault, PERF_STANDING(figure, beside, way, near))))))))"""

STANDING = """LAMBDA(figure, beside, way, near, LET(
  numbers, HSTACK(INDEX(figure, 1), INDEX(beside, 1)),
  marks, HSTACK(INDEX(figure, 2), INDEX(beside, 2)),
  percent, OR(marks),
  ratios, PERF_RATIOS(numbers, marks),
  actual, PERF_SCALE(figure, ratios),
  aim, PERF_SCALE(beside, ratios),
  tolerance, PERF_SETTLE(near, numbers, percent, ratios),
  gain, (actual-aim)*way,
  IF(ISERROR(INDEX(tolerance, 1)), #VALUE!,
  IF(PERF_UNCLEAR(figure, aim, percent, ratios, FALSE), #VALUE!,
  IF(way=0, "",
  IF(OR(gain=0, PERF_WITHIN(ABS(gain), tolerance, aim, percent, MAX(ABS(actual), ABS(aim)))),
    "In line", IF(gain>0, "Better", "Worse")))))))"""
