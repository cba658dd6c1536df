"""Near misses: places that a term does not find and that a person should look at.

A false "absent" is the worst error, so what is close is listed: what `NOT` left out, the words in
another order or with others between them, misspelled, inflected and transliterated words, words
that a space parts or that run together, and all words but one. They are suggestions, never hits.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from claims.domain.absence.searchable_text import SearchableText, TextSpan, WordStream, overlaps_any
from claims.domain.absence.spelling import similar_words
from claims.domain.absence.terms import (
    Pattern,
    Phrase,
    WordPattern,
    WordRange,
    chain_phrases,
    find_hits,
    hits_and_excluded,
    matching_ranges,
    merge_spans,
)
from claims.vocabulary import NearMiss

# The most near misses that are listed for one term in one text.
MAX_NEAR_MISSES = 50
# How many words may stand among those of a term that are apart.
_AMONG = 5
# Letters that a part of a term has at least, in hundredths of all: "power of 2" says nothing.
_PART = 60
# Letters of a phrase that is looked for without the spaces in it.
_MIN_LETTERS = 5
# Of one word that is everywhere so many places are looked at.
_LOOKED_AT = 2_000


@dataclass(frozen=True)
class NearMissSpan:
    """A span that is close to a term, its words, and why it is listed."""

    span: TextSpan
    words: str
    why: NearMiss


def near_misses(pattern: Pattern, searched: SearchableText) -> list[NearMissSpan]:
    """Spans close to a term that are no hit, the closest kind first, at most MAX_NEAR_MISSES.

    None overlaps a hit or another near miss of a closer kind.
    """
    known = set(find_hits(pattern, searched))
    hits = merge_spans(known)
    taken: list[TextSpan] = []
    found: list[NearMissSpan] = []
    for why, look in _WAYS.items():
        places = {place for stream in searched.streams for place in look(pattern, stream)}
        for place in sorted(places - known, key=lambda one: (one.start, one.end)):
            if len(found) == MAX_NEAR_MISSES:
                return found
            if not overlaps_any(hits, place) and not overlaps_any(taken, place):
                found.append(NearMissSpan(place, searched.text[place.start : place.end], why))
        taken = sorted((one.span for one in found), key=lambda one: one.start)
    return found


def _left_out(pattern: Pattern, words: WordStream) -> Iterator[TextSpan]:
    if pattern.unwanted:
        yield from hits_and_excluded(pattern, words)[1]


def _apart(pattern: Pattern, words: WordStream) -> Iterator[TextSpan]:
    """All words of the term close together, in whatever order."""
    wanted = [word for phrase in pattern.wanted.phrases for word in phrase.words]
    if len(wanted) < 2:
        return
    numbers = sorted(
        (_numbers(word.fitting(words.index.keys()), words) for word in wanted), key=len
    )
    rarest, others = numbers[0], numbers[1:]
    max_distance = len(wanted) + _AMONG + sum(pattern.wanted.distances)
    for number in rarest[:_LOOKED_AT]:
        cluster = {number}
        for some in others:
            nearest = _nearest(number, some, without=cluster)
            if nearest is None or abs(nearest - number) > max_distance:
                break
            cluster.add(nearest)
        else:
            if max(cluster) - min(cluster) <= max_distance:
                yield words.span(min(cluster), max(cluster) + 1)


def _numbers(fitting: Collection[str], words: WordStream) -> list[int]:
    return sorted({number for word in fitting for number in words.index[word]})


def _nearest(number: int, some: Sequence[int], *, without: Collection[int]) -> int | None:
    """The nearest of some ascending numbers; `without` those that are taken."""
    at, width = bisect_left(some, number), len(without) + 1
    candidates = (one for one in some[max(at - width, 0) : at + width] if one not in without)
    return min(candidates, key=lambda one: abs(one - number), default=None)


def _alike(pattern: Pattern, words: WordStream) -> Iterator[TextSpan]:
    """The term in words that are spelled alike; its phrases with other spaces."""
    others = {
        word: similar_words(word, words.index.keys())
        for phrase in pattern.wanted.phrases
        for word in phrase.words
    }
    if any(others.values()):
        runs = chain_phrases(pattern.wanted, lambda phrase: _runs_alike(phrase, others, words))
        yield from (words.span(*run) for run in runs)
    if len(pattern.wanted.phrases) == 1:
        for way in pattern.wanted.phrases[0].ways:
            if not any(word.any_beginning or word.any_ending for word in way):
                yield from _spaced_otherwise("".join(word.word for word in way), words)


def _runs_alike(
    phrase: Phrase, others: Mapping[WordPattern, Collection[str]], words: WordStream
) -> list[WordRange]:
    return matching_ranges(
        [{*word.fitting(words.index.keys()), *others[word]} for word in phrase.words], words
    )


def _spaced_otherwise(letters: str, words: WordStream) -> Iterator[TextSpan]:
    """Where these letters are words that a space parts, or run together: "Sibe ria"."""
    if len(letters) < _MIN_LETTERS:
        return
    text = "".join(words.words)
    if letters not in text:
        return
    ends = list(accumulate(len(word) for word in words.words))
    at = text.find(letters)
    for _ in range(_LOOKED_AT):
        if at < 0:
            return
        first = bisect_right(ends, at)
        last = bisect_left(ends, at + len(letters))
        begins = ends[first] - len(words.words[first]) == at
        if begins and ends[last] == at + len(letters):
            yield words.span(first, last + 1)
        at = text.find(letters, at + 1)


def _part(pattern: Pattern, words: WordStream) -> Iterator[TextSpan]:
    """A phrase of the term with another word in the place of one, or with none at an end."""
    if len(pattern.wanted.phrases) > 1:
        return
    phrase = pattern.wanted.phrases[0].words
    letters = sum(len(word.word) for word in phrase)
    fitting = [word.fitting(words.index.keys()) for word in phrase]
    for gap, missing in enumerate(phrase):
        if len(phrase) < 3 or (letters - len(missing.word)) * 100 < letters * _PART:
            continue
        if gap == 0:
            runs = matching_ranges(fitting[1:], words)
        elif gap == len(phrase) - 1:
            runs = matching_ranges(fitting[:-1], words)
        else:
            runs = matching_ranges([*fitting[:gap], None, *fitting[gap + 1 :]], words)
        yield from (words.span(*run) for run in runs)


_WAYS = {
    NearMiss.LEFT_OUT: _left_out,
    NearMiss.APART: _apart,
    NearMiss.ALIKE: _alike,
    NearMiss.PART: _part,
}
