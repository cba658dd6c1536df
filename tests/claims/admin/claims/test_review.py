"""Deciding on claims through the pages of the desk."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.domain.workflow import Step
from claims.models import Review, Version
from claims.vocabulary import Status
from factbase.models import User
from sources.models import Source, SourceReader
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims import worlds as say
from tests.claims.admin.entry.test_pages import ADD, staff_client, typed

pytestmark = pytest.mark.django_db


def page_of(version: Version) -> str:
    return f"/admin/claims/claim/{version.claim_id}/"


def decision(version: Version, step: str = "approve", **fields: Any) -> dict[str, Any]:
    """The form data of a decision that judges every quote as making the claim."""
    judged = {f"makes_{piece.pk}": "yes" for piece in version.evidence.all()}
    return {
        "step": step,
        "read": version.number,
        "content_hash": version.content_hash,
        "publish": "now",
        **judged,
        **fields,
    }


def decide(person: User, version: Version, step: str = "approve", **fields: Any) -> Any:
    return staff_client(person).post(
        page_of(version) + "decide/", decision(version, step, **fields)
    )


def test_a_claim_goes_from_a_source_to_the_public() -> None:
    author, reviewer = make.person(), make.person(Role.REVIEWER)
    staff_client(author).post(
        "/admin/sources/source/add/",
        {"title": "A report", "type": "report", "rights": "excerpts", "access": "public"},
    )
    source = Source.objects.get()
    row = {"source": source.key, "words": "trade fell by 9%"}
    staff_client(author).post(ADD, typed(row, submit="1"))
    version = Version.objects.get()
    text = SimpleUploadedFile("report.txt", b"In all, trade fell by 9% then.")
    staff_client(author).post(f"/admin/sources/source/{source.pk}/capture/", {"file": text})

    decide(reviewer, version)

    version.refresh_from_db()
    assert version.status == Status.APPROVED
    assert version.published is not None
    assert Review.objects.get().reviewer == reviewer


def test_the_author_sees_no_approve_button_and_a_forged_one_is_refused() -> None:
    author = make.person(Role.ADMINISTRATOR)
    version = make.submitted(by=author)

    page = staff_client(author).get(page_of(version) + "change/").content.decode()
    forged = decide(author, version)

    assert 'value="approve"' not in page
    assert "You wrote" in forged.content.decode()
    version.refresh_from_db()
    assert version.status == Status.SUBMITTED
    assert not Review.objects.exists()


def test_a_contributor_is_shown_no_decision_and_a_forged_one_is_forbidden() -> None:
    version, other = make.submitted(), make.person()

    page = staff_client(other).get(page_of(version) + "change/").content.decode()
    forged = decide(other, version, "reject", note="No.")

    assert 'id="decide"' not in page
    assert forged.status_code == 403
    assert not Review.objects.exists()


def test_the_author_of_the_version_before_approves_a_suggested_wording() -> None:
    author, reviewer = make.person(), make.person(Role.REVIEWER)
    version = make.submitted(by=author)
    row = {"excerpt": version.evidence.get().excerpt_id}
    staff_client(reviewer).post(
        page_of(version) + "revise/", typed(row, statement="Better.", seen=1, submit="1")
    )
    suggested = version.claim.versions.get(number=2)

    page = staff_client(author).get(page_of(version) + "change/").content.decode()
    decide(author, suggested)

    suggested.refresh_from_db()
    assert 'value="approve"' in page
    assert suggested.status == Status.APPROVED
    own = f"differs from the reviewer’s own wording of {version.ref} by"
    assert own in page
    assert own in staff_client(reviewer).get(page_of(version) + "change/").content.decode()


@pytest.mark.parametrize("step", ["request-changes", "reject"])
def test_a_decision_against_needs_a_note_and_keeps_the_judgements(step: str) -> None:
    version = make.submitted()
    piece = version.evidence.get()

    page = decide(make.person(Role.REVIEWER), version, step, **{f"note_{piece.pk}": "Not so."})

    assert "note" in page.context["decide"].errors
    assert "Not so." in page.content.decode()
    assert not Review.objects.exists()


def test_an_approval_needs_a_judgement_of_every_quote() -> None:
    version = make.submitted()
    piece = version.evidence.get()

    page = decide(make.person(Role.REVIEWER), version, **{f"makes_{piece.pk}": ""})

    assert "whether it makes this claim" in page.content.decode()
    assert not Review.objects.exists()


def test_judgements_are_kept_with_credibility_and_note() -> None:
    version = make.submitted()
    piece = version.evidence.get()
    given = {f"credibility_{piece.pk}": "2", f"note_{piece.pk}": "Seen."}

    decide(make.person(Role.REVIEWER), version, **given)

    judgement = Review.objects.get().judgements.get()
    assert (judgement.makes_claim, judgement.credibility, judgement.note) == (True, 2, "Seen.")


def test_a_decision_on_a_version_that_was_replaced_is_refused() -> None:
    version = make.submitted()
    row = {"excerpt": version.evidence.get().excerpt_id}
    staff_client(version.author).post(
        page_of(version) + "revise/", typed(row, statement="Newer.", seen=1, submit="1")
    )

    page = decide(make.person(Role.REVIEWER), version)

    assert "/v2 came in while you read" in page.content.decode()
    assert not Review.objects.exists()


def test_a_decision_on_other_content_is_refused() -> None:
    version = make.submitted()

    page = decide(make.person(Role.REVIEWER), version, content_hash="0" * 64)

    assert "is not what you read" in page.content.decode()
    assert not Review.objects.exists()


def test_an_approval_can_wait_and_be_published_later() -> None:
    version, reviewer = make.submitted(), make.person(Role.REVIEWER)
    decide(reviewer, version, publish="hold")
    version.refresh_from_db()
    assert version.published is None

    staff_client(reviewer).post(page_of(version) + "step/publish/", {"read": 1, "publish": "now"})

    version.refresh_from_db()
    assert version.published is not None


def test_a_time_of_publication_that_is_past_is_refused_at_its_field() -> None:
    version = make.submitted()

    page = decide(
        make.person(Role.REVIEWER), version, publish="time", publish_at="2020-01-01T10:00"
    )

    assert "is past" in str(page.context["decide"].errors["publish_at"])
    assert not Review.objects.exists()


def test_an_editor_takes_off_and_retracts_with_a_reason() -> None:
    version, editor = make.published(), make.person(Role.EDITOR)
    client = staff_client(editor)

    empty = client.post(page_of(version) + "step/take-off/", {"read": 1, "reason": ""})
    client.post(page_of(version) + "step/take-off/", {"read": 1, "reason": "A complaint."})
    client.post(page_of(version) + "step/retract/", {"read": 1, "reason": "It was wrong."})

    version.refresh_from_db()
    version.claim.refresh_from_db()
    assert "reason" in empty.context["step_forms"]["take_off"].errors
    assert version.taken_off_reason == "A complaint."
    assert version.claim.retracted_reason == "It was wrong."


# What each role may do with the submitted version of somebody else, by the pages and by a forged
# request: (role, step, whether it is offered and taken).
STEPS_OF_OTHERS = [
    (role, step, role.includes(needed))
    for step, needed in (
        (Step.APPROVE, Role.REVIEWER),
        (Step.REQUEST_CHANGES, Role.REVIEWER),
        (Step.REJECT, Role.REVIEWER),
        (Step.RETRACT, Role.EDITOR),
    )
    for role in Role
] + [(role, Step.WITHDRAW, False) for role in Role]


@pytest.mark.parametrize(("role", "step", "is_allowed"), STEPS_OF_OTHERS)
def test_what_is_offered_is_taken_and_what_is_not_is_refused(
    role: Role, step: Step, is_allowed: bool
) -> None:
    version, person = make.submitted(), make.person(role)
    client = staff_client(person)
    before = (version.status, version.claim.retracted_at)

    offered = client.get(page_of(version) + "change/").context["steps"]
    if step in (Step.RETRACT, Step.WITHDRAW):
        sent = {"read": 1, "reason": "Because."}
        client.post(page_of(version) + f"step/{step}/", sent)
    else:
        client.post(page_of(version) + "decide/", decision(version, step, note="Because."))

    version.refresh_from_db()
    version.claim.refresh_from_db()
    was_taken = (version.status, version.claim.retracted_at) != before
    assert (step.name.lower() in offered, was_taken) == (is_allowed, is_allowed)


def test_a_step_without_a_token_is_refused() -> None:
    version = make.submitted()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.person(Role.REVIEWER))

    answer = client.post(page_of(version) + "decide/", decision(version))

    assert answer.status_code == 403
    assert not Review.objects.exists()


def test_a_reviewer_sees_which_quotes_repeat_another() -> None:
    version = make.on_two_copies()

    page = (
        staff_client(make.person(Role.REVIEWER)).get(page_of(version) + "change/").content.decode()
    )

    assert "2 independent origins (3 documents, 3 publishers)." in page
    assert "“The paper”, “The portal” share an origin and count once." in page


def test_a_reviewer_sees_what_others_say_on_another_basis() -> None:
    say.world()
    gross, net = say.says("100", basis="gross"), say.says("75", basis="net")

    page = staff_client(make.person(Role.REVIEWER)).get(page_of(gross) + "change/").content.decode()

    assert "On another basis, so not in conflict" in page
    assert f"{net.ref}</a>" in page


def test_who_may_not_read_a_quote_gets_no_field_to_judge_it_and_no_button_to_approve() -> None:
    letter = make.source("He resigned.", access=Access.NAMED, public_descriptor="a letter")
    version = make.submitted(evidence=[Tie(make.excerpt("He resigned.", of=letter))])
    named, outside = make.person(Role.REVIEWER), make.person(Role.REVIEWER)
    SourceReader.objects.create(source=letter, reader=named)

    pages = [
        staff_client(one).get(page_of(version) + "change/").content.decode()
        for one in (named, outside)
    ]

    for html, may in zip(pages, (True, False), strict=True):
        assert ('name="makes_' in html) is may
        assert ('value="approve"' in html) is may
        assert ("only named persons read. One of them approves it" in html) is not may
    assert "resigned" not in pages[1]
