"""Pages as they were: the banner, links that keep the time, and the way back to the present."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from claims.actions.catalogue import revise_entity
from claims.actions.claims.publication import retract, take_off
from claims.models import Version
from sources.vocabulary import Role
from tests import factories as make

FIRST, SECOND = (datetime(2025, 6, day, 12, tzinfo=UTC) for day in (2, 3))


@pytest.fixture
def claim(db: None) -> Version:
    """A claim, published on 2 June 2025; on 3 June its entity was renamed and it was retracted."""
    china = make.entity("china", label="Middle Kingdom")
    found = make.published(
        statement="Trade fell by 9%.", subject="china", at=FIRST, topics=[make.topic("Trade")]
    )
    editor = make.somebody(Role.EDITOR)
    revise_entity(entity=china, by=editor, at=SECOND, label="PRC")
    retract(claim=found.claim, reason="It was another month.", by=editor, at=SECOND)
    return found


def page(client: Client, path: str, **asked: Any) -> str:
    response = client.get(path, asked)
    assert response.status_code == 200, response.content
    return response.content.decode()


def test_the_page_of_a_claim_is_that_of_the_time(client: Client, claim: Version) -> None:
    path = f"/claims/{claim.claim.ref}/"

    before = page(client, path, known_at="2025-06-02")
    now = page(client, path)

    assert "another month" not in before
    assert "Middle Kingdom" in before
    assert "another month" in now
    assert "Middle Kingdom" not in now


def test_a_banner_says_the_time_and_leads_back(client: Client, claim: Version) -> None:
    path = f"/claims/{claim.claim.ref}/"

    told = page(client, path, known_at="2 June 2025")

    assert "As it was known at the end of 2 June 2025 (UTC)." in told
    assert f'<a rel="original" href="{path}">See it now</a>' in told
    assert '<meta name="robots" content="noindex">' in told
    assert "As it was known" not in page(client, path)


def test_a_time_of_a_day_is_told_as_one(client: Client, claim: Version) -> None:
    told = page(client, "/", known_at="2025-06-02T15:00+02:00")

    assert "As it was known on 2 June 2025, 13:00:00 UTC." in told


def test_links_and_forms_keep_the_time(client: Client, claim: Version) -> None:
    told = page(client, "/", known_at="2025-06-02", q="trade")

    assert f'href="/claims/{claim.claim.ref}/?known_at=2025-06-02"' in told
    assert 'href="/topics/?known_at=2025-06-02"' in told
    assert '<input type="hidden" name="known_at" value="2025-06-02">' in told
    assert 'href="/about/"' in told
    assert 'href="/?q=trade">See it now' in told


def test_a_redirect_keeps_the_time(client: Client, claim: Version) -> None:
    response = client.get("/", {"q": claim.claim.ref, "known_at": "2025-06-02"})

    assert response["Location"] == f"/claims/{claim.claim.ref}/?known_at=2025-06-02"


@pytest.mark.parametrize("typed", ["2999", "soon", '"><script>'])
def test_a_time_that_nobody_can_know_is_refused(client: Client, db: None, typed: str) -> None:
    response = client.get("/topics/", {"known_at": typed})

    assert response.status_code == 400
    assert "<script>" not in response.content.decode()


def test_what_was_taken_off_is_gone_from_pages_of_the_past(client: Client, claim: Version) -> None:
    other = make.published(statement="It names a person.", at=FIRST)
    take_off(claim=other.claim, reason="A name.", by=make.somebody(Role.EDITOR), at=SECOND)

    response = client.get(f"/claims/{other.claim.ref}/", {"known_at": "2025-06-02"})

    assert response.status_code == 410
    assert "names a person" not in response.content.decode()
    assert "names a person" not in page(client, "/", known_at="2025-06-02")


@pytest.mark.parametrize(
    "path", ["/", "/topics/", "/entities/", "/sources/", "/conflicts/", "/factsheets/"]
)
def test_before_the_first_record_pages_are_empty(client: Client, claim: Version, path: str) -> None:
    told = page(client, path, known_at="2019")

    assert "/claims/C" not in told
    assert "Trade" not in told
