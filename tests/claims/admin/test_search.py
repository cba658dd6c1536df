"""The search on top of the desk: a reference leads there, words to what the account may read."""

import re
from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from factbase.models import User
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims.admin.entry.test_pages import staff_client

pytestmark = pytest.mark.django_db

SEARCH = "/admin/search/"


def found(typed: str, *, by: User | None = None, **more: str) -> Any:
    return staff_client(by or make.person()).get(SEARCH, {"q": typed, **more})


def links(answer: Any) -> set[str]:
    """The addresses in the content of the page."""
    content = answer.content.decode().partition('id="content"')[2]
    return set(re.findall(r'href="([^"]+)"', content))


def test_a_reference_leads_straight_to_its_page() -> None:
    version = make.draft()
    claim, quote = version.claim, version.evidence.get().excerpt

    led = {
        typed: found(typed).headers.get("Location")
        for typed in (f"c{claim.pk}", f" {version.ref} ", f"q/{quote.pk}")
    }

    assert list(led.values()) == [
        f"/admin/claims/claim/{claim.pk}/change/",
        f"/admin/claims/claim/{claim.pk}/v1/",
        f"/admin/sources/excerpt/{quote.pk}/change/",
    ]


def test_a_conflict_and_an_extract_are_led_to_by_their_references() -> None:
    subject, prop = make.entity(), make.number_property()
    one, _other = (
        make.published(subject=subject.key, property=prop.key, value=value) for value in "12"
    )
    conflict = one.claim.conflict_memberships.get().conflict

    assert found(conflict.ref).headers["Location"] == (
        f"/admin/claims/conflict/{conflict.pk}/change/"
    )


@pytest.mark.parametrize("typed", ["C999", "C1/v9", "K999", "X999", "q/999"])
def test_a_reference_of_nothing_says_so(typed: str) -> None:
    answer = found(typed)

    assert answer.status_code == 200
    assert f"There is no {typed} that you may read." in answer.content.decode()


def test_a_quote_of_a_source_for_named_persons_is_as_good_as_none_to_others() -> None:
    kept = make.source("It fell.", access=Access.NAMED, public_descriptor="A memo")
    quote = make.excerpt("It fell.", of=kept)
    named = make.person()
    kept.readers.add(named)

    assert found(f"q/{quote.pk}", by=named).status_code == 302
    refused = found(f"q/{quote.pk}")
    assert f"There is no q/{quote.pk} that you may read." in refused.content.decode()


def test_words_find_drafts_quotes_sources_names_and_topics_by_kind() -> None:
    source = make.source("Walrus numbers fell by 9%.", title="The walrus census")
    entity = make.entity("walrus-fund", label="Walrus Fund", kind="organisation")
    topic = make.topic("Walrus hunting")
    said = make.draft(statement="The walrus is rarer.", asserted_by=(entity.key,))
    quoted = make.published(
        statement="Fewer animals.",
        evidence=[Tie(make.excerpt("Walrus numbers fell by 9%.", of=source))],
    )

    page = found("walrus")

    assert {
        f"/admin/claims/claim/{said.claim_id}/change/",
        f"/admin/claims/claim/{quoted.claim_id}/change/",
        f"/admin/sources/source/{source.pk}/change/",
        f"/sources/{source.key}/",
        f"/admin/claims/entity/{entity.pk}/change/",
        f"/admin/claims/topic/{topic.pk}/change/",
        f"/admin/claims/claim/?entity={entity.key}",
        f"/admin/claims/claim/?source={source.key}",
        f"/admin/claims/claim/?topic={topic.key}",
    } <= links(page)
    text = page.content.decode()
    assert 'badge ">Draft<' in text
    assert f"in a quote of {source.key}" in text


def test_a_source_is_found_by_its_key_in_any_case() -> None:
    source = make.source(key="pism-2024-17")

    assert f"/admin/sources/source/{source.pk}/change/" in links(found("PISM-2024-17"))


def test_what_stands_in_a_source_for_named_persons_is_found_by_these_alone() -> None:
    kept = make.source(
        "The walrus fled.",
        key="walrus-memo",
        title="Walrus memo",
        access=Access.NAMED,
        public_descriptor="A memo",
    )
    make.entity("walrus-paper", kind="document", source=kept)
    make.published(statement="It fled.", evidence=[Tie(make.excerpt("The walrus fled.", of=kept))])
    named = make.person()
    kept.readers.add(named)

    others = [found(typed, by=make.person(Role.ADMINISTRATOR)) for typed in ("walrus", kept.key)]

    assert all("Nothing that you may read" in page.content.decode() for page in others)
    assert not any("Walrus memo" in page.content.decode() for page in others)
    assert f"/admin/sources/source/{kept.pk}/change/" in links(found("walrus", by=named))


def test_more_claims_than_a_page_holds_follow_by_rank_and_in_the_list() -> None:
    for _ in range(21):
        make.submitted(statement="A walrus swims.", evidence=[Tie(make.excerpt("It swims."))])

    first, second = found("walrus"), found("walrus", start="20")

    assert "/admin/claims/claim/?q=walrus" in links(first)
    assert "?q=walrus&amp;start=20" in links(first)
    assert len(first.context["claims"]) == 20
    assert len(second.context["claims"]) == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "Type words above"), ("?!", "holds neither a word nor a number"), ("w" * 301, "Shorten")],
)
def test_what_cannot_be_searched_for_is_said(typed: str, told: str) -> None:
    assert told in found(typed).content.decode()


def test_what_was_typed_stays_in_the_box_of_the_results() -> None:
    assert 'name="q" value="&quot;walrus"' in found('"walrus').content.decode()


def test_the_search_is_the_desks_alone() -> None:
    public = Client().get(SEARCH, {"q": "walrus"})
    stranger = Client()
    stranger.force_login(make.person(is_staff=False))

    assert public.headers["Location"].startswith("/admin/login/")
    assert stranger.get(SEARCH, {"q": "C1"}).headers["Location"].startswith("/admin/login/")
