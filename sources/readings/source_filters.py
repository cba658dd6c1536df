"""The filters of sources, of series, of their captures and of what is quoted from them."""

import re
from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import Range as PgRange

from sources.domain.dates import parse_dates
from sources.domain.query import QueryRefused
from sources.domain.query_values import (
    is_within_date,
    read_beginning,
    read_language,
    read_reference,
    read_whole_number,
)
from sources.domain.refusals import quoted
from sources.models import Excerpt, Series, SeriesMember, Source, SourceOrigin
from sources.querysets.public_sources import is_allowed
from sources.readings.filters import (
    Asked,
    Filter,
    Filters,
    Holds,
    WordSearch,
    is_empty,
    is_null,
    of_codes,
    of_truth,
    one_of,
    related,
)
from sources.readings.known_keys import PUBLISHERS, SERIES, SOURCES, KnownKeys
from sources.vocabulary import (
    Access,
    Grade,
    OriginKind,
    PublisherKind,
    Reliability,
    Rights,
    Standing,
    TranslationMethod,
)

_SHA256 = re.compile("[0-9a-f]{64}")
_MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}", re.ASCII)


def in_language(column: str) -> Holds:
    """The condition that a column has one of these languages: zh means zh-Hans, too."""

    def holds(words: Sequence[str], _asked: Asked) -> Q:
        condition = Q()
        for tag in map(read_language, words):
            condition |= Q(**{f"{column}__iexact": tag})
            condition |= Q(**{f"{column}__istartswith": f"{tag}-"})
        return condition

    return holds


def of_references(claim: str, number: str) -> Holds:
    """The condition that columns refer to one of these claims, or to the version that is named."""

    def holds(words: Sequence[str], _asked: Asked) -> Q:
        condition = Q()
        for word in words:
            pk, version = read_reference(word, "C")
            condition |= Q(**{claim: pk} if version is None else {claim: pk, number: version})
        return condition

    return holds


def of_keys(keys: KnownKeys, column: str) -> Holds:
    """The condition that a column refers to a row of one of these keys."""
    return lambda words, asked: Q(**{f"{column}__in": keys.ids(words, asked.reader)})


def on_days(lookup: str) -> Holds:
    """The condition that a range of days compares so with one of some dates."""

    def holds(words: Sequence[str], _asked: Asked) -> Q:
        condition = Q()
        for word in words:
            days = parse_dates(word).days
            condition |= Q(**{lookup: PgRange(days.lower, days.upper, days.bounds)})
        return condition

    return holds


def since(column: str) -> Holds:
    """The condition that a moment is not before one of these."""

    def holds(words: Sequence[str], _asked: Asked) -> Q:
        return Q(**{f"{column}__gte": min(read_beginning(word) for word in words)})

    return holds


def _source(words: Sequence[str], asked: Asked) -> Q:
    return Q(source__in=SOURCES.ids(words, asked.reader))


def _publisher(words: Sequence[str], asked: Asked) -> Q:
    return Q(publisher__in=PUBLISHERS.ids(words, asked.reader))


def _series(words: Sequence[str], asked: Asked) -> Q:
    return related(
        SeriesMember.objects.filter(series__in=SERIES.ids(words, asked.reader)), "source"
    )


def _no_series(asked: Asked) -> Q:
    known = Series.objects.known_to(asked.reader.account, asked.reader.at)
    return ~related(SeriesMember.objects.filter(series__in=known), "source")


def _origin(words: Sequence[str], asked: Asked) -> Q:
    return related(
        SourceOrigin.objects.filter(origin__in=SOURCES.ids(words, asked.reader)), "source"
    )


def _of_origin(condition: Q, asked: Asked) -> Q:
    """A tie to an origin that the reader may know by name."""
    allowed = is_allowed(Source, asked.reader.account, path="origin")
    return related(SourceOrigin.objects.filter(allowed, condition), "source")


def _with_source(words: Sequence[str], asked: Asked) -> Q:
    members = SeriesMember.objects.filter(source__in=SOURCES.ids(words, asked.reader))
    return related(members, "series")


def _sha256(word: str) -> str:
    if not _SHA256.fullmatch(word):
        raise QueryRefused(
            "invalid",
            f"{quoted(word)} is no SHA-256. Write its 64 digits, 0 to 9 and a to f.",
        )
    return word


def _media_type(word: str) -> str:
    if not _MEDIA_TYPE.fullmatch(word):
        raise QueryRefused(
            "invalid", f"{quoted(word)} is no media type. Write it as in application/pdf."
        )
    return word


def _claims(words: Sequence[str], asked: Asked) -> Q:
    reader = asked.reader
    versions = _VERSIONS(words, asked)
    return Excerpt.objects.all().is_quoted_by(versions, reader.account, reader.at)


def _origin_kind(words: Sequence[str], asked: Asked) -> Q:
    return _of_origin(_KIND.holds(words, asked), asked)


_KIND = of_codes("kind", OriginKind, help_text="")
_VERSIONS = of_references("claim", "number")

