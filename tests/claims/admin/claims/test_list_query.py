"""The query field of the list of claims takes what the API's list takes, for the same reader."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.publication import retract
from claims.models import Topic, Version
from sources.models import Source
from sources.vocabulary import Access, Role
from tests import factories as make

pytestmark = pytest.mark.django_db

LIST = "/admin/claims/claim/"
API = "/api/v1/claims/"


@pytest.fixture
def desk() -> Client:
    return at_desk(Role.EDITOR)


@pytest.fixture
def topics() -> dict[str, Topic]:
    return {key: make.topic(key.title()) for key in ("trade", "energy")}


@pytest.fixture
def values(topics: dict[str, Topic]) -> dict[str, Version]:
    """Published claims of one number each, under a topic, and a draft.

    nine: 9%, trade    three: 3%, trade    seven: 7%, energy    draft: 8%, energy
    """
    prop, subject = make.number_property("change"), make.entity("china")

    def about(value: str, topic: str) -> dict[str, Any]:
        return {
            "statement": f"It changed by {value}.",
            "subject": subject.key,
            "property": prop.key,
            "value": value,
            "topics": [topics[topic]],
        }

    return {
        "nine": make.published(**about("9%", "trade")),
        "three": make.published(**about("3%", "trade")),
        "seven": make.published(**about("7%", "energy")),
        "draft": make.draft(**about("8%", "energy")),
    }


def at_desk(role: Role) -> Client:
    client = Client()
    client.force_login(make.person(role))
    return client


def page(client: Client, **asked: str) -> str:
    response = client.get(LIST, asked)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def listed(client: Client, **asked: str) -> list[str]:
    """The references in the table of the list."""
    return re.findall(r"<strong>(C\d+)</strong></a>", page(client, **asked))


def refs(values: dict[str, Version], *names: str) -> set[str]:
    return {values[name].claim.ref for name in names}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("topic=trade,energy&value_above=5%", ("nine", "seven", "draft")),
        ("topic=!trade", ("seven", "draft")),
        ("status=published&value_below=8%", ("three", "seven")),
        ("?topic=trade&ordering=-recorded&limit=1&fields=ref", ("nine", "three")),
        ("https://example.org/api/v1/claims/?status=draft&limit=20", ("draft",)),
        ("https://example.org/api/v1/claims/?limit=20", ("nine", "three", "seven", "draft")),
    ],
)
def test_the_list_has_what_the_api_has_for_the_same_query_and_account(
    desk: Client, values: dict[str, Version], query: str, names: tuple[str, ...]
) -> None:
    found = listed(desk, query=query)

    asked = re.sub(r"&?(ordering|limit|fields)=[^&]*", "", query.partition("?")[2] or query)
    in_api = desk.get(f"{API}?{asked.replace('%', '%25')}").json()["results"]
    assert set(found) == refs(values, *names) == {row["ref"] for row in in_api}
    assert len(found) == len(names)


def test_the_query_holds_besides_the_fields_of_the_form(
    desk: Client, values: dict[str, Version]
) -> None:
    assert set(listed(desk, query="value_above=5%")) == refs(values, "nine", "seven", "draft")
    assert listed(desk, query="value_above=5%", topic="trade") == [values["nine"].claim.ref]
    assert listed(desk, query="value_above=5%", status="draft") == [values["draft"].claim.ref]
    assert listed(desk, query="value_above=5%", topic="trade", status="draft") == []


@pytest.mark.parametrize(
    ("query", "sentences"),
    [
        ("topik=trade", ["There is no filter “topik” of claims. The nearest one is “topic”."]),
        ("trade", ["“trade” is no query. Write it as the address of a list has it"]),
        (
            "topic=trad&grade=exactly",
            [
                "topic: There is no topic “trad” that you may know of. The nearest one is “trade”.",
                "grade: ",
            ],
        ),
        ("topic=", ["The filter “topic” is empty. Give it a value, or leave it out."]),
        ("q=fell&q=rose", ["The filter “q” comes twice. Give it once."]),
        ("known_at=2025-01-01", ["There is no filter “known_at” of claims."]),
    ],
)
def test_what_is_not_understood_is_said_at_the_field_and_nothing_is_listed(
    desk: Client, values: dict[str, Version], query: str, sentences: list[str]
) -> None:
    shown = page(desk, query=query)

    field = shown.partition('id="id_query_helptext"')[2].partition("\n</div>")[0]
    for sentence in sentences:
        assert sentence in field
    assert f'value="{query}"' in shown
    assert "No claim fits." in shown
    assert "The same in the API" not in shown


def test_the_same_query_is_one_step_away_in_the_api_as_a_file_and_as_an_extract(
    desk: Client, values: dict[str, Version]
) -> None:
    shown = page(desk, query="status=published&topic=trade&value_above=5%&limit=2")

    query = "status=published&topic=trade&value_above=5%25"
    in_api, file, freeze = re.findall(
        r'<a href="([^"]*)">(?:The same|Freeze what)', shown.partition("The same query else")[2]
    )
    assert (in_api, file) == (f"{API}?{query}", f"/export/claims.csv?{query}")
    assert [row["ref"] for row in desk.get(in_api).json()["results"]] == [values["nine"].claim.ref]
    exported = b"".join(desk.get(file).streaming_content).decode()  # type: ignore[attr-defined]
    assert len(exported.splitlines()) == 2
    assert values["nine"].claim.ref in exported
    assert f'value="{query}"' in html.unescape(desk.get(freeze).content.decode())
    assert "The same in the API" not in page(desk, topic="trade")


def test_only_who_may_freeze_is_offered_to(values: dict[str, Version]) -> None:
    shown = page(at_desk(Role.REVIEWER), query="topic=trade")

    assert "The same in the API" in shown
    assert "as an extract" not in shown


def test_retracted_claims_are_listed_by_a_query_where_a_status_names_them(
    desk: Client, values: dict[str, Version]
) -> None:
    by = make.somebody(Role.EDITOR)
    retract(claim=values["three"].claim, reason="Wrong.", by=by, at=make.TODAY)

    assert listed(desk, query="topic=trade") == [values["nine"].claim.ref]
    both = listed(desk, query="topic=trade&status=published,retracted")
    assert set(both) == refs(values, "nine", "three")
    assert listed(desk, query="topic=trade", status="retracted") == [values["three"].claim.ref]


def test_a_source_for_others_is_refused_like_one_that_is_not_there(
    desk: Client, values: dict[str, Version]
) -> None:
    def refusal(key: str) -> str:
        shown = page(desk, query=f"source={key}").partition('id="id_query_helptext"')[2]
        return shown.partition("\n</div>")[0].replace(key, "KEY")

    named: Source = make.source(key="named-memo", access=Access.NAMED, public_descriptor="A memo")

    assert "source: There is no source “KEY” that you may know of." in refusal(named.key)
    assert refusal(named.key) == refusal("named-mamo")
