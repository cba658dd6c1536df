"""Claims and versions in the API: the shapes, and the functions that fill them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, TypedDict
from uuid import UUID

from django.urls import reverse

from claims.api.absences import AbsenceShape
from claims.api.premises import PremiseShape, present_premises
from claims.api.references import (
    EntityRefShape,
    PropertyRefShape,
    TopicRefShape,
    present_entity_ref,
    present_property_ref,
    present_topic_ref,
)
from claims.api.values import PeriodShape, ValueShape, present_period, present_value
from claims.domain.support import Support
from claims.models import Asserter, Claim, Evidence, Version
from claims.readings.decisions import Decided, decision_text
from claims.readings.wording import BETWEEN_ASSERTERS
from claims.vocabulary import (
    ConflictKind,
    ConflictStatus,
    Mode,
    Reconciliation,
    Stance,
    Status,
    Strength,
)
from sources.api.serializers import (
    QuoteShape,
    SourceRefShape,
    StandingShape,
    present_quote,
    present_source_ref,
    present_standing,
)
from sources.api.visit import Visit
from sources.readings.standing import standing_of

# The status of a claim for its reader: published, retracted, or the version's state in review.
ClaimStatus = Status | Literal["published", "retracted"]


class TimesShape(TypedDict):
    """A period of time in UTC, half-open. Null is an end that has not come."""

    start: Annotated[datetime, "The first moment."]
    before: Annotated[datetime | None, "The moment after the last one."]


class AsserterShape(TypedDict):
    """One link in the chain of those who say so: an entity, or somebody described."""

    key: str | None
    label: Annotated[str, "The name of the entity, or the description."]
    description: Annotated[str, "Who it is where nobody is named; else empty."]


class EvidenceShape(QuoteShape):
    """A quote, what it does for the claim, and where it stands.

    Of a confidential source, readers who may not know it get stance, grade, `descriptor` and the
    kind of its `standing` alone.
    """

    stance: Stance
    excerpt: Annotated[int | None, "The number of the excerpt."]
    source: SourceRefShape | None
    descriptor: Annotated[str | None, "What stands for a confidential source."]
    standing: Annotated[
        StandingShape | None,
        "The standing of its source; null where that stands as published. Of a source that you may "
        "not know, the kind alone.",
    ]


class SettlementShape(TypedDict):
    """The decision in which a conflict stands."""

    status: ConflictStatus
    text: Annotated[str, "The same in a sentence."]
    standing: Annotated[list[str], "The claims that stand, where it is resolved, as far as shown."]
    difference: Annotated[Reconciliation | None, "What they differ in, where it is reconciled."]
    decided_at: datetime
    decided_by: Annotated[str | None, "For the desk only."]
    note: Annotated[str | None, "For the desk only."]


class ConflictRefShape(TypedDict):
    """A conflict that the claim is party to."""

    ref: str
    url: str
    kind: ConflictKind
    strength: Strength
    status: ConflictStatus
    same_source: Annotated[bool, "Whether all supporting quotes come from one source."]
    decision: Annotated[SettlementShape | None, "What was decided; null where it is open."]


class SupportShape(TypedDict):
    """The support of a claim in numbers; retracted and withdrawn sources are left out."""

    independent: Annotated[int, "The supporting sources, those that share an origin counted once."]
    documents: Annotated[int, "The supporting sources, each counted."]
    publishers: Annotated[int, "Their publishers, of sources that you may know."]
    authors: Annotated[int, "Names of their authors, of sources that you may know."]


class OtherBasisShape(TypedDict):
    """A claim that would disagree with this one, were it on the same basis."""

    claim: str
    url: str
    version: str
    asserter: str
    basis: Annotated[str, "Empty where it is not said."]
    value: ValueShape | None
    period: PeriodShape | None


class RetractionShape(TypedDict):
    """The retraction of a claim."""

    at: datetime
    reason: str


class ClaimShape(TypedDict):
    """A claim, in the version that the reader sees.

    The public sees what is published, the desk the latest version.
    """

    ref: Annotated[str, "The permanent reference, such as C17."]
    uuid: Annotated[UUID, "The name of the claim between installations."]
    url: Annotated[str, "The address of the claim in this API."]
    page: Annotated[str | None, "The public page of the claim; null where it has none."]
    version: Annotated[str, "The reference of the version, such as C17/v2."]
    number: int
    status: Annotated[
        ClaimStatus,
        "Retracted or published where it is, else where the version stands in review.",
    ]
    review_status: Status
    asserter: Annotated[str, "Who says so, outermost first; empty where the desk states it."]
    asserters: list[AsserterShape]
    mode: Annotated[Mode, "How sure the assertion is."]
    asserted_on: Annotated[str, "When it was said, as typed, in EDTF."]
    statement: str
    language: Annotated[str, "BCP 47."]
    subject: EntityRefShape | None
    property: PropertyRefShape | None
    aspect: TopicRefShape | None
    basis: Annotated[str, "The definition or measure that the value goes by."]
    value: ValueShape | None
    period: Annotated[PeriodShape | None, "When it held; null where it is not bound to a time."]
    absence: Annotated[AbsenceShape | None, "What is said to be absent, and the search for it."]
    premises: list[PremiseShape]
    topics: list[TopicRefShape]
    evidence: list[EvidenceShape]
    independent_support: SupportShape
    disputed: Annotated[bool, "Whether it is in a conflict that is open, confirmed or irreducible."]
    conflicts: list[ConflictRefShape]
    on_another_basis: Annotated[
        list[OtherBasisShape] | None,
        "Claims that differ from it on another basis: no conflict. Null in lists.",
    ]
    retracted: RetractionShape | None
    published: Annotated[TimesShape | None, "When this version was what readers saw."]
    recorded_at: Annotated[datetime, "When the desk learned it."]
    content_hash: str


class VersionShape(TypedDict):
    """One version of a claim in its history.

    Of one that was taken off the public pages, the public learns that it was, and nothing else.
    """

    ref: str
    claim: str
    number: int
    status: Status | Literal["published", "taken-off"]
    statement: str | None
    language: str | None
    published: TimesShape | None
    recorded_at: datetime | None
    content_hash: str | None
    author: Annotated[str | None, "For the desk only."]
    change_note: Annotated[str | None, "For the desk only."]


def present_claim(
    version: Version,
    visit: Visit,
    support: Support,
    decided: Mapping[int, Decided],
    absence: AbsenceShape | None,
) -> ClaimShape:
    """The claim in this version, with evidence and conflicts as the reader may see them."""
    claim = version.claim
    memberships = open_memberships(version, visit)
    conflicts = {tie.conflict.ref: tie.conflict for tie in memberships}
    return {
        "ref": claim.ref,
        "uuid": claim.uuid,
        "url": f"{visit.root}claims/{claim.ref}/",
        "page": visit.site + reverse("claims:claim", args=[claim.pk])
        if version.is_published(visit.at)
        else None,
        "version": f"{claim.ref}/v{version.number}",
        "number": version.number,
        "status": present_status(version, visit),
        "review_status": Status(version.status),
        "asserter": present_asserter_chain(version, visit),
        "asserters": [present_asserter(link, visit) for link in version.asserters.all()],
        "mode": Mode(version.mode),
        "asserted_on": version.asserted_on,
        "statement": version.statement,
        "language": version.language,
        "subject": present_entity_ref(version.subject, visit),
        "property": present_property_ref(version.property, visit),
        "aspect": present_topic_ref(version.aspect, visit),
        "basis": version.basis,
        "value": present_value(version, visit),
        "period": present_period(version),
        "absence": absence,
        "premises": present_premises(version, visit),
        "topics": present_topics(claim, visit),
        "evidence": [present_evidence(piece, visit) for piece in version.evidence.all()],
        "independent_support": present_support(support),
        "disputed": any(ConflictStatus(each.status).disputes for each in conflicts.values()),
        "conflicts": [
            present_conflict_ref(each, visit, decided.get(each.pk)) for each in conflicts.values()
        ],
        "on_another_basis": None,
        "retracted": {"at": claim.retracted_at, "reason": claim.retracted_reason or ""}
        if claim.retracted_at
        else None,
        "published": present_published(version, visit),
        "recorded_at": version.recorded_at,
        "content_hash": version.content_hash,
    }


def present_topics(claim: Claim, visit: Visit) -> list[TopicRefShape]:
    """The topics that the claim is filed under, by key."""
    topics = sorted(claim.topics.all(), key=lambda topic: topic.key)
    return [present_topic_ref(topic, visit) for topic in topics]


def present_version(version: Version, visit: Visit) -> VersionShape:
    """One line of a claim's history."""
    hidden = version.taken_off_at is not None and not visit.is_staff
    status: Any = Status(version.status)
    if version.taken_off_at is not None:
        status = "taken-off"
    elif version.is_published(visit.at):
        status = "published"
    return {
        "ref": version.ref,
        "claim": f"C{version.claim_id}",
        "number": version.number,
        "status": status,
        "statement": None if hidden else version.statement,
        "language": None if hidden else version.language,
        "published": None if hidden else present_published(version, visit),
        "recorded_at": None if hidden else version.recorded_at,
        "content_hash": None if hidden else version.content_hash,
        "author": str(version.author) if visit.is_staff else None,
        "change_note": version.change_note if visit.is_staff else None,
    }


