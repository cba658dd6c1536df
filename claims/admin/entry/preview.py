"""Preview of a claim before it is saved: what it would conflict with, and what it repeats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.actions.absence.document_search import preview_search
from claims.actions.absence.runs import finding_of
from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.preview import SubmissionPreview, preview_submission
from claims.admin.similar import SimilarClaim, VersionSummary, describe_similar, summary_of
from claims.domain.conflicts.grouping import FoundSet
from claims.domain.content import Content
from claims.models import Claim, ConflictMember, Version
from claims.readings.absences import MAX_LISTED
from claims.readings.claims import ClaimReading, read_claims
from claims.readings.lines import line_of
from claims.readings.near_misses import NO_NEAR_MISSES, NearMissReading, near_misses_for
from claims.readings.offered_names import NotOffered, offered_names
from claims.readings.other_bases import HeldApart, held_apart
from claims.readings.places_in_context import read_context_texts
from claims.readings.sides import question_words
from claims.readings.similar import similar_to
from claims.readings.standings import standing_warnings
from claims.readings.values import name_of, understood_text, value_of_version
from claims.readings.wording import date_text
from claims.vocabulary import ConflictKind, Stance, Strength
from sources.domain.refusals import Refusal
from sources.models import Source
from sources.readings.reader import Reader
from sources.readings.sources import source_of
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

    `bases` are versions that would contradict it, were they not on another basis, and `undated`
    those that would, were either of the two not without a period. `asks` are the
    versions that it would newly contradict or repeat, and the documents that have what it says is
    absent: whoever submits it says that they saw them. `warnings` are of the sources that it quotes
    and that do not stand as published; those are among what it asks for, too. `near` are words that
    come close to what it says is absent, `longer_names` the names that a term was found in.
    """

    conflicts: Sequence[PreviewedConflict] = ()
    similar: Sequence[SimilarClaim] = ()
    bases: Sequence[VersionSummary] = ()
    undated: Sequence[VersionSummary] = ()
    asks: frozenset[str] = frozenset()
    warnings: Sequence[str] = ()
    near: NearMissReading = NO_NEAR_MISSES
    longer_names: Sequence[NotOffered] = ()


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
    stances = [stance for _source, stance in quoted]
    preview = preview_submission(
        content=content, by=by, at=at, claim=claim, seen=seen, stances=stances
    )
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
    reader = Reader(by, at)
    version = preview.version
    conflicts, asks = [], set()
    for found in preview.found:
        others = _others(version, found, reader)
        conflicts.append(
            PreviewedConflict(
                kind=_kind_text(found.kind, found.strength),
                question=_question(found.kind, version, reader),
                others=[summary_of(other) for other in others[:MAX_SHOWN]],
                has_more=len(others) > MAX_SHOWN,
            )
        )
        asks |= {other.version_ref for other in others if other.id not in known}
    is_divided = {Stance.SUPPORTS, Stance.REFUTES} <= {stance for _source, stance in quoted}
    if is_divided and not any(found.kind == ConflictKind.STANCE for found in preview.found):
        conflicts.append(_within(ConflictKind.STANCE, version, reader))
    search = _search(preview, reader)
    if search.with_hits:
        titles = [source_of(source, reader).title for source in search.with_hits]
        conflicts.append(_within(ConflictKind.ABSENCE, version, reader, found_in=titles))
        asks |= {f"source-{source.pk}" for source in search.with_hits}
    asks |= {f"near-{group.word}" for group in search.near.asking if group.waiting}
    alike = similar_to(version, reader=by, at=at, most=MAX_SHOWN)
    similar = describe_similar(alike, read_claims([one.version.pk for one in alike], reader))
    asks |= {one.summary.ref for one in similar if one.repeats}
    sources = [source for source, _stance in quoted]
    asks |= {f"standing-{source.pk}-{source.standing}" for source in sources if standing_of(source)}
    held = held_apart([version], reader=by, at=at, is_public=False)
    apart = held.get(version.pk, HeldApart[Version]())
    return ClaimPreview(
        conflicts=conflicts,
        similar=similar,
        bases=_summaries(apart.bases, reader),
        undated=_summaries(apart.undated, reader),
        asks=frozenset(asks),
        warnings=standing_warnings(quoted, to=reader),
        near=search.near,
        longer_names=search.longer_names,
    )


def _summaries(versions: Sequence[Version], reader: Reader) -> list[VersionSummary]:
    """The first versions of these, in words."""
    return [summary_of(one) for one in read_claims([v.pk for v in versions[:MAX_SHOWN]], reader)]


def _others(version: Version, found: FoundSet, reader: Reader) -> list[ClaimReading]:
    """The versions of other claims in a set that hold another position, some more than shown."""
    pks = [
        pk
        for (claim, _key), versions in sorted(found.members.items())
        if claim != version.claim_id
        for pk in sorted(versions)
    ]
    mine = (understood_text(value_of_version(version, reader)), date_text(version.period))
    return [
        other
        for other in read_claims(pks[: 10 * MAX_SHOWN], reader)
        if (understood_text(other.value), line_of(other).period) != mine
    ]


def _parties_already(claim: Claim) -> set[int]:
    """The versions in conflicts that the claim is party to, which it contradicts already."""
    own = ConflictMember.objects.open().filter(claim=claim).values("conflict")
    members = ConflictMember.objects.open().filter(conflict__in=own)
    return {pk for versions in members.values_list("versions", flat=True) for pk in versions}


def _question(kind: ConflictKind, version: Version, reader: Reader) -> str:
    """The question of a conflict that the version would be party to."""
    subject, prop, aspect = name_of(version.subject, reader), version.property, version.aspect
    return question_words(
        kind,
        version.statement,
        subject.label if subject else "",
        prop.label if prop else "",
        aspect.name if aspect else "",
        version.basis,
    )


def _within(
    kind: ConflictKind, version: Version, reader: Reader, found_in: Sequence[str] = ()
) -> PreviewedConflict:
    """The conflict of a claim with its own quotes, or with documents that have what is absent."""
    return PreviewedConflict(
        kind=_kind_text(kind, Strength.CONTRADICTION),
        question=_question(kind, version, reader),
        found_in=found_in,
    )


@dataclass(frozen=True)
class _Search:
    """The findings of a search by the reader for what the version says is absent."""

    with_hits: Sequence[Source] = ()
    near: NearMissReading = NO_NEAR_MISSES
    longer_names: Sequence[NotOffered] = ()


def _search(preview: SubmissionPreview, reader: Reader) -> _Search:
    """Search the documents that the reader may read; nothing where nothing is said to be absent.

    Where that takes long, it is known only after the search that follows saving.
    """
    scope = preview.scope
    if scope is None:
        return _Search()
    results = preview_search(scope, reader=reader.account, at=reader.at, named=preview.documents)
    findings = [finding_of(one) for one in results or () if one.layer is not None]
    sources = Source.objects.in_bulk([one.source_id for one in findings])
    for finding in findings:
        finding.source = sources[finding.source_id]
    with_hits = [one for one in findings if one.hits]
    texts = read_context_texts(with_hits, reader)
    opened = [(one, texts.opened(one, scope)) for one in with_hits]
    return _Search(
        with_hits=list({one.source_id: one.source for one in with_hits}.values()),
        near=near_misses_for(findings, scope, reader=reader),
        longer_names=offered_names(
            text.place(stored)
            for finding, text in opened
            if text is not None
            for stored in finding.places[:MAX_LISTED]
            if "dismissal" not in stored
        ),
    )


def _kind_text(kind: ConflictKind, strength: Strength) -> str:
    return f"{_(kind.label)}, {_(strength.label).lower()}"
