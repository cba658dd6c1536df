"""What a claim would conflict with and what it repeats, shown before it is saved."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import OperationalError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.actions.absence.document_search import documents_with_hits
from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.preview import AsIf, as_if_submitted
from claims.admin.similar import Likened, Told, likened, told_of
from claims.domain.conflicts.grouping import FoundSet
from claims.domain.content import Content
from claims.models import AbsenceScope, Claim, Conflict, ConflictMember, Version
from claims.readings.other_bases import on_another_basis
from claims.readings.positions import question_of
from claims.readings.similar import similar_to
from claims.readings.wording import date_text, understood_text
from claims.vocabulary import ConflictKind, Stance, Strength
from sources.domain.refusals import Refusal
from sources.models import Source
from sources.querysets.readers import Knowing

if TYPE_CHECKING:
    from factbase.models import User

# So many are shown of those on the other side of a conflict, and of what is alike.
MOST = 12


@dataclass(frozen=True)
class Foreseen:
    """A conflict that the claim would be party to, with those on the other side.

    Where something is said to be absent, `found_in` names the documents that have it.
    """

    kind: str
    question: str
    others: Sequence[Told] = ()
    has_more: bool = False
    found_in: Sequence[str] = ()


@dataclass(frozen=True)
class Foresight:
    """What is known of a claim before it is saved.

    `bases` are versions that would contradict it, were they not on another basis. `asks` are the
    versions that it would newly contradict or repeat, and the documents that have what it says is
    absent: whoever submits it says that they saw them.
    Where somebody else was saving the claim, nothing is known of it, and it is submitted without
    being asked about.
    """

    conflicts: Sequence[Foreseen] = ()
    similar: Sequence[Likened] = ()
    bases: Sequence[Told] = ()
    asks: frozenset[str] = frozenset()
    is_known: bool = True


def foresee(
    *,
    content: Content,
    stances: Collection[str],
    by: "User",
    at: datetime,
    claim: Claim | None = None,
    seen: int = 0,
) -> Foresight:
    """What a new claim, or the next version of one, would bring if it were submitted.

    `stances` are those of its quotes. Raises the refusals of entering and revising.
    """
    beside = _parties_already(claim) if claim else set()
    try:
        with as_if_submitted(content=content, by=by, at=at, claim=claim, seen=seen) as as_if:
            return _read(as_if, stances, beside, by, at)
    except OperationalError:
        return Foresight(is_known=False)


def foresee_draft(claim: Claim, *, by: "User", at: datetime) -> Foresight:
    """What the last version of a claim would bring, as it stands, if it were submitted.

    Where it would be refused nothing is foreseen: the refusal comes with the step itself.
    """
    latest = claim.versions.latest("number")
    content, quotes = stored_content(latest)
    stances = {quote.stance for quote in quotes}
    try:
        return foresee(
            content=content, stances=stances, by=by, at=at, claim=claim, seen=latest.number
        )
    except Refusal:
        return Foresight(is_known=False)


def shown_before(request: HttpRequest) -> frozenset[str]:
    """The versions that a form has shown to be contradicted or repeated."""
    return frozenset(request.POST.get("foreseen", "").split())


def _read(
    as_if: AsIf, stances: Collection[str], beside: set[int], by: "User", at: datetime
) -> Foresight:
    """Read within the transaction what is to be known of it after."""
    to = Knowing(by)
    version = Version.objects.in_position().get(pk=as_if.version.pk)
    conflicts, asks = [], set()
    for found in as_if.found:
        others = _others(version, found, to)
        conflicts.append(
            Foreseen(
                kind=_kind_text(found.kind, found.strength),
                question=question_of(_record_of(found), others or [version], to=to),
                others=[told_of(other, to) for other in others[:MOST]],
                has_more=len(others) > MOST,
            )
        )
        asks |= {other.ref for other in others if other.pk not in beside}
    is_divided = {Stance.SUPPORTS, Stance.REFUTES} <= set(stances)
    if is_divided and not any(found.kind == ConflictKind.STANCE for found in as_if.found):
        conflicts.append(_of_its_own_quotes(version))
    if with_hits := _documents_with_hits(version, by):
        conflicts.append(_of_its_search(version, with_hits, to))
        asks |= {f"source-{source.pk}" for source in with_hits}
    similar = likened(similar_to(version, reader=by, at=at, most=MOST), to)
    asks |= {one.told.ref for one in similar if one.repeats}
    bases = on_another_basis([version], reader=by, at=at, is_public=False).get(version.pk, ())
    return Foresight(
        conflicts=conflicts,
        similar=similar,
        bases=[told_of(other, to) for other in bases[:MOST]],
        asks=frozenset(asks),
    )


def _others(version: Version, found: FoundSet, to: Knowing) -> list[Version]:
    """The versions of other claims in a set that hold another position, some more than shown."""
    pks = [
        pk
        for (claim, _key), versions in found.members.items()
        if claim != version.claim_id
        for pk in versions
    ]
    mine = (understood_text(version, to=to), date_text(version.period))
    rows = Version.objects.filter(pk__in=pks).in_position().order_by("claim_id", "number")
    return [
        row
        for row in rows[: 10 * MOST]
        if (understood_text(row, to=to), date_text(row.period)) != mine
    ]


def _parties_already(claim: Claim) -> set[int]:
    """The versions in conflicts that the claim is party to, which it contradicts already."""
    own = ConflictMember.objects.open().filter(claim=claim).values("conflict")
    members = ConflictMember.objects.open().filter(conflict__in=own)
    return {pk for versions in members.values_list("versions", flat=True) for pk in versions}


def _record_of(found: FoundSet) -> Conflict:
    """The record that would be opened, for the words that it would have."""
    return Conflict(kind=found.kind, strength=found.strength)


def _of_its_own_quotes(version: Version) -> Foreseen:
    """The conflict of a claim with a quote for and a quote against it."""
    record = Conflict(kind=ConflictKind.STANCE, strength=Strength.CONTRADICTION)
    return Foreseen(
        kind=_kind_text(ConflictKind.STANCE, Strength.CONTRADICTION),
        question=question_of(record, [version]),
    )


def _documents_with_hits(version: Version, by: "User") -> list[Source]:
    """The documents that have what the version says is absent; none where it says no such thing.

    Where that takes long, it is known only after the search that follows saving.
    """
    scope = AbsenceScope.objects.select_related("version").filter(version=version).first()
    return [] if scope is None else documents_with_hits(scope, reader=by) or []


def _of_its_search(version: Version, documents: Sequence[Source], to: Knowing) -> Foreseen:
    """The conflict of an absence with the documents that have it."""
    record = Conflict(kind=ConflictKind.ABSENCE, strength=Strength.CONTRADICTION)
    return Foreseen(
        kind=_kind_text(ConflictKind.ABSENCE, Strength.CONTRADICTION),
        question=question_of(record, [version]),
        found_in=[
            source.title if to.knows(source) else source.public_descriptor for source in documents
        ],
    )


def _kind_text(kind: ConflictKind, strength: Strength) -> str:
    return f"{_(kind.label)}, {_(strength.label).lower()}"
