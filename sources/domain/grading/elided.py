"""Finding shortened quotes: "…" for words left out, words of the desk in square brackets.

Tried only for a quote that as it stands is nowhere in the text. Its parts must stand there in this
order, each exact or folded, each with a whole word or number at both of its ends.

- Marks of omission are … ... .... . . . and any of them in square or round brackets. At the ends of
  a quote they say nothing. Between two parts words must be left out, at most 2,000 code points.
- [words] are the desk's: they stand beside the source's, or for "they", "the" and the like, never
  for a word that says what happened: no "Trade [rose]" for "Trade fell". At an end of the quote or
  of an elision the word beside them is looked at, for they may have taken its place.
- A letter in brackets that begins a word, [T]rade, is that letter in either case.
- No mark and no insertion are what touches a letter, digit or sign on the wrong side: 9[.]1, [1]9%,
  un[…]able, thing[s]. Brackets that are none are read as words of the source.

Words may be left out whatever they say, a "not" as well: no rule can tell when that turns the
sense, so each gap is in doubt until a person confirms it (`sources.domain.grading.doubts`). What a
rule can tell is refused (the lists err on the side of refusing; a longer quote can be taken):

- The desk's words hold no digit, sign, %, currency or negation and stand for none, nor for or as
  the bound ("nearly") or scale ("million") of a number beside them: they are put in, not left out.
  None begin a quote behind a negation: "[They] agreed" for "They never agreed".
- A number keeps the scale behind it and the bound or minus before it: no "9 … ships" for "9 million
  ships", no "by … 9%" for "by minus 9%", no "9 … million" for "9 ships and 5 million".

Several places, none of which holds another, are ambiguous. Work is bounded: at most 50 parts, of
which the rarest stands at no more than 1,000 places; what is beyond is not found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from sources.domain.grading.differences import Difference, PassedOver, quote_differences
from sources.domain.grading.locations import is_valid_location
from sources.domain.grading.omissions import (
    may_be_inserted,
    may_be_left_out,
    may_be_replaced,
    may_close,
    may_open,
    negates,
    sentence_before,
)
from sources.domain.text.characters import WHITE_SPACE
from sources.domain.text.folded_text import FoldedText
from sources.domain.text.folding import Folded

MAX_PARTS = 50
MAX_PLACES = 1_000
MAX_GAP = 2_000  # code points that a mark of omission stands for
MAX_REPLACED = 200  # code points that the desk's words stand for
_MAX_STEPS = 5_000  # places looked at for the part before or after, all in all

Location = tuple[int, int]

_DOTS = r"(?:…|\.{3,4}(?!\.)|\.(?: \.){2,3})"
_JOINT = re.compile(
    rf"(?P<mark>\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|(?<!\.){_DOTS})"
    r"|\[(?P<letter>[^\W\d_])\](?=[^\W\d_])|\[(?P<words>[^][\n]{1,200})\]"
)
_MAY_PRECEDE = re.compile(f"[{WHITE_SPACE}(\"'“‘„«‹,.;:!?…\\]]|^$")
_MAY_FOLLOW = re.compile(f"[{WHITE_SPACE})\"'”’“»›,.;:!?…\\[]|^$")
_NEAR = 24  # code points of a quote that are looked at next to a joint
_OPENING = "\"'“‘„«‹("
_CLOSING = frozenset(".,;:!?)\"'”’»")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a quote between two joints.

    `joint` is what the quote has before them ("", … or [words]), `is_open` whether it leaves words
    out, `wordings` are how they may be spelt: with the bracketed letter as it is, or in other case.
    """

    joint: str
    is_open: bool
    wordings: tuple[str, ...]
    letter: str = ""
    closes: str = ""  # the desk's words before a mark of omission
    opens: str = ""  # the desk's words that stand right before the part

    def fits(self, text: str, end: int, start: int) -> bool:
        """Whether this part may begin here, after the part before it that ends there."""
        gap = text[end:start]
        if not self.joint:  # nothing but the bracket of a letter
            return not gap.strip()
        if gap.strip() == self.joint:  # the marks of the source itself
            return True
        if self.is_open:
            return (
                may_be_left_out(text, end, start)
                and (not self.closes or may_close(text, end, self.closes, is_parted=True))
                and (not self.opens or may_open(text, start, self.opens, is_parted=True))
            )
        return len(gap) <= MAX_REPLACED and may_be_replaced(text, end, start, self.opens)

    @property
    def has_words(self) -> bool:
        """Whether it is more than marks; behind the desk's words a stop or the like is enough."""
        if any(map(str.isalnum, self.wordings[0])):
            return True
        return bool(self.joint) and not self.is_open and set(self.wordings[0]) <= _CLOSING

    @property
    def reach(self) -> int:
        """The greatest distance from the part before it, in code points."""
        return MAX_GAP if self.is_open else MAX_REPLACED


