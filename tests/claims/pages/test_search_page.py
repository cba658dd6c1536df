"""The first page as a search: claims by rank, where the words stand, and how they were read."""

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from tests import factories as make
from tests.claims import worlds as say

pytestmark = pytest.mark.django_db


def page(client: Client, typed: str, **more: str) -> str:
    response = client.get("/", {"q": typed, **more})
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_marks_what_was_found_and_says_where(client: Client) -> None:
    source = make.source("Kelp grows.", key="algae", title="On kelp")
    make.published(statement="It is green.", evidence=[Tie(make.excerpt("Kelp grows.", of=source))])

    found = page(client, "grow")
    assert "in a quote of algae:" in found
    assert "<mark>grows</mark>" in found
    assert "On kelp" in page(client, "kelp").partition("Sources</h2>")[2]


def test_the_page_says_how_a_number_and_a_word_left_out_were_read(client: Client) -> None:
    say.world()
    version = say.publishes("-9%", statement="It fell.")
    assert f">{version.claim.ref}<" in page(client, "-9%")
    assert "-9% is read as a number" in page(client, "-9%")
    assert "Claims with “ministry” are left out." in page(client, "fell -ministry")


def test_what_is_typed_is_shown_as_text_and_refused_in_a_sentence(client: Client) -> None:
    make.published(statement="A tag <b>fell</b>.")
    assert "<b>" not in page(client, '"<b>" fell')
    assert "holds neither a word nor a number" in page(client, ":*")


def test_pages_of_the_ranking_follow_each_other(client: Client) -> None:
    for number in range(21):
        make.published(statement=f"Herring number {number}.")
    first, second = page(client, "herring"), page(client, "herring", start="20")
    assert "start=20" in first
    assert first.count("<article>") == 20
    assert second.count("<article>") == 1
