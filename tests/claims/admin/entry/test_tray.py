"""From the tray to a claim: quotes collected in the reader, in the form and out of the tray."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.actions.claims.entry import Tie
from claims.domain.content import Described
from claims.models import Version
from factbase.models import User
from sources.actions.quotes.tray import collect_quote
from sources.models import CollectedQuote, Excerpt, Source, SourceReader
from sources.vocabulary import Access
from tests import factories as make
from tests.claims.admin.entry.test_pages import ADD, staff_client, typed

pytestmark = pytest.mark.django_db

TEXT = "In the first half, trade fell by 9% in all."
WORDS = "trade fell by 9%"


def quote(client: Client, source: Source, **sent: str) -> Any:
    """Quote words in the reader, by one of its buttons."""
    return client.post(f"/sources/{source.key}/quote/", {"exact": WORDS, **sent})


def numbers_in(page: Any) -> list[str]:
    """The numbers of the quotes in a form."""
    return re.findall(r'name="quotes-\d+-excerpt" value="(\d+)"', page.content.decode())


def collected(*excerpts: Excerpt, by: User) -> None:
    for excerpt in excerpts:
        collect_quote(excerpt=excerpt, by=by, at=make.TODAY)


def test_words_of_two_sources_are_collected_and_make_one_claim() -> None:
    author, first, second = make.person(), make.source(TEXT), make.source(TEXT)
    client = staff_client(author)

    answer = quote(client, first, then="collect")
    (excerpt,) = Excerpt.objects.all()
    assert answer["Location"] == f"/sources/{first.key}/?excerpt={excerpt.pk}#x{excerpt.pk}"
    reader = client.get(f"/sources/{second.key}/").content.decode()
    assert "1 quote in your tray" in reader
    assert "Claim from this and the one collected" in reader

    form = client.get(quote(client, second, then="tray")["Location"])
    numbers = numbers_in(form)
    assert numbers == [
        str(pk) for pk in Excerpt.objects.order_by("pk").values_list("pk", flat=True)
    ]
    assert re.search(r'<textarea name="statement"[^>]* autofocus', form.content.decode())

    rows = [{"excerpt": number} for number in numbers]
    client.post(ADD, typed(*rows, submit="1"))

    version = Version.objects.get()
    assert {piece.excerpt.source for piece in version.evidence.all()} == {first, second}
    assert not CollectedQuote.objects.exists()


def test_words_that_are_not_verified_are_collected_and_say_so_in_the_tray() -> None:
    source, client = make.source(TEXT), staff_client(make.person())

    page = client.get(
        quote(client, source, exact="trade rose by 7%", then="collect")["Location"].split("#")[0]
    ).content.decode()

    tray = page[page.index('id="tray"') :]
    assert "trade rose by 7%" in tray
    assert str(Excerpt.objects.get().get_grade_display()) in tray


def test_quotes_join_a_claim_that_exists_in_its_next_version() -> None:
    author = make.person()
    version = make.draft(by=author)
    more = make.excerpt()
    own = version.evidence.get().excerpt
    collected(own, more, by=author)
    client = staff_client(author)

    form = client.get(f"/admin/claims/claim/add-collected/?claim=c{version.claim_id}", follow=True)

    assert numbers_in(form) == [str(own.pk), str(more.pk)]
    address = form.redirect_chain[-1][0].partition("?")[0]
    client.post(address, typed({"excerpt": own.pk}, {"excerpt": more.pk}, seen=1, draft="1"))
    assert version.claim.versions.latest("number").evidence.count() == 2
    assert not CollectedQuote.objects.exists()


def test_the_page_of_a_claim_takes_the_quotes_of_the_tray() -> None:
    author = make.person()
    version = make.draft(by=author)
    page = f"/admin/claims/claim/{version.claim_id}/change/"
    client = staff_client(author)
    assert "of your tray" not in client.get(page).content.decode()
    collected(make.excerpt(), by=author)

    text = client.get(page).content.decode()

    assert "Add the quote of your tray" in text
    assert f"/admin/claims/claim/{version.claim_id}/revise/?from=tray" in text


def test_a_claim_that_does_not_exist_takes_no_quotes() -> None:
    author = make.person()
    collected(make.excerpt(), by=author)

    page = staff_client(author).get("/admin/claims/claim/add-collected/?claim=C999", follow=True)

    assert "There is no claim “C999”" in page.content.decode()
    assert CollectedQuote.objects.count() == 1


def test_a_form_that_is_being_written_takes_the_quotes_of_the_tray() -> None:
    author, quoted, more = make.person(), make.excerpt(), make.excerpt()
    collected(quoted, more, by=author)
    client = staff_client(author)
    row = {"excerpt": quoted.pk}

    page = client.get(f"{ADD}?excerpt={quoted.pk}").content.decode()
    assert "Add the quote of your tray" in page
    added = client.post(ADD, typed(row, **{"from-tray": "1"}, statement="It fell."))

    assert numbers_in(added) == [str(quoted.pk), str(more.pk)]
    assert "It fell." in added.content.decode()
    assert CollectedQuote.objects.count() == 2  # nothing is saved yet


def test_a_refused_claim_leaves_the_tray_as_it_was() -> None:
    author, excerpt = make.person(), make.excerpt()
    collected(excerpt, by=author)

    staff_client(author).post(ADD, typed({"excerpt": excerpt.pk}, statement="", submit="1"))

    assert CollectedQuote.objects.count() == 1


def test_quotes_are_collected_and_taken_out_where_they_are_listed() -> None:
    author, excerpt = make.person(), make.excerpt()
    client = staff_client(author)
    page = f"/admin/sources/excerpt/{excerpt.pk}"

    reader = client.get(f"/sources/{excerpt.source.key}/").content.decode()
    assert f'action="{page}/collect/"' in reader

    back = client.post(f"{page}/collect/", {"next": "/sources/"})
    assert (back["Location"], CollectedQuote.objects.get().excerpt) == ("/sources/", excerpt)
    assert "1 quote in your tray" in client.get(f"{page}/change/").content.decode()

    away = client.post(f"{page}/discard/", {"next": "https://elsewhere.example/"})
    assert not away["Location"].startswith("https:")
    assert not CollectedQuote.objects.exists()


def test_a_tray_is_emptied_at_once_and_that_of_another_stays() -> None:
    author, other, excerpt = make.person(), make.person(), make.excerpt()
    collected(excerpt, by=author)
    collected(excerpt, by=other)

    staff_client(author).post("/admin/sources/excerpt/tray/empty/", {"next": "/sources/"})

    assert CollectedQuote.objects.get().collected_by == other


def test_nobody_collects_what_they_may_not_read_nor_sees_it_in_a_tray() -> None:
    author = make.person()
    kept = make.source(TEXT, access=Access.NAMED, public_descriptor="a memo", title="The memo")
    excerpt = make.excerpt(WORDS, of=kept)
    client = staff_client(author)

    assert client.post(f"/admin/sources/excerpt/{excerpt.pk}/collect/").status_code == 404
    named = SourceReader.objects.create(source=kept, reader=author)
    collected(excerpt, by=author)
    named.delete()

    source = make.source(TEXT)
    for address in (f"/sources/{source.key}/", f"{ADD}?from=tray", ADD):
        page = client.get(address).content.decode()
        assert "tray" not in page.replace("in your tray, for a claim", "")
        assert "The memo" not in page


def test_the_reader_costs_as_many_queries_with_many_quotes_in_the_tray(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    author, source = make.person(), make.source(TEXT)
    client, address = staff_client(author), f"/sources/{source.key}/"
    collected(make.excerpt(), by=author)
    client.get(address)
    with django_assert_max_num_queries(60) as one:
        client.get(address)
    collected(*(make.excerpt() for _number in range(5)), by=author)

    with django_assert_max_num_queries(len(one)):
        client.get(address)


def test_another_claim_on_a_quote_keeps_who_says_it_the_mode_the_subject_and_the_topics() -> None:
    author = make.person()
    trade, ministry, topic = make.entity("trade"), make.entity("ministry"), make.topic("Trade")
    excerpt = make.excerpt()
    version = make.submitted(
        subject=trade.key,
        asserted_by=(ministry.key, Described("a clerk")),
        asserted_on="2025-05-08",
        mode="expected",
        evidence=[Tie(excerpt, "refutes")],
        topics=[topic],
    )
    client = staff_client(author)
    assert (
        "Another claim on this quote"
        in client.get(f"/admin/claims/claim/{version.claim_id}/change/").content.decode()
    )

    page = client.get(f"{ADD}?another=C{version.claim_id}")

    form = page.context["form"]
    kept = ("subject", "asserter_0", "asserter_1", "asserted_on", "mode", "topics", "value")
    assert [form[name].value() for name in kept] == [
        "trade",
        "ministry",
        "unnamed: a clerk",
        "2025-05-08",
        "expected",
        [topic.key],
        None,
    ]
    assert not form["statement"].value()
    (row,) = page.context["rows"]
    assert (row.number, row["stance"].value()) == (str(excerpt.pk), "supports")


def test_another_claim_takes_one_of_several_quotes() -> None:
    first, second = make.excerpt(), make.excerpt()
    version = make.submitted(evidence=[Tie(first), Tie(second, "context")])
    client = staff_client(make.person())

    both = client.get(f"{ADD}?another=C{version.claim_id}")
    one = client.get(f"{ADD}?another=C{version.claim_id}&excerpt={second.pk}")

    assert numbers_in(both) == [str(first.pk), str(second.pk)]
    assert numbers_in(one) == [str(second.pk)]
    assert one.context["rows"][0]["stance"].value() == "context"


def test_another_claim_names_nothing_that_the_account_may_not_know() -> None:
    kept = make.source(TEXT, access=Access.NAMED, public_descriptor="a memo", title="The memo")
    document = make.entity("memo-document", kind="document", source=kept, label="The memo")
    version = make.submitted(
        subject=document.key,
        asserted_by=(document.key,),
        evidence=[Tie(make.excerpt(WORDS, of=kept)), Tie(make.excerpt(), own_origin=kept)],
    )

    page = staff_client(make.person()).get(f"{ADD}?another=C{version.claim_id}")

    form = page.context["form"]
    assert (form["subject"].value(), form["asserter_0"].value()) == (None, None)
    assert len(numbers_in(page)) == 1
    for name in ("The memo", "memo-document", WORDS, kept.key):
        assert name not in page.content.decode()


def test_a_chain_longer_than_the_form_has_room_for_is_kept_whole() -> None:
    chain = tuple(make.entity().key for _link in range(4))
    version = make.submitted(asserted_by=chain)
    client = staff_client(make.person())
    page = client.get(f"{ADD}?another=C{version.claim_id}")
    names = page.context["form"].asserter_names
    sent = {name: page.context["form"][name].value() for name in names}

    client.post(ADD, typed({"excerpt": numbers_in(page)[0]}, draft="1", **sent))

    links = Version.objects.latest("pk").asserters.order_by("position")
    assert list(links.values_list("entity__key", flat=True)) == list(chain)
