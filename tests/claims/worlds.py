"""Small worlds for tests of conflicts: claims that say values, and what became of them."""

from datetime import datetime, timedelta
from typing import Any

from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import NOW, When
from claims.domain.content import Content
from claims.models import Conflict, PublicConflict, Version
from sources.vocabulary import Role
from tests import factories as make
from tests.factories import TODAY


def later(days: int = 1) -> datetime:
    """Some days after the day on which most tests happen."""
    return TODAY + timedelta(days=days)


def world(**properties: Any) -> None:
    """A thing, and a property `share` of it in percent, unless others are named."""
    make.entity("thing")
    make.number_property("share", **properties)


def content(value: str, **fields: Any) -> Content:
    """That the thing has a share."""
    fields.setdefault("statement", f"The share is {value}.")
    return Content(
        **{"subject": "thing", "property": "share", "value": value, **fields},
    )


def says(value: str, *, evidence: list[Tie] | None = None, **fields: Any) -> Version:
    """A new claim, submitted, that the thing has this share."""
    at = fields.pop("at", TODAY)
    return make.submitted(content(value, **fields), evidence=evidence, at=at)


def publishes(value: str, *, evidence: list[Tie] | None = None, **fields: Any) -> Version:
    """The same, approved and published."""
    at = fields.get("at", TODAY)
    return make.approved(says(value, evidence=evidence, **fields), at=at)


def now_says(
    version: Version, value: str, *, at: datetime = TODAY, submit_it: bool = True, **fields: Any
) -> Version:
    """The next version of a claim, with another value and the same evidence."""
    return revise(
        claim=version.claim,
        content=content(value, **fields),
        evidence=[
            Tie(piece.excerpt, piece.stance)
            for piece in version.evidence.select_related("excerpt__source")
        ],
        by=make.somebody(Role.CONTRIBUTOR),
        at=at,
        seen=version.number,
        submit_it=submit_it,
    )


def now_publishes(
    version: Version, value: str, *, at: datetime = TODAY, publish_at: When = NOW, **fields: Any
) -> Version:
    """The next version, approved and published."""
    following = now_says(version, value, at=at, **fields)
    return make.approved(following, at=at, publish_at=publish_at)


def claims_of(*versions: Version) -> set[int]:
    """The numbers of their claims."""
    return {version.claim_id for version in versions}


def parties(conflict: Conflict) -> set[int]:
    """The claims that are party to a conflict now."""
    return set(conflict.members.filter(left_at__isnull=True).values_list("claim", flat=True))


def live() -> list[Conflict]:
    """The desk's live conflicts, the oldest first."""
    return list(Conflict.objects.live().order_by("pk"))


def only() -> Conflict:
    """The one live conflict that the desk has."""
    (conflict,) = live()
    return conflict


def seen(at: datetime = TODAY) -> list[tuple[str, set[int]]]:
    """The public conflicts: status and member versions of each."""
    return [
        (
            conflict.status,
            {member.version_id for member in conflict.open_members},
        )
        for conflict in PublicConflict.objects.live(at).with_members(at).order_by("number")
    ]


def picture() -> set[tuple[str, str, bool, frozenset[tuple[str, tuple[str, ...]]]]]:
    """All live conflicts by what must not depend on the order of events.

    Kind, strength, same source, and the members by statement with the values compared.
    """
    found = set()
    for conflict in live():
        members = set()
        for member in conflict.members.filter(left_at__isnull=True):
            versions = Version.objects.filter(pk__in=member.versions)
            members.add((member.answers or "", tuple(sorted(v.statement for v in versions))))
        found.add((conflict.kind, conflict.strength, conflict.same_source, frozenset(members)))
    return found


def last_decision(conflict: Conflict) -> int | None:
    """The id of the last decision on a conflict, as whoever read it saw it."""
    return conflict.decisions.order_by("-pk").values_list("pk", flat=True).first()
