"""The page of a conflict for the desk: its sides in words, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from claims.models import Conflict, ConflictDecision
from claims.readings.claims import EvidenceReading
from claims.readings.lines import LineReading, line_of
from claims.readings.questions import QuestionReading
from claims.readings.sides import SideReading
from claims.readings.support import support_text
from claims.vocabulary import ConflictStatus, Reconciliation, Stance
from sources.readings.publishers import PublisherReading, judged_publishers
from sources.readings.reader import Reader


@dataclass(frozen=True)
class Member:
    """A version that is party to a conflict, in words, with its quotes on that side."""

    line: LineReading
    evidence: Sequence[EvidenceReading]


@dataclass(frozen=True)
class StaffSide:
    """One side, with those who hold it, the publishers behind what supports it, and how many
    independent origins they have."""

    heading: str
    members: Sequence[Member]
    support: str
    publishers: Sequence[PublisherReading]


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
    question: QuestionReading, publishers: Mapping[str, PublisherReading]
) -> list[StaffSide]:
    """The sides as the desk reads them, with the publishers of their quotes."""
    return [_side(number, side, publishers) for number, side in enumerate(question.sides, start=1)]


def publishers_of(question: QuestionReading, reader: Reader) -> Mapping[str, PublisherReading]:
    """The publishers behind all quotes of a conflict, by name."""
    return judged_publishers(
        (piece.quote.source.publisher for claim in question.parties for piece in claim.evidence),
        reader,
    )


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
    note = decision.note
    if decision.reason:
        told = _("For everybody: %(reason)s") % {"reason": decision.reason}
        note = " ".join(filter(None, [note, told]))
    return Event(decision.decided_at, what, who=str(decision.decided_by), note=note)


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


def _side(number: int, side: SideReading, publishers: Mapping[str, PublisherReading]) -> StaffSide:
    members = [
        Member(
            line_of(claim),
            [piece for piece in claim.evidence if side.stance in (None, piece.stance)],
        )
        for claim in side.claims
    ]
    relied_on = sorted(
        {
            piece.quote.source.publisher or ""
            for member in members
            for piece in member.evidence
            if piece.stance == (side.stance or Stance.SUPPORTS)
        }
        & set(publishers)
    )
    return StaffSide(
        heading=side.heading or _("Position %(number)d") % {"number": number},
        members=members,
        support=support_text(side.support) if side.claims else "",
        publishers=[publishers[name] for name in relied_on],
    )
