"""The sides of a conflict: which claims say what, for the public or for the desk.

What the public sees comes from the public records of conflicts alone, and from versions that are
published at the time of reading.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from claims.models import (
    Conflict,
    ConflictMember,
    PublicConflict,
    PublicConflictMember,
    Version,
)
from claims.querysets.former_parties import FormerParty, former_parties
from claims.readings.wording import PUBLIC, asserter_text, date_text, entity_text, understood_text
from claims.vocabulary import Audience, ConflictKind
from sources.querysets.readers import Knowing

# Kinds whose members are told apart by their values.
OF_VALUES = (ConflictKind.VALUE, ConflictKind.DIRECTION, ConflictKind.PRESENCE)


@dataclass(frozen=True)
class Position:
    """One side: a value with its period, or words where values do not tell sides apart."""

    value: str
    period: str
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Parties:
    """The versions that are party to conflicts, by the id of the conflict's record.

    Of one that closed as a party was retracted or taken off, those that were at its end, as far as
    they may be read; `former` says of whom it is still told.
    """

    versions: Mapping[int, tuple[Version, ...]]
    former: Mapping[int, Sequence[FormerParty]] = field(default_factory=dict)


def public_parties(conflicts: Collection[int], at: datetime) -> Parties:
    """The published parties of public conflicts, in order of their claims."""
    members = PublicConflictMember.objects.open(at).filter(conflict__in=conflicts)
    ties = list(members.values_list("conflict_id", "version_id"))
    return _parties(ties, conflicts, Audience.PUBLIC, AnonymousUser(), at)


def staff_parties(conflicts: Collection[int], reader: object, at: datetime) -> Parties:
    """The parties of conflicts as the desk sees them, unpublished ones with them."""
    members = ConflictMember.objects.open().filter(conflict__in=conflicts)
    ties = [
        (conflict, version)
        for conflict, versions in members.values_list("conflict_id", "versions")
        for version in versions
    ]
    return _parties(ties, conflicts, Audience.STAFF, reader, at)


def positions(
    kind: str, versions: Iterable[Version], *, to: Knowing = PUBLIC
) -> tuple[Position, ...]:
    """The versions by what they say; the order is that of the claims."""
    sides: dict[tuple[object, ...], list[Version]] = defaultdict(list)
    for version in versions:
        value, period = _side(kind, version, to=to)
        key = (value, period) if value else (version.pk,)
        sides[key].append(version)
    return tuple(
        Position(*_side(kind, members[0], to=to), versions=tuple(members))
        for members in sides.values()
    )


def question_of(
    conflict: Conflict | PublicConflict, versions: Iterable[Version], *, to: Knowing = PUBLIC
) -> str:
    """The question in a few words: a person's own, or subject and property of the first side."""
    if conflict.question:
        return conflict.question
    first = next(iter(versions), None)
    if first is None:
        return ""
    if conflict.kind == ConflictKind.STANCE:
        return _("Quotes for and against the same claim: %(claim)s") % {"claim": first.statement}
    if conflict.kind == ConflictKind.ABSENCE:
        return _("Something said to be absent was found: %(claim)s") % {"claim": first.statement}
    if first.property is None:
        return ""
    parts = [entity_text(first.subject, to=to), first.property.label]
    if first.aspect is not None:
        parts.append(first.aspect.name)
    if first.basis:
        parts.append(first.basis)
    return " — ".join(part for part in parts if part)


def version_text(version: Version, *, to: Knowing = PUBLIC) -> str:
    """Return who says it, and the statement, in one line."""
    asserter = asserter_text(version.asserters.all(), to=to)
    return f"{asserter}: {version.statement}" if asserter else version.statement


def _side(kind: str, version: Version, *, to: Knowing) -> tuple[str, str]:
    """Return the value and period that tell the version's side from others."""
    if kind not in OF_VALUES:
        return "", ""
    return understood_text(version, to=to), date_text(version.period)


def _parties(
    ties: Sequence[tuple[int, int]],
    conflicts: Collection[int],
    audience: Audience,
    reader: object,
    at: datetime,
) -> Parties:
    """The versions of open memberships, and of those that a closed conflict ended with."""
    former = former_parties(conflicts, audience, at)
    closed = [
        (party.conflict, version)
        for parties in former.values()
        for party in parties
        if party.is_closed
        for version in party.versions
    ]
    return Parties(_versions_of([*ties, *closed], reader, at), former)


def _versions_of(
    ties: Collection[tuple[int, int]], reader: object, at: datetime
) -> dict[int, tuple[Version, ...]]:
    """The versions of each conflict, read at once."""
    wanted = {version for _conflict, version in ties}
    found = Version.objects.filter(pk__in=wanted).order_by("claim_id", "number")
    rows = list(found.in_full(reader, at)) if wanted else []
    pairs = set(ties)
    return {
        conflict: tuple(row for row in rows if (conflict, row.pk) in pairs)
        for conflict, _version in ties
    }
