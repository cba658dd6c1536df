"""How a quote was found, in the API, and what the API keeps to itself."""

from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from sources.actions.captures.capture import capture, set_page_offset
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Excerpt, TextLayer
from sources.vocabulary import Access, Grade, Rights, Role
from tests import factories as make
from tests.browser.papers import pdf

pytestmark = pytest.mark.django_db

LEFT_OUT = "which many had foreseen and most believed at the time,"
TEXT = f"Trade fell, {LEFT_OUT} by 9% in May."


@pytest.fixture
def staff_client() -> Client:
    client = Client()
    client.force_login(make.person())
    return client


def told(client: Client, excerpt: Excerpt) -> Any:
    return client.get(f"/api/v1/excerpts/{excerpt.pk}/").json()


def test_the_place_is_told_with_the_bytes_and_the_text_that_it_is_in(staff_client: Client) -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt("by 9%  in May", of=source)
    kept, layer = source.captures.get(), TextLayer.objects.current_of(source).get()

    said = told(staff_client, excerpt)
    finding = said["finding"]

    assert (said["grade"], finding["score"]) == ("folded", 1.0)
    assert TEXT[finding["start"] : finding["end"]] == "by 9% in May"
    (passed,) = finding["passed_over"]
    assert (passed["kind"], passed["words"], passed["quoted"]) == ("white-space", " ", "  ")
    assert finding["layer"]["extractor"] == layer.extractor
    assert finding["layer"]["version"] == layer.version
    assert finding["layer"]["sha256"] == kept.blob.sha256
    assert finding["layer"]["capture"].endswith(f"/captures/{kept.pk}/")


def test_the_printed_page_is_told_once_it_is_known(staff_client: Client) -> None:
    source, by = make.source(), make.person()
    kept = capture(
        source=source,
        data=pdf(["The first page says nothing."], ["Trade fell by nine percent."]),
        file_name="a.pdf",
        by=by,
        at=make.TODAY,
    )
    excerpt = make.excerpt("Trade fell by nine percent", of=source)

    before = told(staff_client, excerpt)["finding"]
    set_page_offset(capture=kept, offset=41, by=by, at=make.TODAY)
    after = told(staff_client, excerpt)["finding"]

    assert [(one["page"], one["page_label"]) for one in (before, after)] == [(1, "2"), (1, "42")]


def test_of_drifted_words_the_score_tells_how_alike_they_are(staff_client: Client) -> None:
    finding = told(staff_client, make.excerpt("by 8% in May", of=make.source(TEXT)))["finding"]

    assert 0 < finding["score"] < 1


def test_invisible_characters_are_told_by_name(staff_client: Client) -> None:
    excerpt = make.excerpt("by\u200b 9% in\u202e May", of=make.source("by 9% in May"))

    assert told(staff_client, excerpt)["invisible"] == [
        "ZERO WIDTH SPACE",
        "RIGHT-TO-LEFT OVERRIDE",
    ]


@pytest.mark.parametrize(
    ("access", "is_told"), [(Access.PUBLIC, True), (Access.STAFF, True), (Access.NAMED, False)]
)
def test_another_source_is_named_to_who_may_know_it(
    staff_client: Client, access: Access, is_told: bool
) -> None:
    descriptor = {} if access == Access.PUBLIC else {"public_descriptor": "A paper"}
    other = make.source("The words stand right here.", key="other", access=access, **descriptor)
    mine = make.source("Nothing like that.", access=Access.STAFF, public_descriptor="Another paper")
    excerpt = make.excerpt("The words stand right here", of=mine)

    finding = told(staff_client, excerpt)["finding"]

    assert bool(finding["found_in"]) is is_told
    assert (other.key in str(finding)) is is_told


def test_a_source_that_became_confidential_is_named_to_the_public_no_more(
    client: Client, staff_client: Client
) -> None:
    other = make.source("The words stand right here.", key="other")
    mine = make.source("Nothing like that.")
    excerpt = make.excerpt("The words stand right here", of=mine)
    assert excerpt.grade == Grade.ELSEWHERE
    type(other).objects.filter(pk=other.pk).update(access=Access.STAFF, public_descriptor="A paper")

    assert told(staff_client, excerpt)["finding"]["found_in"]["key"] == "other"
    assert client.get(f"/api/v1/excerpts/{excerpt.pk}/").status_code == 404


@pytest.mark.parametrize("rights", list(Rights))
def test_the_public_reads_the_beginning_of_what_a_quote_leaves_out(
    client: Client, staff_client: Client, rights: Rights
) -> None:
    excerpt = make.excerpt("Trade fell, […] by 9%", of=make.source(TEXT, rights=rights))
    make.published(evidence=[Tie(excerpt)])

    def words(reader: Client) -> str:
        (passed,) = told(reader, excerpt)["finding"]["passed_over"]
        assert (passed["kind"], passed["quoted"]) == ("elision", "[…]")
        return str(passed["words"].strip())

    assert words(staff_client) == LEFT_OUT
    assert (words(client) == LEFT_OUT) is (rights == Rights.WHOLE)
    assert LEFT_OUT.startswith(words(client).rstrip("…"))


def withhold(excerpt: Excerpt) -> None:
    (asked,) = ask_to_withhold(
        targets=[excerpt], reason="A court.", by=make.person(Role.ADMINISTRATOR), at=make.TODAY
    )
    carry_out(request=asked, by=make.person(Role.EDITOR), at=make.TODAY)


def test_where_withheld_words_stand_is_told_to_nobody(staff_client: Client) -> None:
    excerpt = make.excerpt("by 9% in May", of=make.source(TEXT))
    withhold(excerpt)

    said = told(staff_client, excerpt)

    assert (said["quote"], said["finding"]) == (None, None)
    assert said["withheld_on"] == "2025-06-01"


def test_what_a_quote_leaves_out_is_not_told_where_it_was_withheld(staff_client: Client) -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt("Trade fell, […] by 9%", of=source)
    withhold(make.excerpt("most believed at the time", of=source))

    (passed,) = told(staff_client, excerpt)["finding"]["passed_over"]

    assert (passed["kind"], passed["words"]) == ("elision", "")
