"""The most used words of the documents of a series: bars, courses, and a cloud."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from babel import Locale, UnknownLocaleError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.domain.series.word_cloud import WordCloud, lay_out_cloud
from claims.pages.parameters import refusals_as_pages
from claims.pages.series.asking import series_and_reader
from claims.pages.series.spreadsheets import CellValue, csv_response
from claims.readings.series_words import (
    LanguageWords,
    TextWordsReading,
    UsedWord,
    WordCourse,
    WordsState,
    read_words,
)
from sources.actions.permission import may
from sources.vocabulary import Role

# How many words of a document have a bar; of the page of one document.
BARS, BARS_OF_ONE = 12, 50
# How many words have a course over the series, and how many are in the cloud.
COURSES, IN_CLOUD = 12, 40
IN_CSV = 200
# The picture of a course, in its own units.
WIDTH, HEIGHT = 120, 36
_DRAWN = 30  # so high is the highest of them all

CSV_COLUMNS = (
    *("series", "document", "title", "label", "language", "state", "words"),
    *("word", "count", "per_thousand"),
)


@dataclass(frozen=True)
class WordBar:
    """A word with its bar, `length` in hundredths of the longest; `url` leads to its places."""

    word: UsedWord
    length: str
    url: str


@dataclass(frozen=True)
class TextView:
    """The words of a document; `note` says why there are none."""

    reading: TextWordsReading
    bars: Sequence[WordBar]
    total: str
    note: str
    page_url: str
    url: str


@dataclass(frozen=True)
class Course:
    """A word over the documents: the line of its frequencies, drawn to one scale with the others.

    `points` is a polyline's; `dots` are the documents on it; `values` the frequencies in order.
    """

    course: WordCourse
    points: str
    dots: Sequence[tuple[str, str]]
    values: Sequence[Decimal | None]
    url: str

    @property
    def last(self) -> Decimal | None:
        """The frequency in the last document."""
        return self.values[-1]


@dataclass(frozen=True)
class LanguageView:
    """The words of the documents in one language."""

    words: LanguageWords
    name: str
    labels: Sequence[str]
    courses: Sequence[Course]
    cloud: WordCloud
    cloud_urls: Sequence[tuple[Any, str]]
    cloud_count: str
    total: str
    highest: Decimal


@require_safe
@refusals_as_pages
def words(request: HttpRequest, key: str) -> HttpResponse:
    """The most used words of each document of a series, or of one of them."""
    found, reader = series_and_reader(request, key)
    only = request.GET.get("document", "")
    bars = BARS_OF_ONE if only else BARS
    reading = read_words(found, reader=reader, limit=bars, courses=IN_CLOUD, only=only)
    if only and not reading.texts:
        raise Http404
    highest = max(
        (word.per_thousand for text in reading.texts for word in text.words), default=Decimal(1)
    )
    context = {
        "series": found,
        "texts": [_text_view(key, text, highest) for text in reading.texts],
        "languages": [_language_view(key, one, is_one=bool(only)) for one in reading.languages],
        "choice": reading.stop_words,
        "added": sorted(reading.stop_words.added),
        "shown": sorted(reading.stop_words.shown),
        "has_choice": reading.has_choice,
        "only": reading.texts[0].text if only else None,
        "left_out": _left_out(reading.texts),
        "may_edit": reader.is_staff and may(reader.account, Role.EDITOR),
        "csv_url": reverse("claims:words-csv", args=[key]),
        "width": WIDTH,
        "height": HEIGHT,
        "floor": HEIGHT - 3,
    }
    return render(request, "claims/words.html", context)


@require_safe
@refusals_as_pages
def words_csv(request: HttpRequest, key: str) -> HttpResponse:
    """The most used words of each document as CSV, each with the denominator of its frequency."""
    found, reader = series_and_reader(request, key)
    reading = read_words(found, reader=reader, limit=IN_CSV)
    return csv_response(f"{key}.words", _csv_rows(key, reading.texts))


def _csv_rows(key: str, texts: Sequence[TextWordsReading]) -> Iterator[Sequence[CellValue]]:
    yield CSV_COLUMNS
    for text in texts:
        source = text.text.source
        of_text = (
            *(key, source.key, source.title, text.text.label, text.language),
            *(text.state.value, text.total),
        )
        if not text.words:
            yield (*of_text, "", None, None)
        for one in text.words:
            yield (*of_text, one.word, one.count, one.per_thousand)


def places_url(key: str, word: str) -> str:
    """The address of the places of a word in a series."""
    return f"{reverse('claims:contexts', args=[key])}?{urlencode({'q': word})}"


def state_note(state: WordsState) -> str:
    """Why no words of a text are listed; empty where they are."""
    return {
        WordsState.LISTED: "",
        WordsState.NO_TEXT: _("Not counted: there is no text of it."),
        WordsState.NOT_COUNTED: _("Not counted yet: the words are counted in the background."),
        WordsState.NOT_SHOWN: _("Readers know it by its description alone."),
        WordsState.TOTAL_ONLY: _(
            "Readers see only quotes from it, and so not the list of its words."
        ),
    }[state]


def _left_out(texts: Sequence[TextWordsReading]) -> list[tuple[str, int]]:
    """The stop words of these texts with their counts, the most used first."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({one.word: one.count for one in text.left_out})
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _text_view(key: str, text: TextWordsReading, highest: Decimal) -> TextView:
    known = text.text.source.is_known
    return TextView(
        reading=text,
        bars=[
            WordBar(word, f"{100 * word.per_thousand / highest:.1f}", places_url(key, word.word))
            for word in text.words
        ],
        total="" if text.total is None else _total_text(text.total),
        note=state_note(text.state),
        page_url=reverse("claims:source", args=[text.text.source.key]) if known else "",
        url=f"{reverse('claims:words', args=[key])}?{urlencode({'document': text.text.id})}"
        if text.words
        else "",
    )


