"""Sources that do not stand as published, in fact sheets."""

from typing import Literal

import pytest

from claims.actions.claims.entry import Tie
from claims.factsheets.assemble import assemble
from sources.models import Source
from sources.vocabulary import Access, Standing
from tests import factories as make
from tests.claims.factsheets.rendering import rendered

pytestmark = pytest.mark.django_db

SENTENCE = "The source was retracted on 1 May 2025: The data were made up."


def sheet_on(source: Source, *, style: str, to: Literal["html", "markdown"]) -> str:
    """A fact sheet of a published claim that quotes the source, which is then retracted."""
    version = make.published(evidence=[Tie(make.excerpt("Trade fell.", of=source))])
    make.stands(source, Standing.RETRACTED)
    sheet = assemble(claims=[version.claim.ref], reader=None, at=make.TODAY)
    return rendered(sheet, style=style, to=to)


@pytest.mark.parametrize("to", ["html", "markdown"])
@pytest.mark.parametrize("style", ["chicago-notes-bibliography", "apa", "ieee"])
def test_notice_quote_and_entry_in_the_bibliography_say_that_it_was_retracted(
    style: str, to: Literal["html", "markdown"]
) -> None:
    text = sheet_on(make.source("Trade fell.", title="The report"), style=style, to=to)

    _before, heading, bibliography = text.rpartition("Sources")
    assert heading
    assert text.count(SENTENCE) == 3
    assert bibliography.count(SENTENCE) == 1


def test_of_a_confidential_source_it_says_the_kind_alone() -> None:
    secret = make.source("Trade fell.", access=Access.STAFF, public_descriptor="a memo")

    text = sheet_on(secret, style="apa", to="markdown")

    assert text.count("A confidential source was retracted.") == 3
    assert "made up" not in text
    assert "1 May 2025" not in text


def test_a_source_that_is_current_says_nothing() -> None:
    version = make.published()

    sheet = assemble(claims=[version.claim.ref], reader=None, at=make.TODAY)

    assert [record.standing for record in sheet.records.values()] == [""]
