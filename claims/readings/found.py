"""A search as its reader is answered: claims by rank with where the words stand, and names.

Claims whose value is a number that was typed come first, then by how well the words match: exact
forms before other forms, the statement before a quote, a quote before a title. Of many claims only
the latest are ranked, and the answer says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import BooleanField, ExpressionWrapper, F, Q, Value
from django.utils.translation import gettext as _

from claims.models import Entity, Topic, Version
from claims.querysets.found import query_of_values, query_of_versions
from claims.readings.claims import ClaimReading, ConflictReading, read_claims
from claims.readings.values import NameReading, name_of
from sources.domain.search.marks import FoundPiece, found_spans, text_around
from sources.domain.search.typed import TypedSearch
from sources.models import Source
from sources.querysets.search import WrittenQuery
from sources.readings.reader import Reader
from sources.readings.sources import SourceReading, source_of

# Of more matches the latest references are ranked.
MAX_RANKED = 1_000
MAX_NAMES = 10
# Of more entities with the words those that were entered first are offered to the public.
MAX_ASKED = 300
MAX_FRAGMENTS = 4
# How much a hit counts by the weight of its text: D (titles, names), C (quotes), B (values), A.
_WEIGHTS = [0.1, 0.3, 0.6, 1.0]


@dataclass(frozen=True)
class Fragment:
    """Words that were found, in context: `where` says in words in what text."""

    where: str
    pieces: tuple[FoundPiece, ...]
    language: str = ""


@dataclass(frozen=True)
class FoundClaim:
    """A claim that was found; `is_by_value` where its value is a number that was typed."""

    claim: ClaimReading
    fragments: tuple[Fragment, ...]
    is_by_value: bool


@dataclass(frozen=True)
class FoundClaims:
    """A page of claims by rank, from the place `start` on.

    `next_start` is the place of the next page, None after the last one that is ranked.
    `unranked_after` is the claim behind which those follow that were not ranked.
    """

    claims: tuple[FoundClaim, ...]
    next_start: int | None
    unranked_after: int | None

    @property
    def is_capped(self) -> bool:
        """Whether more claims match than were ranked."""
        return self.unranked_after is not None

    @property
    def conflicts(self) -> list[ConflictReading]:
        """The conflicts of the claims on this page, each once."""
        found = {one.number: one for each in self.claims for one in each.claim.conflicts}
        return [found[number] for number in sorted(found)]


@dataclass(frozen=True)
class FoundNames:
    """The first sources, entities and topics whose own words match, as the reader may know them."""

    sources: tuple[SourceReading, ...]
    entities: tuple[NameReading, ...]
    topics: tuple[Topic, ...]


def found_claims(search: TypedSearch, reader: Reader, *, start: int, size: int) -> FoundClaims:
    """The claims at some places of the ranking, read at once."""
    ranked, unranked_after = _ranked(search, reader)
    page = ranked[start : start + size]
    by_value = {pk for pk, is_by_value in page if is_by_value}
    claims = read_claims([pk for pk, _is_by_value in page], reader)
    return FoundClaims(
        tuple(
            FoundClaim(claim, tuple(fragments_of(claim, search)), claim.id in by_value)
            for claim in claims
        ),
        start + size if len(ranked) > start + size else None,
        unranked_after,
    )


def found_names(search: TypedSearch, reader: Reader) -> FoundNames:
    """The sources, entities and topics that match and that the reader may know."""
    account, at = reader.account, reader.at
    sources = Source.objects.found_by(search, account).readable_by(account, at)
    topics = Topic.objects.found_by(search, account).known_to(account, at)
    entities = Entity.objects.found_by(search, account).surviving()
    if reader.is_staff:
        entities = entities.known_to(account, at)
    else:
        # Of a few it is cheaper to ask whether the public knows them than for all that it knows.
        few = entities.order_by("pk").values_list("pk", flat=True)[:MAX_ASKED]
        entities = Entity.objects.filter(pk__in=Entity.objects.public_ids(list(few), at))
    named = entities.select_related("source").order_by("label", "pk")[:MAX_NAMES]
    return FoundNames(
        tuple(
            source_of(source, reader)
            for source in sources.select_related("publisher").order_by("title", "pk")[:MAX_NAMES]
        ),
        tuple(name for entity in named if (name := name_of(entity, reader)) is not None),
        tuple(topics.order_by("name", "pk")[:MAX_NAMES]),
    )


def fragments_of(claim: ClaimReading, search: TypedSearch) -> Iterator[Fragment]:
    """Return fragments of what the reader is told of a claim around the words, a few at most."""
    count = 0
    for where, text, language in _texts(claim):
        spans = found_spans(text, language, search.terms)
        if spans:
            yield Fragment(where, text_around(text, spans), language)
            count += 1
        if count == MAX_FRAGMENTS:
            return


def understood(search: TypedSearch) -> list[str]:
    """How a search was read, in sentences, as far as it is not plain words."""
    said = [
        _("Claims with “%(word)s” are left out.") % {"word": term.typed} for term in search.excluded
    ]
    for term in search.numbers:
        if term.typed[:1] in "-−–—+":
            said.append(
                _(
                    "%(number)s is read as a number, not as a word to leave out: in words its sign "
                    "makes no difference; claims whose value it is come first."
                )
                % {"number": term.typed}
            )
    for group in search.groups:
        if len(group) > 1:
            words = ", ".join(f"“{term.typed}”" for term in group)
            said.append(_("One of these is enough: %(words)s.") % {"words": words})
    return said


def _ranked(search: TypedSearch, reader: Reader) -> tuple[list[tuple[int, bool]], int | None]:
    """The matching versions by rank, each with whether it is by value; and what was not ranked."""
    query = WrittenQuery(query_of_versions(search, reader.account))
    values = query_of_values(search)
    has_value = Q(search_words__words=WrittenQuery(values)) if values else Q(pk__in=[])
    shown = Version.objects.visible_to(reader.account, reader.at)
    matching = shown.filter(search_words__words=query).annotate(
        by_value=ExpressionWrapper(has_value, BooleanField()) if values else Value(value=False),
        rank=SearchRank(F("search_words__words"), query, weights=_WEIGHTS),
    )
    rows: list[Any] = _rows(matching)
    unranked_after = rows[MAX_RANKED - 1][1] if len(rows) > MAX_RANKED else None
    rows = rows[:MAX_RANKED]
    if unranked_after is not None and values:
        known = {pk for pk, *_more in rows}
        rows += [
            row for row in _rows(matching.filter(has_value))[:MAX_RANKED] if row[0] not in known
        ]
    rows.sort(key=lambda row: (not row[2], -row[3], -row[1]))
    return [(pk, is_by_value) for pk, _claim, is_by_value, _rank in rows], unranked_after


def _rows(matching: Any) -> list[Any]:
    latest = matching.order_by("-claim_id")
    return list(latest.values_list("pk", "claim_id", "by_value", "rank")[: MAX_RANKED + 1])


def _texts(claim: ClaimReading) -> Iterator[tuple[str, str, str]]:
    """The texts of a claim that a search looks into: where, the words and their language."""
    yield _("in the statement"), claim.statement, claim.language
    if claim.value is not None:
        yield _("in the source's wording of the value"), claim.value.as_written, claim.language
        yield _("in the value"), claim.value.typed, claim.language
    for piece in claim.evidence:
        quote, source = piece.quote, piece.quote.source
        if quote.words:
            language = quote.language or source.language or claim.language
            yield _("in a quote of %(source)s") % {"source": source.key}, quote.words, language
    for name, where in (
        (claim.subject, _("subject")),
        (claim.value.entity if claim.value else None, _("value")),
    ):
        if name is not None and name.key:
            yield where, name.label, "en"
    for asserter in claim.asserters:
        yield _("who says so"), asserter.label, claim.language
    for topic in claim.topics:
        yield _("topic"), topic.name, "en"
    yield from _records(claim.evidence)


def _records(evidence: Sequence[Any]) -> Iterator[tuple[str, str, str]]:
    for source in dict.fromkeys(piece.quote.source for piece in evidence):
        if source.is_known:
            yield _("title of a source"), source.title, source.language
            names = [*source.authors, source.publisher or "", source.container]
            for name in names:
                yield _("in the record of a source"), name, source.language
