"""Helper names that read what a cell holds: figures, targets, polarities, tolerances.

What they cannot read is #VALUE!, never a guess. A row that a helper gives is told in its comment.
"""

from __future__ import annotations

from perf_addin.domain.figure_texts import MISSING_SYMBOLS, UNITS
from perf_addin.domain.polarity import Polarity, words_for


def array(*texts: str) -> str:
    """An array constant of texts."""
    return "{" + ",".join('"' + text.replace('"', '""') + '"' for text in texts) + "}"


AT = """LAMBDA(entries, down, along, IF(ROWS(entries)*COLUMNS(entries)=1, entries,
  IF(OR(AND(ROWS(entries)>1, down>ROWS(entries)), AND(COLUMNS(entries)>1, along>COLUMNS(entries))),
    NA(),
    INDEX(entries, IF(ROWS(entries)=1, 1, down), IF(COLUMNS(entries)=1, 1, along)))))"""

# The exponent of a number in scientific notation. LOG10 alone rounds 999999999999999 up to 15.
EXPONENT = "LAMBDA(size, LET(guess, INT(LOG10(size)), IF(10^guess>size, guess-1, guess)))"

# To the 15 significant digits that Excel shows, so that 0.1+0.2 is 0.3. ROUND cannot reach the
# digits of the very smallest numbers, which stay as they are.
ROUND = """LAMBDA(number, IF(number=0, 0, LET(exponent, PERF_EXPONENT(ABS(number)),
  IF(ABS(exponent)>200, number, ROUND(number, 14-exponent)))))"""

# A text in lower case without surplus white space.
PLAIN = """LAMBDA(entry,
  LOWER(TRIM(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(
    entry, UNICHAR(160), " "), CHAR(9), " "), CHAR(10), " "), CHAR(13), " "))))"""

MISSING = f"""LAMBDA(entry,
  IF(ISNUMBER(entry), FALSE, OR(PERF_PLAIN(entry)={array("", *MISSING_SYMBOLS)})))"""

# Length of the longest phrase that a text begins with, or ends with; 0 for none.
PREFIX = "LAMBDA(text, phrases, MAX((LEFT(text, LEN(phrases))=phrases)*LEN(phrases)))"
SUFFIX = "LAMBDA(text, phrases, MAX((RIGHT(text, LEN(phrases))=phrases)*LEN(phrases)))"

# {number, whether a per cent sign stood behind it}; 88% is 88.
NUMBER = f"""LAMBDA(text, LET(
  marked, SUBSTITUTE(text, UNICHAR(8722), "-"),
  unsigned, TRIM(IF(OR(LEFT(marked)={{"-","+"}}), MID(marked, 2, 255), marked)),
  body, TRIM(IF(OR(LEFT(unsigned)={{"£","$","€"}}), MID(unsigned, 2, 255), unsigned)),
  counted, TRIM(LEFT(body, LEN(body)-PERF_SUFFIX(body, {array(*sorted(UNITS))}))),
  mark, PERF_SUFFIX(counted, {{"%","per cent","percent"}}),
  figures, TRIM(LEFT(counted, LEN(counted)-mark)),
  strange, REDUCE(figures, {{"0","1","2","3","4","5","6","7","8","9",",","."}},
    LAMBDA(kept, character, SUBSTITUTE(kept, character, ""))),
  whole, TEXTBEFORE(figures&".", "."),
  part, MID(figures, LEN(whole)+2, 255),
  thousands, LEN(whole)-LEN(SUBSTITUTE(whole, ",", "")),
  grouped, IF(thousands=0, TRUE, IF(
    OR(LEN(whole)<4*thousands+1, LEN(whole)>4*thousands+3), FALSE,
    REDUCE(TRUE, SEQUENCE(thousands), LAMBDA(good, group,
      AND(good, MID(whole, LEN(whole)-4*group+1, 1)=","))))),
  complete, IF(LEN(figures)>LEN(whole), part<>"", whole<>""),
  single, LEN(SUBSTITUTE(SUBSTITUTE(part, ",", ""), ".", ""))=LEN(part),
  IF(AND(strange="", grouped, complete, single),
    HSTACK(PERF_ROUND(
      IF(LEFT(marked)="-", -1, 1)*NUMBERVALUE(SUBSTITUTE(figures, ",", ""), ".", ",")), mark>0),
    #VALUE!)))"""

