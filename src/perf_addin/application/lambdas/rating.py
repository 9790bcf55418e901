"""Helper names that rate one figure; every argument is given, "" for one that was left out."""

from __future__ import annotations

# A number on the scale of percentages in points: 0.88 beside 91% is 88.
SCALE = """LAMBDA(number, marked, percent, largest,
  IF(AND(percent, NOT(marked), largest<=1), PERF_ROUND(number*100), number))"""

# A tolerance as an amount on the indicator's own scale.
ALLOWED = """LAMBDA(tolerance, aim, percent, INDEX(tolerance, 1)*IF(INDEX(tolerance, 2)=1, ABS(aim)/100,
  IF(AND(INDEX(tolerance, 2)=2, NOT(percent), ABS(aim)<=1), 0.01, 1)))"""

# Whether a miss is no larger than a tolerance. The difference is rounded where binary fractions end.
WITHIN = """LAMBDA(miss, tolerance, aim, percent, size, LET(
  allowed, PERF_ALLOWED(tolerance, aim, percent),
  IF(allowed<=0, FALSE,
    ROUND(miss-allowed, 13-INT(LOG10(MAX(size, allowed))))<=0)))"""

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

RAG = """LAMBDA(value, target, polarity, tolerance, narrow,
  IF(PERF_MISSING(value), "", IF(PERF_MISSING(target), "", LET(
  figure, PERF_FIGURE(value),
  goal, PERF_TARGET(target),
  way, PERF_POLARITY(polarity),
  amber, PERF_TOLERANCE(tolerance),
  green, PERF_TOLERANCE(narrow),
  sense, INDEX(goal, 1),
  percent, OR(INDEX(figure, 2), INDEX(goal, 5)),
  actual, PERF_SCALE(INDEX(figure, 1), INDEX(figure, 2), percent, ABS(INDEX(figure, 1))),
  largest, MAX(ABS(INDEX(goal, 2)), ABS(INDEX(goal, 3))),
  lower, PERF_SCALE(INDEX(goal, 2), INDEX(goal, 5), percent, largest),
  upper, PERF_SCALE(INDEX(goal, 3), INDEX(goal, 5), percent, largest),
  ranged, IF(way="", sense=2, OR(way=2, sense=2)),
  side, IF(way="", IF(sense=0, 1, sense), way),
  aim, IF(ranged, IF(actual>upper, upper, lower), upper),
  miss, IF(ranged, IF(actual>upper, actual-upper, lower-actual),
    IF(side=1, aim-actual, actual-aim)),
  read, INDEX(amber, 2)+INDEX(green, 2)+sense+actual,
  IF(ISERROR(read), read,
  IF(side=0, "",
  IF(AND(sense<>0, sense<>side), #VALUE!,
  IF(AND(ranged, miss<=0), "G",
    PERF_BAND(miss, INDEX(goal, 4), amber, green, aim, percent, MAX(ABS(actual), ABS(aim)))))))))))"""
