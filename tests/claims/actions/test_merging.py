"""Merging entities: the preview says what the merge does, and the merge what was read."""

import pytest
from django.test import Client

from claims.actions.catalogue import CatalogueRefused
from claims.actions.claims.entry import Tie
from claims.actions.merging import (
    ConflictsPreview,
    MergeRefused,
    merge_entities,
    preview_entity_merge,
)
from claims.models import Conflict, Entity
from factbase.models import User
from sources.actions.permission import NotPermitted
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return make.person(Role.EDITOR)


def preview(one: Entity, into: Entity, by: User) -> ConflictsPreview:
    return preview_entity_merge(entity=one, into=into, by=by, at=make.TODAY)


def merge(one: Entity, into: Entity, by: User, seen: str = "") -> Entity:
    return merge_entities(
        entity=one,
        into=into,
        reason="One country.",
        seen=seen or preview(one, into, by).mark,
        by=by,
        at=make.TODAY,
    )


def test_a_preview_names_the_conflict_that_opens_and_leaves_no_trace(by: User) -> None:
    say.world()
    twin, thing = make.entity("twin"), Entity.objects.get(key="thing")
    one, other = say.says("100"), say.says("75", subject="twin")

    told = preview(twin, thing, by)

    (opened,) = told.opened
    assert {party.claim for party in opened.parties} == {one.claim_id, other.claim_id}
    assert (told.closed, told.changed) == ([], [])
    assert not Conflict.objects.exists()
    twin.refresh_from_db()
    assert twin.merged_into is None

    merge(twin, thing, by, told.mark)

    assert say.parties(say.only()) == say.claims_of(one, other)


def test_a_conflict_between_two_names_of_one_value_closes(by: User) -> None:
    say.world()
    make.value_property("entity", "head")
    for key in ("ivan", "iwan", "petr"):
        make.entity(key, kind="person")
    for key in ("ivan", "iwan"):
        say.says(key, property="head")
    conflict = say.only()
    ivan, iwan = (Entity.objects.get(key=key) for key in ("ivan", "iwan"))

    told = preview(iwan, ivan, by)
    merge(iwan, ivan, by, told.mark)

    assert [question.conflict.number for question in told.closed] == [conflict.pk]
    assert len(told.closed[0].parties) == 2
    assert told.opened == []
    assert say.live() == []


def test_a_third_claim_joins_a_conflict(by: User) -> None:
    say.world()
    twin = make.entity("twin")
    say.says("100")
    say.says("75")
    third = say.says("50", subject="twin")
    conflict = say.only()

    told = preview(twin, Entity.objects.get(key="thing"), by)

    (changed,) = told.changed
    assert changed.conflict.number == conflict.pk
    assert third.claim_id in {party.claim for party in changed.parties}


def test_nothing_is_merged_where_claims_changed_since_the_preview(by: User) -> None:
    say.world()
    twin, thing = make.entity("twin"), Entity.objects.get(key="thing")
    say.says("100")
    mark = preview(twin, thing, by).mark
    say.says("75", subject="twin")

    with pytest.raises(MergeRefused) as refused:
        merge(twin, thing, by, mark)

    assert refused.value.code == "changed_meanwhile"
    twin.refresh_from_db()
    assert twin.merged_into is None
    assert not Conflict.objects.exists()


def test_circles_and_ways_over_a_merged_entity_are_refused_in_words(by: User) -> None:
    one, two, three = (make.entity(key) for key in ("one", "two", "three"))
    merge(one, two, by)

    with pytest.raises(CatalogueRefused) as itself:
        preview(two, two, by)
    for pair in ((three, one), (one, three), (two, one)):
        with pytest.raises(MergeRefused) as refused:
            preview(*pair, by)
        assert refused.value.message == "One was merged into Two already. Go on with Two."

    assert itself.value.code == "circle"
    merge(two, three, by)
    one.refresh_from_db()
    assert one.merged_into == two


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
def test_editors_alone_merge_and_preview(role: Role) -> None:
    person, one, two = make.person(role), make.entity(), make.entity()

    for act in (lambda: preview(one, two, person), lambda: merge(one, two, person, "mark")):
        with pytest.raises(NotPermitted):
            act()


def test_the_old_key_leads_readers_on(by: User) -> None:
    say.world()
    twin, thing = make.entity("twin"), Entity.objects.get(key="thing")
    say.publishes("100")
    say.publishes("100", subject="twin", evidence=[Tie(make.excerpt())])

    merge(twin, thing, by)

    page = Client().get("/entities/twin/")
    assert page["Location"] == "/entities/thing/"
    told = Client().get("/api/v1/entities/twin/").json()
    assert told["merged_into"]["key"] == "thing"
