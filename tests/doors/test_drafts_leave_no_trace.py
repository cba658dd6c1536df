"""Two bases that are equal but for drafts entered last give the public the same bytes everywhere.

The base is asked at every address and with every parameter, then drafts are entered, and it is
asked again at the same moment: status, headers and body must be the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from rest_framework.throttling import SimpleRateThrottle

from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.entry import Tie, revise
from claims.domain.content import Content
from claims.models import Extract, PublicConflict
from factbase.api.throttle import WindowThrottle
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.counted import a_series, has_dictionary
from tests.claims.pages import every_page, world
from tests.doors.addresses import Answered, answer_at, asked, crawl, filled, route_of, routes

pytestmark = [pytest.mark.django_db, pytest.mark.long]

NOW = world.LATER + timedelta(days=1)
# Words, keys and references that drafts alone have, and some that the public knows.
MARK = "Quillfeather"
WORDS = (
    *("quillfeather", "draft-thing", "draft-share", "draft-topic", "draft-source", "draft-series"),
    *("C9", "77.75", "2031", "et", "statement", "anniversary", "diplomacy", "2025", "1", "none"),
)
MOST_ADDRESSES = 2_500
STARTS = ("/", "/api/v1/", "/robots.txt", "/sitemap.xml")
# Addresses that people type, beside those that pages lead to.
TYPED = (
    *("/{ref}", "/{ref}/v1", "/claims/{ref}", "/claims/{ref}/v1", "/{conflict}", "/q/1"),
    *("/{extract}", "/extracts/{extract}/"),
    *("/K1", "/conflicts/{conflict}", "/f/sheet", "/f/sheet/1", "/factsheets/sheet/"),
    *("/api/v1/factsheets/sheet/", "/api/v1/claims/{claim}/versions/1/", "/favicon.ico"),
    *("/series/papers/", "/series/papers/contexts/?q=trade", "/series/papers/contexts.csv?q=trade"),
    *("/series/papers/words/", "/series/papers/words.csv", "/series/papers/dictionary/1.yaml"),
    *("/sources/{source}/compare/", "/sources/{source}/quote/"),
)
NOT_ASKED: dict[str, str] = {}


@contextmanager
def standing_clock() -> Iterator[None]:
    """A clock that stands, and no limit of requests."""
    cache.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: NOW)
        for throttle in (WindowThrottle, SimpleRateThrottle):
            patch.setattr(throttle, "allow_request", lambda *_: True)
        yield


def enter_drafts(built: world.World) -> None:
    """Enter what is not published: claims, versions, and all that only they rest on."""
    by, at = make.somebody(Role.CONTRIBUTOR), world.LATER
    thing = make.entity("draft-thing", label=f"{MARK} thing")
    share = make.number_property("draft-share", label=f"{MARK} share")
    topic = make.topic("Draft topic")
    source = make.source(
        f"It is {MARK}. Nobody knows.",
        key="draft-source",
        title=f"{MARK} papers",
        publisher=f"{MARK} Press",
    )
    quote = Tie(make.excerpt(f"It is {MARK}", of=source))
    about: dict[str, Any] = {"subject": built.subject.key, "property": built.prop.key}
    for make_one in (make.draft, make.submitted):
        for value in ("77", "100"):
            make_one(
                statement=f"{MARK} names {value}.",
                language="et",
                value=value,
                topics=[topic, built.topic],
                evidence=[quote],
                at=at,
                **about,
            )
        make_one(
            statement=f"{MARK} is 77.75%.",
            subject=thing.key,
            property=share.key,
            value="77.75%",
            period="2031",
            asserted_by=(thing.key,),
            evidence=[quote],
            at=at,
        )
    held = make.submitted(value="12", statement=f"{MARK} waits.", at=at, **about)
    make.approved(held, at=at, publish_at=NOW + timedelta(days=300), note=MARK)
    for version in (built.hundred, built.calm):
        stored, _quotes = stored_content(version)
        revise(
            claim=version.claim,
            content=Content(statement=f"{stored.statement} {MARK}.", value="99", **about),
            evidence=[quote],
            by=by,
            at=at,
            seen=1,
            submit_it=True,
        )


def build() -> every_page.EveryPage:
    """A page of every kind, and a series with its dictionary."""
    built = every_page.build()
    has_dictionary(a_series(is_opened=True), arctic=["Arctic"], trade=["trade"])
    return built


@dataclass(frozen=True)
class Asked:
    """The world, and the answers at each address before there are drafts.

    `linked` are those of the addresses that links lead to and that people type.
    """

    world: world.World
    linked: frozenset[str]
    answers: dict[str, Answered]


@pytest.fixture(scope="module")
def before(module_transaction: None) -> Iterator[Asked]:
    """The answers at every address, and at those of the API with every parameter."""
    with standing_clock():
        built, client, found = build(), Client(), dict[str, Answered]()
        ref, conflict = built.world.hundred.claim.ref, PublicConflict.objects.earliest("pk").ref
        source = built.world.hundred.evidence.get().excerpt.source.key
        extract = Extract.objects.latest("pk").ref
        names = {"claim": ref, "ref": ref.lower(), "conflict": conflict.lower(), "source": source}
        names["extract"] = extract.lower()
        typed = [one.format(**names) for one in TYPED]
        plain = [f"/{route}" for route in routes() if not {"<", "("} & set(route)]
        starts = [*STARTS, *plain, *built.addresses, *built.refusals, *built.sheets, *typed]
        crawl(client, starts, found, MOST_ADDRESSES)
        schema = client.get("/api/v1/schema/?format=json").json()
        crawl(client, filled(schema, found).values(), found, MOST_ADDRESSES)
        linked = frozenset(found)
        for address in asked(schema, filled(schema, found), WORDS):
            found[address] = answer_at(client, address)
        yield Asked(built.world, linked, found)


def test_drafts_change_no_byte_of_any_answer(before: Asked, client: Client) -> None:
    answers = before.answers
    assert sum(answer.status == 200 for answer in answers.values()) > 300
    assert not any(MARK.encode() in answer.body for answer in answers.values())

    with standing_clock():
        enter_drafts(before.world)
        changed = [one for one, answer in answers.items() if answer_at(client, one) != answer]

    assert changed == []


def test_every_address_of_the_public_is_among_those_asked(before: Asked) -> None:
    assert set(routes()) - {route_of(address) for address in before.linked} == set(NOT_ASKED)
