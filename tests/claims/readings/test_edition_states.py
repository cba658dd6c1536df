"""Whether an edition still stands, for each kind of change under it; and what is no change."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from claims.actions.catalogue import revise_entity
from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import retract, take_off
from claims.actions.conflicts.decisions import decide_conflict
from claims.models import Edition, Flag, Version
from claims.readings.editions import EditionReading, read_editions
from claims.vocabulary import ConflictStatus, FlagKind, Reconciliation
from factbase.models import User
from sources.models import Publisher, Source
from sources.readings.reader import Reader
from sources.vocabulary import Access, Role, Standing
from tests import factories as make
from tests.claims.issued import ISSUED, issue
from tests.claims.pages import world

pytestmark = pytest.mark.django_db

BEFORE, LATER, END = ISSUED - timedelta(minutes=5), world.LATER, world.LATER + timedelta(days=9)


@dataclass
class Desk:
    """The world with two sides of a conflict, and a claim beside them that is not disputed."""

    world: world.World

    @property
    def calm(self) -> Version:
        return self.world.calm

    @property
    def source(self) -> Source:
        return self.calm.evidence.get().excerpt.source

    @property
    def editor(self) -> User:
        return make.somebody(Role.EDITOR)

    def decide(self, status: ConflictStatus, at: Any = LATER, **more: Any) -> None:
        """Decide the conflict."""
        desk = self.world.conflict.conflict
        desk.refresh_from_db()
        before = desk.decisions.order_by("-pk").first()
        decide_conflict(
            conflict=desk,
            status=status,
            note="Notelock.",
            seen_versions=[version for one in desk.members.all() for version in one.versions],
            seen_decision=before.pk if before else None,
            by=self.editor,
            at=at,
            **more,
        )

    def resolve_for(self, version: Version, at: Any = LATER) -> None:
        """Decide that this side alone stands."""
        self.decide(ConflictStatus.RESOLVED, at, standing_claims=[version.claim_id])

    def revise(self, version: Version, *, is_published: bool = True, **changed: Any) -> None:
        """Write the next version of a claim."""
        stored, _quotes = stored_content(version)
        newer = revise(
            claim=version.claim,
            content=replace(stored, **(changed or {"statement": "It says something else."})),
            evidence=[Tie(piece.excerpt) for piece in version.evidence.all()],
            by=make.somebody(Role.CONTRIBUTOR),
            at=LATER,
            seen=version.number,
            submit_it=True,
        )
        if is_published:
            make.approved(newer, at=LATER)

    def flag(self, kind: FlagKind) -> None:
        Flag.objects.create(claim=self.calm.claim, kind=kind, cause="Flaglock.", opened_at=LATER)


@pytest.fixture
def desk() -> Desk:
    return Desk(world.build())


def read(reader: User | None = None) -> EditionReading:
    (reading,) = read_editions(Edition.objects.filter(number=1), Reader(reader, END))
    return reading


def nothing(desk: Desk) -> None:
    """Nothing happens before the issue."""


def rename(desk: Desk) -> None:
    desk.world.subject.refresh_from_db()
    revise_entity(
        entity=desk.world.subject,
        label="The declaration",
        by=desk.editor,
        at=LATER,
    )


def rate(desk: Desk) -> None:
    publisher = Publisher.objects.create(name="Some Press", kind="other")
    Source.objects.filter(pk=desk.source.pk).update(publisher=publisher)


Step = Callable[[Desk], object]
# What happened before the issue, what after it, and the sentences that tell it to everybody, by
# their beginnings: {calm}, {hundred} and {k} are references, {title} is that of a source.
CHANGES: dict[str, tuple[Step, Step, list[str]]] = {
    "nothing": (nothing, nothing, []),
    "new version": (
        nothing,
        lambda desk: desk.revise(desk.calm),
        ["{calm} has a newer version, {calm}/v2, since "],
    ),
    "version that waits": (nothing, lambda desk: desk.revise(desk.calm, is_published=False), []),
    "retraction": (
        nothing,
        lambda desk: retract(claim=desk.calm.claim, reason="A slip.", by=desk.editor, at=LATER),
        ["{calm} was retracted on 2 June 2025: A slip."],
    ),
    "retraction that it tells": (
        lambda desk: retract(claim=desk.calm.claim, reason="A slip.", by=desk.editor, at=BEFORE),
        nothing,
        [],
    ),
    "taken off": (
        nothing,
        lambda desk: take_off(claim=desk.calm.claim, reason="X", by=desk.editor, at=LATER),
        ["{calm} was taken off the public pages."],
    ),
    "retracted, then taken off": (
        nothing,
        lambda desk: (
            retract(claim=desk.calm.claim, reason="Sayslock.", by=desk.editor, at=LATER),
            take_off(claim=desk.calm.claim, reason="X", by=desk.editor, at=LATER),
        ),
        ["{calm} was taken off the public pages."],
    ),
    "source retracted": (
        nothing,
        lambda desk: make.stands(desk.source, Standing.RETRACTED, "Made up."),
        ["Quotes “{title}”. The source was retracted on "],
    ),
    "source corrected": (
        nothing,
        lambda desk: make.stands(desk.source, Standing.CORRECTED, "A figure."),
        ["Quotes “{title}”. The source was corrected on "],
    ),
    "source corrected, as it tells": (
        lambda desk: make.stands(desk.source, Standing.CORRECTED, "A figure."),
        nothing,
        [],
    ),
    "source corrected again": (
        lambda desk: make.stands(desk.source, Standing.CORRECTED, "A figure."),
        lambda desk: make.stands(desk.source, Standing.CORRECTED, "Another figure."),
        ["Quotes “{title}”. The source was corrected on "],
    ),
    "source no longer retracted": (
        lambda desk: make.stands(desk.source, Standing.RETRACTED, "Made up."),
        lambda desk: make.stands(desk.source, Standing.CURRENT, "It was another."),
        ["Quotes “{title}”. It stands as published again."],
    ),
    "conflict decided": (
        nothing,
        lambda desk: desk.resolve_for(desk.world.hundred),
        ["{k} was decided since. Resolved on 2 June 2025: {hundred} stands"],
    ),
    "conflict decided, as it tells": (
        lambda desk: desk.resolve_for(desk.world.hundred, BEFORE),
        nothing,
        [],
    ),
    "conflict decided otherwise": (
        lambda desk: desk.resolve_for(desk.world.seventy_five, BEFORE),
        lambda desk: desk.resolve_for(desk.world.hundred),
        ["{k} was decided since. Resolved on 2 June 2025: {hundred} stands"],
    ),
    "conflict reconciled": (
        nothing,
        lambda desk: desk.decide(ConflictStatus.RECONCILED, difference=Reconciliation.SCOPE),
        ["{k} was decided since. Reconciled on 2 June 2025: "],
    ),
    "conflict opened again": (
        lambda desk: desk.decide(
            ConflictStatus.RECONCILED, BEFORE, difference=Reconciliation.SCOPE
        ),
        lambda desk: desk.decide(ConflictStatus.OPEN),
        ["It does not show that its claims are disputed ({k}). "],
    ),
    "conflict confirmed": (nothing, lambda desk: desk.decide(ConflictStatus.CONFIRMED), []),
    "conflict over, since the other side says something else": (
        nothing,
        lambda desk: desk.revise(desk.world.seventy_five, value="", property=""),
        ["{k}, which it shows as open, is none any more."],
    ),
    "conflict over, since the other side was retracted": (
        nothing,
        lambda desk: retract(
            claim=desk.world.seventy_five.claim, reason="A slip.", by=desk.editor, at=LATER
        ),
        ["{k}, which it shows as open, is none any more."],
    ),
    "entity renamed": (nothing, rename, []),
    "another publisher": (nothing, rate, []),
    "flag": (nothing, lambda desk: desk.flag(FlagKind.QUOTE_DRIFTED), []),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_public_is_told_of_each_change(desk: Desk, change: str) -> None:
    before, after, expected = CHANGES[change]
    refs = {
        "calm": desk.calm.claim.ref,
        "hundred": desk.world.hundred.claim.ref,
        "k": desk.world.conflict.ref,
        "title": desk.source.title,
    }
    before(desk)
    issue(desk.calm, desk.world.hundred, at=ISSUED)
    after(desk)

    reading = read()

    told = [reason.sentence for reason in reading.reasons]
    assert len(told) == len(expected), told
    for sentence, beginning in zip(told, expected, strict=True):
        assert sentence.startswith(beginning.format(**refs))
    assert reading.state == ("stale" if expected else "current")
    assert "lock" not in " ".join(told)


@pytest.mark.parametrize("kind", [kind for kind in FlagKind if kind != FlagKind.READER_NOTE])
def test_flags_are_told_to_the_staff_alone(desk: Desk, kind: FlagKind) -> None:
    issue(desk.calm)
    desk.flag(kind)

    assert read().state == "current"
    (reason,) = read(desk.editor).reasons
    assert reason.sentence == f"{desk.calm.claim.ref} is to be looked at again: Flaglock."


def test_a_flag_that_was_open_at_the_issue_makes_no_edition_stale(desk: Desk) -> None:
    desk.flag(FlagKind.QUOTE_DRIFTED)
    issue(desk.calm, at=END)

    assert read(desk.editor).state == "current"


def test_a_descriptor_with_quotation_marks_is_read_as_any_other(desk: Desk) -> None:
    secret = make.source(
        "Between us, it fell.",
        key="secretlock",
        access=Access.STAFF,
        public_descriptor='a "senior" official, {quoted} \\ here',
    )
    version = make.published(evidence=[Tie(make.excerpt("it fell", of=secret))])
    make.stands(secret, Standing.RETRACTED, "Made up.")
    issue(version)
    assert read().state == "current"
    make.stands(secret, Standing.CURRENT, "It was another.")

    (reason,) = read().reasons
    assert reason.sentence.endswith("It stands as published again.")
