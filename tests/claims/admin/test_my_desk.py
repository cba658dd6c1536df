"""My desk: what waits for one person, by role, authorship and readable sources; and the lists."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims.actions.claims.entry import Tie, revise, withdraw
from claims.actions.claims.review import decide
from claims.actions.claims.unsaved import store_unsaved_entry
from claims.domain.content import Content
from claims.models import Version
from claims.readings.my_desk import MAX_ROWS, DeskPart, MyDesk
from claims.vocabulary import Decision
from factbase.models import User
from sources.actions.standing import set_standing
from sources.vocabulary import Access, Role, Standing
from tests import factories as make
from tests.claims.admin.entry.test_pages import staff_client
from tests.claims.admin.test_pages import queries

pytestmark = pytest.mark.django_db

Parts = dict[str, list[int]]


def page(person: User) -> Any:
    return staff_client(person).get("/admin/")


def parts(person: User) -> Parts:
    """The claims in each part of a person's desk, in order."""
    desk: MyDesk = page(person).context["desk"]
    return {one.part.value: [row.version.claim_id for row in one.rows] for one in desk.lists}


def listed(person: User, part: str) -> list[int]:
    """The claims in the list behind a part."""
    answer = staff_client(person).get("/admin/claims/claim/", {"desk": part})
    return [row.version.claim_id for row in answer.context["rows"]]


def sent_back(version: Version, *, by: User, note: str = "Say when.", days: int = 0) -> Version:
    decide(
        version=version,
        decision=Decision.REQUEST_CHANGES,
        by=by,
        at=make.TODAY + timedelta(days=days),
        content_hash=version.content_hash,
        note=note,
    )
    version.refresh_from_db()
    return version


def reworded(version: Version, *, by: User, submit_it: bool = True, **more: Any) -> Version:
    """The next version of a claim, by somebody, in other words."""
    return revise(
        claim=version.claim,
        content=Content(f"{version.statement} Again."),
        evidence=[Tie(piece.excerpt) for piece in version.evidence.select_related("excerpt")],
        by=by,
        at=make.TODAY,
        seen=version.number,
        submit_it=submit_it,
        **more,
    )


def flagged(by: User) -> Version:
    """A published claim of somebody's whose source was retracted."""
    source = make.source("Exports rose.")
    version = make.published(by=by, evidence=[Tie(make.excerpt("Exports rose.", of=source))])
    set_standing(
        source=source,
        standing=Standing.RETRACTED,
        on=date(2025, 5, 1),
        reason="It was made up.",
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
    )
    return version


def test_an_empty_desk_says_the_next_action() -> None:
    answer = page(make.person()).content.decode()

    assert "Nothing waits for you" in answer
    assert 'href="/admin/claims/claim/add/"' in answer.partition("Nothing waits for you")[2]


def test_drafts_are_the_authors_own_the_oldest_first() -> None:
    author = make.person()
    later = make.draft(by=author, at=make.TODAY + timedelta(days=2))
    early = make.draft(by=author)
    make.draft()

    assert parts(author) == {"drafts": [early.claim_id, later.claim_id]}
    assert listed(author, "drafts") == [early.claim_id, later.claim_id]


def test_what_was_sent_back_comes_with_the_note_until_it_is_answered() -> None:
    author, reviewer = make.person(), make.person(Role.REVIEWER)
    late = sent_back(make.submitted(by=author), by=reviewer, days=3)
    early = sent_back(make.submitted(by=author), by=reviewer, note="Name the month.", days=1)

    answer = page(author).content.decode()
    before = parts(author)
    reworded(early, by=author)

    assert before == {"sent-back": [early.claim_id, late.claim_id]}
    assert "Name the month." in answer
    assert f'href="/admin/claims/claim/{early.claim_id}/revise/"' in answer
    assert listed(author, "sent-back") == [late.claim_id]