SOURCE_FILTERS: Filters = {
    "q": WordSearch(
        _(
            "Words of the title, the authors, the publisher or the container, in any form; or the "
            "DOI, ISBN or web address."
        )
    ),
    "key": Filter(
        help_text=_("The key."),
        holds=lambda words, asked: Q(pk__in=SOURCES.ids(words, asked.reader)),
    ),
    "type": Filter(
        help_text=_("The type in CSL terms, such as article-newspaper."), holds=one_of("type")
    ),
    "publisher": Filter(
        help_text=_("The name of the publisher."), holds=_publisher, none=is_null("publisher")
    ),
    "publisher_kind": of_codes(
        "publisher__kind",
        PublisherKind,
        help_text=_("What the publisher is."),
        none=is_null("publisher"),
    ),
    "publisher_country": Filter(
        help_text=_("The country of the publisher, two letters of ISO 3166-1."),
        holds=one_of("publisher__country", str.upper),
        none=lambda _asked: Q(publisher__isnull=True) | Q(publisher__country=""),
    ),
    "reliability": of_codes(
        "publisher__reliability",
        Reliability,
        help_text=_("How far the publisher can be relied on; F is not yet judged."),
        none=is_null("publisher"),
    ),
    "container": Filter(
        help_text=_("The journal, book or site that it is in, exactly."),
        holds=one_of("container"),
        none=is_empty("container"),
    ),
    "issued": Filter(
        help_text=_("When it was issued: days that it may mean are among these."),
        holds=on_days("issued_days__overlap"),
        none=is_null("issued_days"),
        is_within_word=is_within_date,
    ),
    "language": Filter(
        help_text=_("The BCP 47 tag of its language; zh means zh-Hans, too."),
        holds=in_language("language"),
        none=is_empty("language"),
    ),
    "url": Filter(
        help_text=_("Where it was published."), holds=one_of("url"), none=is_empty("url")
    ),
    "doi": Filter(help_text=_("The DOI."), holds=one_of("doi"), none=is_empty("doi")),
    "isbn": Filter(
        help_text=_("The ISBN, as on record."), holds=one_of("isbn"), none=is_empty("isbn")
    ),
    "number": Filter(
        help_text=_("The number, as of a report."), holds=one_of("number"), none=is_empty("number")
    ),
    "rights": of_codes("rights", Rights, help_text=_("How much of its text the public may read.")),
    "access": of_codes("access", Access, help_text=_("Who may know it by name.")),
    "standing": of_codes("standing", Standing, help_text=_("Where it stands with its publisher.")),
    "standing_since": Filter(
        help_text=_("Standing so since one of these days."),
        holds=lambda words, _asked: Q(
            standing_on__gte=min(read_beginning(word) for word in words).date()
        ),
        none=is_null("standing_on"),
        is_within_word=is_within_date,
    ),
    "series": Filter(help_text=_("The key of a series."), holds=_series, none=_no_series),
    "origin": Filter(
        help_text=_("The key of a source that it derives from, at once."),
        holds=_origin,
        none=lambda asked: ~_of_origin(Q(), asked),
    ),
    "origin_kind": Filter(
        help_text=_("How it derives from another source."), holds=_origin_kind, words=_KIND.words
    ),
}

SERIES_FILTERS: Filters = {
    "key": Filter(
        help_text=_("The key."),
        holds=lambda words, asked: Q(pk__in=SERIES.ids(words, asked.reader)),
    ),
    "source": Filter(help_text=_("The key of a source that is in it."), holds=_with_source),
    "title": Filter(help_text=_("The title, exactly."), holds=one_of("title")),
}

CAPTURE_FILTERS: Filters = {
    "source": Filter(help_text=_("The key of a source."), holds=_source),
    "sha256": Filter(
        help_text=_("The SHA-256 of the bytes."), holds=one_of("blob__sha256", _sha256)
    ),
    "media_type": Filter(
        help_text=_("The kind of file, such as application/pdf."), holds=one_of("kind", _media_type)
    ),
    "captured_since": Filter(
        help_text=_("A moment, or the first of some days, in UTC: fixed then or later."),
        holds=since("captured_at"),
        is_within_word=is_within_date,
    ),
    "fetched_from": Filter(
        help_text=_("The address that it came from."),
        holds=one_of("fetched_from"),
        none=is_empty("fetched_from"),
    ),
    "archive_url": Filter(
        help_text=_("Where an archive has a copy."),
        holds=one_of("archive_url"),
        none=is_empty("archive_url"),
    ),
    "has_text": of_truth(
        lambda _asked: Q(has_text=True), help_text=_("Whether its text was extracted.")
    ),
}

EXCERPT_FILTERS: Filters = {
    "source": Filter(help_text=_("The key of a source."), holds=_source),
    "claim": Filter(
        help_text=_("The reference of a claim or version that you see and that rests on it."),
        holds=_claims,
    ),
    "grade": of_codes("grade", Grade, help_text=_("How the words stand in the archived text.")),
    "verified": of_truth(
        lambda _asked: Q(is_verified=True) & ~Q(exact=""),
        help_text=_("Whether the archived text carries the words beyond doubt."),
    ),
    "language": Filter(
        help_text=_("The BCP 47 tag of the quote's language; zh means zh-Hans, too."),
        holds=in_language("language"),
        none=is_empty("language"),
    ),
    "translation_method": of_codes(
        "translation_method",
        TranslationMethod,
        help_text=_("How it was translated."),
        none=is_empty("translation_method"),
    ),
    "translated_by": Filter(
        help_text=_("Who translated it, exactly."),
        holds=one_of("translated_by"),
        none=is_empty("translated_by"),
    ),
    "locator": Filter(
        help_text=_("Where it is cited from, exactly: p. 4."),
        holds=one_of("locator"),
        none=is_empty("locator"),
    ),
    "page": Filter(
        help_text=_("The index of the page, from 0."),
        holds=one_of("page", read_whole_number),
        none=is_null("page"),
    ),
    "quoted_since": Filter(
        help_text=_("A moment, or the first of some days, in UTC: quoted then or later."),
        holds=since("created_at"),
        is_within_word=is_within_date,
    ),
}
