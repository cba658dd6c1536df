"""Issuing while others write: an edition is of what holds when it is stored."""

import pytest

from claims.actions.claims.entry import Tie
from claims.actions.factsheets.issuing import IssueRefused
from claims.models import Edition
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Excerpt
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.issued import ISSUED, issue_from_desk
from tests.held_open import elsewhere, held_open


def withhold(excerpt: Excerpt) -> None:
    (asked,) = ask_to_withhold(
        targets=[excerpt], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=ISSUED
    )
    carry_out(request=asked, by=make.somebody(Role.EDITOR), at=ISSUED)


def test_words_withheld_while_files_are_made_are_in_no_edition(cloned_database: str) -> None:
    excerpt = make.excerpt(
        "Zanzibar owes nine million", of=make.source("Zanzibar owes nine million. Nothing after.")
    )
    version = make.published(evidence=[Tie(excerpt)])
    manifest = "claims.actions.factsheets.issuing:manifest_of"

    with (
        pytest.raises(IssueRefused, match="withheld"),
        held_open(lambda: issue_from_desk(version), at=manifest),
    ):
        elsewhere(lambda: withhold(excerpt))

    assert not Edition.objects.exists()
