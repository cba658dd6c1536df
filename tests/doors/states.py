"""States of a claim or of its source, each made by actions in a small world of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract, take_off
from claims.actions.conflicts.decisions import decide_conflict
from claims.domain.content import Absence, Content, PremiseGiven, Term
from claims.models import Conflict, Topic, Version
from claims.vocabulary import ConflictStatus, NoticeCode
from factbase.models import User
from sources.actions.captures.capture import capture
from sources.actions.standing import set_standing
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Excerpt, Source
from sources.vocabulary import Access, Role, Standing
from tests import factories as make
from tests.claims.worlds import last_decision
from tests.factories import TODAY
from tests.worker import work

WORDS = "The share was measured at nine percent."
TITLE = "Yearbook of the ministry"
DESCRIPTOR = "A paper seen by the desk"
REASON = "It was found out later."


@dataclass
class Case:
    """A claim in a state, alone under its topic, with its source and quote, and its conflict."""

    version: Version
    source: Source
    excerpt: Excerpt | None = None
    conflict: Conflict | None = None

    @property
    def ref(self) -> str:
        """The reference of the claim."""
        return str(self.version.claim.ref)


@dataclass(frozen=True)
class State:
    """A state, and where it can be told.

    `code` is that of the notice that the claim has by it, None where there is none. `of_source`
    says that it is one of the source, so that doors which show sources and quotes without a claim
    say it, too. Only the desk is told of what is `for_desk`.
    """

    build: Callable[[], Case]
    code: NoticeCode | None
    of_source: bool = False
    for_desk: bool = False


def topic() -> Topic:
    """The topic that every case is filed under."""
    return Topic.objects.filter(key="matter").first() or make.topic("Matter")


def editor() -> User:
    """Who decides."""
    return make.somebody(Role.EDITOR)


def source(**access: Any) -> Source:
    """The source of a case."""
    return make.source(
        f"Before it. {WORDS} After it.",
        key="yearbook",
        title=TITLE,
        publisher="Ministry",
        **access,
    )


def claim(*evidence: Tie, is_published: bool = True, **fields: Any) -> Version:
    """A claim under the topic."""
    fields.setdefault("statement", "The share was measured.")
    version = make.submitted(evidence=list(evidence), topics=[topic()], **fields)
    return make.approved(version, note="It was read.") if is_published else version


def shares(**access: Any) -> Case:
    """Two published claims that disagree; the first is that of the case."""
    make.entity("region")
    make.number_property("share")
    told = source(**access)
    quote = make.excerpt(WORDS, of=told)
    question: dict[str, Any] = {"subject": "region", "property": "share", "period": "2025"}
    one = claim(Tie(quote), statement="The share was measured at 9 %.", value="9%", **question)
    # The other one is not under the topic, so that lists of it hold the case alone.
    make.published(
        statement="The share was counted at 20 %.",
        value="20%",
        evidence=[Tie(make.excerpt("By our count it is 20 %."))],
        **question,
    )
    return Case(one, told, quote, Conflict.objects.get())


def decided(case: Case, status: ConflictStatus, *, for_case: bool = True) -> Case:
    """The case after an editor decided on its conflict, for or against its claim."""
    assert case.conflict is not None
    members = list(case.conflict.members.open())
    claim = case.version.claim_id
    prevailing = [one.claim_id for one in members if (one.claim_id == claim) is for_case]
    decide_conflict(
        conflict=case.conflict,
        status=status,
        note="Both texts were read.",
        by=editor(),
        at=TODAY,
        seen_versions=[version for one in members for version in one.versions],
        seen_decision=last_decision(case.conflict),
        standing_claims=prevailing if status == ConflictStatus.RESOLVED else [],
    )
    case.conflict.refresh_from_db()
    return case


def settled(**access: Any) -> Case:
    """A claim for which it was decided: any other notice is graver than that."""
    return decided(shares(**access), ConflictStatus.RESOLVED)


def on_source_that_is(standing: Standing, **access: Any) -> Case:
    """A claim whose source came to this standing."""
    case = settled(**access)
    stands(case.source, standing)
    return case


def stands(told: Source, standing: Standing) -> None:
    """The source comes to this standing."""
    set_standing(
        source=told, standing=standing, on=date(2025, 5, 30), reason=REASON, by=editor(), at=TODAY
    )


def retracted() -> Case:
    """A claim that the desk took back."""
    case = settled()
    retract(claim=case.version.claim, reason=REASON, by=editor(), at=TODAY)
    return case


def taken_off() -> Case:
    """A claim that an editor took off the public pages."""
    case = settled()
    take_off(claim=case.version.claim, reason=REASON, by=editor(), at=TODAY)
    return case


def withheld() -> Case:
    """A claim on a quote whose words were withheld."""
    case = settled()
    assert case.excerpt is not None
    (asked,) = ask_to_withhold(
        targets=[case.excerpt], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=TODAY
    )
    carry_out(request=asked, by=editor(), at=TODAY)
    return case


def confidential() -> Case:
    """A claim on a source that the public does not know."""
    return settled(access=Access.STAFF, public_descriptor=DESCRIPTOR)


def confidential_and_retracted() -> Case:
    """A claim on a confidential source that was retracted."""
    case = confidential()
    stands(case.source, Standing.RETRACTED)
    return case


def unsupported() -> Case:
    """A claim that waits, and that no quote supports."""
    told = source()
    quote = make.excerpt(WORDS, of=told)
    return Case(claim(Tie(quote, stance="context"), is_published=False), told, quote)


def unreviewed() -> Case:
    """A claim that waits for a second person."""
    told = source()
    quote = make.excerpt(WORDS, of=told)
    return Case(claim(Tie(quote), is_published=False), told, quote)


def without_premise() -> Case:
    """A claim on a premise that was retracted."""
    told = source()
    quote = make.excerpt(WORDS, of=told)
    premise = make.published(evidence=[Tie(make.excerpt("It is so."))])
    given = PremiseGiven(premise.ref, premise.content_hash)
    version = claim(Tie(quote), premises=(given,))
    retract(claim=premise.claim, reason=REASON, by=editor(), at=TODAY)
    return Case(version, told, quote)


def flagged() -> Case:
    """A claim with a quote that a later text does not have."""
    case = settled()
    by = make.somebody(Role.CONTRIBUTOR)
    capture(source=case.source, data=b"It is another text.", file_name="b.txt", by=by, at=TODAY)
    work()
    return case


def absence(*texts: str, is_searched: bool = True) -> Case:
    """A claim that whales are absent from sources, each with a text or with none."""
    sources = [make.source(text, key=f"letter-{number}") for number, text in enumerate(texts)]
    make.entity("letter", kind="document", source=sources[0])
    make.value_property("presence", "mentions")
    content = Content(
        statement="The letters have no whales.",
        subject="letter",
        property="mentions",
        value="absent",
        absence=Absence(terms=(Term("whales"),), sources=tuple(one.key for one in sources)),
    )
    version = make.submitted(content, evidence=[], topics=[topic()])
    if is_searched:
        work()
    version = make.approved(version)
    return Case(version, sources[0], conflict=Conflict.objects.first())


def outdated() -> Case:
    """An absence of which a document has a new text."""
    case = absence("There are seals.")
    by = make.somebody(Role.CONTRIBUTOR)
    capture(source=case.source, data=b"There are bears.", file_name="b.txt", by=by, at=TODAY)
    return case


def ended() -> Case:
    """A claim whose opponent was retracted after the decision on both."""
    case = decided(shares(), ConflictStatus.IRREDUCIBLE)
    assert case.conflict is not None
    other = case.conflict.members.exclude(claim=case.version.claim_id).get().claim
    retract(claim=other, reason=REASON, by=editor(), at=TODAY)
    return case


STATES = {
    "corrected": State(
        lambda: on_source_that_is(Standing.CORRECTED), NoticeCode.SOURCE_CORRECTED, of_source=True
    ),
    "of concern": State(
        lambda: on_source_that_is(Standing.CONCERN), NoticeCode.SOURCE_OF_CONCERN, of_source=True
    ),
    "superseded": State(
        lambda: on_source_that_is(Standing.SUPERSEDED), NoticeCode.SOURCE_SUPERSEDED, of_source=True
    ),
    "source retracted": State(
        lambda: on_source_that_is(Standing.RETRACTED), NoticeCode.SOURCE_RETRACTED, of_source=True
    ),
    "source withdrawn": State(
        lambda: on_source_that_is(Standing.WITHDRAWN), NoticeCode.SOURCE_WITHDRAWN, of_source=True
    ),
    "disputed": State(shares, NoticeCode.DISPUTED),
    "confirmed": State(lambda: decided(shares(), ConflictStatus.CONFIRMED), NoticeCode.DISPUTED),
    "irreducible": State(
        lambda: decided(shares(), ConflictStatus.IRREDUCIBLE), NoticeCode.DISPUTED
    ),
    "decided for": State(settled, NoticeCode.UPHELD),
    "decided against": State(
        lambda: decided(shares(), ConflictStatus.RESOLVED, for_case=False),
        NoticeCode.DOES_NOT_STAND,
    ),
    "conflict ended": State(ended, NoticeCode.CONFLICT_ENDED),
    "retracted": State(retracted, NoticeCode.RETRACTED),
    "taken off": State(taken_off, NoticeCode.TAKEN_OFF, for_desk=True),
    "unreviewed": State(unreviewed, NoticeCode.UNREVIEWED, for_desk=True),
    "unsupported": State(unsupported, NoticeCode.UNSUPPORTED, for_desk=True),
    "premise gone": State(without_premise, NoticeCode.PREMISE_GONE),
    "flagged": State(flagged, NoticeCode.FLAGGED, for_desk=True),
    "unsearched": State(lambda: absence(""), NoticeCode.UNSEARCHED),
    "not run": State(lambda: absence("There are seals.", is_searched=False), NoticeCode.UNSEARCHED),
    "outdated": State(outdated, NoticeCode.UNSEARCHED),
    "searched in part": State(lambda: absence("There are seals.", ""), NoticeCode.SEARCHED_IN_PART),
    "found": State(lambda: absence("There are whales."), NoticeCode.FOUND),
    "withheld": State(withheld, NoticeCode.WORDS_WITHHELD),
    "confidential": State(confidential, None),
    "confidential, source retracted": State(
        confidential_and_retracted, NoticeCode.SOURCE_RETRACTED, of_source=True
    ),
}
