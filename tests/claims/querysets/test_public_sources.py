"""Which sources the public may read at a time: those on which something rests that it reads.

Every state is asked at the moment before something happens and at the moment when it does.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.catalogue import revise_entity
from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import retract, take_off
from claims.domain.content import Absence, Content, Term
from claims.models import Entity, Version
from sources.actions.origins import add_origin, remove_origin
from sources.actions.sources import add_series, close_source, open_source, revise_source
from sources.models import Source
from sources.vocabulary import Access, OriginKind, Role
from tests import factories as make
from tests.claims import absences
from tests.worker import work

pytestmark = pytest.mark.django_db

TODAY = make.TODAY
MOMENT = timedelta(microseconds=1)


def later(days: int = 1) -> datetime:
    return TODAY + timedelta(days=days)


def is_public(source: Source, at: datetime = TODAY) -> bool:
    """Whether everybody reads it then: nobody, and who has no place at the desk."""
    visitor = make.person(is_staff=False)
    found = {
        Source.objects.readable_by(reader, at).filter(pk=source.pk).exists()
        for reader in (None, AnonymousUser(), visitor)
    }
    assert len(found) == 1
    assert Source.objects.readable_by(make.person(), at).filter(pk=source.pk).exists()
    return found.pop()


def quoting(source: Source, at: datetime = TODAY) -> Version:
    """A claim on a quote of the source, submitted."""
    return make.submitted(evidence=[Tie(make.excerpt("It is so.", of=source))], at=at)


@pytest.fixture
def source() -> Source:
    return make.source("It is so.", key="source")


def test_a_source_with_only_a_draft_on_it_is_for_the_desk(source: Source) -> None:
    assert not is_public(source)

    make.draft(evidence=[Tie(make.excerpt("It is so.", of=source))])
    assert not is_public(source)

    quoting(source)
    assert not is_public(source)


def test_a_source_is_public_from_the_first_moment_of_a_publication(source: Source) -> None:
    make.approved(quoting(source), publish_at=later())

    assert not is_public(source, later() - MOMENT)
    assert is_public(source, later())


def test_a_source_closes_when_the_last_claim_on_it_is_taken_off(source: Source) -> None:
    claims = [make.approved(quoting(source)).claim for _claim in range(2)]
    by = make.somebody(Role.EDITOR)

    take_off(claim=claims[0], reason="A slip.", by=by, at=later())
    assert is_public(source, later())

    take_off(claim=claims[1], reason="A slip.", by=by, at=later(2))
    assert not is_public(source, later(2))
    # What was taken off is shown at no time.
    assert not is_public(source, later())


def test_a_retracted_claim_keeps_its_source_public(source: Source) -> None:
    version = make.approved(quoting(source))

    retract(claim=version.claim, reason="A slip.", by=make.somebody(Role.EDITOR), at=later())

    assert is_public(source, later(2))


def test_what_an_earlier_version_quotes_is_public_while_the_claim_is(source: Source) -> None:
    first = make.approved(quoting(source))
    second = revise(
        claim=first.claim,
        content=Content(statement="It was otherwise."),
        evidence=[Tie(make.excerpt())],
        by=make.somebody(Role.CONTRIBUTOR),
        at=later(),
        seen=1,
        submit_it=True,
    )

    make.approved(second, at=later(2))
    assert is_public(source, later(3))

    take_off(claim=first.claim, reason="A slip.", by=make.somebody(Role.EDITOR), at=later(4))
    assert not is_public(source, later(4))


@pytest.mark.parametrize("use", ["subject", "value", "asserter", "part", "merged"])
def test_a_source_is_public_by_the_entity_that_stands_for_it(source: Source, use: str) -> None:
    paper = make.entity("paper", kind="document", source=source)
    make.entity("annex", part_of=paper)
    prop = make.value_property("entity").key
    if use == "merged":
        merged = Entity.objects.get(key="annex")
        changes = {"part_of": None, "merged_into": paper}
        revise_entity(entity=merged, by=make.somebody(Role.EDITOR), at=TODAY, **changes)
    uses: dict[str, dict[str, Any]] = {
        "subject": {"subject": "paper"},
        "value": {"subject": make.entity("pact").key, "property": prop, "value": "paper"},
        "asserter": {"asserted_by": ("paper",)},
    }
    version = make.submitted(**uses.get(use, {"subject": "annex"}))
    assert not is_public(source)

    make.approved(version)

    assert is_public(source)
    assert Entity.objects.known_to(None, TODAY).filter(key="paper").exists()


def test_no_way_leads_past_an_entity_of_a_confidential_source(source: Source) -> None:
    secret = make.source(access=Access.STAFF, public_descriptor="A paper")
    whole = make.entity("whole", kind="document", source=source)
    make.entity("part", kind="document", source=secret, part_of=whole)

    make.published(subject="part")

    assert not is_public(source)


@pytest.mark.parametrize("by_series", [True, False])
def test_a_source_is_public_by_an_absence_that_is_published(by_series: bool) -> None:
    absences.papers()
    named = () if by_series else ("js-2022", "js-2024")
    version = absences.absent("gas", sources=named)
    keys = ["js-2022", "js-2023", "js-2024"] if by_series else list(named)
    sources = Source.objects.filter(key__in=keys)
    assert not any(is_public(source) for source in sources)

    make.approved(version)

    assert all(is_public(source) for source in sources)


def test_a_document_that_left_the_series_is_public_until_it_is_searched_anew() -> None:
    series = absences.papers()
    first, second, third = series.sources.order_by("key")
    version = absences.absent("gas")
    make.approved(version)

    absences.now_has(series, [first, second])
    assert is_public(third)

    work()
    assert not is_public(third)


@pytest.fixture
def chain() -> list[Source]:
    """A wire, from which a paper derives, from which a portal does."""
    wire, paper = make.source(key="wire"), make.source(key="paper")
    portal = make.source("It is so.", key="portal")
    for derived, origin in ((paper, wire), (portal, paper)):
        derive(derived, origin)
    return [wire, paper, portal]


def derive(source: Source, origin: Source) -> None:
    by = make.somebody(Role.CONTRIBUTOR)
    add_origin(source=source, origin=origin, kind=OriginKind.WIRE, by=by, at=TODAY)


def test_the_origins_of_a_public_source_are_public(chain: list[Source]) -> None:
    assert not any(is_public(source) for source in chain)

    make.approved(quoting(chain[2]))
    assert all(is_public(source) for source in chain)

    by = make.somebody(Role.EDITOR)
    remove_origin(source=chain[2], origin=chain[1], reason="A slip.", by=by, at=TODAY)
    assert [is_public(source) for source in chain] == [False, False, True]


def test_what_derives_from_a_public_source_is_not_public_by_it(chain: list[Source]) -> None:
    open_source(source=chain[0], by=make.somebody(Role.EDITOR), at=TODAY)

    assert [is_public(source) for source in chain] == [True, False, False]


def test_no_way_leads_past_a_confidential_source_to_its_origin(chain: list[Source]) -> None:
    wire, paper, portal = chain
    revise_source(
        source=paper,
        record=paper.csl,
        access=Access.STAFF,
        public_descriptor="A paper",
        by=make.somebody(Role.EDITOR),
        at=TODAY,
    )

    make.approved(quoting(portal))

    assert not is_public(wire)


def test_an_opened_source_is_public_from_then_on_and_closes_again(source: Source) -> None:
    by = make.somebody(Role.EDITOR)
    open_source(source=source, by=by, at=later())
    assert not is_public(source, later() - MOMENT)
    assert is_public(source, later())

    close_source(source=source, by=by, at=later(2))
    assert not is_public(source, later(2))


@pytest.mark.parametrize("access", [Access.STAFF, Access.NAMED])
def test_a_confidential_source_is_public_by_nothing(access: Access) -> None:
    secret = make.source("It is so.", access=access, public_descriptor="A paper")
    make.entity("memo", kind="document", source=secret)
    make.published(subject="memo", evidence=[Tie(make.excerpt("It is so.", of=secret))])
    derived = make.source(is_opened=True)
    derive(derived, secret)

    assert not Source.objects.readable_by(None, TODAY).filter(pk=secret.pk).exists()


def test_the_condition_holds_for_captures_and_series_too(source: Source) -> None:
    by = make.somebody(Role.CONTRIBUTOR)
    series = add_series(key="plans", title="Plans", sources=[source], by=by, at=TODAY)
    captures = type(source.captures.get()).objects
    asked: list[Callable[[], bool]] = [
        lambda: captures.readable_by(None, TODAY).exists(),
        lambda: type(series).objects.known_to(None, TODAY).exists(),
        lambda: series.members.readable_by(None, TODAY).exists(),
    ]
    version = quoting(source)
    assert [ask() for ask in asked] == [False] * 3

    make.approved(version)

    assert [ask() for ask in asked] == [True] * 3


def test_the_sources_among_many_that_may_be_read_are_known_by_one_query(source: Source) -> None:
    opened = make.source(is_opened=True)

    with CaptureQueriesContext(connection) as queries:
        found = Source.objects.readable_ids([source.pk, opened.pk, opened.pk], None, TODAY)
        assert Source.objects.readable_ids([], None, TODAY) == frozenset()

    assert found == {opened.pk}
    assert len(queries) == 1


def test_a_term_of_an_absence_needs_a_published_version_to_open_its_documents(
    source: Source,
) -> None:
    """A draft that names documents is the desk's interest, word for word."""
    make.entity("papers")
    make.value_property("presence", "mentions")

    make.submitted(
        statement="It is not there.",
        subject="papers",
        property="mentions",
        value="absent",
        absence=Absence(terms=(Term("gas"),), sources=(source.key,)),
        evidence=[],
    )
    work()

    assert not is_public(source)
