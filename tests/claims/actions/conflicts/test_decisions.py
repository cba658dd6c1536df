"""Decisions on conflicts."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import retract
from claims.actions.conflicts.decisions import (
    ConflictChanged,
    ConflictRefused,
    decide_conflict,
    lapse_editorial,
    open_editorial,
)
from claims.models import Conflict, ConflictDecision, PublicConflict, Version
from claims.vocabulary import ConflictStatus
from sources.actions.permission import NotPermitted
from sources.domain.refusals import Refusal
from sources.models import Source
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> list[Version]:
    return [
        make.submitted(statement="Cooperation is low."),
        make.submitted(statement="Cooperation has deepened."),
    ]


def ask(versions: list[Version], **fields: Any) -> Conflict:
    fields = {"question": "Low or deepened?", "by": make.somebody(Role.EDITOR), **fields}
    return open_editorial(claims=[version.claim for version in versions], at=TODAY, **fields)


def decide(conflict: Conflict, status: str, **fields: Any) -> ConflictDecision:
    members = conflict.members.filter(left_at__isnull=True)
    fields = {
        "note": "Both were read.",
        "by": make.somebody(Role.EDITOR),
        "seen_versions": [version for member in members for version in member.versions],
        "seen_decision": say.last_decision(conflict),
        "difference": "scope" if status == "reconciled" else "",
        **fields,
    }
    return decide_conflict(conflict=conflict, status=ConflictStatus(status), at=TODAY, **fields)


def test_an_editor_asks_a_question_between_claims_that_no_rule_compares(
    two: list[Version],
) -> None:
    conflict = ask(two)

    assert (conflict.kind, conflict.status) == ("editorial", "open")
    assert say.parties(conflict) == say.claims_of(*two)
    assert conflict.question == "Low or deepened?"


def test_it_notes_when_all_of_it_comes_from_one_source() -> None:
    paper = make.source("It is low. It has deepened.")
    versions = [
        make.submitted(evidence=[make_tie(words, paper)])
        for words in ("It is low.", "It has deepened.")
    ]

    assert ask(versions).same_source


def make_tie(words: str, paper: Source) -> Tie:
    return Tie(make.excerpt(words, of=paper))


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"question": " "}, Refusal),
        ({"role": Role.REVIEWER}, NotPermitted),
        ({"only_one": True}, ConflictRefused),
    ],
)
def test_a_question_without_words_claims_or_an_editor_is_refused(
    two: list[Version], fields: dict[str, Any], refusal: type[Refusal]
) -> None:
    if "role" in fields:
        fields = {"by": make.somebody(fields["role"])}
    if fields.get("only_one"):
        two, fields = [two[0], two[0]], {}

    with pytest.raises(refusal):
        ask(two, **fields)

    assert Conflict.objects.count() == 0


def test_a_retracted_claim_and_a_draft_are_refused(two: list[Version]) -> None:
    with pytest.raises(ConflictRefused, match="submit it first"):
        ask([two[0], make.draft()])
    retract(claim=two[1].claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=TODAY)
    with pytest.raises(ConflictRefused, match="retracted"):
        ask(two)


def test_a_retracted_claim_leaves_and_one_alone_has_no_question(two: list[Version]) -> None:
    three = [*two, make.submitted()]
    conflict = ask(three)
    editor = make.somebody(Role.EDITOR)

    retract(claim=three[0].claim, reason="Wrong.", by=editor, at=TODAY)
    assert say.parties(conflict) == say.claims_of(*three[1:])
    retract(claim=three[1].claim, reason="Wrong.", by=editor, at=TODAY)

    conflict.refresh_from_db()
    assert conflict.status == ConflictStatus.LAPSED


def test_a_changed_statement_opens_a_decided_question_again(two: list[Version]) -> None:
    say.world()
    conflict = ask(two)
    decide(conflict, "irreducible")

    say.now_says(two[0], "1", statement="Cooperation is middling.")

    conflict.refresh_from_db()
    assert conflict.status == ConflictStatus.OPEN


def test_laying_a_question_down_keeps_who_and_why(two: list[Version]) -> None:
    conflict = ask(two)
    editor = make.somebody(Role.EDITOR)

    lapse_editorial(conflict=conflict, by=editor, at=TODAY, note="Asked twice.")

    event = conflict.events.order_by("pgh_id").last()  # type: ignore[attr-defined]
    assert (event.status, event.pgh_context["note"]) == ("lapsed", "Asked twice.")
    assert event.pgh_context["user"] == editor.pk
    with pytest.raises(ConflictRefused, match="lapsed"):
        decide(conflict, "confirmed")


def test_an_assessment_against_another_lives_like_any_conflict() -> None:
    low, deepened = (
        make.published(
            statement=statement,
            asserted_by=(make.entity(who, kind="organisation").key,),
            mode="assessed",
            evidence=[make_tie(words, make.source(words))],
        )
        for who, statement, words in (
            (
                "pism",
                "Not building the pipeline shows a low level of energy cooperation.",
                "an indicator of the low level of energy cooperation between the two countries",
            ),
            (
                "efis",
                "Since 2022 they have significantly deepened their cooperation in energy.",
                "the two states have significantly deepened their cooperation",
            ),
        )
    )
    asked = ask([low, deepened], question="Is it low, or has it deepened?")
    shown = PublicConflict.objects.get()

    def disputed() -> set[Version]:
        return set(Version.objects.disputed(AnonymousUser(), TODAY))

    assert (asked.strength, asked.same_source) == ("tension", False)
    assert disputed() == {low, deepened}

    decide(asked, "reconciled", difference="definition")
    shown.refresh_from_db()
    assert (shown.status, disputed()) == ("reconciled", set())

    content = replace(stored_content(deepened)[0], statement="It has not deepened.")
    changed = make.approved(
        revise(
            claim=deepened.claim,
            content=content,
            evidence=[Tie(deepened.evidence.get().excerpt)],
            by=make.somebody(Role.CONTRIBUTOR),
            at=TODAY,
            seen=1,
            submit_it=True,
        )
    )
    shown.refresh_from_db()
    assert (shown.status, disputed()) == ("open", {low, changed})

    by = make.somebody(Role.EDITOR)
    retract(claim=low.claim, reason="Misread.", by=by, at=say.later())
    asked.refresh_from_db()
    assert (asked.status, asked.decisions.count()) == ("lapsed", 1)
    assert disputed() == set()


def test_what_was_found_by_comparing_is_not_laid_down_by_hand() -> None:
    say.world()
    say.says("100")
    say.says("75")

    with pytest.raises(ConflictRefused, match="when its claims agree"):
        lapse_editorial(
            conflict=say.only(), by=make.somebody(Role.EDITOR), at=TODAY, note="Enough."
        )


@pytest.fixture
def found() -> Conflict:
    say.world()
    say.says("100")
    say.says("75")
    return say.only()


def test_a_decision_binds_to_the_versions_that_were_read(found: Conflict) -> None:
    decision = decide(found, "irreducible")

    found.refresh_from_db()
    assert found.status == "irreducible"
    assert decision.versions == list(Version.objects.order_by("pk").values_list("pk", flat=True))


def test_a_decision_on_what_was_not_read_is_refused(found: Conflict) -> None:
    seen = list(Version.objects.values_list("pk", flat=True))
    say.says("75")

    with pytest.raises(ConflictChanged, match="read it again"):
        decide(found, "irreducible", seen_versions=seen)


def test_a_resolution_says_which_claims_stand(found: Conflict) -> None:
    stands = found.members.order_by("claim")[0].claim_id
    outsider = make.submitted().claim_id

    for standing in ([], [outsider]):
        with pytest.raises(ConflictRefused):
            decide(found, "resolved", standing_claims=standing)
    with pytest.raises(ConflictRefused):
        decide(found, "reconciled", standing_claims=[stands])

    assert decide(found, "resolved", standing_claims=[stands]).standing_claims == [stands]


def test_what_is_reconciled_says_what_the_claims_differ_in(found: Conflict) -> None:
    for status, difference in (("reconciled", ""), ("reconciled", "~"), ("confirmed", "scope")):
        with pytest.raises(ConflictRefused, match="differ in"):
            decide(found, status, difference=difference)

    assert decide(found, "reconciled", difference="vintage").difference == "vintage"


def test_whoever_decides_on_what_was_decided_meanwhile_is_told(found: Conflict) -> None:
    first = make.person(Role.EDITOR, name="first")
    decide(found, "irreducible", by=first)

    with pytest.raises(ConflictChanged, match=r"First decided on K\d+ at .*: irreducible\."):
        decide(found, "confirmed", seen_decision=None)


@pytest.mark.parametrize("status", ["lapsed", "merged"])
def test_no_person_decides_that_a_conflict_lapsed_or_merged(found: Conflict, status: str) -> None:
    with pytest.raises(ConflictRefused):
        decide(found, status)


def test_only_an_editor_decides_and_says_why(found: Conflict) -> None:
    with pytest.raises(NotPermitted):
        decide(found, "confirmed", by=make.somebody(Role.REVIEWER))
    with pytest.raises(Refusal):
        decide(found, "reconciled", note="")