def open_memberships(version: Version, visit: Visit) -> list[Any]:
    """The conflicts that the reader may know of: the desk's records, or the public ones."""
    holder: Any = version.claim if visit.is_staff else version
    return list(holder.open_memberships)


def present_status(version: Version, visit: Visit) -> ClaimStatus:
    """Return the status of a claim for its reader."""
    if version.claim.is_retracted:
        return "retracted"
    return "published" if version.is_published(visit.at) else Status(version.status)


def present_published(version: Version, visit: Visit) -> TimesShape | None:
    """Return the time in which readers saw the version.

    An end to come is the beginning of a version that is not published yet: for the desk only.
    """
    published = version.published
    if published is None:
        return None
    end = published.upper
    if end is not None and end > visit.at and not visit.is_staff:
        end = None
    return {"start": published.lower, "before": end}


def present_asserter_chain(version: Version, visit: Visit) -> str:
    """Return the chain of asserters as text, outermost first: Al Jazeera › Shapovalova."""
    links = version.asserters.all()
    return BETWEEN_ASSERTERS.join(present_asserter(link, visit)["label"] for link in links)


def present_asserter(link: Asserter, visit: Visit) -> AsserterShape:
    """One link of the chain."""
    entity = present_entity_ref(link.entity, visit)
    return {
        "key": entity["key"] if entity else None,
        "label": entity["label"] if entity else link.description,
        "description": link.description,
    }


