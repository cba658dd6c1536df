"""Editions at their doors: pages, files, API, the check of a file and the command."""

from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import retract, take_off
from claims.actions.conflicts.decisions import decide_conflict
from claims.domain.factsheets.edition_marks import MAX_FILE
from claims.models import Edition, EditionWithdrawal, Erratum, Flag, Version
from claims.readings.editions import read_editions
from claims.vocabulary import ConflictStatus, FlagKind
from claims.vocabulary.factsheets import EditionFormat
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.readings.reader import Reader
from sources.vocabulary import Access, Role, Standing
from tests import factories as make
from tests.claims.issued import add_file, issue
from tests.claims.pages import world

pytestmark = pytest.mark.django_db


def state(client: Client, number: int = 1) -> tuple[str, list[str]]:
    """The state of an edition and the sentences of its reasons, as the API tells them."""
    told = client.get(f"/api/v1/editions/sheet/{number}/").json()
    return told["state"], [reason["sentence"] for reason in told["reasons"]]


def next_version(version: Version) -> Version:
    """A newer published version of the same claim on the same quotes."""
    stored, _quotes = stored_content(version)
    newer = revise(
        claim=version.claim,
        content=replace(stored, statement=f"{stored.statement} And more."),
        evidence=[Tie(piece.excerpt) for piece in version.evidence.all()],
        by=make.somebody(Role.CONTRIBUTOR),
        at=world.LATER,
        seen=version.number,
        submit_it=True,
    )
    return make.approved(newer, at=world.LATER)


def withhold(version: Version) -> None:
    """Withhold the words of a version's quote."""
    (asked,) = ask_to_withhold(
        targets=[version.evidence.get().excerpt],
        reason="A court order.",
        by=make.person(Role.ADMINISTRATOR),
        at=world.LATER,
    )
    carry_out(request=asked, by=make.person(Role.ADMINISTRATOR), at=world.LATER)


def test_an_edition_is_current_while_nothing_under_it_changes(client: Client) -> None:
    issue(make.published())

    assert state(client) == ("current", [])
    page = client.get("/factsheets/sheet/1/").content.decode()
    assert "Current: it is the newest edition" in page
    assert "Words of the sheet. brief" in page
    assert page.count("<h1") == 1
    assert (
        "Words of the sheet. dossier" in client.get("/factsheets/sheet/1/dossier/").content.decode()
    )


def test_a_newer_version_makes_it_stale(client: Client) -> None:
    version = make.published()
    issue(version)
    next_version(version)

    ref = version.claim.ref
    (sentence,) = state(client)[1]
    assert state(client)[0] == "stale"
    assert sentence.startswith(f"{ref} has a newer version, {ref}/v2, since ")
    assert f"{ref}/v2" in client.get("/factsheets/sheet/1/").content.decode()


def test_a_retraction_and_a_claim_taken_off_make_it_stale(client: Client) -> None:
    gone, off = make.published(), make.published()
    issue(gone, off)
    editor = make.somebody(Role.EDITOR)
    retract(claim=gone.claim, reason="It was a slip.", by=editor, at=world.LATER)
    take_off(claim=off.claim, reason="Secretlock", by=editor, at=world.LATER)

    kind, sentences = state(client)
    assert kind == "stale"
    assert sentences[0].startswith(f"{gone.claim.ref} was retracted on ")
    assert "It was a slip." in sentences[0]
    assert sentences[1] == f"{off.claim.ref} was taken off the public pages."
    assert "Secretlock" not in client.get("/factsheets/sheet/1/").content.decode()


def test_a_retracted_source_makes_it_stale_with_its_reason(client: Client) -> None:
    version = make.published()
    source = version.evidence.get().excerpt.source
    issue(version)
    make.stands(source, Standing.RETRACTED, "The data were made up.")

    kind, (sentence,) = state(client)
    assert kind == "stale"
    assert f"Quotes “{source.title}”. The source was retracted on " in sentence
    assert "The data were made up." in sentence


