"""Quoting from sources, and finding the words in their text."""

import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from sources.actions.action import ReadOutdated, action_transaction, retry_outdated
from sources.actions.permission import require
from sources.actions.quotes.grading import (
    doubt_as_json,
    doubts_at,
    is_verified,
    left_out_as_json,
    save_grading,
)
from sources.actions.quotes.matching import (
    QuoteMatch,
    folded_text,
    is_current,
    match_in_layer,
    match_in_source,
)
from sources.actions.quotes.translations import Translation, translate, translation_as_read
from sources.actions.sources import locked
from sources.domain.grading.doubts import Doubt
from sources.domain.grading.quotes import CONTEXT_SIZE, MAX_LENGTH, quote_as_read
from sources.domain.refusals import Refusal
from sources.domain.text_fields import clean_words
from sources.models import Excerpt, Grading, RemovedQuote, Source, TextLayer
from sources.readings.redacted_text import redacted_text, visible_context
from sources.vocabulary import Grade, Role

if TYPE_CHECKING:
    from factbase.models import User


class ExcerptRefused(Refusal):
    """A quote, or a place for it, that cannot be kept."""


def quote(
    *,
    source: Source,
    exact: str,
    by: "User",
    at: datetime,
    prefix: str = "",
    suffix: str = "",
    locator: str = "",
    page: int | None = None,
    language: str = "",
    translation: str = "",
    translated_by: str = "",
    translation_method: str = "",
    match: QuoteMatch | None = None,
) -> Excerpt:
    """Quote words from a source and grade them in its text.

    Words that are not found are no refusal: the grade says so. The same words at the same place
    of a source give the excerpt that is there, with the translation if one comes along.

    Texts are searched before anything is locked. Who quotes within a longer transaction searches
    before it (`search_quote`, `search_quotes`) and gives the `match`; one that is outdated by then
    is made anew.
    Raises QuoteRefused, WordsRefused, TranslationRefused, ExcerptRefused, NotPermitted,
    ReadOutdated.
    """
    require(by, Role.CONTRIBUTOR)
    prefix, suffix = context_as_read(prefix, suffix)
    new = NewQuote(
        exact=quote_as_read(exact),
        prefix=prefix,
        suffix=suffix,
        locator=clean_words(locator, name="locator", limit=60),
        page=page,
        language=clean_words(language, name="language", limit=35),
        translation=translation_as_read(translation, translated_by, translation_method),
    )
    given = [] if match is None else [match]

    def attempt() -> Excerpt:
        read = given.pop() if given else new.match_in(Source.objects.get(pk=source.pk))
        with action_transaction("quote", by=by, at=at):
            return save_quote(source, new, read, by=by, at=at)

    return retry_outdated(attempt)


def quote_instead(*, excerpt: Excerpt, by: "User", at: datetime) -> Excerpt:
    """Quote the words that a text has at the place most similar to a drifted quote.

    Raises ExcerptRefused where there is no such place, and what `quote` raises.
    """
    latest = excerpt.gradings.select_related("layer").order_by("-pk").first()
    if (
        latest is None
        or latest.grade != Grade.DRIFTED
        or latest.layer is None
        or latest.start is None
        or latest.end is None
    ):
        raise ExcerptRefused(
            "nothing_similar", "No similar words are known. Copy the words from the source."
        )
    words = latest.layer.text[latest.start : latest.end]
    text = redacted_text(latest.layer, with_hidden=False)
    if text[latest.start : latest.end] != words:
        raise ExcerptRefused(
            "withheld",
            "Some of these words were withheld, or no page shows them; they are not quoted.",
        )
    prefix, suffix = visible_context(text, latest.layer.doubts, latest.start, latest.end)
    return quote(
        source=excerpt.source,
        exact=words,
        prefix=prefix,
        suffix=suffix,
        locator=excerpt.locator,
        language=excerpt.language,
        by=by,
        at=at,
    )


class QuoteRequest(NamedTuple):
    """Words to be quoted from a source, and those before and after them, as they were typed."""

    source: Source
    exact: str
    prefix: str = ""
    suffix: str = ""


def search_quote(wording: QuoteRequest) -> QuoteMatch:
    """Search the texts for words that are to be quoted; neither locks nor writes.

    Raises QuoteRefused, WordsRefused.
    """
    prefix, suffix = context_as_read(wording.prefix, wording.suffix)
    exact = quote_as_read(wording.exact)
    return match_in_source(wording.source, exact, prefix=prefix, suffix=suffix)


def search_quotes(wordings: Iterable[QuoteRequest]) -> dict[QuoteRequest, QuoteMatch]:
    """Search for many quotes, each text of a source folded once; neither locks nor writes.

    Words that cannot be a quote are left out: `quote` refuses them.
    """
    matches = {}
    in_order = sorted(dict.fromkeys(wordings), key=lambda wording: wording.source.pk)
    for source, of_source in groupby(in_order, key=attrgetter("source")):
        layer = TextLayer.objects.current_of(source).first()
        text = folded_text(layer)
        for wording in of_source:
            with suppress(Refusal):
                prefix, suffix = context_as_read(wording.prefix, wording.suffix)
                exact = quote_as_read(wording.exact)
                matches[wording] = match_in_layer(
                    source, layer, text, exact, prefix=prefix, suffix=suffix
                )
    return matches


