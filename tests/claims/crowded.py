"""Claims of every kind that a list may hold, as many of each as a test asks for."""

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract, take_off
from claims.actions.conflicts.decisions import decide_conflict, open_editorial
from claims.domain.content import Absence, Content, Term
from claims.models import Conflict, Property, Topic, Version
from claims.vocabulary import ConflictStatus
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Capture, Excerpt
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY
from tests.worker import work

# How each kind of conflict is decided.
DECISIONS = {
    "value": ConflictStatus.RESOLVED,
    "stance": ConflictStatus.CONFIRMED,
    "absence": ConflictStatus.IRREDUCIBLE,
    "editorial": ConflictStatus.RECONCILED,
}


def add_row(topic: Topic) -> Version:
    """One of everything under a topic, published; returns one side of a decided conflict.

    A decided conflict of each kind, quotes that were withheld, quotes of a confidential source, a
    retracted claim and one that was taken off the public pages.
    """
    quotes = [make.excerpt() for _number in range(3)]
    one, other = _two_values(topic, quotes[0])
    refuted = make.published(
        topics=[topic], evidence=[Tie(quotes[1]), Tie(make.excerpt(), stance="refutes")]
    )
    _absence(topic)
    by = make.somebody(Role.EDITOR)
    open_editorial(claims=[other.claim, refuted.claim], question="Do both hold?", by=by, at=TODAY)
    _decide_open_conflicts()
    retracted = make.published(topics=[topic], evidence=[Tie(quotes[2])])
    retract(claim=retracted.claim, reason="It was a mistake.", by=by, at=TODAY)
    hidden = make.published(topics=[topic])
    take_off(claim=hidden.claim, reason="It names a person.", by=by, at=TODAY)
    gone = make.source(f"Nobody reads {one.claim.ref} here.")
    withhold(*quotes, Capture.objects.get(source=gone))
    one.refresh_from_db()
    return one


def _two_values(topic: Topic, quote: Excerpt) -> list[Version]:
    """Two published claims that disagree; the first rests on the quote and on a secret one."""
    secret = make.source(
        "It was said between us.",
        access=Access.STAFF,
        public_descriptor=f"A paper seen by the desk, {topic.name}",
    )
    hidden = make.excerpt("It was said between us", of=secret)
    subject, measure = make.entity(), make.number_property()
    return [
        make.published(
            statement=f"The share of {subject.label} is {value}.",
            subject=subject.key,
            property=measure.key,
            value=value,
            period="2025",
            topics=[topic],
            evidence=evidence,
        )
        for value, evidence in (
            ("9%", [Tie(quote), Tie(hidden, stance="context")]),
            ("20%", [Tie(make.excerpt()), Tie(hidden, stance="context")]),
        )
    ]


def _absence(topic: Topic) -> None:
    """A published claim that a paper does not name whales, which it does."""
    paper = make.source("There are whales.")
    document = make.entity(kind="document", source=paper)
    mentions = Property.objects.filter(key="mentions").first()
    prop = mentions or make.value_property("presence", "mentions")
    said = Content(
        statement=f"{document.label} names no whales.",
        subject=document.key,
        property=prop.key,
        value="absent",
        absence=Absence(
            terms=(Term("whales"),), matching="words", series=None, sources=(paper.key,)
        ),
    )
    version = make.submitted(said, evidence=[], topics=[topic])
    work()
    make.approved(version)


def _decide_open_conflicts() -> None:
    """Decide on each of these kinds."""
    undecided = Conflict.objects.filter(status=ConflictStatus.OPEN, kind__in=DECISIONS)
    for conflict in undecided:
        members = list(conflict.members.open().order_by("claim"))
        status = DECISIONS[conflict.kind]
        decide_conflict(
            conflict=conflict,
            status=status,
            note="Both were read.",
            by=make.somebody(Role.EDITOR),
            at=TODAY,
            seen_versions=[version for member in members for version in member.versions],
            seen_decision=say.last_decision(conflict),
            standing_claims=[members[0].claim_id] if status == ConflictStatus.RESOLVED else [],
            difference="scope" if status == ConflictStatus.RECONCILED else "",
        )


def withhold(*rows: Excerpt | Capture) -> None:
    """Withhold quotes and files, as two people do."""
    by = make.somebody(Role.ADMINISTRATOR)
    for row in rows:
        (asked,) = ask_to_withhold(targets=[row], reason="A court.", by=by, at=TODAY)
        carry_out(request=asked, by=make.somebody(Role.EDITOR), at=TODAY)
