"""What a service commentary says that figures can be held against: claims, quotes, references."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from perf_addin.domain.lazy_patterns import lazily


class Claim(StrEnum):
    """What a commentary says has happened to the figure."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    RISEN = "risen"
    FALLEN = "fallen"


_WORDS = {
    Claim.IMPROVED: r"improved|improvement|improving|better than (?:last|the previous)",
    Claim.WORSENED: r"worsened|worsening|deteriorat\w+|slipped|worse than (?:last|the previous)",
    Claim.RISEN: r"risen|rose|increased|increase|grown|gone up",
    Claim.FALLEN: r"fallen|fell|decreased|decrease|declined|decline|dropped|reduced|reduction"
    r"|gone down|dipped|(?:drop|dip|fall) in",
}
_PATTERNS = {claim: lazily(rf"\b(?:{words})\b", re.IGNORECASE) for claim, words in _WORDS.items()}
_OPPOSITES = (
    frozenset({Claim.IMPROVED, Claim.WORSENED}),
    frozenset({Claim.RISEN, Claim.FALLEN}),
)
# Words before a claim that make it a wish, a plan, a denial or a cause instead.
_NOT_SAID = lazily(
    r"\b(?:not|no|without|expect\w*|will|would|should|could|may|might|aim\w*|hop\w+|plan\w*|need\w*"
    r"|to|further|any|if|until|for|towards?|national\w*|england|london|regional\w*)\b",
    re.IGNORECASE,
)
_WORDS_BEFORE = 6

_PERCENTAGE = lazily(r"(?<![\w.])(\d{1,3}(?:\.\d+)?)\s?(?:%|per cent\b|percent\b)", re.IGNORECASE)
_SEE_BELOW = lazily(
    r"\b(?:see|refer to)\b[^.]*\b(?:below|overleaf|commentary section|paragraph)\b", re.IGNORECASE
)
_PERSONAL = (
    ("a long number, such as one of a case", lazily(r"(?<![\w.,/£])\d{6,10}(?![\w%]|[.,]\d)")),
    (
        "a reference, such as one of a case",
        lazily(
            r"\b(?:case|ref|reference|id|upn|urn)\b[ .:#]*(?:no\b|number\b|ref\b)?[ .:#]*"
            r"(?!(?:19|20)\d\d(?:[/-]\d{2,4})?(?![\d/-]))[a-z]{0,4}[/-]?\d[\d/-]{3,}",
            re.IGNORECASE,
        ),
    ),
    ("a reference, such as one of a case", lazily(r"\b[A-Z]{1,4}\d{5,13}[A-Z]?\b")),
    ("an NHS number", lazily(r"\b\d{3}[ -]\d{3}[ -]\d{4}\b")),
    (
        "a date of birth",
        lazily(r"\b(?:d\.?o\.?b\.?|born(?: on)?|date of birth)\b[^.]{0,12}\d", re.IGNORECASE),
    ),
    (
        "a name beside a word for a child or a relative",
        lazily(
            r"\b(?:child|boy|girl|son|daughter|mother|father|sibling|brother|sister|carer)"
            r"(?:,? (?:called|named))?,? (?!(?:Protection|Care|Services?|Social|Plans?|Board|In"
            r"|Benefit|Poverty|Support|Assessments?|Looked|Health|Safeguarding)\b)[A-Z][a-z]{2,}\b"
        ),
    ),
    ("a name with an age", lazily(r"\b[A-Z][a-z]+ [A-Z][a-z]+,? (?:\(|aged )\d{1,2}\b")),
)


class Quoted(NamedTuple):
    """A percentage that a text quotes: as written, and its number with the decimals it has."""

    text: str
    value: Decimal

    def is_of(self, figure: Decimal) -> bool:
        """Whether a figure in points, shown with as many decimals, reads the same."""
        exponent = self.value.as_tuple().exponent
        digits = Decimal(1).scaleb(int(exponent))
        return abs(figure - self.value) <= digits / 2


def claims(text: str) -> set[Claim]:
    """What a text claims about its figure; nothing where it says both a thing and its opposite.

    A word counts only where nothing right before it makes it a plan, a denial or somebody else's.
    """
    found = {claim for claim in Claim if any(map(_is_said, _before(text, claim)))}
    for pair in _OPPOSITES:
        if pair <= found:
            found -= pair
    return found


def _before(text: str, claim: Claim) -> list[str]:
    """What stands before each word of a claim, within its sentence."""
    ends = [found.start() for found in _PATTERNS[claim].finditer(text)]
    return [re.split(r"[.;!?\n]", text[:end])[-1] for end in ends]


def _is_said(before: str) -> bool:
    return _NOT_SAID.search(" ".join(before.split()[-_WORDS_BEFORE:])) is None


def quoted_percentages(text: str) -> list[Quoted]:
    """The percentages that a text quotes, in order."""
    return [Quoted(found[0], Decimal(found[1])) for found in _PERCENTAGE.finditer(text)]


def says_see_below(text: str) -> bool:
    """Whether a text sends its reader to another one below."""
    return _SEE_BELOW.search(text) is not None


def personal_data(text: str) -> tuple[str, str] | None:
    """What in a text looks like personal data: of which kind, and the text; None for nothing."""
    for kind, pattern in _PERSONAL:
        found = pattern.search(text)
        if found is not None:
            return kind, found[0]
    return None
