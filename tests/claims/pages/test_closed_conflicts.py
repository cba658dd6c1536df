"""A conflict that is over since a claim was retracted or taken off: what its pages still say."""

import re

import pytest
from django.test import Client

from claims.actions.claims.publication import retract, take_off
from claims.actions.conflicts.decisions import decide_conflict, open_editorial
from claims.models import Conflict, PublicConflict, Version
from claims.readings.decisions import decisions_of
from claims.vocabulary import Audience, ConflictStatus
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    say.world()


def text(client: Client, address: str) -> str:
    """The words of a page."""
    html = client.get(address).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2]))


def decide(conflict: Conflict, *standing: Version, day: int = 0) -> None:
    members = conflict.members.filter(left_at__isnull=True)
    decide_conflict(
        conflict=conflict,
        status=ConflictStatus.RESOLVED,
        note="A word for the desk.",
        by=make.somebody(Role.EDITOR),
        at=say.later(day),
        seen_versions=[version for member in members for version in member.versions],
        seen_decision=say.last_decision(conflict),
        standing_claims=[version.claim_id for version in standing],
    )


def end(version: Version, how: str, day: int = 1) -> None:
    action = {"retracted": retract, "off": take_off}[how]
    action(claim=version.claim, reason="Secret.", by=make.somebody(Role.EDITOR), at=say.later(day))


def test_the_page_keeps_question_positions_and_decision_after_a_retraction(client: Client) -> None:
    one, other = say.publishes("100"), say.publishes("75")
    conflict = say.only()
    decide(conflict, one)

    end(other, "retracted")

    page = text(client, f"/conflicts/{conflict.ref}/")
    assert "This conflict is over." in page
    assert f"C{other.claim_id} was retracted." in page
    assert "The share is 100." in page
    assert "The share is 75." in page
    assert f"C{one.claim_id} stands, no other claim that was decided on does." in page
    assert "A word for the desk." not in page


def test_the_page_says_of_a_claim_taken_off_that_it_was_and_no_more(client: Client) -> None:
    one, other = say.publishes("100"), say.publishes("-75.25", mode="estimated")
    conflict = say.only()
    decide(conflict, other)
    live = text(client, f"/conflicts/{conflict.ref}/")
    assert "Direction" in live
    assert "75.25" in live

    end(other, "off")

    page = text(client, f"/conflicts/{conflict.ref}/")
    assert f"C{other.claim_id} was taken off the public pages." in page
    assert "The share is 100." in page
    assert "Resolved on" in page
    for leak in (
        "75.25",
        "Direction",
        "Contradiction",
        "Tension",
        "Secret.",
        f"C{other.claim_id} stand",
    ):
        assert leak not in page
    assert f"C{one.claim_id}" in page


@pytest.mark.parametrize(("how", "is_asked"), [("retracted", True), ("off", False)])
def test_a_person_s_question_stays_unless_a_claim_was_taken_off(
    client: Client, how: str, is_asked: bool
) -> None:
    versions = [make.published(statement=words) for words in ("It is low.", "It deepened.")]
    conflict = open_editorial(
        claims=[version.claim for version in versions],
        question="Low or deepened?",
        by=make.somebody(Role.EDITOR),
        at=TODAY,
    )

    end(versions[1], how)

    page = text(client, f"/conflicts/{conflict.ref}/")
    assert "This conflict is over." in page
    assert ("Low or deepened?" in page) == is_asked
    assert ("It deepened." in page) == is_asked


def test_both_taken_off_leave_their_references(client: Client) -> None:
    one, other = say.publishes("100.5"), say.publishes("75.25")
    conflict = say.only()

    end(other, "off", 1)
    end(one, "off", 2)

    page = text(client, f"/conflicts/{conflict.ref}/")
    for version in (one, other):
        assert f"C{version.claim_id} was taken off the public pages." in page
    for leak in ("100.5", "75.25", "share", "thing"):
        assert leak not in page


def test_what_was_replaced_leaves_a_page_that_says_nothing_else(client: Client) -> None:
    say.publishes("100.5")
    other = say.publishes("75.25")
    conflict = say.only()
    decide(conflict, other)

    say.now_publishes(other, "100.5", at=say.later(1))

    page = text(client, f"/conflicts/{conflict.ref}/")
    assert "No longer a conflict" in page
    for leak in ("100.5", "75.25", "Resolved"):
        assert leak not in page


def test_what_was_decided_after_the_end_is_not_told_to_readers(client: Client) -> None:
    one, other = say.publishes("100"), say.publishes("75")
    say.says("50")
    conflict = say.only()
    decide(conflict, other)

    end(other, "retracted", 1)
    decide(conflict, one, day=2)

    page = text(client, f"/conflicts/{conflict.ref}/")
    assert f"C{other.claim_id} stands" in page
    assert f"C{one.claim_id} stands" not in page


def test_a_conflict_that_was_open_at_its_end_has_no_decision() -> None:
    one, other = say.publishes("100"), say.publishes("75")
    decide(say.only(), one)
    third = say.publishes("50")
    end(third, "retracted", 1)
    end(other, "retracted", 2)

    for audience, model in ((Audience.STAFF, Conflict), (Audience.PUBLIC, PublicConflict)):
        (record,) = model._default_manager.values_list("pk", flat=True)
        decided = decisions_of([record], audience, say.later(3))
        assert bool(decided) == (audience == Audience.PUBLIC)


@pytest.mark.parametrize("how", ["retracted", "off"])
def test_readers_of_the_other_claim_find_the_conflict_and_its_end(client: Client, how: str) -> None:
    one, other = say.publishes("100"), say.publishes("75")
    conflict = say.only()
    decide(conflict, one)

    end(other, how)

    desk = Client()
    desk.force_login(make.somebody(Role.EDITOR))
    for reader, address in (
        (client, f"/claims/{one.claim.ref}/"),
        (desk, f"/admin/claims/claim/{one.claim_id}/change/"),
    ):
        page = text(reader, address)
        for words in (conflict.ref, f"C{other.claim_id} was", "Resolved on", "This claim stands."):
            assert words in page
    assert "Disputed" not in text(client, f"/claims/{one.claim.ref}/")
    if how == "retracted":
        assert conflict.ref in text(client, f"/claims/{other.claim.ref}/")


@pytest.mark.parametrize(("how", "is_asked"), [("retracted", True), ("off", False)])
def test_the_api_keeps_a_person_s_question_unless_a_claim_was_taken_off(
    client: Client, how: str, is_asked: bool
) -> None:
    versions = [make.published(statement=words) for words in ("It is low.", "It deepened.")]
    conflict = open_editorial(
        claims=[version.claim for version in versions],
        question="Low or deepened?",
        by=make.somebody(Role.EDITOR),
        at=TODAY,
    )

    end(versions[1], how)

    answer = client.get(f"/api/v1/conflicts/{conflict.ref}/").content.decode()
    assert ("Low or deepened?" in answer) == is_asked
    assert ("It deepened." in answer) == is_asked


@pytest.mark.parametrize("how", ["retracted", "off"])
def test_the_desk_keeps_question_positions_and_decision(how: str) -> None:
    one, other = say.publishes("100"), say.publishes("75")
    conflict = say.only()
    decide(conflict, one)

    end(other, how)

    client = Client()
    client.force_login(make.somebody(Role.EDITOR))
    page = text(client, f"/admin/claims/conflict/{conflict.pk}/change/")
    for words in ("The share is 100.", "The share is 75.", f"C{one.claim_id} stands", "share"):
        assert words in page
    listed = text(client, "/admin/claims/conflict/?status=lapsed")
    assert f"C{other.claim_id}" in listed
