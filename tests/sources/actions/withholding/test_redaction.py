"""Withheld words in texts that stay: covered wherever they stood."""

import pytest

from sources.actions.captures.capture import capture
from sources.domain.refusals import Refusal
from sources.models import Source, TextLayer
from sources.readings.redacted_text import redacted_text
from sources.vocabulary import Grade
from tests import factories as make
from tests.sources.withheld import MARKER, TEXT, layer_of, withheld

pytestmark = pytest.mark.django_db


def edition(source: Source, text: str) -> None:
    """Another capture of the source, the current one from now on."""
    capture(source=source, data=text.encode(), file_name="b.txt", by=make.person(), at=make.TODAY)


@pytest.mark.parametrize("when", ["before", "after"])
def test_words_are_covered_in_every_text_of_the_source(when: str) -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt(MARKER, of=source)
    if when == "before":
        edition(source, f"Again. {TEXT}")

    withheld(excerpt)
    if when == "after":
        edition(source, f"Again. {TEXT}")

    texts = TextLayer.objects.filter(blob__captures__source=source)
    assert texts.count() == 2
    for layer in texts:
        assert MARKER in layer.text
        assert "Zanzibar" not in redacted_text(layer, with_hidden=True)
        assert "Trade fell by 9%" in redacted_text(layer, with_hidden=True)


def test_words_that_stand_in_several_places_are_covered_in_all() -> None:
    source = make.source(f"{TEXT} Again: {MARKER}.")
    excerpt = make.excerpt(MARKER, of=source)
    assert excerpt.grade == Grade.AMBIGUOUS

    withheld(excerpt)

    assert "Zanzibar" not in redacted_text(layer_of(source), with_hidden=True)


@pytest.mark.parametrize("words", [MARKER, f"Nothing before it. {MARKER}", "owes nine million"])
def test_words_that_were_withheld_are_not_quoted_again(words: str) -> None:
    source = make.source(TEXT)
    withheld(make.excerpt(MARKER, of=source))

    with pytest.raises(Refusal, match="were withheld where they stand"):
        make.excerpt(words, of=source)


def test_a_later_quote_beside_them_keeps_none_of_the_words() -> None:
    source = make.source(TEXT)
    withheld(make.excerpt(MARKER, of=source))

    beside = make.excerpt("Trade fell by 9%", of=source)

    assert beside.grade == Grade.EXACT
    assert "million" not in beside.prefix
