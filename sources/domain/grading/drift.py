"""The part of a text most similar to a quote that it does not have: a suggestion, never a proof.

"fell by 9.1 percent in 2025" is much like "rose by 1.9 percent in 2024", so likeness verifies
nothing. It shows a person where to look, and `difference_of` what is not the same there.

The quote's rarest phrases or words are looked up in the text and vote for spans of its length;
the best few are compared with the quote (rapidfuzz: likeness is 1 less the share of characters that
only one side has), and the best place is widened to whole words and numbers. Where the quote has
words left over at an end, as many of the text's are taken in, for they may stand instead of them;
they count for nothing in the likeness. Where the words before and after the quote are known, the
place is the one beside which words most alike to these stand. Nothing is suggested for less than
three quarters alike, nor for a quote of less than five letters and digits (of scripts without
spaces, three).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from sources.domain.grading.boundaries import Cut, cut_at, joint_at
from sources.domain.grading.contexts import Context
from sources.domain.text.characters import WHITE_SPACE, is_unspaced
from sources.domain.text.folded_text import FoldedText

ALIKE = 0.75
MAX_SCORE = 0.9999  # of words that are not the same
CHARACTERS = 5

_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(f"[{WHITE_SPACE}]")
# What ends between two words where a place is led across neither.
_PARAGRAPH = re.compile(rf"\f|\n[{WHITE_SPACE}]*\n|[\u3002\uff01\uff1f]")
_SENTENCE = re.compile(rf"[.!?]\W*[{WHITE_SPACE}]")
# What is compared as one when two wordings are set side by side.
_TOKEN = re.compile(
    rf"(?P<space>[{WHITE_SPACE}]+)|[-+\u2212\u00b1]?\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*"
    r"|\w|."
)
_COUNTED = 8  # of the quote's phrases or words are counted in the text
_LONG = 6  # code points from which on a piece is distinctive
_SEEDS = 6  # the rarest of these vote
_VOTES = 500  # places of one word that vote
_WINDOWS = 4  # that are compared with the quote
_BESIDE = 4  # windows beside the words before it, and after it, that are compared with it
_EDGE = 200  # code points at either end of a quote that are laid along the text
_SNAP = 60  # code points that a place is widened by at most, for a whole word or number
_NO_CONTEXT = Context()


@dataclass(frozen=True, slots=True)
class Alike:
    """The place most like a quote: code points, half-open; `score` is above 0 and below 1."""

    start: int
    end: int
    score: float


class Side(StrEnum):
    """One of two wordings, by which has some words."""

    BOTH = "both"
    QUOTE = "quote"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that both wordings have (as the quote spells them), or only one of them."""

    side: Side
    words: str


def most_similar(quote: str, layer: FoldedText, context: Context = _NO_CONTEXT) -> Alike | None:
    """The place of a text that is most like a quote; None where none is like it enough.

    Of several that are, the one where the context of the quote fits best.
    """
    if sum(1 + is_unspaced(each) for each in quote if each.isalnum()) < CHARACTERS:
        return None
    words = _SPACE.sub(" ", quote)
    best, found = (0.0, 0.0), None
    for reading in layer.readings[1:] or layer.readings:  # without marks, then without footnotes
        for start, end, score in _places_alike(words, reading.lean.text, context):
            rank = (context.likeness(reading.lean.text, start, end), score)
            if rank > best:
                best, found = rank, (reading.lean, start, end)
    if found is None:
        return None
    lean, start, end = found
    start, end = _with_replaced_ends(words, lean.text, start, end)
    return Alike(lean.start(start), lean.end(end), best[1])


def _places_alike(words: str, text: str, context: Context) -> Iterator[tuple[int, int, float]]:
    """The places that are enough like a quote, of those that its rare words or the words beside it
    point to."""
    for begin, stop in (*_windows_beside(words, text, context), *_windows(words, text)):
        laid = _laid(words, _SPACE.sub(" ", text[begin:stop]))
        if laid is None:
            continue
        start, end = _snapped(text, begin + laid[0], begin + laid[1], joint_at)
        score = fuzz.ratio(words, _SPACE.sub(" ", text[start:end])) / 100
        if score >= ALIKE:
            yield start, end, min(score, MAX_SCORE)


