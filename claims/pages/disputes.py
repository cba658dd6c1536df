"""Conflicts as the public pages show them: sides, why they disagree, what was decided."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.domain.support import Support
from claims.models import PublicConflict, Version
from claims.pages.presenters import EVERYBODY, Line, Quote, line_of, public_findings, quotes_of
from claims.pages.quote_findings import QuoteFinding
from claims.readings.absences import SearchState, absence_text, hits_text, search_states_of
from claims.readings.decisions import Decided, decision_text, decisions_of
from claims.readings.positions import Parties, positions, public_parties, question_of
from claims.readings.questions import removal_texts
from claims.readings.reasons import reason_of
from claims.readings.support import joint_support, origins_text
from claims.readings.timeline import Timeline, timeline_of
from claims.vocabulary import Audience, ConflictKind, ConflictStatus, Stance, Strength


@dataclass(frozen=True)
class SideClaim:
    """A claim as a party to a conflict."""

    line: Line
    quotes: Sequence[Quote]


@dataclass(frozen=True)
class PublicSide:
    """One side of a conflict: a value with its period where values tell sides apart.

    `support` says on how many independent origins its claims rest together.
    """

    value: str
    period: str
    claims: Sequence[SideClaim]
    support: str = ""


@dataclass(frozen=True)
class Dispute:
    """A conflict with its sides, as the public sees it; `parties` are their versions.

    `removals` say which of its parties were retracted or taken off; `is_closed` that it is over
    since. Where one was taken off, nothing is said that was computed from what it said.
    """

    ref: str
    number: int
    url: str
    question: str
    kind: str
    kind_meaning: str
    strength: str
    strength_meaning: str
    status: str
    status_meaning: str
    is_disputing: bool
    same_source: bool
    opened_at: datetime
    reason: str
    decided: Decided | None
    decision: str
    timeline: Timeline | None
    sides: Sequence[PublicSide]
    parties: Sequence[Version]
    removals: Sequence[str] = ()
    is_closed: bool = False


@dataclass(frozen=True)
class DisputeContext:
    """The rows behind the sides of all disputes, read at once.

    What was found of each quote, by its id; what supports the versions of a side together; where
    the search for what is absent stands, and where that was found all the same, by version.
    """

    findings: Mapping[int, QuoteFinding]
    support: Mapping[Sequence[Version], Support]
    search_states: Mapping[int, SearchState]
    hits: Mapping[int, str]


def disputes_of(conflicts: Iterable[PublicConflict], at: datetime) -> list[Dispute]:
    """Conflicts with their sides, read at once; those without a party to show are left out."""
    rows = {conflict.pk: conflict for conflict in conflicts}
    if not rows:
        return []
    parties = public_parties(rows, at)
    held = [
        position.versions
        for pk, versions in parties.versions.items()
        for position in positions(rows[pk].kind, versions)
    ]
    search_states = search_states_of([version for versions in held for version in versions])
    context = DisputeContext(
        findings=public_findings((version for versions in held for version in versions), at),
        support=joint_support({versions: versions for versions in held}, to=EVERYBODY),
        search_states=search_states,
        hits=hits_text(search_states, to=EVERYBODY),
    )
    decided = decisions_of(rows, Audience.PUBLIC, at)
    return [
        dispute_of(conflict, parties, context, decided.get(pk))
        for pk, conflict in rows.items()
        if pk in parties.versions or pk in parties.former
    ]


def dispute_of(
    conflict: PublicConflict,
    parties: Parties,
    context: DisputeContext,
    decided: Decided | None,
) -> Dispute:
    """A conflict with its sides."""
    versions, former = parties.versions.get(conflict.pk, ()), parties.former.get(conflict.pk, ())
    kind, status = ConflictKind(conflict.kind), ConflictStatus(conflict.status)
    strength = Strength(conflict.strength)
    dispute = Dispute(
        ref=conflict.ref,
        number=conflict.number,
        url=reverse("claims:conflict", args=[conflict.number]),
        question=question_of(conflict, versions),
        kind=_(kind.label),
        kind_meaning=_(kind.meaning),
        strength=_(strength.label),
        strength_meaning=_(strength.meaning),
        status=_(status.label),
        status_meaning=_(status.meaning),
        is_disputing=status.disputes,
        same_source=conflict.same_source,
        opened_at=conflict.opened_at,
        reason=reason_of(conflict, versions),
        decided=decided,
        decision=decision_text(decided),
        timeline=timeline_of(positions(kind, versions)),
        sides=SIDES.get(kind, sides_by_value)(kind, versions, context),
        parties=versions,
        removals=removal_texts(former),
    )
    if not any(party.is_closed for party in former):
        return dispute
    closed = replace(dispute, is_closed=True, status_meaning=" ".join(dispute.removals))
    if not any(party.is_taken_off for party in former):
        return closed
    return replace(
        closed,
        question="" if conflict.question else closed.question,
        kind="",
        kind_meaning="",
        strength="",
        strength_meaning="",
        same_source=False,
        reason="",
    )


def sides_by_value(
    kind: str, versions: Sequence[Version], context: DisputeContext
) -> list[PublicSide]:
    """Return the sides by their values: the claims of each, and on how many origins they rest."""
    return [
        PublicSide(
            value=position.value,
            period=position.period,
            claims=[
                SideClaim(
                    replace(
                        line_of(version), search=absence_text(context.search_states.get(version.pk))
                    ),
                    quotes_of(version, context.findings),
                )
                for version in position.versions
            ],
            support=origins_text(context.support[position.versions]),
        )
        for position in positions(kind, versions)
    ]


def absence_sides(
    kind: str, versions: Sequence[Version], context: DisputeContext
) -> list[PublicSide]:
    """Return what is said to be absent as one side, where it was found as the other."""
    hits = [
        PublicSide(value=context.hits[one.pk], period="", claims=[])
        for one in versions
        if one.pk in context.hits
    ]
    return [*sides_by_value(kind, versions, context), *hits]


def stance_sides(
    kind: str,  # noqa: ARG001 - as the others
    versions: Sequence[Version],
    context: DisputeContext,
) -> list[PublicSide]:
    """The quotes for a claim and those against it."""
    return [
        PublicSide(
            value=_(stance.label),
            period="",
            claims=[
                SideClaim(
                    line_of(version),
                    [
                        quote
                        for quote in quotes_of(version, context.findings)
                        if quote.stance == stance
                    ],
                )
                for version in versions
            ],
        )
        for stance in (Stance.SUPPORTS, Stance.REFUTES)
    ]


# How a conflict of a claim with what it rests on parts into sides; all others part by what is said.
SIDES: dict[str, Callable[[str, Sequence[Version], DisputeContext], list[PublicSide]]] = {
    ConflictKind.STANCE: stance_sides,
    ConflictKind.ABSENCE: absence_sides,
}
