"""Reads of sources and series."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from sources.domain.search.typed import TypedSearch
from sources.domain.text.search_folding import fold_for_search
from sources.querysets.public_sources import is_readable
from sources.querysets.readers import is_staff
from sources.querysets.search import known_languages, query_of_names
from sources.vocabulary import Access


class SourceQuerySet(models.QuerySet[Any]):
    """Sources, as readers ask for them."""

    def readable_by(self, reader: Any, at: datetime) -> "SourceQuerySet":
        """Those whose record and text the reader may read at that time.

        The desk: all but those for named persons, who read these too. The public: those that are
        public then (`sources.querysets.public_sources`).
        """
        return self.filter(is_readable(self.model, reader, at))

    def readable_ids(self, ids: Iterable[int], reader: Any, at: datetime) -> frozenset[int]:
        """Which of the sources of these ids the reader may read at that time: one query, or none.

        For names that do not come by something that the reader reads, such as the source where a
        missing quote was found: for one that does, its access is enough.
        """
        asked = set(ids)
        if not asked:
            return frozenset()
        found = self.filter(pk__in=asked).readable_by(reader, at)
        return frozenset(found.values_list("pk", flat=True))

    def for_named(self, person: Any) -> "SourceQuerySet":
        """Those that name the account as a reader; whoever runs a command has none."""
        return self.filter(readers__in=[person.pk])

    def closed_to(self, person: Any) -> "SourceQuerySet":
        """Those for named persons that do not name the account: of all sources, the desk knows
        these alone not.
        """
        return self.filter(access=Access.NAMED).exclude(readers__in=[person.pk])

    def known_with(self, source: Any) -> "SourceQuerySet":
        """Those whose access is not narrower than that of the source; never for named persons."""
        if source.access == Access.PUBLIC:
            return self.filter(access=Access.PUBLIC)
        return self.filter(access__in=[Access.PUBLIC, Access.STAFF])

    def derived_from(self, source: Any) -> "SourceQuerySet":
        """Those that derive from the source, at once or through others."""
        derived = RawSQL(
            """
            WITH RECURSIVE derived (id) AS (
                SELECT source_id FROM sources_sourceorigin WHERE origin_id = %s
                UNION
                SELECT tie.source_id FROM sources_sourceorigin tie
                JOIN derived ON tie.origin_id = derived.id
            )
            SELECT id FROM derived
            """,
            [source.pk],
        )
        return self.filter(pk__in=derived)

    def found_by(self, search: TypedSearch, _reader: Any) -> "SourceQuerySet":
        """Those whose record has the words of a search, or the identifier."""
        return self.filter(search_words__words=query_of_names(search, known_languages()))

    def matching(self, words: str) -> "SourceQuerySet":
        """Those whose title, authors, publisher or container hold all that is typed, be it parts
        of words.
        """
        found = self
        for word in fold_for_search(words).split():
            found = found.filter(search_text__contains=word)
        return found


class SeriesMemberQuerySet(models.QuerySet[Any]):
    """Places of sources in series."""

    def readable_by(self, reader: Any, at: datetime) -> "SeriesMemberQuerySet":
        """Those of sources that the reader may read at that time."""
        sources = self.model._meta.get_field("source").related_model
        return self.filter(is_readable(sources, reader, at, path="source"))


class SeriesQuerySet(models.QuerySet[Any]):
    """Series of sources."""

    def known_to(self, reader: Any, at: datetime) -> "SeriesQuerySet":
        """Those that the reader may know of.

        Those with a source that the reader may read. Besides, the desk: empty ones; the public:
        those that it knows as an entity, and those of which it reads that something is in none of
        their documents.
        """
        members = self.model._meta.get_field("members").related_model.objects
        of_it = members.filter(series=OuterRef("pk"))
        known = Exists(of_it.readable_by(reader, at))
        if is_staff(reader):
            return self.filter(known | ~Exists(of_it))
        entities = self.model._meta.get_field("entity").related_model.objects
        scopes = self.model._meta.get_field("absence_scopes").related_model
        versions = scopes._meta.get_field("version").related_model.objects.visible_to(reader, at)
        return self.filter(
            known
            | Q(pk__in=entities.known_to(reader, at).values("series"))
            | Q(pk__in=scopes.objects.filter(version__in=versions).values("series"))
        )