def _total_text(total: int) -> str:
    return ngettext("%(count)s word", "%(count)s words", total) % {"count": _grouped(total)}


def _grouped(number: int) -> str:
    """A whole number with its thousands apart."""
    return str(number_format(number, force_grouping=True))


def _language_view(key: str, words: LanguageWords, *, is_one: bool) -> LanguageView:
    cloud = lay_out_cloud([(one.word, one.count, float(one.mean)) for one in words.courses])
    courses = [] if is_one or len(words.texts) < 2 else words.courses[:COURSES]
    highest = max(
        (value for one in courses for value in one.frequencies if value is not None),
        default=Decimal(1),
    )
    return LanguageView(
        words=words,
        name=language_name(words.language),
        labels=[text.text.label for text in words.texts],
        courses=[_course(key, one, highest or Decimal(1)) for one in courses],
        cloud=cloud,
        cloud_urls=[(one, places_url(key, one.word)) for one in cloud.words],
        cloud_count=_grouped(sum(one.count for one in cloud.words)),
        total=_grouped(words.total),
        highest=highest,
    )


def _course(key: str, course: WordCourse, highest: Decimal) -> Course:
    step = Decimal(WIDTH - 8) / max(len(course.frequencies) - 1, 1)
    dots = [
        (f"{4 + step * number:.1f}", f"{HEIGHT - 3 - _DRAWN * value / highest:.1f}")
        for number, value in enumerate(course.frequencies)
        if value is not None
    ]
    return Course(
        course=course,
        points=" ".join(f"{x},{y}" for x, y in dots),
        dots=dots if len(dots) <= COURSES * 2 else [],
        values=course.frequencies,
        url=places_url(key, course.word),
    )


def language_name(tag: str) -> str:
    """The name of a language in that of the page; the tag where it has none, or a word for none."""
    if not tag:
        return _("language not known")
    try:
        told = Locale.parse(tag, sep="-").get_display_name((get_language() or "en").split("-")[0])
    except (UnknownLocaleError, ValueError):
        return tag
    return told or tag