def test_a_retraction_before_it_was_issued_is_no_news(client: Client) -> None:
    gone = make.published()
    editor = make.somebody(Role.EDITOR)
    retract(claim=gone.claim, reason="It was a slip.", by=editor, at=make.TODAY)
    issue(gone)

    assert state(client) == ("current", [])


def test_a_standing_that_it_told_itself_is_no_news(client: Client) -> None:
    version = make.published()
    make.stands(version.evidence.get().excerpt.source, Standing.CORRECTED, "A figure.")
    issue(version)

    assert state(client) == ("current", [])


def test_the_standing_of_a_confidential_source_is_told_without_its_name(client: Client) -> None:
    secret = make.source(
        "Between us, it fell.",
        key="secretlock",
        title="Secretlock",
        access=Access.STAFF,
        public_descriptor="A paper seen by the desk",
    )
    issue(make.published(evidence=[Tie(make.excerpt("it fell", of=secret))]))
    make.stands(secret, Standing.RETRACTED, "Secretlock made it up.")

    kind, (sentence,) = state(client)
    assert kind == "stale"
    assert sentence == "Quotes “A paper seen by the desk”. A confidential source was retracted."
    for address in ("/factsheets/sheet/1/", "/factsheets/", "/api/v1/editions/sheet/1/"):
        assert "secretlock" not in client.get(address).content.decode().lower()


def test_a_conflict_that_it_shows_is_no_news_and_its_decision_is(client: Client) -> None:
    built = world.build()
    issue(built.hundred, built.seventy_five)
    assert state(client) == ("current", [])

    desk = built.conflict.conflict
    decide_conflict(
        conflict=desk,
        status=ConflictStatus.RESOLVED,
        note="Notelock.",
        standing_claims=[built.hundred.claim_id],
        seen_versions=[version for one in desk.members.all() for version in one.versions],
        seen_decision=None,
        by=make.somebody(Role.EDITOR),
        at=world.LATER,
    )

    kind, (sentence,) = state(client)
    assert kind == "stale"
    assert sentence.startswith(f"{built.conflict.ref} was decided since. Resolved on ")
    assert f"{built.hundred.claim.ref} stands" in sentence
    assert "Notelock" not in client.get("/factsheets/sheet/1/").content.decode()


def test_a_conflict_that_came_later_makes_it_stale(client: Client) -> None:
    subject = make.entity("statement", label="The statement")
    prop = make.value_property("count", "anniversary")
    about: dict[str, Any] = {"subject": subject.key, "property": prop.key, "period": "2025"}
    one = make.published(value="100", **about)
    issue(one)
    assert state(client) == ("current", [])
    make.published(value="75", **about)

    kind, (sentence,) = state(client)
    assert kind == "stale"
    assert "It does not show that its claims are disputed (K" in sentence


def test_what_waits_changes_no_public_answer_but_flags_count_for_the_staff(
    client: Client,
) -> None:
    version = make.published()
    issue(version)
    stored, _quotes = stored_content(version)
    revise(
        claim=version.claim,
        content=stored,
        evidence=[Tie(version.evidence.get().excerpt)],
        by=make.somebody(Role.CONTRIBUTOR),
        at=world.LATER,
        seen=1,
        submit_it=True,
    )
    Flag.objects.create(
        claim=version.claim, kind=FlagKind.ABSENCE_HIT, cause="Flaglock.", opened_at=world.LATER
    )

    assert state(client) == ("current", [])
    assert "Flaglock" not in client.get("/factsheets/sheet/1/").content.decode()
    client.force_login(make.person(Role.EDITOR))
    kind, sentences = state(client)
    assert kind == "stale"
    assert sentences == [f"{version.claim.ref} is to be looked at again: Flaglock."]


