"""Excerpts as Web Annotations: what is selected, for whom, and how the list goes on."""

from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from sources.actions.captures.capture import capture
from sources.actions.quotes.excerpts import choose_place, quote
from sources.actions.quotes.translations import translate
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.domain.annotations import MEDIA_TYPE
from sources.domain.grading.quotes import grade_quote
from sources.models import Excerpt, Source, TextLayer
from sources.vocabulary import Access, Grade, Role
from tests import factories as make
from tests.browser.papers import pdf

pytestmark = pytest.mark.django_db

TEXT = "Naïve 𝒜 readers ask: trade fell by 9%, the ministry said. Then trade fell by 9%\n again."


@pytest.fixture
def staff_client() -> Client:
    client = Client()
    client.force_login(make.person())
    return client


def told(client: Client, excerpt: Excerpt) -> Any:
    response = client.get(f"/api/v1/annotations/{excerpt.pk}/")
    assert (response.status_code, response["Content-Type"]) == (200, MEDIA_TYPE)
    return response.json()


def selectors(client: Client, excerpt: Excerpt) -> dict[str, Any]:
    return {one["type"]: one for one in told(client, excerpt)["target"]["selector"]}


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("the ministry said", Grade.EXACT),
        ("fell by 9% again", Grade.FOLDED),
        ("readers ask […] the ministry said", Grade.ELIDED),
    ],
)
def test_the_wording_selects_the_place_that_the_position_gives(
    staff_client: Client, words: str, grade: Grade
) -> None:
    excerpt = make.excerpt(words, of=make.source(TEXT))
    assert excerpt.grade == grade

    found = selectors(staff_client, excerpt)

    quoted, position = found["TextQuoteSelector"], found["TextPositionSelector"]
    graded = grade_quote(
        quoted["exact"],
        TEXT,
        prefix=quoted.get("prefix", ""),
        suffix=quoted.get("suffix", ""),
    )
    assert (graded.grade, graded.start, graded.end) == (grade, position["start"], position["end"])


@pytest.mark.parametrize("words", ["trade fell by 8%", "nothing of the sort", "trade fell by 9%"])
def test_words_that_no_one_place_carries_have_no_position(staff_client: Client, words: str) -> None:
    excerpt = make.excerpt(words, of=make.source(TEXT))
    assert not Grade(excerpt.grade).is_located

    said = told(staff_client, excerpt)["target"]

    assert [one["type"] for one in said["selector"]] == ["TextQuoteSelector"]
    assert "state" not in said


def test_the_place_that_a_person_chose_is_the_one_selected(staff_client: Client) -> None:
    excerpt = make.excerpt("trade fell by 9%", of=make.source(TEXT))
    places = excerpt.gradings.get().places
    by = make.person()
    choose_place(excerpt=excerpt, place=(places[1][0], places[1][1]), by=by, at=make.TODAY)

    found = selectors(staff_client, excerpt)

    assert list(found) == ["TextPositionSelector"]
    position = found["TextPositionSelector"]
    assert [position["start"], position["end"]] == places[1]
    assert position["refinedBy"]["exact"] == "trade fell by 9%"


def test_words_that_nobody_located_keep_their_locator(staff_client: Client) -> None:
    source, by = make.source(), make.person()
    excerpt = quote(source=source, exact="Said aloud.", locator="00:12:30", by=by, at=make.TODAY)

    said = told(staff_client, excerpt)

    assert [body["value"] for body in said["body"]] == ["00:12:30", "Not located"]
    assert [one["type"] for one in said["target"]["selector"]] == ["TextQuoteSelector"]


def test_a_page_of_a_pdf_and_its_archived_copy_are_told(client: Client) -> None:
    source, by = make.source(URL="https://example.org/a.pdf"), make.person()
    capture(
        source=source,
        data=pdf(["The first page says nothing."], ["Trade fell by nine percent."]),
        file_name="a.pdf",
        archive_url="https://archive.example/a.pdf",
        by=by,
        at=make.TODAY,
    )
    excerpt = make.excerpt("Trade fell by nine percent", of=source)
    make.published(evidence=[Tie(excerpt)])

    target = told(client, excerpt)["target"]

    assert target["source"] == "https://example.org/a.pdf"
    assert target["selector"][-1]["value"] == "page=2"
    assert target["selector"][-1]["refinedBy"]["exact"] == "Trade fell by nine percent"
    assert target["state"]["cached"] == "https://archive.example/a.pdf"
    assert target["state"]["sourceDate"] == "2025-06-01T12:00:00Z"


def test_only_the_claims_that_the_reader_sees_are_linked(
    client: Client, staff_client: Client
) -> None:
    excerpt = make.excerpt()
    seen, waiting = (made(evidence=[Tie(excerpt)]) for made in (make.published, make.submitted))

    def linked(reader: Client) -> list[str]:
        links = [body["source"] for body in told(reader, excerpt)["body"]]
        return [link.split("/")[-2] for link in links]

    assert linked(client) == [seen.claim.ref]
    assert sorted(linked(staff_client)) == sorted([seen.claim.ref, waiting.claim.ref])


