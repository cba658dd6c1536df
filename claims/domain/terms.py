"""Terms: patterns of words that are said to be absent from a document, and where they are in one.

    term       found in
    trade war  "trade war", "Trade-War", "trade\\nwar"; not in "trade wars"
    Сил* Сибири-2     any ending: "Силы Сибири — 2", "Сила Сибири 2"
    *газопровод       any beginning: "трубогазопровод"
    Arctic NEAR/5 Russia   both, in either order, with at most five words between them
    Georgia NOT "Georgia Tech"    Georgia, where it is no part of Georgia Tech

Words are compared as `searched` folds them. Between the words of a term anything may stand that
is no word. `NOT` leaves out hits that share a word with what follows it; these are near misses, so
that nothing is hidden. Operators are in capitals; in quotation marks they are words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.domain.searched import UNSPACED, Place, Searched, Words, folded_words, inside, ready
from claims.vocabulary import Matching
from sources.domain.refusals import Refusal, shown

__all__ = ["Pattern", "Place", "Searched", "TermRefused", "places_of", "read_term", "ready"]

MAX_LENGTH = 200
MAX_DISTANCE = 50
# Letters that a word with a `*` must have; fewer would find half of all words.
FEWEST_LETTERS = 3

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|NEAR/(?P<near>[0-9]{1,3})(?!\S)|(?P<not>NOT)(?!\S)|[^\s"]+'
)
# What parts words with a star: "Сил*-Сибири*" is two.
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212./,:;()'’“”«»…]+")
_OPERATOR_LIKE = re.compile(r"(NEAR|NOT|AND|OR)(?:/\S*)?")


class TermRefused(Refusal):
    """A term that cannot be read, or that would find too much. `code`: empty_term, bare_star,
    short_star, star_inside, unspaced_star, operator, distance, quotation_mark, too_long."""


@dataclass(frozen=True)
class WordPattern:
    """One word of a term, folded; with any beginning or ending where a star stands."""

    word: str
    any_beginning: bool = False
    any_ending: bool = False

    def numbers_in(self, words: Words) -> list[int]:
        """The numbers of the words that it fits, in order."""
        if not (self.any_beginning or self.any_ending):
            return words.index.get(self.word, [])
        return sorted(
            number for word, numbers in words.index.items() if self.fits(word) for number in numbers
        )

    def fits(self, word: str) -> bool:
        """Whether a folded word is one that it means."""
        if self.any_beginning and self.any_ending:
            return self.word in word
        if self.any_beginning:
            return word.endswith(self.word)
        return word.startswith(self.word) if self.any_ending else word == self.word


Phrase = tuple[WordPattern, ...]


@dataclass(frozen=True)
class Near:
    """Phrases in a chain: each within so many words of the stretch that those before it take."""

    phrases: tuple[Phrase, ...]
    distances: tuple[int, ...]


@dataclass(frozen=True)
class Pattern:
    """What a term means: what it looks for, and what leaves a hit out."""

    wanted: Near
    unwanted: tuple[Near, ...]


def read_term(text: str, *, matching: Matching = Matching.WORDS) -> Pattern:
    """Read a term. Raises TermRefused, saying what is wrong and what to write."""
    if len(text) > MAX_LENGTH:
        raise TermRefused(
            "too_long",
            f"The term {shown(text)} has {len(text)} characters. At most {MAX_LENGTH} are read.",
        )
    if text.count('"') % 2:
        raise TermRefused(
            "quotation_mark", f"The term {shown(text)} has a quotation mark without its other one."
        )
    parts: list[Near] = []
    phrases: list[list[WordPattern]] = [[]]
    distances: list[int] = []
    for match in _PIECE.finditer(text):
        if match["not"]:
            parts.append(_near(phrases, distances, text))
            phrases, distances = [[]], []
        elif match["near"]:
            distances.append(_distance(int(match["near"]), text))
            phrases.append([])
        elif match["quoted"] is not None:
            phrases[-1] += _word_patterns(match["quoted"], text, matching)
        else:
            _refuse_unknown_operator(match[0], text)
            phrases[-1] += _word_patterns(match[0], text, matching)
    parts.append(_near(phrases, distances, text))
    wanted, *unwanted = parts
    return Pattern(wanted, tuple(unwanted))


def places_of(pattern: Pattern, searched: Searched) -> list[Place]:
    """Every place in the text that has the term, in order and apart from each other."""
    return _in_order(
        place for stream in searched.streams for place in hits_and_left_out(pattern, stream)[0]
    )


def hits_and_left_out(pattern: Pattern, words: Words) -> tuple[list[Place], list[Place]]:
    """The hits among these words, and what NOT leaves out of them."""
    hits = _in_order(_places(pattern.wanted, words))
    unwanted = _in_order(place for near in pattern.unwanted for place in _places(near, words))
    kept: list[Place] = []
    left_out: list[Place] = []
    for place in hits:
        (left_out if inside(unwanted, place) else kept).append(place)
    return kept, left_out


def runs_of(phrase: Sequence[WordPattern], words: Words) -> list[int]:
    """The numbers of the words at which the words of a phrase begin, one after the other."""
    first, *others = (pattern.numbers_in(words) for pattern in phrase)
    following = [frozenset(numbers) for numbers in others]
    return [
        number
        for number in first
        if all(number + step in numbers for step, numbers in enumerate(following, start=1))
    ]


def _places(near: Near, words: Words) -> Iterator[Place]:
    """Where the chain of phrases is, each hit from its first word to its last."""
    spans = _spans(near.phrases[0], words)
    for phrase, distance in zip(near.phrases[1:], near.distances, strict=True):
        spans = list(_beside(spans, _spans(phrase, words), distance))
    return (words.place(first, last) for first, last in spans)


def _spans(phrase: Phrase, words: Words) -> list[tuple[int, int]]:
    return [(number, number + len(phrase) - 1) for number in runs_of(phrase, words)]


def _beside(
    ones: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]], distance: int
) -> Iterator[tuple[int, int]]:
    """For each of the ones the nearest of the others on each side, within the distance."""
    place = 0
    for first, last in ones:
        while place < len(others) and others[place][1] < first:
            place += 1
        for other in others[max(place - 1, 0) : place + 2]:
            between = max(other[0] - last, first - other[1]) - 1
            if 0 <= between <= distance:
                yield min(first, other[0]), max(last, other[1])


def _in_order(places: Iterator[Place]) -> list[Place]:
    """Places in order; of those that overlap, the first and longest."""
    found: list[Place] = []
    for place in sorted(places, key=lambda one: (one.start, -one.end)):
        if not found or place.start >= found[-1].end:
            found.append(place)
    return found


def _near(phrases: list[list[WordPattern]], distances: list[int], text: str) -> Near:
    if not all(phrases):
        raise TermRefused(
            "empty_term",
            f"The term {shown(text)} has no word where one is needed. "
            "Write words, as in `trade war` or `Arctic NEAR/5 Russia`.",
        )
    return Near(tuple(tuple(phrase) for phrase in phrases), tuple(distances))


def _distance(number: int, text: str) -> int:
    if number > MAX_DISTANCE:
        raise TermRefused(
            "distance",
            f"NEAR/{number} in {shown(text)} is too far. Write a number up to {MAX_DISTANCE}.",
        )
    return number


def _refuse_unknown_operator(piece: str, text: str) -> None:
    if _OPERATOR_LIKE.fullmatch(piece):
        raise TermRefused(
            "operator",
            f"{shown(piece)} in {shown(text)} is no operator that is known. Write `NEAR/5` or "
            "`NOT`, or a term for each alternative; in quotation marks it is a word.",
        )


def _word_patterns(piece: str, text: str, matching: Matching) -> list[WordPattern]:
    """The words of a piece between spaces, with the stars at its ends."""
    found: list[WordPattern] = []
    for part in _BETWEEN.split(piece) if "*" in piece else [piece]:
        bare = part.strip("*")
        if "*" in bare:
            raise TermRefused(
                "star_inside",
                f"A * in {shown(part)} stands inside of a word; it is for beginnings and endings.",
            )
        words = folded_words(bare)
        if not words:
            if "*" in part:
                raise TermRefused(
                    "bare_star",
                    f"A * in {shown(text)} stands alone. Write part of the word, as in `Сил*`.",
                )
            continue
        beginning, ending = part.startswith("*"), part.endswith("*")
        _refuse_loose(words[0] if beginning else "", text)
        _refuse_loose(words[-1] if ending else "", text)
        found += [
            WordPattern(
                word,
                any_beginning=beginning and number == 0,
                any_ending=(ending and number == len(words) - 1)
                or (matching == Matching.PREFIX and word.isalpha() and len(word) >= FEWEST_LETTERS),
            )
            for number, word in enumerate(words)
        ]
    return found


def _refuse_loose(word: str, text: str) -> None:
    """Refuse a star at what has too few letters, or has no words to begin or end."""
    if word and UNSPACED.fullmatch(word):
        raise TermRefused(
            "unspaced_star",
            f"A * in {shown(text)} stands beside {shown(word)}. Leave it out: words of this script "
            "are found inside of longer ones.",
        )
    if word and len(word) < FEWEST_LETTERS:
        raise TermRefused(
            "short_star",
            f"{shown(word)} with a * in {shown(text)} would find too much. "
            f"Write at least {FEWEST_LETTERS} letters.",
        )
