"""Claims as one reader may know them: the one place where what is told of a claim is decided.

Every door maps these readings (API, pages, desk, fact sheets) and decides nothing itself. A page
of claims costs at most five statements, whatever is on it.
"""

import builtins
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from claims.domain.support import Support
from claims.readings.attribution import attribution_of
from claims.readings.decisions import Decided, decision_text, decisions_of
from claims.readings.facts import (
    ClaimFacts,
    ConflictFacts,
    EvidenceFacts,
    PremiseFacts,
    PropertyFacts,
    TopicFacts,
    claim_facts,
    evidence_facts,
    shown_facts,
)
from claims.readings.notices import Notice, notices_of
from claims.readings.searches import SearchReading, searches_of
from claims.readings.support import support_of_evidence, told_sources
from claims.readings.values import NameReading, ValueReading, name_reading, value_reading
from claims.vocabulary import (
    Audience,
    ConflictKind,
    ConflictStatus,
    FlagKind,
    Mode,
    Stance,
    Status,
    Strength,
)
from sources.readings.phrases import phrase as _
from sources.readings.phrases import phrases_remembered
from sources.readings.quotes import QuoteReading, reading_of_quote
from sources.readings.reader import Reader
from sources.readings.sources import SourceReading

# The status of a claim for its reader: published, retracted, or the version's state in review.
ClaimStatus = Status | Literal["published", "retracted"]


class AsserterReading(msgspec.Struct, frozen=True, gc=False):
    """One link in the chain of those who say so. `name` is the entity's, None of one described."""

    name: NameReading | None
    description: str

    @property
    def label(self) -> str:
        """The name, or the description."""
        return self.description if self.name is None else self.name.label


class PeriodReading(msgspec.Struct, frozen=True, gc=False):
    """When a claim held: as typed in words or EDTF, and its days, half-open; None is no bound."""

    typed: str
    start: date | None
    before: date | None


class EvidenceReading(msgspec.Struct, frozen=True, gc=False):
    """A quote, and what it does for the claim."""

    stance: Stance
    quote: QuoteReading


class PremiseReading(msgspec.Struct, frozen=True, gc=False):
    """A version that the claim rests on. Of one that readers never saw, neither number nor
    statement. `formula` is how the claim's value is computed, where it is written beside it and
    the reader may know all premises. `is_current` says that it is what readers see of its claim.
    """

    claim: int | None
    number: int | None
    statement: str | None
    formula: str
    is_current: bool

    @property
    def ref(self) -> str | None:
        """The reference of the version, C5/v1; None of one that is not shown."""
        return None if self.claim is None else f"C{self.claim}/v{self.number}"


class ConflictReading(msgspec.Struct, frozen=True, gc=False):
    """A conflict that a claim is party to, and where it stands for this reader.

    `record` is the id of the record that the reader's audience has, `number` that of its reference,
    K5. `same_source` says that all supporting quotes come from one source; `question` is a
    person's, of an editorial one. `decision_text` says the decision in a sentence, empty where
    there is none.
    """

    record: int
    number: int
    kind: ConflictKind
    strength: Strength
    status: ConflictStatus
    same_source: bool
    question: str
    opened_at: datetime
    decision: Decided | None
    decision_text: str

    @property
    def ref(self) -> str:
        """The reference, such as K5."""
        return f"K{self.number}"

    @property
    def status_text(self) -> str:
        """The decision in a sentence, or where there is none the meaning of the status."""
        return self.decision_text or _(self.status.meaning)

    @property
    def decision_reason(self) -> str:
        """Why it was decided so, in words for everybody; empty where nobody said."""
        return "" if self.decision is None else self.decision.reason


class FormerConflictReading(msgspec.Struct, frozen=True, gc=False):
    """A conflict that a claim was party to until it, or another party, was retracted or taken off.

    `is_closed` says that the conflict is over; else it goes on without the claim. The question that
    a person asked is told with the conflict alone, as far as it may be.
    """

    conflict: ConflictReading
    is_closed: bool


