"""Terms: patterns of words that are said to be absent from a document, and where they are in one.

    term       found in
    trade war  "trade war", "Trade-War", "trade\\nwar"; not in "trade wars"
    Сил* Сибири-2     any ending: "Силы Сибири — 2", "Сила Сибири 2"
    *газопровод       any beginning: "трубогазопровод"
    Arctic NEAR/5 Russia   both, in either order, with at most five words between them
    Georgia NOT "Georgia Tech"    Georgia, where it is no part of Georgia Tech

Words are compared as `searched` folds them. Between the words of a term anything may stand that
is no word, but no border of a cell: words of two cells of a table are a near miss. NEAR binds
before NOT and reaches over cells; in a script without spaces it counts characters. `NOT` leaves out
hits that share a word with what follows it; these are near misses, so that nothing is hidden.
Operators are in capitals; in quotation marks they are words.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from claims.domain.absence.searchable_text import (
    SearchableText,
    TextSpan,
    WordStream,
    overlaps_any,
    prepare_text,
)
from claims.vocabulary import Matching
from sources.domain.refusals import Refusal, quoted
from sources.domain.text.characters import DOUBLE_QUOTES, is_unspaced

MAX_LENGTH = 200
MAX_WORDS = 32  # in one row
MAX_DISTANCE = 50
# Letters that a word with a `*` must have; fewer would find half of all words.
MIN_LETTERS = 3

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|NEAR/(?P<near>[0-9]{1,3})(?!\S)|(?P<not>NOT)(?!\S)|[^\s"]+'
)
_QUOTATION_MARK = re.compile(f"[{DOUBLE_QUOTES}]")
_STAR = re.compile("[*\uff0a\u2217\u204e]")
_OPERATOR_LIKE = re.compile(r"(?:NEAR|NOT|AND|OR)(?:/\S*)?|[Nn]ear/[0-9]+")
_IN_ORDER = attrgetter("start", "end")


# What the refusals of a term are about.
TERM_CODES = frozenset(
    {
        *("empty_term", "bare_star", "short_star", "star_inside", "unspaced_star"),
        *("operator", "distance", "quotation_mark", "term_too_long"),
    }
)


class TermRefused(Refusal):
    """A term that cannot be read, or that would find too much; `code` is one of TERM_CODES."""


class WordRange(NamedTuple):
    """Words in a row of a stream, by number, half-open."""

    start: int
    end: int


@dataclass(frozen=True)
class WordPattern:
    """One word of a term, folded; with any beginning or ending where a star stands.

    `written` is the word as somebody wrote it, for lists of words that tell ü from u.
    """

    word: str
    any_beginning: bool = False
    any_ending: bool = False
    written: str = field(default="", compare=False)

    def fitting(self, words: Collection[str]) -> Collection[str]:
        """Those of some folded words that it means."""
        if not (self.any_beginning or self.any_ending):
            return {self.word} if self.word in words else ()
        return {word for word in words if self.fits(word)}

    def fits(self, word: str) -> bool:
        """Whether a folded word is one that it means."""
        if self.any_beginning and self.any_ending:
            return self.word in word
        if self.any_beginning:
            return word.endswith(self.word)
        return word.startswith(self.word) if self.any_ending else word == self.word


@dataclass(frozen=True)
class Phrase:
    """Words in a row, in each way to part them (Xi'an is two words or one), most parts first."""

    ways: tuple[tuple[WordPattern, ...], ...]

    @property
    def words(self) -> tuple[WordPattern, ...]:
        """The words, parted wherever they may be."""
        return self.ways[0]


@dataclass(frozen=True)
class Near:
    """Phrases in a chain: each within so many words of the span that those before it take."""

    phrases: tuple[Phrase, ...]
    distances: tuple[int, ...]


@dataclass(frozen=True)
class Pattern:
    """A term as it is read: the words wanted, and the words that leave a hit out."""

    wanted: Near
    unwanted: tuple[Near, ...]


def read_term(text: str, *, matching: Matching = Matching.WORDS) -> Pattern:
    """Read a term. Raises TermRefused, saying what is wrong and what to write.

    With Matching.PREFIX each word may go on, but for numbers, words with too few letters and what
    follows NOT, which leaves out no more than is written.
    """
    if len(text) > MAX_LENGTH:
        raise TermRefused(
            "term_too_long",
            f"The term {quoted(text)} has {len(text)} characters. At most {MAX_LENGTH} are read.",
        )
    typed = _STAR.sub("*", _QUOTATION_MARK.sub('"', text))
    if typed.count('"') % 2:
        raise TermRefused(
            "quotation_mark", f"The term {quoted(text)} has a quotation mark without its other one."
        )
    parts: list[Near] = []
    phrases: list[list[str]] = [[]]
    distances: list[int] = []
    for match in _PIECE.finditer(typed):
        if match["not"]:
            parts.append(_near(phrases, distances, text, matching if not parts else Matching.WORDS))
            phrases, distances = [[]], []
        elif match["near"]:
            distances.append(_distance(int(match["near"]), text))
            phrases.append([])
        elif match["quoted"] is not None:
            phrases[-1].append(match["quoted"])
        else:
            _refuse_unknown_operator(match[0], text)
            phrases[-1].append(match[0])
    parts.append(_near(phrases, distances, text, matching if not parts else Matching.WORDS))
    wanted, *unwanted = parts
    return Pattern(wanted, tuple(unwanted))


def find_hits(pattern: Pattern, searched: SearchableText) -> list[TextSpan]:
    """Every place in the text that has the term, in order.

    Those that overlap are all told: a person who judges one to be something else has not judged the
    other.
    """
    found = {
        place for stream in searched.streams for place in hits_and_excluded(pattern, stream)[0]
    }
    return sorted(found, key=_IN_ORDER)


def hits_and_excluded(pattern: Pattern, words: WordStream) -> tuple[list[TextSpan], list[TextSpan]]:
    """The hits among these words, and what NOT leaves out of them.

    Left out is what needs a word of what follows NOT; what only stands around such words is a hit.
    """
    found = list(_places(pattern.wanted, words))
    if not pattern.unwanted:
        return found, []
    unwanted = merge_spans(place for near in pattern.unwanted for place in _places(near, words))
    kept = {
        words.span(*run)
        for run in chain_phrases(
            pattern.wanted,
            lambda phrase: [
                run
                for run in phrase_ranges(phrase, words)
                if not overlaps_any(unwanted, words.span(*run))
            ],
        )
    }
    return sorted(kept, key=_IN_ORDER), [place for place in found if place not in kept]


def merge_spans(places: Iterable[TextSpan]) -> list[TextSpan]:
    """Places in order, those that overlap as one."""
    found: list[TextSpan] = []
    for place in sorted(set(places), key=_IN_ORDER):
        if found and place.start < found[-1].end:
            found[-1] = TextSpan(found[-1].start, max(found[-1].end, place.end))
        else:
            found.append(place)
    return found


def chain_phrases(
    near: Near, ranges_of_phrase: Callable[[Phrase], list[WordRange]]
) -> list[WordRange]:
    """Where a chain of phrases is, each time from its first word to its last."""
    first, *others = map(ranges_of_phrase, near.phrases)
    for runs, distance in zip(others, near.distances, strict=True):
        first = _near_ranges(first, runs, distance)
    return first


def phrase_ranges(phrase: Phrase, words: WordStream) -> list[WordRange]:
    """Where the words of a phrase follow each other, in order."""
    found: set[WordRange] = set()
    for way in phrase.ways:
        found.update(matching_ranges([word.fitting(words.index.keys()) for word in way], words))
    return sorted(found)


def matching_ranges(wanted: Sequence[Collection[str] | None], words: WordStream) -> list[WordRange]:
    """Where words follow each other of which each is among those wanted at its place; of those
    that end together the shortest. None wants any word, and is not the first. None reaches over a
    barrier."""
    if not all(fitting is None or fitting for fitting in wanted):
        return []
    numbers = {number for word in wanted[0] or () for number in words.index[word]}
    front = {number: number for number in numbers}  # by where it ends, where it begins
    for fitting in wanted:
        front = {
            end: start for end, start in front.items() if end == start or end not in words.barriers
        }
        if fitting is None:
            front = {end + 1: start for end, start in front.items() if end < len(words)}
            continue
        reached = {end + 1: start for end, start in front.items() if words.words[end] in fitting}
        for number in front.keys() & words.joined.keys():
            for end, word in words.joined[number]:
                if word in fitting:
                    reached[end] = max(front[number], reached.get(end, -1))
        front = reached
    return [WordRange(start, end) for end, start in sorted(front.items())]


def _near_ranges(
    ones: Sequence[WordRange], others: Sequence[WordRange], distance: int
) -> list[WordRange]:
    """Each of the ones with each of the others before and behind it that is near enough.

    Not the nearest alone: NOT may leave that one out, and a chain may go on only from another.
    """
    starts = [run.start for run in others]
    by_end = sorted(others, key=lambda run: (run.end, run.start))
    ends = [run.end for run in by_end]
    found = set()
    for one in ones:
        for behind in range(bisect_left(starts, one.end), bisect_right(starts, one.end + distance)):
            found.add(WordRange(one.start, others[behind].end))
        for before in range(bisect_left(ends, one.start - distance), bisect_right(ends, one.start)):
            found.add(WordRange(by_end[before].start, one.end))
    return sorted(found)


def _places(near: Near, words: WordStream) -> Iterator[TextSpan]:
    runs = chain_phrases(near, lambda phrase: phrase_ranges(phrase, words))
    return (words.span(*run) for run in runs)


def _near(
    phrases: Sequence[Sequence[str]], distances: Sequence[int], text: str, matching: Matching
) -> Near:
    return Near(
        tuple(_phrase(" ".join(pieces), text, matching) for pieces in phrases), tuple(distances)
    )


def _distance(number: int, text: str) -> int:
    if number > MAX_DISTANCE:
        raise TermRefused(
            "distance",
            f"NEAR/{number} in {quoted(text)} is too far. Write a number up to {MAX_DISTANCE}.",
        )
    return number


def _refuse_unknown_operator(piece: str, text: str) -> None:
    if _OPERATOR_LIKE.fullmatch(piece):
        raise TermRefused(
            "operator",
            f"{quoted(piece)} in {quoted(text)} is no operator that is known. Write `NEAR/5` or "
            "`NOT`, or a term for each alternative; in quotation marks it is a word.",
        )


def _phrase(typed: str, text: str, matching: Matching) -> Phrase:
    """The words between operators, with their stars."""
    words = prepare_text(typed).streams[0]
    if not len(words) and "*" not in typed:
        raise TermRefused(
            "empty_term",
            f"The term {quoted(text)} has no word where one is needed. "
            "Write words, as in `trade war` or `Arctic NEAR/5 Russia`.",
        )
    if len(words) > MAX_WORDS:
        raise TermRefused(
            "too_long",
            f"{quoted(text)} has {len(words)} words in a row. At most {MAX_WORDS} are read.",
        )
    beginnings, endings = _starred(typed, words, text)
    parted = [(number + 1, words.words[number]) for number in range(len(words))]
    joined = [max((each, *words.joined.get(each[0] - 1, ()))) for each in parted]
    written = [typed[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
    ways = (_way(each, beginnings, endings, matching, written) for each in (parted, joined))
    return Phrase(tuple(dict.fromkeys(ways)))


def _way(
    parts: Sequence[tuple[int, str]],
    beginnings: Collection[int],
    endings: Collection[int],
    matching: Matching,
    written: Sequence[str],
) -> tuple[WordPattern, ...]:
    """The words of a phrase; `parts` says of each number up to which it goes, and the word;
    `written` has the words before they were folded."""
    way, number = [], 0
    while number < len(parts):
        end, word = parts[number]
        goes_on = matching == Matching.PREFIX and len(word) >= MIN_LETTERS and word[0].isalpha()
        way.append(
            WordPattern(
                word,
                any_beginning=number in beginnings,
                any_ending=goes_on or end - 1 in endings,
                written="".join(written[number:end]),
            )
        )
        number = end
    return tuple(way)


def _starred(typed: str, words: WordStream, text: str) -> tuple[set[int], set[int]]:
    """The numbers of the words with a star before them, and of those with one behind."""
    begins = {start: number for number, start in enumerate(words.starts[:-1])}
    ends = {end: number for number, end in enumerate(words.ends[:-1])}
    beginnings: set[int] = set()
    endings: set[int] = set()
    for star in re.finditer(r"\*+", typed):
        follows, precedes = ends.get(star.start()), begins.get(star.end())
        if follows is not None and precedes is not None:
            raise TermRefused(
                "star_inside",
                f"A * in {quoted(text)} stands inside of a word; it is for beginnings and endings.",
            )
        if follows is not None:
            _require_letters(words.words[follows], text)
            endings.add(follows)
        elif precedes is not None:
            _require_letters(words.words[precedes], text)
            beginnings.add(precedes)
        else:
            raise TermRefused(
                "bare_star",
                f"A * in {quoted(text)} stands alone. Write part of the word, as in `Сил*`.",
            )
    return beginnings, endings


def _require_letters(word: str, text: str) -> None:
    """Refuse a star at what has too few letters, or has no words to begin or end."""
    if is_unspaced(word):
        raise TermRefused(
            "unspaced_star",
            f"A * in {quoted(text)} stands beside {quoted(word)}. Leave it out: words of this "
            "script are found inside of longer ones.",
        )
    if len(word) < MIN_LETTERS:
        raise TermRefused(
            "short_star",
            f"{quoted(word)} with a * in {quoted(text)} would find too much. "
            f"Write at least {MIN_LETTERS} letters.",
        )