def test_the_next_edition_supersedes_it_and_lists_what_changed(client: Client) -> None:
    one, two = make.published(), make.published()
    issue(one)
    issue(next_version(one), two, at=world.LATER, content={"summary": "In short."})

    assert state(client)[0] == "superseded"
    told = client.get("/api/v1/editions/sheet/2/").json()
    ref = one.claim.ref
    assert told["changes"] == [
        f"{two.claim.ref}/v1 is new.",
        f"{ref} is in a new version, {ref}/v2.",
        "The summary was changed.",
    ]
    page = client.get("/factsheets/sheet/1/").content.decode()
    assert 'href="/factsheets/sheet/2/"' in page
    assert client.get("/factsheets/sheet/").headers["Location"] == "/factsheets/sheet/2/"
    sheet = client.get("/api/v1/factsheets/sheet/").json()
    assert [one["number"] for one in sheet["editions"]] == [2, 1]


def test_errata_and_a_withdrawal_are_on_its_page(client: Client) -> None:
    edition, editor = issue(make.published()), make.somebody(Role.EDITOR)
    Erratum.objects.create(
        edition=edition, words="Read 9, not 90.", added_at=world.LATER, added_by=editor
    )
    EditionWithdrawal.objects.create(
        edition=edition, reason="It is unfounded.", withdrawn_at=world.LATER, withdrawn_by=editor
    )

    page = client.get("/factsheets/sheet/1/").content.decode()
    assert "Read 9, not 90." in page
    assert "It is unfounded." in page
    assert state(client)[0] == "withdrawn"


def test_a_file_is_given_as_issued_under_its_hash(client: Client) -> None:
    file = issue(make.published()).files.get(format="html", layout="brief")

    answer = client.get("/factsheets/sheet/1/files/sheet.1.brief.html")

    assert answer.content == bytes(file.content)
    assert answer.headers["ETag"] == f'"{file.sha256}"'
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    same = client.get(
        "/factsheets/sheet/1/files/sheet.1.brief.html", HTTP_IF_NONE_MATCH=f'"{file.sha256}"'
    )
    assert same.status_code == 304
    assert client.get("/factsheets/sheet/1/files/sheet.2.brief.html").status_code == 404


def test_a_quote_withheld_after_issue_is_in_no_door_and_no_file(client: Client) -> None:
    version = make.published(
        evidence=[Tie(make.excerpt("Gonewitch owes", of=make.source("Gonewitch owes us.")))],
        statement="Somebody owes.",
    )
    issue(version, words="They said “Gonewitch owes”.")
    files = [file["url"] for file in client.get("/api/v1/editions/sheet/1/").json()["files"]]
    withhold(version)

    told = client.get("/api/v1/editions/sheet/1/").json()
    assert {file["url"] for file in told["files"]} == {None}
    assert "Words of a quote of" in str(told["reasons"])
    for address in (*files, "/factsheets/sheet/1/", "/factsheets/sheet/1/dossier/"):
        answer = client.get(address)
        assert answer.status_code == (410 if "/files/" in address else 200)
        assert b"Gonewitch" not in answer.content
    assert "words that were withheld" in client.get(files[0]).content.decode()


def check(client: Client, data: bytes) -> str:
    """The page that says whether a file is ours."""
    sent = {"file": SimpleUploadedFile("a.html", data)}
    return client.post("/factsheets/verify/", sent).content.decode()


def test_a_file_is_known_by_its_bytes_alone(client: Client) -> None:
    version = make.published()
    edition = issue(version)
    data = bytes(edition.files.get(format="html", layout="brief").content)

    assert "Ours, unchanged, current." in check(client, data)
    assert "it names edition 1 of “Trade in 2025”, but its bytes" in check(client, data + b" ")
    assert "Not ours, or changed: no edition has" in check(client, b"Something else /f/none/1")
    make.stands(version.evidence.get().excerpt.source, Standing.RETRACTED, "Made up.")
    page = check(client, data)
    assert "Ours, unchanged, stale: " in page
    assert "The source was retracted on " in page
    issue(version, at=world.LATER)
    assert "Ours, unchanged, superseded by edition 2." in check(client, data)


