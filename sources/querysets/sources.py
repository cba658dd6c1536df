"""Reads of sources and series."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from sources.domain.search import fold_for_search
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
            | Q(pk__in=self.model.objects.filter(readers=person).values("pk"))
        )

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

    def known_to(self, reader: object) -> "SeriesQuerySet":
        """Those with a source that the reader may know; to the desk, empty ones too."""
        members = self.model._meta.get_field("members").related_model.objects
        sources = self.model._meta.get_field("sources").related_model.objects
        of_it = members.filter(series=OuterRef("pk"))
        found = Exists(of_it.filter(source__in=sources.readable_by(reader)))
        return self.filter(found | ~Exists(of_it) if is_staff(reader) else found)
