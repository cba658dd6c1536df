"""Two people at the same moment: one goes first, the other gets the same row or a sentence."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage

from claims.actions.catalogue import (
    add_entity,
    add_property,
    add_topic,
    revise_entity,
    revise_property,
)
from claims.actions.claims.entry import Stale, Tie, propose, revise, submit, withdraw
from claims.actions.claims.publication import retract, take_off
from claims.actions.claims.review import JudgementGiven, decide
from claims.actions.conflicts.decisions import decide_conflict
from claims.domain.content import Content
from claims.models import Claim, Entity, Property, Review, Topic, Version
from claims.vocabulary import ConflictStatus, Decision, Status
from factbase.models import User
from sources.actions.captures.capture import capture
from sources.actions.origins import add_origin
from sources.actions.quotes.excerpts import quote
from sources.actions.sources import add_series, add_source
from sources.models import Blob, Capture, Excerpt, Series, Source, SourceOrigin
from sources.vocabulary import OriginKind, Role
from tests import factories as make
from tests.at_once import at_once, refusals
from tests.claims import worlds as say

pytestmark = pytest.mark.usefixtures("cloned_database")

LATER = make.TODAY + timedelta(days=1)


def by_two(thing: Callable[[User], Any], role: Role = Role.EDITOR) -> list[Any]:
    """Two people of a role do the same thing."""
    one, other = make.person(role), make.person(role)
    return at_once(lambda: thing(one), lambda: thing(other))


def test_the_same_file_is_captured_once() -> None:
    source = make.source()
    data = b"These bytes are captured at the same moment."

    outcomes = by_two(
        lambda by: capture(source=source, data=data, file_name="a.txt", by=by, at=make.TODAY)
    )

    assert outcomes[0] == outcomes[1]
    assert Capture.objects.count() == Blob.objects.count() == 1
    with default_storage.open(Blob.objects.get().storage_name) as file:
        assert file.read() == data


def test_the_same_file_of_two_sources_is_stored_once() -> None:
    one, other, by = make.source(), make.source(), make.person()
    data = b"These bytes are captured for two sources."

    outcomes = at_once(
        lambda: capture(source=one, data=data, file_name="a.txt", by=by, at=make.TODAY),
        lambda: capture(source=other, data=data, file_name="a.txt", by=by, at=make.TODAY),
    )

    assert not refusals(outcomes)
    assert (Capture.objects.count(), Blob.objects.count()) == (2, 1)


def test_the_same_words_are_quoted_once() -> None:
    source = make.source("Trade fell by 9%.")

    outcomes = by_two(lambda by: quote(source=source, exact="Trade fell", by=by, at=make.TODAY))

    assert outcomes[0] == outcomes[1]
    assert Excerpt.objects.count() == 1


def the_same_claim(by: User) -> Version:
    return propose(
        content=Content("It is so."),
        evidence=[],
        by=by,
        at=make.TODAY,
        namespace="desk",
        external_id="one",
    )


# A thing that two people enter under one name → how many rows there are of it after.
NAMED: dict[str, tuple[Callable[[User], Any], type[Any]]] = {
    "claim": (the_same_claim, Claim),
    "source": (
        lambda by: add_source(
            record={"id": "report", "type": "report", "title": "Report"}, by=by, at=make.TODAY
        ),
        Source,
    ),
    "entity": (
        lambda by: add_entity(key="china", label="China", kind="country", by=by, at=make.TODAY),
        Entity,
    ),
    "property": (
        lambda by: add_property(
            key="trade", label="Trade", value_kind="quantity", by=by, at=make.TODAY
        ),
        Property,
    ),
    "topic": (lambda by: add_topic(name="Trade", by=by, at=make.TODAY), Topic),
}


@pytest.mark.parametrize("name", NAMED)
def test_a_name_is_given_once(name: str) -> None:
    enter, model = NAMED[name]

    outcomes = by_two(enter)

    assert len(refusals(outcomes)) == 1
    assert model.objects.count() == 1


def test_a_series_of_two_orders_has_one_of_them() -> None:
    first, second, by = make.source(), make.source(), make.person()
    orders = [first, second], [second, first]

    outcomes = at_once(
        *(
            lambda order=order: add_series(
                key="series", title="Series", sources=order, by=by, at=make.TODAY
            )
            for order in orders
        )
    )

    assert not refusals(outcomes)
    members = Series.objects.get().members.order_by("position")
    assert [member.source for member in members] in orders


def test_a_circle_of_origins_is_not_closed_from_both_sides() -> None:
    one, other, by = make.source(), make.source(), make.person()
    ties = [(one, other), (other, one)]

    outcomes = at_once(
        *(
            lambda tie=tie: add_origin(
                source=tie[0], origin=tie[1], kind=OriginKind.REPRINT, by=by, at=make.TODAY
            )
            for tie in ties
        )
    )

    assert [refusal.code for refusal in refusals(outcomes)] == ["origin_circle"]
    assert SourceOrigin.objects.count() == 1


@pytest.mark.parametrize("link", ["part_of", "merged_into"])
def test_two_entities_do_not_go_into_each_other(link: str) -> None:
    one, other, by = make.entity(), make.entity(), make.person()

    outcomes = at_once(
        lambda: revise_entity(entity=one, by=by, at=make.TODAY, **{link: other}),
        lambda: revise_entity(entity=other, by=by, at=make.TODAY, **{link: one}),
    )

    assert [refusal.code for refusal in refusals(outcomes)] == ["circle"]
    assert Entity.objects.filter(**{f"{link}__isnull": False}).count() == 1


def decision(version: Version, by: User, what: Decision) -> Review:
    return decide(
        version=version,
        decision=what,
        by=by,
        at=make.TODAY,
        content_hash=version.content_hash,
        note="Read.",
        judgements={piece.pk: JudgementGiven(makes_claim=True) for piece in version.evidence.all()},
    )


@pytest.mark.parametrize("other_decision", Decision)
def test_one_of_two_reviewers_decides(other_decision: Decision) -> None:
    version, one, other = make.submitted(), make.person(Role.EDITOR), make.person(Role.EDITOR)

    outcomes = at_once(
        lambda: decision(version, one, Decision.APPROVE),
        lambda: decision(version, other, other_decision),
    )

    assert [refusal.code for refusal in refusals(outcomes)] == ["not_submitted"]
    review = Review.objects.get()
    version.refresh_from_db()
    assert (version.status == Status.APPROVED) == (review.decision == Decision.APPROVE)


def saved(version: Version, by: User) -> Version:
    return revise(
        claim=version.claim,
        content=Content(f"{by} says otherwise."),
        evidence=[Tie(piece.excerpt) for piece in version.evidence.all()],
        by=by,
        at=LATER,
        seen=version.number,
        submit_it=True,
    )


def test_the_second_of_two_forms_is_stale() -> None:
    version = make.published()

    outcomes = by_two(lambda by: saved(version, by))

    (stale,) = refusals(outcomes)
    assert isinstance(stale, Stale)
    assert version.claim.versions.count() == 2


def test_what_is_approved_while_it_is_withdrawn_is_one_of_the_two() -> None:
    version, reviewer = make.submitted(), make.person(Role.REVIEWER)

    outcomes = at_once(
        lambda: withdraw(version=version, by=version.author, at=make.TODAY),
        lambda: decision(version, reviewer, Decision.APPROVE),
    )

    version.refresh_from_db()
    assert len(refusals(outcomes)) == 1
    assert version.status in (Status.WITHDRAWN, Status.APPROVED)
    assert Review.objects.exists() == (version.status == Status.APPROVED)


def test_what_is_approved_while_it_is_changed_was_read() -> None:
    version, reviewer = make.submitted(), make.person(Role.REVIEWER)

    at_once(
        lambda: saved(version, version.author),
        lambda: decision(version, reviewer, Decision.APPROVE),
    )

    version.refresh_from_db()
    assert version.status in (Status.SUPERSEDED, Status.APPROVED)
    assert Review.objects.exists() == (version.status == Status.APPROVED)


def test_a_claim_is_retracted_once() -> None:
    claim = make.published().claim

    outcomes = by_two(lambda by: retract(claim=claim, reason="Wrong.", by=by, at=LATER))

    assert [refusal.code for refusal in refusals(outcomes)] == ["retracted"]


def test_of_two_editors_who_decide_at_once_the_second_is_told() -> None:
    say.world()
    say.says("100")
    say.says("75")
    conflict = say.only()
    seen = [version for member in conflict.members.all() for version in member.versions]

    outcomes = by_two(
        lambda by: decide_conflict(
            conflict=conflict,
            status=ConflictStatus.CONFIRMED,
            note="",
            by=by,
            at=LATER,
            seen_versions=seen,
            seen_decision=None,
        )
    )

    (told,) = refusals(outcomes)
    assert told.code == "decided"
    assert conflict.decisions.count() == 1


def test_a_version_is_taken_off_once() -> None:
    claim = make.published().claim

    outcomes = by_two(lambda by: take_off(claim=claim, reason="Libel.", by=by, at=LATER))

    assert [refusal.code for refusal in refusals(outcomes)] == ["not_published"]


def test_a_draft_is_submitted_once() -> None:
    version = make.draft()

    outcomes = by_two(lambda by: submit(version=version, by=by, at=make.TODAY))

    assert [refusal.code for refusal in refusals(outcomes)] == ["no_draft"]


def test_a_value_is_in_the_unit_that_its_property_has() -> None:
    trade, prop = make.entity("trade"), make.number_property("volume", unit="USD")
    by = make.person(Role.EDITOR)

    outcomes = at_once(
        lambda: make.submitted(subject=trade.key, property=prop.key, value="5 million USD", by=by),
        lambda: revise_property(property=prop, unit="percent", by=by, at=make.TODAY),
    )

    prop.refresh_from_db()
    version = Version.objects.first()
    assert version is None or prop.unit == "USD" or refusals(outcomes)


def test_a_basis_is_one_that_its_property_has() -> None:
    trade, prop = make.entity("trade"), make.number_property("volume", bases=["gross", "net"])
    by = make.person(Role.EDITOR)

    outcomes = at_once(
        lambda: make.submitted(
            subject=trade.key, property=prop.key, value="5%", basis="net", by=by
        ),
        lambda: revise_property(property=prop, bases=["gross"], by=by, at=make.TODAY),
    )

    prop.refresh_from_db()
    assert len(refusals(outcomes)) == 1
    assert Version.objects.exists() == ("net" in prop.bases)