@dataclass(frozen=True, slots=True)
class PartMatch:
    """One place of a part: in the folded text and in the text itself, and how it is worded."""

    at: int
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Shortened:
    """All parts of a quote, found in order; `closing` are the desk's words behind the last."""

    parts: Sequence[Part]
    found: Sequence[PartMatch]
    folded: Folded
    closing: str

    def passed_over(self, layer: FoldedText) -> tuple[PassedOver, ...]:
        """The gaps, the desk's words and what folding passed over within the parts, in order."""
        passed: list[PassedOver] = []
        end = self.found[0].start
        for part, found in zip(self.parts, self.found, strict=True):
            words = layer.text[end : found.start]
            if part.joint and words.strip() != part.joint:
                kind = Difference.ELISION if part.is_open else Difference.INSERTION
                if kind is Difference.INSERTION or words:
                    passed.append(PassedOver(end, found.start, kind, words, part.joint))
            if part.letter:
                passed.append(_letter(part.letter, found, layer.text))
            passed.extend(
                quote_differences(found.words, Folded(found.words), layer, self.folded, found.at)
            )
            end = found.end
        if self.closing:
            words = f"[{self.closing}]"
            passed.append(PassedOver(end, end, Difference.INSERTION, "", words))
        return tuple(passed)


def _letter(letter: str, found: PartMatch, text: str) -> PassedOver:
    """The letter of the text for which the quote has one in brackets: the first of its part."""
    at = next(at for at in range(found.start, found.end) if text[at].isalpha())
    return PassedOver(at, at + 1, Difference.INSERTION, text[at], f"[{letter}]")


def find_elided(quote: str, layer: FoldedText) -> dict[Location, Shortened]:
    """The places of a shortened quote, least ones only, each with how its parts stand there."""
    parts, closing = _parts(quote)
    if not parts or len(parts) > MAX_PARTS:
        return {}
    for reading in (*layer.readings, *layer.joined_readings):
        folded_parts = [[Folded(words).text for words in part.wordings] for part in parts]
        held = set(filter(reading.may_hold, {each for part in folded_parts for each in part}))
        if not all(held.intersection(wordings) for wordings in folded_parts):
            continue
        search = _Search(parts, folded_parts, layer, reading.whole, closing)
        found = {
            (chain[0].start, chain[-1].end): Shortened(parts, chain, reading.whole, closing)
            for chain in search.chains()
        }
        least = _least(list(found))
        if least:
            return {place: found[place] for place in least}
    return {}


def _parts(quote: str) -> tuple[list[Part], str]:
    """The parts of a quote and the desk's words behind them; no parts where it is not shortened."""
    parts: list[Part] = []
    candidates = list(islice(_JOINT.finditer(quote), 4 * MAX_PARTS))
    joints = [match for match in candidates if _is_joint(quote, match)]
    cursor, before, letter = 0, list[re.Match[str]](), ""
    for match in [*joints, None]:
        words = quote[cursor : match.start() if match else len(quote)]
        opening = ""  # the marks right before a letter of the desk: “[T]rade
        if match is not None and match["letter"]:
            opening = words[len(words.rstrip(_OPENING)) :]
        words = words.removesuffix(opening).strip()
        if letter or words:
            parts.append(_part(before, letter, words))
            before, letter = [], ""
        if match is None:
            break
        cursor = match.end()
        if match["letter"]:
            letter = opening + match["letter"]
        else:
            before.append(match)
    if not joints or not parts or not all(part.has_words for part in parts):
        return [], ""
    if len(candidates) == 4 * MAX_PARTS or not any(map(str.isalnum, parts[0].wordings[0])):
        return [], ""
    if parts[0].is_open:  # says only that the source began before
        opens = parts[0].opens
        parts[0] = replace(parts[0], joint=f"[{opens}]" if opens else "", is_open=False, closes="")
    return parts, _desk(before)


def _part(before: Sequence[re.Match[str]], letter: str, words: str) -> Part:
    joint = _joined(before)
    marks = [index for index, match in enumerate(before) if match["mark"]]
    opens = before[marks[-1] + 1 :] if marks else before
    closes = before[: marks[-1]] if marks else []
    cases = dict.fromkeys((letter, letter.lower(), letter.upper()))
    wordings = tuple(each + words for each in cases if len(each) == len(letter))
    return Part(joint, bool(marks), wordings, letter[-1:], _desk(closes), _desk(opens))


def _desk(joints: Sequence[re.Match[str]]) -> str:
    """The desk's words in these joints."""
    return " ".join(match["words"] for match in joints if match["words"])


def _joined(joints: Sequence[re.Match[str]]) -> str:
    return " ".join(match[0] for match in joints)


