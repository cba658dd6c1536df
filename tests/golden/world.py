"""A small base with some of everything, made by actions under a clock that stands still.

Whatever is made here has a key, a name or a statement of its own, so that two builds give the same
answers, but for what chance makes: the UUIDs of claims, and salts and so hashes of their versions.
In a fresh database the numbers of rows are the same, too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from claims.actions.absence.dismissals import dismiss_hit
from claims.actions.claims.entry import Tie, revise, withdraw
from claims.actions.claims.publication import HOLD, NOW, When, retract, take_off
from claims.actions.claims.review import JudgementGiven, decide
from claims.actions.conflicts.decisions import decide_conflict, lapse_editorial, open_editorial
from claims.actions.conflicts.detection import detect_at_the_end
from claims.domain.absence.absence_search import TermLocation
from claims.domain.content import Absence, Content, Described, PremiseGiven, Term
from claims.models import Conflict, Version
from claims.vocabulary import ConflictStatus, Decision
from sources.actions.captures.capture import capture
from sources.models import Excerpt
from sources.readings.reader import Reader
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.absences import last, scope_of
from tests.claims.worlds import last_decision, later
from tests.factories import TODAY
from tests.golden import library as books
from tests.golden.clock import Clock
from tests.worker import work

# The day on which the world is read. Publications after it are to come.
READ_AT = later(30)
TO_COME = later(60)


@dataclass
class World:
    """The library, and the claims by a name: the version of each that was made last."""

    library: books.Library
    claims: dict[str, Version] = field(default_factory=dict)

    def say(
        self,
        name: str,
        *quotes: Tie | Excerpt | tuple[str, str],
        at: datetime = TODAY,
        submit_it: bool = True,
        **fields: Any,
    ) -> Version:
        """Submit a claim on these quotes; a pair is the key of a source and words of it."""
        topics = [self.library.topics[key] for key in fields.pop("topics", ["trade"])]
        fields.setdefault("statement", f"{name.capitalize()} is stated.")
        self.claims[name] = make.submitted(
            evidence=self.ties(quotes),
            topics=topics,
            at=at,
            submit_it=submit_it,
            **fields,
        )
        return self.claims[name]

    def publish(self, name: str, *quotes: Any, publish_at: When = NOW, **fields: Any) -> Version:
        """The same, approved and published."""
        return self.approve(self.say(name, *quotes, **fields), publish_at=publish_at)

    def approve(self, version: Version, publish_at: When = NOW, credibility: int = 2) -> Version:
        """Approve a version, each quote with a credibility; what is in doubt is confirmed."""
        evidence = list(version.evidence.select_related("excerpt__source"))
        editor, administrator = map(make.somebody, (Role.EDITOR, Role.ADMINISTRATOR))
        reader = Reader(editor, version.recorded_at)
        may_read = all(reader.knows(piece.excerpt.source) for piece in evidence)
        confirmed = make.confirming(*(piece.excerpt_id for piece in evidence))
        decide(
            version=version,
            decision=Decision.APPROVE,
            by=editor if may_read else administrator,
            at=version.recorded_at,
            content_hash=version.content_hash,
            note="The archived texts were read.",
            judgements={
                piece.pk: JudgementGiven(
                    makes_claim=True,
                    credibility=credibility,
                    confirmed=confirmed.get(piece.excerpt_id, ()),
                )
                for piece in evidence
            },
            publish_at=publish_at,
        )
        version.refresh_from_db()
        return version

    def ties(self, quotes: Iterable[Tie | Excerpt | tuple[str, str]]) -> list[Tie]:
        """The quotes as evidence."""
        ties = []
        for one in quotes:
            quoted = self.library.quote(*one) if isinstance(one, tuple) else one
            ties.append(quoted if isinstance(quoted, Tie) else Tie(quoted))
        return ties

    def next_version(
        self, name: str, *, at: datetime, submit_it: bool = True, **fields: Any
    ) -> Version:
        """The next version of a claim, with the same evidence."""
        before = self.claims[name]
        fields.setdefault("statement", f"{name.capitalize()} is stated anew.")
        self.claims[name] = revise(
            claim=before.claim,
            content=Content(**fields),
            evidence=[
                Tie(piece.excerpt, piece.stance)
                for piece in before.evidence.select_related("excerpt__source").order_by("pk")
            ],
            by=make.somebody(Role.CONTRIBUTOR),
            at=at,
            seen=before.number,
            change_note="Said more exactly.",
            submit_it=submit_it,
        )
        return self.claims[name]

    def share(self, name: str, region: int, value: str, **fields: Any) -> Version:
        """A published claim on the share of a region, whose values exclude each other."""
        words = {"9%": "The share was 9%.", "20%": "The share was 20%.", "30%": "The share was 30%"}
        return self.publish(
            name,
            *fields.pop("quotes", [("survey", words[value])]),
            statement=f"The share of region {region} was {value}.",
            subject=f"region-{region}",
            property="share",
            value=value,
            period="2025",
            **fields,
        )


def build(clock: Clock) -> World:
    """The world as it is when it is read; the clock goes on meanwhile."""
    clock.at = TODAY
    world = World(books.build())
    with detect_at_the_end(now=lambda: clock.at):
        add_statements(world)
        add_trade(world)
    open_questions(world)
    add_decided(world)
    with detect_at_the_end(now=lambda: clock.at):
        add_premises(world)
        add_confidential(world)
        add_evidence(world)
        add_reviewed(world)
    add_absences(world)
    clock.at = later(1)
    books.change(world.library)
    add_changed(world)
    clock.at = READ_AT
    return world


def add_statements(world: World) -> None:
    """A bare statement, and a value of each kind."""
    quotes = world.library.quotes
    world.publish("plain", quotes["exact"], statement="The summit was held in Kazan.")
    world.publish("alike", quotes["exact"], statement="The summit was not held in Kazan.")
    world.publish("russian", quotes["exact"], statement="Саммит прошёл в Казани.", language="ru")
    union: dict[str, Any] = {"subject": "union", "topics": ["archive"]}
    date = ("survey", "The union was founded in 1951.")
    world.publish("date", date, property="founded", value="1951", **union)
    world.publish("truth", date, property="has-members", value="true", **union)
    world.publish("text", date, property="motto", value="United", **union)
    world.publish(
        "entity",
        ("survey", "He heads the ministry."),
        subject="ministry",
        property="head",
        value="minister",
        topics=["exports", "archive"],
    )


def add_trade(world: World) -> None:
    """An open conflict with chains of asserters, another basis, and what only some expect."""
    trade: dict[str, Any] = {
        "subject": "china",
        "property": "trade-change",
        "period": "2025",
        "topics": ["trade", "exports"],
    }
    memo = Tie(world.library.quotes["memo"], stance="context")
    world.publish(
        "fall",
        ("yearbook", "Trade fell by about 9% in 2025"),
        memo,
        statement="Trade fell by about 9% in 2025.",
        value="-9%",
        as_written="about 9%",
        approximate=True,
        asserted_by=("agency", Described("a senior official"), "ministry"),
        asserted_on="2025-05-07",
        mode="estimated",
        **trade,
    )
    world.publish(
        "rise",
        ("survey", "By our count trade grew by 3% in 2025."),
        statement="Trade rose by 3% in 2025.",
        value="3%",
        asserted_by=("secret-memo-document",),
        **trade,
    )
    gross = ("yearbook", "Exports grew by 3%.")
    world.publish("gross", gross, value="12%", basis="gross", **trade)
    world.publish(
        "expected", gross, value="4%", mode="expected", asserted_by=("ministry",), **trade
    )


def open_questions(world: World) -> None:
    """Two editorial conflicts, of which an editor let one lapse."""
    by = make.somebody(Role.EDITOR)
    plain, gross, russian = (world.claims[name].claim for name in ("plain", "gross", "russian"))
    question = "Did the summit change the trade?"
    open_editorial(claims=[plain, gross], question=question, by=by, at=TODAY)
    question = "Is it the same summit?"
    dropped = open_editorial(claims=[plain, russian], question=question, by=by, at=TODAY)
    lapse_editorial(conflict=dropped, by=by, at=TODAY, note="It is.")


def decided(world: World, *names: str, status: ConflictStatus, stands: str = "") -> None:
    """An editor decides on the conflict of these claims."""
    claims = {world.claims[name].claim_id for name in names}
    (conflict,) = Conflict.objects.live().filter(members__claim=min(claims)).distinct()
    members = list(conflict.members.open().order_by("claim"))
    decide_conflict(
        conflict=conflict,
        status=status,
        note=f"Both texts were read: {status}.",
        by=make.somebody(Role.EDITOR),
        at=later(1),
        seen_versions=[version for member in members for version in member.versions],
        seen_decision=last_decision(conflict),
        standing_claims=[world.claims[stands].claim_id] if stands else [],
        difference="scope" if status == ConflictStatus.RECONCILED else "",
    )


def add_decided(world: World) -> None:
    """A conflict that ended in each way; some claims of decided ones are retracted or taken off."""
    by = make.somebody(Role.EDITOR)
    world.share("confirmed", 1, "9%")
    world.share("confirmed too", 1, "20%")
    decided(world, "confirmed", status=ConflictStatus.CONFIRMED)
    world.share("upheld", 2, "9%")
    world.share("refuted", 2, "20%")
    world.share("refuted too", 2, "30%")
    decided(world, "upheld", status=ConflictStatus.RESOLVED, stands="upheld")
    world.share("all of it", 3, "9%")
    world.share("a part of it", 3, "20%")
    decided(world, "all of it", status=ConflictStatus.RECONCILED)
    world.share("one word", 4, "9%")
    world.share("another word", 4, "20%")
    decided(world, "one word", status=ConflictStatus.IRREDUCIBLE)
    world.share("left", 5, "9%")
    world.share("retracted", 5, "20%")
    decided(world, "left", status=ConflictStatus.RESOLVED, stands="left")
    retract(claim=world.claims["retracted"].claim, reason="A slip.", by=by, at=later(1))
    world.share("alone", 6, "9%")
    world.share("taken off", 6, "20%")
    decided(world, "alone", status=ConflictStatus.CONFIRMED)
    take_off(claim=world.claims["taken off"].claim, reason="It harms.", by=by, at=later(1))
    world.share("public side", 7, "9%")
    world.say(
        "desk side",
        ("survey", "The share was 20%."),
        statement="The share of region 7 was 20%.",
        subject="region-7",
        property="share",
        value="20%",
        period="2025",
    )


def add_premises(world: World) -> None:
    """A computed claim, and claims whose premise was retracted, taken off or is a draft."""
    by = make.somebody(Role.EDITOR)
    volume: dict[str, Any] = {"subject": "china", "property": "trade-volume"}
    before = world.publish(
        "before",
        ("yearbook", "The trade was worth 240 billion."),
        value="240..245",
        period="2024",
        **volume,
    )
    after = world.publish(
        "after",
        ("yearbook", "A year later the trade was worth 218 billion."),
        value="216..220",
        period="2023",
        **volume,
    )
    world.publish(
        "computed",
        subject="china",
        property="share",
        period="2024",
        premises=(
            PremiseGiven(before.ref, before.content_hash),
            PremiseGiven(
                after.ref, after.content_hash, f"change({after.claim.ref}, {before.claim.ref})"
            ),
        ),
    )
    ends: dict[str, Callable[..., Any]] = {"retracted premise": retract, "hidden premise": take_off}
    for name, end in ends.items():
        premise = world.publish(name, ("notes", "It rained. It snowed"))
        given = PremiseGiven(premise.ref, premise.content_hash)
        world.publish(f"on the {name}", premises=(given,))
        end(claim=premise.claim, reason="It was wrong.", by=by, at=later(1))
    waiting = world.say("waiting premise", ("notes", "It rained. It snowed"))
    given = PremiseGiven(waiting.ref, waiting.content_hash)
    world.say("on the waiting premise", ("notes", "at the end of the day"), premises=(given,))


def add_confidential(world: World) -> None:
    """Claims on, about and by sources that not everybody may know."""
    quotes = world.library.quotes
    world.publish("on the memo", quotes["memo"], asserted_by=("secret-memo-document",))
    world.publish(
        "about the memo",
        quotes["exact"],
        subject="secret-memo-document",
        property="motto",
        value="Hush",
    )
    world.publish(
        "of the memo",
        quotes["exact"],
        subject="agency",
        property="head",
        value="secret-memo-document",
    )
    world.publish("on the talk", quotes["talk"], asserted_by=(Described("a person we met"),))
    world.publish("on the other talk", quotes["other-talk"], Tie(quotes["memo"], stance="context"))


def add_evidence(world: World) -> None:
    """Evidence of every kind: origins, stances, grades, withheld words, every standing."""
    quotes, sources = world.library.quotes, world.library.sources
    copies = [(key, "It fell, the agency said.") for key in ("daily", "weekly")]
    world.publish("copies", *copies, quotes["memo"])
    own = world.library.quote("weekly", "More inside.")
    world.publish("own origin", Tie(own, own_origin=sources["yearbook"]), copies[0])
    refuting = Tie(world.library.quote("survey", "The union has no members."), stance="refutes")
    world.publish("refuted by a quote", quotes["exact"], refuting, topics=["archive"])
    world.publish("translated", quotes["translated"], quotes["folded"], quotes["elided"])
    world.publish("unlocated", quotes["unlocated"])
    world.publish("chosen place", quotes["chosen"])
    world.publish("withheld", quotes["withheld"])
    for standing in books.STANDINGS:
        world.publish(f"on {standing}", quotes[standing], topics=["archive"])
    world.publish("on retracted and sound", quotes["retracted"], quotes["exact"])
    world.say("badly quoted", quotes["missing"], quotes["elsewhere"], quotes["ambiguous"])


def absent(
    world: World,
    name: str,
    term: str,
    subject: str,
    absence: Absence,
    *,
    is_searched: bool = True,
) -> None:
    """A published claim that something is absent.

    Where it `is_searched` not, its search waits, and so does its approval.
    """
    world.say(
        name,
        statement=f"There are no {term} in {subject}.",
        subject=subject,
        property="mentions",
        value="absent",
        absence=absence,
        topics=["archive"],
    )
    if is_searched:
        work()
        make.judged_near_misses(world.claims[name])
        world.approve(world.claims[name])


def add_absences(world: World) -> None:
    """An absence in each state of its search."""

    def among(term: str, series: str) -> Absence:
        return Absence(terms=(Term(term, "en"),), series=series)

    absent(world, "absence holds", "lions", "the-letters", among("lions", "letters"))
    absent(world, "absence partly", "lions", "the-pictures", among("lions", "pictures"))
    absent(world, "absence contradicted", "whales", "the-letters", among("whales", "letters"))
    absent(world, "absence dismissed", "bears", "the-letters", among("bears", "letters"))
    absent(
        world, "absence confidential", "nine percent", "the-papers", among("nine percent", "papers")
    )
    in_scan = Absence(terms=(Term("seals"),), sources=("letter-3",))
    absent(world, "absence unsearched", "seals", "letter-3-document", in_scan)
    in_one = Absence(terms=(Term("tigers"),), sources=("letter-1",), matching="prefix")
    absent(world, "absence outdated", "tigers", "letter-1-document", in_one)
    dismissed = world.claims["absence dismissed"]
    finding = last(dismissed).findings.filter(outcome="present").get()
    dismiss_hit(
        scope=scope_of(dismissed),
        layer=finding.layer_id or 0,
        place=TermLocation(**finding.places[0]),
        reason="A family of that name.",
        by=make.somebody(Role.REVIEWER),
        at=later(1),
    )


def add_reviewed(world: World) -> None:
    """Versions in every state of review and publication."""
    exact = world.library.quotes["exact"]
    planned = ("planned", "The coup is planned for May.")
    world.say("drafted", planned, submit_it=False, topics=["plans"])
    world.say(
        "submitted",
        planned,
        subject="coup",
        property="planned-for",
        value="2025-05",
        topics=["plans"],
    )
    withdraw(version=world.say("withdrawn", exact), by=make.somebody(Role.CONTRIBUTOR), at=TODAY)
    for name, decision in (
        ("to be changed", Decision.REQUEST_CHANGES),
        ("rejected", Decision.REJECT),
    ):
        version = world.say(name, exact)
        decide(
            version=version,
            decision=decision,
            by=make.somebody(Role.REVIEWER),
            at=TODAY,
            content_hash=version.content_hash,
            note="Say where it was held.",
        )
    world.publish("on hold", exact, publish_at=HOLD)
    world.publish("to come", exact, publish_at=TO_COME)
    for name in ("twice", "with a draft", "with a second", "until then"):
        world.publish(name, exact)


def add_changed(world: World) -> None:
    """Later states of claims: second versions, and texts that nobody has searched yet."""
    at = later(1)
    world.approve(world.next_version("twice", at=at))
    world.next_version("with a draft", at=at, submit_it=False)
    world.next_version(
        "with a second",
        at=at,
        subject="region-8",
        property="share",
        value="9%",
        period="2025",
    )
    world.approve(world.next_version("until then", at=at), publish_at=TO_COME)
    work()
    capture(
        source=world.library.sources["letter-1"],
        data=b"There are seals, bears and foxes.",
        file_name="second.txt",
        by=make.somebody(Role.CONTRIBUTOR),
        at=at,
    )
    unread = Absence(terms=(Term("tigers"),), sources=("letter-2",))
    absent(world, "not run", "tigers", "letter-2-document", unread, is_searched=False)