@dataclass(frozen=True, slots=True)
class NewQuote:
    """The words of a quote and what comes with them, as they are stored."""

    exact: str
    prefix: str
    suffix: str
    locator: str
    page: int | None
    language: str
    translation: Translation

    def match_in(self, source: Source) -> QuoteMatch:
        """Search the texts for the words; see `match_in_source`."""
        return match_in_source(source, self.exact, prefix=self.prefix, suffix=self.suffix)


def save_quote(
    source: Source, new: NewQuote, match: QuoteMatch, *, by: "User", at: datetime
) -> Excerpt:
    """Lock the source and save a quote of it, or return the one that is there.

    Raises ReadOutdated where the match is not of the current texts any more, ExcerptRefused for
    words that were withheld.
    """
    source = locked(source)
    if not is_current(match, source):
        raise ReadOutdated
    graded = match.graded
    prefix, suffix = new.prefix, new.suffix
    known = source.excerpts.filter(exact=new.exact, locator=new.locator).order_by("pk")
    if prefix or suffix or graded.grade == Grade.AMBIGUOUS:
        known = known.filter(prefix=prefix, suffix=suffix)
    if (there := known.first()) is not None:
        return existing_excerpt(there, new.translation, by=by, at=at)
    layer = match.layer
    start, end = (graded.start, graded.end) if graded.grade.is_located else (None, None)
    if layer is not None and start is not None and end is not None:
        text = redacted_text(layer, with_hidden=True)
        if text[start:end] != layer.text[start:end]:
            raise ExcerptRefused(
                "withheld",
                "Words of this quote were withheld where they stand, and are not quoted again. "
                "Quote the words before or after them.",
            )
        prefix, suffix = visible_context(text, layer.doubts, start, end)
    same_place = source.excerpts.filter(
        exact=new.exact, locator=new.locator, prefix=prefix, suffix=suffix
    )
    if (there := same_place.first()) is not None:
        return existing_excerpt(there, new.translation, by=by, at=at)
    excerpt = Excerpt.objects.create(
        source=source,
        exact=new.exact,
        prefix=prefix,
        suffix=suffix,
        locator=new.locator,
        page=new.page if new.page is not None else page_of(layer, start),
        language=new.language or source.language,
        translation=new.translation[0],
        translated_by=new.translation[1],
        translation_method=new.translation[2],
        grade=graded.grade,
        is_verified=is_verified(graded, ()),
        left_out=left_out_as_json(match),
        created_at=at,
        created_by=by,
    )
    save_grading(excerpt, match, at=at)
    return excerpt


def choose_place(*, excerpt: Excerpt, place: tuple[int, int], by: "User", at: datetime) -> Grading:
    """Choose one of the places where ambiguous words stand.

    Raises ExcerptRefused for other places, NotPermitted, ReadOutdated.
    """
    require(by, Role.CONTRIBUTOR)

    def attempt() -> Grading:
        latest = excerpt.gradings.select_related("layer").order_by("-pk").first()
        doubts = doubts_at(excerpt, folded_text(latest.layer if latest else None), place)
        with action_transaction("choose_place", by=by, at=at):
            locked(excerpt.source)
            if excerpt.gradings.order_by("-pk").first() != latest:
                raise ReadOutdated
            return save_place(excerpt, latest, place, doubts, by=by, at=at)

    return retry_outdated(attempt)


def save_place(
    excerpt: Excerpt,
    latest: Grading | None,
    place: tuple[int, int],
    doubts: Sequence[Doubt],
    *,
    by: "User",
    at: datetime,
) -> Grading:
    """Save the place that a person chose among those of the latest grading."""
    places = [tuple(known) for known in latest.places] if latest is not None else []
    if latest is None or latest.grade != Grade.AMBIGUOUS or tuple(place) not in places:
        raise ExcerptRefused(
            "no_such_place",
            f"The quote does not stand at {place[0]}–{place[1]}; choose one of the places listed.",
        )
    start, end = place
    return Grading.objects.create(
        excerpt=excerpt,
        layer=latest.layer,
        grade=Grade.AMBIGUOUS,
        start=start,
        end=end,
        places=latest.places,
        doubts=[doubt_as_json(doubt) for doubt in doubts],
        graded_at=at,
        chosen_by=by,
    )


def existing_excerpt(
    there: Excerpt, translated: Translation, *, by: "User", at: datetime
) -> Excerpt:
    """Return the excerpt that is there already, with the translation that was typed, if any.

    Quoted again, it is back in the lists where somebody had removed it.
    """
    RemovedQuote.objects.filter(excerpt=there).delete()
    translation, translated_by, method = translated
    if not translation:
        return there
    return translate(
        excerpt=there,
        translation=translation,
        translated_by=translated_by,
        method=method,
        by=by,
        at=at,
    )


def context_as_read(prefix: str, suffix: str) -> tuple[str, str]:
    """The context of a quote in the form of texts, cut to the size that is stored."""
    for name, words in (("words before", prefix), ("words after", suffix)):
        clean_words(words, name=name, limit=MAX_LENGTH)
    before, after = (unicodedata.normalize("NFC", words) for words in (prefix, suffix))
    return before[-CONTEXT_SIZE:], after[:CONTEXT_SIZE]


def page_of(layer: TextLayer | None, start: int | None) -> int | None:
    """The index of the page where a place begins; None where the text has no pages."""
    if layer is None or start is None or len(layer.pages) < 2:
        return None
    return next(
        (page["index"] for page in layer.pages if page["start"] <= start < page["end"]), None
    )
