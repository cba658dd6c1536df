"""Collecting quotes in the tray of an account."""

from datetime import timedelta

import pytest

from factbase.models import User
from sources.actions.permission import NotPermitted
from sources.actions.quotes.tray import (
    MAX_COLLECTED,
    TrayRefused,
    collect_quote,
    discard_quotes,
)
from sources.models import CollectedQuote, Excerpt, SourceReader
from sources.vocabulary import Access
from tests import factories as make
from tests.sources.withheld import withheld

pytestmark = pytest.mark.django_db


def tray(account: User) -> list[Excerpt]:
    """The quotes in the tray of an account."""
    return [one.excerpt for one in CollectedQuote.objects.of(account)]


def test_quotes_are_collected_once_and_stay_in_the_order_of_collecting() -> None:
    account, first, second = make.person(), make.excerpt(), make.excerpt()

    for minutes, excerpt in enumerate((second, first, second)):
        collect_quote(excerpt=excerpt, by=account, at=make.TODAY + timedelta(minutes=minutes))

    assert tray(account) == [second, first]


def test_a_tray_is_of_one_account() -> None:
    account, other, excerpt = make.person(), make.person(), make.excerpt()
    for one in (account, other):
        collect_quote(excerpt=excerpt, by=one, at=make.TODAY)

    gone = discard_quotes(excerpts=[excerpt.pk], by=other, at=make.TODAY)

    assert (gone, tray(account), tray(other)) == (1, [excerpt], [])


def test_a_tray_takes_as_many_quotes_as_a_claim() -> None:
    account, source = make.person(), make.source("One, two, three, four.")
    excerpts = Excerpt.objects.bulk_create(
        Excerpt(
            source=source,
            exact=f"Word {number}",
            grade="missing",
            created_at=make.TODAY,
            created_by=account,
        )
        for number in range(MAX_COLLECTED + 1)
    )
    for excerpt in excerpts[:-1]:
        collect_quote(excerpt=excerpt, by=account, at=make.TODAY)

    with pytest.raises(TrayRefused, match="Your tray holds 60 quotes") as refused:
        collect_quote(excerpt=excerpts[-1], by=account, at=make.TODAY)

    assert refused.value.code == "tray_full"
    collect_quote(excerpt=excerpts[0], by=account, at=make.TODAY)  # it is there already
    assert len(tray(account)) == MAX_COLLECTED


def test_who_works_here_no_more_collects_nothing() -> None:
    account, excerpt = make.person(), make.excerpt()
    account.is_active = False
    with pytest.raises(NotPermitted):
        collect_quote(excerpt=excerpt, by=account, at=make.TODAY)


def test_what_the_account_may_not_read_any_more_is_not_in_its_tray() -> None:
    account = make.person()
    kept = make.source("It is so.", access=Access.NAMED, public_descriptor="a memo")
    named = SourceReader.objects.create(source=kept, reader=account)
    excerpt = make.excerpt("It is so", of=kept)
    collect_quote(excerpt=excerpt, by=account, at=make.TODAY)
    assert tray(account) == [excerpt]

    named.delete()

    assert tray(account) == []


def test_withheld_words_are_in_no_tray() -> None:
    account, excerpt = make.person(), make.excerpt()
    collect_quote(excerpt=excerpt, by=account, at=make.TODAY)

    withheld(excerpt)

    assert tray(account) == []
