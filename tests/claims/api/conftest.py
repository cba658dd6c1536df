"""Readers of the API, and a world with something of everything."""

from collections.abc import Callable
from copy import deepcopy
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.models import Version
from sources.actions.sources import add_series
from sources.models import Source
from sources.vocabulary import Access, Role
from tests import factories as make

API = "/api/v1/"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--regenerate` writes the files that answers and query counts are compared with."""
    parser.addoption("--regenerate", action="store_true", help="write the expected API answers")


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--regenerate", default=False))


@pytest.fixture(autouse=True)
def _nobody_is_throttled() -> None:
    cache.clear()


@pytest.fixture
def public(db: None) -> Client:
    """The browser of somebody who is not signed in."""
    return Client()


@pytest.fixture
def staff_client(db: None) -> Client:
    """The browser of somebody at the desk."""
    client = Client()
    client.force_login(make.person(Role.EDITOR))
    return client


@pytest.fixture
def refs(public: Client) -> Callable[..., list[str]]:
    """The references on the first page of a list, for the public unless `by` says otherwise."""

    def read(path: str, *, by: Client | None = None, name: str = "ref", **asked: Any) -> list[str]:
        response = (by or public).get(f"{API}{path}", asked)
        assert response.status_code == 200, response.content
        return [row[name] for row in response.json()["results"]]

    return read


def about_trade(source: Source, words: str, value: str, **fields: Any) -> Version:
    """A published claim about the change of trade in the first half of 2025."""
    return make.published(
        statement=f"Trade changed by {value} in the first half of 2025, says {source.key}.",
        subject="china",
        property="trade-change",
        value=value,
        period="2025-01/2025-06",
        evidence=[Tie(make.excerpt(words, of=source)), *fields.pop("also", [])],
        **fields,
    )


@pytest.fixture
def world(built_world: SimpleNamespace, db: None) -> SimpleNamespace:
    """The world of the module, for one test to change."""
    return deepcopy(built_world)


@pytest.fixture(scope="module")
def built_world(module_transaction: None) -> SimpleNamespace:
    """Claims that the public reads, two of them in conflict, and two that it does not.

    fall, rise   published: trade fell by about 9%, trade rose by 3%
    plain        published: a bare statement
    draft, waiting
    """
    report = make.source(
        "In May trade fell by about 9%, the ministry said.",
        key="report",
        author=[{"family": "Ivanova", "given": "Anna"}],
        issued={"date-parts": [[2025, 5, 7]]},
        URL="https://example.org/report",
        language="en",
        **{"container-title": "The Daily"},
    )
    survey = make.source("By our count trade grew by 3%. It met in Kazan.", key="survey")
    secret = make.source(
        "Between us, it fell by nine percent.",
        key="secret",
        title="Memo of the deputy minister",
        access=Access.STAFF,
        public_descriptor="A paper seen by the desk",
    )
    by = make.somebody(Role.CONTRIBUTOR)
    add_series(key="papers", title="Papers", sources=[report, secret], by=by, at=make.TODAY)
    china = make.entity("china", kind="country")
    make.entity("ministry", kind="organisation", part_of=china, aliases=["Minekonom"])
    make.entity("memo", kind="document", label="The deputy minister's memo", source=secret)
    make.number_property("trade-change", time="over")
    topic = make.topic("Trade")
    hidden = make.excerpt("it fell by nine percent", of=secret)
    fall = about_trade(
        report,
        "trade fell by about 9%",
        "-9%",
        as_written="about 9%",
        approximate=True,
        asserted_by=("ministry",),
        asserted_on="2025-05-07",
        mode="estimated",
        topics=[topic],
        also=[Tie(hidden, stance="context")],
    )
    rise = about_trade(survey, "trade grew by 3%", "3%", topics=[topic])
    kazan = make.excerpt("It met in Kazan", of=survey)
    plain = make.published(statement="The summit was held in Kazan.", evidence=[Tie(kazan)])
    draft = make.draft(statement="A draft of the desk.", evidence=[Tie(kazan)])
    waiting = make.submitted(statement="A statement that waits.", evidence=[Tie(kazan)])
    return SimpleNamespace(
        report=report,
        survey=survey,
        secret=secret,
        hidden=hidden,
        kazan=kazan,
        topic=topic,
        fall=fall,
        rise=rise,
        plain=plain,
        draft=draft,
        waiting=waiting,
    )


def ref(version: Version) -> str:
    """The reference of the version's claim."""
    return str(version.claim.ref)
