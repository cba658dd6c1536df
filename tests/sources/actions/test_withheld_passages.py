"""Passages of a correction whose words were withheld."""

import pytest

from sources.actions.standing import set_standing, touches
from sources.actions.withholding.find_copies import find_copies
from sources.domain.grading.corrections import Touch
from sources.models import Source
from sources.vocabulary import Role, Standing
from tests import factories as make
from tests.sources.withheld import MARKER, TEXT, capture_of, withheld

pytestmark = pytest.mark.django_db


def corrected(source: Source, *passages: str) -> Source:
    return set_standing(
        source=source,
        standing=Standing.CORRECTED,
        on=make.TODAY.date(),
        reason="A figure was wrong.",
        passages=passages,
        by=make.person(Role.EDITOR),
        at=make.TODAY,
    )


def test_passages_of_a_correction_that_share_the_words_go_from_history_too() -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt(MARKER, of=source)
    source = corrected(source, "owes nine million", "Trade fell by 9%.")

    withheld(excerpt)
    withheld(capture_of(source))

    source.refresh_from_db()
    assert source.standing_passages == ["", "Trade fell by 9%."]
    assert find_copies("nine million") == []


def test_a_correction_whose_one_passage_was_withheld_is_still_not_about_the_whole_source() -> None:
    source = corrected(make.source(TEXT), MARKER)
    beside = make.excerpt("Trade fell by 9%.", of=source)

    withheld(make.excerpt(MARKER, of=source))

    source.refresh_from_db()
    assert source.standing_passages == [""]
    assert dict(touches(source))[beside] == Touch.WITHHELD


def test_a_withheld_passage_stays_while_the_source_is_corrected() -> None:
    source = corrected(make.source(TEXT), "Nothing before it.", MARKER, "Trade fell by 9%.")
    withheld(make.excerpt(MARKER, of=source))

    again = corrected(source, "Nothing before it.")

    assert again.standing_passages == ["Nothing before it.", ""]
