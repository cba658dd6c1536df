"""A conflict of which a party was retracted or taken off is told of with each of its claims."""

from datetime import timedelta
from typing import Any

import pytest

from claims.actions.claims.publication import retract, take_off
from claims.models import Version
from claims.readings.claims import FormerConflictReading, read_claims
from claims.readings.notices import Notice
from claims.vocabulary import NoticeCode
from sources.readings.reader import Reader
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say

pytestmark = pytest.mark.django_db

LATER = make.TODAY + timedelta(days=1)
OVER = "A conflict ended when a party to it was retracted or taken off ({ref})."


def told(version: Version, account: Any = None) -> tuple[list[FormerConflictReading], list[Notice]]:
    """The conflicts that ended for a claim by a removal, and its notices of them."""
    (claim,) = read_claims([version.pk], Reader(account, LATER))
    ended = [one for one in claim.notices if one.code == NoticeCode.CONFLICT_ENDED]
    return list(claim.former_conflicts), ended


@pytest.mark.parametrize("remove", [retract, take_off])
@pytest.mark.parametrize("role", [None, Role.EDITOR])
def test_it_is_told_of_with_the_claim_that_is_left(remove: Any, role: Role | None) -> None:
    say.world()
    left, gone = say.publishes("100"), say.publishes("75")
    remove(claim=gone.claim, reason="A slip.", by=make.somebody(Role.EDITOR), at=LATER)
    reader = None if role is None else make.somebody(role)

    (former,), (notice,) = told(left, reader)

    assert former.is_closed
    assert notice.reference == former.conflict.ref
    assert notice.sentence == OVER.format(ref=former.conflict.ref)


def test_it_is_told_of_with_the_claim_that_was_retracted() -> None:
    say.world()
    say.publishes("100")
    gone = say.publishes("75")
    retract(claim=gone.claim, reason="A slip.", by=make.somebody(Role.EDITOR), at=LATER)

    (former,), (notice,) = told(gone)

    assert former.is_closed
    assert notice.sentence == OVER.format(ref=former.conflict.ref)


def test_it_goes_on_without_one_of_many() -> None:
    say.world()
    one, gone = say.publishes("100"), say.publishes("75")
    say.publishes("50")
    retract(claim=gone.claim, reason="A slip.", by=make.somebody(Role.EDITOR), at=LATER)

    (former,), (notice,) = told(gone)

    assert not former.is_closed
    assert notice.sentence == f"A conflict goes on without this claim ({former.conflict.ref})."
    assert told(one) == ([], [])


def test_none_is_told_of_where_nobody_left() -> None:
    say.world()
    one = say.publishes("100")
    say.publishes("75")

    assert told(one) == ([], [])
