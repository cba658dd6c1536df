"""Detection one claim at a time, in any order, gives the same as comparing all anew."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.actions.catalogue import revise_entity, revise_property
from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import (
    HOLD,
    NOW,
    When,
    follow_publications,
    retract,
    take_off,
)
from claims.actions.conflicts.record_check import conflict_problems
from claims.models import Claim, Entity, Property
from sources.actions.sources import add_series
from sources.domain.refusals import Refusal
from sources.models import Excerpt, Source
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say

pytestmark = pytest.mark.django_db

DOCUMENTS = ["first", "second", "third"]
VALUES = {
    "share": ["100", "75", "-9", "75..100"],
    "change": ["9", "-9", "0..10"],
    "seat": ["france", "paris", "lyon"],
    "mentions": ["present", "absent"],
}
PLACES = ["thing", "other-thing", "france", "paris", "lyon"]
PERIODS = ["", "2024", "2024-03", "2024/2025", "2025"]
WHENS = ["never", "now", "later", "held"]
MAX_EVENTS = 12


@dataclass
class World:
    """The claims so far, and the day it is. Each new claim takes the next quote for itself."""

    quotes: Iterator[Excerpt]
    day: int = 0
    names: Iterator[int] = field(default_factory=itertools.count)

    @property
    def at(self) -> Any:
        return say.later(self.day)

    def claim(self, nth: int) -> Claim:
        claims = list(Claim.objects.order_by("pk"))
        return claims[nth % len(claims)]

    def says(self, prop: str, subject: int, value: int, period: str, publish: str) -> None:
        evidence = [Tie(next(self.quotes))]
        said = self.said(prop, subject, value, period)
        version = say.says(at=self.at, evidence=evidence, **said)
        self.publish(version, publish)

    def follows(self, nth: int, value: int, period: str, publish: str) -> None:
        last = self.claim(nth).versions.order_by("number").last()
        assert last is not None
        assert last.property is not None
        assert last.subject is not None
        fields = self.said(last.property.key, 0, value, period) | {"subject": last.subject.key}
        self.publish(say.now_says(last, at=self.at, **fields), publish)

    def said(self, prop: str, subject: int, value: int, period: str) -> dict[str, Any]:
        subjects = [*DOCUMENTS, "yearly"] if prop == "mentions" else ["thing", "other-thing"]
        return {
            "property": prop,
            "subject": subjects[subject % len(subjects)],
            "value": VALUES[prop][value % len(VALUES[prop])],
            "period": period,
            "statement": f"Statement {next(self.names)}.",
        }

    def publish(self, version: Any, when: str) -> None:
        whens: dict[str, When] = {"now": NOW, "held": HOLD, "later": self.at + timedelta(days=2)}
        if when in whens:
            make.approved(version, at=self.at, publish_at=whens[when])

    def takes_off(self, nth: int) -> None:
        by = make.somebody(Role.EDITOR)
        take_off(claim=self.claim(nth), reason="A mistake.", by=by, at=self.at)

    def retracts(self, nth: int) -> None:
        by = make.somebody(Role.EDITOR)
        retract(claim=self.claim(nth), reason="A mistake.", by=by, at=self.at)

    def links(self, link: str, one: int, other: int | None) -> None:
        entity, to = (
            None if nth is None else Entity.objects.get(key=PLACES[nth % len(PLACES)])
            for nth in (one, other)
        )
        assert entity is not None
        revise_entity(entity=entity, by=make.somebody(Role.EDITOR), at=self.at, **{link: to})

    def allows(self, prop: str, single_valued: bool) -> None:
        revise_property(
            property=Property.objects.get(key=prop),
            single_valued=single_valued,
            by=make.somebody(Role.EDITOR),
            at=self.at,
        )

    def gathers(self, first: int, last: int) -> None:
        name = f"series-{next(self.names)}"
        some = DOCUMENTS[first % 3 : last % 3 + 1]
        add_series(
            key=name,
            title=name,
            sources=list(Source.objects.filter(key__in=some)),
            by=make.somebody(Role.EDITOR),
            at=self.at,
        )

    def waits(self, days: int) -> None:
        self.day += days
        follow_publications(at=self.at)


def event(name: str, *arguments: Any) -> Any:
    return st.tuples(st.just(name), st.tuples(*arguments))


SOME = st.integers(0, 11)
ENTERED = event(
    "says",
    st.sampled_from(sorted(VALUES)),
    SOME,
    SOME,
    st.sampled_from(PERIODS),
    st.sampled_from(WHENS),
)
EVENTS = st.lists(
    st.one_of(
        ENTERED,
        ENTERED,
        event("follows", SOME, SOME, st.sampled_from(PERIODS), st.sampled_from(WHENS)),
        event("takes_off", SOME),
        event("retracts", SOME),
        event("links", st.sampled_from(["part_of", "merged_into"]), SOME, st.none() | SOME),
        event("allows", st.sampled_from(sorted(VALUES)), st.booleans()),
        event("gathers", SOME, SOME),
        event("waits", st.integers(1, 3)),
    ),
    min_size=4,
    max_size=MAX_EVENTS,
)


@pytest.fixture
def stage() -> list[Excerpt]:
    """Places, documents and properties; the value is a quote for each claim, of its own source."""
    make.entity("thing")
    make.entity("other-thing")
    france = make.entity("france", kind="country")
    for key in ("paris", "lyon"):
        make.entity(key, kind="place", part_of=france)
    papers = [make.source(key=key) for key in DOCUMENTS]
    for paper in papers:
        make.entity(paper.key, kind="document", source=paper)
    by = make.somebody(Role.EDITOR)
    yearly = add_series(key="yearly", title="Yearly", sources=papers[:2], by=by, at=make.TODAY)
    make.entity("yearly", kind="series", series=yearly)
    make.number_property("share")
    make.number_property("change", time="over")
    make.value_property("entity", "seat")
    make.value_property("presence", "mentions")
    return [make.excerpt() for _claim in range(MAX_EVENTS + 1)]


@contextmanager
def undone() -> Iterator[None]:
    """Roll back all changes made in the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def happen(events: list[tuple[str, tuple[Any, ...]]], quotes: list[Excerpt]) -> World:
    """Let it all happen; what is refused does not."""
    world = World(iter(quotes))
    for name, arguments in [("says", ("share", 0, 0, "2024", "now")), *events]:
        act: Callable[..., None] = getattr(world, name)
        try:
            with transaction.atomic():
                act(*arguments)
        except Refusal:
            continue
    return world


IN_A_DATABASE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@settings(IN_A_DATABASE, max_examples=12)
@given(EVENTS)
def test_one_at_a_time_gives_what_all_at_once_gives(stage: list[Excerpt], events: Any) -> None:
    with undone():
        world = happen(events, stage)

        assert conflict_problems(at=world.at) == []


@pytest.mark.long
@settings(IN_A_DATABASE, max_examples=400)
@given(EVENTS)
def test_one_at_a_time_gives_what_all_at_once_gives_in_many_worlds(
    stage: list[Excerpt], events: Any
) -> None:
    with undone():
        world = happen(events, stage)

        assert conflict_problems(at=world.at) == []