class ClaimReading(msgspec.Struct, frozen=True, gc=False):
    """One version of a claim as one reader may know it, at one time.

    `id` is that of the version, `claim` the number of the claim, `number` that of the version.
    `attribution` says who says it, also where nobody is named: it stands before the statement.
    `published` is when readers saw it, half-open; an end that has not come is for the desk alone.
    `formula` is how the value is computed from the premises, where the reader may know them all.
    `conflicts` are those of the reader's audience, `former_conflicts` those that ended for it by a
    removal; `search` is of an absence. `notices` warn of all that weighs against relying on it, the
    gravest first.
    """

    id: int
    claim: int
    number: int
    uuid: UUID
    status: ClaimStatus
    review_status: Status
    is_published: bool
    published: tuple[datetime, datetime | None] | None
    retracted_at: datetime | None
    retracted_reason: str
    attribution: str
    asserters: tuple[AsserterReading, ...]
    mode: Mode
    asserted_on: str
    statement: str
    language: str
    subject: NameReading | None
    property: PropertyFacts | None
    aspect: TopicFacts | None
    basis: str
    value: ValueReading | None
    period: PeriodReading | None
    premises: tuple[PremiseReading, ...]
    formula: str
    topics: Sequence[TopicFacts]
    evidence: tuple[EvidenceReading, ...]
    support: Support
    conflicts: tuple[ConflictReading, ...]
    former_conflicts: tuple[FormerConflictReading, ...]
    search: SearchReading | None
    notices: tuple[Notice, ...]
    recorded_at: datetime
    content_hash: str

    @builtins.property
    def ref(self) -> str:
        """The permanent reference of the claim, such as C17."""
        return f"C{self.claim}"

    @builtins.property
    def version_ref(self) -> str:
        """The reference of the version, such as C17/v2."""
        return f"C{self.claim}/v{self.number}"

    @builtins.property
    def days(self) -> tuple[date | None, date | None] | None:
        """The days of its period, half-open; None where it is not bound to a time."""
        return None if self.period is None else (self.period.start, self.period.before)

    @builtins.property
    def is_disputed(self) -> bool:
        """Whether it is in a conflict that is open, confirmed or irreducible."""
        return any(conflict.status.disputes for conflict in self.conflicts)

    @builtins.property
    def headline(self) -> Notice | None:
        """The gravest notice; None of a claim about which there is none."""
        return self.notices[0] if self.notices else None


_STATUSES = {word.value: word for word in Status}
_STANCES = {word.value: word for word in Stance}
_MODES = {word.value: word for word in Mode}
_KINDS = {word.value: word for word in ConflictKind}
_STRENGTHS = {word.value: word for word in Strength}
_CONFLICT_STATUSES = {word.value: word for word in ConflictStatus}
_UNREVIEWED = (Status.DRAFT, Status.SUBMITTED, Status.CHANGES_REQUESTED)


def read_claims(versions: Collection[int], reader: Reader) -> list[ClaimReading]:
    """The readings of these versions, in their order, whoever may see them: that is not asked."""
    return readings_of(list(claim_facts(versions, reader).values()), reader)


def read_claim(claim: int, reader: Reader) -> ClaimReading | None:
    """The reading of the version of a claim that the reader sees; None where none is shown."""
    facts = shown_facts(claim, reader)
    return None if facts is None else readings_of([facts], reader)[0]


class ClaimRecords(NamedTuple):
    """All that is read from the database for the readings of some claims."""

    facts: Sequence[ClaimFacts]
    evidence: Mapping[int, Sequence[EvidenceFacts]]
    sources: Mapping[int, SourceReading]
    decided: Mapping[int, Decided]
    searches: Mapping[int, SearchReading]


def readings_of(
    facts: Sequence[ClaimFacts],
    reader: Reader,
    evidence: Mapping[int, Sequence[EvidenceFacts]] | None = None,
) -> list[ClaimReading]:
    """The readings of these facts. What belongs to them is read for all at once.

    `evidence` are their quotes, where they were read before.
    """
    return readings_of_records(read_records(facts, reader, evidence), reader) if facts else []


def read_records(
    facts: Sequence[ClaimFacts],
    reader: Reader,
    evidence: Mapping[int, Sequence[EvidenceFacts]] | None = None,
) -> ClaimRecords:
    """All that belongs to these facts, read for all at once; `evidence` if it was read before."""
    if evidence is None:
        evidence = evidence_facts([one.id for one in facts])
    return ClaimRecords(
        facts,
        evidence,
        told_sources((piece for pieces in evidence.values() for piece in pieces), reader),
        _decided(facts, reader),
        searches_of([one.id for one in facts if one.typed == "absent"], reader),
    )


def readings_of_records(records: ClaimRecords, reader: Reader) -> list[ClaimReading]:
    """The readings of what was read; the database is asked for no more."""
    facts, evidence, sources, decided, searches = records
    with phrases_remembered():
        return [
            _claim(one, evidence.get(one.id, ()), sources, decided, searches.get(one.id), reader)
            for one in facts
        ]


