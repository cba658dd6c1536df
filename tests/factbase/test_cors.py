"""Pages of other sites read the API where the installation says so, and only what is public."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
ORIGIN = {"origin": "https://notebook.example"}


def headers(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if "Access-Control" in name}


def test_nobody_else_reads_by_default() -> None:
    assert not headers(Client().get("/api/v1/claims/", headers=ORIGIN))
    assert not headers(Client().options("/api/v1/claims/", headers=ORIGIN))


@pytest.fixture
def _is_on(settings: Settings) -> None:
    settings.CORS = True


@pytest.mark.usefixtures("_is_on")
@pytest.mark.parametrize("path", ["claims/", "claims/C999/", "claims/?nosuch=1", "nowhere/"])
def test_every_site_reads_answers_and_problems(path: str) -> None:
    told = headers(Client().get(f"/api/v1/{path}", headers=ORIGIN))

    assert told["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in told


@pytest.mark.usefixtures("_is_on")
def test_a_browser_that_asks_first_is_told_to_read_only() -> None:
    response = Client().options(
        "/api/v1/claims/", headers={**ORIGIN, "access-control-request-method": "POST"}
    )

    assert response.status_code == 200
    told = headers(response)
    assert told["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Authorization" not in told["Access-Control-Allow-Headers"]


@pytest.mark.usefixtures("_is_on")
def test_nothing_made_for_an_account_is_handed_on() -> None:
    client = Client()
    client.force_login(make.person(Role.EDITOR))

    assert not headers(client.get("/api/v1/claims/", headers=ORIGIN))


@pytest.mark.usefixtures("_is_on")
def test_pages_and_writes_are_not_for_other_sites() -> None:
    assert not headers(Client().get("/", headers=ORIGIN))
    assert not headers(Client().post("/api/v1/captures/", headers=ORIGIN))
