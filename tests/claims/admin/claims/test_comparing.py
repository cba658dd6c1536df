"""Two versions of a claim compared at the desk, as far as whoever compares may know them."""

import html
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.entry import Tie, file_under, revise
from claims.actions.claims.review import decide
from claims.domain.content import Content
from claims.models import Version
from claims.vocabulary import Decision
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import SourceReader
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims.admin.entry.test_pages import staff_client

pytestmark = pytest.mark.django_db

TEXT = "Trade fell by 9% in the first half of 2025. Exports rose."


def compared(client: Client, version: Version, query: str = "") -> Any:
    return client.get(f"/admin/claims/claim/{version.claim_id}/compare/{query}")


def words(page: Any) -> str:
    """The words of a page, with marks for what was removed and added."""
    text = page.content.decode()
    text = re.sub(r'<del><span class="visually-hidden">[^<]*</span>(.*?)</del>', r"[-\1-]", text)
    text = re.sub(r'<ins><span class="visually-hidden">[^<]*</span>(.*?)</ins>', r"[+\1+]", text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def next_version(
    version: Version,
    *ties: Tie,
    note: str = "",
    at: datetime = make.TODAY,
    **fields: Any,
) -> Version:
    """The next version of a claim; without ties it rests on the same quotes."""
    kept = [Tie(one.excerpt, one.stance) for one in version.evidence.order_by("pk")]
    return revise(
        claim=version.claim,
        content=Content(**{"statement": version.statement, **fields}),
        evidence=list(ties) or kept,
        by=make.somebody(Role.CONTRIBUTOR),
        at=at,
        seen=version.number,
        change_note=note,
        submit_it=True,
    )


def sent_back(version: Version, note: str) -> Version:
    decide(
        version=version,
        decision=Decision.REQUEST_CHANGES,
        by=make.somebody(Role.REVIEWER),
        at=make.TODAY,
        content_hash=version.content_hash,
        note=note,
    )
    return version


@pytest.fixture
def desk() -> Client:
    return staff_client(make.person())


def test_a_statement_is_compared_word_by_word(desk: Client) -> None:
    first = make.submitted(statement="Trade fell by 9%.")
    next_version(first, statement="Trade never fell by 8%.", mode="estimated")

    page = words(compared(desk, first))

    assert "Trade [+never +]fell by [-9-][+8+]%." in page
    assert "How sure [-Stated-][+Estimated+]" in page


def test_any_two_versions_are_compared_in_the_order_in_which_they_were_written(
    desk: Client,
) -> None:
    first = make.submitted(statement="It was one.")
    second = next_version(first, statement="It was two.")
    next_version(second, statement="It was three.")

    for query in ("?from=1&to=3", "?from=3&to=1"):
        assert "It was [-one-][+three+]." in words(compared(desk, first, query))
    assert "It was [-two-][+three+]." in words(compared(desk, first))
    assert "The same words in both." in words(compared(desk, first, "?from=2&to=2"))


def test_the_reviews_of_all_versions_between_are_told(desk: Client) -> None:
    first = sent_back(make.submitted(statement="It was one."), "Give the month.")
    second = sent_back(next_version(first, statement="It was two.", note="Month."), "And the day.")
    third = next_version(second, statement="It was three.", note="Day.")

    page = words(compared(desk, third, "?from=1&to=3"))
    short = words(compared(desk, third, "?from=2&to=3"))

    assert "Give the month." in page
    assert "And the day." in page
    assert page.index("Day.") < page.index("And the day.") < page.index("Give the month.")
    assert "Give the month." not in short


def test_quotes_are_told_as_added_left_out_cut_and_turned(desk: Client) -> None:
    paper, other = make.source(TEXT), make.source("It is said. Nobody doubts it.")
    whole = make.excerpt("Trade fell by 9% in the first half of 2025", of=paper)
    cut = make.excerpt("Trade fell by 9% in the first half", of=paper)
    rose, said = make.excerpt("Exports rose.", of=paper), make.excerpt("It is said.", of=other)
    doubt = make.excerpt("Nobody doubts it.", of=other)
    first = make.submitted(evidence=[Tie(whole), Tie(rose), Tie(said, "context")])
    next_version(first, Tie(cut), Tie(said), Tie(doubt, "context"))

    page = compared(desk, first)

    told = [
        (row.label, row.before and row.before.quote.words, row.after and row.after.quote.words)
        for row in page.context["quotes"]
    ]
    assert told == [
        ("Changed", whole.exact, cut.exact),
        ("Left out", rose.exact, None),
        ("Changed", said.exact, said.exact),
        ("Added", None, doubt.exact),
    ]
    assert "in the first half[- of 2025-]" in words(page)
    assert "For or against [-Context-][+Supports+]" in words(page)


def test_another_authority_behind_a_quote_is_a_change(desk: Client) -> None:
    quote, ministry = (
        make.excerpt("Exports rose.", of=make.source(TEXT)),
        make.source(key="the-min"),
    )
    first = make.submitted(evidence=[Tie(quote)])
    next_version(first, Tie(quote, own_origin=ministry))

    page = words(compared(desk, first))

    assert "Rests on the authority of [+Report the-min+]" in page


def test_topics_are_those_of_the_time_when_each_version_was_the_last(desk: Client) -> None:
    trade, energy = make.topic("Trade"), make.topic("Energy")
    first = make.submitted(topics=[trade])
    next_version(first, at=make.TODAY + timedelta(days=1), statement="It was two.")
    file_under(
        claim=first.claim,
        topics=[energy],
        by=make.somebody(Role.CONTRIBUTOR),
        at=make.TODAY + timedelta(days=2),
    )

    assert "Topics [-Trade-][+Energy+]" in words(compared(desk, first))


def test_a_source_that_one_may_not_know_is_named_by_its_descriptor_on_both_sides() -> None:
    secret = make.source(
        "They met in secret.", key="memo", access=Access.NAMED, public_descriptor="a memo"
    )
    quote = make.excerpt("They met in secret.", of=secret)
    first = make.submitted(evidence=[Tie(quote)])
    next_version(first, Tie(make.excerpt()), Tie(make.excerpt(), own_origin=secret))
    knowing = make.person()
    SourceReader.objects.create(source=secret, reader=knowing)

    told = words(compared(staff_client(knowing), first))
    kept = compared(staff_client(make.person()), first).content.decode()

    assert "They met in secret." in told
    assert "Report memo" in told
    assert "a memo" in kept
    assert "They met in secret." not in kept
    assert "Report memo" not in kept
    assert f"/excerpt/{quote.pk}/" not in kept


def test_withheld_words_of_a_version_are_not_compared(desk: Client) -> None:
    quote = make.excerpt("He is a spy.")
    first = make.submitted(statement="He is a spy.", evidence=[Tie(quote)])
    second = next_version(first, Tie(make.excerpt()), statement="He lives abroad.")
    (asked,) = ask_to_withhold(
        targets=[quote], reason="Why.", by=make.person(Role.ADMINISTRATOR), at=make.TODAY
    )
    carry_out(request=asked, by=make.person(Role.ADMINISTRATOR), at=make.TODAY)

    page = words(compared(desk, second))

    assert "The words of one of these versions were withheld." in page
    assert "spy" not in page


def test_a_claim_of_one_version_says_so_and_numbers_that_are_none_lead_nowhere(
    desk: Client,
) -> None:
    only = make.submitted()

    assert "has one version" in words(compared(desk, only))
    for query in ("?from=1&to=2", "?from=x&to=1", "?to=1", "?from=0&to=1"):
        assert compared(desk, only, query).status_code == 404


def test_the_list_of_versions_leads_to_what_each_changed(desk: Client) -> None:
    first = make.submitted()
    next_version(first, statement="It was otherwise.")

    page = desk.get(f"/admin/claims/claim/{first.claim_id}/change/").content.decode()

    assert f"/admin/claims/claim/{first.claim_id}/compare/?from=1&amp;to=2" in page


def test_comparing_asks_as_often_for_many_quotes_and_versions_as_for_few(desk: Client) -> None:
    def queries(version: Version) -> int:
        with CaptureQueriesContext(connection) as found:
            assert compared(desk, version, "?from=1&to=2").status_code == 200
        return len(found)

    few = sent_back(make.submitted(statement="It was one."), "Again.")
    next_version(few, Tie(make.excerpt(), own_origin=make.source()), statement="It was two.")
    many = make.submitted(statement="It was one.")
    last = next_version(
        many,
        *(Tie(make.excerpt(), own_origin=make.source()) for _each in range(6)),
        statement="It was two.",
    )
    for number in range(3, 8):
        last = next_version(sent_back(last, "Again."), statement=f"It was {number}.")
    compared(desk, few)

    assert queries(many) <= queries(few)
