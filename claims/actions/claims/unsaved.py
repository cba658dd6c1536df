"""Storing what somebody types into the form of a claim until it is saved as a version."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from claims.models import Claim, UnsavedEntry
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# As much as one form is stored with, in characters: several times the longest claim.
MAX_CHARACTERS = 300_000
# As many forms as wait for one account; a further one takes the place of the oldest.
MAX_ENTRIES = 50

Fields = Mapping[str, Sequence[str]]


class UnsavedEntryRefused(Refusal):
    """Fields of a form that are not stored."""


@action
def store_unsaved_entry(
    *, form: uuid.UUID, claim: Claim | None, fields: Fields, by: "User", at: datetime
) -> UnsavedEntry:
    """Store the fields of a form as typed, in place of what was stored of that form before.

    Raises UnsavedEntryRefused, NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    size = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    if size > MAX_CHARACTERS:
        raise UnsavedEntryRefused(
            "too_long",
            f"What was typed has {size} characters; at most {MAX_CHARACTERS} are stored. "
            "Save it as a draft.",
        )
    entry, is_new = UnsavedEntry.objects.update_or_create(
        saved_by=by,
        form=form,
        defaults={"claim": claim, "fields": _storable(fields), "saved_at": at},
    )
    if is_new:
        own = UnsavedEntry.objects.filter(saved_by=by).order_by("-saved_at", "-pk")
        surplus = own.values_list("pk", flat=True)[MAX_ENTRIES:]
        UnsavedEntry.objects.filter(pk__in=list(surplus)).delete()
    return entry


@action
def discard_unsaved_entry(
    *,
    form: uuid.UUID,
    by: "User",
    at: datetime,  # noqa: ARG001 - nothing is left that could have a time
) -> None:
    """Forget what the account typed into a form: it is saved as a version, or thrown away."""
    UnsavedEntry.objects.filter(saved_by=by, form=form).delete()


@action
def purge_unsaved_entries(*, at: datetime) -> int:
    """Forget all forms that nobody went on with for as long as they wait. Returns how many."""
    count, _by_table = UnsavedEntry.objects.outlived(at).delete()
    return count


def _storable(fields: Fields) -> dict[str, list[str]]:
    """The fields without the null characters that PostgreSQL does not store."""
    return {
        name.replace("\0", ""): [value.replace("\0", "") for value in values]
        for name, values in fields.items()
    }
