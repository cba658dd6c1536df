"""Taking quotes that carry no claim out of the lists."""

from datetime import datetime
from typing import TYPE_CHECKING

from sources.actions.action import action
from sources.actions.permission import may, require
from sources.domain.refusals import Refusal
from sources.models import CollectedQuote, Excerpt, RemovedQuote
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User


class RemovalRefused(Refusal):
    """A quote that stays in the lists. `code`: carries_claim, not_yours."""


@action
def remove_quote(*, excerpt: Excerpt, by: "User", at: datetime) -> RemovedQuote:
    """Take a quote on which no claim ever rested out of the lists, and out of the own tray.

    Who quoted it may, and an editor. The excerpt stays in the database, as all that was quoted;
    the same words quoted again are back in the lists. Raises RemovalRefused, NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    if carries_claim(excerpt):
        raise RemovalRefused(
            "carries_claim",
            "A version of a claim rests on this quote, or did; such a quote stays in the lists.",
        )
    if not _is_theirs(excerpt, by):
        raise RemovalRefused(
            "not_yours",
            f"{excerpt.created_by} quoted these words; they or an editor may remove the quote.",
        )
    CollectedQuote.objects.filter(collected_by=by, excerpt=excerpt).delete()
    removal, _is_new = RemovedQuote.objects.get_or_create(
        excerpt=excerpt, defaults={"removed_at": at, "removed_by": by}
    )
    return removal


def may_remove(excerpt: Excerpt, person: "User") -> bool:
    """Whether `remove_quote` would take the quote out of the lists for this person."""
    return _is_theirs(excerpt, person) and not carries_claim(excerpt)


def carries_claim(excerpt: Excerpt) -> bool:
    """Whether a version of a claim rests on the quote, or ever did."""
    return not Excerpt.objects.without_claims().filter(pk=excerpt.pk).exists()


def _is_theirs(excerpt: Excerpt, person: "User") -> bool:
    """Whether the person quoted the words, or is an editor."""
    return excerpt.created_by_id == person.pk or may(person, Role.EDITOR)
