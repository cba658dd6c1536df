"""The page of a conflict for the desk: its sides in words, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from claims.admin.claims.page_context import Badge, badge_of
from claims.factsheets.rows import VersionContext
from claims.models import Conflict, ConflictDecision, Evidence, Version
from claims.readings.absences import absence_text, hits_text
from claims.readings.positions import Position, positions
from claims.readings.support import joint_support, support_text
from claims.readings.wording import asserter_text, date_text, value_text
from claims.vocabulary import ConflictKind, ConflictStatus, Reconciliation, Stance
from sources.models import Publisher
from sources.readings.standing import StandingReading, standing_of
from sources.vocabulary import Reliability


@dataclass(frozen=True)
class Member:
    """A version that is party to a conflict, in words.

    `pieces` are its quotes, with whether the reader may know the source and how that stands.
    """

    version: Version
    asserter: str
    badge: Badge
    value: str
    period: str
    search: str
    pieces: Sequence[tuple[Evidence, bool, StandingReading | None]]


@dataclass(frozen=True)
class StaffSide:
    """One position, with those who hold it, how far their publishers are relied on, and how many
    independent origins they have."""

    heading: str
    members: Sequence[Member]
    support: str
    publishers: Sequence[tuple[Publisher, str]]


@dataclass(frozen=True)
class Event:
    """Something in the life of a conflict: what, of which claim or conflict, who and why."""

    at: datetime
    what: str
    claim: int | None = None
    conflict: Conflict | None = None
    who: str = ""
    note: str = ""


def staff_sides(
    conflict: Conflict, versions: Sequence[Version], *, context: VersionContext
) -> list[StaffSide]:
    """The positions in words; a claim whose own evidence disagrees has its stances as sides.

    Against an absence stand the documents in which something was found.
    """
    if conflict.kind == ConflictKind.STANCE:
        return [
            _side(_(stance.label), versions, context, stance=stance)
            for stance in (Stance.SUPPORTS, Stance.REFUTES)
        ]
    held = dict(enumerate(positions(conflict.kind, versions, to=context.to), start=1))
    support = joint_support({number: one.versions for number, one in held.items()}, to=context.to)
    sides = [
        _side(
            _heading(number, position),
            position.versions,
            context,
            support=support_text(support[number]),
        )
        for number, position in held.items()
    ]
    if conflict.kind == ConflictKind.ABSENCE:
        hits = hits_text(context.search_states, to=context.to).values()
        sides += [StaffSide(heading=words, members=(), support="", publishers=()) for words in hits]
    return sides


def life_of(conflict: Conflict) -> list[Event]:
    """List the events in the life of a conflict, the latest first."""
    found = [Event(conflict.opened_at, _("opened"), who=str(conflict.opened_by or ""))]
    for member in conflict.members.order_by("pk"):
        found.append(Event(member.joined_at, _("joined"), claim=member.claim_id))
        if member.left_at is not None:
            found.append(Event(member.left_at, _("left"), claim=member.claim_id))
    found += [_decided(decision) for decision in conflict.decisions.select_related("decided_by")]
    found += _turns(conflict)
    found += [
        Event(other.opened_at, _("broke off from it"), conflict=other)
        for other in conflict.split.order_by("pk")
    ]
    return sorted(found, key=lambda event: event.at, reverse=True)


def _decided(decision: ConflictDecision) -> Event:
    what = _(ConflictStatus(decision.status).label)
    if decision.standing_claims:
        standing = ", ".join(f"C{number}" for number in decision.standing_claims)
        what = _("%(status)s, %(claims)s stands") % {"status": what, "claims": standing}
    if decision.difference:
        what = f"{what}: {_(Reconciliation(decision.difference).label).lower()}"
    return Event(decision.decided_at, what, who=str(decision.decided_by), note=decision.note)


def _turns(conflict: Conflict) -> list[Event]:
    """When it lapsed, opened again by itself, or went into another: from its history."""
    rows = apps.get_model("claims", "ConflictEvent")._default_manager.filter(id=conflict.pk)
    found, before = [], ""
    for status, at, context in rows.order_by("pk").values_list(
        "status", "pgh_created_at", "pgh_context"
    ):
        if status == ConflictStatus.LAPSED and before != status:
            found.append(_lapse(at, context or {}))
        elif status == ConflictStatus.MERGED and before != status:
            found.append(Event(at, _("became part of"), conflict=conflict.merged_into))
        elif status == ConflictStatus.OPEN and before not in ("", status):
            found.append(Event(at, _("opened again")))
        before = status
    return found


def _lapse(at: datetime, context: Mapping[str, Any]) -> Event:
    """That it lapsed: a person who closed it left a note, and nobody does where claims change."""
    if "note" not in context:
        return Event(at, _("lapsed: its claims no longer disagree"))
    user: Any = context.get("user")
    who = str(get_user_model().objects.get(pk=user)) if user else ""
    return Event(at, _("closed by hand"), who=who, note=context["note"])


def _side(
    heading: str,
    versions: Sequence[Version],
    context: VersionContext,
    *,
    support: str = "",
    stance: Stance | None = None,
) -> StaffSide:
    publishers = {
        piece.excerpt.source.publisher
        for version in versions
        for piece in version.evidence.all()
        if piece.excerpt.source_id in context.named
        and piece.excerpt.source.publisher is not None
        and piece.stance == (stance or Stance.SUPPORTS)
    }
    return StaffSide(
        heading=heading,
        members=[_member(version, context, stance) for version in versions],
        support=support,
        publishers=[
            (publisher, _(Reliability(publisher.reliability).label))
            for publisher in sorted(publishers, key=lambda publisher: publisher.name)
        ],
    )


def _heading(number: int, position: Position) -> str:
    """Return the heading of a position."""
    if position.value and position.period:
        return f"{position.value} ({position.period})"
    return position.value or _("Position %(number)d") % {"number": number}


def _member(version: Version, context: VersionContext, stance: Stance | None) -> Member:
    """A version in words, with its quotes of one stance or of all."""
    return Member(
        version=version,
        asserter=asserter_text(version.asserters.all(), to=context.to),
        badge=badge_of(version, context.at),
        value=value_text(version, to=context.to),
        period=date_text(version.period),
        search=absence_text(context.search_states.get(version.pk)),
        pieces=[
            (piece, is_named, standing_of(piece.excerpt.source, is_known=is_named))
            for piece in version.evidence.all()
            for is_named in [piece.excerpt.source_id in context.named]
            if stance is None or piece.stance == stance
        ],
    )