def test_a_wording_suggested_by_a_reviewer_waits_for_whom_it_replaced() -> None:
    author, other = make.person(), make.person()
    reviewer = make.person(Role.REVIEWER)
    mine = make.submitted(by=author)
    reworded(mine, by=reviewer, change_note="Shorter.")
    by_a_peer = make.submitted(by=author)
    reworded(by_a_peer, by=other)

    assert parts(author) == {"suggested": [mine.claim_id]}
    assert listed(author, "suggested") == [mine.claim_id]
    assert "Shorter." in page(author).content.decode()
    assert parts(other) == {}
    assert parts(reviewer) == {"waiting": [by_a_peer.claim_id]}


@pytest.mark.parametrize("role", list(Role))
def test_only_what_a_person_may_decide_waits_for_them(role: Role) -> None:
    person = make.person(role)
    kept = make.source("It fell.", access=Access.NAMED, public_descriptor="A memo")
    plain, secret = (
        make.submitted(evidence=[Tie(make.excerpt("It fell.", of=source))])
        for source in (make.source("It fell."), kept)
    )
    make.submitted(by=person)
    make.draft()
    decides = role.includes(Role.REVIEWER)

    before = parts(person)
    kept.readers.add(person)

    assert before == ({"waiting": [plain.claim_id]} if decides else {})
    assert listed(person, "waiting") == ([plain.claim_id, secret.claim_id] if decides else [])


def test_a_claim_stays_the_own_of_whoever_wrote_any_version() -> None:
    author, second = make.person(), make.person()
    version = make.draft(by=author)
    reworded(version, by=second, submit_it=False)
    make.draft()

    for person in (author, second):
        assert parts(person) == {"drafts": [version.claim_id]}
        assert listed(person, "own") == [version.claim_id]
    (tab,) = (
        one
        for one in staff_client(author).get("/admin/claims/claim/").context["tabs"]
        if one.words == "My own"
    )
    assert tab.query == "?desk=own"


def test_flags_and_open_conflicts_of_own_claims_are_there_with_their_reasons() -> None:
    author, other = make.person(), make.person()
    version = flagged(author)
    subject, prop = make.entity(), make.number_property()
    for by, value in ((author, "1"), (other, "2")):
        make.submitted(by=by, subject=subject.key, property=prop.key, value=value)
    flagged(other)

    answer = page(author)
    text = answer.content.decode()
    desk = answer.context["desk"]

    assert [row.version for one in desk.lists for row in one.rows] == [version]
    assert listed(author, "flagged") == [version.claim_id]
    cause = version.claim.flags.get().cause
    assert cause in text.replace("&#x27;", "'").replace("&quot;", '"')
    assert desk.conflict_count == 1
    (conflict,) = (one.conflict.record for one in desk.conflicts)
    rows = staff_client(author).get("/admin/claims/conflict/?own=yes&status=open").context["rows"]
    assert [row[0].pk for row in rows] == [conflict]
    assert page(make.person()).context["desk"].conflict_count == 0


def test_what_became_of_what_somebody_wrote_is_told_the_latest_first() -> None:
    author, reviewer = make.person(), make.person(Role.REVIEWER, name="ruth")
    approved = make.approved(make.submitted(by=author), by=reviewer)
    refused = make.submitted(by=author, at=make.TODAY + timedelta(days=1))
    decide(
        version=refused,
        decision=Decision.REJECT,
        by=reviewer,
        at=make.TODAY + timedelta(days=1),
        content_hash=refused.content_hash,
        note="It is known already.",
    )
    replaced = make.submitted(by=author, at=make.TODAY + timedelta(days=2))
    following = reworded(replaced, by=reviewer)

    answer = page(author)

    works = answer.context["recent"]
    assert [
        (work.version, badge.words, work.later, later and later.words)
        for work, badge, later in works
    ] == [
        (replaced, "Superseded", following, "Submitted"),
        (refused, "Rejected", None, None),
        (approved, "Published", None, None),
    ]
    text = answer.content.decode()
    assert "It is known already." in text
    assert "Reject: Ruth" in text