def _is_joint(quote: str, match: re.Match[str]) -> bool:
    """Whether it is a mark, an insertion or a letter of the desk, and not a part of a word."""
    before = quote[max(0, match.start() - _NEAR) : match.start()]
    after = quote[match.end() : match.end() + _NEAR]
    if match["letter"]:
        return _MAY_PRECEDE.match(before[-1:]) is not None
    if match["mark"]:
        is_tight = bool(before[-1:].strip() and after[:1].strip())
        parts_number = before[-1:].isnumeric() or after[:1].isnumeric()
        return not (is_tight and (parts_number or match[0][0] in "[("))
    return (
        _MAY_PRECEDE.match(before[-1:]) is not None
        and _MAY_FOLLOW.match(after[:1]) is not None
        and not re.match(r"[.,:]\d", after)
        and not re.search(r"\d[.,:]$", before)
        and may_be_inserted(match["words"], before.rstrip(), after.lstrip())
    )


class _Search:
    """The parts of a quote, looked for in a folded text, from the rarest one outwards."""

    def __init__(
        self,
        parts: Sequence[Part],
        wordings: Sequence[Sequence[str]],
        layer: FoldedText,
        folded: Folded,
        closing: str,
    ) -> None:
        self._parts, self._wordings, self._closing = parts, wordings, closing
        self._layer, self._folded = layer, folded
        self._steps = _MAX_STEPS
        self._known: dict[tuple[int, int, int], list[PartMatch] | None] = {}

    def chains(self) -> Iterator[list[PartMatch]]:
        """All parts in order, once for each place of the rarest; none when there are too many."""
        text = self._folded.text
        count = cache(text.count)
        counts = [sum(map(count, wordings)) for wordings in self._wordings]
        rarest = counts.index(min(counts))
        if counts[rarest] > MAX_PLACES:
            return
        chains = []
        for found in self._places(rarest, 0, len(text)):
            before = self._onward(rarest, found, -1)
            after = self._onward(rarest, found, 1) if before is not None else None
            if before is not None and after is not None:
                chain = [*reversed(before), found, *after]
                if self._may_begin(chain[0].start) and self._may_end(chain[-1].end):
                    chains.append(chain)
        if self._steps > 0:
            yield from chains

    def _may_begin(self, start: int) -> bool:
        """Whether the desk's words may stand before the first part: for no negation."""
        text, desk = self._layer.text, self._parts[0].opens
        if not self._parts[0].joint:
            return True
        return not negates(sentence_before(text, start)) and may_open(text, start, desk)

    def _may_end(self, end: int) -> bool:
        """Whether the desk's words may stand behind the last part."""
        return not self._closing or may_close(self._layer.text, end, self._closing)

    def _onward(self, index: int, found: PartMatch, way: int) -> list[PartMatch] | None:
        """The parts before (way -1) or after (1) a place, the nearest that fit; None without."""
        following = index + way
        if not 0 <= following < len(self._parts):
            return []
        key = (index, found.at, way)
        if key not in self._known:
            self._known[key] = None
            for each in self._next_to(index, found, way):
                self._steps -= 1
                if self._steps <= 0:
                    break
                rest = self._onward(following, each, way)
                if rest is not None:
                    self._known[key] = [each, *rest]
                    break
        return self._known[key]

    def _next_to(self, index: int, found: PartMatch, way: int) -> Iterator[PartMatch]:
        """Places of the part before or after a place that fit to it, the nearest first."""
        text, folded = self._layer.text, self._folded
        joined = self._parts[max(index, index + way)]
        longest = max(map(len, self._wordings[index + way]))
        if way > 0:
            begin = found.at + len(Folded(found.words).text)
            stop = begin + joined.reach + longest
        else:
            begin, stop = found.at - joined.reach - longest, found.at
        for each in self._places(index + way, max(0, begin), min(len(folded.text), stop), way):
            first, second = (found, each) if way > 0 else (each, found)
            if second.start - first.end > joined.reach:
                return
            if joined.fits(text, first.end, second.start):
                yield each

    def _places(self, index: int, begin: int, stop: int, way: int = 1) -> Iterator[PartMatch]:
        """Whole places of a part between two positions of the folded text, in reading order or
        against it."""
        places: list[tuple[int, str, int]] = []
        text = self._folded.text
        for words, wording in zip(self._parts[index].wordings, self._wordings[index], strict=True):
            at = text.find(wording, begin, stop)
            while at != -1:
                places.append((at, words, len(wording)))
                at = text.find(wording, at + 1, stop)
        for at, words, length in sorted(places, reverse=way < 0):
            self._steps -= 1
            if self._steps <= 0:
                return
            start, end = self._folded.start(at), self._folded.end(at + length)
            if not self._folded.cuts(at, at + length) and is_valid_location(
                start, end, self._layer
            ):
                yield PartMatch(at, start, end, words)


def _least(places: list[Location]) -> list[Location]:
    """The places that hold no other one, in order."""
    least: list[Location] = []
    for start, end in sorted(set(places), key=lambda place: (-place[0], place[1])):
        if not least or end < least[-1][1]:
            least.append((start, end))
    return least[::-1]
