"""OPTIONS says which methods an address takes, and nothing of what is there."""

from typing import Any

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db


def options(path: str, **headers: str) -> Any:
    return Client().options(path, headers=headers)


def test_every_address_of_the_schema_is_described() -> None:
    paths = Client().get("/api/v1/schema/").json()["paths"]
    for path, operations in paths.items():
        address = path
        for name, value in (("ref", "C1"), ("id", "1"), ("number", "1"), ("key", "a")):
            address = address.replace(f"{{{name}}}", value)
        for name, letter in (("/conflicts/C1", "/conflicts/K1"), ("/extracts/C1", "/extracts/X1")):
            address = address.replace(name, letter)
        response = options(address)

        assert response.status_code == 200, path
        told = response.json()
        methods = {name.upper() for name in operations}
        assert set(told["methods"]) == methods, path
        expected = methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())
        assert set(response.headers["Allow"].split(", ")) == expected, path
        assert told["description"], path
        for name, operation in operations.items():
            names = [one["name"] for one in operation.get("parameters", [])]
            parameters = told["methods"][name.upper()]["parameters"]
            assert [one["name"] for one in parameters] == names
            for one in parameters:
                if one["name"] == "fields":
                    assert (one["schema"]["type"], one["explode"]) == ("array", False), path


def test_a_draft_is_answered_as_what_nobody_gave() -> None:
    draft = make.draft(statement="A draft of the desk.")
    answers = [options(f"/api/v1/claims/{ref}/") for ref in (draft.claim.ref, "C99999")]

    assert answers[0].content == answers[1].content
    assert answers[0].headers == answers[1].headers


@pytest.mark.parametrize("path", ["", "docs/", "schema/", "claims/C1/reviews/"])
def test_addresses_beside_the_lists_are_described_to_everybody(path: str) -> None:
    response = options(f"/api/v1/{path}")

    assert response.status_code == 200
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["description"]


def test_an_address_that_is_none_has_no_methods() -> None:
    assert options("/api/v1/nowhere/").status_code == 404
    assert options("/nowhere/at/all/").status_code == 404


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", "GET, HEAD, OPTIONS"),
        ("/topics/", "GET, HEAD, OPTIONS"),
        ("/factsheets/verify/", "GET, HEAD, POST, OPTIONS"),
        ("/sources/report/quote/", "POST, OPTIONS"),
    ],
)
def test_pages_name_their_methods(path: str, allowed: str) -> None:
    response = options(path)

    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Allow"] == allowed


def test_a_method_that_is_not_taken_is_told_of_options_too() -> None:
    response = Client().delete("/topics/")

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
