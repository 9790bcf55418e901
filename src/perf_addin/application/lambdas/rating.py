"""Helper names that rate one figure; every argument is given, "" for one that was left out.

A figure, here, is a row {number, whether a per cent sign stood behind it}.
"""

from __future__ import annotations

# Whether bare numbers beside a percentage are ratios: none is beyond 1, and they are not all 0.
RATIOS = """LAMBDA(numbers, marks, LET(
  largest, MAX(IF(marks, 0, ABS(numbers))),
  AND(OR(marks), largest<=1, largest>0)))"""

# A number on the scale of percentages in points: 0.88 beside 91% is 88.
SCALE = """LAMBDA(figure, ratios, IF(AND(ratios, NOT(INDEX(figure, 2))),
  PERF_ROUND(INDEX(figure, 1)*100), INDEX(figure, 1)))"""

NEAR = "LAMBDA(number, aim, AND(number>=aim/4, number<=aim*4))"

# Whether a figure and what it is held against may be a ratio and points: 88 and 0.91. `one`: an
# aim of exactly 1 may stand for 100%.
UNCLEAR = """LAMBDA(figure, aim, percent, ratios, one, LET(
  size, ABS(INDEX(figure, 1)),
  points, PERF_ROUND(size*100),
  most, ABS(aim),
  ratio, MIN(size, most),
  far, NOT(PERF_NEAR(size, aim)),
  apart, IF(ratios, AND(NOT(far), NOT(PERF_NEAR(points, aim))),
    IF(size<=1, AND(far, PERF_NEAR(points, aim)),
      AND(aim<=1, far, PERF_NEAR(size, PERF_ROUND(aim*100))))),
  beyond, AND(size>1, size<2, size<>INT(size), far, PERF_NEAR(points, aim)),
  IF(OR(aim<=0, size=0, INDEX(figure, 2)), FALSE,
  IF(percent, OR(apart, beyond),
    AND(ratio<=1, MAX(size, most)>1, OR(ratio<>INT(ratio), AND(one, ratio=1, most=1)), apart)))))"""

# A tolerance in the figure's own unit on its scale; #VALUE! where its unit is not clear.
SETTLE = """LAMBDA(tolerance, numbers, percent, ratios, LET(
  amount, INDEX(tolerance, 1),
  own, AND(INDEX(tolerance, 2)=3, amount>0),
  shares, AND(MAX(ABS(numbers))<=1, OR(numbers<>INT(numbers))),
  IF(ISERROR(amount), amount,
  IF(NOT(own), tolerance,
  IF(AND(percent, amount<1), IF(ratios, HSTACK(PERF_ROUND(amount*100), 2), #VALUE!),
  IF(AND(NOT(percent), amount>=1, shares), #VALUE!, tolerance))))))"""

# A tolerance as an amount on the indicator's own scale.
ALLOWED = """LAMBDA(tolerance, aim, percent, INDEX(tolerance, 1)*IF(
  INDEX(tolerance, 2)=1, ABS(aim)/100,
  IF(AND(INDEX(tolerance, 2)=2, NOT(percent), ABS(aim)<=1), 0.01, 1)))"""

# A difference without what binary fractions leave behind; `size` is the larger number of the two.
EXACT = """LAMBDA(difference, size,
  IF(size=0, difference, LET(exponent, PERF_EXPONENT(size),
  IF(ABS(exponent)>200, difference, ROUND(difference, 13-exponent)))))"""

# Whether a miss is no larger than a tolerance.
WITHIN = """LAMBDA(miss, tolerance, aim, percent, size, LET(
  allowed, PERF_ALLOWED(tolerance, aim, percent),
  IF(allowed<=0, FALSE, PERF_EXACT(miss-allowed, MAX(size, allowed))<=0)))"""

