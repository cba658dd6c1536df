"""Reads of sources and series."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from sources.domain.text.search_folding import fold_for_search
from sources.querysets.readers import is_staff
from sources.vocabulary import Access


class SourceQuerySet(models.QuerySet[Any]):
    """Sources, as readers ask for them."""

    def public(self) -> "SourceQuerySet":
        """Those whose record everybody may read."""
        return self.filter(access=Access.PUBLIC)

    def readable_by(self, person: object) -> "SourceQuerySet":
        """Those whose record and text the account may read; nobody's account reads public ones."""
        if not is_staff(person):
            return self.public()
        return self.filter(
            Q(access__in=[Access.PUBLIC, Access.STAFF])
            | Q(pk__in=self.model.objects.for_named(person).values("pk"))
        )

    def for_named(self, person: Any) -> "SourceQuerySet":
        """Those that name the account as a reader; whoever runs a command has none."""
        return self.filter(readers__in=[person.pk])

    def known_with(self, source: Any) -> "SourceQuerySet":
        """Those that whoever knows the source may know as well; never what named persons read."""
        if source.access == Access.PUBLIC:
            return self.public()
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

    def matching(self, words: str) -> "SourceQuerySet":
        """Those whose title, authors, publisher or container hold all the words."""
        found = self
        for word in fold_for_search(words).split():
            found = found.filter(search_text__contains=word)
        return found


class SeriesQuerySet(models.QuerySet[Any]):
    """Series of sources."""

    def known_to(self, reader: Any, at: datetime) -> "SeriesQuerySet":
        """Those that the reader may know of.

        The desk: those with a source that the account may know, and empty ones. The public: those
        with a public source that is quoted in what it sees at that time, those that it knows as
        an entity, and those of which it reads that something is in none of their documents.
        """
        members = self.model._meta.get_field("members").related_model.objects
        if is_staff(reader):
            sources = self.model._meta.get_field("sources").related_model.objects
            of_it = members.filter(series=OuterRef("pk"))
            known = of_it.filter(source__in=sources.readable_by(reader))
            return self.filter(Exists(known) | ~Exists(of_it))
        entities = self.model._meta.get_field("entity").related_model.objects
        scopes = self.model._meta.get_field("absence_scopes").related_model
        versions = scopes._meta.get_field("version").related_model.objects.visible_to(reader, at)
        quoted = Q(source__excerpts__evidence__version__in=versions)
        return self.filter(
            Q(pk__in=members.filter(quoted, source__access=Access.PUBLIC).values("series"))
            | Q(pk__in=entities.known_to(reader, at).values("series"))
            | Q(pk__in=scopes.objects.filter(version__in=versions).values("series"))
        )
