"""Places of topics in a text: which are counted, as how many, and where in the barcode."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.absence.searchable_text import TextSpan
from claims.domain.absence.terms import TermRefused
from claims.domain.series.counting import (
    BINS,
    MAX_LISTED_PLACES,
    EntryCount,
    count_topics,
    primary_language,
)
from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from sources.domain.text.segments import masked
from sources.domain.text.spans import Span


def entry(*terms: str | tuple[str, str]) -> Dictionary:
    """A dictionary of one topic; a term may name its language."""
    read = (DictionaryTerm(*((one,) if isinstance(one, str) else one)) for one in terms)
    return Dictionary((DictionaryEntry("topic", tuple(read)),))


def counted(
    text: str,
    *terms: str | tuple[str, str],
    language: str = "",
    apparatus: list[Span] | None = None,
) -> EntryCount:
    (one,) = count_topics(text, entry(*terms), language=language, apparatus=apparatus or [])
    return one


def words_at(text: str, places: tuple[TextSpan, ...]) -> list[str]:
    return [text[place.start : place.end] for place in places]


@pytest.mark.parametrize(
    ("terms", "places"),
    [
        (["Arctic"], ["Arctic", "Arctic"]),
        (["Arctic", "Arctic Council"], ["Arctic Council", "Arctic"]),
        (["Arctic NEAR/3 Russia", "Russia"], ["Arctic Council and Russia"]),
        (["Arctic NOT “Arctic Council”"], ["Arctic"]),
        (["council*", "Arctic Council", "Council and"], ["Arctic Council and"]),
        (["Antarctic"], []),
    ],
)
def test_hits_that_overlap_are_one_place(terms: list[str], places: list[str]) -> None:
    text = "The Arctic Council and Russia met. It was cold. Nobody spoke of the Arctic."

    found = counted(text, *terms)

    assert words_at(text, found.places) == places
    assert found.count == len(places)


def test_each_topic_is_counted_for_itself_and_in_their_order() -> None:
    dictionary = Dictionary(
        (
            DictionaryEntry("sea", (DictionaryTerm("China Sea"),)),
            DictionaryEntry("china", (DictionaryTerm('China NOT "China Sea"'),)),
        )
    )

    found = count_topics("The South China Sea, not China.", dictionary)

    assert [(one.topic, one.count) for one in found] == [("sea", 1), ("china", 1)]


def test_words_that_no_page_shows_are_counted_apart() -> None:
    text = "Trade grew. Trade secret. Trade fell."
    hidden = Span(12, 24, "hidden")

    found = counted(text, "trade", apparatus=[hidden])

    assert (found.count, found.hidden) == (2, 1)
    assert [one.start for one in found.hidden_places] == [12]
    assert [one.start for one in found.places] == [0, 26]


def test_what_runs_from_shown_words_into_hidden_ones_is_hidden() -> None:
    text = "trade war"

    found = counted(text, "trade war", apparatus=[Span(6, 9, "hidden")])

    assert (found.count, found.hidden) == (0, 1)


def test_masked_words_are_not_found() -> None:
    text = "Trade and Zanzibar."

    assert counted(masked(text, [(10, 18)]), "Zanzibar").count == 0


@pytest.mark.parametrize("kind", ["running-head", "pull-quote", "link", "page-number"])
def test_what_repeats_the_text_or_goes_along_with_it_is_not_counted(kind: str) -> None:
    text = "Arctic report\nThe Arctic is cold."

    found = counted(text, "Arctic", apparatus=[Span(0, 13, kind)])

    assert [one.start for one in found.places] == [18]


def test_nothing_that_is_only_in_a_running_head_is_called_absent() -> None:
    text = "Arctic report\nThe sea is cold."

    found = counted(text, "Arctic", apparatus=[Span(0, 13, "running-head")])

    assert words_at(text, found.places) == ["Arctic"]
    assert found.count == 1


def test_footnotes_are_text() -> None:
    text = "The Arctic is cold.\n1 The Arctic is a sea."

    assert counted(text, "Arctic", apparatus=[Span(20, 43, "footnote")]).count == 2


@pytest.mark.parametrize(
    ("language", "is_searched"),
    [("en", False), ("de", True), ("de-AT", True), ("", True)],
)
def test_a_term_of_another_language_is_not_looked_for(language: str, *, is_searched: bool) -> None:
    found = counted("Bad Arktis 1", ("Arktis", "de"), language=language)

    assert found.is_searched == is_searched
    assert found.count == int(is_searched)


def test_the_words_of_a_text_tell_its_language_too() -> None:
    text = "Die Arktis ist nicht für den Handel und das Öl in der Welt, mit dem sie die Stadt ist."

    assert counted(text, ("Arktis", "de"), language="en").count == 1
    assert not counted(text, ("Arctic", "fr"), language="en").is_searched


def test_the_script_of_a_language_makes_no_difference() -> None:
    assert primary_language("zh-Hant-TW") == "zh"
    assert counted("北極很冷", ("北極", "zh-Hant"), language="zh").count == 1


def test_a_place_is_drawn_in_the_sixtieth_of_the_words_that_it_begins_in() -> None:
    words = ["word"] * 600
    for number in (0, 9, 10, 305, 599):
        words[number] = "sea"
    # White space and a long link at the end move nothing.
    text = "\n" * 500 + " ".join(words) + "[" + "x" * 400 + "]"

    found = counted(text, "sea", apparatus=[Span(len(text) - 402, len(text), "link")])

    assert found.bins == (0, 1, 30, 59)
    assert found.count == 5


def test_of_very_many_places_the_first_are_listed_and_all_counted() -> None:
    found = counted("sea " * (MAX_LISTED_PLACES + 5), "sea")

    assert found.count == MAX_LISTED_PLACES + 5
    assert len(found.places) == MAX_LISTED_PLACES
    assert found.bins == tuple(range(BINS))


def test_a_term_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(TermRefused):
        counted("A text.", "trade OR war")


WORDS = st.lists(st.sampled_from(["arctic", "sea", "war", "of", "trade"]), max_size=40)


@given(
    words=WORDS,
    terms=st.sets(st.sampled_from(["arctic", "arctic sea", "sea war", "trade NEAR/2 war"])),
)
def test_places_are_apart_in_order_and_begin_in_their_bins(
    words: list[str], terms: set[str]
) -> None:
    text = " ".join(words)

    found = counted(text, *terms)

    assert all(one.end <= other.start for one, other in pairwise(found.places))
    assert found.count == len(found.places)
    assert len(found.bins) <= found.count
    assert bool(found.bins) == bool(found.count)
    assert all(0 <= number < BINS for number in found.bins)


@given(words=WORDS)
def test_more_terms_never_leave_fewer_characters(words: list[str]) -> None:
    text = " ".join(words)

    def covered(*terms: str) -> set[int]:
        places = counted(text, *terms).places
        return {at for place in places for at in range(place.start, place.end)}

    assert covered("arctic") <= covered("arctic", "arctic sea", "trade")
