"""Writing fact sheets through the pages of the desk."""

import re
from typing import Any

import pytest
from django.test import Client

from claims.actions.factsheets.keeping import start_sheet
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.models import FactSheet
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.admin.entry.test_pages import staff_client

pytestmark = pytest.mark.django_db

LIST = "/admin/claims/factsheet/"
ADD = f"{LIST}add/"


def typed(*sections: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The form data of a fact sheet with these sections."""
    data: dict[str, Any] = {
        "title": "Gas by pipe",
        "language": "en",
        "style": "apa",
        "summary": "",
        "unknown": "",
        "shows": ["settled"],
        "revision": 0,
        "sections-TOTAL_FORMS": len(sections),
        "sections-INITIAL_FORMS": 0,
        **fields,
    }
    for number, section in enumerate(sections):
        row = {"place": number + 1, "heading": "", "prose": "", "claims": "", "query": ""} | section
        data |= {f"sections-{number}-{name}": value for name, value in row.items()}
    return data


def kept(*headings: str, **fields: Any) -> FactSheet:
    """A fact sheet with a section of each heading."""
    sections = tuple(SectionContent(heading=heading) for heading in headings)
    content = SheetContent(title="Gas by pipe", style="apa", sections=sections, **fields)
    return start_sheet(key="gas", content=content, by=make.person(), at=make.TODAY)


def page_of(sheet: FactSheet) -> str:
    return f"{LIST}{sheet.pk}/change/"


def sections_on(page: Any) -> list[tuple[str, str]]:
    """The heading and the claims of each section in the form, in order."""
    views = page.context["sections"]
    rows = [one.row for one in views]
    return [(row["heading"].value() or "", row["claims"].value() or "") for row in rows]


def test_a_fact_sheet_is_kept_as_it_was_typed() -> None:
    claim = make.published().claim
    make.topic("Energy")
    section = {
        "heading": "The line",
        "prose": f"It is built [{claim.ref}].",
        "claims": f"{claim.ref.lower()}, {claim.ref}",
        "query": "topic=energy&period=!none",
    }

    answer = staff_client(make.person()).post(
        ADD,
        typed(section, summary="It stands.", unknown="The price.\n\nThe route."),
        follow=True,
    )

    sheet = FactSheet.objects.get()
    assert answer.redirect_chain == [(page_of(sheet), 302)]
    assert (sheet.key, sheet.title, sheet.summary) == ("gas-by-pipe", "Gas by pipe", "It stands.")
    assert (sheet.unknown, sheet.shows) == (["The price.", "The route."], ["settled"])
    assert sheet.sections == [section | {"claims": [claim.ref]}]
    text = answer.content.decode()
    for there in (
        "It stands.",
        "The price.\nThe route.",
        "topic=energy&amp;period=!none",
        "“Gas by pipe” is saved.",
    ):
        assert there in text


def test_what_is_kept_comes_back_into_the_form_and_is_saved_as_the_next_revision() -> None:
    sheet = kept("Old")
    client = staff_client(make.person())
    revision = client.get(page_of(sheet)).context["form"]["revision"].value()

    client.post(page_of(sheet), typed({"heading": "New"}, revision=revision))

    sheet.refresh_from_db()
    assert [section["heading"] for section in sheet.sections] == ["New"]
    assert sheet.revision == revision + 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("style", "apaa", "The nearest names are"),
        ("title", "", "This field is required"),
        ("language", "?", "is not understood"),
        ("sections-0-claims", "C1 K5", "K5"),
        ("sections-0-query", "anything", "is not understood"),
        ("sections-0-query", "topic=nowhere", "There is no topic “nowhere”"),
        ("sections-0-query", "topik=energy", "The nearest one is “topic”"),
        ("sections-0-prose", "x" * 20_001, "at most 20"),
        ("key", "no key!", "valid"),
    ],
)
def test_what_is_refused_says_why_and_keeps_all_that_was_typed(
    name: str, value: str, said: str
) -> None:
    data = typed({"heading": "A heading of mine"}, summary="A summary of mine.") | {name: value}

    page = staff_client(make.person()).post(ADD, data)

    text = page.content.decode()
    assert not FactSheet.objects.exists()
    for there in (said, "A heading of mine", "A summary of mine."):
        assert there in text


def test_two_fact_sheets_have_no_key_in_common() -> None:
    kept()

    page = staff_client(make.person()).post(ADD, typed(key="gas"))

    assert "key" in page.context["form"].errors
    assert FactSheet.objects.count() == 1


@pytest.mark.parametrize(
    ("pressed", "order"),
    [
        ("2:up", ["B", "A", "C"]),
        ("2:down", ["A", "C", "B"]),
        ("1:up", ["A", "B", "C"]),
        ("3:down", ["A", "B", "C"]),
        ("9:up", ["A", "B", "C"]),
        ("nonsense", ["A", "B", "C"]),
    ],
)
def test_a_button_moves_a_section_and_saves_nothing(pressed: str, order: list[str]) -> None:
    sheet = kept("A")
    data = typed(*({"heading": name} for name in "ABC"), **{"move-section": pressed})

    page = staff_client(make.person()).post(page_of(sheet), data)

    assert [heading for heading, _claims in sections_on(page)] == order
    sheet.refresh_from_db()
    assert len(sheet.sections) == 1


def test_sections_are_kept_in_the_order_in_which_they_were_dragged() -> None:
    sheet = kept()
    dragged = [
        {"heading": "A", "place": 3},
        {"heading": "B", "place": 1},
        {"heading": "C", "place": 2},
    ]

    staff_client(make.person()).post(page_of(sheet), typed(*dragged, revision=sheet.revision))

    sheet.refresh_from_db()
    assert [section["heading"] for section in sheet.sections] == ["B", "C", "A"]


@pytest.mark.parametrize(
    ("pressed", "claims"),
    [
        ("1:C2:up", "C2 C1 C3"),
        ("1:C2:down", "C1 C3 C2"),
        ("1:C2:drop", "C1 C3"),
        ("1:C9:drop", "C1 C2 C3"),
    ],
)
def test_a_button_moves_a_claim_of_a_section_or_leaves_it_out(pressed: str, claims: str) -> None:
    page = staff_client(make.person()).post(
        ADD, typed({"claims": "C1 C2 C3"}, **{"move-claim": pressed})
    )

    assert sections_on(page) == [("", claims)]


def test_sections_are_added_and_left_out() -> None:
    client = staff_client(make.person())
    more = client.post(ADD, typed({"heading": "A"}, **{"add-section": "1"}))
    fewer = client.post(ADD, typed({"heading": "A"}, {"heading": "B"}, **{"drop-section": "1"}))

    assert [heading for heading, _claims in sections_on(more)] == ["A", ""]
    assert [heading for heading, _claims in sections_on(fewer)] == ["B"]


def test_claims_are_found_by_their_words_and_added_by_choice() -> None:
    one = make.published(statement="The pipeline is full.").claim
    other = make.published(statement="The pipeline is empty.").claim
    make.published(statement="Trade fell.")
    client = staff_client(make.person())

    found = client.post(ADD, typed({"claims": "C7", "find": "pipeline"}, find="1"))
    taken = client.post(ADD, typed({"claims": "C7"}, take="1", pick=[one.ref, other.ref]))

    assert {ref for ref, _words in found.context["sections"][0].hits} == {one.ref, other.ref}
    assert sections_on(taken) == [("", f"C7 {one.ref} {other.ref}")]


def test_a_reference_is_added_at_once_and_claims_are_suggested() -> None:
    claim = make.published(statement="The pipeline is full.").claim
    client = staff_client(make.person())

    added = client.post(ADD, typed({"find": claim.ref.lower()}, find="1"))
    suggested = client.get(f"{LIST}claims/?q=pipeline").json()["results"]

    assert sections_on(added) == [("", claim.ref)]
    assert [(row["key"], "The pipeline is full." in row["label"]) for row in suggested] == [
        (claim.ref, True)
    ]


def test_a_claim_that_is_not_there_or_not_published_is_marked_in_its_section() -> None:
    waiting = make.submitted().claim

    page = staff_client(make.person()).post(
        ADD, typed({"claims": f"{waiting.ref} C999"}, **{"add-section": "1"})
    )

    text = page.content.decode()
    assert "Not published" in text
    assert "No such claim" in text


def test_a_sheet_is_kept_in_passing_and_says_when() -> None:
    sheet = kept()
    client = staff_client(make.person())

    answer = client.post(
        f"{LIST}{sheet.pk}/keep/", typed({"heading": "A"}, revision=sheet.revision)
    )

    sheet.refresh_from_db()
    said = answer.json()
    assert re.fullmatch(r"Saved \d\d:\d\d UTC", said["words"])
    assert said["revision"] == sheet.revision
    assert [section["heading"] for section in sheet.sections] == ["A"]


def test_what_cannot_be_kept_in_passing_says_why() -> None:
    sheet = kept()

    answer = staff_client(make.person()).post(
        f"{LIST}{sheet.pk}/keep/", typed(style="apaa", revision=sheet.revision)
    )

    assert answer.status_code == 422
    assert "No citation style is called" in answer.json()["words"]


def test_the_second_of_two_editors_is_told_who_saved_and_what_differs() -> None:
    sheet = kept("Theirs")
    read = sheet.revision
    first, second = make.person(), make.person()
    staff_client(first).post(page_of(sheet), typed({"heading": "Of the first"}, revision=read))
    own = typed({"heading": "Of the second"}, summary="A summary.", revision=read)

    silent = staff_client(second).post(f"{LIST}{sheet.pk}/keep/", own)
    page = staff_client(second).post(page_of(sheet), own)

    sheet.refresh_from_db()
    assert [section["heading"] for section in sheet.sections] == ["Of the first"]
    assert silent.status_code == page.status_code == 409
    assert str(first) in silent.json()["words"]
    assert str(first) in page.context["outdated"]
    assert page.context["differing"] == [
        ("Summary", "", "A summary."),
        ("Section 1, Heading", "Of the first", "Of the second"),
    ]
    assert sections_on(page) == [("Of the second", "")]

    again = own | {"revision": page.context["form"]["revision"].value()}
    staff_client(second).post(page_of(sheet), again)

    sheet.refresh_from_db()
    assert [section["heading"] for section in sheet.sections] == ["Of the second"]


def test_what_is_typed_is_no_mark_up_on_the_page() -> None:
    hostile = "<script>alert(1)</script>"
    data = typed(
        {"heading": hostile, "prose": hostile, "claims": hostile}, title=hostile, summary=hostile
    )

    page = staff_client(make.person()).post(ADD, data | {"add-section": "1"})

    assert "<script>alert" not in page.content.decode().lower()


def test_the_list_names_kept_sheets_with_their_state() -> None:
    sheet = kept()

    page = staff_client(make.person()).get(LIST)

    assert [(row.sheet, row.state) for row in page.context["rows"]] == [(sheet, "Not issued yet")]
    assert page_of(sheet) in page.content.decode()


def test_nobody_without_an_account_keeps_anything() -> None:
    sheet = kept()

    for address in (ADD, page_of(sheet), f"{LIST}{sheet.pk}/keep/"):
        assert Client().post(address, typed(revision=sheet.revision)).status_code == 302
    assert FactSheet.objects.get().sections == []


def test_contributors_write_fact_sheets() -> None:
    client = staff_client(make.person(Role.CONTRIBUTOR))

    assert client.post(ADD, typed()).status_code == 302


def test_a_fact_sheet_that_nobody_saved_since_it_was_begun_saves_itself() -> None:
    sheet = kept("A")
    client, keep = staff_client(make.person()), f"{LIST}{sheet.pk}/keep/"
    page = client.get(page_of(sheet))
    same = typed({"heading": "A"}, revision=1, shows=page.context["form"]["shows"].value())

    unchanged, outdated = client.post(keep, same), client.post(keep, same | {"revision": 7})

    assert (unchanged.status_code, unchanged.json()["revision"]) == (200, 1)
    assert outdated.status_code == 409
    assert f"{sheet.created_by} saved this fact sheet at 2025-06-01" in outdated.json()["words"]