def test_a_form_left_without_saving_is_offered_to_whom_it_belongs_alone() -> None:
    author, form = make.person(), uuid.uuid4()
    store_unsaved_entry(
        form=form,
        claim=None,
        fields={"statement": ["The walrus swims."]},
        by=author,
        at=timezone.now() - timedelta(days=2),
    )

    own, others = page(author).content.decode(), page(make.person(Role.EDITOR)).content.decode()

    assert f'href="/admin/claims/claim/add/?unsaved={form}"' in own
    assert "The walrus swims." in own
    assert "for 2 days" in own
    assert "Nothing waits for you" not in own
    assert "walrus" not in others


def test_what_was_taken_back_waits_for_nobody() -> None:
    author = make.person()
    withdraw(version=make.draft(by=author), by=author, at=make.TODAY)

    assert parts(author) == {}
    assert "Nothing waits for you" in page(author).content.decode()


def test_each_count_is_of_the_rows_that_its_list_has() -> None:
    author = make.person()
    for _ in range(MAX_ROWS + 2):
        make.draft(by=author)

    (drafts,) = page(author).context["desk"].lists

    assert (drafts.part, drafts.count, len(drafts.rows)) == (DeskPart.DRAFTS, 7, MAX_ROWS)
    assert len(listed(author, "drafts")) == drafts.count
    assert listed(author, "drafts")[:MAX_ROWS] == [row.version.claim_id for row in drafts.rows]


def test_a_part_of_the_desk_narrows_with_the_other_filters() -> None:
    author = make.person()
    one = make.draft(by=author, statement="The walrus swims.")
    make.draft(by=author)
    client = staff_client(author)

    def found(**asked: str) -> list[Version]:
        rows: Sequence[Any] = client.get("/admin/claims/claim/", asked).context["rows"]
        return [row.version for row in rows]

    assert found(desk="drafts", q="walrus") == [one]
    assert found(desk="own", status="draft", q="walrus") == [one]
    assert found(desk="own", status="published") == []
    assert found(desk="nonsense") == []


def test_the_desk_asks_as_often_for_many_rows_as_for_few() -> None:
    person, other = make.person(Role.REVIEWER), make.person(Role.REVIEWER)
    client = staff_client(person)
    subject = make.entity()

    def add() -> None:
        """One row in every part of the person's desk."""
        make.draft(by=person)
        sent_back(make.submitted(by=person), by=other)
        reworded(make.submitted(by=person), by=other)
        make.submitted(by=other)
        flagged(person)
        prop = make.number_property()
        for value in "12":
            make.submitted(by=person, subject=subject.key, property=prop.key, value=value)

    add()
    few = queries(client, "/admin/")
    for _row in range(3):
        add()

    assert queries(client, "/admin/") == few
    desk = client.get("/admin/").context["desk"]
    assert {one.part.value: one.count for one in desk.lists} == {
        "sent-back": 4,
        "suggested": 4,
        "waiting": 4,
        "drafts": 4,
        "flagged": 4,
    }
    assert desk.conflict_count == 4


def test_a_search_asks_as_often_for_many_results_as_for_few() -> None:
    client = staff_client(make.person())

    def add() -> None:
        """A claim, a source, an entity and a topic that a word finds."""
        number = next(make.numbers)
        source = make.source("A walrus swims.", title=f"Walrus {number}")
        quoted = make.excerpt("A walrus swims.", of=source)
        entity = make.entity(f"walrus-{number}")
        make.draft(
            statement="A walrus swims.",
            asserted_by=(entity.key,),
            evidence=[Tie(quoted)],
            topics=[make.topic(f"Walrus {number}")],
        )

    add()
    few = queries(client, "/admin/search/?q=walrus")
    for _row in range(3):
        add()

    assert queries(client, "/admin/search/?q=walrus") == few
