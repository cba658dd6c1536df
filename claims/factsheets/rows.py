"""A version as a fact sheet and a public page show it: rows turned into plain values.

Of a confidential source they show its public descriptor, and neither its name, nor its words, nor
an address or a date. Who may know a source is decided in `sources/querysets/readers.py`; the API
and the desk show the descriptor to everybody else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from claims.domain.support import Support
from claims.models import Flag, Premise, Version
from claims.readings.absences import SearchState, hits_text, search_states_of
from claims.readings.decisions import Decided, decisions_of
from claims.readings.other_bases import on_another_basis
from claims.readings.positions import (
    Parties,
    public_parties,
    staff_parties,
)
from claims.readings.support import support_of
from claims.readings.wording import date_text
from claims.vocabulary import (
    Audience,
    ConflictKind,
    ConflictStatus,
    FlagKind,
    Stance,
    Status,
)
from sources.models import Capture
from sources.querysets.readers import Knowing


@dataclass(frozen=True)
class VersionContext:
    """Context of some versions, read once for all of them.

    `named` are the keys of the sources that may be named, by id; `veiled` those of the others, a
    number each, so that a speaking key gives nothing away. `to` is what the reader may know;
    `support` has what supports each version, `on_another_basis` the versions on another basis
    that differ from it, `search_states` the state of the search for each absence, by version id;
    `hits` where it was found what a party to a conflict says is absent, by that version's id.
    """

    is_public: bool
    to: Knowing
    at: datetime
    base_url: str
    named: Mapping[int, str]
    veiled: Mapping[int, str]
    captures: Mapping[int, Capture]
    parties: Parties
    decided: Mapping[int, Decided]
    flags: Mapping[int, tuple[str, ...]]
    support: Mapping[int, Support]
    on_another_basis: Mapping[int, Sequence[Version]]
    search_states: Mapping[int, SearchState]
    hits: Mapping[int, str]


def version_context(
    versions: Sequence[Version],
    *,
    reader: Any,
    at: datetime,
    base_url: str = "",
    is_public: bool = True,
    with_conflicts: bool = True,
) -> VersionContext:
    """All that the versions are shown with, in a constant number of queries.

    The versions were read with `in_full` for the same kind of reader.
    """
    sources = {
        piece.excerpt.source_id: piece.excerpt.source
        for version in versions
        for piece in version.evidence.all()
    }
    to = Knowing(None if is_public else reader)
    named = {pk: source.key for pk, source in sources.items() if to.knows(source)}
    unnamed = sorted(set(sources) - set(named))
    conflicts = {
        membership.conflict_id: membership.conflict
        for version in versions
        for membership in conflict_memberships(version, is_public=is_public)
    }
    parties = Parties({})
    if conflicts and with_conflicts:
        parties = (
            public_parties(conflicts, at) if is_public else staff_parties(conflicts, reader, at)
        )
    said_absent = [
        version
        for pk, versions in parties.versions.items()
        if conflicts[pk].kind == ConflictKind.ABSENCE
        for version in versions
    ]
    return VersionContext(
        is_public=is_public,
        to=to,
        at=at,
        base_url=base_url,
        named=named,
        veiled={pk: f"confidential-{n}" for n, pk in enumerate(unnamed, start=1)},
        captures=_captures(named),
        parties=parties,
        decided=decisions_of(conflicts, Audience.PUBLIC if is_public else Audience.STAFF, at)
        if with_conflicts
        else {},
        flags={} if is_public else _flags(versions),
        support=support_of(versions, to=to),
        on_another_basis=on_another_basis(versions, reader=reader, at=at, is_public=is_public),
        search_states=search_states_of(versions),
        hits=hits_text(search_states_of(said_absent), to=to),
    )


def conflict_memberships(version: Version, *, is_public: bool) -> list[Any]:
    """The open memberships in conflicts, as `in_full` read them."""
    if is_public:
        return list(version.open_memberships)  # type: ignore[attr-defined] # by in_full
    held: list[Any] = version.claim.open_memberships  # type: ignore[attr-defined] # by in_full
    return [membership for membership in held if version.pk in membership.versions]


def is_disputed(version: Version) -> bool:
    """Whether the public sees a published version in dispute."""
    return any(
        ConflictStatus(membership.conflict.status).disputes
        for membership in conflict_memberships(version, is_public=True)
    )


def status_of(version: Version, at: datetime) -> tuple[str, str]:
    """The status for readers, and its label: published, retracted, or that of the review."""
    if version.claim.is_retracted:
        return "retracted", _("Retracted")
    if version.is_published(at):
        return "published", _("Published")
    return version.status, _(Status(version.status).label)


def asserted_on(version: Version, context: VersionContext) -> tuple[str, bool]:
    """When it was said; where nobody typed it, the earliest date of the supporting sources."""
    if version.asserted_on:
        return date_text(version.asserted_on), False
    dated: list[tuple[date, str]] = [
        (source.issued_days.lower, source.issued)
        for piece in version.evidence.all()
        for source in [piece.excerpt.source]
        if piece.stance == Stance.SUPPORTS
        and source.pk in context.named
        and source.issued_days is not None
        and source.issued_days.lower is not None
    ]
    return (date_text(min(dated)[1]), True) if dated else ("", False)


def is_public_premise(premise: Premise, at: datetime) -> bool:
    """Whether readers see or saw the version that a claim rests on."""
    rests_on = premise.rests_on
    published = rests_on.published
    return rests_on.taken_off_at is None and published is not None and published.lower <= at


def _captures(named: Mapping[int, str]) -> dict[int, Capture]:
    """The latest capture of each source."""
    rows = (
        Capture.objects.filter(source__in=list(named))
        .order_by("source_id", "-captured_at", "-pk")
        .distinct("source_id")
    )
    return {capture.source_id: capture for capture in rows}


def _flags(versions: Sequence[Version]) -> dict[int, tuple[str, ...]]:
    """The open flags of the claims, in words."""
    found: dict[int, tuple[str, ...]] = {}
    claims = {version.claim_id for version in versions}
    for flag in Flag.objects.filter(claim__in=claims, closed_at__isnull=True).order_by("pk"):
        label = _(FlagKind(flag.kind).label)
        found[flag.claim_id] = (*found.get(flag.claim_id, ()), label)
    return found
