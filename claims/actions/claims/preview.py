"""Preview of a claim: the conflicts that it would be in if it were submitted now.

It is computed from the content; nothing is written and no lock is taken, so that what somebody
else enters at this moment is found when either is saved.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from claims.actions.claims.content_rows import ReadContent, counts_by_value, read_content
from claims.actions.claims.entry import require_seen
from claims.actions.claims.premises import require_no_circle
from claims.actions.claims.workflow import last_version, require_step
from claims.actions.conflicts import detection
from claims.domain.conflicts.detection_key import detection_key
from claims.domain.conflicts.disagreement import Compared
from claims.domain.conflicts.grouping import FoundSet, join
from claims.domain.conflicts.pairs import find_edges
from claims.domain.conflicts.softness import is_soft
from claims.domain.content import Content, Described, terms_json
from claims.domain.workflow import Step
from claims.models import AbsenceScope, Asserter, Claim, Version
from claims.querysets.disagreements import (
    compared_rows,
    compared_rows_of,
    conflicts_within_claims,
    neighbouring_keys_of,
)
from claims.querysets.other_bases import wholes_of
from claims.readings.other_bases import compared_version
from claims.vocabulary import Status, ValueKind
from sources.actions.permission import require
from sources.models import Source
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# The id of a claim and of a version that are not in the database; ids there begin at 1.
UNSAVED = 0


@dataclass(frozen=True)
class SubmissionPreview:
    """A version as it would be submitted, and the conflicts that its claim would be in.

    `version` is no row: its id is UNSAVED, as are those of `scope` and of a new claim. `found` are
    sets of disagreeing claims, of the claim's published version too; that quotes of this version
    support and refute the claim is not among them. `scope` has the terms that are said to be
    absent, where any are, and `documents` the sources from which, where they are named.
    """

    version: Version
    found: Sequence[FoundSet]
    scope: AbsenceScope | None = None
    documents: Sequence[Source] = ()


def preview_submission(
    *,
    content: Content,
    by: "User",
    at: datetime,
    claim: Claim | None = None,
    seen: int = 0,
    stances: Collection[str] = (),
) -> SubmissionPreview:
    """Return what detection would find of a new claim, or of the next version of one.

    `stances` are those of its quotes. Raises the refusals of `propose` and `revise`, but for those
    about quotes.
    """
    if claim is None:
        require(by, Role.CONTRIBUTOR)
        claim, number = Claim(pk=UNSAVED, created_at=at, created_by=by), 1
    else:
        latest = last_version(Claim.objects.get(pk=claim.pk))
        claim, number = latest.claim, seen + 1
        require_step(latest, Step.REVISE, by=by, at=at)
        require_seen(latest, seen)
    read = read_content(content)
    if read.premises and claim.pk != UNSAVED:
        require_no_circle(claim, [premise for premise, _formula in read.premises])
    version = _unsaved_version(claim, read, number=number, by=by, at=at)
    version.counts_by_value = counts_by_value(read, stances)
    scope = None
    if (absence := read.content.absence) is not None:
        scope = AbsenceScope(
            pk=UNSAVED,
            version=version,
            series=read.series,
            matching=absence.matching,
            terms=terms_json(absence),
        )
    return SubmissionPreview(version, _conflicts_of(version, at=at), scope, read.documents)


def _unsaved_version(
    claim: Claim, read: ReadContent, *, number: int, by: "User", at: datetime
) -> Version:
    """Return the version that would be written, with its asserters and its keys."""
    version = Version(
        pk=UNSAVED,
        claim=claim,
        number=number,
        author=by,
        recorded_at=at,
        status=Status.SUBMITTED,
        **read.columns,
    )
    asserters = [
        Asserter(version=version, position=position, description=link.description)
        if isinstance(link, Described)
        else Asserter(version=version, position=position, entity=link)
        for position, link in enumerate(read.asserters)
    ]
    # Whoever reads the version finds the chain as if it had been prefetched from the database.
    prefetched = {"asserters": asserters}
    version._prefetched_objects_cache = prefetched  # type: ignore[attr-defined] # noqa: SLF001
    prop, subject = version.property, version.subject
    if prop is not None and subject is not None:
        surviving = next(iter(wholes_of([subject.pk])[subject.pk]), subject.key)
        aspect = version.aspect.key if version.aspect else None
        version.detection_key = detection_key(surviving, prop.key, aspect, version.basis)
        version.key_without_basis = detection_key(surviving, prop.key, aspect, "")
    return version


def _conflicts_of(version: Version, *, at: datetime) -> list[FoundSet]:
    """Return the conflicts of the claim as if the version was submitted: compared are this one
    and the published one, and of each other claim what is compared now."""
    claim = version.claim_id
    published = set[int]()
    if claim != UNSAVED:
        published.update(version.claim.versions.published(at).values_list("pk", flat=True))
    own = compared_rows_of(published, at=at)
    draft = _compared_draft(version)
    if draft is not None:
        own.append(draft)
    keys = {one.key for one in own}.union(*(one.linked for one in own))
    others = [
        one for one in compared_rows(detection.connected_keys(keys), at=at) if one.claim != claim
    ]
    found = join(find_edges(_linked_with(draft, [*others, *own])))
    if published:
        found += _among(published, conflicts_within_claims([claim], at=at))
    return [one for one in found if any(member == claim for member, _key in one.members)]


def _compared_draft(version: Version) -> Compared | None:
    """Return an unsaved version as detection sees it; None where it is not compared by value."""
    prop, key = version.property, version.detection_key
    if prop is None or key is None or not (prop.single_valued and version.counts_by_value):
        return None
    value = version.value_entity_id
    compared = compared_version(version, wholes_of([value]) if value is not None else {})
    is_presence = prop.value_kind == ValueKind.PRESENCE
    return replace(
        compared,
        key=key,
        is_soft=is_soft(
            mode=version.mode,
            is_attributed=bool(version.asserters.all()),
            approximate=version.approximate,
            period=version.period,
        ),
        linked=neighbouring_keys_of(version) if is_presence else frozenset(),
    )


def _linked_with(draft: Compared | None, versions: Iterable[Compared]) -> list[Compared]:
    """Return the versions with the links between the draft's key and its neighbours, which the
    database knows only where a version with the draft's key is compared already."""
    if draft is None or not draft.linked:
        return list(versions)
    return [
        replace(one, linked=one.linked | {draft.key})
        if one.key in draft.linked
        else replace(one, linked=draft.linked)
        if one.key == draft.key
        else one
        for one in versions
    ]


def _among(versions: Collection[int], found: Iterable[FoundSet]) -> list[FoundSet]:
    """Return what is left of each set among these versions."""
    left = []
    for one in found:
        members = {member: parts & set(versions) for member, parts in one.members.items()}
        members = {member: parts for member, parts in members.items() if parts}
        if members:
            left.append(replace(one, members=members))
    return left
