"""An `Authorization` header that nobody understands is refused, never read as nobody's."""

import pytest
from django.test import Client

from factbase.api.router import LISTS
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
SENT = [
    "Bearer 0123456789abcdef",
    "Token 0123456789abcdef",
    "Basic YWRhOnNlY3JldA==",
    "Digest username=ada",
    "0123456789abcdef",
    "",
    " ",
    "Bearer",
]


@pytest.mark.parametrize("sent", SENT)
def test_what_is_not_understood_is_refused_with_a_challenge(sent: str) -> None:
    response = Client().get("/api/v1/claims/", headers={"authorization": sent})

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith('Cookie realm="factbase"')
    problem = response.json()
    assert problem["code"] == "authorization_not_understood"
    assert "0123456789abcdef" not in problem["detail"]


@pytest.mark.parametrize("path", ["", "schema/", "docs/", "factsheets/", "bibliography/", *LISTS])
def test_every_address_refuses_it(path: str) -> None:
    address = f"/api/v1/{path.rstrip('/')}/" if path else "/api/v1/"

    assert Client().get(address, headers={"authorization": "Bearer x"}).status_code == 401


def test_a_cookie_beside_it_does_not_help() -> None:
    client = Client()
    client.force_login(make.person(Role.EDITOR))

    assert client.get("/api/v1/claims/").status_code == 200
    assert client.get("/api/v1/claims/", headers={"authorization": "Bearer x"}).status_code == 401
