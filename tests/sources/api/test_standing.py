"""The standing of a source in the API: the same object wherever the source is named."""

from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from sources.actions.origins import add_origin
from sources.actions.sources import add_series
from sources.models import Excerpt, Source
from sources.vocabulary import OriginKind, Role, Standing
from tests import factories as make

pytestmark = pytest.mark.django_db

RETRACTED = {
    "code": "retracted",
    "label": "Retracted",
    "since": "2025-05-01",
    "reason": "The data were made up.",
    "sentence": "The source was retracted on 1 May 2025: The data were made up.",
}


@pytest.fixture
def source() -> Source:
    """A source of which a published claim quotes, and a series and a copy that name it."""
    made = make.source("Trade fell.", key="report", type="book")
    make.published(evidence=[Tie(make.excerpt("Trade fell.", of=made))])
    by = make.somebody(Role.CONTRIBUTOR)
    add_series(key="run", title="Run", sources=[made], by=by, at=make.TODAY)
    copy = make.source("It is so.", key="copy")
    make.published(evidence=[Tie(make.excerpt("It is so", of=copy))])
    add_origin(source=copy, origin=made, kind=OriginKind.WIRE, by=by, at=make.TODAY)
    return made


def told(client: Client, path: str) -> Any:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200
    return response.json()


def named(client: Client) -> dict[str, Any]:
    """The standing of the source as each place has it."""
    excerpt = Excerpt.objects.get(source__key="report")
    captured = next(
        one for one in told(client, "captures/")["results"] if one["source"]["key"] == "report"
    )
    return {
        "source": told(client, "sources/report/")["standing"],
        "sources": told(client, "sources/?type=book")["results"][0]["standing"],
        "origin": told(client, "sources/copy/")["origins"][0]["source"]["standing"],
        "series": told(client, "series/run/")["sources"][0]["standing"],
        "excerpt": told(client, f"excerpts/{excerpt.pk}/")["source"]["standing"],
        "capture": captured["source"]["standing"],
    }


def test_every_place_that_names_a_source_says_its_standing(client: Client, source: Source) -> None:
    make.stands(source, Standing.RETRACTED)

    places = named(client)

    assert places == dict.fromkeys(places, RETRACTED)


def test_a_source_that_is_current_says_nothing(client: Client, source: Source) -> None:
    make.stands(source, Standing.RETRACTED)
    make.stands(source, Standing.CURRENT, "It was another report.")

    places = named(client)

    assert places == dict.fromkeys(places, None)


def test_an_annotation_assesses_the_source(client: Client, source: Source) -> None:
    excerpt = Excerpt.objects.get(source__key="report")
    before = told(client, f"annotations/{excerpt.pk}/")["body"]

    make.stands(source, Standing.CONCERN)

    added = [
        body for body in told(client, f"annotations/{excerpt.pk}/")["body"] if body not in before
    ]
    assert added == [
        {
            "type": "TextualBody",
            "value": (
                "The publisher issued an expression of concern on 1 May 2025: "
                "The data were made up."
            ),
            "format": "text/plain",
            "purpose": "assessing",
            "language": "en",
        }
    ]
