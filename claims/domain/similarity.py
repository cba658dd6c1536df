"""How alike two statements are in their words, with the few words that change everything.

"Trade fell by 9%" and "Trade fell by 8%" are alike and not the same; so are a statement and the
one with a "not" in it. Only the same words in the same order are a repetition.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from rapidfuzz import fuzz

from claims.vocabulary import Difference
from sources.domain.text.search_folding import fold_for_search

SAME = 100
# What a difference in numbers, and one in negations, leaves of the score.
WEIGHT = 0.9

# A number as it is written: "9.1", "1,200", "−8"; a minus after a digit is a range ("20-25").
NUMBER = re.compile(r"(?<![\w.,−-])[−-]\d[\d.,]*|\d[\d.,]*")
# Signs that mean something count as words: 9% is not 9.
WORD = re.compile(r"\w+(?:['’]\w+)*|[%‰$€£¥₽°<>≤≥±+=×/&#]")

# Words that deny, as `fold_for_search` leaves them. German and Russian ones have many endings.
NEGATION = re.compile(
    r"not|no|never|none|nor|neither|nobody|nothing|without|cannot|\w+n['’]t"
    r"|nicht|kein(?:e[mnrs]?)?|nie|niemals|ohne|weder|noch|nichts"
    r"|ne|non|pas|jamais|sans|ni|aucune?"
    r"|sin|nunca|ningun[oa]?|nem|nao|mai|senza"
    r"|не|нет|ни|никогда|без|никак\w+|ничего|нельзя|нiколи|немае"
    r"|nie|bez|nigdy|zadn\w+"
)
# Chinese and Japanese run words together, so that a sign that denies stands within a run.
NEGATING_SIGN = re.compile("[不没沒无無未非勿]|ない|ません")


@dataclass(frozen=True)
class Likeness:
    """How alike two statements are: 0 to 100, and in what that weighs they differ.

    100 are the same words in the same order and nothing else; case, diacritics and punctuation
    do not count.
    """

    score: int
    differs: frozenset[Difference] = frozenset()

    @property
    def is_same(self) -> bool:
        """Whether both say the same words."""
        return self.score == SAME


def likeness(one: str, other: str) -> Likeness:
    """Compare two statements; which is which makes no difference.

    The score is the part of letters that stand in both in order, the words as they stand or
    sorted, whichever gives more; each difference in numbers or negations takes a tenth away.
    Numbers in words ("nine") and denials of other kinds ("fails to") are words like others.
    """
    first, second = FoldedStatement.of(one), FoldedStatement.of(other)
    if first == second:
        return Likeness(SAME)
    differs = set()
    if first.numbers != second.numbers:
        differs.add(Difference.NUMBERS)
    if first.negations != second.negations:
        differs.add(Difference.NEGATION)
    as_it_stands = fuzz.ratio(first.text, second.text)
    in_any_order = fuzz.token_sort_ratio(first.text, second.text)
    score = max(as_it_stands, in_any_order) * WEIGHT ** len(differs)
    return Likeness(min(int(score), SAME - 1), frozenset(differs))


@dataclass(frozen=True)
class FoldedStatement:
    """A statement as it is compared: its folded words, its numbers, how often it denies."""

    text: str
    numbers: frozenset[tuple[str, int]]
    negations: int

    @classmethod
    def of(cls, statement: str) -> "FoldedStatement":
        """Return a statement in the form in which it is compared."""
        folded = "".join(map(_plain_digit, fold_for_search(statement)))
        words = WORD.findall(folded)
        numbers = Counter(
            number.rstrip(".,").replace("−", "-") for number in NUMBER.findall(folded)
        )
        denials = sum(bool(NEGATION.fullmatch(word)) for word in words)
        return cls(
            text=" ".join(words),
            numbers=frozenset(numbers.items()),
            negations=denials + len(NEGATING_SIGN.findall(folded)),
        )


def _plain_digit(sign: str) -> str:
    """A digit of any script as one of 0 to 9; everything else as it is."""
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)
