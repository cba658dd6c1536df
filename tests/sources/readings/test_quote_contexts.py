"""Quotes in their paragraphs, for the reviewer who judges them."""

import pytest

from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import SourceReader
from sources.readings.quote_contexts import QuoteContext, quote_contexts
from sources.readings.reader import Reader
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.factories import TODAY

pytestmark = pytest.mark.django_db

FAR = "Far away. " * 40
NEAR = "It is not true that the following holds."
WORDS = "trade fell by 9% in 2024"
TEXT = f"{FAR}\n\n{NEAR}\n\nThe minister said that {WORDS}, and went.\n\nThe end.\n\n{FAR}"


def context_of(words: str, text: str = TEXT) -> QuoteContext:
    excerpt = make.excerpt(words, of=make.source(text))
    return quote_contexts([excerpt.pk], Reader(make.person(Role.REVIEWER), TODAY))[excerpt.pk]


def test_the_sentence_before_a_quote_is_there_even_if_its_paragraph_begins_with_it() -> None:
    found = context_of(WORDS)

    assert found.words == WORDS
    assert f"{NEAR}\n\nThe minister said that " in found.before
    assert found.after.startswith(", and went.\n\nThe end.")
    assert TEXT[found.start : found.end] == WORDS


def test_what_a_quote_leaves_out_stands_unmarked_between_its_pieces() -> None:
    found = context_of("The minister said … fell by 9%")

    assert [piece.is_quoted for piece in found.pieces] == [True, False, True]
    assert found.pieces[1].words.strip() == "that trade"


def test_of_a_quote_that_differs_the_most_similar_words_are_shown_as_such() -> None:
    found = context_of("trade fell by 8% in 2024")

    assert found.is_similar
    assert "fell by 9%" in found.words


def test_words_that_are_nowhere_or_in_several_places_have_no_context() -> None:
    reader = Reader(make.person(Role.REVIEWER), TODAY)
    nowhere = make.excerpt("Nothing like that was ever said here.", of=make.source(TEXT))
    several = make.excerpt("Far away.", of=make.source(TEXT))
    unlocated = make.excerpt("By hand.", of=make.source())

    assert quote_contexts([nowhere.pk, several.pk, unlocated.pk], reader) == {}


def test_of_a_source_for_named_persons_only_these_read_the_context() -> None:
    letter = make.source(TEXT, access=Access.NAMED, public_descriptor="a letter")
    excerpt = make.excerpt(WORDS, of=letter)
    named, outside = make.person(Role.REVIEWER), make.person(Role.ADMINISTRATOR)
    SourceReader.objects.create(source=letter, reader=named)

    assert quote_contexts([excerpt.pk], Reader(named, TODAY)).keys() == {excerpt.pk}
    assert quote_contexts([excerpt.pk], Reader(outside, TODAY)) == {}


def test_withheld_words_beside_a_quote_are_blocks_and_a_withheld_quote_has_no_context() -> None:
    source = make.source("Ann Smith told the paper that trade fell by 9% in 2024, he said.")
    quote, name = make.excerpt(WORDS, of=source), make.excerpt("Ann Smith", of=source)
    asking, second = make.person(Role.ADMINISTRATOR), make.person(Role.EDITOR)
    (asked,) = ask_to_withhold(targets=[name], reason="A complaint.", by=asking, at=TODAY)
    carry_out(request=asked, by=second, at=TODAY)

    found = quote_contexts([quote.pk, name.pk], Reader(asking, TODAY))

    assert found.keys() == {quote.pk}
    assert found[quote.pk].before == "███ █████ told the paper that "
