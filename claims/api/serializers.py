"""Claims and versions in the API: the shapes, and the functions that fill them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, NotRequired, TypedDict
from uuid import UUID

from claims.api.absences import AbsenceShape, present_search
from claims.api.references import (
    EntityRefShape,
    PropertyRefShape,
    TopicRefShape,
    present_name,
    present_property_ref,
    present_topic_ref,
)
from claims.api.values import PeriodShape, ValueShape, present_period, present_value
from claims.domain.support import Support
from claims.models import Version
from claims.readings.claims import (
    AsserterReading,
    ClaimReading,
    ClaimStatus,
    ConflictReading,
    EvidenceReading,
)
from claims.readings.notices import Notice
from claims.readings.wording import BETWEEN_ASSERTERS
from claims.vocabulary import (
    ConflictKind,
    ConflictStatus,
    Mode,
    NoticeCode,
    Reconciliation,
    Stance,
    Status,
    Strength,
)
from sources.api.serializers import (
    QuoteShape,
    SourceRefShape,
    SourceStandingShape,
    present_if_known,
    present_quote,
    present_standing,
)
from sources.api.visit import Visit


class NoticeShape(TypedDict):
    """A warning about a claim, or a word in its favour."""

    code: NoticeCode
    sentence: Annotated[str, "The notice for people, whole; the same on pages and fact sheets."]
    reference: Annotated[
        str | None, "What it is about: a conflict, a claim, the key of a source; else null."
    ]


class PremiseShape(TypedDict):
    """A version that the claim rests on."""

    version: Annotated[str | None, "Its reference; null where the reader may not see it."]
    statement: Annotated[str | None, "What it says."]
    formula: Annotated[str, "How the claim's value is computed, where it is written beside it."]
    is_current: Annotated[bool, "Whether it is still what readers see of its claim."]


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
        SourceStandingShape | None,
        "The standing of its source; null where that stands as published. Of a source that you may "
        "not know, the kind alone.",
    ]


class SettlementShape(TypedDict):
    """The decision in which a conflict stands."""

    status: ConflictStatus
    text: Annotated[str, "The same in a sentence."]
    standing: Annotated[list[str], "The claims that stand, where it is resolved, as far as shown."]
    difference: Annotated[Reconciliation | None, "What they differ in, where it is reconciled."]
    reason: Annotated[
        str,
        "Why, in the desk's words for everybody. Empty where nobody said, and while a claim that "
        "was decided on is not public.",
    ]
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
    """A claim that would disagree with this one, were it on the same basis or bound to the same
    time."""

    claim: str
    url: str
    version: str
    attribution: str
    asserter: str
    basis: Annotated[str, "Empty where it is not said."]
    value: ValueShape | None
    period: PeriodShape | None


class RetractionShape(TypedDict):
    """The retraction of a claim."""

    at: datetime
    reason: str


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
    notices: Annotated[list[NoticeShape], "What to know before relying on it, the gravest first."]


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
    attribution: Annotated[
        str, "Who says so, to be told before the statement, also where the desk states it."
    ]
    asserter: Annotated[str, "Who says so, outermost first; empty where the desk states it."]
    asserters: list[AsserterShape]
    mode: Annotated[Mode, "How sure the assertion is."]
    asserted_on: Annotated[str, "When it was said, as typed in words or EDTF."]
    statement: str
    language: Annotated[str, "BCP 47."]
    notices: Annotated[list[NoticeShape], "What to know before relying on it, the gravest first."]
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
    without_a_period: Annotated[
        list[OtherBasisShape] | None,
        "Claims that differ from it where either it or they are without a period, so that they are "
        "not compared: no conflict. Null in lists.",
    ]
    retracted: RetractionShape | None
    published: Annotated[TimesShape | None, "When this version was what readers saw."]
    recorded_at: Annotated[datetime, "When the desk learned it."]
    content_hash: str
    versions: NotRequired[
        Annotated[list[VersionShape], "Its history, with `include=versions`, the latest first."]
    ]


def present_claim(claim: ClaimReading, visit: Visit) -> ClaimShape:
    """The claim in this version, with evidence and conflicts as the reader may see them."""
    return {
        "ref": claim.ref,
        "uuid": claim.uuid,
        "url": f"{visit.root}claims/{claim.ref}/",
        "page": f"{visit.site}/claims/{claim.ref}/" if claim.is_published else None,
        "version": claim.version_ref,
        "number": claim.number,
        "status": claim.status,
        "review_status": claim.review_status,
        "attribution": claim.attribution,
        "asserter": asserter_chain(claim),
        "asserters": [present_asserter(link) for link in claim.asserters],
        "mode": claim.mode,
        "asserted_on": claim.asserted_on,
        "statement": claim.statement,
        "language": claim.language,
        "notices": [present_notice(notice) for notice in claim.notices],
        "subject": present_name(claim.subject, visit),
        "property": present_property_ref(claim.property, visit),
        "aspect": present_topic_ref(claim.aspect, visit),
        "basis": claim.basis,
        "value": present_value(claim.value, visit),
        "period": present_period(claim.period),
        "absence": present_search(claim.search, visit),
        "premises": [
            {
                "version": premise.ref,
                "statement": premise.statement,
                "formula": premise.formula,
                "is_current": premise.is_current,
            }
            for premise in claim.premises
        ],
        "topics": [present_topic_ref(topic, visit) for topic in claim.topics],
        "evidence": [present_evidence(piece, visit) for piece in claim.evidence],
        "independent_support": present_support(claim.support),
        "disputed": claim.is_disputed,
        "conflicts": [present_conflict_ref(one, visit) for one in claim.conflicts],
        "on_another_basis": None,
        "without_a_period": None,
        "retracted": {"at": claim.retracted_at, "reason": claim.retracted_reason}
        if claim.retracted_at
        else None,
        "published": present_times(claim.published),
        "recorded_at": claim.recorded_at,
        "content_hash": claim.content_hash,
    }


def present_version(version: Version, notices: Sequence[Notice], visit: Visit) -> VersionShape:
    """One line of a claim's history, with the notices of that version."""
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
        "notices": [] if hidden else [present_notice(notice) for notice in notices],
    }


