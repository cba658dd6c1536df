"""Supports of claims in editions besides quotes, and when the loss of one is news."""

from types import SimpleNamespace
from typing import Any

import pytest

from claims.actions.claims.publication import retract
from claims.domain.content import PremiseGiven
from claims.models import Edition, Version
from claims.readings.edition_supports import lost_supports
from claims.readings.editions import read_editions
from claims.vocabulary.factsheets import EditionState
from sources.readings.reader import Reader
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.issued import ISSUED, issue

pytestmark = pytest.mark.django_db
PUBLIC = Reader(None, ISSUED)


def resting() -> tuple[Version, Version]:
    """A published claim, and one that rests on it."""
    premise = make.published()
    given = PremiseGiven(premise.ref, premise.content_hash)
    return premise, make.published(premises=(given,))


def retract_it(version: Version) -> None:
    """Take the claim of a version back."""
    retract(claim=version.claim, reason="A slip.", by=make.somebody(Role.EDITOR), at=make.TODAY)


def test_an_edition_is_current_while_what_its_claims_rest_on_stands() -> None:
    _premise, version = resting()
    issue(version)

    (edition,) = read_editions(Edition.objects.all(), PUBLIC)

    assert (edition.state, edition.reasons) == (EditionState.CURRENT, ())


def test_an_edition_is_stale_once_a_premise_of_its_claims_is_gone() -> None:
    premise, version = resting()
    issue(version)
    retract_it(premise)

    (edition,) = read_editions(Edition.objects.all(), PUBLIC)

    assert edition.state == EditionState.STALE
    assert [reason.sentence for reason in edition.reasons] == [
        f"{version.claim.ref}: Rests on {premise.ref}, which no longer stands."
    ]


@pytest.mark.parametrize(("notices", "news"), [([], 1), (["premise-gone"], 0)])
def test_what_was_gone_at_the_issue_is_no_news(notices: list[str], news: int) -> None:
    premise, version = resting()
    edition = issue(version)
    retract_it(premise)
    manifest = {"claims": [{"claim": version.claim.ref, "version": 1, "notices": notices}]}
    row: Any = SimpleNamespace(pk=edition.pk, manifest=manifest)

    assert len(list(lost_supports([row], PUBLIC))) == news
