"""Similar claims in the API."""

from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.models import Version
from sources.models import SourceReader
from sources.vocabulary import Access, Role
from tests import factories as make

pytestmark = pytest.mark.django_db

QUESTION: dict[str, Any] = {"subject": "china", "property": "trade", "period": "2025"}


@pytest.fixture(autouse=True)
def _question() -> None:
    make.entity("china")
    make.entity("ministry")
    make.entity("agency")
    make.number_property("trade")


def similar(version: Version, client: Client) -> list[dict[str, Any]]:
    response = client.get(f"/api/v1/claims/{version.claim.ref}/similar/")
    assert response.status_code == 200, response.content
    found: list[dict[str, Any]] = response.json()["results"]
    return found


def told(version: Version, client: Client) -> list[tuple[str, str, list[str]]]:
    """The statements that are like the version's, what they are to it and in what they differ."""
    return [
        (row["statement"], row["resemblance"], row["differs"]) for row in similar(version, client)
    ]


def test_the_same_words_are_repeated_and_nearly_the_same_are_alike(public: Client) -> None:
    version = make.published(statement="The Zamok pipeline carried gas in 2025.")
    make.published(statement="Was the Zamok pipeline built to carry gas?")
    make.published(statement="The Zamok pipeline carried gas in 2024.")
    make.published(statement="the zamok pipeline carried gas in 2025")
    make.published(statement="A Zamok.")

    found = similar(version, public)

    assert told(version, public) == [
        ("the zamok pipeline carried gas in 2025", "repeats", []),
        ("The Zamok pipeline carried gas in 2024.", "alike", ["numbers"]),
        ("Was the Zamok pipeline built to carry gas?", "alike", ["numbers"]),
    ]
    assert [row["score"] for row in found] == sorted((row["score"] for row in found), reverse=True)
    assert found[0]["score"] == 100


@pytest.mark.parametrize(
    ("other", "resemblance", "differs"),
    [
        ({}, "repeats", []),
        ({"value": "-9.0%"}, "alike", ["value"]),
        ({"period": "2024"}, "alike", ["period"]),
        ({"period": ""}, "alike", ["without-period"]),
        ({"basis": "in yuan"}, "alike", ["question"]),
        ({"mode": "planned", "asserted_by": ("ministry",)}, "alike", ["asserter", "question"]),
        ({"asserted_by": ("ministry",)}, "alike", ["asserter"]),
        ({"subject": None, "property": None, "value": "", "period": ""}, "repeats", []),
    ],
)
def test_the_same_words_repeat_only_what_says_the_same(
    public: Client, other: dict[str, Any], resemblance: str, differs: list[str]
) -> None:
    words = "Trade of Zamok fell."
    version = make.published(statement=words, value="-9%", **QUESTION)
    make.published(**{"statement": words, "value": "-9%", **QUESTION, **other})

    assert told(version, public) == [(words, resemblance, differs)]


def test_the_same_value_of_the_same_question_is_repeated_in_any_words(public: Client) -> None:
    version = make.published(statement="It fell.", value="-9%", **QUESTION)
    make.published(statement="A decline by nine in a hundred.", value="−9 %", **QUESTION)
    make.published(statement="Said elsewhere.", value="-9%", asserted_by=("agency",), **QUESTION)

    assert told(version, public) == [
        ("A decline by nine in a hundred.", "repeats", []),
        ("Said elsewhere.", "alike", ["asserter"]),
    ]


def test_the_public_is_told_of_published_claims_only(public: Client, staff_client: Client) -> None:
    version = make.published(statement="The Zamok pipeline.")
    make.submitted(statement="The Zamok pipeline!")
    draft = make.draft(statement="The Zamok pipeline.")

    assert told(version, public) == []
    assert len(told(version, staff_client)) == 2
    assert public.get(f"/api/v1/claims/{draft.claim.ref}/similar/").status_code == 404


@pytest.mark.parametrize("field", ["subject", "value"])
def test_nobody_learns_that_two_claims_are_about_one_source_kept_from_them(
    public: Client, field: str
) -> None:
    hidden = make.source(key="memo", access=Access.NAMED, public_descriptor="an official")
    make.entity("document", kind="document", label="Notes of a talk", source=hidden)
    make.value_property("entity", "names")
    asked: dict[str, Any] = {
        "subject": "china",
        "property": "names",
        "value": "china",
        field: "document",
    }
    version = make.published(statement="It does.", evidence=[Tie(make.excerpt())], **asked)
    make.published(statement="That is so.", evidence=[Tie(make.excerpt())], **asked)
    named, outsider = make.person(Role.EDITOR), make.person(Role.EDITOR)
    SourceReader.objects.create(source=hidden, reader=named)

    assert told(version, public) == told(version, signed_in(outsider)) == []
    assert told(version, signed_in(named)) == [("That is so.", "repeats", [])]


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_no_more_are_listed_than_asked_for(public: Client) -> None:
    version = make.published(statement="The Zamok pipeline.")
    for _number in range(3):
        make.published(statement="The Zamok pipeline.")

    answer = public.get(f"/api/v1/claims/{version.claim.ref}/similar/?limit=2").json()

    assert (len(answer["results"]), answer["next"]) == (2, None)
