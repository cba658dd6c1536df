"""Every public page is whole, inert, and the same for everybody."""

import re
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.entry import Tie, revise
from claims.domain.content import Content
from claims.models import PublicConflict
from sources.vocabulary import Role
from tests import factories
from tests.claims import crowded
from tests.claims.pages import world

pytestmark = pytest.mark.django_db


def seen(client: Client, address: str) -> bytes:
    """A page but for the minute at which a sheet was made."""
    body = client.get(address).content
    return re.sub(rb"Made [0-9-]+ [0-9:]+ UTC", b"Made", body)


def test_every_page_is_there_and_is_whole_html(client: Client) -> None:
    for address in world.build().addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        reading = world.read(response.content.decode())
        assert reading.unclosed == [], address
        doubled = [name for name, count in Counter(reading.ids).items() if count > 1]
        assert doubled == [], address


def test_no_page_needs_more_than_its_own_styles(client: Client) -> None:
    for address in world.build().addresses:
        response = client.get(address)
        assert world.read(response.content.decode()).active == [], address
        policy = response.headers["Content-Security-Policy"]
        assert "'unsafe-inline'" not in policy
        assert "default-src 'self'" in policy


def test_every_page_says_its_language_its_title_and_its_own_address(client: Client) -> None:
    for address in world.build().addresses:
        page = client.get(address).content.decode()
        assert '<html lang="en"' in page, address
        assert re.search(r"<title>[^<]+ · factbase</title>", page), address
        assert '<link rel="canonical" href="http://testserver/' in page, address
        assert page.count("<h1") == 1, address


def test_what_is_not_published_changes_no_byte_of_any_page(client: Client) -> None:
    built = world.build()
    before = {address: seen(client, address) for address in built.addresses}
    about: dict[str, Any] = {"subject": built.subject.key, "property": built.prop.key}

    # Another side of the conflict, submitted; the same as a draft; approved and on hold.
    factories.submitted(value="50", topics=[built.topic], **about)
    factories.draft(value="25", topics=[factories.topic("Only of drafts")], **about)
    factories.approved(
        factories.submitted(value="12", **about), publish_at=factories.TODAY.replace(year=2999)
    )
    # The next version of a published member, and of a claim that nobody disputes.
    for version in (built.hundred, built.calm):
        stored, _quotes = stored_content(version)
        excerpt = factories.excerpt(of=version.evidence.get().excerpt.source)
        revise(
            claim=version.claim,
            content=Content(statement=f"{stored.statement} And more.", **about, value="99"),
            evidence=[Tie(excerpt)],
            by=factories.somebody(Role.CONTRIBUTOR),
            at=world.LATER,
            seen=1,
            submit_it=True,
        )

    for address, page in before.items():
        assert seen(client, address) == page, address


def test_the_desk_reads_the_same_words_as_everybody_but_in_sources(client: Client) -> None:
    built = world.build()
    factories.submitted(statement="Nobody approved this anniversary.", topics=[built.topic])
    public = {
        address: world.read(seen(client, address).decode()).text
        for address in built.addresses
        if "/sources/" not in address
    }
    client.force_login(factories.person(Role.EDITOR))
    for address, text in public.items():
        desk = world.read(seen(client, address).decode()).text
        assert desk.replace("At the desk", "").replace("Desk", "").split() == text.split(), address


def test_a_member_of_the_desk_gets_to_the_claim_at_the_desk(client: Client) -> None:
    claim = factories.published().claim
    client.force_login(factories.person(Role.EDITOR))
    assert (
        f"/admin/claims/claim/{claim.pk}/" in client.get(f"/claims/{claim.ref}/").content.decode()
    )


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_only_answer_to_reading(client: Client, method: str) -> None:
    claim = factories.published().claim
    for address in ("/", f"/claims/{claim.ref}/", "/conflicts/", "/topics/", "/factsheets/"):
        assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/",
        "/claims/C0/",
        "/claims/C999999999999999999/",
        "/claims/C1/v999999999/",
        "/claims/d1/",
        "/claims/C1e5/",
        "/conflicts/K999999999999999999/",
        "/sources/nothing/",
        "/sources/..%2f..%2fetc/",
        "/topics/nothing/",
        "/series/nothing/",
    ],
)
def test_an_address_of_nothing_is_a_page_that_says_so(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    page = response.content.decode()
    assert "There is nothing here" in page
    assert world.read(page).unclosed == []


def test_a_failing_server_has_a_page_that_asks_the_database_nothing() -> None:
    assert "The server failed to answer" in render_to_string("500.html")


def test_the_number_of_queries_does_not_grow_with_the_rows(client: Client) -> None:
    built = world.build()
    texts = [f"The title names the {number}th anniversary." for number in range(60, 65)]
    source = factories.source(" ".join(texts))
    asserter = factories.entity("speaker", kind="person")

    def publish(number: int) -> None:
        words = texts[number - 60]
        factories.published(
            statement=words,
            value=str(number),
            subject=built.subject.key,
            property=built.prop.key,
            topics=[built.topic],
            asserted_by=(asserter.key,),
            evidence=[Tie(factories.excerpt(words, of=source)), Tie(factories.excerpt())],
        )

    publish(60)
    addresses = [*built.addresses, f"/sources/{source.key}/"]
    few = {address: count(client, address) for address in addresses}
    for number in range(61, 65):
        publish(number)
    assert {address: count(client, address) for address in addresses} == few
    assert max(few.values()) < 40


def test_the_number_of_queries_does_not_grow_with_what_was_decided_withheld_or_retracted(
    client: Client,
) -> None:
    built = world.build()
    addresses = built.addresses
    one = crowded.add_row(built.topic)
    source = one.evidence.order_by("pk")[0].excerpt.source
    addresses += [
        f"/claims/{one.claim.ref}/",
        f"/sources/{source.key}/",
        *[f"/conflicts/{found.ref}/" for found in PublicConflict.objects.order_by("number")],
    ]
    few = {address: count(client, address) for address in addresses}
    for _row in range(2):
        crowded.add_row(built.topic)
    assert {address: count(client, address) for address in addresses} == few


def count(client: Client, address: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)
