"""The check in the editor, its notes, and the edition that is issued from there."""

from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract
from claims.actions.factsheets.keeping import content_of, keep_sheet, start_sheet
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.models import Edition, FactSheet, IssueRequest
from sources.actions.jobs import record_job_failure
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims.admin.entry.test_pages import staff_client
from tests.claims.admin.factsheets.written import LOOSE, form_of, loose_sheet, page_of
from tests.claims.issued import issue_text_alone
from tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def text_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Editions have their text files: no page of the desk looks into the others."""
    issue_text_alone(monkeypatch)


NOTE = f"note:{LOOSE}"


def editor() -> Client:
    return staff_client(make.person(Role.EDITOR))


def issue(client: Client, sheet: FactSheet, **fields: Any) -> Any:
    """Press the button of the page as it is saved."""
    sheet.refresh_from_db()
    return client.post(page_of(sheet), form_of(sheet, issue="1", **fields))


def findings(page: Any) -> list[tuple[str, bool]]:
    """The findings on the page by key, and whether each is new."""
    return [(row.finding.key, row.is_new) for row in page.context["panel"].rows]


def test_the_editor_shows_what_the_check_finds_and_what_to_do() -> None:
    page = editor().get(page_of(loose_sheet()))

    text = page.content.decode()
    assert findings(page) == [(LOOSE, False)]
    for there in ("Section 1, prose", "“47%”", "cite the claim that carries it", NOTE):
        assert there in text
    assert "Issue this edition" in text


def test_each_finding_links_to_a_place_on_the_page() -> None:
    waiting, known = make.submitted().claim, make.published().claim
    content = SheetContent(
        "Mein Titel",
        style="apa",
        summary=f"It fell by 31% [{waiting.ref}].",
        sections=(
            SectionContent("A", prose=f"It rose by 47% [{known.ref}] [C998]."),
            SectionContent("B", claims=(waiting.ref, "C999")),
        ),
        unknown=("Whether 12 are enough.",),
    )
    sheet = start_sheet(key="gas", content=content, by=make.person(), at=make.TODAY)

    page = editor().get(page_of(sheet))

    rows, text = page.context["panel"].rows, page.content.decode()
    assert {row.anchor for row in rows} == {
        "id_summary",
        "id_sections-0-prose",
        f"section-2-{waiting.ref}",
        "section-2-C999",
        "id_unknown",
    }
    for row in rows:
        assert f'href="#{row.anchor}"' in text
        assert f' id="{row.anchor}"' in text


def test_a_finding_about_a_claim_links_to_its_reference_in_the_prose() -> None:
    quote = make.excerpt("Not in any text.", of=make.source())
    ref = make.published(evidence=[Tie(quote)], note="Seen on the page.").claim.ref
    section = SectionContent("A", prose=f"So it is [{ref}].")
    content = SheetContent("Gas", style="apa", sections=(section,))
    sheet = start_sheet(key="gas", content=content, by=make.person(), at=make.TODAY)

    (row,) = editor().get(page_of(sheet)).context["panel"].rows

    assert (row.anchor, row.sought) == ("id_sections-0-prose", f"[{ref}]")


def test_what_blocks_is_to_be_mended_before_anything_is_issued() -> None:
    sheet = start_sheet(
        key="gas",
        content=SheetContent("Gas", style="apa", summary="It is full [C999]."),
        by=make.person(),
        at=make.TODAY,
    )
    client = editor()

    text = client.get(page_of(sheet)).content.decode()
    refused = issue(client, sheet)

    assert "1 finding blocks" in text
    assert "Issue this edition" not in text
    assert "cannot be issued" in refused.context["panel"].refusal
    assert not IssueRequest.objects.exists()


def test_saving_and_checking_keeps_the_notes_and_shows_what_is_found_in_what_was_saved() -> None:
    sheet = loose_sheet()
    sent = form_of(sheet, summary="It fell by 31%.", check="1", found=[LOOSE], **{NOTE: "Counted."})

    page = editor().post(page_of(sheet), sent)

    sheet.refresh_from_db()
    assert sheet.summary == "It fell by 31%."
    assert findings(page) == [("summary:loose_number:31%", True), (LOOSE, False)]
    assert "Counted." in page.content.decode()
    assert page.context["form"]["revision"].value() == str(sheet.revision)


def test_a_note_survives_the_plain_button_that_saves() -> None:
    sheet = loose_sheet()

    page = editor().post(page_of(sheet), form_of(sheet, save="1", **{NOTE: "Counted."}))

    assert page.status_code == 200
    assert "Counted." in page.content.decode()


def test_an_issue_without_a_note_is_refused_and_keeps_all_that_was_typed() -> None:
    sheet = loose_sheet()
    other = "summary:loose_number:31%"
    typed = {"summary": "It fell by 31%.", f"note:{other}": "Counted by hand.", "found": [LOOSE]}

    page = issue(editor(), sheet, **typed)

    rows = {row.finding.key: row for row in page.context["panel"].rows}
    text = page.content.decode()
    assert page.context["panel"].refusal == "Nothing is issued yet: a note is missing below."
    assert (rows[LOOSE].lacks_note, rows[other].lacks_note) == (True, False)
    for there in ("It fell by 31%.", "Counted by hand."):
        assert there in text
    assert not IssueRequest.objects.exists()


def test_what_is_found_only_since_the_page_was_read_is_shown_and_stops_the_issue() -> None:
    version = make.published(statement="It rose by 47%.")
    ref = version.claim.ref
    content = SheetContent("Gas", style="apa", summary=f"It rose by 47% [{ref}].")
    sheet = start_sheet(key="gas", content=content, by=make.person(), at=make.TODAY)
    client = editor()
    before = [key for key, _is_new in findings(client.get(page_of(sheet)))]
    retract(claim=version.claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=make.TODAY)

    page = issue(client, sheet, found=[*before, ""])

    new = [key for key, is_new in findings(page) if is_new]
    assert any(key.startswith(f"summary-{ref}:claim_retracted") for key in new)
    assert "New since you looked" in page.content.decode()
    assert not IssueRequest.objects.exists()


def test_an_issue_after_somebody_else_saved_is_refused_and_says_who() -> None:
    sheet, other = loose_sheet(), make.person()
    own = form_of(sheet, summary="Mine.", issue="1", **{NOTE: "Counted."})
    theirs = content_of(sheet)
    keep_sheet(
        sheet=sheet,
        content=SheetContent(title="Theirs", style="apa", sections=theirs.sections),
        revision=sheet.revision,
        by=other,
        at=make.TODAY,
    )

    page = editor().post(page_of(sheet), own)

    text = page.content.decode()
    assert page.status_code == 409
    assert str(other) in page.context["outdated"]
    for there in ("Mine.", "Theirs", "Counted."):
        assert there in text
    # A person decides which text stays: the page saves nothing by itself.
    assert "data-keep" not in text
    assert not IssueRequest.objects.exists()


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
def test_who_is_no_editor_reads_the_check_and_is_told_who_issues(role: Role) -> None:
    sheet, client = loose_sheet(), staff_client(make.person(role))

    page = client.get(page_of(sheet))
    refused = issue(client, sheet, summary="Mine.", **{NOTE: "Counted."})

    assert findings(page) == [(LOOSE, False)]
    assert "this takes the role editor" in page.content.decode()
    assert "Issue this edition" not in page.content.decode()
    assert refused.status_code == 403
    assert "this takes the role editor" in refused.context["panel"].refusal
    assert "Mine." in refused.content.decode()
    assert not IssueRequest.objects.exists()


def test_an_edition_is_asked_for_followed_and_listed_with_its_notes() -> None:
    sheet, client = loose_sheet(), editor()

    asked = issue(client, sheet, summary="Saved with it.", **{NOTE: "Counted."})
    waiting = client.get(page_of(sheet)).content.decode()
    told = client.get(page_of(sheet, "progress")).json()
    again = issue(client, sheet, **{NOTE: "Counted."})
    work()
    page = client.get(page_of(sheet))

    edition = Edition.objects.get()
    assert asked["Location"] == f"{page_of(sheet)}#sheet-check"
    assert IssueRequest.objects.get().base_url == "http://testserver"
    assert edition.content["summary"] == "Saved with it."
    assert "It waits for the worker. No worker is at work" in waiting
    assert "Issue this edition" not in waiting
    assert told["is_under_way"] is True
    assert told["words"] in waiting
    assert "is being made" in again.context["panel"].refusal
    assert client.get(page_of(sheet, "progress")).json()["words"] == "Edition 1 is issued."
    assert [row.edition.number for row in page.context["editions"]] == [1]
    assert "It becomes edition 2" in page.content.decode()
    assert "Noted for the edition before: Counted." in page.content.decode()
    assert "/factsheets/gas/1/" in page.content.decode()
    own = client.get(page_of(sheet, "editions/1")).content.decode()
    assert "Counted." in own
    assert "/factsheets/gas/1/files/" in own


def test_notes_of_the_edition_before_are_taken_over_where_the_same_is_found() -> None:
    sheet, client = loose_sheet(), editor()
    issue(client, sheet, **{NOTE: "Counted."})
    work()
    changed = {"summary": "It fell by 31%.", "note:summary:loose_number:31%": "Mine."}

    offered = client.get(page_of(sheet)).content.decode()
    taken = client.post(page_of(sheet), form_of(sheet, **changed, **{"take-notes": "1"}))

    assert "Take over the notes of edition 1" in offered
    assert {row.finding.key: row.note for row in taken.context["panel"].rows} == {
        LOOSE: "Counted.",
        "summary:loose_number:31%": "Mine.",
    }
    assert "Take over the notes" not in taken.content.decode()


def test_words_that_the_editor_alone_may_read_are_in_no_page_for_others() -> None:
    secret = make.source(access=Access.NAMED, public_descriptor="An official's notes")
    quote = make.excerpt("Zanzibar owes nine million", of=secret)
    version = make.published(evidence=[Tie(quote)], note="Seen on the page.")
    section = SectionContent("Debts", claims=(version.claim.ref,))
    content = SheetContent("Gas", style="apa", sections=(section,))
    sheet = start_sheet(key="gas", content=content, by=make.person(), at=make.TODAY)
    knowing = staff_client(make.reader_of([secret]))
    page = knowing.get(page_of(sheet))
    keys = [row.finding.key for row in page.context["panel"].rows]
    assert "Zanzibar" in page.content.decode()

    issue(knowing, sheet, **{f"note:{key}": "Seen by two." for key in keys})
    work()

    assert "Zanzibar" in str(Edition.objects.get().notes)
    for person in (make.person(), make.person(Role.EDITOR)):
        for part in ("change", "check", "preview", "editions/1"):
            text = staff_client(person).get(page_of(sheet, part)).content.decode()
            assert "Zanzibar" not in text
    assert "Seen by two." in staff_client(make.person()).get(page_of(sheet, "editions/1")).text


def test_an_edition_that_failed_says_why_and_gives_the_notes_back() -> None:
    sheet, client = loose_sheet(), editor()
    issue(client, sheet, **{NOTE: "Counted."})
    keep_sheet(
        sheet=sheet,
        content=SheetContent("Theirs", style="apa", sections=content_of(sheet).sections),
        revision=sheet.revision,
        by=make.person(),
        at=make.TODAY,
    )
    work()

    text = client.get(page_of(sheet)).content.decode()

    assert "Nothing was issued." in text
    assert "saved this fact sheet" in text
    assert "Counted." in text
    assert "Issue this edition" in text


def test_a_job_that_broke_down_is_told_of() -> None:
    sheet, client = loose_sheet(), editor()
    issue(client, sheet, **{NOTE: "Counted."})
    job = ProcrastinateJob.objects.get()
    record_job_failure(job=job.pk, error=KeyError("Quillfeather"), at=make.TODAY)
    told = client.get(page_of(sheet, "progress")).json()

    assert "Quillfeather" not in told["words"]


def test_the_script_is_told_the_findings_alone() -> None:
    sheet = loose_sheet()

    page = editor().get(page_of(sheet, "check"))

    text = page.content.decode()
    assert 'data-summary="1 asks for a note."' in text
    assert NOTE in text
    assert "<html" not in text


def test_what_is_found_and_noted_is_no_mark_up_on_the_page() -> None:
    hostile = '"><script>alert(1)</script> 47%'
    sheet = start_sheet(
        key="gas",
        content=SheetContent("Gas", style="apa", summary=f"[C999]{hostile}"),
        by=make.person(),
        at=make.TODAY,
    )

    page = editor().post(page_of(sheet), form_of(sheet, check="1", **{f"note:{hostile}": hostile}))

    assert "<script>alert" not in page.content.decode().lower()


@pytest.mark.parametrize("part", ["check", "preview", "progress", "editions/1"])
def test_nobody_without_an_account_reads_the_parts_of_the_editor(part: str) -> None:
    assert Client().get(page_of(loose_sheet(), part)).status_code == 302
