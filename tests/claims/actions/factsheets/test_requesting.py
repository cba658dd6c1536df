"""Editions that the worker issues: asked for once, followed, and never lost or issued twice."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract
from claims.actions.factsheets.issuing import IssueRefused
from claims.actions.factsheets.keeping import SheetOutdated, content_of, keep_sheet, start_sheet
from claims.actions.factsheets.requesting import IssueRequestRefused, request_edition
from claims.actions.factsheets.withheld_words import black_out_requests
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.factsheets.checking import check_content
from claims.models import Edition, FactSheet, IssueRequest, Version
from claims.readings.issue_requests import IssueProgress, read_newest_request
from claims.vocabulary.factsheets import IssueState
from sources.actions.jobs import record_job_failure, take_up_stalled_jobs
from sources.actions.permission import NotPermitted
from sources.vocabulary import Role
from tests import factories as make
from tests.factories import TODAY
from tests.sources.queued import begin, break_off, register_worker
from tests.worker import work

pytestmark = pytest.mark.django_db

NOTE = "It is said in the text."


def sheet_of(*versions: Version) -> FactSheet:
    content = SheetContent(
        "Trade",
        style="apa",
        sections=(SectionContent("A", "", tuple(v.claim.ref for v in versions)),),
    )
    return start_sheet(key="trade", content=content, by=make.somebody(Role.EDITOR), at=TODAY)


def ask(sheet: FactSheet, *, revision: int = 1, role: Role = Role.EDITOR) -> IssueRequest:
    by = make.somebody(role)
    found = check_content(content_of(sheet), by, TODAY)
    return request_edition(
        sheet=sheet,
        revision=revision,
        notes={one.key: NOTE for one in found},
        by=by,
        at=TODAY,
        base_url="https://facts.example.org",
    )


def progress(sheet: FactSheet) -> IssueProgress:
    found = read_newest_request(sheet)
    assert found is not None
    return found


def test_the_worker_issues_what_was_asked_for_and_says_how_far_it_is() -> None:
    sheet = sheet_of(
        make.published(
            evidence=[Tie(make.excerpt("Not in any text.", of=make.source()))], note="Compared."
        )
    )
    assert read_newest_request(sheet) is None

    ask(sheet)
    before = progress(sheet)
    assert work() == 1
    after = progress(sheet)

    edition = Edition.objects.get()
    assert (before.state, before.made, before.total) == (IssueState.WAITING, 0, 0)
    assert before.sentence == "It waits for the worker."
    assert set(before.notes.values()) == {NOTE}
    files = edition.files.count()
    assert (after.state, after.made, after.total) == (IssueState.ISSUED, files, files)
    assert (after.edition, after.sentence) == (1, "Edition 1 is issued.")
    assert not after.is_under_way
    assert {one["note"] for one in edition.notes} == {NOTE}
    assert after.notes == {}


def test_while_files_are_made_it_says_how_many_of_how_many() -> None:
    asked = ask(sheet := sheet_of(make.published()))
    begin(register_worker())
    IssueRequest.objects.filter(pk=asked.pk).update(state=IssueState.MAKING, made=5, total=14)

    assert progress(sheet).sentence == "Made 5 of 14 files."


def test_a_job_that_is_done_twice_issues_one_edition() -> None:
    asked = ask(sheet_of(make.published()))
    work()
    app.configure_task("claims.issue_edition").defer(request=asked.pk)

    work()

    assert Edition.objects.count() == 1


def test_one_edition_of_a_fact_sheet_is_made_at_a_time() -> None:
    sheet = sheet_of(make.published())
    ask(sheet)

    with pytest.raises(IssueRequestRefused, match="it is being made"):
        ask(sheet)

    work()
    ask(sheet)
    work()
    assert [one.number for one in Edition.objects.order_by("number")] == [1, 2]


def test_what_the_check_finds_is_refused_when_it_is_asked_for() -> None:
    sheet = sheet_of(make.submitted())

    with pytest.raises(IssueRefused):
        ask(sheet)

    assert not ProcrastinateJob.objects.exists()


def test_what_was_saved_since_it_was_checked_is_not_issued() -> None:
    sheet = sheet_of(make.published())
    editor = make.somebody(Role.EDITOR)
    content = SheetContent("Trade, again", style="apa")
    later = TODAY + timedelta(minutes=1)
    ask(sheet)
    keep_sheet(sheet=sheet, content=content, revision=1, by=editor, at=later)

    work()
    found = progress(sheet)

    assert (found.state, found.edition) == (IssueState.FAILED, None)
    assert "saved this fact sheet at 2025-06-01 12:01 UTC, after you opened it" in found.error
    assert not Edition.objects.exists()
    with pytest.raises(SheetOutdated):
        ask(sheet, revision=1)


def test_what_the_check_finds_later_is_named_by_its_place_and_never_by_its_words() -> None:
    version = make.published()
    sheet = sheet_of(version)
    ask(sheet)
    retract(claim=version.claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=TODAY)

    work()
    found = progress(sheet)

    assert found.state == IssueState.FAILED
    assert f"section 1, {version.claim.ref}: " in found.error
    assert version.statement not in found.error


def test_a_job_that_failed_says_why_and_another_can_be_asked_for() -> None:
    sheet = sheet_of(make.published())
    first = ask(sheet)
    job = begin(register_worker())
    record_job_failure(job=job.pk, error=KeyError("Quillfeather"), at=TODAY)
    break_off(job)

    failed = progress(sheet)
    second = ask(sheet)

    assert failed.state == IssueState.FAILED
    assert failed.error == "The program has a fault; the log of the worker has the details."
    first.refresh_from_db()
    assert (first.state, second.state) == (IssueState.FAILED, IssueState.WAITING)


def test_an_edition_whose_worker_is_gone_is_made_by_the_next() -> None:
    sheet = sheet_of(make.published())
    asked = ask(sheet)
    begin(register_worker(silent_for=60))
    IssueRequest.objects.filter(pk=asked.pk).update(state=IssueState.MAKING, made=5, total=14)

    assert take_up_stalled_jobs(at=TODAY) == 1
    between = progress(sheet)
    work()

    assert between.is_under_way
    assert between.sentence == (
        "It broke off and is tried again. The worker was gone before the job was done."
    )
    assert progress(sheet).sentence == "Edition 1 is issued."


def test_a_contributor_asks_for_none() -> None:
    with pytest.raises(NotPermitted):
        ask(sheet_of(make.published()), role=Role.REVIEWER)


def test_words_that_are_withheld_leave_the_notes_of_what_waits() -> None:
    sheet = sheet_of(make.published())
    asked = ask(sheet)
    IssueRequest.objects.filter(pk=asked.pk).update(notes={"a": "He said “nine million owed”."})

    black_out_requests(["nine million owed"])

    assert progress(sheet).notes == {"a": "He said “█████”."}
