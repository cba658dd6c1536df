"""Changes that the database refuses to claims in plain SQL, tried as the runtime role."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from claims.models import (
    AbsenceDocument,
    AbsenceScope,
    Asserter,
    Claim,
    ConflictMember,
    Evidence,
    Judgement,
    Premise,
    Property,
    Review,
    Version,
)
from claims.models.version import MOVES
from claims.vocabulary import Decision, Stance, Status
from factbase.models import User
from sources.models import Source
from sources.vocabulary import Role
from tests import factories as make
from tests.museum import undone

Refused = (IntegrityError, ProgrammingError)


@pytest.fixture(autouse=True)
def nothing_stays(museum: None) -> Iterator[None]:
    """Every test begins with the museum as it was filled."""
    with undone():
        yield


def commit() -> None:
    """Check what is checked when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def try_to_commit(attempted: Callable[[Version], Any], version: Version) -> None:
    attempted(version)
    commit()


def first() -> Version:
    """A version that was approved and published."""
    version: Version = Version.objects.filter(published__isnull=False).order_by("pk")[0]
    return version


LATE: dict[str, Callable[[Version], Any]] = {
    "evidence": lambda version: Evidence.objects.create(
        version=version, excerpt=make.excerpt(), stance=Stance.SUPPORTS
    ),
    "asserter": lambda version: Asserter.objects.create(
        version=version, position=9, description="somebody"
    ),
    "premise": lambda version: Premise.objects.create(version=version, rests_on=first()),
    "scope": lambda version: AbsenceScope.objects.create(version=version, terms=[{"text": "x"}]),
    "document": lambda version: AbsenceDocument.objects.create(
        version=version,
        scope=AbsenceScope.objects.get(),
        source=Source.objects.exclude(key="report")[0],
    ),
}


@pytest.mark.parametrize("part", sorted(LATE.keys() - {"document"}))
@pytest.mark.parametrize("status", [Status.DRAFT, Status.APPROVED])
def test_nothing_joins_a_version_later(part: str, status: Status) -> None:
    version = Version.objects.filter(status=status).order_by("-pk")[0]
    with pytest.raises(IntegrityError, match="comes in the transaction of its version"):
        LATE[part](version)


@pytest.mark.parametrize("part", sorted(LATE.keys() - {"document"}))
def test_nothing_joins_a_version_that_was_decided_in_the_same_transaction(part: str) -> None:
    version = make.published()
    with pytest.raises(IntegrityError, match="comes in the transaction of its version"):
        LATE[part](version)


def test_no_document_joins_the_scope_of_a_version_later() -> None:
    with pytest.raises(IntegrityError, match="comes in the transaction of its version"):
        LATE["document"](AbsenceScope.objects.get().version)


def test_a_document_joins_no_scope_of_another_version() -> None:
    version = make.draft()
    with pytest.raises(IntegrityError, match="is of the version of its scope"):
        LATE["document"](version)


def again(version: Version, **changes: Any) -> Version:
    """The version written once more, as the first of another claim."""
    claim = make.approved(make.submitted()).claim
    values = {
        field.attname: getattr(version, field.attname)
        for field in Version._meta.local_concrete_fields
        if field.attname not in ("id", "recorded_in", "is_newest") and not field.generated
    }
    return Version.objects.create(
        **{**values, "claim_id": claim.pk, "number": 9, "published": None, **changes}
    )


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DRAFT, Status.SUBMITTED}))
def test_a_version_is_born_as_draft_or_submitted(status: Status) -> None:
    with pytest.raises(IntegrityError, match="begins as draft or submitted"):
        again(first(), status=status)


def test_a_version_names_the_transaction_that_writes_it() -> None:
    with pytest.raises(IntegrityError, match="names the transaction that writes it"):
        again(first(), status=Status.SUBMITTED, recorded_in=1_000_000)


@pytest.mark.parametrize(("old", "new"), list(permutations(Status, 2)))
def test_a_version_moves_forward_only(old: Status, new: Status) -> None:
    version = version_as(old)
    change = Version.objects.filter(pk=version.pk)
    if new in MOVES.get(old, []):
        assert change.update(status=new) == 1
    else:
        with pytest.raises(IntegrityError, match="moves forward through review only"):
            change.update(status=new, published=None)


def version_as(status: Status) -> Version:
    """A version of that status, brought there along the moves that are allowed."""
    if status == Status.APPROVED:
        return first()
    if status == Status.DRAFT:
        return make.draft()
    version = make.submitted()
    if status != Status.SUBMITTED:
        Version.objects.filter(pk=version.pk).update(status=status)
    return version


def a_review(version: Version, **changes: Any) -> Review:
    reviewer = make.person(Role.REVIEWER)
    values = {
        "version": version,
        "author_id": version.author_id,
        "content_hash": version.content_hash,
        "reviewer": reviewer,
        "decision": Decision.APPROVE,
        "note": "Read.",
        "decided_at": make.TODAY,
    }
    return Review.objects.create(**{**values, **changes})


def set_approved(version: Version) -> None:
    Version.objects.filter(pk=version.pk).update(status=Status.APPROVED)


def somebody_else(version: Version) -> User:
    return User.objects.exclude(pk=version.author_id).order_by("pk")[0]


