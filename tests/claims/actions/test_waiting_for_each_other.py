"""People at once: whoever comes second waits or is refused, and nobody is thrown out."""

import time

import pytest
from django.db import transaction

from claims.actions.claims.entry import Tie, revise
from claims.actions.conflicts import detection
from claims.domain.content import Content, PremiseGiven
from claims.models import Premise, Version
from factbase.models import User
from sources.domain.refusals import Refusal
from sources.vocabulary import Role
from tests import factories as make
from tests.at_once import at_once, refusals
from tests.factories import TODAY

pytestmark = pytest.mark.usefixtures("cloned_database")


@pytest.mark.parametrize("wait", [0.7, 1.5])
def test_an_import_and_a_review_of_one_of_its_claims_wait_for_each_other(wait: float) -> None:
    version = make.submitted()
    (piece,) = version.evidence.select_related("excerpt__source")
    by, editor = make.person(), make.person(Role.EDITOR)

    def imports() -> None:
        with transaction.atomic(), detection.detect_at_the_end(at=TODAY):
            time.sleep(wait)
            revise(
                claim=version.claim,
                content=Content("It is otherwise."),
                evidence=[Tie(piece.excerpt)],
                by=by,
                at=TODAY,
                seen=1,
                submit_it=True,
            )

    def reviews() -> None:
        time.sleep(0.3)
        make.approved(version, by=editor)

    found = at_once(imports, reviews)

    assert len(refusals(found)) < 2  # the later of the two is told of the earlier
    assert version.claim.versions.filter(number=2).exists()


def test_two_claims_do_not_come_to_rest_on_each_other() -> None:
    one, other = make.submitted(), make.submitted()
    people = make.person(), make.person()

    def rest(version: Version, on: Version, by: User) -> None:
        revise(
            claim=version.claim,
            content=Content(
                f"{version.statement} So.", premises=(PremiseGiven(on.ref, on.content_hash),)
            ),
            evidence=[],
            by=by,
            at=TODAY,
            seen=1,
            submit_it=True,
        )

    found = at_once(lambda: rest(one, other, people[0]), lambda: rest(other, one, people[1]))

    (refused,) = refusals(found)
    assert isinstance(refused, Refusal)
    assert refused.code == "premise_circle"
    assert Premise.objects.count() == 1
