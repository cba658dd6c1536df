"""Reads of entities, properties and topics."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, Q
from django.db.models.expressions import RawSQL

from claims.querysets.key_closures import (
    Closure,
    entity_closure,
    public_properties,
    topic_closure,
)
from sources.domain.search.typed import TypedSearch
from sources.domain.text.search_folding import fold_for_search
from sources.querysets.prepared import id_array, prepared_rows
from sources.querysets.public_sources import is_allowed
from sources.querysets.readers import is_staff
from sources.querysets.search import known_languages, query_of_names

# Of a few entities, those that the public may know of: one below each of them, at once or through
# others, that stands for no source kept from the public, is subject, value or asserter of a version
# that it sees. Asks for these alone, however many versions there are: OFFSET 0 keeps PostgreSQL
# from reading all versions at once to look the few up among them.
KNOWN_OF_FEW = """
SELECT root FROM (WITH RECURSIVE below (root, id) AS (
    SELECT e.id, e.id FROM claims_entity e LEFT JOIN sources_source s ON s.id = e.source_id
    WHERE e.id = ANY(%(ids)s::text::bigint[]) AND (s.id IS NULL OR s.access = 'public')
    UNION
    SELECT b.root, e.id
    FROM below b
    CROSS JOIN LATERAL (
        SELECT id, source_id FROM claims_entity WHERE part_of_id = b.id
        UNION ALL
        SELECT id, source_id FROM claims_entity WHERE merged_into_id = b.id
    ) e
    LEFT JOIN sources_source s ON s.id = e.source_id
    WHERE s.id IS NULL OR s.access = 'public'
)
SELECT DISTINCT b.root
FROM below b
WHERE EXISTS (
    SELECT FROM claims_version v WHERE v.subject_id = b.id AND v.taken_off_at IS NULL
        AND v.published @> %(at)s::timestamptz OFFSET 0
) OR EXISTS (
    SELECT FROM claims_version v WHERE v.value_entity_id = b.id AND v.taken_off_at IS NULL
        AND v.published @> %(at)s::timestamptz OFFSET 0
) OR EXISTS (
    SELECT FROM claims_asserter a JOIN claims_version v ON v.id = a.version_id
        AND v.taken_off_at IS NULL AND v.published @> %(at)s::timestamptz
    WHERE a.entity_id = b.id OFFSET 0
)) found
"""


class EntityUses(NamedTuple):
    """How many claims are about an entity, give it as value and are said by it, as the desk counts
    them: a claim by any of its versions; and how many entities are part of it."""

    subject: int
    value: int
    asserter: int
    parts: int


class EntityQuerySet(models.QuerySet[Any]):
    """Entities: the things that claims are about."""

    def surviving(self) -> "EntityQuerySet":
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def known_to(self, reader: Any, at: datetime) -> "EntityQuerySet":
        """Those that the reader may know of; none that stands for a source kept from the reader.

        The desk: all others. The public: subjects, values and asserters of versions that it sees
        at that time, and what such a one is part of or was merged into, at once or through others.
        A source for which one of these stands is public by that, so that its access is enough.
        """
        sources = self.model._meta.get_field("source").related_model
        open_ones = Q(source__isnull=True) | is_allowed(sources, reader, path="source")
        if is_staff(reader):
            return self.filter(open_ones)
        shown = _shown_versions(self.model, "versions", at)
        asserters = shown.model._meta.get_field("asserters").related_model.objects
        used = self.model.objects.filter(
            Q(pk__in=shown.values("subject"))
            | Q(pk__in=shown.values("value_entity"))
            | Q(pk__in=asserters.filter(version__in=shown).values("entity"))
        )
        steps = self.model.objects.filter(open_ones).values_list("pk", "part_of", "merged_into")
        return self.filter(open_ones, pk__in=_with_those_above(used, steps))

    def public_ids(self, ids: Collection[int], at: datetime) -> frozenset[int]:
        """Which of the entities of these ids the public may know of, as `known_to`: one query.

        For a page of them; its cost grows with these alone.
        """
        values = {"ids": id_array(ids), "at": at}
        return frozenset(pk for (pk,) in prepared_rows(KNOWN_OF_FEW, values))

    def closure(self, keys: Collection[str], reader: Any, at: datetime) -> Closure:
        """By key the ids of the entity, its parts and what was merged into it.

        Of keys that the reader may know at that time; one that was merged stands for the survivor.
        """
        found = entity_closure(keys, reader)
        if is_staff(reader):
            return found
        return found.among(self.public_ids(found.roots.values(), at))

    def uses_of(self, entity: Any) -> EntityUses:
        """How an entity is used, by itself: not what is part of it or was merged into it."""
        versions = self.model._meta.get_field("versions").related_model
        asserters = versions._meta.get_field("asserters").related_model.objects

        def claims(rows: Any, claim: str) -> int:
            count: int = rows.aggregate(n=Count(claim, distinct=True))["n"]
            return count

        return EntityUses(
            claims(versions.objects.filter(subject=entity), "claim"),
            claims(versions.objects.filter(value_entity=entity), "claim"),
            claims(asserters.filter(entity=entity), "version__claim"),
            self.filter(part_of=entity).count(),
        )

    def matching(self, words: str) -> "EntityQuerySet":
        """Those whose label or an alias holds all that is typed, be it parts of words."""
        found = self
        for word in fold_for_search(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def offered_for(self, typed: str) -> "EntityQuerySet":
        """Those whose label, alias or key holds all that is typed, be it a part of it."""
        return self.matching(typed) | self.filter(key__icontains=typed.strip())

    def found_by(self, search: TypedSearch, _reader: Any) -> "EntityQuerySet":
        """Those whose label, alias or key has the words of a search."""
        return self.filter(search_words__words=query_of_names(search, known_languages()))


class PropertyQuerySet(models.QuerySet[Any]):
    """Properties: the questions that claims answer about entities."""

    def known_to(self, reader: Any, at: datetime) -> "PropertyQuerySet":
        """Those that the reader may know of: all at the desk, else those of what is public then."""
        if is_staff(reader):
            return self
        return self.filter(pk__in=_shown_versions(self.model, "versions", at).values("property"))

    def ids_known_to(self, ids: Collection[int], reader: Any, at: datetime) -> frozenset[int]:
        """Which of these ids are of properties that the reader may know of, as `known_to`."""
        return frozenset(ids) if is_staff(reader) else public_properties(ids, at)


class TopicQuerySet(models.QuerySet[Any]):
    """Subject headings."""

    def found_by(self, search: TypedSearch, _reader: Any) -> "TopicQuerySet":
        """Those whose name has the words of a search."""
        return self.filter(search_words__words=query_of_names(search, known_languages()))

    def known_to(self, reader: Any, at: datetime) -> "TopicQuerySet":
        """Those that the reader may know of: all at the desk.

        The public: those under which something is filed that it sees at that time, aspects of
        such, and those above, at once or through others.
        """
        if is_staff(reader):
            return self
        shown = _shown_versions(self.model, "aspect_of", at)
        ties = self.model._meta.get_field("claim_ties").related_model.objects
        used = self.model.objects.filter(
            Q(pk__in=ties.filter(claim__in=shown.values("claim")).values("topic"))
            | Q(pk__in=shown.values("aspect"))
        )
        steps = self.model.objects.values_list("pk", "parent")
        return self.filter(pk__in=_with_those_above(used, steps))

    def closure(self, keys: Collection[str], reader: Any, at: datetime) -> Closure:
        """By key the ids of the topic and of those below it; of keys that the reader may know."""
        return topic_closure(keys, reader, at)


def _shown_versions(model: Any, relation: str, at: datetime) -> Any:
    """The versions that the public sees at that time; the relation leads from the model to them."""
    return model._meta.get_field(relation).related_model.objects.visible_to(None, at)


def _with_those_above(used: Any, steps: Any) -> RawSQL:
    """The ids of the used rows, and of those that the steps lead up to.

    `steps` are rows of an id and of the ids one step above it; there is no way past a row that is
    not among them.
    """
    used_sql, used_values = used.values("pk").query.sql_with_params()
    steps_sql, steps_values = steps.query.sql_with_params()
    above = ", ".join(f"above_{n}" for n in range(len(steps.query.values_select) - 1))
    return RawSQL(  # noqa: S611 - SQL of QuerySets, with its values apart
        f"""
        WITH RECURSIVE steps (id, {above}) AS ({steps_sql}),
        known (id) AS (
            {used_sql}
            UNION
            SELECT whole.id FROM known JOIN steps USING (id)
            CROSS JOIN unnest(ARRAY[{above}]) AS whole (id) WHERE whole.id IS NOT NULL
        )
        SELECT id FROM known
        """,  # noqa: S608 - as above
        [*steps_values, *used_values],
    )