def present_times(published: tuple[datetime, datetime | None] | None) -> TimesShape | None:
    """Present the time in which readers saw a version."""
    return None if published is None else {"start": published[0], "before": published[1]}


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


def asserter_chain(claim: ClaimReading) -> str:
    """Return the chain of asserters as text, outermost first: Al Jazeera › Shapovalova."""
    return BETWEEN_ASSERTERS.join([link.label for link in claim.asserters])


def present_asserter(link: AsserterReading) -> AsserterShape:
    """Present one link of the chain."""
    return {
        "key": None if link.name is None else link.name.key,
        "label": link.label,
        "description": link.description,
    }


def present_notice(notice: Notice) -> NoticeShape:
    """Present a notice."""
    return {
        "code": notice.code,
        "sentence": notice.sentence,
        "reference": notice.reference or None,
    }


def present_evidence(piece: EvidenceReading, visit: Visit) -> EvidenceShape:
    """Present a quote with its source, or with the descriptor of a confidential one."""
    quote = piece.quote
    return {
        "stance": piece.stance,
        **present_quote(quote),
        "excerpt": quote.number,
        "source": present_if_known(quote.source, visit),
        "descriptor": None if quote.source.is_known else quote.source.title,
        "standing": present_standing(quote.source.standing),
    }


def present_support(support: Support) -> SupportShape:
    """Present the support of a claim."""
    return {
        "independent": support.independent,
        "documents": support.documents,
        "publishers": support.publishers,
        "authors": support.authors,
    }


def present_other_basis(claim: ClaimReading, visit: Visit) -> OtherBasisShape:
    """Present a claim on another basis, or one that is held apart for want of a period."""
    return {
        "claim": claim.ref,
        "url": f"{visit.root}claims/{claim.ref}/",
        "version": claim.version_ref,
        "attribution": claim.attribution,
        "asserter": asserter_chain(claim),
        "basis": claim.basis,
        "value": present_value(claim.value, visit),
        "period": present_period(claim.period),
    }


def present_conflict_ref(conflict: ConflictReading, visit: Visit) -> ConflictRefShape:
    """Present a conflict in which the claim is a member."""
    return {
        "ref": conflict.ref,
        "url": f"{visit.root}conflicts/{conflict.ref}/",
        "kind": conflict.kind,
        "strength": conflict.strength,
        "status": conflict.status,
        "same_source": conflict.same_source,
        "decision": present_decision(conflict, visit),
    }


def present_decision(conflict: ConflictReading, visit: Visit) -> SettlementShape | None:
    """Present the decision in which a conflict stands; names and notes are for the desk."""
    decided = conflict.decision
    if decided is None:
        return None
    is_staff = visit.is_staff
    return {
        "status": decided.status,
        "text": conflict.decision_text,
        "standing": [f"C{number}" for number in decided.standing],
        "difference": Reconciliation(decided.difference) if decided.difference else None,
        "reason": decided.reason,
        "decided_at": decided.decided_at,
        "decided_by": decided.by if is_staff else None,
        "note": decided.note if is_staff else None,
    }