def _claim(
    facts: ClaimFacts,
    evidence: Sequence[EvidenceFacts],
    sources: Mapping[int, SourceReading],
    decided: Mapping[int, Decided],
    search: SearchReading | None,
    reader: Reader,
) -> ClaimReading:
    published, is_published = _published(facts, reader)
    status = _STATUSES[facts.status]
    asserters = tuple(
        [
            AsserterReading(name_reading(link.entity, reader), link.description)
            for link in facts.asserters or ()
        ]
    )
    quotes = tuple(
        [
            EvidenceReading(
                _STANCES[one.stance], reading_of_quote(one.quote, sources[one.source.id])
            )
            for one in evidence
        ]
    )
    support = support_of_evidence(evidence, sources)
    premises, formula = _premises(facts.premises or (), reader)
    conflicts = tuple([conflict_reading(one, decided) for one in facts.conflicts or ()])
    former_conflicts = tuple(
        [
            FormerConflictReading(conflict_reading(one.conflict, decided), one.is_closed)
            for one in facts.former_conflicts or ()
        ]
    )
    retracted_reason = facts.retracted_reason or ""
    return ClaimReading(
        facts.id,
        facts.claim,
        facts.number,
        facts.uuid,
        "retracted" if facts.retracted_at else "published" if is_published else status,
        status,
        is_published,
        published,
        facts.retracted_at,
        retracted_reason,
        attribution_of(asserters, quotes),
        asserters,
        _MODES[facts.mode],
        facts.asserted_on,
        facts.statement,
        facts.language,
        name_reading(facts.subject, reader),
        facts.property,
        facts.aspect,
        facts.basis,
        value_reading(facts, reader),
        PeriodReading(facts.period, facts.period_start, facts.period_before)
        if facts.has_period
        else None,
        premises,
        formula,
        facts.topics or (),
        quotes,
        support,
        conflicts,
        former_conflicts,
        search,
        notices_of(
            claim=facts.claim,
            is_unreviewed=status in _UNREVIEWED,
            retracted=(facts.retracted_at, retracted_reason) if facts.retracted_at else None,
            taken_off=(facts.taken_off_at, facts.taken_off_reason or "")
            if facts.taken_off_at
            else None,
            evidence=quotes,
            is_supported=bool(support.groups),
            premises=premises,
            conflicts=conflicts,
            former_conflicts=former_conflicts,
            search=search,
            flags=[(FlagKind(flag.kind), flag.cause) for flag in facts.flags or ()],
        ),
        facts.recorded_at,
        facts.content_hash,
    )


def _published(
    facts: ClaimFacts, reader: Reader
) -> tuple[tuple[datetime, datetime | None] | None, bool]:
    """When readers saw a version, and whether they do now.

    An end to come is the beginning of a version that is not published yet: for the desk only.
    """
    start, end = facts.published, facts.published_end
    if start is None:
        return None, False
    is_to_come = end is not None and end > reader.at
    is_published = start <= reader.at and (end is None or is_to_come)
    return (start, None if is_to_come and not reader.is_staff else end), is_published


def _premises(
    facts: Sequence[PremiseFacts], reader: Reader
) -> tuple[tuple[PremiseReading, ...], str]:
    """The premises, and the formula, which names them all: only where all of them are shown."""
    if not facts:
        return (), ""
    shown = [reader.is_staff or one.is_public for one in facts]
    formulas = [one.formula if all(shown) else "" for one in facts]
    premises = tuple(
        PremiseReading(one.claim, one.number, one.statement, formula, one.is_current)
        if is_shown
        else PremiseReading(None, None, None, formula, one.is_current)
        for one, is_shown, formula in zip(facts, shown, formulas, strict=True)
    )
    return premises, next((formula for formula in formulas if formula), "")


def audience_of(reader: Reader) -> Audience:
    """The audience whose conflicts the reader is told of."""
    return Audience.STAFF if reader.is_staff else Audience.PUBLIC


def conflict_reading(facts: ConflictFacts, decided: Mapping[int, Decided]) -> ConflictReading:
    """The conflict with the decision in which it stands; `decided` is by the record's id."""
    decision = decided.get(facts.id)
    return ConflictReading(
        facts.id,
        facts.number,
        _KINDS[facts.kind],
        _STRENGTHS[facts.strength],
        _CONFLICT_STATUSES[facts.status],
        facts.same_source,
        facts.question,
        facts.opened_at,
        decision,
        decision_text(decision),
    )


def _decided(facts: Sequence[ClaimFacts], reader: Reader) -> dict[int, Decided]:
    """The decisions in which the conflicts of all these claims stand, by the record's id."""
    conflicts = {
        one.id
        for claim in facts
        for one in claim.conflicts or ()
        if one.status != ConflictStatus.OPEN
    }
    conflicts.update(one.conflict.id for claim in facts for one in claim.former_conflicts or ())
    return decisions_of(conflicts, audience_of(reader), reader.at)