def test_who_quoted_is_for_the_desk(client: Client, staff_client: Client) -> None:
    excerpt = make.excerpt()
    make.published(evidence=[Tie(excerpt)])

    assert "creator" not in told(client, excerpt)
    assert told(staff_client, excerpt)["creator"]["type"] == "Person"


def test_a_machine_translation_names_the_machine(staff_client: Client) -> None:
    excerpt = make.excerpt()
    translate(
        excerpt=excerpt,
        translation="In English",
        translated_by="Apertium 3.8",
        method="machine",
        by=make.person(),
        at=make.TODAY,
    )

    (body,) = told(staff_client, excerpt)["body"]

    assert (body["value"], body["purpose"]) == ("In English", "describing")
    assert body["creator"] == {"type": "Software", "name": "Apertium 3.8"}


def test_of_withheld_words_a_tombstone_stays(client: Client) -> None:
    excerpt = make.excerpt("It is so", of=make.source("And yet It is so."))
    make.published(evidence=[Tie(excerpt)])
    (asked,) = ask_to_withhold(
        targets=[excerpt], reason="A court.", by=make.person(Role.ADMINISTRATOR), at=make.TODAY
    )
    carry_out(request=asked, by=make.person(Role.EDITOR), at=make.TODAY)

    said = told(client, excerpt)

    assert "selector" not in said["target"]
    assert said["body"][0]["value"] == "The words were withheld on 2025-06-01."
    assert "It is so" not in str(said)


def confidential() -> Source:
    return make.source(
        "Between us, it fell.", key="secret", access=Access.STAFF, public_descriptor="A paper"
    )


def test_of_a_confidential_source_there_is_nothing_to_find(client: Client) -> None:
    excerpt = make.excerpt("it fell", of=confidential())
    make.published(evidence=[Tie(excerpt)])

    hidden = client.get(f"/api/v1/annotations/{excerpt.pk}/")
    none = client.get("/api/v1/annotations/999999/")
    listed = client.get("/api/v1/annotations/").json()["first"]["items"]
    refused = client.get("/api/v1/annotations/?source=secret").json()

    assert (hidden.status_code, hidden.content) == (none.status_code, none.content)
    assert hidden.status_code == 404
    assert listed == []
    assert refused["code"] == "unknown_key"
    assert refused["detail"] == "There is no source “secret” that you may know of."


def test_what_is_not_published_is_for_the_desk(client: Client, staff_client: Client) -> None:
    excerpt = make.excerpt()

    assert client.get(f"/api/v1/annotations/{excerpt.pk}/").status_code == 404
    assert told(staff_client, excerpt)["motivation"] == "highlighting"


def test_the_list_goes_on_to_the_last_page(staff_client: Client) -> None:
    source = make.source("One stands. Two stands. Three stands.", key="run")
    made = [make.excerpt(f"{word} stands", of=source) for word in ("One", "Two", "Three")]
    make.excerpt()

    answer = staff_client.get("/api/v1/annotations/?source=run&limit=2")
    page, seen = answer.json()["first"], []
    while page:
        seen += [item["id"] for item in page["items"]]
        assert page["partOf"] == "http://testserver/api/v1/annotations/?source=run"
        page = staff_client.get(page["next"]).json() if "next" in page else None

    assert answer["Content-Type"] == MEDIA_TYPE
    expected = [f"http://testserver/api/v1/annotations/{one.pk}/" for one in reversed(made)]
    assert seen == expected


@pytest.mark.parametrize(
    "asked", ["*/*", "application/ld+json", MEDIA_TYPE, "text/html, application/json;q=0.9"]
)
def test_it_is_json_ld_whatever_is_accepted(staff_client: Client, asked: str) -> None:
    response = staff_client.get("/api/v1/annotations/", headers={"accept": asked})

    assert (response.status_code, response["Content-Type"]) == (200, MEDIA_TYPE)


@pytest.mark.parametrize("asked", ["annotations/?sourze=a", "annotations/{}/?source=a"])
def test_a_parameter_that_nobody_knows_is_refused(staff_client: Client, asked: str) -> None:
    response = staff_client.get(f"/api/v1/{asked.format(make.excerpt().pk)}")

    assert (response.status_code, response.json()["code"]) == (400, "unknown_parameter")


def test_where_the_text_was_withheld_the_words_have_no_position(staff_client: Client) -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt("the  ministry said", of=source)
    (asked,) = ask_to_withhold(
        targets=[TextLayer.objects.current_of(source).get()],
        reason="A court.",
        by=make.person(Role.ADMINISTRATOR),
        at=make.TODAY,
    )
    carry_out(request=asked, by=make.person(Role.EDITOR), at=make.TODAY)

    said = told(staff_client, excerpt)["target"]
    finding = staff_client.get(f"/api/v1/excerpts/{excerpt.pk}/").json()["finding"]

    assert [one["type"] for one in said["selector"]] == ["TextQuoteSelector"]
    assert "state" not in said
    assert finding["passed_over"] == []
