"""The most used words of the documents of a series, as one reader may know them.

They come from counts made in the background (`claims.models.text_counts`). A row of counts is used
only while the same words of its text are withheld as when it was counted, so that a withheld word
is nowhere. Of a text of which the public reads excerpts alone it is told how many words there are,
and none of them: the list of its words would tell more than the excerpts do.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from claims.domain.series.stop_words import StopWordChoice
from claims.domain.series.word_counts import MAX_LISTED_WORDS
from claims.models import StopWords
from claims.querysets.text_counts import withheld_spans
from claims.querysets.used_words import counts_of_words, most_used_words
from claims.readings.series_texts import SeriesText, series_texts
from sources.models import Series
from sources.readings.reader import Reader

# So many of the most used words of each text are looked at: stop words are among them.
LOOKED_AT = 1_000
_HUNDREDTH = Decimal("0.01")


class WordsState(StrEnum):
    """Whether the words of a text can be listed for its reader."""

    LISTED = "listed"
    NO_TEXT = "no-text"
    NOT_COUNTED = "not-counted"  # the worker has not counted the text yet
    NOT_SHOWN = "not-shown"  # the reader may not know the document
    TOTAL_ONLY = "total-only"  # the reader may read excerpts of it alone


@dataclass(frozen=True)
class UsedWord:
    """A word, folded, how often a text has it, and how often on 1,000 words of the text."""

    word: str
    count: int
    per_thousand: Decimal


@dataclass(frozen=True)
class TextWordsReading:
    """The most used words of one text; `total` is how many words it has, None where not counted.

    `left_out` are the stop words among those looked at, with their counts.
    """

    text: SeriesText
    state: WordsState
    language: str = ""
    total: int | None = None
    words: Sequence[UsedWord] = field(default_factory=tuple)
    left_out: Sequence[UsedWord] = field(default_factory=tuple)


@dataclass(frozen=True)
class WordCourse:
    """A word over the texts of a language in order: its frequency on 1,000 words in each.

    None where the word is not among the words on record of a text. `count` is how often all have
    it, `mean` the mean of the frequencies.
    """

    word: str
    count: int
    mean: Decimal
    frequencies: Sequence[Decimal | None]


@dataclass(frozen=True)
class LanguageWords:
    """The words of the texts in one language, which are never mixed with those of another.

    `language` is a BCP 47 tag, empty where it is not known. `courses` are the most used words over
    these texts, those with the highest mean first; `total` is how many words all have.
    """

    language: str
    texts: Sequence[TextWordsReading]
    courses: Sequence[WordCourse]
    total: int


@dataclass(frozen=True)
class SeriesWordsReading:
    """The most used words of all texts of a series (its key), in order, and by their languages."""

    series: str
    texts: Sequence[TextWordsReading]
    languages: Sequence[LanguageWords]
    stop_words: StopWordChoice
    has_choice: bool = False


def read_stop_words(series: Series) -> StopWordChoice:
    """The editors' choice of stop words for a series; none where nobody made one."""
    row = StopWords.objects.filter(series=series).first()
    if row is None:
        return StopWordChoice()
    return StopWordChoice(frozenset(row.added), frozenset(row.shown))


def read_words(
    series: Series, *, reader: Reader, limit: int, courses: int = 0, only: str = ""
) -> SeriesWordsReading:
    """Read the `limit` most used words of each text, and the `courses` most used of each language.

    `only` is the id of a text: then no other is read.
    """
    texts = series_texts(series, reader=reader)
    if only:
        texts = [text for text in texts if text.id == only]
    choice = read_stop_words(series)
    rows = _rows_of(texts)
    readings = [_reading(text, rows.get(text.layer or 0), choice, limit) for text in texts]
    by_language: dict[str, list[TextWordsReading]] = defaultdict(list)
    for reading in readings:
        if reading.state == WordsState.LISTED:
            by_language[reading.language].append(reading)
    languages = [
        _language(language, group, rows, choice, courses) for language, group in by_language.items()
    ]
    return SeriesWordsReading(
        series.key, readings, languages, choice, has_choice=bool(choice.added or choice.shown)
    )


@dataclass(frozen=True)
class _Row:
    """The counts of a text: how many words, and the most used. `lists_all`: every word is listed,
    so that one that is not listed is not there."""

    total: int
    lists_all: bool
    words: Sequence[tuple[str, int]]


def _rows_of(texts: Iterable[SeriesText]) -> dict[int, _Row]:
    """The counts that are right as the texts are now, by text. One query."""
    withheld = {text.layer: text.withheld for text in texts if text.layer is not None}
    return {
        layer: _Row(total, listed < MAX_LISTED_WORDS, words)
        for layer, spans, total, listed, words in most_used_words(withheld, limit=LOOKED_AT)
        if withheld_spans(spans) == withheld[layer]
    }


def _reading(
    text: SeriesText, row: _Row | None, choice: StopWordChoice, limit: int
) -> TextWordsReading:
    """The most used words of a text, as far as its reader may know them."""
    if text.layer is None:
        known = text.source.is_known
        return TextWordsReading(text, WordsState.NO_TEXT if known else WordsState.NOT_SHOWN)
    if row is None:
        return TextWordsReading(text, WordsState.NOT_COUNTED)
    language = text.language
    if not text.may_read:
        return TextWordsReading(text, WordsState.TOTAL_ONLY, language, row.total)
    kept: list[UsedWord] = []
    left_out: list[UsedWord] = []
    for word, count in row.words:
        if choice.leaves_out(word, language):
            left_out.append(UsedWord(word, count, per_thousand(count, row.total)))
        elif len(kept) < limit:
            kept.append(UsedWord(word, count, per_thousand(count, row.total)))
    return TextWordsReading(text, WordsState.LISTED, language, row.total, kept, left_out)


def _language(
    language: str,
    readings: Sequence[TextWordsReading],
    rows: Mapping[int, _Row],
    choice: StopWordChoice,
    courses: int,
) -> LanguageWords:
    """The most used words over the texts of a language."""
    layers = [reading.text.layer or 0 for reading in readings]
    shares: dict[str, float] = defaultdict(float)
    for layer in layers:
        for word, count in rows[layer].words:
            if not choice.leaves_out(word, language):
                shares[word] += count / max(rows[layer].total, 1)
    ranked = sorted(shares, key=lambda word: (-shares[word], word))[:courses]
    counts = counts_of_words(ranked, layers) if ranked else {}
    return LanguageWords(
        language=language,
        texts=readings,
        courses=[_course(word, layers, counts, rows) for word in ranked],
        total=sum(rows[layer].total for layer in layers),
    )


def _course(
    word: str,
    layers: Sequence[int],
    counts: Mapping[tuple[int, str], int],
    rows: Mapping[int, _Row],
) -> WordCourse:
    """A word over these texts."""
    found = [counts.get((layer, word)) for layer in layers]
    frequencies = [
        None
        if count is None and not rows[layer].lists_all
        else per_thousand(count or 0, rows[layer].total)
        for layer, count in zip(layers, found, strict=True)
    ]
    known = sum((one for one in frequencies if one is not None), Decimal(0))
    return WordCourse(
        word=word,
        count=sum(count or 0 for count in found),
        mean=(known / len(layers)).quantize(_HUNDREDTH, ROUND_HALF_UP),
        frequencies=frequencies,
    )


def per_thousand(count: int, total: int) -> Decimal:
    """How often on 1,000 words, to a hundredth; 0 of a text without words."""
    if not total:
        return Decimal(0)
    return (Decimal(count * 1_000) / total).quantize(_HUNDREDTH, ROUND_HALF_UP)
