"""Conflicts between dates that are all of their days."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.actions.claims.preview import preview_submission
from claims.actions.conflicts.detection import detect_all
from claims.models import Version
from claims.querysets.disagreements import candidate_keys
from claims.readings.other_bases import on_another_basis, read_with_others
from sources.readings.reader import Reader
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    say.world()
    make.value_property("date", "visit", date_extent="whole")
    make.value_property("date", "signing")


def visits(value: str, prop: str = "visit", **fields: Any) -> Version:
    return say.publishes(value, property=prop, statement=f"The dates are {value}.", **fields)


@pytest.mark.parametrize(
    ("one", "other", "strength"),
    [
        ("7–10 May 2025", "7–9 May 2025", "contradiction"),
        ("7–10 May 2025", "7 May 2025", "contradiction"),
        ("7–10 May 2025", "about 7 May 2025", "tension"),
        ("7–10 May 2025", "May 7–10, 2025", None),
        ("7–10 May 2025", "May 2025", None),
        ("7–10 May 2025", "since 7 May 2025", None),
    ],
)
def test_two_visits_disagree_unless_they_began_and_ended_on_the_same_days(
    one: str, other: str, strength: str | None
) -> None:
    visits(one)
    visits(other)

    found = [conflict.strength for conflict in say.live()]
    assert found == ([] if strength is None else [strength])
    assert len(candidate_keys()) >= len(found)
    assert detect_all(at=TODAY).total() == 0


def test_a_day_somewhere_in_a_date_agrees_with_a_date_that_holds_it() -> None:
    visits("7–10 May 2025", prop="signing")
    visits("7–9 May 2025", prop="signing")

    assert say.live() == []


def test_a_preview_says_it_before_the_claim_is_saved() -> None:
    visits("7–10 May 2025")
    content = say.content("7–9 May 2025", property="visit")

    found = preview_submission(content=content, by=make.somebody(Role.CONTRIBUTOR), at=TODAY)

    assert [(one.kind, one.strength) for one in found.found] == [("value", "contradiction")]


def test_visits_on_two_bases_are_listed_beside_each_other() -> None:
    first = visits("7–10 May 2025", basis="with travel")
    same = visits("May 7–10, 2025", basis="as announced")
    other = visits("7–9 May 2025", basis="without travel")
    public = AnonymousUser()

    (_claim,), others = read_with_others([first.pk], Reader(public, TODAY))
    versions = list(Version.objects.in_full(public, TODAY).filter(pk=first.pk))
    apart = on_another_basis(versions, reader=public, at=TODAY, is_public=True)

    assert say.live() == []
    assert [one.id for one in others[first.pk].bases] == [other.pk]
    assert [one.pk for one in apart[first.pk]] == [other.pk]
    assert same.pk not in {other.pk, first.pk}
