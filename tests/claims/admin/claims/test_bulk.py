"""One step with several claims of the list: each by itself, none approved, nothing lost."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.entry import Tie
from claims.admin.claims.bulk import BulkStep
from claims.models import Claim, Flag, Review, Topic, Version
from sources.actions.standing import set_standing
from sources.models import Source
from sources.vocabulary import Role, Standing
from tests import factories as make
from tests.claims.admin.claims.test_comparing import next_version
from tests.claims.admin.entry.test_pages import staff_client

pytestmark = pytest.mark.django_db

LIST = "/admin/claims/claim/"
BULK = f"{LIST}bulk/"
TEXT = "Trade fell by 9%. Exports rose."


def chosen(client: Client, *versions: Version, **typed: Any) -> Any:
    """The form data of the page on which these claims were chosen."""
    page = client.post(BULK, {"claim": [one.claim.ref for one in versions]})
    sent: dict[str, Any] = {"claim": [one.claim.ref for one in page.context["chosen"]]}
    for one in page.context["chosen"]:
        last = one.row.version
        sent[f"read-{one.claim.pk}"] = f"{last.number}:{last.content_hash}"
        sent[f"flag-{one.claim.pk}"] = [flag.pk for flag in one.flags]
    return {**sent, **typed}


def refusals(page: Any) -> dict[str, str]:
    """Why claims were left as they were, by reference."""
    return {one.claim.ref: one.refused for one in page.context["refused"]}


def corrected(of: Source) -> Flag:
    """The flag of a claim whose quote a correction touches."""
    claim: Claim = make.submitted(evidence=[Tie(make.excerpt("Exports rose.", of=of))]).claim
    set_standing(
        source=of,
        standing=Standing.CORRECTED,
        on=date(2025, 5, 1),
        reason="They fell.",
        passages=["Exports rose"],
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
    )
    found: Flag = claim.flags.get()
    return found


def test_drafts_are_submitted_and_what_is_none_says_why() -> None:
    one, other, done = make.draft(), make.draft(), make.published()
    person = make.person()
    client = staff_client(person)

    page = client.post(BULK, chosen(client, one, other, done, step="submit"))

    assert set(Version.objects.filter(status="submitted")) == {one, other}
    assert page.context["done_text"] == "2 claims: submitted"
    assert refusals(page) == {done.claim.ref: f"{done.ref} is approved, not a draft."}
    assert [row.claim for row in page.context["chosen"]] == [done.claim]
    events = apps.get_model("claims", "VersionEvent").objects.filter(status="submitted")
    assert {
        (event.pgh_obj_id, event.pgh_context["user"], event.pgh_context["action"])
        for event in events
        if event.pgh_obj_id != done.pk
    } == {(one.pk, person.pk, "submit"), (other.pk, person.pk, "submit")}


def test_a_draft_that_would_contradict_is_read_on_its_own_page_before_it_is_submitted() -> None:
    prop, subject = make.number_property("change"), make.entity("china")
    about = {"subject": subject.key, "property": prop.key, "period": "2025"}
    make.published(value="9%", **about)
    against, calm = make.draft(value="20%", **about), make.draft()
    client = staff_client(make.person())

    page = client.post(BULK, chosen(client, against, calm, step="submit"))

    assert "newly contradict" in refusals(page)[against.claim.ref]
    assert set(Version.objects.filter(status="submitted")) == {calm}


def test_a_version_that_came_in_meanwhile_is_neither_submitted_nor_sent_back() -> None:
    waiting = make.submitted(statement="It was one.")
    client = staff_client(make.person(Role.REVIEWER))
    sent = chosen(client, waiting, step="send-back", note="Give the month.")
    later = next_version(waiting, statement="It was two.")

    page = client.post(BULK, sent)

    assert f"{later.ref} came in while you read" in refusals(page)[waiting.claim.ref]
    assert not Review.objects.exists()


def test_claims_are_sent_back_with_one_note_and_one_review_each() -> None:
    reviewer = make.person(Role.REVIEWER)
    waiting = [make.submitted(), make.submitted()]
    own = make.submitted(by=reviewer)
    client = staff_client(reviewer)

    page = client.post(
        BULK, chosen(client, *waiting, own, step="send-back", note="Give the month.")
    )

    assert {(one.version, one.decision, one.note) for one in Review.objects.all()} == {
        (version, "request-changes", "Give the month.") for version in waiting
    }
    assert refusals(page) == {
        own.claim.ref: f"You wrote {own.ref} yourself; another person decides on it."
    }


def test_a_step_without_its_note_or_topic_does_nothing_and_says_what_is_missing() -> None:
    waiting = make.submitted()
    client = staff_client(make.person(Role.REVIEWER))

    without_note = client.post(BULK, chosen(client, waiting, step="send-back", note=" \u200b"))
    without_topic = client.post(BULK, chosen(client, waiting, step="add-topic", note="Kept."))

    assert "note" in without_note.context["form"].errors
    assert "topic" in without_topic.context["form"].errors
    assert "Kept." in without_topic.content.decode()
    assert not Review.objects.exists()


def test_topics_are_added_and_taken_away_and_others_stay() -> None:
    trade, energy = make.topic("Trade"), make.topic("Energy")
    both, one = make.submitted(topics=[trade, energy]), make.submitted(topics=[energy])
    client = staff_client(make.person())

    added = client.post(BULK, chosen(client, both, one, step="add-topic", topic=trade.key))
    assert topics_of(both) == topics_of(one) == {trade, energy}
    assert refusals(added) == {both.claim.ref: "It is filed under Trade already."}

    client.post(BULK, chosen(client, both, one, step="remove-topic", topic=energy.key))
    assert topics_of(both) == topics_of(one) == {trade}


def topics_of(version: Version) -> set[Topic]:
    return set(version.claim.topics.all())


def test_flags_that_were_read_are_closed_and_those_that_opened_since_stay() -> None:
    source = make.source(TEXT)
    flag, calm = corrected(source), make.submitted()
    reviewer = make.person(Role.REVIEWER)
    client = staff_client(reviewer)
    sent = chosen(client, flag.claim.versions.get(), calm, step="close-flags", note="It holds.")
    set_standing(
        source=source,
        standing=Standing.RETRACTED,
        on=date(2025, 5, 2),
        reason="Made up.",
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
    )

    page = client.post(BULK, sent)

    flag.refresh_from_db()
    assert (flag.closed_by, flag.closing_note) == (reviewer, "It holds.")
    assert flag.claim.flags.filter(closed_at__isnull=True).count() == 1
    assert "None of the flags" in refusals(page)[calm.claim.ref]


@pytest.mark.parametrize("step", ["approve", "reject", "retract", "publish", "nonsense"])
def test_nothing_is_approved_or_taken_off_in_bulk(step: str) -> None:
    waiting = make.submitted()
    client = staff_client(make.person(Role.ADMINISTRATOR))

    client.post(BULK, chosen(client, waiting, step=step, note="So."))

    waiting.refresh_from_db()
    assert waiting.status == "submitted"
    assert step not in list(BulkStep)


@pytest.mark.parametrize("step", ["send-back", "close-flags"])
def test_a_contributor_is_offered_no_step_of_a_reviewer_and_a_forged_one_does_nothing(
    step: str,
) -> None:
    flag = corrected(make.source(TEXT))
    waiting = flag.claim.versions.get()
    client = staff_client(make.person())

    page = client.post(BULK, chosen(client, waiting, step=step, note="So."))

    assert step not in page.context["offered"]
    waiting.refresh_from_db()
    flag.refresh_from_db()
    assert (waiting.status, flag.closed_at) == ("submitted", None)


def test_no_more_than_a_page_of_claims_is_worked_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.admin.claims.bulk.PAGE_SIZE", 2)
    drafts = [make.draft() for _each in range(3)]
    client = staff_client(make.person())
    sent = chosen(client, *drafts[:2], step="submit")

    page = client.post(BULK, {**sent, "claim": [one.claim.ref for one in drafts]})

    assert page.context["left_out"]
    assert not Version.objects.filter(status="submitted").exists()


def test_the_list_leads_there_and_back_with_its_filters() -> None:
    draft = make.draft()
    client = staff_client(make.person())

    listed = client.get(f"{LIST}?status=draft").content.decode()
    page = client.post(BULK, {"claim": [draft.claim.ref, "C0", "x", ""], "back": "status=draft"})

    assert f'action="{BULK}"' in listed
    assert f'value="{draft.claim.ref}"' in listed
    assert f'href="{LIST}?status=draft"' in page.content.decode()
    assert [one.claim for one in page.context["chosen"]] == [draft.claim]


def test_the_page_of_many_claims_asks_as_often_as_that_of_few() -> None:
    client = staff_client(make.person(Role.REVIEWER))

    def queries(versions: list[Version]) -> int:
        with CaptureQueriesContext(connection) as found:
            client.post(BULK, {"claim": [one.claim.ref for one in versions]})
        return len(found)

    few = queries([make.submitted(topics=[make.topic()])])
    source = make.source(TEXT)
    many = [corrected(source).claim.versions.get()]
    many += [make.submitted(topics=[make.topic()]) for _each in range(5)]

    assert queries(many) == few


def test_who_may_not_enter_claims_works_on_none() -> None:
    nobody = make.person(is_staff=False)

    assert staff_client(nobody).post(BULK, {"claim": ["C1"]}).status_code == 302