FIGURE = """LAMBDA(entry, IF(ISNUMBER(entry), HSTACK(PERF_ROUND(entry), FALSE),
  IF(ISLOGICAL(entry), #VALUE!, PERF_NUMBER(PERF_PLAIN(entry)))))"""

_LEADING = array(
    "maintain at ", "maintain ", "achieve ", "target of ", "target ", "keep at ", "keep "
)
_AT_LEAST = array(
    *(">=", "=>", "\N{GREATER-THAN OR EQUAL TO}", "at least", "minimum", "minimum of"),
    *("no less than", "not less than", "no fewer than", "min", "min.", "at or above"),
    *("greater than or equal to", "more than or equal to", "higher than or equal to"),
)
_AT_MOST = array(
    *("<=", "=<", "\N{LESS-THAN OR EQUAL TO}", "at most", "maximum", "maximum of"),
    *("no more than", "not more than", "up to", "no greater than", "not exceeding"),
    *("no higher than", "max", "max.", "at or below"),
    *("less than or equal to", "fewer than or equal to", "lower than or equal to"),
)
_MORE_THAN = array(
    *(">", "more than", "greater than", "higher than", "above", "over", "exceed", "exceeding")
)
_FEWER_THAN = array("<", "fewer than", "less than", "lower than", "below", "under")
_OR_ABOVE = array(
    "+",
    "minimum",
    "at least",
    *(
        f"{word} {end}"
        for word in ("or", "and")
        for end in ["above", "more", "over", "higher", "greater", "better"]
    ),
)
_OR_BELOW = array(
    "maximum",
    "at most",
    *(
        f"{word} {end}"
        for word in ("or", "and")
        for end in ["below", "less", "under", "fewer", "lower"]
    ),
)

# {sense, lower, upper, strict, per cent}. Sense: 1 and -1 where the words say High or Low, 2 for a
# range, 0 for a plain figure. Strict: a figure equal to it does not meet it.
TARGET = """LAMBDA(entry, IF(ISNUMBER(entry), LET(number, PERF_ROUND(entry),
    HSTACK(0, number, number, FALSE, FALSE)),
  IF(ISLOGICAL(entry), #VALUE!, PERF_WORDS(PERF_PLAIN(entry)))))"""

WORDS = f"""LAMBDA(text, LET(
  words, TRIM(MID(text, PERF_PREFIX(text, {_LEADING})+1, 255)),
  least, PERF_PREFIX(words, {_AT_LEAST}),
  most, PERF_PREFIX(words, {_AT_MOST}),
  more, PERF_PREFIX(words, {_MORE_THAN}),
  fewer, PERF_PREFIX(words, {_FEWER_THAN}),
  front, MAX(least, most, more, fewer),
  closed, IF(RIGHT(words)=")", LEFT(words, LEN(words)-1), words),
  above, PERF_SUFFIX(closed, {_OR_ABOVE}),
  beneath, PERF_SUFFIX(closed, {_OR_BELOW}),
  back, MAX(above, beneath),
  head, TRIM(LEFT(closed, LEN(closed)-back)),
  before, TRIM(IF(RIGHT(head)="(", LEFT(head, LEN(head)-1), head)),
  alone, PERF_NUMBER(words),
  behind, PERF_NUMBER(TRIM(MID(words, front+1, 255))),
  ahead, PERF_NUMBER(before),
  IF(ISNUMBER(INDEX(alone, 1)),
    HSTACK(0, INDEX(alone, 1), INDEX(alone, 1), FALSE, INDEX(alone, 2)),
  IF(IF(front>0, ISNUMBER(INDEX(behind, 1)), FALSE),
    HSTACK(IF(front=MAX(least, more), 1, -1), INDEX(behind, 1), INDEX(behind, 1),
      front=MAX(more, fewer), INDEX(behind, 2)),
  IF(IF(back>0, ISNUMBER(INDEX(ahead, 1)), FALSE),
    HSTACK(IF(back=above, 1, -1), INDEX(ahead, 1), INDEX(ahead, 1), FALSE, INDEX(ahead, 2)),
    PERF_RANGE(words))))))"""

