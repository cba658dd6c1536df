"""How conflicts look on the public pages: their sides with lines, quotes and a time line."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from claims.pages.presenters import Line, Quote, findings_of, line_view, quotes_of
from claims.readings.asking import asked_text
from claims.readings.attribution import short_attribution
from claims.readings.claims import ClaimReading
from claims.readings.decisions import claim_decision_text
from claims.readings.notices import Notice
from claims.readings.questions import QuestionReading, read_questions
from claims.readings.sides import SideReading
from claims.readings.support import origins_text
from claims.readings.timeline import Timeline, timeline_of
from claims.vocabulary import ConflictKind
from sources.readings.quote_findings import QuoteFindings
from sources.readings.reader import Reader

# Claims of the other sides that a notice names; the page has them all below.
MAX_OPPOSING = 2


@dataclass(frozen=True)
class Opposing:
    """A claim on another side in a few words: who says what else, or which documents do."""

    who: str
    says: str
    claim: int | None
    language: str


@dataclass(frozen=True)
class Party:
    """A claim as a party to a conflict, with what else a reader is warned of."""

    line: Line
    notices: Sequence[Notice]
    quotes: Sequence[Quote]

    @property
    def search(self) -> str:
        """The state of the search for what is absent, unless a notice says it."""
        said = self.line.words.search
        return "" if any(said == notice.sentence for notice in self.notices) else said


@dataclass(frozen=True)
class Side:
    """One side of a conflict: the value as its claims write it, `compared` where that differs.

    `support` says on how many independent origins its claims rest together; empty where no claim
    takes the side.
    """

    value: str
    compared: str
    period: str
    support: str
    parties: Sequence[Party]


@dataclass(frozen=True)
class Dispute:
    """A conflict with its sides.

    On the page of a claim, `claim` is its number and `stands` says whether it was decided to stand.
    """

    question: QuestionReading
    sides: Sequence[Side]
    timeline: Timeline | None
    claim: int = 0
    stands: str = ""

    @property
    def asked(self) -> str:
        """The conflict as a question."""
        return asked_text(self.question)

    @property
    def opposing(self) -> Sequence[Opposing]:
        """On the page of a claim, the first claims of the other sides."""
        found = []
        for side in self.sides:
            claims = [party.line.claim for party in side.parties]
            if any(one.claim == self.claim for one in claims):
                continue
            found += [
                Opposing(
                    who=short_attribution(party.line.claim),
                    says=party.line.words.written or party.line.claim.statement,
                    claim=party.line.claim.claim,
                    language="" if party.line.words.written else party.line.claim.language,
                )
                for party in side.parties
            ]
            if not side.parties:
                found.append(Opposing("", side.value, None, ""))
        return found[:MAX_OPPOSING]

    @property
    def is_disputing(self) -> bool:
        """Whether it makes its parties disputed, on the page of a claim that claim."""
        is_party = not self.claim or any(self.claim == one.claim for one in self.question.members)
        return is_party and self.question.conflict.status.disputes


def disputes_of(
    records: Collection[int], reader: Reader, *, with_quotes: bool = False, claim: int = 0
) -> list[Dispute]:
    """The public conflicts of these records that still have something to show, read at once.

    Quotes are looked up where they are shown, which is always where they are the sides; `claim` is
    that on whose page they stand.
    """
    questions = [
        question
        for question in read_questions(records, reader)
        if question.parties or question.former
    ]
    quoted = {
        question.conflict.record
        for question in questions
        if with_quotes or question.conflict.kind == ConflictKind.STANCE
    }
    parties = [
        party
        for question in questions
        if question.conflict.record in quoted
        for party in question.parties
    ]
    findings = findings_of(parties, reader)
    return [
        Dispute(
            question=question,
            sides=[
                _side(
                    side,
                    question.conflict.ref,
                    findings if question.conflict.record in quoted else None,
                )
                for side in question.sides
            ],
            timeline=timeline_of(question.sides),
            claim=claim,
            stands=claim_decision_text(question.conflict.decision, claim) if claim else "",
        )
        for question in questions
    ]


def _side(side: SideReading, ref: str, findings: QuoteFindings | None) -> Side:
    parties = [_party(claim, side, ref, findings) for claim in side.claims]
    written = dict.fromkeys(party.line.words.written for party in parties)
    value = side.value if side.stance or not parties else " · ".join(written)
    is_apart = bool(side.value) and value != side.value
    return Side(
        value=value if side.value else "",
        compared=side.value if is_apart else "",
        period=side.period,
        support=origins_text(side.support) if parties else "",
        parties=parties,
    )


def _party(
    claim: ClaimReading, side: SideReading, ref: str, findings: QuoteFindings | None
) -> Party:
    """A claim on a side of the conflict `ref`: with its quotes all notices, else the gravest."""
    quotes: Sequence[Quote] = () if findings is None else quotes_of(claim, findings)
    if side.stance is not None:
        quotes = [quote for quote in quotes if quote.stance == side.stance]
    notices = [notice for notice in claim.notices if notice.reference != ref]
    return Party(line_view(claim), notices[: 1 if findings is None else None], quotes)
