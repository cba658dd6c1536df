"""The ending of an address and the `Accept` header lead to one and the same file."""

from typing import Any

import pytest
from django.test import Client

from claims.exports.formats import FORMATS

pytestmark = pytest.mark.django_db
CSV, NDJSON = "/api/v1/export/claims.csv", "/api/v1/export/claims.ndjson"


def get(path: str, **headers: str) -> Any:
    return Client().get(f"/api/v1/{path}", headers=headers)


@pytest.mark.parametrize("name", FORMATS)
def test_an_ending_leads_to_the_file_with_the_same_filters(name: str) -> None:
    response = get(f"claims.{name}?topic=trade&q=a%20b%2Cc")

    assert response.status_code == 307
    assert response.headers["Location"] == (f"/api/v1/export/claims.{name}?topic=trade&q=a%20b%2Cc")


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        ("text/csv", CSV),
        ("application/x-ndjson", NDJSON),
        ("text/csv, */*", CSV),
        ("text/csv, application/json;q=0.5", CSV),
        ("text/html, text/csv;q=0.9", CSV),
        ("application/json, text/csv;q=0.9", None),
        ("text/csv;q=0.1, application/json", None),
        ("*/*", None),
        ("application/*, text/csv;q=0.2", None),
    ],
)
def test_what_is_accepted_most_is_what_is_sent(accept: str, location: str | None) -> None:
    response = get("claims/?status=published", accept=accept)

    if location is None:
        assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    else:
        assert response.status_code == 307
        assert response.headers["Location"] == f"{location}?status=published"
    assert "Accept" in response.headers["Vary"]


def test_both_are_the_file_itself() -> None:
    followed: Any = Client().get("/api/v1/claims/", headers={"accept": "text/csv"}, follow=True)
    direct: Any = Client().get(CSV)

    assert followed.status_code == direct.status_code == 200
    assert followed.getvalue() == direct.getvalue()


def test_other_lists_have_no_file() -> None:
    assert get("topics/", accept="text/csv").status_code == 406
    assert get("claims/C1/", accept="text/csv").status_code == 406
    assert get("topics.csv").status_code == 404


def test_parameters_are_read_by_the_file() -> None:
    response: Any = Client().get(get("claims.csv?nosuch=1").headers["Location"])

    assert (response.status_code, response.json()["code"]) == (400, "unknown_parameter")