# What an author could try to have the own version approved.
ATTEMPTS: dict[str, tuple[str, Callable[[Version], Any]]] = {
    "a version that says it is approved": ("review of another person", set_approved),
    "a review of one's own": (
        "nobody reviews what they wrote themselves",
        lambda version: a_review(version, reviewer_id=version.author_id),
    ),
    "a review that names another author": (
        "a review names a version with its author and content",
        lambda version: a_review(
            version, reviewer_id=version.author_id, author_id=somebody_else(version).pk
        ),
    ),
    "a review of other content": (
        "a review names a version with its author and content",
        lambda version: a_review(version, content_hash="0" * 64),
    ),
    "a review that rejects": (
        "review of another person",
        lambda version: set_approved(a_review(version, decision=Decision.REJECT).version),
    ),
    "another author": (
        "permission denied",
        lambda version: Version.objects.filter(pk=version.pk).update(author=somebody_else(version)),
    ),
    "a review that changes hands": (
        "permission denied",
        lambda version: Review.objects.update(version=version),
    ),
    "a review that goes": ("permission denied", lambda version: sql("DELETE FROM claims_review")),
    "no reviews": (
        "permission denied",
        lambda version: sql("TRUNCATE claims_review CASCADE"),
    ),
    "no versions": (
        "permission denied",
        lambda version: sql("TRUNCATE claims_version CASCADE"),
    ),
    "another version in its place": (
        "permission denied",
        lambda version: sql("DELETE FROM claims_version"),
    ),
    "a published version": (
        "only approved versions are published",
        lambda version: Version.objects.filter(pk=version.pk).update(published=first().published),
    ),
}


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nobody_approves_the_own_version(attempt: str) -> None:
    version = make.submitted()
    message, attempted = ATTEMPTS[attempt]
    with pytest.raises(Refused, match=message):
        try_to_commit(attempted, version)


def test_the_review_of_another_person_makes_a_version_approved() -> None:
    version = make.submitted()
    review = a_review(version)
    judge(review, makes_claim=True)
    set_approved(version)
    commit()


@pytest.mark.parametrize("makes_claim", [None, False])
def test_an_approval_finds_that_every_supporting_quote_makes_the_claim(
    makes_claim: bool | None,
) -> None:
    version = make.submitted()
    review = a_review(version)
    if makes_claim is not None:
        judge(review, makes_claim=makes_claim)
    with pytest.raises(Refused, match="every quote was judged"):
        try_to_commit(set_approved, version)


def test_a_quote_that_makes_a_part_of_the_claim_is_judged_enough() -> None:
    version = make.submitted()
    judge(a_review(version), makes_claim=False, answer="partly")
    set_approved(version)
    commit()


@pytest.mark.parametrize(
    ("makes_claim", "answer", "message"),
    [
        (True, "partly", "a quote that makes the claim was answered with yes"),
        (True, "no", "a quote that makes the claim was answered with yes"),
        (False, "perhaps", "the answer of a judgement is a known answer"),
    ],
)
def test_an_answer_is_known_and_fits(makes_claim: bool, answer: str, message: str) -> None:
    review = a_review(make.submitted())
    with pytest.raises(IntegrityError, match=message):
        judge(review, makes_claim=makes_claim, answer=answer)


def judge(review: Review, *, makes_claim: bool, answer: str = "") -> None:
    piece = review.version.evidence.get()
    Judgement.objects.create(review=review, evidence=piece, makes_claim=makes_claim, answer=answer)


def test_a_judgement_is_on_evidence_of_the_version_reviewed() -> None:
    other = make.submitted().evidence.get()
    with pytest.raises(IntegrityError, match="is on evidence of the version reviewed"):
        Judgement.objects.create(review=first().review, evidence=other, makes_claim=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [("value_kind", "date"), ("unit", "USD"), ("time", "over"), ("date_extent", "whole")],
)
def test_a_property_in_use_keeps_kind_unit_time_and_extent(field: str, value: str) -> None:
    used = Property.objects.filter(key="change")
    with pytest.raises(IntegrityError, match="keeps kind, unit, time and extent"):
        used.update(**{field: value})


def test_a_property_in_use_still_changes_its_label_and_how_many_values_it_has() -> None:
    assert Property.objects.filter(key="change").update(label="new", single_valued=False) == 1


def test_a_property_that_nothing_uses_changes_its_unit() -> None:
    unused = make.number_property()
    assert Property.objects.filter(pk=unused.pk).update(unit="USD") == 1


def test_a_retraction_is_written_once() -> None:
    claims = Claim.objects.filter(pk=first().claim_id)
    who = User.objects.order_by("pk")[0]
    claims.update(retracted_at=make.TODAY, retracted_by=who, retracted_reason="Wrong.")
    with pytest.raises(IntegrityError, match="once written"):
        claims.update(retracted_at=None, retracted_by=None, retracted_reason=None)


def test_a_membership_ends_once() -> None:
    member = ConflictMember.objects.filter(pk=ConflictMember.objects.order_by("pk")[0].pk)
    member.update(left_at=make.TODAY)
    with pytest.raises(IntegrityError, match="once written"):
        member.update(left_at=make.TODAY + timedelta(days=1))


def test_somebody_s_word_names_the_somebody() -> None:
    again(first(), status=Status.SUBMITTED, mode="assessed")
    with pytest.raises(IntegrityError, match="names who says so"):
        commit()
