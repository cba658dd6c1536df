"""Merging entities at the desk: what is said of the duplicate, and which conflicts follow."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.merging import ConflictsPreview, merge_entities, preview_entity_merge
from claims.admin.entry.forms import SUGGEST_ENTITIES
from claims.admin.entry.suggestions import offered_entities
from claims.models import Entity
from claims.querysets.entities import EntityUses
from sources.admin.fields import KeyField
from sources.admin.merging import MergeSteps


@dataclass(frozen=True)
class EntityMergePreview:
    """The consequences of merging an entity: how many claims it is in, and the conflicts."""

    uses: EntityUses
    kinds_differ: bool
    conflicts: ConflictsPreview

    @property
    def mark(self) -> str:
        """Return the digest of the conflicts."""
        return self.conflicts.mark


def _survivor_field(request: HttpRequest) -> KeyField:
    return KeyField(
        rows=Entity.objects.known_to(request.user, timezone.now()),
        label_column="label",
        offer="offer-entities",
        suggest=SUGGEST_ENTITIES,
        label=_("The entity that stays"),
    )


def _preview(row: Entity, *, into: Entity, by: Any, at: datetime) -> EntityMergePreview:
    conflicts = preview_entity_merge(entity=row, into=into, by=by, at=at)
    uses = Entity.objects.uses_of(row)
    return EntityMergePreview(uses, row.kind != into.kind, conflicts)


def _merge(row: Entity, **given: Any) -> Entity:
    merge_entities(entity=row, **given)
    into: Entity = given["into"]
    return into


ENTITY_MERGE = MergeSteps(
    survivor_field=_survivor_field,
    preview=_preview,
    merge=_merge,
    template="admin/claims/_entity_merge.html",
    offers=lambda request: [offered_entities(request.user)],
)
