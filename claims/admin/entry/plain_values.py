"""A value as people write it, as the grammar of its property's kind has it."""

from typing import Any

from django.db.models import QuerySet

from claims.models import Property
from claims.vocabulary import ValueKind
from sources.admin.fields import find_row

_WORDS = {
    ValueKind.TRUTH: {"true": "true", "yes": "true", "false": "false", "no": "false"},
    ValueKind.PRESENCE: {
        "present": "present",
        "yes": "present",
        "absent": "absent",
        "no": "absent",
    },
}


def plain_value(typed: str, prop: Property, entities: "QuerySet[Any]") -> str:
    """The key of the entity that is named, or the word of the grammar; else as it was typed.

    Raises ValidationError where none of these entities has the name.
    """
    kind, written = ValueKind(prop.value_kind), typed.strip()
    if kind is ValueKind.ENTITY and written:
        entity: Any = find_row(entities, written, "label")
        return str(entity.key)
    return _WORDS.get(kind, {}).get(written.casefold(), typed)
