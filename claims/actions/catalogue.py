"""Entering and revising entities, properties and topics."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q
from django.utils.text import slugify

from claims.actions.conflicts import detection
from claims.actions.search_words import index_entity, index_topic
from claims.domain.text_limits import clean_words
from claims.domain.values.bases import clean_bases
from claims.domain.values.units import find_unit
from claims.models import Entity, Property, Topic, Version
from claims.models.entity import FIXED_ONCE_USED
from claims.vocabulary import DateExtent, EntityKind, PropertyTime, ValueKind
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.keys import is_key
from sources.domain.refusals import Refusal, quoted
from sources.domain.text.search_folding import fold_for_search
from sources.models import Series, Source
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")


ENTITY_FIELDS = {
    *("label", "kind", "aliases", "wikidata", "part_of", "merged_into", "source", "series"),
}


class CatalogueRefused(Refusal):
    """An entity, property or topic that cannot be entered like this."""


@action
def add_entity(
    *,
    key: str,
    label: str,
    kind: str,
    by: "User",
    at: datetime,  # noqa: ARG001 - history keeps the time
    aliases: Sequence[str] = (),
    wikidata: str = "",
    part_of: Entity | None = None,
    source: Source | None = None,
    series: Series | None = None,
) -> Entity:
    """Enter what claims are about. Raises CatalogueRefused, WordsRefused, NotPermitted."""
    require(by, Role.CONTRIBUTOR)
    entity = Entity(
        key=free_key(Entity, key),
        label=clean_words(label, name="label", limit=300, required=True),
        kind=known_code(EntityKind, kind, "kind of entity"),
        aliases=clean_aliases(aliases),
        wikidata=known_wikidata(wikidata),
        part_of=part_of,
        source=source,
        series=series,
    )
    require_links(entity)
    entity.search_text = entity_words(entity)
    entity.save(force_insert=True)
    index_entity(entity)
    return entity


@action
def revise_entity(*, entity: Entity, by: "User", at: datetime, **fields: Any) -> Entity:
    """Change label, kind, aliases, links, `part_of` or `merged_into`; claims are compared again."""
    require(by, Role.CONTRIBUTOR)
    if links := {"part_of", "merged_into"} & fields.keys():
        detection.lock_everything()  # from both sides at once, two links would make a circle
        entity.refresh_from_db(fields=["part_of", "merged_into"])
        fields |= {
            name: Entity.objects.get(pk=fields[name].pk)
            for name in links
            if fields[name] is not None
        }
    assign_fields(entity, fields, changeable=ENTITY_FIELDS)
    require_links(entity)
    entity.search_text = entity_words(entity)
    if save_changes(entity, [*fields, "search_text"]):
        index_entity(entity)
        refresh_about(entity, at=at)
    return entity


@action
def add_property(
    *,
    key: str,
    label: str,
    value_kind: str,
    by: "User",
    at: datetime,  # noqa: ARG001 - history keeps the time
    unit: str = "",
    single_valued: bool = True,
    time: str = PropertyTime.STATE,
    date_extent: str = DateExtent.WITHIN,
    bases: Sequence[str] = (),
) -> Property:
    """Enter what can be said of entities. Raises CatalogueRefused, WordsRefused, NotPermitted."""
    require(by, Role.CONTRIBUTOR)
    made = Property(
        key=free_key(Property, key),
        label=clean_words(label, name="label", limit=300, required=True),
        value_kind=known_code(ValueKind, value_kind, "kind of value"),
        unit=unit,
        single_valued=single_valued,
        time=known_code(PropertyTime, time, "relation to time"),
        date_extent=known_code(DateExtent, date_extent, "extent of a date"),
        bases=clean_bases(bases),
    )
    require_unit(made)
    require_extent(made)
    made.save(force_insert=True)
    return made


@action
def revise_property(*, property: Property, by: "User", at: datetime, **fields: Any) -> Property:  # noqa: A002
    """Change the label, the bases, or whether there is one value at a time.

    The rest stays once claims use the property, and so does every basis that they use: a list
    names them all, or there is none. Raises CatalogueRefused, WordsRefused, NotPermitted.
    """
    require(by, Role.EDITOR)
    detection.lock_everything()  # before the row: who enters a claim locks them in this order
    property = Property.objects.select_for_update().get(pk=property.pk)  # noqa: A001 as above
    for name in fields.keys() & set(FIXED_ONCE_USED):
        if getattr(property, name) != fields[name] and property.versions.exists():
            raise CatalogueRefused(
                "property_in_use",
                f"The property {property.key} is used by claims, so its {name} stays. "
                "Enter another property.",
            )
    assign_fields(
        property, fields, changeable={"label", "single_valued", "bases", *FIXED_ONCE_USED}
    )
    require_unit(property)
    require_extent(property)
    if "bases" in fields:
        require_bases_in_use(property)
    if save_changes(property, list(fields)):
        claims = property.versions.values_list("claim", flat=True)
        detection.refresh(claims=set(claims), at=at)
    return property


@action
def add_topic(
    *,
    name: str,
    by: "User",
    at: datetime,  # noqa: ARG001 - history keeps the time
    key: str | None = None,
    parent: Topic | None = None,
) -> Topic:
    """Enter a subject heading; its key is the slug of its name unless one is given."""
    require(by, Role.CONTRIBUTOR)
    name = clean_words(name, name="name", limit=200, required=True)
    topic: Topic = Topic.objects.create(
        key=free_key(Topic, key or slugify(name)), name=name, parent=parent
    )
    index_topic(topic)
    return topic


@action
def revise_topic(
    *,
    topic: Topic,
    by: "User",
    at: datetime,  # noqa: ARG001 - history keeps the time
    **fields: Any,
) -> Topic:
    """Change the name or the parent of a subject heading."""
    require(by, Role.CONTRIBUTOR)
    assign_fields(topic, fields, changeable={"name", "parent"})
    above, seen = topic.parent, {topic.pk}
    while above is not None:
        if above.pk in seen:
            raise CatalogueRefused("circle", f"{topic} cannot stand below itself.")
        seen.add(above.pk)
        above = above.parent
    if save_changes(topic, list(fields)):
        index_topic(topic)
    return topic


def assign_fields(row: Model, fields: Mapping[str, Any], *, changeable: Collection[str]) -> None:
    """Assign changed fields to a row, each cleaned as on entry. Raises CatalogueRefused."""
    if unknown := sorted(fields.keys() - set(changeable)):
        raise CatalogueRefused(
            "never_changes",
            f"The {unknown[0]} of {row} never changes. What can: {', '.join(sorted(changeable))}.",
        )
    for name, value in fields.items():
        setattr(row, name, CLEANED[name](value) if name in CLEANED else value)


def require_unit(property: Property) -> None:  # noqa: A002
    """Refuse a unit that is not known, and one of what is no quantity."""
    unit = property.unit
    if unit and property.value_kind != ValueKind.QUANTITY:
        raise CatalogueRefused(
            "unit_without_quantity",
            f"The property {property.key} has the unit {quoted(unit)}, "
            "but only a quantity has one.",
        )
    if unit and find_unit(unit) is None:
        raise CatalogueRefused(
            "unknown_unit",
            f"The unit {quoted(unit)} of {property.key} is not in the table of units.",
        )


def require_extent(property: Property) -> None:  # noqa: A002
    """Refuse that a value which is no date is all of its days."""
    if property.date_extent != DateExtent.WITHIN and property.value_kind != ValueKind.DATE:
        raise CatalogueRefused(
            "extent_without_date",
            f"Only the values of dates are all of their days; {property.key} has none. "
            f"Take {DateExtent.WITHIN.label.lower()}.",
        )


def require_bases_in_use(property: Property) -> None:  # noqa: A002
    """Refuse a list of bases without one that a standing claim goes by, or spelled otherwise."""
    if not property.bases:
        return
    standing = property.versions.filter(claim__retracted_at__isnull=True)
    used = standing.filter(Q(is_compared=True) | Q(is_newest=True))
    other = used.exclude(basis__in=["", *property.bases]).order_by("basis", "claim_id").first()
    if other is not None:
        raise CatalogueRefused(
            "basis_in_use",
            f"{other.claim.ref} goes by the basis {quoted(other.basis)}, so the list of "
            f"{property.key} names it, spelled like this. Put it there, or revise the claim first.",
        )


def clean_aliases(aliases: Sequence[str]) -> list[str]:
    """Other names, each once."""
    cleaned = (clean_words(alias, name="alias", limit=300, required=True) for alias in aliases)
    return list(dict.fromkeys(cleaned))


def free_key(model: type[Model], key: str) -> str:
    """The key, where it is one and nothing has it yet. Raises CatalogueRefused."""
    if not is_key(key):
        raise CatalogueRefused(
            "not_a_key",
            f"{quoted(key)} is not a key. Use letters a to z, digits, - and _, at most 100.",
        )
    if model._default_manager.filter(key=key).exists():
        raise CatalogueRefused(
            "key_taken",
            f"Another {model._meta.verbose_name} has the key {key} already; use another one.",
        )
    return key


def known_code(words: type, code: str, name: str) -> str:
    """The code, where the vocabulary has it. Raises CatalogueRefused naming those it has."""
    codes = [str(word) for word in words]  # type: ignore[attr-defined]
    if code not in codes:
        raise CatalogueRefused(
            "unknown_code", f"{quoted(code)} is no {name}. Use one of: {', '.join(codes)}."
        )
    return code


def known_wikidata(wikidata: str) -> str:
    """A Wikidata id such as Q148, or nothing. Raises CatalogueRefused."""
    if wikidata and not WIKIDATA.fullmatch(wikidata):
        raise CatalogueRefused(
            "not_wikidata", f"{quoted(wikidata)} is no Wikidata id; they look like Q148."
        )
    return wikidata


# How a field is cleaned when it changes; the others are what they are.
CLEANED: dict[str, Callable[[Any], Any]] = {
    "label": lambda label: clean_words(label, name="label", limit=300, required=True),
    "name": lambda name: clean_words(name, name="name", limit=200, required=True),
    "aliases": clean_aliases,
    "kind": lambda kind: known_code(EntityKind, kind, "kind of entity"),
    "wikidata": known_wikidata,
    "bases": clean_bases,
    "value_kind": lambda kind: known_code(ValueKind, kind, "kind of value"),
    "time": lambda time: known_code(PropertyTime, time, "relation to time"),
    "date_extent": lambda extent: known_code(DateExtent, extent, "extent of a date"),
}


def require_links(entity: Entity) -> None:
    """Refuse links that make no sense: a source of what is no document, a circle of parts.

    Nor is what stands for a document or series merged into what does not: claims about it would no
    longer be looked at beside those about the series, or its documents.
    """
    if entity.source is not None and entity.kind != EntityKind.DOCUMENT:
        raise CatalogueRefused(
            "no_document", f"The entity {entity.key} stands for a source; its kind is document."
        )
    if entity.series is not None and entity.kind != EntityKind.SERIES:
        raise CatalogueRefused(
            "no_series", f"The entity {entity.key} stands for a series; its kind is series."
        )
    if entity.merged_into is not None and (entity.source or entity.series) is not None:
        raise CatalogueRefused(
            "stands_for",
            f"The entity {entity.key} stands for a document or series, which would be lost to "
            f"{entity.merged_into.key}. Merge the other way round, or take it from this one first.",
        )
    for name, above_of in WAYS_UP.items():
        above, seen = above_of(entity), {entity.key}
        while above is not None:
            if above.key in seen:
                raise CatalogueRefused("circle", f"The entity {entity.key} cannot be {name}.")
            seen.add(above.key)
            above = above_of(above)


# The ways by which an entity must not lead back to itself. Detection goes the last one: from what
# was merged to what stands for it, else to the whole.
WAYS_UP: dict[str, Callable[[Entity], Entity | None]] = {
    "part of itself": lambda entity: entity.part_of,
    "merged into itself": lambda entity: entity.merged_into,
    "merged into a part of itself": lambda entity: entity.merged_into or entity.part_of,
}


def entity_words(entity: Entity) -> str:
    """Return the words by which an entity is found."""
    return fold_for_search(" ".join([entity.label, *entity.aliases]))


def save_changes(row: Model, fields: Sequence[str]) -> bool:
    """Save the fields that changed; equal content leaves no trace. Says whether any did."""
    stored = type(row)._default_manager.get(pk=row.pk)
    changed = [name for name in fields if getattr(stored, name) != getattr(row, name)]
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


def refresh_about(entity: Entity, *, at: datetime) -> None:
    """Compare again the claims about an entity or one that was merged into it, and those that
    give an entity as value, which may be part of it."""
    detection.lock_everything()
    same, merged = set[int](), {entity.pk}
    while merged:
        same |= merged
        merged = set(Entity.objects.filter(merged_into__in=merged).values_list("pk", flat=True))
        merged -= same
    versions = Version.objects.filter(subject__in=same) | Version.objects.filter(
        value_entity__isnull=False
    )
    detection.refresh(claims=set(versions.values_list("claim", flat=True)), at=at)