def test_a_withheld_file_is_still_recognised(client: Client) -> None:
    version = make.published()
    data = bytes(issue(version).files.get(format="html", layout="brief").content)
    withhold(version)

    assert "do not pass it on" in check(client, data)


def test_an_empty_file_is_nobodys_and_an_empty_bibliography_is_not_withheld(
    client: Client,
) -> None:
    add_file(issue(make.published()), b"", None, EditionFormat.RIS, "application/x-research")

    told = client.get("/api/v1/editions/sheet/1/").json()
    (file,) = [one for one in told["files"] if one["format"] == "ris"]
    assert client.get(file["url"]).status_code == 200
    assert "withheld" not in client.get("/factsheets/sheet/1/").content.decode()
    assert "Not ours, or changed: no edition has" in check(client, b"")


def test_a_file_too_long_for_an_edition_is_refused_unread(client: Client) -> None:
    answer = client.post(
        "/factsheets/verify/", {"file": SimpleUploadedFile("a.pdf", bytes(MAX_FILE + 1))}
    )

    assert answer.status_code == 400
    assert f"at most {MAX_FILE}" in answer.content.decode()


def test_a_form_without_a_file_is_refused_and_no_page_sets_a_cookie(client: Client) -> None:
    assert client.post("/factsheets/verify/").status_code == 400
    assert not client.get("/factsheets/verify/").cookies


def test_the_command_says_the_same(tmp_path: Path) -> None:
    edition = issue(make.published())
    path = tmp_path / "a.html"
    path.write_bytes(bytes(edition.files.get(format="html", layout="brief").content))
    out = StringIO()

    call_command("factsheet", "verify", str(path), stdout=out)
    assert out.getvalue().startswith("Ours, unchanged, current.")
    path.write_bytes(b"other")
    with pytest.raises(SystemExit) as ended:
        call_command("factsheet", "verify", str(path), stdout=out)
    assert ended.value.code == 2


def test_no_door_tells_of_a_draft(client: Client) -> None:
    issue(make.published())
    for address in (
        "/factsheets/",
        "/factsheets/sheet/1/",
        "/factsheets/sheet/1/dossier/",
        "/factsheets/verify/",
        "/api/v1/editions/",
        "/api/v1/editions/sheet/1/",
        "/api/v1/factsheets/sheet/",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert b"Draftlock" not in answer.content, address


def test_what_was_not_issued_is_not_there(client: Client) -> None:
    issue(make.published())
    for address in (
        "/factsheets/none/",
        "/factsheets/sheet/2/",
        "/factsheets/sheet/2/dossier/",
        "/factsheets/sheet/1/files/none.html",
        "/api/v1/editions/sheet/2/",
        "/api/v1/factsheets/none/",
    ):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("is_staff", [False, True])
def test_many_editions_cost_as_many_statements_as_one(is_staff: bool) -> None:
    versions = [make.published() for _ in range(3)]
    issue(*versions[:1])
    account = make.person(Role.EDITOR) if is_staff else None
    counts = []
    for key in ("sheet", "b", "c", "d"):
        if key != "sheet":
            issue(*versions, key=key)
        reader = Reader(account, world.LATER)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            read = read_editions(Edition.objects.issued(world.LATER), reader)
        counts.append(len(captured))
    assert len(read) == 4
    assert len(set(counts)) == 1
    assert counts[0] <= (10 if is_staff else 8)


def test_short_addresses_lead_to_editions(client: Client) -> None:
    assert client.get("/f/sheet/3").headers["Location"] == "/factsheets/sheet/3/"
    assert client.get("/f/sheet").headers["Location"] == "/factsheets/sheet/"
