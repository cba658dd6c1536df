"""Sources as a bibliography through the API."""

import json

import pytest
from django.test import Client

from sources.vocabulary import Access
from tests import factories as make

pytestmark = pytest.mark.django_db

PATH = "/api/v1/bibliography/"


@pytest.mark.parametrize(
    ("form", "media_type", "start"),
    [
        ("csl-json", "application/vnd.citationstyles.csl+json", "[\n"),
        ("bibtex", "application/x-bibtex", "@book{first"),
        ("biblatex", "application/x-bibtex", "@book{first"),
        ("ris", "application/x-research-info-systems", "TY  - BOOK"),
    ],
)
def test_sources_come_in_the_format_that_is_asked_for(
    client: Client, form: str, media_type: str, start: str
) -> None:
    make.source(key="first", type="book", is_opened=True)

    answer = client.get(PATH, {"as": form})

    assert answer.status_code == 200
    assert answer["Content-Type"] == f"{media_type}; charset=utf-8"
    assert answer.content.decode().startswith(start)


def keys(client: Client, query: str = "") -> list[str]:
    return [record["id"] for record in json.loads(client.get(f"{PATH}?{query}").content)]


def test_the_filters_of_the_list_narrow_the_file(client: Client) -> None:
    make.source(key="first", title="Łódź in figures", type="book", is_opened=True)
    make.source(key="second", is_opened=True)

    assert keys(client) == ["first", "second"]
    assert keys(client, "type=book") == keys(client, "q=lodz") == ["first"]
    assert keys(client, "series=none&type=!book") == ["second"]


@pytest.mark.parametrize("access", [Access.STAFF, Access.NAMED])
def test_confidential_sources_are_in_nobodys_file_but_of_who_knows_them(
    client: Client, access: Access
) -> None:
    make.source(key="open", is_opened=True)
    make.source(key="drafted")  # nothing published rests on it
    make.source(key="hidden", access=access, public_descriptor="an official")

    assert keys(client) == ["open"]
    client.force_login(make.person())
    assert keys(client) == (
        ["drafted", "hidden", "open"] if access == Access.STAFF else ["drafted", "open"]
    )


@pytest.mark.parametrize(
    "query", ["as=docx", "as=", "format=ris", "q=a&q=b", "series=nowhere", "q=%00"]
)
def test_what_is_not_known_is_refused(client: Client, query: str) -> None:
    answer = client.get(f"{PATH}?{query}")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_nothing_is_written_through_it(client: Client) -> None:
    client.force_login(make.person())

    assert client.post(PATH, "[]", content_type="application/json").status_code == 405
