"""Check whether typed words are a quote: in the source that is named, or else in another one.

Nothing is saved. The words are graded as every quote is (`sources.domain.grading`), but only in
what the reader may read: the texts of sources whose whole text is open to the reader, and of other
sources the quotes that are public, since a text could otherwise be guessed word by word. Withheld
words match nothing, and for the public hidden ones do not either.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from sources.actions.quotes.matching import MAX_CANDIDATES, MAX_WORDS, folded_text
from sources.domain.grading.quotes import (
    FoldedText,
    GradedQuote,
    context,
    grade_quote,
    quote_as_read,
)
from sources.domain.keys import is_key
from sources.domain.refusals import Refusal, quoted
from sources.domain.text.completeness import stored_completeness
from sources.domain.text.segments import masked
from sources.domain.text.word_index import words_of_quote
from sources.models import Excerpt, Grading, Source, TextLayer
from sources.readings.quotes import quote_of
from sources.readings.reader import Reader
from sources.readings.redacted_text import hidden_places
from sources.vocabulary import UNEXAMINED_PAGES, DoubtKind, Grade, Rights

MAX_CHARACTERS = 5_000  # of words that are checked at once
MAX_TEXTS = 20  # of the source that is named, and of others that have all of the words
MAX_QUOTES = 500  # public ones of a source
MAX_SECONDS = 2.0  # after which no other text is begun

_BLOCK = "\u2588"
# Stands for words that are not to be read. No quote has it, so that nothing matches them.
_COVER = "\0"
_ORDER = {grade: number for number, grade in enumerate(Grade)}


class CheckRefused(Refusal):
    """Words or a source that cannot be checked. `code`: nothing, too_long, unknown_source."""


class BlindSpot(StrEnum):
    """A reason why words may stand somewhere though the check did not find them there."""

    NO_TEXT = "no-text"  # no text of the named source is kept
    QUOTES_ONLY = "quotes-only"  # only the public quotes of the named source were searched
    TEXT_IN_DOUBT = "text-in-doubt"  # a text has letters or pages that only a person can read
    INCOMPLETE_TEXT = "incomplete-text"  # words of a file are missing in its text
    TEXTS_LEFT_OUT = "texts-left-out"  # the source has more texts, or there was no time
    # Of others, few of those that have all the words are read, and for the words as they are.
    OTHERS_IN_PART = "others-in-part"
    OTHERS_WITHOUT_TEXT = "others-without-text"  # sources without a text are never found
    OTHERS_NOT_SEARCHED = "others-not-searched"  # the named source has them: no other was asked


@dataclass(frozen=True, slots=True)
class CheckedPlace:
    """The best match of the words in one source.

    `layer` is the text, None where they were looked for in public quotes alone, of which `excerpt`
    is the number. `words` are what stands there, with blocks for what is not to be read. `times` is
    in how many places. `is_verbatim`: the very words, but for what folding passes over, with
    nothing left for a person to settle.
    """

    source: Source
    graded: GradedQuote
    words: str = ""
    layer: TextLayer | None = None
    excerpt: int | None = None
    times: int = 1
    is_verbatim: bool = False


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """The result of a check: `here` in the named source, `elsewhere` in another one.

    `grade` is as of a quote that the desk enters.
    """

    words: str
    source: Source | None
    here: CheckedPlace | None
    elsewhere: CheckedPlace | None
    texts: int
    quotes: int
    blind_spots: tuple[BlindSpot, ...]

    @property
    def grade(self) -> Grade:
        """The grade in the named source, else where the words were found."""
        if self.source is None:
            return self.elsewhere.graded.grade if self.elsewhere else Grade.MISSING
        here = self.here.graded.grade if self.here else Grade.UNLOCATED
        is_found = here.is_found or here == Grade.UNLOCATED
        return Grade.ELSEWHERE if self.elsewhere and not is_found else here

    @property
    def best(self) -> CheckedPlace | None:
        """The place of the words, else that of something similar."""
        here = self.here
        if here is not None and here.graded.grade.is_found:
            return here
        return self.elsewhere or here


def read_words(written: str) -> str:
    """Read words to check, as quotes are read. Raises CheckRefused, QuoteRefused."""
    if not written:
        raise CheckRefused("nothing", _("Give the words that are to be checked."))
    if len(written) > MAX_CHARACTERS:
        raise CheckRefused(
            "too_long",
            _("The words have %(length)d characters; at most %(most)d are checked at once.")
            % {"length": len(written), "most": MAX_CHARACTERS},
        )
    return quote_as_read(written)


def find_source(key: str, reader: Reader) -> Source | None:
    """Find the source of a key; none where no key is given.

    Raises CheckRefused, for one that the reader may not read as for one that is not there.
    """
    if not key:
        return None
    readable = Source.objects.readable_by(reader.account, reader.at).select_related("publisher")
    source: Source | None = readable.filter(key=key).first() if is_key(key) else None
    if source is None:
        raise CheckRefused(
            "unknown_source",
            _("There is no source %(key)s that you may read. Look for it in the list of sources.")
            % {"key": quoted(key)},
        )
    return source


def check_quote(words: str, *, source: Source | None, reader: Reader) -> QuoteCheck:
    """Check words that were read by `quote_as_read`.

    `source` is one that the reader may read. Others are searched where it has not the words.
    """
    return _Check(words, reader).run(source)


class _Check:
    """One check while it runs: what was searched so far, and what was not."""

    def __init__(self, words: str, reader: Reader) -> None:
        self.words, self.reader = words, reader
        self.texts = self.quotes = 0
        self.blind: set[BlindSpot] = set()
        self.ends_at = time.monotonic() + MAX_SECONDS

    def run(self, source: Source | None) -> QuoteCheck:
        """Look in the named source, then in others."""
        here = None if source is None else self.in_source(source)
        elsewhere = None
        if here is None or not here.graded.grade.is_found:
            self.blind |= {BlindSpot.OTHERS_IN_PART, BlindSpot.OTHERS_WITHOUT_TEXT}
            elsewhere = self.in_others(source)
        else:
            self.blind.add(BlindSpot.OTHERS_NOT_SEARCHED)
        blind = tuple(one for one in BlindSpot if one in self.blind)
        return QuoteCheck(self.words, source, here, elsewhere, self.texts, self.quotes, blind)

    def in_source(self, source: Source) -> CheckedPlace | None:
        """The best place in the named source; None where there is nothing to look in."""
        if not _reads_whole(source, self.reader):
            self.blind.add(BlindSpot.QUOTES_ONLY)
            return self.in_quotes(source, suggests=True)
        rows = TextLayer.objects.current_of(source).defer("words")
        layers: list[TextLayer] = list(rows[: MAX_TEXTS + 1])
        if not layers:
            self.blind.add(BlindSpot.NO_TEXT)
        if len(layers) > MAX_TEXTS:
            self.blind.add(BlindSpot.TEXTS_LEFT_OUT)
        places = [
            self.in_layer(source, layer, suggests=True)
            for layer in layers[:MAX_TEXTS]
            if self.has_time()
        ]
        for layer in layers[: len(places)]:
            self.blind |= set(_blind_spots_of(layer))
        return min(places, key=_rank, default=None)

    def in_others(self, source: Source | None) -> CheckedPlace | None:
        """The first place in other sources that have all of the words, in the order of their ids.

        The index of words says where to look; of those not open whole, the public quotes decide.
        """
        sought = words_of_quote(self.words)[:MAX_WORDS]
        if not sought:
            return None
        texts = TextLayer.objects.containing(sought).order_by("pk")
        ids = set(texts.values_list("blob__captures__source", flat=True)[:MAX_CANDIDATES])
        ids -= {None, source and source.pk}
        readable = Source.objects.readable_by(self.reader.account, self.reader.at)
        others = readable.filter(pk__in=ids).select_related("publisher").order_by("pk")
        found = (self.in_other(other, sought) for other in others[:MAX_TEXTS] if self.has_time())
        return next((place for place in found if place and place.graded.grade.is_found), None)

    def in_other(self, other: Source, sought: list[str]) -> CheckedPlace | None:
        """The best place in another source, as the words are written."""
        if not _reads_whole(other, self.reader):
            return self.in_quotes(other, suggests=False)
        layers = TextLayer.objects.current_of(other).containing(sought).defer("words")
        places = [self.in_layer(other, layer, suggests=False) for layer in layers[:MAX_TEXTS]]
        return min(places, key=_rank, default=None)

    def in_layer(self, source: Source, layer: TextLayer, *, suggests: bool) -> CheckedPlace:
        """The words in a text, as far as the reader reads it."""
        self.texts += 1
        text = readable_text(layer, self.reader)
        graded, times, is_verbatim = _graded(self.words, text, suggests=suggests)
        words = "" if graded.start is None else text.text[graded.start : graded.end]
        return CheckedPlace(
            source, _uncovered(graded), _shown(words), layer, None, times, is_verbatim
        )

    def in_quotes(self, source: Source, *, suggests: bool) -> CheckedPlace | None:
        """The words in the public quotes of a source that stand in its text; None without any."""
        visible = Excerpt.objects.visible_to(self.reader.account, self.reader.at)
        rows = visible.filter(source=source, grade__in=[one for one in Grade if one.is_located])
        rows = rows.exclude(exact="").select_related("source__publisher").order_by("-pk")
        quotes = [
            (excerpt, FoldedText(words))
            for excerpt in rows[:MAX_QUOTES]
            if (words := quote_of(excerpt, self.reader).words)
        ]
        self.quotes += len(quotes)
        places = [self.in_quote(excerpt, text, suggests=False) for excerpt, text in quotes]
        if suggests and not any(place.graded.grade.is_found for place in places):
            places += [
                self.in_quote(excerpt, text, suggests=True)
                for excerpt, text in quotes
                if self.has_time()
            ]
        return min(places, key=_rank, default=None)

    def in_quote(self, excerpt: Excerpt, text: FoldedText, *, suggests: bool) -> CheckedPlace:
        """The words in one public quote. Words of a shortened quote are a shortened quote."""
        graded, times, is_verbatim = _graded(self.words, text, suggests=suggests)
        words = "" if graded.start is None else text.text[graded.start : graded.end]
        grade, own = graded.grade, Grade(excerpt.grade)
        if grade.is_found and _ORDER[own] > _ORDER[grade]:
            grade = own
        return CheckedPlace(
            source=excerpt.source,
            # A position in the quote is none in the text.
            graded=replace(graded, grade=grade, start=None, end=None, places=()),
            words=words,
            excerpt=excerpt.pk,
            times=times,
            is_verbatim=is_verbatim and excerpt.is_verified and own != Grade.ELIDED,
        )

    def has_time(self) -> bool:
        """Whether another text may be begun; where not, the check says so."""
        if time.monotonic() < self.ends_at:
            return True
        self.blind.add(BlindSpot.TEXTS_LEFT_OUT)
        return False


def readable_text(layer: TextLayer, reader: Reader) -> FoldedText:
    """The text of a layer as a quote is graded in it, with no words that the reader may not read.

    Every position stays. For the public, that its page hides words is no doubt about a quote:
    these cannot be matched.
    """
    places = list(Grading.objects.withheld_places({layer.pk})[layer.pk])
    shown = layer
    if not reader.is_staff:
        places += hidden_places(layer.doubts)
        shown.doubts = [one for one in layer.doubts if one["kind"] != DoubtKind.HIDDEN]
    if places:
        shown.text = masked(layer.text, places).replace(_BLOCK, _COVER)
    text = folded_text(shown)
    if text is None:
        raise TypeError("A layer has a text.")
    return text


def _reads_whole(source: Source, reader: Reader) -> bool:
    """Whether the whole text of a source that the reader may know is open to the reader."""
    return reader.is_staff or source.rights == Rights.WHOLE


def _graded(words: str, text: FoldedText, *, suggests: bool) -> tuple[GradedQuote, int, bool]:
    """The grade, in how many places, and whether the words are verbatim in the first of these."""
    graded = grade_quote(words, text, suggests=suggests)
    one = graded
    if graded.grade == Grade.AMBIGUOUS:
        prefix, suffix = context(text.text, *graded.places[0])
        one = grade_quote(words, text, prefix=prefix, suffix=suffix, suggests=False)
    is_verbatim = one.grade in (Grade.EXACT, Grade.FOLDED) and not one.doubts
    return graded, len(graded.places) or 1, is_verbatim


def _rank(place: CheckedPlace) -> tuple[int, float]:
    return _ORDER[place.graded.grade], -place.graded.score


def _shown(words: str) -> str:
    return words.replace(_COVER, _BLOCK)


def _uncovered(graded: GradedQuote) -> GradedQuote:
    """A grade whose differences say blocks for what is not to be read."""
    return replace(
        graded,
        passed_over=tuple(
            replace(one, words=_shown(one.words), quoted=_shown(one.quoted))
            for one in graded.passed_over
        ),
    )


def _blind_spots_of(layer: Any) -> Iterator[BlindSpot]:
    """Why words of the file may not be in its text."""
    is_unexamined = bool(layer.metadata.get(UNEXAMINED_PAGES))
    if is_unexamined or any(one["kind"] == DoubtKind.GIBBERISH for one in layer.doubts):
        yield BlindSpot.TEXT_IN_DOUBT
    completeness = stored_completeness(layer.completeness)
    if completeness is not None and completeness.is_fragment:
        yield BlindSpot.INCOMPLETE_TEXT
