"""Short addresses and references in small letters lead to pages that the public reads."""

import pytest
from django.test import Client

from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.entry import Tie, revise
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims.pages import world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("short", "page"),
    [
        ("/C17", "/claims/C17/"),
        ("/c17", "/claims/C17/"),
        ("/C17/", "/claims/C17/"),
        ("/c17/v2", "/claims/C17/v2/"),
        ("/claims/c17/", "/claims/C17/"),
        ("/claims/c17", "/claims/C17/"),
        ("/claims/c17/v2/", "/claims/C17/v2/"),
        ("/K5", "/conflicts/K5/"),
        ("/k5/", "/conflicts/K5/"),
        ("/conflicts/k5/", "/conflicts/K5/"),
        ("/c17?utm=x%0d%0ay", "/claims/C17/?utm=x%0d%0ay"),
    ],
)
def test_a_reference_leads_to_its_page_for_good(client: Client, short: str, page: str) -> None:
    response = client.get(short)

    assert response.status_code == 301
    assert response.headers["Location"] == page


@pytest.mark.parametrize("short", ["/C0", "/C017", "/C1x", "/Cx", "/q/0", "/q/x", "/f/"])
def test_what_is_no_reference_leads_nowhere(client: Client, short: str) -> None:
    assert client.get(short).status_code == 404


def test_the_short_address_of_an_excerpt_leads_to_its_words(client: Client) -> None:
    piece = make.published().evidence.get()

    response = client.get(f"/q/{piece.excerpt_id}", follow=True)

    source = piece.excerpt.source
    address = f"/sources/{source.key}/?excerpt={piece.excerpt_id}#x{piece.excerpt_id}"
    assert response.redirect_chain == [(address, 302)]
    assert f'id="x{piece.excerpt_id}"' in response.content.decode()


def test_words_that_an_earlier_version_quotes_are_found_there(client: Client) -> None:
    version = make.published()
    piece = version.evidence.get()
    other = make.excerpt("Other words", of=make.source("Other words of another day."))
    content, _quotes = stored_content(version)
    newer = revise(
        claim=version.claim,
        content=content,
        evidence=[Tie(other)],
        by=make.somebody(Role.CONTRIBUTOR),
        at=world.LATER,
        seen=1,
        submit_it=True,
    )
    make.approved(newer, at=world.LATER)

    response = client.get(f"/q/{piece.excerpt_id}")

    assert response.headers["Location"] == f"/claims/{version.claim.ref}/v1/"


def test_words_that_are_not_public_have_no_short_address(client: Client) -> None:
    waiting = make.submitted().evidence.get()
    secret = make.source(
        "Between us, it fell.",
        title="Secretlock",
        access=Access.STAFF,
        public_descriptor="A paper seen by the desk",
    )
    quoted = make.excerpt("it fell", of=secret)
    make.published(evidence=[Tie(quoted)])

    for number in (waiting.excerpt_id, quoted.pk, 999_999):
        assert client.get(f"/q/{number}").status_code == 404
