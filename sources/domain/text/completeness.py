"""How much of a file its text has, by an independent count of the file's words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sources.domain.text.characters import UNSPACED

# Below this share of its words a text is a fragment: what is absent from it may be in the file.
WHOLE = 0.9
# Of a piece that is not missing so many of its words are in the text.
_MOSTLY = 0.8
_MOST_CONSIDERED, _MOST_NAMED, _NAMED_LENGTH = 500, 5, 80
_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFTWARDS_MARKS = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
# A word that is parted at the end of a line is one, and so is one with a hyphen in it.
_HYPHENS = re.compile("[\u00ad\u2010\u2011\ufffe\x02-]\\s*")


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many words of a file are in its text, counted without the reader that made the text.

    `counted` are the words of the file's body, `kept` those of them that are in the text, `aside`
    the words of navigation and the like, which belong to no body. `missing` are a few short pieces
    of what is not in the text, as the file has them.
    """

    counted: int
    kept: int
    aside: int = 0
    missing: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The share of the words that are in the text, 0 to 1; 1 where the file has none."""
        return min(1.0, self.kept / self.counted) if self.counted else 1.0

    @property
    def is_fragment(self) -> bool:
        """Whether less is in the text than can pass for the whole."""
        return self.share < WHOLE


def stored_completeness(stored: Mapping[str, Any] | None) -> Completeness | None:
    """How much of its file a text has, as its layer stores it; None where that was not counted."""
    if not stored:
        return None
    return Completeness(
        counted=stored["counted"],
        kept=stored["kept"],
        aside=stored.get("aside", 0),
        missing=tuple(stored.get("missing", ())),
    )


def measured(pieces: Iterable[str], text: str, *, aside: int = 0) -> Completeness:
    """Hold the words of a file, counted piece by piece, against those of its text.

    A word counts as often as it stands there, in whatever order, so that a text in another order
    loses nothing. A piece is missing where most of its words are, and it stands nowhere as a whole.
    """
    left = Counter(_words(text))
    squeezed = ""
    counted = kept = 0
    missing: list[str] = []
    for piece in pieces:
        own = _words(piece)
        found = 0
        for word in own:
            if left[word] > 0:
                left[word] -= 1
                found += 1
        counted += len(own)
        kept += found
        if found < _MOSTLY * len(own) and len(missing) < _MOST_CONSIDERED:
            squeezed = squeezed or "".join(_words(text))
            if "".join(own) not in squeezed:
                missing.append(piece)
    return Completeness(counted, kept, aside, tuple(_named(missing)))


def count_words(text: str) -> int:
    """How many words a text has; of scripts that part no words, how many characters."""
    return len(_words(text))


def _words(text: str) -> list[str]:
    """The words as they are counted: whatever their case, their raised figures and hyphens."""
    plain = _HYPHENS.sub("", unicodedata.normalize("NFKC", text)).casefold()
    if _LEFTWARDS.search(plain) is None:
        return _WORD.findall(plain)
    # Of a word that is read leftwards a PDF has the letters in either order.
    words = _WORD.findall(_LEFTWARDS_MARKS.sub("", plain))
    return ["".join(sorted(word)) if _LEFTWARDS.search(word) else word for word in words]


def _named(missing: Sequence[str]) -> Iterator[str]:
    """The longest of the missing pieces in the order of the file, each cut short."""
    longest = sorted(missing, key=len, reverse=True)[:_MOST_NAMED]
    for piece in missing:
        if piece in longest:
            longest.remove(piece)
            words = " ".join(piece.split())
            yield words if len(words) <= _NAMED_LENGTH else f"{words[:_NAMED_LENGTH].rstrip()}…"
