"""The result of a quote check in words: the verdict, what differs, and what was not searched."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sources.actions.quotes.checking import MAX_TEXTS, BlindSpot, CheckedPlace, QuoteCheck
from sources.domain.grading.drift import Wording, difference_of
from sources.readings.page_labels import page_labels_of
from sources.readings.quote_findings import passed_over_in_words
from sources.readings.reader import Reader
from sources.readings.sources import SourceReading, source_of
from sources.vocabulary import Grade

BLIND_SPOTS = {
    BlindSpot.NO_TEXT: gettext_lazy("No text of the source is kept here, so it was not searched."),
    BlindSpot.QUOTES_ONLY: gettext_lazy(
        "Only the published quotes of the source were searched: its whole text is not open to you."
    ),
    BlindSpot.TEXT_IN_DOUBT: gettext_lazy(
        "A text of the source has letters or pages that only a person can read."
    ),
    BlindSpot.INCOMPLETE_TEXT: gettext_lazy("Words of the source's file are missing in its text."),
    BlindSpot.TEXTS_LEFT_OUT: gettext_lazy(
        "There was more to search than one check takes: some texts were left out."
    ),
    BlindSpot.OTHERS_IN_PART: gettext_lazy(
        "Of other sources at most %(most)d that have all of the words were searched, for the words "
        "as they are and not for something similar."
    ),
    BlindSpot.OTHERS_WITHOUT_TEXT: gettext_lazy(
        "Other sources without a text, and texts that are not open to you, were not searched."
    ),
    BlindSpot.OTHERS_NOT_SEARCHED: gettext_lazy(
        "No other source was searched, since this one has the words."
    ),
}


@dataclass(frozen=True)
class CheckedPlaceReading:
    """The place of the words, or of something similar. `url` is the path of a page, `page` the
    label of the page of the source. `start` and `end` are code points of its text, None where a
    published quote was searched and not a text, and where there are several places."""

    source: SourceReading
    grade: Grade
    words: str
    times: int
    url: str
    page: str = ""
    start: int | None = None
    end: int | None = None
    notes: Sequence[str] = ()
    differing: Sequence[Wording] = ()


@dataclass(frozen=True)
class CheckReading:
    """A quote check for one reader. `blind_spots` are codes with their sentences."""

    words: str
    source: SourceReading | None
    grade: Grade
    is_verbatim: bool
    verdict: str
    here: CheckedPlaceReading | None
    elsewhere: CheckedPlaceReading | None
    texts: int
    quotes: int
    blind_spots: Sequence[tuple[str, str]]


def read_check(check: QuoteCheck, reader: Reader) -> CheckReading:
    """Put a quote check in words for who asked for it."""
    here = _place(check.words, check.here, reader) if check.here else None
    elsewhere = _place(check.words, check.elsewhere, reader) if check.elsewhere else None
    best = check.best
    return CheckReading(
        words=check.words,
        source=None if check.source is None else source_of(check.source, reader),
        grade=check.grade,
        is_verbatim=best is not None and best.is_verbatim,
        verdict=_verdict(check, here, elsewhere),
        here=here,
        elsewhere=elsewhere,
        texts=check.texts,
        quotes=check.quotes,
        blind_spots=[
            (one, str(BLIND_SPOTS[one]) % {"most": MAX_TEXTS}) for one in check.blind_spots
        ],
    )


def _place(words: str, place: CheckedPlace, reader: Reader) -> CheckedPlaceReading | None:
    """A place for its reader; None where the words are missing."""
    graded, source = place.graded, source_of(place.source, reader)
    if graded.grade == Grade.MISSING and not graded.passed_over:
        return None
    notes = list(passed_over_in_words([asdict(one) for one in graded.passed_over]))
    notes += [f"{doubt.kind.label}: {doubt.kind.meaning}" for doubt in graded.doubts]
    start, end = graded.places[0] if graded.places else (graded.start, graded.end)
    url, page = reverse("claims:source", args=[source.key]), ""
    if place.excerpt is not None:
        url = reverse("claims:short-excerpt", args=[place.excerpt])
    elif place.layer is not None and start is not None:
        labels = page_labels_of(place.source.pk, place.layer)
        page = labels.named(labels.at(start))
        url = f"{url}?text={place.layer.pk}&place={start}-{end}#x0"
    is_similar = graded.grade == Grade.DRIFTED
    return CheckedPlaceReading(
        source=source,
        grade=graded.grade,
        words=place.words,
        times=place.times,
        url=url,
        page=page,
        start=graded.start,
        end=graded.end,
        notes=notes,
        differing=difference_of(words, place.words) if is_similar and place.words else (),
    )


def _verdict(
    check: QuoteCheck, here: CheckedPlaceReading | None, elsewhere: CheckedPlaceReading | None
) -> str:
    """The result in a sentence: never more than was found, and where."""
    if here is not None and here.grade.is_found and check.here is not None:
        return _found_in(here, is_verbatim=check.here.is_verbatim)
    is_similar = here is not None and here.grade == Grade.DRIFTED
    if elsewhere is not None and check.elsewhere is not None:
        found = _found_in(elsewhere, is_verbatim=check.elsewhere.is_verbatim)
        if check.source is None:
            return found
        return " ".join([_("Not where you said, but elsewhere."), found])
    if is_similar:
        return _("Not as you write it: the source says something similar, which is shown below.")
    if check.source is not None and check.grade == Grade.UNLOCATED:
        return _("Not checked: nothing of the source is open to be searched.")
    if check.source is not None:
        return _("Not found: neither in this source nor in the others that were searched.")
    return _("Not found in the texts that were searched.")


def _found_in(place: CheckedPlaceReading, *, is_verbatim: bool) -> str:
    """The sentence for words that stand in a source."""
    title = {"title": place.source.title}
    if place.grade == Grade.ELIDED:
        return _("“%(title)s” has all parts in this order, with words between them.") % title
    if not is_verbatim:
        return _("“%(title)s” has the words, at a place that a person has to look at.") % title
    if place.times > 1:
        return ngettext(
            "“%(title)s” has these words in %(times)d place.",
            "“%(title)s” has these words in %(times)d places.",
            place.times,
        ) % {**title, "times": place.times}
    if place.grade == Grade.FOLDED:
        return (
            _("“%(title)s” has these words; only white space, dashes or the like differ.") % title
        )
    return _("“%(title)s” has these words, character for character.") % title
