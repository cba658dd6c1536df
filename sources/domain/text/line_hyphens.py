"""Hyphens at the ends of lines: what a page prints there, and which of two words may be meant.

A page that prints "re-" and below it "sign" prints a hyphen, so the text keeps it. Whether the word
is "re-sign" or "resign" says the document where it writes one of the two elsewhere and never the
other, or the language where it has no such word as stands behind the hyphen ("mation"). Where
neither does, the place is doubtful: only a person can tell, and only for who leaves the hyphen out.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from sources.domain.text.characters import DASHES, HYPHENS, SOFT_HYPHEN
from sources.domain.text.spans import DoubtfulSpan, Span
from sources.vocabulary import DoubtKind

MAX_HYPHENS = 200_000  # line ends of one text that are looked at

_LETTER = r"[^\W\d_]"
_END = r"[ \t]*(?:\n[ \t\n]*\f\s*|\n[ \t]*|\f\s*)"  # the end of a line, or of a page
_HYPHENS = f"[{HYPHENS[1:]}-]"
_ALL_MARKS = f"{HYPHENS[1:]}{DASHES}{SOFT_HYPHEN}-"
# Patterns that begin with a set of characters: these are what `re` finds fast.
_LINE_END = re.compile(
    rf"[{HYPHENS[1:]}{SOFT_HYPHEN}-](?<={_LETTER}[{_ALL_MARKS}]){_END}(?={_LETTER})"
)
_BETWEEN = re.compile(rf"[{_ALL_MARKS}](?<={_LETTER}[{_ALL_MARKS}])(?:{_END})?(?={_LETTER})")
_WORD = re.compile(rf"{_LETTER}+(?:{_HYPHENS}{_LETTER}+)*")
_MARKS = re.compile(f"[{HYPHENS[1:]}{SOFT_HYPHEN}-]")
_LONGEST = 64  # code points of a word that are looked at on either side


@dataclass(frozen=True, slots=True)
class LineHyphen:
    """A hyphen between two letters at the end of a line: [start, end) with the end of the line.

    `before` and `behind` are the letters on either side up to the ends of the word, with the
    hyphens that stand within them.
    """

    start: int
    end: int
    before: str
    behind: str

    @property
    def joined(self) -> str:
        """The word without any hyphen, in small letters."""
        return squeezed(self.before + self.behind)


def squeezed(word: str) -> str:
    """A word without its hyphens, in small letters, by which parted words are found."""
    return _MARKS.sub("", word).casefold()


def line_hyphens(text: str) -> Iterator[LineHyphen]:
    """The hyphens at the ends of lines between two letters, in order; of very many the first."""
    for found in islice(_LINE_END.finditer(text), MAX_HYPHENS):
        start, end = found.span()
        behind = _WORD.match(text, end, end + _LONGEST)
        if behind:
            yield LineHyphen(start, end, text[_word_start(text, start) : start], behind.group())


def _word_start(text: str, end: int) -> int:
    """Return the start of the word that ends here, with the hyphens in it."""
    start = end
    while start > max(0, end - _LONGEST) and _is_of_word(text, start - 1):
        start -= 1
    return start


def _is_of_word(text: str, at: int) -> bool:
    return text[at].isalpha() or (text[at] in HYPHENS and text[at - 1 : at].isalpha())


def parted_words(text: str) -> dict[str, list[LineHyphen]]:
    """The words that the ends of lines part, squeezed, each with its hyphens in the text."""
    found: dict[str, list[LineHyphen]] = defaultdict(list)
    for one in line_hyphens(text):
        found[one.joined].append(one)
    return found


def hyphens_within(text: str) -> list[Span]:
    """All hyphens, dashes and soft hyphens between two letters, with the end of a line behind."""
    return [Span(*found.span(), "") for found in _BETWEEN.finditer(text)]


def words_of(text: str) -> set[str]:
    """The words of a quote as parted words are found by: squeezed, compounds whole."""
    plain = _BETWEEN.sub("-", text)
    return {squeezed(word) for word in _WORD.findall(plain)}


def line_hyphen_doubts(
    text: str, is_word: Callable[[str], bool] | None = None
) -> tuple[DoubtfulSpan, ...]:
    """The places where a hyphen at a line's end may belong to the word, in order.

    `is_word` says of the letters behind a hyphen whether the language of the text has such a word;
    without it only the document itself is asked.
    """
    found = [one for one in line_hyphens(text) if SOFT_HYPHEN not in text[one.start : one.end]]
    if not found:
        return ()
    lines = _LINE_END.sub("\n", text)  # so that no half of a word counts as one
    joined, hyphenated = set[str](), set[str]()
    for word in _WORD.findall(lines):
        (hyphenated if _MARKS.search(word) else joined).add(word.casefold())
    compounds = {_MARKS.sub("-", word) for word in hyphenated}
    return tuple(
        DoubtfulSpan(one.start, one.end, DoubtKind.LINE_END_HYPHEN)
        for one in found
        if not _is_parted(one, joined, compounds, is_word)
    )


def _is_parted(
    one: LineHyphen,
    joined: set[str],
    compounds: set[str],
    is_word: Callable[[str], bool] | None,
) -> bool:
    """Whether the hyphen surely parts one word that is written without it."""
    if f"{one.before}-{one.behind}".casefold() in compounds:
        return False
    if one.joined in joined:
        return True
    return is_word is not None and one.behind.islower() and not is_word(one.behind)
