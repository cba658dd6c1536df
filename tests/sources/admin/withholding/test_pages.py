"""Withholdings through the pages of the desk."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from sources.actions.captures.capture import capture
from sources.actions.withholding.find_copies import find_copies
from sources.actions.withholding.withhold import Target, ask_to_withhold, carry_out
from sources.models import Excerpt, Source, TextLayer, WithholdingRequest
from sources.vocabulary import Access, Role
from tests import factories as make

pytestmark = pytest.mark.django_db

LIST = "/admin/sources/withholdingrequest/"
REASON = "A court in Warsaw said so."
MARKER = "Zanzibar-Quixote owes nine million"
TEXT = f"Nothing before it. {MARKER}. Trade fell by 9%. Nothing after it."


def staff_client(role: Role) -> Client:
    client = Client()
    client.force_login(make.person(role))
    return client


def ask(client: Client, row: Any, **typed: Any) -> Any:
    address = f"{LIST}ask/{row._meta.db_table}/{row.pk}/"
    return client.post(address, {"reason": REASON, **typed})


def requested(excerpt: Excerpt) -> WithholdingRequest:
    by = make.somebody(Role.ADMINISTRATOR)
    (asked,) = ask_to_withhold(targets=[excerpt], reason=REASON, by=by, at=make.TODAY)
    return asked


def test_two_people_withhold_a_quote_and_all_that_has_its_words(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt(MARKER, of=source)
    asking, deciding = staff_client(Role.ADMINISTRATOR), staff_client(Role.EDITOR)
    page = asking.get(f"{LIST}ask/sources_excerpt/{excerpt.pk}/")
    also = page.context["form"].initial["also"]

    ask(asking, excerpt, also=also)
    with django_capture_on_commit_callbacks(execute=True):
        for asked in WithholdingRequest.objects.order_by("pk"):
            deciding.post(f"{LIST}{asked.pk}/carry-out/")

    assert also == [f"sources_capture:{source.captures.get().pk}"]
    assert find_copies(MARKER) == []
    assert WithholdingRequest.objects.filter(is_carried_out=True).count() == 2


def test_only_what_surely_has_the_words_is_ticked() -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt(MARKER, of=source)
    make.source(TEXT)
    make.source(TEXT, access=Access.NAMED, public_descriptor="a memo")
    for name, data in (("ships.txt", b"A list of ships."), ("scan.pdf", b"%PDF-1.7 \x00\xff")):
        capture(source=source, data=data, file_name=name, by=make.person(), at=make.TODAY)

    page = staff_client(Role.ADMINISTRATOR).get(f"{LIST}ask/sources_excerpt/{excerpt.pk}/")

    form = page.context["form"]
    offered = dict(form.fields["also"].choices)
    report, _ships, scan = (f"sources_capture:{row.pk}" for row in source.captures.order_by("pk"))
    assert form.initial["also"] == [report]
    assert list(offered) == [report, scan]
    assert "2 sources have these bytes that you may read." in offered[report]
    assert "One source that you may read has these bytes." in offered[scan]
    assert "There is no text of it to look in" in offered[scan]


def test_the_second_person_is_told_where_the_words_stand_still() -> None:
    excerpt = make.excerpt(MARKER, of=make.source(TEXT))
    asked = requested(excerpt)

    client = staff_client(Role.EDITOR)

    shown = client.get(f"{LIST}{asked.pk}/change/")
    page = client.post(f"{LIST}{asked.pk}/carry-out/", follow=True)

    assert MARKER in shown.content.decode()
    assert "<li>Excerpt: quote (1)</li>" in shown.content.decode()
    assert "<li>Text layer: text (1)</li>" in shown.content.decode()
    assert "The words still stand in: Text layer: text (1)" in page.content.decode()
    for said in (shown, page):
        assert "sources_" not in re.sub(r'(href|action|class)="[^"]*"', "", said.content.decode())


def test_a_request_names_nothing_that_its_page_does_not_have() -> None:
    source = make.source(TEXT)
    by = make.somebody(Role.ADMINISTRATOR)
    excerpt = make.excerpt(MARKER, of=source)
    targets: list[Target] = [excerpt, source.captures.get(), TextLayer.objects.get()]
    requests = ask_to_withhold(targets=targets, reason=REASON, by=by, at=make.TODAY)
    client = staff_client(Role.EDITOR)

    for asked in requests:
        page = client.get(f"{LIST}{asked.pk}/change/").content.decode()
        assert "tick them" not in page
        assert "ticked" not in page
        assert "the editor's guide says what to do with them" in page


def test_the_list_says_of_which_source_and_which_words_a_request_is() -> None:
    source = make.source(TEXT, key="report")
    make.source(TEXT, access=Access.NAMED, public_descriptor="a memo", title="A secret report")
    by = make.somebody(Role.ADMINISTRATOR)
    excerpt = make.excerpt(MARKER, of=source)
    targets: list[Target] = [excerpt, source.captures.get(), TextLayer.objects.get()]
    ask_to_withhold(targets=targets, reason=REASON, by=by, at=make.TODAY)

    page = staff_client(Role.EDITOR).get(LIST).content.decode()

    assert f"Report report: The quote “{MARKER}”" in page
    assert "Report report: The captured file report.txt of 2025-06-01" in page
    assert "Report report: The text drawn by" in page
    assert "secret" not in page


def test_the_list_asks_no_more_for_more_requests(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    by = make.somebody(Role.ADMINISTRATOR)
    sources = [make.source(f"{TEXT} {number}") for number in range(4)]
    excerpts = [make.excerpt(MARKER, of=source) for source in sources]
    captures = [source.captures.get() for source in sources]
    ask_to_withhold(targets=[*excerpts, *captures], reason=REASON, by=by, at=make.TODAY)
    client = staff_client(Role.EDITOR)

    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_a_request_can_be_declined() -> None:
    excerpt = make.excerpt(MARKER, of=make.source(TEXT))
    asked = requested(excerpt)

    staff_client(Role.EDITOR).post(f"{LIST}{asked.pk}/decline/")

    asked.refresh_from_db()
    excerpt.refresh_from_db()
    assert asked.is_carried_out is False
    assert excerpt.exact == MARKER


def test_nobody_decides_on_what_they_ask() -> None:
    excerpt = make.excerpt()
    asked = requested(excerpt)
    client = Client()
    client.force_login(asked.requested_by)

    page = client.post(f"{LIST}{asked.pk}/carry-out/")

    assert "a second person decides" in page.content.decode()
    assert "carry-out" not in client.get(f"{LIST}{asked.pk}/change/").content.decode()
    excerpt.refresh_from_db()
    assert excerpt.exact


def test_a_reason_is_needed() -> None:
    page = ask(staff_client(Role.ADMINISTRATOR), make.excerpt(), reason="")

    assert "reason" in page.context["form"].errors
    assert not WithholdingRequest.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_requests_are_for_those_who_may_decide(role: Role) -> None:
    asked = requested(make.excerpt())
    client = staff_client(role)

    answers = [client.get(address).status_code for address in (LIST, f"{LIST}{asked.pk}/change/")]
    decided = client.post(f"{LIST}{asked.pk}/decline/").status_code

    assert answers == [200 if role.includes(Role.EDITOR) else 403] * 2
    assert decided == (302 if role.includes(Role.EDITOR) else 403)
    assert ("Requests to withhold" in client.get("/admin/").content.decode()) == role.includes(
        Role.EDITOR
    )


@pytest.mark.parametrize("role", list(Role))
def test_asking_is_for_administrators(role: Role) -> None:
    excerpt = make.excerpt()
    client = staff_client(role)

    page = client.get(f"/admin/sources/excerpt/{excerpt.pk}/change/").content.decode()
    asked = ask(client, excerpt).status_code

    is_administrator = role == Role.ADMINISTRATOR
    assert (f"{LIST}ask/sources_excerpt/{excerpt.pk}/" in page) == is_administrator
    assert asked == (302 if is_administrator else 403)


def test_of_a_source_for_named_persons_nobody_else_learns() -> None:
    secret = make.source(TEXT, access=Access.NAMED, public_descriptor="a memo")
    excerpt = make.excerpt(MARKER, of=secret)
    administrator = make.person(Role.ADMINISTRATOR)
    secret.readers.add(administrator)
    (asked,) = ask_to_withhold(targets=[excerpt], reason=REASON, by=administrator, at=make.TODAY)
    other = staff_client(Role.ADMINISTRATOR)

    assert ask(other, excerpt).status_code == 404
    assert other.get(f"{LIST}{asked.pk}/change/").status_code == 404
    assert other.post(f"{LIST}{asked.pk}/carry-out/").status_code == 404
    assert f"/{asked.pk}/" not in other.get(LIST).content.decode()


@pytest.mark.parametrize("table", ["sources_source", "claims_version", "sources_withholding"])
def test_nothing_else_can_be_withheld(table: str) -> None:
    make.excerpt()

    assert staff_client(Role.ADMINISTRATOR).get(f"{LIST}ask/{table}/1/").status_code == 404


def test_the_form_says_how_many_sources_have_the_same_bytes() -> None:
    one, _other = make.source(TEXT), make.source(TEXT)

    page = staff_client(Role.ADMINISTRATOR).get(
        f"{LIST}ask/sources_capture/{one.captures.get().pk}/"
    )

    assert "2 sources have these bytes that you may read" in page.content.decode()


def test_the_form_counts_no_source_that_one_may_not_know() -> None:
    one = make.source(TEXT)
    make.source(TEXT, access=Access.NAMED, public_descriptor="a memo")

    page = staff_client(Role.ADMINISTRATOR).get(
        f"{LIST}ask/sources_capture/{one.captures.get().pk}/"
    )

    assert "One source that you may read has these bytes." in page.content.decode()


def withheld(row: Any) -> None:
    (asked,) = ask_to_withhold(
        targets=[row], reason=REASON, by=make.somebody(Role.ADMINISTRATOR), at=make.TODAY
    )
    carry_out(request=asked, by=make.somebody(Role.EDITOR), at=make.TODAY)


def pages_of(source: Source, excerpt: Excerpt) -> dict[str, str]:
    client = staff_client(Role.CONTRIBUTOR)
    addresses = {
        "source": f"/admin/sources/source/{source.pk}/change/",
        "excerpt": f"/admin/sources/excerpt/{excerpt.pk}/change/",
        "text": f"/admin/sources/source/{source.pk}/text/",
        "capture": f"/admin/sources/capture/{source.captures.get().pk}/change/",
        "excerpts": "/admin/sources/excerpt/",
        "captures": "/admin/sources/capture/",
    }
    return {name: client.get(address).content.decode() for name, address in addresses.items()}


def test_the_desk_shows_the_day_where_words_stood_and_not_the_reason() -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt(MARKER, of=source)

    withheld(excerpt)
    withheld(source.captures.get())

    pages = pages_of(source, excerpt)
    for name in ("source", "excerpt", "capture"):
        assert "Withheld on 2025-06-01." in pages[name], name
    for page in pages.values():
        assert "Zanzibar" not in page
        assert REASON not in page
    assert not re.search(r"Quote:</span>\s*Exact", pages["excerpt"])
    assert not TextLayer.objects.exclude(text="").exists()
