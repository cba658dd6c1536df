"""Errors of the API are problem details, whichever layer they come from."""

import logging
import re

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.throttling import AnonRateThrottle

from factbase.api.router import LISTS
from sources.models import Source

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("path", "headers", "status", "code"),
    [
        ("nowhere/", {}, 404, "not_found"),
        ("claims/C0/", {}, 404, "not_found"),
        ("claims/C017/", {}, 404, "not_found"),
        ("claims/c17/", {}, 404, "not_found"),
        ("claims/C99999999999999999999/", {}, 404, "not_found"),
        ("claims/C17%00/", {}, 404, "not_found"),
        ("sources/no such key/", {}, 404, "not_found"),
        ("claims/", {"accept": "text/html"}, 406, "not_acceptable"),
        ("claims/", {"host": "elsewhere.example"}, 400, "bad_request"),
    ],
)
def test_what_is_not_answered_is_a_problem(
    client: Client, path: str, headers: dict[str, str], status: int, code: str
) -> None:
    response = client.get(f"/api/v1/{path}", headers=headers)

    assert response.status_code == status
    assert response.headers["Content-Type"] == PROBLEM
    problem = response.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"].endswith(".")


# None of these is a place where a value is filled in; a message is made once.
NO_PLACES = ("%", "%s", "%d", "%(value)s", "2025-13%", "100% of it", "{0}", "٣")


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_refused_value_is_quoted_and_never_filled_in(client: Client, name: str) -> None:
    for parameter in [*LISTS[name].filters, "limit", "cursor"]:
        cache.clear()  # so many requests in a minute are too many
        for value in NO_PLACES:
            answer = client.get(f"/api/v1/{name}/", {parameter: value})

            assert answer.status_code in (200, 400), (parameter, value)
            if answer.status_code == 400:
                problem = answer.json()
                assert problem["errors"][0]["parameter"] == parameter
                said = re.sub("`[^`]+`", "", problem["detail"])  # examples of numbers have a %
                assert said.count("%") <= 2 * value.count("%"), problem["detail"]


@pytest.mark.parametrize("path", ["claims/", "claims/?nosuch=1", "nowhere/", "claims/C0/"])
def test_every_problem_has_the_headers_of_other_answers(client: Client, path: str) -> None:
    answer, page = client.get(f"/api/v1/{path}"), client.get("/")

    for name in ("X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options"):
        assert answer.headers[name] == page.headers[name]
    assert "Content-Security-Policy" in answer.headers
    assert "Cache-Control" in answer.headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_is_not_read_is_refused(client: Client, method: str) -> None:
    for path in ("claims/", "claims/C1/", "factsheets/", ""):
        response = getattr(client, method)(f"/api/v1/{path}")

        assert response.status_code == 405
        assert response.headers["Content-Type"] == PROBLEM
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_failing_server_tells_nothing_of_the_cause(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("the secret cause")

    monkeypatch.setattr(Source.objects.none().__class__, "readable_by", fail)
    client.raise_request_exception = False

    with caplog.at_level(logging.ERROR, logger="django.request"):
        response = client.get("/api/v1/sources/")

    assert response.status_code == 500
    assert response.headers["Content-Type"] == PROBLEM
    assert response.json()["code"] == "server_error"
    assert "secret cause" not in response.content.decode()


def test_too_many_requests_are_put_off(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/min"})
    spoofed = {"x-forwarded-for": "192.0.2.1"}

    answers = [client.get("/api/v1/topics/", headers=spoofed) for _ in range(2)]
    answers.append(client.get("/api/v1/topics/"))
    cache.clear()

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Content-Type"] == PROBLEM
    assert int(answers[2].headers["Retry-After"]) > 0
    assert answers[2].json()["code"] == "throttled"


def test_errors_of_pages_stay_pages(client: Client) -> None:
    response = client.get("/nowhere/at/all/")

    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")
