"""Why a conflict is one, in a sentence."""

import re

import pytest

from claims.actions.claims.entry import Tie
from claims.models import PublicConflict
from claims.readings.questions import read_questions
from sources.readings.reader import Reader
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


def reason() -> str:
    """The reason of the only conflict, for the desk."""
    (question,) = read_questions([say.only().pk], Reader(make.person(), TODAY))
    return question.reason


def test_it_says_who_says_what_before_what_they_say() -> None:
    say.world()
    wire = make.entity("wire", label="The wire")
    one, again = say.says("100"), say.says("100", asserted_by=(wire.key,))
    other = say.says("75")

    said = reason()

    assert re.search(
        rf"the desk, after .* alone \({one.claim.ref}\), The wire \({again.claim.ref}\): "
        "99.5 to under 100.5 percent, against the desk, after .* alone "
        rf"\({other.claim.ref}\): 74.5 to under 75.5 percent. They are said plainly",
        said,
    )


def test_a_tension_says_what_makes_it_no_more() -> None:
    say.world(time="state")
    one = say.says("100", period="2024", mode="estimated")
    say.says("75", period="2024-06/2025")

    said = reason()

    assert f"It is a tension: {one.claim.ref} is an estimate" in said
    assert "the periods overlap and are not the same" in said


def test_of_many_claims_and_sides_some_are_named_and_the_rest_counted() -> None:
    say.world()
    for _ in range(6):
        say.says("1")
    for value in "23456":
        say.says(value)

    said = reason()

    assert " and 2 more: 0.5 to under 1.5 percent" in said
    assert ", against 2 more. They are said plainly" in said


def test_that_all_comes_from_one_source_is_said() -> None:
    say.world()
    paper = make.source("It is 1. It is 2.")
    for value in "12":
        say.says(value, evidence=[Tie(make.excerpt(f"It is {value}.", of=paper))])

    assert reason().endswith("All of it comes from one source.")


def test_readers_hear_of_no_side_that_waits() -> None:
    say.world()
    say.publishes("100")
    say.publishes("75")
    hidden = say.says("50")
    conflict = PublicConflict.objects.get()

    (question,) = read_questions([conflict.pk], Reader(None, TODAY))
    said = question.reason

    assert "75.5" in said
    assert hidden.claim.ref not in said
    assert "50.5" not in said


def test_a_tension_names_whose_word_it_is() -> None:
    say.world(time="state")
    make.entity("ministry", label="Ministry")
    one = say.says("100", period="2024", asserted_by=("ministry",))
    say.says("75", period="2024")

    said = reason()

    assert f"It is a tension: {one.claim.ref} is what Ministry is said to have said." in said