def difference_of(exact: str, words: str) -> tuple[Wording, ...]:
    """Compare a quote with the words of a place, word by word, in reading order.

    White space is one where both have any. What both or only the quote has is the quote; what both
    or only the text has is the text's words but for white space.
    """
    quoted, there = _tokens(exact), _tokens(words)
    found: list[Wording] = []
    only = {Side.QUOTE: "", Side.TEXT: ""}
    for step in Indel.opcodes([key for key, _ in quoted], [key for key, _ in there]):
        if step.tag == "equal":
            found.extend(Wording(side, words) for side, words in only.items() if words)
            only = dict.fromkeys(only, "")
            found.append(Wording(Side.BOTH, _joined(quoted[step.src_start : step.src_end])))
        else:
            only[Side.QUOTE] += _joined(quoted[step.src_start : step.src_end])
            only[Side.TEXT] += _joined(there[step.dest_start : step.dest_end])
    found.extend(Wording(side, words) for side, words in only.items() if words)
    return tuple(found)


def _tokens(words: str) -> list[tuple[str, str]]:
    """Words, numbers and marks, each with what it is compared by."""
    found: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(words):
        if match.lastgroup != "space" and len(match[0]) > 1 and is_unspaced(match[0][0]):
            found.extend((character, character) for character in match[0])
        else:
            found.append((" " if match.lastgroup == "space" else match[0], match[0]))
    return found


def _joined(tokens: list[tuple[str, str]]) -> str:
    return "".join(words for _, words in tokens)


