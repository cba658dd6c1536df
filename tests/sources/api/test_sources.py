"""Sources, series and excerpts in the API."""

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from sources.actions.origins import add_origin
from sources.actions.sources import add_series
from sources.vocabulary import Access, OriginKind, Role
from tests import factories as make

pytestmark = pytest.mark.django_db


def keys(client: Client, path: str) -> list[str]:
    return [row["key"] for row in client.get(f"/api/v1/{path}").json()["results"]]


def test_every_filter_lists_what_it_asks_for(client: Client) -> None:
    by = make.somebody(Role.CONTRIBUTOR)
    first = make.source(key="first", title="Łódź in figures", type="book", is_opened=True)
    second = make.source("It is so.", key="second", author=[{"family": "Łukasz", "given": "Jan"}])
    add_series(key="yearbooks", title="Yearbooks", sources=[second], by=by, at=make.TODAY)
    make.published(evidence=[Tie(make.excerpt("It is so", of=second))])

    assert keys(client, "sources/") == [first.key, second.key]
    assert keys(client, "sources/?q=lodz") == [first.key]
    assert keys(client, "sources/?q=lukasz") == [second.key]
    assert keys(client, "sources/?type=book") == [first.key]
    assert keys(client, "sources/?series=yearbooks") == [second.key]


def test_a_series_keeps_its_order(client: Client) -> None:
    members = [make.source("It is so.", key=key, is_opened=True) for key in ("z", "a", "m")]
    by = make.somebody(Role.CONTRIBUTOR)
    add_series(key="run", title="Run", sources=members, by=by, at=make.TODAY)
    make.published(evidence=[Tie(make.excerpt("It is so", of=members[0]))])

    told = client.get("/api/v1/series/run/").json()["sources"]

    assert [source["key"] for source in told] == ["z", "a", "m"]


def test_a_confidential_origin_is_not_told(client: Client) -> None:
    by = make.somebody(Role.CONTRIBUTOR)
    copy, wire = make.source(key="copy", is_opened=True), make.source(key="wire")
    memo = make.source(key="memo", access=Access.STAFF, public_descriptor="A paper")
    for origin in (wire, memo):
        add_origin(source=copy, origin=origin, kind=OriginKind.WIRE, by=by, at=make.TODAY)

    told = client.get("/api/v1/sources/copy/").json()["origins"]

    assert [origin["source"]["key"] for origin in told] == ["wire"]


def test_excerpts_are_found_by_source_and_grade(client: Client) -> None:
    source = make.source("It rose.", key="one")
    excerpt = make.excerpt("It rose.", of=source)
    make.published(evidence=[Tie(excerpt)])
    make.published()

    def found(asked: str) -> list[int]:
        rows = client.get(f"/api/v1/excerpts/?{asked}").json()["results"]
        return [row["id"] for row in rows]

    assert len(found("")) == 2
    assert found("source=one") == [excerpt.pk]
    assert found("source=one&grade=missing") == []
