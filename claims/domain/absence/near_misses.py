"""Near misses: places that a term does not find and that a person should look at.

A false "absent" is the worst error, so what is close is listed: what `NOT` left out; forms and
other spellings of the words, the same in other letters, misspelled ones, and words that a space
parts or that run together; the words in another order or with others between them, and all words
but one. They are suggestions, never hits. A synonym is not found: no machine knows that it is one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.domain.absence.searchable_text import (
    SearchableText,
    TextSpan,
    WordStream,
    is_within,
    overlaps_any,
)
from claims.domain.absence.spelling import KINDS, close_words
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

# How many words may stand among those of a term that are apart.
_AMONG = 5
# Letters that a part of a term has at least, in hundredths of all: "power of 2" says nothing.
_PART = 60
# Letters of a phrase that is looked for without the spaces in it.
_MIN_LETTERS = 5


@dataclass(frozen=True)
class NearMissSpan:
    """A span that is close to a term, its words, and why it is listed."""

    span: TextSpan
    words: str
    why: NearMiss


def near_misses(
    pattern: Pattern, searched: SearchableText, languages: Sequence[str] = ()
) -> list[NearMissSpan]:
    """All spans close to a term that are no hit, in the order of their kinds, then of the text.

    `languages` are those of the text and of the term, as far as they are known: of others neither
    word forms nor common words are. None overlaps a hit or a near miss of a closer kind; but of
    what NOT leaves out, which asks nobody, only what lies within it is no other near miss, nor is
    what lies within a hit of words that are NEAR each other.
    """
    known = set(find_hits(pattern, searched))
    hits = merge_spans(known)
    spans: dict[NearMiss, set[TextSpan]] = {why: set() for why in NearMiss}
    for stream in searched.streams:
        spans[NearMiss.LEFT_OUT].update(_left_out(pattern, stream))
        for why, span in _written_otherwise(pattern, stream, languages):
            spans[why].add(span)
        spans[NearMiss.APART].update(_apart(pattern, stream, hits))
        spans[NearMiss.PART].update(_part(pattern, stream))
    taken: list[TextSpan] = []
    found: list[NearMissSpan] = []
    left_out = merge_spans(spans[NearMiss.LEFT_OUT])
    is_chain = len(pattern.wanted.phrases) > 1
    for why in NearMiss:
        places = sorted(spans[why] - known, key=lambda one: (one.start, one.end))
        for place in places:
            is_left_out = why != NearMiss.LEFT_OUT and is_within(left_out, place)
            # Of a chain another word may be near the same one as a hit, which may be dismissed.
            is_hit = is_within if is_chain and why in KINDS else overlaps_any
            if not (is_left_out or is_hit(hits, place) or overlaps_any(taken, place)):
                found.append(NearMissSpan(place, searched.text[place.start : place.end], why))
        if why != NearMiss.LEFT_OUT:
            taken = merge_spans([*taken, *(one.span for one in found if one.why == why)])
    return found


def _left_out(pattern: Pattern, words: WordStream) -> Iterator[TextSpan]:
    if pattern.unwanted:
        yield from hits_and_excluded(pattern, words)[1]


def _apart(pattern: Pattern, words: WordStream, hits: Sequence[TextSpan]) -> Iterator[TextSpan]:
    """All words of the term close together, in whatever order; not from a word of a hit on."""
    wanted = [word for phrase in pattern.wanted.phrases for word in phrase.words]
    if len(wanted) < 2:
        return
    numbers = sorted(
        (_numbers(word.fitting(words.index.keys()), words) for word in wanted), key=len
    )
    rarest, others = numbers[0], numbers[1:]
    max_distance = len(wanted) + _AMONG + sum(pattern.wanted.distances)
    starts = [hit.start for hit in hits]
    for number in rarest:
        before = bisect_right(starts, words.starts[number]) - 1
        if before >= 0 and hits[before].end > words.starts[number]:
            continue
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


def _written_otherwise(
    pattern: Pattern, stream: WordStream, languages: Sequence[str]
) -> Iterator[tuple[NearMiss, TextSpan]]:
    """The term in other words: forms, spellings, letters; its phrases with other spaces.

    A place is of the least close kind of its words. That two words are common says something of a
    term that is one word: amid a phrase the other one may be a slip.
    """
    wanted = [word for phrase in pattern.wanted.phrases for word in phrase.words]
    close = {word: close_words(word, stream.spellings, languages) for word in wanted}
    allowed: dict[WordPattern, set[str]] = {word: set() for word in wanted}
    known: set[WordRange] = set()
    for why in (*KINDS, NearMiss.COMMON):
        # Another common word amid a phrase comes with those that are alike.
        whys = {why, NearMiss.COMMON} if why == NearMiss.ALIKE and len(wanted) > 1 else {why}
        more = {
            word: {each for each, kind in close[word].items() if kind in whys} for word in close
        }
        if not any(more.values()):
            continue
        for word, others in more.items():
            allowed[word] |= others
        runs = chain_phrases(pattern.wanted, lambda phrase: _runs(phrase, allowed, stream))
        yield from ((why, stream.span(*run)) for run in runs if run not in known)
        known.update(runs)
    if len(pattern.wanted.phrases) == 1:
        for way in pattern.wanted.phrases[0].ways:
            if not any(word.any_beginning or word.any_ending for word in way):
                for span in _spaced_otherwise([word.word for word in way], stream):
                    yield NearMiss.SPELLING, span


def _runs(
    phrase: Phrase, others: Mapping[WordPattern, Collection[str]], words: WordStream
) -> list[WordRange]:
    return matching_ranges(
        [{*word.fitting(words.index.keys()), *others[word]} for word in phrase.words], words
    )


def _spaced_otherwise(parts: Sequence[str], words: WordStream) -> Iterator[TextSpan]:
    """Where these words are parted by other spaces, or run together: "Sibe ria"."""
    letters = "".join(parts)
    if len(letters) < _MIN_LETTERS:
        return
    text, ends = words.run_together
    at = text.find(letters)
    while at >= 0:
        first = bisect_right(ends, at)
        last = bisect_left(ends, at + len(letters))
        begins = ends[first] - len(words.words[first]) == at
        is_other = words.words[first : last + 1] != parts
        if begins and is_other and ends[last] == at + len(letters):
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
