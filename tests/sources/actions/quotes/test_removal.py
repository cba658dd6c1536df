"""Taking quotes that carry no claim out of the lists."""

import pytest
from django.apps import apps
from django.test import Client

from claims.actions.claims.entry import Tie, withdraw
from factbase.models import User
from sources.actions.quotes.excerpts import quote
from sources.actions.quotes.removal import RemovalRefused, remove_quote
from sources.actions.quotes.tray import collect_quote
from sources.models import CollectedQuote, Excerpt, RemovedQuote, Source
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db

WORDS = "trade fell by 9%"


def quoted(by: User, source: Source | None = None) -> Excerpt:
    """Words that the account quoted."""
    source = source or make.source(f"In all, {WORDS}.")
    return quote(source=source, exact=WORDS, by=by, at=make.TODAY)


def listed(reader: User) -> list[Excerpt]:
    """The quotes that the account finds in lists."""
    return list(Excerpt.objects.visible_to(reader, make.TODAY))


def test_a_quote_that_carries_no_claim_leaves_the_lists_and_the_own_tray() -> None:
    author, other = make.person(), make.person()
    excerpt = quoted(author)
    for account in (author, other):
        collect_quote(excerpt=excerpt, by=account, at=make.TODAY)

    remove_quote(excerpt=excerpt, by=author, at=make.TODAY)

    assert listed(author) == []
    assert CollectedQuote.objects.get().collected_by == other  # who may still make a claim of it
    assert Excerpt.objects.get() == excerpt


def test_the_same_words_quoted_again_are_back_and_the_history_says_who_removed_them() -> None:
    author = make.person()
    excerpt = quoted(author)
    remove_quote(excerpt=excerpt, by=author, at=make.TODAY)

    assert quoted(author, excerpt.source) == excerpt

    assert listed(author) == [excerpt]
    events = apps.get_model("sources", "RemovedQuoteEvent").objects.order_by("pgh_id")
    assert [event.pgh_label for event in events] == ["insert", "delete"]
    assert [event.pgh_context["user"] for event in events] == [author.pk, author.pk]


def test_a_claim_that_comes_to_rest_on_a_removed_quote_brings_it_back() -> None:
    author = make.person()
    excerpt = quoted(author)
    remove_quote(excerpt=excerpt, by=author, at=make.TODAY)

    make.draft(evidence=[Tie(excerpt)])

    assert listed(author) == [excerpt]


def test_a_quote_that_ever_carried_a_version_stays() -> None:
    author = make.person()
    excerpt = quoted(author)
    version = make.draft(evidence=[Tie(excerpt)], by=author)
    withdraw(version=version, by=author, at=make.TODAY)

    with pytest.raises(RemovalRefused, match="rests on this quote, or did") as refused:
        remove_quote(excerpt=excerpt, by=author, at=make.TODAY)

    assert refused.value.code == "carries_claim"
    assert listed(author) == [excerpt]


@pytest.mark.parametrize(
    ("role", "is_removed"),
    [(Role.CONTRIBUTOR, False), (Role.REVIEWER, False), (Role.EDITOR, True)],
)
def test_the_quotes_of_others_are_removed_by_editors_alone(role: Role, is_removed: bool) -> None:
    excerpt, other = quoted(make.person()), make.person(role)

    if is_removed:
        remove_quote(excerpt=excerpt, by=other, at=make.TODAY)
    else:
        with pytest.raises(RemovalRefused, match="quoted these words"):
            remove_quote(excerpt=excerpt, by=other, at=make.TODAY)

    assert RemovedQuote.objects.exists() is is_removed


def test_a_quote_is_removed_on_its_page_and_is_on_no_page_of_the_desk() -> None:
    author = make.person()
    excerpt = quoted(author)
    client = Client()
    client.force_login(author)
    page = f"/admin/sources/excerpt/{excerpt.pk}"
    unused = "/admin/sources/excerpt/?claims=none"
    assert "Remove this quote" in client.get(f"{page}/change/").content.decode()
    assert WORDS in client.get(unused).content.decode()

    after = client.post(f"{page}/remove/", follow=True)

    assert "The quote is removed." in after.content.decode()
    assert WORDS not in after.content.decode()
    assert client.get(f"{page}/change/").status_code == 404
    assert WORDS not in client.get(unused).content.decode()
    assert client.get(f"/api/v1/excerpts/{excerpt.pk}/").status_code == 404
    reader = client.get(f"/sources/{excerpt.source.key}/").content.decode()
    assert f'id="quote-{excerpt.pk}"' not in reader


def test_the_page_of_a_quote_that_carries_a_claim_offers_no_removal_and_refuses_it() -> None:
    author = make.person()
    excerpt = quoted(author)
    make.draft(evidence=[Tie(excerpt)], by=author)
    client = Client()
    client.force_login(author)
    page = f"/admin/sources/excerpt/{excerpt.pk}"

    assert "Remove this quote" not in client.get(f"{page}/change/").content.decode()
    refused = client.post(f"{page}/remove/")

    assert "rests on this quote, or did" in refused.content.decode()
    assert not RemovedQuote.objects.exists()
