"""The page of a quote at the desk: its translation."""

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from factbase.models import User
from sources.models import Excerpt
from sources.vocabulary import Access, Role
from tests import factories as make

pytestmark = pytest.mark.django_db

TYPED = {
    "translation": "It is so.",
    "translated_by": "Apertium 3.8",
    "translation_method": "machine",
}


def staff_client(person: User | None = None) -> Client:
    client = Client()
    client.force_login(person or make.person())
    return client


def address(excerpt: Excerpt, page: str = "translate") -> str:
    return f"/admin/sources/excerpt/{excerpt.pk}/{page}/"


def test_a_translation_is_written_on_the_page_of_the_quote() -> None:
    excerpt, client = make.excerpt(), staff_client()

    sent = client.post(address(excerpt), TYPED, follow=True)

    excerpt.refresh_from_db()
    assert excerpt.translation == "It is so."
    assert sent.redirect_chain == [(address(excerpt, "change"), 302)]
    assert "Apertium 3.8" in sent.content.decode()


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed() -> None:
    excerpt = make.excerpt()

    page = staff_client().post(address(excerpt), {**TYPED, "translated_by": ""})

    assert "Nobody is named for the translation" in page.content.decode()
    assert "It is so." in page.content.decode()
    excerpt.refresh_from_db()
    assert excerpt.translation == ""


def test_asking_for_the_form_changes_nothing() -> None:
    excerpt = make.excerpt()
    staff_client().post(address(excerpt), TYPED)

    page = staff_client().get(address(excerpt))

    assert (page.status_code, "It is so." in page.content.decode()) == (200, True)


def test_a_contributor_reads_why_a_published_translation_stays() -> None:
    excerpt = make.excerpt()
    make.published(evidence=[Tie(excerpt)])

    assert "only an editor" in staff_client().post(address(excerpt), TYPED).content.decode()
    assert staff_client(make.person(Role.EDITOR)).post(address(excerpt), TYPED).status_code == 302


def test_a_quote_that_only_named_persons_read_is_not_found() -> None:
    hidden = make.source("Hush.", access=Access.NAMED, public_descriptor="A paper")
    excerpt = make.excerpt("Hush.", of=hidden)

    assert staff_client().post(address(excerpt), TYPED).status_code == 404


def test_words_that_are_only_similar_do_not_look_found() -> None:
    of = make.source("Before it. Trade fell by 9% in all. After it.")
    drifted, found = make.excerpt("Trade fell by 8% in all.", of=of), make.excerpt("in all", of=of)

    similar = staff_client().get(address(drifted, "change")).content.decode()
    there = staff_client().get(address(found, "change")).content.decode()

    assert "The most similar words" in similar
    assert (
        '<mark class="is-similar"><span class="visually-hidden">only similar: </span>'
        "Trade fell by 9% in all.</mark>"
    ) in similar
    assert "<mark>in all</mark>" in there
    assert "is-similar" not in there
