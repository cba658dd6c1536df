"""Query strings that are refused. Asked of lists without rows: before any row is read."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
REFUSED = {
    "claims/?known_on=2025": ("unknown_parameter", "known_on"),
    "claims/?known_at=2998": ("future", "known_at"),
    "claims/?q=:*": ("nothing_to_search", "q"),
    "claims/?statuss=published": ("unknown_parameter", "statuss"),
    "claims/C1/?topic=a": ("unknown_parameter", "topic"),
    "sources/report/?format=json": ("unknown_parameter", "format"),
    "claims/?q=a&q=b": ("repeated_parameter", "q"),
    "claims/?topic=a&topic=": ("empty_parameter", "topic"),
    "claims/?topic=a": ("unknown_key", "topic"),
    "claims/?topic=a,!b": ("misplaced_not", "topic"),
    'claims/?topic="a': ("unclosed", "topic"),
    f"claims/?{'&'.join(['topic=a'] * 11)}": ("too_many", "topic"),
    "claims/?entity=none": ("none", "entity"),
    "claims/?ordering=size": ("invalid_choice", "ordering"),
    "claims/?ordering=--period": ("invalid_choice", "ordering"),
    "claims/?fields=ref,sttus": ("invalid_choice", "fields"),
    "claims/?include=reviews": ("invalid_choice", "include"),
    "claims/?ref=K5": ("invalid", "ref"),
    "claims/?support_at_least=0": ("invalid", "support_at_least"),
    "claims/?recorded_since=before 2025": ("unreadable", "recorded_since"),
    "claims/?value_above=5..7": ("unknown_unit", "value_above"),
    "claims/?cursor=MjAyNX4x": ("cursor", "cursor"),  # of another order
    "claims/?ordering=recorded&cursor=MTc": ("cursor", "cursor"),  # of the plain order
    "claims/?ordering=period&cursor=c29vbn4x": ("cursor", "cursor"),  # soon
    "claims/?topic=": ("empty_parameter", "topic"),
    "claims/?q=a%00b": ("nul", ""),
    "claims/?q%00=a": ("nul", ""),
    "claims/?q=%ED%A0%80": ("broken_text", ""),
    "claims/?q=%FF": ("broken_text", ""),
    f"claims/?q={'a' * 10_000}": ("too_long", "q"),
    f"claims/?topic={'a' * 10_000}": ("too_long", "topic"),
    f"claims/?topic={'a' * 101}": ("invalid", "topic"),
    f"claims/?period={'2' * 10_000}": ("too_long", "period"),
    f"claims/?{'a' * 10_000}=1": ("unknown_parameter", "a" * 10_000),
    "claims/?topic=a b": ("invalid", "topic"),
    "claims/?topic=a%25b": ("invalid", "topic"),  # a%b, which is no place to fill in
    "claims/?disputed=%25(value)s": ("invalid", "disputed"),
    "claims/?status=%25d": ("invalid_choice", "status"),
    "claims/?status=gone": ("invalid_choice", "status"),
    "claims/?disputed=1": ("invalid", "disputed"),
    "claims/?period=2025-13": ("impossible", "period"),
    "claims/?period=2025/2024": ("reversed", "period"),
    "conflicts/?claim=17": ("invalid", "claim"),
    "conflicts/?claim=C99999999999999999999": ("invalid", "claim"),
    "excerpts/?grade=perfect": ("invalid_choice", "grade"),
    "claims/?limit=0": ("limit", "limit"),
    "claims/?limit=-1": ("limit", "limit"),
    "claims/?limit=101": ("limit", "limit"),
    "claims/?limit=ten": ("limit", "limit"),
    "claims/?limit=１０": ("limit", "limit"),
    "claims/?cursor=-1": ("cursor", "cursor"),
    "claims/?cursor=LTE": ("cursor", "cursor"),  # -1
    "claims/?cursor=MTc=": ("cursor", "cursor"),  # 17, not as it is written
    "claims/?cursor=YWJj": ("cursor", "cursor"),  # abc
    f"claims/?cursor={'MTc' * 3_000}": ("cursor", "cursor"),
    "sources/?cursor=JyBPUiAx": ("cursor", "cursor"),  # ' OR 1
}


def test_each_is_refused_by_name_with_a_sentence(client: Client) -> None:
    for path, (code, name) in REFUSED.items():
        response = client.get(f"/api/v1/{path}")
        problem = response.json()

        assert response.status_code == 400, path
        assert response.headers["Content-Type"] == "application/problem+json"
        assert (problem["code"], problem["errors"][0]["parameter"]) == (code, name), path
        assert problem["detail"].endswith("."), path
        assert len(problem["detail"]) < 500


def test_the_nearest_parameter_is_named(client: Client) -> None:
    detail = client.get("/api/v1/claims/?topics=trade").json()["detail"]

    assert detail.startswith("There is no parameter “topics” here. The nearest one is “topic”.")


def test_all_wrong_parameters_are_named_at_once(client: Client) -> None:
    errors = client.get("/api/v1/claims/?disputed=perhaps&period=soon").json()["errors"]

    assert {error["parameter"] for error in errors} == {"disputed", "period"}


def test_words_of_any_script_are_read(client: Client) -> None:
    for words in ("Ёлка", "北京", "it's 100%", "a & b", "<script>", "'; DROP TABLE"):
        assert client.get("/api/v1/claims/", {"q": words}).status_code == 200, words
