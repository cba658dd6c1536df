"""Preview of a claim before it is saved: what it would conflict with, and what it repeats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.actions.absence.document_search import documents_with_hits
from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.preview import SubmissionPreview, preview_submission
from claims.admin.similar import SimilarClaim, VersionSummary, describe_similar, summary_of
from claims.domain.conflicts.grouping import FoundSet
from claims.domain.content import Content
from claims.models import Claim, Conflict, ConflictMember, Version
from claims.readings.other_bases import on_another_basis
from claims.readings.positions import question_of
from claims.readings.similar import similar_to
from claims.readings.standings import standing_warnings
from claims.readings.wording import date_text, understood_text
from claims.vocabulary import ConflictKind, Stance, Strength
from sources.domain.refusals import Refusal
from sources.models import Source
from sources.querysets.readers import Knowing
from sources.readings.standing import standing_of

if TYPE_CHECKING:
    from factbase.models import User

# So many are shown of those on the other side of a conflict, and of what is similar.
MAX_SHOWN = 12


@dataclass(frozen=True)
class PreviewedConflict:
    """A conflict that the claim would be party to, with those on the other side.

    Where something is said to be absent, `found_in` names the documents that have it.
    """

    kind: str
    question: str
    others: Sequence[VersionSummary] = ()
    has_more: bool = False
    found_in: Sequence[str] = ()


@dataclass(frozen=True)
class ClaimPreview:
    """A claim beside those that are there, before it is saved.

    `bases` are versions that would contradict it, were they not on another basis. `asks` are the
    versions that it would newly contradict or repeat, and the documents that have what it says is
    absent: whoever submits it says that they saw them. `warnings` are of the sources that it quotes
    and that do not stand as published; those are among what it asks for, too.
    """

    conflicts: Sequence[PreviewedConflict] = ()
    similar: Sequence[SimilarClaim] = ()
    bases: Sequence[VersionSummary] = ()
    asks: frozenset[str] = frozenset()
    warnings: Sequence[str] = ()


def preview_claim(
    *,
    content: Content,
    quoted: Sequence[tuple[Source, str]],
    by: "User",
    at: datetime,
    claim: Claim | None = None,
    seen: int = 0,
) -> ClaimPreview:
    """Return what a new claim, or the next version of one, would meet if it were submitted.

    `quoted` are the source and the stance of each of its quotes. Raises the refusals of entering
    and revising.
    """
    known = _parties_already(claim) if claim else set()
    preview = preview_submission(content=content, by=by, at=at, claim=claim, seen=seen)
    return _for_reader(preview, quoted, known, by, at)


def preview_draft(claim: Claim, *, by: "User", at: datetime) -> ClaimPreview:
    """Return what the last version of a claim would meet, as it stands, if it were submitted.

    Where it would be refused there is nothing to show: the refusal comes with the step itself.
    """
    latest = claim.versions.latest("number")
    content, _quotes = stored_content(latest)
    evidence = latest.evidence.select_related("excerpt__source").order_by("pk")
    quoted = [(piece.excerpt.source, piece.stance) for piece in evidence]
    try:
        return preview_claim(
            content=content, quoted=quoted, by=by, at=at, claim=claim, seen=latest.number
        )
    except Refusal:
        return ClaimPreview()


def previewed_before(request: HttpRequest) -> frozenset[str]:
    """The versions that a form has shown to be contradicted or repeated."""
    return frozenset(request.POST.get("previewed", "").split())


def _for_reader(
    preview: SubmissionPreview,
    quoted: Sequence[tuple[Source, str]],
    known: set[int],
    by: "User",
    at: datetime,
) -> ClaimPreview:
    """Return a preview in words for its reader; `known` are versions that are contradicted now."""
    to = Knowing(by)
    version = preview.version
    conflicts, asks = [], set()
    for found in preview.found:
        others = _others(version, found, to)
        conflicts.append(
            PreviewedConflict(
                kind=_kind_text(found.kind, found.strength),
                question=question_of(_record_of(found), others or [version], to=to),
                others=[summary_of(other, to) for other in others[:MAX_SHOWN]],
                has_more=len(others) > MAX_SHOWN,
            )
        )
        asks |= {other.ref for other in others if other.pk not in known}
    is_divided = {Stance.SUPPORTS, Stance.REFUTES} <= {stance for _source, stance in quoted}
    if is_divided and not any(found.kind == ConflictKind.STANCE for found in preview.found):
        conflicts.append(_of_its_own_quotes(version))
    if with_hits := _documents_with_hits(preview, by, at):
        conflicts.append(_of_its_search(version, with_hits, to))
        asks |= {f"source-{source.pk}" for source in with_hits}
    similar = describe_similar(similar_to(version, reader=by, at=at, most=MAX_SHOWN), to)
    asks |= {one.summary.ref for one in similar if one.repeats}
    sources = [source for source, _stance in quoted]
    asks |= {f"standing-{source.pk}-{source.standing}" for source in sources if standing_of(source)}
    bases = on_another_basis([version], reader=by, at=at, is_public=False).get(version.pk, ())
    return ClaimPreview(
        conflicts=conflicts,
        similar=similar,
        bases=[summary_of(other, to) for other in bases[:MAX_SHOWN]],
        asks=frozenset(asks),
        warnings=standing_warnings(quoted, to=to),
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
        for row in rows[: 10 * MAX_SHOWN]
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


def _of_its_own_quotes(version: Version) -> PreviewedConflict:
    """The conflict of a claim with a quote for and a quote against it."""
    record = Conflict(kind=ConflictKind.STANCE, strength=Strength.CONTRADICTION)
    return PreviewedConflict(
        kind=_kind_text(ConflictKind.STANCE, Strength.CONTRADICTION),
        question=question_of(record, [version]),
    )


def _documents_with_hits(preview: SubmissionPreview, by: "User", at: datetime) -> list[Source]:
    """The documents that have what the version says is absent; none where it says no such thing.

    Where that takes long, it is known only after the search that follows saving.
    """
    if preview.scope is None:
        return []
    return documents_with_hits(preview.scope, reader=by, at=at, named=preview.documents) or []


def _of_its_search(version: Version, documents: Sequence[Source], to: Knowing) -> PreviewedConflict:
    """The conflict of an absence with the documents that have it."""
    record = Conflict(kind=ConflictKind.ABSENCE, strength=Strength.CONTRADICTION)
    return PreviewedConflict(
        kind=_kind_text(ConflictKind.ABSENCE, Strength.CONTRADICTION),
        question=question_of(record, [version]),
        found_in=[
            source.title if to.knows(source) else source.public_descriptor for source in documents
        ],
    )


def _kind_text(kind: ConflictKind, strength: Strength) -> str:
    return f"{_(kind.label)}, {_(strength.label).lower()}"
