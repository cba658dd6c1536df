"""Whether the archived text carries a quote: the one place that grades.

A wrong "verified" is the worst that can happen here, so whatever is not named below is a
difference, and a quote that is wrongly missed can be taken wider and graded again.

- The quote is read as layers are: in NFC, line ends as \\n, without white space around it.
- `exact`: its characters stand in the text. `folded`: the two are one after folding (white space,
  quotation marks, dashes, ligatures, soft hyphens, Unicode form; `sources.domain.text.folding`
  says how far), or when the text's apparatus is passed over.
- Never folded are letters, case, digits, signs, decimal marks, %, currency signs and words; an en
  dash is no minus, a look-alike letter or another form of a digit is a difference, and so is an
  invisible character on either side (`invisible_characters` names those of a quote for its badge).
- A place where the quote would begin or end inside a word or a number is no place
  (`sources.domain.grading.boundaries`): "able" is not in "unable", nor "9%" in "19%", "-9%" or
  "5–9%". Words of scripts without spaces (Han, kana, Thai) may be parted, their numbers may not.
- A place inside a single piece of apparatus without words (the digits of a note's mark) is no
  place. Footnotes, pull quotes and running heads can be quoted; where the words of a pull quote or
  a running head stand in the running text too, the places there are meant. Words that run from
  one into the other are a place only where they are exact.
- A hyphen that ends a line amid a word may be left out of a quote
  (`sources.domain.grading.parted`); where it may belong to the word, that is in doubt.
- Prefix and suffix choose between places and hide none (`sources.domain.grading.contexts`). Places
  where both fit go first, exact or not; then the words are taken where they stand best, and of
  several places those where one of the two fits.
- Several places left: `ambiguous`, with all of them.
- `elided`: what the quote's "…" and "[inserted words]" part stands in the text in order
  (`sources.domain.grading.elided`). Tried only where the quote as it stands is nowhere.
- `drifted`: nothing of all this, but the words as a part of a number
  (`sources.domain.grading.cuts`) or something alike (`sources.domain.grading.drift`), to look at.
  Never verified, whatever its score. `missing`: not even that.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from sources.domain.grading.contexts import Context
from sources.domain.grading.cuts import find_cut_place
from sources.domain.grading.differences import Difference, PassedOver, quote_differences
from sources.domain.grading.doubts import Doubt, quote_doubts
from sources.domain.grading.drift import MAX_SCORE, most_similar
from sources.domain.grading.elided import find_elided
from sources.domain.grading.locations import crosses_blocks, is_in_repeated_block, is_valid_location
from sources.domain.grading.parted import find_parted
from sources.domain.grading.reasons import reasons_at
from sources.domain.refusals import Refusal, quoted
from sources.domain.text.apparatus import Span
from sources.domain.text.characters import INVISIBLE, SOFT_HYPHEN, WHITE_SPACE, invisible_characters
from sources.domain.text.folded_text import FoldedText
from sources.domain.text.folding import Folded
from sources.vocabulary import Grade

__all__ = [
    "FoldedText",
    "GradedQuote",
    "PassedOver",
    "QuoteRefused",
    "context",
    "find_places",
    "grade_quote",
    "invisible_characters",
    "quote_as_read",
]

CONTEXT_SIZE = 32  # code points of prefix and suffix that are kept with a quote
MAX_LENGTH = 20_000  # code points; longer is a document and no quote
MAX_PLACES = 1_000  # of an ambiguous quote that are listed
_MOST_COMPARED = 20_000_000  # code points, of all places of a quote

Location = tuple[int, int]
_NOTHING_TO_SEE = re.compile(f"[{INVISIBLE}{WHITE_SPACE}{SOFT_HYPHEN}]*")
_WHITE_SPACE = "".join(
    chr(code) for code in range(0x3001) if re.match(f"[{WHITE_SPACE}]", chr(code))
)


class QuoteRefused(Refusal):
    """Words that cannot be a quote. `code`: empty, nul, surrogate, too_long."""


@dataclass(frozen=True, slots=True)
class GradedQuote:
    """The grade of a quote in a text, with its places.

    `start` and `end` are code points of the layer's text, half-open, None without one place; of a
    drifted quote the place most alike, of an elided one from its first part to its last.
    `places` are all places of an ambiguous quote (the first thousand), otherwise empty.
    `passed_over` says how a folded or elided quote differs, and why one is drifted or missing where
    a comparison of the words does not show it. `doubts` is what only a person can settle about the
    one place. `score` is 1.0 where the words were found, of a drifted quote how alike the
    place is, below 1.
    """

    grade: Grade
    start: int | None = None
    end: int | None = None
    places: tuple[Location, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    score: float = 0.0
    doubts: tuple[Doubt, ...] = ()


def grade_quote(
    exact: str,
    text: str | FoldedText,
    *,
    prefix: str = "",
    suffix: str = "",
    apparatus: Sequence[Span] = (),
    suggests: bool = True,
) -> GradedQuote:
    """The grade of a quote in the text of a layer, from exact to missing.

    `text` may come as a `FoldedText`, which folds once for many quotes and brings its own
    apparatus. Words that are not there are drifted where something is alike, unless nobody wants
    suggestions. Raises QuoteRefused for words that cannot be a quote.
    """
    quote = quote_as_read(exact)
    layer = text if isinstance(text, FoldedText) else FoldedText(text, apparatus)
    context_words = Context(_in_nfc(prefix), _in_nfc(suffix))
    tried: list[_Matches] = []
    best: tuple[_Matches, list[Location]] | None = None
    for matches in _matches(quote, layer):
        tried.append(matches)
        if fitting := _fitting(matches.places, layer, context_words):
            return _graded(matches, fitting, layer)
        if context_words.is_given and best is None:
            quotable = _quotable(matches.places, layer)
            best = (matches, quotable) if quotable else None
    if best is not None:
        matches, quotable = best
        return _graded(matches, context_words.closest(quotable, layer.text), layer)
    return _not_found(quote, layer, context_words, tried) if suggests else _MISSING


def _not_found(
    quote: str, layer: FoldedText, context_words: Context, tried: Sequence["_Matches"]
) -> GradedQuote:
    """The grade of words that stand nowhere as they are, with the reason: drifted or missing."""
    places = [place for matches in tried for place in matches.places]
    cut = find_cut_place(places, layer, context_words)
    if cut is not None and cut.cuts_number:
        words = layer.text[cut.start : cut.end]
        score = min(fuzz.ratio(quote, words) / 100, MAX_SCORE)
        reason = PassedOver(cut.start, cut.end, Difference.CUT, words, quote)
        return GradedQuote(Grade.DRIFTED, cut.start, cut.end, passed_over=(reason,), score=score)
    alike = most_similar(quote, layer, context_words)
    if alike is not None:
        reasons = tuple(reasons_at(quote, layer, alike.start, alike.end))
        return GradedQuote(
            Grade.DRIFTED, alike.start, alike.end, passed_over=reasons, score=alike.score
        )
    if cut is not None:
        words = layer.text[cut.start : cut.end]
        reason = PassedOver(cut.start, cut.end, Difference.CUT, words, quote)
        return GradedQuote(Grade.MISSING, passed_over=(reason,))
    for start, end in places[:1]:
        words = layer.text[start:end]
        reason = PassedOver(start, end, Difference.IN_APPARATUS, words, quote)
        return GradedQuote(Grade.MISSING, passed_over=(reason,))
    return _MISSING


@dataclass(frozen=True, slots=True)
class _Matches:
    """All places where a quote stands in one way, whole words or not, and how it differs there."""

    grade: Grade
    places: list[Location]
    passed_over: Callable[[Location], tuple[PassedOver, ...]]


def _matches(quote: str, layer: FoldedText) -> Iterator[_Matches]:
    """The ways in which a quote may stand in a text, the best first."""
    yield _Matches(Grade.EXACT, find_places(quote, layer.text), lambda _place: ())
    folded_quote = Folded(quote)
    for folded in _foldings(layer, folded_quote.text):
        found = {
            (folded.start(at), folded.end(at + len(folded_quote.text))): at
            for at in _occurrences(folded_quote.text, folded.text)
            if not folded.cuts(at, at + len(folded_quote.text))
        }

        def differences(
            place: Location, folded: Folded = folded, found: dict[Location, int] = found
        ) -> tuple[PassedOver, ...]:
            return quote_differences(quote, folded_quote, layer, folded, found[place])

        whole = [place for place in found if not crosses_blocks(*place, layer)]
        yield _Matches(Grade.FOLDED, whole, differences)
    parted = find_parted(quote, layer)
    whole = [place for place in parted if not crosses_blocks(*place, layer)]
    yield _Matches(
        Grade.FOLDED,
        whole,
        lambda place: quote_differences(
            quote, parted[place].quote, layer, parted[place].folded, parted[place].at
        ),
    )
    shortened = find_elided(quote, layer)
    whole = [place for place in shortened if not crosses_blocks(*place, layer)]
    yield _Matches(Grade.ELIDED, whole, lambda place: shortened[place].passed_over(layer))


def find_places(exact: str, text: str, prefix: str = "", suffix: str = "") -> list[Location]:
    """All places of these very characters, overlapping ones too, inside words too.

    Prefix and suffix must fit exactly. Nothing (an empty `exact`) has a place wherever they fit.
    """
    needle = prefix + exact + suffix
    return [(at + len(prefix), at + len(prefix) + len(exact)) for at in _occurrences(needle, text)]


def context(text: str, start: int, end: int, size: int = CONTEXT_SIZE) -> tuple[str, str]:
    """The prefix and suffix of a place: up to 32 code points before and after it."""
    return text[max(0, start - size) : start], text[end : end + size]


def quote_as_read(exact: str) -> str:
    """The words of a quote as texts are kept: NFC, line ends as \\n, no white space around them.

    Raises QuoteRefused where there is nothing to see, a NUL, a lone surrogate, or too much.
    """
    if len(exact) > MAX_LENGTH:
        raise QuoteRefused(
            "too_long",
            f"The quote has {len(exact)} characters, and at most {MAX_LENGTH} are taken. "
            "Quote the words that carry the claim.",
        )
    if "\0" in exact:
        raise QuoteRefused("nul", f"The quote {quoted(exact)} holds a NUL character. Type it anew.")
    if re.search("[\ud800-\udfff]", exact):
        raise QuoteRefused(
            "surrogate", f"The quote {quoted(exact)} holds half a character. Copy it anew."
        )
    if _NOTHING_TO_SEE.fullmatch(exact):
        raise QuoteRefused(
            "empty", f"The quote {quoted(exact)} has no words. Quote the words of the source."
        )
    return _in_nfc(exact).strip(_WHITE_SPACE)


def _in_nfc(words: str) -> str:
    return unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))


def _occurrences(needle: str, text: str) -> Iterator[int]:
    """The positions of a string; of a long one that is everywhere the first two thousand."""
    at = text.find(needle)
    for _ in range(max(2 * MAX_PLACES, _MOST_COMPARED // max(1, len(needle)))):
        if at == -1:
            return
        yield at
        at = text.find(needle, at + 1)


def _foldings(layer: FoldedText, words: str) -> Iterator[Folded]:
    """The text folded where the words may stand: with its apparatus, then with less of it."""
    for reading in layer.readings:
        folded = reading.containing(words)
        if folded is not None:
            yield folded


def _fitting(places: list[Location], layer: FoldedText, words: Context) -> list[Location]:
    """The quotable places where all of the context stands; all of these without a context.

    More than a thousand places are told apart by an exact context only.
    """
    if not words.is_given:
        return _quotable(places, layer)
    ways = words.fitting(places, layer.text, folds=len(places) <= MAX_PLACES)
    return next((found for fits in ways if (found := _quotable(fits, layer))), [])


def _quotable(places: list[Location], layer: FoldedText) -> list[Location]:
    """The places (the first thousand) that hold whole words and numbers, outside of marks.

    Places inside a pull quote or a running head give way to the words that these repeat.
    """
    quotable = list(
        islice((place for place in places if is_valid_location(*place, layer)), MAX_PLACES)
    )
    return [place for place in quotable if not is_in_repeated_block(*place, layer)] or quotable


def _graded(matches: _Matches, places: list[Location], layer: FoldedText) -> GradedQuote:
    """One place has the grade, several are ambiguous."""
    if len(places) > 1:
        return GradedQuote(Grade.AMBIGUOUS, places=tuple(places), score=1.0)
    start, end = places[0]
    passed_over = matches.passed_over((start, end))
    doubts = quote_doubts(layer, start, end, passed_over)
    return GradedQuote(matches.grade, start, end, (), passed_over, 1.0, doubts)


_MISSING = GradedQuote(Grade.MISSING)