# The letter for a figure that misses what is asked by `miss`; amber and green are tolerances.
BAND = """LAMBDA(miss, strict, amber, green, aim, percent, size, LET(
  stated, INDEX(amber, 1)>=0,
  wide, IF(stated, amber, HSTACK(10, 1)),
  clash, IF(INDEX(green, 1)<0, FALSE,
    PERF_ROUND(PERF_ALLOWED(green, aim, percent))>PERF_ROUND(PERF_ALLOWED(wide, aim, percent))),
  outer, IF(AND(clash, NOT(stated)), green, wide),
  IF(AND(clash, stated), #VALUE!,
  IF(OR(miss<0, AND(miss=0, NOT(strict))), "G",
  IF(PERF_WITHIN(miss, green, aim, percent, size), "G",
  IF(PERF_WITHIN(miss, outer, aim, percent, size), "A", "R"))))))"""

# The letter for a figure held against a range, of which one side may be open ("").
INSIDE = """LAMBDA(figure, actual, lower, upper, amber, green, percent, ratios, LET(
  over, IF(upper="", FALSE, IF(lower="", TRUE, actual>upper)),
  aim, IF(over, upper, lower),
  miss, IF(over, actual-upper, lower-actual),
  IF(miss<=0, "G",
  IF(PERF_UNCLEAR(figure, aim, percent, ratios, FALSE), #VALUE!,
    PERF_BAND(miss, FALSE, amber, green, aim, percent, MAX(ABS(actual), ABS(aim)))))))"""

# The first of some parts that is an error, or 0.
FAULT = """LAMBDA(first, second, third, fourth, fifth, IF(ISERROR(first), first,
  IF(ISERROR(second), second, IF(ISERROR(third), third, IF(ISERROR(fourth), fourth,
  IF(ISERROR(fifth), fifth, 0))))))"""

RAG = """LAMBDA(value, target, polarity, tolerance, narrow, LET(
  given, PERF_FAULT(value, target, polarity, tolerance, narrow),
  IF(ISERROR(given), given, IF(PERF_MISSING(value), "", IF(PERF_MISSING(target), "", LET(
  goal, PERF_TARGET(target),
  worded, IFERROR(INDEX(goal, 1), 0)<>0,
  way, PERF_POLARITY(IF(worded, polarity, PERF_STATED(polarity, "Default polarity"))),
  wide, PERF_TOLERANCE(PERF_STATED(tolerance, "Amber tolerance")),
  close, PERF_TOLERANCE(narrow),
  figure, PERF_FIGURE(value),
  fault, PERF_FAULT(IF(ISLOGICAL(target), #VALUE!), way, INDEX(wide, 1), INDEX(close, 1),
    INDEX(figure, 1)),
  IF(ISERROR(fault), fault, IF(way=0, "",
    PERF_AGAINST_TARGET(figure, goal, way, wide, close)))))))))"""

AGAINST_TARGET = """LAMBDA(figure, goal, way, wide, close, LET(
  sense, INDEX(goal, 1),
  numbers, HSTACK(INDEX(figure, 1), INDEX(goal, 2), INDEX(goal, 3)),
  marks, HSTACK(INDEX(figure, 2), INDEX(goal, 5), INDEX(goal, 5)),
  percent, OR(marks),
  ratios, PERF_RATIOS(numbers, marks),
  actual, PERF_SCALE(figure, ratios),
  lower, PERF_SCALE(HSTACK(INDEX(goal, 2), INDEX(goal, 5)), ratios),
  upper, PERF_SCALE(HSTACK(INDEX(goal, 3), INDEX(goal, 5)), ratios),
  amber, PERF_SETTLE(wide, numbers, percent, ratios),
  green, PERF_SETTLE(close, numbers, percent, ratios),
  side, IF(way="", IF(sense=0, 1, sense), way),
  fault, PERF_FAULT(sense, INDEX(amber, 1), INDEX(green, 1), 0, 0),
  IF(ISERROR(fault), fault,
  IF(AND(sense<>0, sense<>side), #VALUE!,
  IF(side=2, PERF_INSIDE(figure, actual, lower, upper, amber, green, percent, ratios),
  IF(PERF_UNCLEAR(figure, upper, percent, ratios, side=1), #VALUE!,
    PERF_BAND((upper-actual)*side, INDEX(goal, 4), amber, green, upper, percent,
      MAX(ABS(actual), ABS(upper)))))))))"""
