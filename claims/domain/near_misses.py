"""Near misses: places that a term does not find and that a person should look at.

A false "absent" is the worst error, so what is close is listed: misspelled and inflected words, the
words in another order or with others between them, all words but one, and what `NOT` left out.
They are suggestions and never hits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from claims.domain.searched import Place, Searched, Words, inside
from claims.domain.terms import Pattern, Phrase, WordPattern, hits_and_left_out, places_of, runs_of
from claims.vocabulary import NearMiss

# How many are listed at most for one term in one text.
MOST = 50
# How alike two words are from 0 to 100, by edits; shorter words must be the same.
ALIKE = 75
_LETTERS_TO_BE_ALIKE = 4
# How many words may stand among those of a term that are apart.
_AMONG = 5
# A part of a term that says nothing by itself is no near miss: "of the 2".
_LETTERS_OF_A_PART = 5
# Of one word that is everywhere so many places are looked at.
_LOOKED_AT = 2_000


@dataclass(frozen=True)
class Missed:
    """A place that is close to a term, its words, and why it is shown."""

    place: Place
    words: str
    why: NearMiss


def near_misses(pattern: Pattern, searched: Searched) -> list[Missed]:
    """What is close to a term and no hit, the closest kind first, at most MOST."""
    hits = places_of(pattern, searched)
    taken: list[Place] = []
    found: list[Missed] = []
    for why in NearMiss:
        for place in sorted(
            {place for stream in searched.streams for place in _WAYS[why](pattern, stream)},
            key=lambda one: (one.start, one.end),
        ):
            if len(found) == MOST:
                return found
            if not inside(hits, place) and not inside(taken, place):
                found.append(Missed(place, searched.text[place.start : place.end], why))
        taken = sorted((one.place for one in found), key=lambda one: one.start)
    return found


def _left_out(pattern: Pattern, words: Words) -> Iterator[Place]:
    yield from hits_and_left_out(pattern, words)[1]


def _apart(pattern: Pattern, words: Words) -> Iterator[Place]:
    """All words of the term close together, in whatever order."""
    wanted = [one for phrase in pattern.wanted.phrases for one in phrase]
    if len(wanted) < 2:
        return
    numbers = sorted((one.numbers_in(words) for one in wanted), key=len)
    rarest, others = numbers[0], [frozenset(some) for some in numbers[1:]]
    reach = len(wanted) + _AMONG + sum(pattern.wanted.distances)
    for number in rarest[:_LOOKED_AT]:
        around = range(max(number - reach, 0), number + reach + 1)
        nearest = [
            min(
                (n for n in around if n in some and n != number),
                key=lambda n: abs(n - number),
                default=None,
            )
            for some in others
        ]
        if None not in nearest:
            together = [number, *(n for n in nearest if n is not None)]
            if max(together) - min(together) <= reach and len(set(together)) == len(together):
                yield words.place(min(together), max(together))


def _alike(pattern: Pattern, words: Words) -> Iterator[Place]:
    """A phrase of the term in words that are spelled alike, or that a space parts."""
    for phrase in pattern.wanted.phrases:
        if not all(_can_be_alike(one) for one in phrase) and len(phrase) == 1:
            continue
        same = {words.place(first, first + len(phrase) - 1) for first in runs_of(phrase, words)}
        alike = [frozenset(_numbers_alike(one, words)) for one in phrase]
        yield from (place for place in _runs(alike, words) if place not in same)
        for one in phrase:
            yield from _parted(one, words)


def _part(pattern: Pattern, words: Words) -> Iterator[Place]:
    """A phrase of the term with another word in the place of one, or with none at an end."""
    for phrase in pattern.wanted.phrases:
        same = [frozenset(one.numbers_in(words)) for one in phrase]
        for gap in range(len(phrase)):
            if not _says_something(phrase[:gap] + phrase[gap + 1 :]):
                continue
            if gap == 0:
                yield from _runs(same[1:], words)
            elif gap == len(phrase) - 1:
                yield from _runs(same[:-1], words)
            else:
                yield from _runs([*same[:gap], None, *same[gap + 1 :]], words)


def _runs(fitting: Sequence[frozenset[int] | None], words: Words) -> Iterator[Place]:
    """Stretches of words that fit one after the other; None fits every word.

    The first and the last are no None.
    """
    last = len(words.words) - len(fitting)
    for start in sorted(fitting[0] or ())[:_LOOKED_AT]:
        if start <= last and all(
            numbers is None or start + step in numbers for step, numbers in enumerate(fitting)
        ):
            yield words.place(start, start + len(fitting) - 1)


def _can_be_alike(pattern: WordPattern) -> bool:
    return len(pattern.word) >= _LETTERS_TO_BE_ALIKE and pattern.word.isalpha()


def _says_something(part: Phrase) -> bool:
    """Whether words of a term mean something without the others."""
    longest = max((len(one.word) for one in part if one.word.isalpha()), default=0)
    return longest >= _LETTERS_OF_A_PART or (len(part) > 1 and not part[0].word.isascii())


def _numbers_alike(pattern: WordPattern, words: Words) -> list[int]:
    """The numbers of the words that a word of the term fits or is spelled like."""
    numbers = list(pattern.numbers_in(words))
    if _can_be_alike(pattern):
        close = process.extract(
            pattern.word, list(words.index), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=20
        )
        numbers += [number for word, _score, _place in close for number in words.index[word]]
    return numbers


def _parted(pattern: WordPattern, words: Words) -> Iterator[Place]:
    """Where a space parts a word: "Sibe ria"."""
    word = pattern.word
    if len(word) < _LETTERS_OF_A_PART:
        return
    for cut in range(2, len(word) - 1):
        after = words.index.get(word[cut:])
        if after:
            following = frozenset(after)
            for number in words.index.get(word[:cut], ())[:_LOOKED_AT]:
                if number + 1 in following:
                    yield words.place(number, number + 1)


_WAYS = {
    NearMiss.LEFT_OUT: _left_out,
    NearMiss.APART: _apart,
    NearMiss.ALIKE: _alike,
    NearMiss.PART: _part,
}
