"""Refused quotes at the desk: the reason, and the words of the text to quote instead."""

import pytest
from django.test import Client

from sources.actions.quotes.excerpts import quote
from sources.models import Excerpt
from sources.vocabulary import Grade, Role
from tests import factories as make

pytestmark = pytest.mark.django_db

MARK = "\u200f"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make.person())
    return client


def said(client: Client, excerpt: Excerpt) -> str:
    """The page of a quote."""
    page = client.get(f"/admin/sources/excerpt/{excerpt.pk}/change/").content.decode()
    return " ".join(page.split())


def test_a_cut_number_is_named_and_the_wider_words_are_quoted_with_one_button(
    desk: Client,
) -> None:
    source = make.source("Exports fell by 9 million tonnes in May, it said.")
    cut = make.excerpt("Exports fell by 9", of=source)

    assert cut.grade == Grade.DRIFTED
    assert "the text has “Exports fell by 9 million tonnes”" in said(desk, cut)
    answer = desk.post(f"/admin/sources/excerpt/{cut.pk}/instead/")

    wider = source.excerpts.exclude(pk=cut.pk).get()
    assert (wider.exact, wider.grade) == ("Exports fell by 9 million tonnes", Grade.EXACT)
    assert answer.headers["Location"] == f"/admin/sources/excerpt/{wider.pk}/change/"


def test_a_mark_of_direction_that_nobody_sees_is_named(desk: Client) -> None:
    source = make.source(f"הצו נחתם ב-7 במאי {MARK}2025{MARK} ונכנס לתוקף מיד.", is_opened=True)
    bare = make.excerpt("נחתם ב-7 במאי 2025 ונכנס לתוקף", of=source)

    assert bare.grade == Grade.DRIFTED
    assert "RIGHT-TO-LEFT MARK (2×)" in said(desk, bare)
    told = desk.get(f"/api/v1/excerpts/{bare.pk}/").json()["finding"]
    assert any("RIGHT-TO-LEFT MARK (2×)" in note for note in told["notes"])
    assert told["found_words"] == f"נחתם ב-7 במאי {MARK}2025{MARK} ונכנס לתוקף"


def test_nothing_is_quoted_instead_of_words_that_are_found(desk: Client) -> None:
    found = make.excerpt()

    answer = desk.post(f"/admin/sources/excerpt/{found.pk}/instead/")

    assert "No similar words are known." in answer.content.decode()
    assert found.source.excerpts.count() == 1


def test_a_context_that_fits_nowhere_hides_nothing() -> None:
    excerpt = quote(
        source=make.source("Trade fell by 9% in May."),
        exact="Trade fell by 9%",
        prefix="Something else: ",
        suffix=" in July",
        by=make.somebody(Role.CONTRIBUTOR),
        at=make.TODAY,
    )

    assert (excerpt.grade, excerpt.prefix, excerpt.suffix) == (Grade.EXACT, "", " in May.")