RANGE = """LAMBDA(words, LET(
  limits, MID(words, PERF_PREFIX(words, {"between ","from "})+1, 255),
  split, SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(limits,
    " to ", "-"), " and ", "-"), UNICHAR(8211), "-"), UNICHAR(8212), "-"),
  dash, FIND("-", split, 2),
  lower, PERF_NUMBER(TRIM(LEFT(split, dash-1))),
  upper, PERF_NUMBER(TRIM(MID(split, dash+1, 255))),
  IF(INDEX(lower, 1)>INDEX(upper, 1), #VALUE!,
    HSTACK(2, INDEX(lower, 1), INDEX(upper, 1), FALSE, OR(INDEX(lower, 2), INDEX(upper, 2))))))"""

# 1 High, -1 Low, 2 Range, 0 Info; "" where nothing is stated.
POLARITY = f"""LAMBDA(entry, LET(
  text, PERF_PLAIN(SUBSTITUTE(entry, UNICHAR(65039), "")),
  word, TRIM(IF(RIGHT(text)=".", LEFT(text, LEN(text)-1), text)),
  IF(text="", "",
  IF(OR(word={array(*words_for(Polarity.HIGH))}), 1,
  IF(OR(word={array(*words_for(Polarity.LOW))}), -1,
  IF(OR(word={array(*words_for(Polarity.RANGE))}), 2,
  IF(OR(word={array(*words_for(Polarity.INFO))}), 0, #VALUE!)))))))"""

_POINTS = array(
    *("pp", "ppt", "ppts", "pt", "pts", "point", "points", "%point", "%points", "% point"),
    *("% points", "percentage point", "percentage points", "%pt", "%pts"),
)

# {amount, kind}. Kind: 1 per cent of the target, 2 percentage points, 3 own unit; {-1, 0} for none.
TOLERANCE = f"""LAMBDA(entry,
  IF(ISNUMBER(entry), IF(entry<0, #VALUE!, HSTACK(PERF_ROUND(entry), 3)),
  IF(ISLOGICAL(entry), #VALUE!, LET(
    text, PERF_PLAIN(entry),
    amount, TRIM(MID(text, PERF_PREFIX(text, {{"±","+/-"}})+1, 255)),
    points, PERF_SUFFIX(amount, {_POINTS}),
    head, TRIM(LEFT(amount, LEN(amount)-points)),
    number, PERF_NUMBER(head),
    plain, AND(ISNUMBER(FIND(LEFT(head), "0123456789")),
      ISNUMBER(FIND(RIGHT(head), "0123456789")), ISERROR(FIND(",", head))),
    IF(text="", HSTACK(-1, 0),
    IF(ISERROR(INDEX(number, 1)), #VALUE!,
    IF(INDEX(number, 1)<0, #VALUE!,
    IF(points>0, IF(plain, HSTACK(INDEX(number, 1), 2), #VALUE!),
      HSTACK(INDEX(number, 1), IF(INDEX(number, 2), 1, 3))))))))))"""

# A limit that may be left out: {"", FALSE}.
LIMIT = 'LAMBDA(entry, IF(PERF_MISSING(entry), HSTACK("", FALSE), PERF_FIGURE(entry)))'

# What the Settings sheet states, or "". A number between 0 and 1 is #VALUE!: a formula cannot see
# whether it is shown as per cent.
NO_SETTING = 'LAMBDA(label, "")'
SETTING = """LAMBDA(label, LET(
  found, IFERROR(INDEX({sheet}!$B$1:$B$99, MATCH(label, {sheet}!$A$1:$A$99, 0)), ""),
  IF(ISNUMBER(found), IF(AND(found>0, found<1), #VALUE!, found), found)))"""

# An argument, or the setting in place of a blank one.
STATED = """LAMBDA(entry, label,
  IF(IF(ISNUMBER(entry), FALSE, PERF_PLAIN(entry)=""), PERF_SETTING(label), entry))"""
