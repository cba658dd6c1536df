"""Requests that no view answers."""

from typing import Any

import pytest
from django.test import Client

from sources.vocabulary import Role
from tests.factories import person

pytestmark = pytest.mark.django_db


def test_a_form_of_ten_megabytes_is_refused_in_a_sentence(client: Client) -> None:
    client.force_login(person(Role.CONTRIBUTOR))

    answer = client.post("/admin/claims/claim/add/", {"statement": "x" * 10_000_000})

    assert answer.status_code == 413
    assert "larger than 2.5" in answer.content.decode()
    assert "Nothing was saved" in answer.content.decode()


def test_a_host_that_is_not_ours_is_refused_in_a_sentence(client: Client) -> None:
    headers: dict[str, Any] = {"host": "elsewhere.example"}

    answer = client.get("/", headers=headers)

    assert answer.status_code == 400
    assert "not one that this server reads" in answer.content.decode()


@pytest.mark.parametrize("query", ["kind=%00", "kind__exact=%00", "q=a%00b", "%00=a", "q=%FF"])
def test_a_query_that_is_no_text_is_refused_before_it_is_asked_of_the_database(
    client: Client, query: str
) -> None:
    client.force_login(person(Role.EDITOR))

    for page in ("/admin/claims/flag/", "/admin/claims/entity/", "/admin/sources/excerpt/", "/"):
        answer = client.get(f"{page}?{query}")

        assert answer.status_code == 400
        assert "not one that this server reads" in answer.content.decode()