def _windows(words: str, text: str) -> list[tuple[int, int]]:
    """The spans of the text that most of the quote's rare words vote for, best first."""
    size = max(64, len(words) // 2)
    votes: defaultdict[int, float] = defaultdict(float)
    for seed, offsets in _rarest(words, text):
        places = list(_first_places(seed, text))
        buckets = {(place - offset) // size for place in places for offset in offsets}
        for bucket in buckets:
            votes[bucket] += len(seed) / (len(places) + 1)
    joined = {
        bucket: votes[bucket] + max(votes.get(bucket - 1, 0), votes.get(bucket + 1, 0))
        for bucket in votes
    }
    best = sorted(joined, key=lambda bucket: (-joined[bucket], bucket))[:_WINDOWS]
    return [
        (
            max(0, (bucket - 1) * size),
            min(len(text), (bucket + 2) * size + len(words) + len(words) // 4),
        )
        for bucket in best
    ]


def _windows_beside(words: str, text: str, context: Context) -> Iterator[tuple[int, int]]:
    """The spans of the text right behind the words before a quote, and before those after it."""
    reach = len(words) + len(words) // 4 + 16
    plain = _SPACE.sub(" ", text) if context.is_given else ""
    for beside, is_before in ((context.prefix, True), (context.suffix, False)):
        if len(beside.strip()) < _LONG:
            continue
        seed = _SPACE.sub(" ", beside)
        for at in islice(_first_places(seed, plain), _BESIDE):
            if is_before:
                yield at + len(seed), min(len(text), at + len(seed) + reach)
            else:
                yield max(0, at - reach), at


def _rarest(words: str, text: str) -> list[tuple[str, list[int]]]:
    """The rarest spans of a quote that the text has, with their offsets in the quote.

    Phrases, for most are there where one word is not; words, where hardly a phrase is; and parts of
    words, where not even a word is, as in scripts without spaces or where words have run together.
    """
    found: list[tuple[str, list[int]]] = []
    for pieces in (_phrases(words), _words(words), _grams(words)):
        offsets: defaultdict[str, list[int]] = defaultdict(list)
        for at, piece in pieces:
            if len(offsets[piece]) < 4:
                offsets[piece].append(at)
        counted = [(text.count(piece), piece) for piece in _telling(list(offsets))]
        rarest = sorted((count, piece) for count, piece in counted if count)[:_SEEDS]
        found.extend((piece, offsets[piece]) for _, piece in rarest)
        if len(found) > 1:
            break
    return found


def _telling(pieces: list[str]) -> list[str]:
    """Some of the pieces: the longest, and where all are long, from all over the quote."""
    long = [piece for piece in pieces if len(piece) >= _LONG] or pieces
    if len(long) > _COUNTED:
        return long[:: -(-len(long) // _COUNTED)]
    return sorted(pieces, key=lambda piece: (-len(piece), piece))[:_COUNTED]


def _phrases(words: str) -> Iterator[tuple[int, str]]:
    """Each four words of the quote, one after the other, as they stand in it."""
    found = list(_WORD.finditer(words))
    for index in range(0, len(found) - 3, 4):
        start, end = found[index].start(), found[index + 3].end()
        yield start, words[start:end]


def _words(words: str) -> Iterator[tuple[int, str]]:
    for match in _WORD.finditer(words):
        yield match.start(), match[0]


def _grams(words: str) -> Iterator[tuple[int, str]]:
    for match in _WORD.finditer(words):
        size = 3 if is_unspaced(match[0][0]) else 5
        for at in range(len(match[0]) - size + 1):
            yield match.start() + at, match[0][at : at + size]


def _first_places(seed: str, text: str) -> Iterator[int]:
    at = text.find(seed)
    for _ in range(_VOTES):
        if at == -1:
            return
        yield at
        at = text.find(seed, at + 1)


def _laid(words: str, window: str) -> tuple[int, int] | None:
    """The quote laid along a window: where it begins and ends best, at ends of words."""
    head, tail = words[:_EDGE], words[-_EDGE:]
    first = fuzz.partial_ratio_alignment(head, window)
    if first is None:
        return None
    start, end = first.dest_start, first.dest_end
    if len(words) > _EDGE:
        offset = min(start + _EDGE // 2, len(window))
        last = fuzz.partial_ratio_alignment(tail, window[offset:])
        if last is None:
            return None
        end = offset + last.dest_end
    if start >= end:
        return None
    edges = [0, *(each for match in _WORD.finditer(window) for each in match.span()), len(window)]
    for _ in range(2):
        starts = {start, *_near(edges, start)}
        start = max(
            (each for each in starts if each < end),
            key=lambda each: (fuzz.ratio(head, window[each : min(end, each + _EDGE)]), each),
        )
        ends = {end, *_near(edges, end)}
        end = max(
            (each for each in ends if each > start),
            key=lambda each: (fuzz.ratio(tail, window[max(start, each - _EDGE) : each]), -each),
        )
    return start, end


def _near(edges: list[int], position: int) -> list[int]:
    """Ends of words around a position, of a few words on either side."""
    return sorted(edges, key=lambda edge: abs(edge - position))[:12]


def _snapped(
    text: str, start: int, end: int, cut: Callable[[str, int], Cut | None] = cut_at
) -> tuple[int, int]:
    """A place without white space at its ends, widened to whole words and numbers."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    least, most = max(0, start - _SNAP), min(len(text), end + _SNAP)
    while start > least and cut(text, start):
        start -= 1
    while end < most and cut(text, end):
        end += 1
    return start, end


def _with_replaced_ends(words: str, text: str, start: int, end: int) -> tuple[int, int]:
    """A place with the words beside it that stand instead of the quote's first or last ones."""
    head = _words_left_over(_tokens(words[:_EDGE]), _tokens(text[start : min(end, start + _EDGE)]))
    tail = _words_left_over(
        _tokens(words[-_EDGE:])[::-1], _tokens(text[max(start, end - _EDGE) : end])[::-1]
    )
    return _snapped(text, _led_back(text, start, head), _led_on(text, end, tail))


def _words_left_over(quoted: list[tuple[str, str]], there: list[tuple[str, str]]) -> int:
    """How many words more the quote has than the text, before the first word that both have."""
    left = 0
    for step in Indel.opcodes([key for key, _ in quoted], [key for key, _ in there]):
        ours = _count_words(quoted[step.src_start : step.src_end])
        if step.tag == "equal" and ours:
            return max(left, 0)
        left += ours - _count_words(there[step.dest_start : step.dest_end])
    return 0


def _count_words(tokens: list[tuple[str, str]]) -> int:
    return sum(key[-1].isalnum() for key, _ in tokens)


def _led_on(text: str, end: int, count: int) -> int:
    """The end of a place that is led on by some words, but out of no sentence or paragraph."""
    at = word_end = end
    while word_end and not text[word_end - 1].isalnum():
        word_end -= 1
    for key, token in _tokens(text[end : end + _EDGE]):
        begin, at = at, at + len(token)
        if not count:
            break
        if key[-1].isalnum():
            if _is_parted(text[word_end:begin], token):
                break
            end, word_end, count = at, at, count - 1
    return end


def _led_back(text: str, start: int, count: int) -> int:
    """The start of a place that is led back by some words, in the same way."""
    at = word = start
    while word < len(text) - 1 and not text[word].isalnum():
        word += 1
    for key, token in reversed(_tokens(text[max(0, start - _EDGE) : start])):
        stop, at = at, at - len(token)
        if not count:
            break
        if key[-1].isalnum():
            if _is_parted(text[stop:word], text[word]):
                break
            start, word, count = at, at, count - 1
    return start


def _is_parted(between: str, after: str) -> bool:
    """Whether a sentence, a paragraph or a page ends between two words."""
    if _PARAGRAPH.search(between):
        return True
    return _SENTENCE.search(between) is not None and not after[0].islower()
