"""States of a claim or of its source, each made by actions, and apart from all others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract, take_off
from claims.actions.conflicts.decisions import decide_conflict
from claims.domain.content import Absence, Content, PremiseGiven, Term
from claims.models import Conflict, Topic, Version
from claims.readings.decisions import decision_text, decisions_of
from claims.vocabulary import Audience, ConflictStatus, NoticeCode
from factbase.models import User
from sources.actions.captures.capture import capture
from sources.actions.standing import set_standing
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Excerpt, Source
from sources.readings.standing import standing_of
from sources.vocabulary import Access, Grade, Role, Standing
from tests import factories as make
from tests.claims.worlds import last_decision
from tests.factories import TODAY
from tests.worker import work

WORDS = "The share was measured at nine percent."
TITLE = "Yearbook of the ministry"
DESCRIPTOR = "A paper seen by the desk"
REASON = "It was found out later."
# What nobody may read who does not belong to the desk.
HIDDEN_WORDS = "The minister wrote down nine percent by hand."
HIDDEN_TITLE = "Diary of the minister"
HIDDEN_REASON = "The handwriting was forged."
WITHHELD_WORDS = "The witness told of nine percent in confidence."


@dataclass
class Case:
    """A claim in a state, alone under its topic, with its source and quote, and its conflict.

    `word` stands in its statement and in the title of its source, and nowhere else.
    """

    version: Version
    source: Source
    word: str
    excerpt: Excerpt | None = None
    conflict: Conflict | None = None

    @property
    def ref(self) -> str:
        """The reference of the claim."""
        return str(self.version.claim.ref)

    @property
    def topic(self) -> str:
        """The key of the topic that it is filed under."""
        return str(self.version.claim.topics.get().key)

    @property
    def edition(self) -> str:
        """The key of the fact sheet of which an edition was issued before the state came."""
        return f"early-{self.word}".lower()


def _nothing_comes(_case: Case) -> None:
    """Leave the case as it begins."""


@dataclass(frozen=True)
class State:
    """A state, and where it can be told.

    `begin` makes the case as it was before, `come` what brings the state. `code` is that of the
    notice that the claim has by it, None where there is none. `of_source` says that it is one of
    the source, so that doors which show sources and quotes without a claim say it, too. Only the
    desk is told of what is `for_desk`. `edition` is the sentence of an edition that was issued
    before, None where it says nothing. `grade` is that of a quote which is not verified.
    """

    begin: Callable[[], Case]
    code: NoticeCode | None
    come: Callable[[Case], object] = _nothing_comes
    of_source: bool = False
    for_desk: bool = False
    edition: Callable[[Case], str] | None = None
    grade: Grade | None = None


def word() -> str:
    """A word of which there is no other, and that no other begins with."""
    return f"R{next(make.numbers):05}"


def topic() -> Topic:
    """The topic that a case is filed under."""
    return make.topic(f"Matter {next(make.numbers)}")


def editor() -> User:
    """Who decides."""
    return make.somebody(Role.EDITOR)


def source(name: str, words: str = WORDS, title: str = TITLE, **access: Any) -> Source:
    """The source of a case."""
    return make.source(
        f"Before it. {words} After it.",
        key=f"yearbook-{name}".lower(),
        title=f"{title} {name}",
        publisher="Ministry",
        **access,
    )


def claim(*evidence: Tie, is_published: bool = True, **fields: Any) -> Version:
    """A claim under a topic of its own."""
    version = make.submitted(evidence=list(evidence), topics=[topic()], **fields)
    return make.approved(version, note="It was read.") if is_published else version


def alone(words: str = WORDS, *, is_published: bool = True, **fields: Any) -> Case:
    """A claim on one quote that nothing contradicts."""
    name = word()
    told = source(name)
    quote = make.excerpt(words, of=told)
    fields.setdefault("statement", f"The share of {name} was measured.")
    stance = fields.pop("stance", "supports")
    version = claim(Tie(quote, stance=stance), is_published=is_published, **fields)
    return Case(version, told, name, quote)


def unlocated() -> Case:
    """A claim on words of a source of which no text is kept."""
    name = word()
    told = make.source(key=f"yearbook-{name}".lower(), title=f"{TITLE} {name}")
    quote = make.excerpt(WORDS, of=told)
    version = claim(Tie(quote), statement=f"The share of {name} was measured.")
    return Case(version, told, name, quote)


def share(words: str = WORDS, title: str = TITLE, **access: Any) -> Case:
    """A published claim with a value."""
    name = word()
    make.entity(name.lower(), label=f"Region {name}")
    make.number_property(f"share-{name}".lower())
    told = source(name, words, title, **access)
    quote = make.excerpt(words, of=told)
    statement = f"The share of {name} was measured at 9 %."
    return Case(
        claim(Tie(quote), statement=statement, value="9%", **question(name)), told, name, quote
    )


def question(name: str) -> dict[str, Any]:
    """The question that the claims of a case, and against it, answer."""
    return {"subject": name.lower(), "property": f"share-{name}".lower(), "period": "2025"}


def oppose(case: Case) -> Case:
    """Publish what contradicts the case; it is not under its topic, so that lists hold it alone."""
    make.published(
        statement="The share was counted at 20 %.",
        value="20%",
        evidence=[Tie(make.excerpt("By our count it is 20 %."))],
        **question(case.word),
    )
    case.conflict = Conflict.objects.get(members__claim=case.version.claim)
    return case


def shares(*given: str, **access: Any) -> Case:
    """Two published claims that disagree; the first is that of the case."""
    return oppose(share(*given, **access))


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


def settled(*given: str, **access: Any) -> Case:
    """A claim for which it was decided: any other notice is graver than that."""
    return decided(shares(*given, **access), ConflictStatus.RESOLVED)


def decide_as(status: ConflictStatus, *, for_case: bool = True) -> Callable[[Case], object]:
    """A decision that comes."""
    return lambda case: decided(case, status, for_case=for_case)


def comes(standing: Standing, reason: str = REASON) -> Callable[[Case], object]:
    """A standing that the source comes to."""
    return lambda case: set_standing(
        source=case.source,
        standing=standing,
        on=date(2025, 5, 30),
        reason=reason,
        by=editor(),
        at=TODAY,
    )


def take_back(case: Case) -> None:
    """Retract the claim."""
    retract(claim=case.version.claim, reason=REASON, by=editor(), at=TODAY)


def remove(case: Case) -> None:
    """Take the claim off the public pages."""
    take_off(claim=case.version.claim, reason=REASON, by=editor(), at=TODAY)


def withhold(case: Case) -> None:
    """Withhold the words of the quote."""
    assert case.excerpt is not None
    (asked,) = ask_to_withhold(
        targets=[case.excerpt], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=TODAY
    )
    carry_out(request=asked, by=editor(), at=TODAY)


def confidential() -> Case:
    """A claim on a source that the public does not know."""
    return settled(HIDDEN_WORDS, HIDDEN_TITLE, access=Access.STAFF, public_descriptor=DESCRIPTOR)


def on_premise() -> Case:
    """A claim on another one."""
    premise = make.published(evidence=[Tie(make.excerpt("It is so."))])
    return alone(premises=(PremiseGiven(premise.ref, premise.content_hash),))


def premise_of(case: Case) -> Version:
    """The version that the claim rests on."""
    premise: Version = case.version.premises.get().rests_on
    return premise


def retract_premise(case: Case) -> None:
    """Retract what the claim rests on."""
    retract(claim=premise_of(case).claim, reason=REASON, by=editor(), at=TODAY)


def load_other_text(case: Case) -> None:
    """Capture the source again, with a text that has no quote of it."""
    capture(
        source=case.source,
        data=b"There are bears.",
        file_name="b.txt",
        by=make.somebody(Role.CONTRIBUTOR),
        at=TODAY,
    )


def load_text_that_comes_close(case: Case) -> None:
    """Capture the source again, with a word that nobody has judged yet, and search it."""
    capture(
        source=case.source,
        data=b"There is a whale.",
        file_name="c.txt",
        by=make.somebody(Role.CONTRIBUTOR),
        at=TODAY,
    )
    work()


def drift(case: Case) -> None:
    """Grade the quote in a later text that does not have it."""
    load_other_text(case)
    work()


def absence(*texts: str, is_searched: bool = True) -> Case:
    """A claim that whales are absent from sources, each with a text or with none.

    One that was not searched is not approved either.
    """
    name = word()
    sources = [
        make.source(text, key=f"letter-{number}-{name}".lower())
        for number, text in enumerate(texts)
    ]
    make.entity(name.lower(), kind="document", label=f"Letters {name}", source=sources[0])
    make.value_property("presence", f"mentions-{name}".lower())
    content = Content(
        statement=f"The letters of {name} have no whales.",
        subject=name.lower(),
        property=f"mentions-{name}".lower(),
        value="absent",
        absence=Absence(terms=(Term("whales"),), sources=tuple(one.key for one in sources)),
    )
    version = make.submitted(content, evidence=[], topics=[topic()])
    if is_searched:
        work()
        version = make.approved(version)
    conflict = Conflict.objects.filter(members__claim=version.claim).first()
    return Case(version, sources[0], name, conflict=conflict)


def retract_opponent(case: Case) -> None:
    """Retract the claim against it."""
    assert case.conflict is not None
    other = case.conflict.members.exclude(claim=case.version.claim_id).get().claim
    retract(claim=other, reason=REASON, by=editor(), at=TODAY)


def standing_of_it(case: Case) -> str:
    """The sentence of the standing that its source came to, for the public."""
    standing = standing_of(case.source, is_known=not case.source.is_confidential)
    assert standing is not None
    return standing.sentence


def decision_on_it(case: Case) -> str:
    """The decision on its conflict."""
    assert case.conflict is not None
    decided_on = decisions_of([case.conflict.pk], Audience.STAFF, TODAY)
    return decision_text(decided_on[case.conflict.pk])


def of_source(standing: Standing, code: NoticeCode) -> State:
    """A state of the source of a claim that was upheld."""
    return State(settled, code, comes(standing), of_source=True, edition=standing_of_it)


STATES = {
    "corrected": of_source(Standing.CORRECTED, NoticeCode.SOURCE_CORRECTED),
    "of concern": of_source(Standing.CONCERN, NoticeCode.SOURCE_OF_CONCERN),
    "superseded": of_source(Standing.SUPERSEDED, NoticeCode.SOURCE_SUPERSEDED),
    "source retracted": of_source(Standing.RETRACTED, NoticeCode.SOURCE_RETRACTED),
    "source withdrawn": of_source(Standing.WITHDRAWN, NoticeCode.SOURCE_WITHDRAWN),
    "without support": State(
        alone, NoticeCode.UNSUPPORTED, comes(Standing.WITHDRAWN), edition=standing_of_it
    ),
    "disputed": State(
        share,
        NoticeCode.DISPUTED,
        oppose,
        edition=lambda case: "It does not show that its claims are disputed",
    ),
    "confirmed": State(shares, NoticeCode.DISPUTED, decide_as(ConflictStatus.CONFIRMED)),
    "irreducible": State(shares, NoticeCode.DISPUTED, decide_as(ConflictStatus.IRREDUCIBLE)),
    "decided for": State(
        shares, NoticeCode.UPHELD, decide_as(ConflictStatus.RESOLVED), edition=decision_on_it
    ),
    "decided against": State(
        shares,
        NoticeCode.DOES_NOT_STAND,
        decide_as(ConflictStatus.RESOLVED, for_case=False),
        edition=decision_on_it,
    ),
    "conflict ended": State(
        lambda: decided(shares(), ConflictStatus.IRREDUCIBLE),
        NoticeCode.CONFLICT_ENDED,
        retract_opponent,
    ),
    "retracted": State(
        settled,
        NoticeCode.RETRACTED,
        take_back,
        edition=lambda case: f"{case.ref} was retracted on 1 June 2025: {REASON}",
    ),
    "taken off": State(
        settled,
        NoticeCode.TAKEN_OFF,
        remove,
        for_desk=True,
        edition=lambda case: f"{case.ref} was taken off the public pages.",
    ),
    "unreviewed": State(lambda: alone(is_published=False), NoticeCode.UNREVIEWED, for_desk=True),
    "unsupported": State(
        lambda: alone(is_published=False, stance="context"), NoticeCode.UNSUPPORTED, for_desk=True
    ),
    "premise gone": State(
        on_premise,
        NoticeCode.PREMISE_GONE,
        retract_premise,
        edition=lambda case: f"{case.ref}: Rests on {premise_of(case).ref}, which no longer",
    ),
    "flagged": State(settled, NoticeCode.FLAGGED, drift, for_desk=True),
    "unsearched": State(lambda: absence(""), NoticeCode.UNSEARCHED),
    "outdated": State(
        lambda: absence("There are seals."),
        NoticeCode.UNSEARCHED,
        load_other_text,
        edition=lambda case: f"{case.ref}: To be searched again:",
    ),
    "not run": State(
        lambda: absence("There are seals.", is_searched=False), NoticeCode.UNSEARCHED, for_desk=True
    ),
    "unanswered": State(
        lambda: absence("There are seals."),
        NoticeCode.UNANSWERED,
        load_text_that_comes_close,
        edition=lambda case: f"{case.ref}: No term was found, and it is not yet said to be absent.",
    ),
    "searched in part": State(lambda: absence("There are seals.", ""), NoticeCode.SEARCHED_IN_PART),
    "found": State(lambda: absence("There are whales."), NoticeCode.FOUND),
    "withheld": State(
        lambda: settled(WITHHELD_WORDS),
        NoticeCode.WORDS_WITHHELD,
        withhold,
        edition=lambda case: f"Words of a quote of {case.ref} were withheld on 1 June 2025.",
    ),
    "confidential": State(confidential, None),
    "confidential, source retracted": State(
        confidential,
        NoticeCode.SOURCE_RETRACTED,
        comes(Standing.RETRACTED, HIDDEN_REASON),
        of_source=True,
        edition=standing_of_it,
    ),
}
STATES |= {
    "quote not located": State(unlocated, None, grade=Grade.UNLOCATED),
    "quote missing": State(alone, None, drift, grade=Grade.MISSING),
}
# Their searches wait: no work may be done after them.
LAST = ("outdated", "not run")