def present_evidence(piece: Evidence, visit: Visit) -> EvidenceShape:
    """Present a quote with its source, or with the descriptor of a confidential one."""
    excerpt = piece.excerpt
    is_known = visit.knows(excerpt.source)
    return {
        "stance": Stance(piece.stance),
        **present_quote(excerpt, is_known=is_known),
        "excerpt": excerpt.pk if is_known else None,
        "source": present_source_ref(excerpt.source, visit) if is_known else None,
        "descriptor": None if is_known else excerpt.source.public_descriptor,
        "standing": present_standing(standing_of(excerpt.source, is_known=is_known)),
    }


def present_support(support: Support) -> SupportShape:
    """Present the support of a claim."""
    return {
        "independent": support.independent,
        "documents": support.documents,
        "publishers": support.publishers,
        "authors": support.authors,
    }


def present_other_basis(version: Version, visit: Visit) -> OtherBasisShape:
    """Present a claim on another basis."""
    ref = f"C{version.claim_id}"
    return {
        "claim": ref,
        "url": f"{visit.root}claims/{ref}/",
        "version": version.ref,
        "asserter": present_asserter_chain(version, visit),
        "basis": version.basis,
        "value": present_value(version, visit),
        "period": present_period(version),
    }


def present_conflict_ref(conflict: Any, visit: Visit, decided: Decided | None) -> ConflictRefShape:
    """Present a conflict in which the claim is a member."""
    return {
        "ref": conflict.ref,
        "url": f"{visit.root}conflicts/{conflict.ref}/",
        "kind": ConflictKind(conflict.kind),
        "strength": Strength(conflict.strength),
        "status": ConflictStatus(conflict.status),
        "same_source": conflict.same_source,
        "decision": None if decided is None else present_decision(decided, visit),
    }


def present_decision(decided: Decided, visit: Visit) -> SettlementShape:
    """Present a decision, without names and notes for the public."""
    return {
        "status": decided.status,
        "text": decision_text(decided),
        "standing": [f"C{number}" for number in decided.standing],
        "difference": Reconciliation(decided.difference) if decided.difference else None,
        "decided_at": decided.decided_at,
        "decided_by": decided.by if visit.is_staff else None,
        "note": decided.note if visit.is_staff else None,
    }
