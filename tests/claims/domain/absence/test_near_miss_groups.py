"""Near misses by their words: the closest first, each counted to the last."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.absence.absence_search import search_text
from claims.domain.absence.near_miss_groups import (
    MAX_PLACES_OF_COMMON_WORD,
    MAX_PLACES_OF_WORD,
    NearMissGroup,
    group_near_misses,
)
from claims.vocabulary import Matching, NearMiss

SERIES = Path(__file__).resolve().parents[5] / "shared" / "data" / "series"
beside_the_series = pytest.mark.skipif(
    not SERIES.is_dir(), reason="the five statements are not beside the project"
)


def groups(text: str, *terms: str) -> tuple[NearMissGroup, ...]:
    found = search_text(text, terms=terms, matching=Matching.WORDS)
    return group_near_misses(found.near_misses, text)


def ranked(text: str, *terms: str) -> list[tuple[str, NearMiss, int]]:
    return [(one.word, one.why, one.count) for one in groups(text, *terms)]


def test_the_kinds_are_in_their_order_whatever_that_of_the_text() -> None:
    text = (
        "The actions that the nations and all the others took, the sancttions and the sanctoins, "
        "what was sanctioned and the san ctions in the statement of the leaders."
    )

    assert [why for _word, why, _count in ranked(text, "sanctions")] == [
        NearMiss.INFLECTED,
        NearMiss.SPELLING,
        NearMiss.SPELLING,
        NearMiss.ALIKE,
        NearMiss.COMMON,
        NearMiss.COMMON,
    ]


def test_of_one_kind_the_most_alike_are_first_then_the_most_frequent() -> None:
    text = "of the denuclearzatoin, the denuclearizatio, denuclearizatoin and denuclearizatoin"

    words = [word for word, _why, _count in ranked(text, "denuclearization")]

    assert words[-1] == "denuclearzatoin"
    assert words.index("denuclearizatio") < words.index("denuclearzatoin")


def test_what_matters_is_not_cut_off_behind_what_is_frequent() -> None:
    text = "the action of the nations and " * 400 + "the sanctioning of it"

    found = groups(text, "sanctions")

    assert (found[0].word, found[0].why) == ("sanctioning", NearMiss.INFLECTED)
    assert [one.why for one in found[1:]] == [NearMiss.COMMON] * 2


def test_places_that_are_not_listed_are_counted() -> None:
    text = "the sanctioning of the action and " * 300

    found = search_text(text, terms=["sanctions"], matching=Matching.WORDS)

    listed = [why for _place, why in found.near_misses]
    assert listed.count(NearMiss.INFLECTED) == MAX_PLACES_OF_WORD
    assert listed.count(NearMiss.COMMON) == MAX_PLACES_OF_COMMON_WORD
    assert [more for _place, more in found.unlisted] == [
        300 - MAX_PLACES_OF_WORD,
        300 - MAX_PLACES_OF_COMMON_WORD,
    ]


def test_one_word_is_one_group_however_it_is_written() -> None:
    text = "of the Sanctioning, the sanction-\ning and the SANCTIONING of the others"

    found = ranked(text, "sanctions")

    assert ("sanctioning", NearMiss.INFLECTED, 2) in found
    assert ("sanction ing", NearMiss.INFLECTED, 1) in found


def test_a_word_that_is_close_to_two_terms_is_of_the_closer_kind() -> None:
    text = "It was of the organisations that the leaders spoke in the statement."

    found = groups(text, "organic", "organization")

    assert [(one.term, one.why) for one in found] == [(1, NearMiss.SPELLING)]


def test_of_an_unknown_language_no_word_is_common() -> None:
    assert [why for _word, why, _count in ranked("actions", "sanctions")] == [NearMiss.ALIKE]


def test_the_language_of_a_term_is_asked_besides_that_of_the_text() -> None:
    found = search_text(
        "Children, 2023",
        terms=["child"],
        matching=Matching.WORDS,
        languages=["en"],
    )

    assert [why for _place, why in found.near_misses] == [NearMiss.INFLECTED]


def test_another_common_word_amid_a_phrase_may_be_a_slip() -> None:
    text = "They spoke of the Tower of Siberia 2 and of all the others."

    assert ranked(text, "Power of Siberia 2")[0][:2] == ("tower of siberia 2", NearMiss.ALIKE)


def test_what_not_leaves_out_hides_nothing_that_reaches_over_it() -> None:
    text = "The Arctic, Georgia Tech and the Georgian in the statement of the leaders"

    found = ranked(text, 'Arctic NEAR/6 Georgia NOT "Georgia Tech"')

    assert found[0][1] == NearMiss.LEFT_OUT
    assert any(why.needs_answer and "georgian" in word for word, why, _count in found)


def test_a_hit_that_may_be_dismissed_hides_no_other_word_beside_it() -> None:
    text = "Russia Today wrote of the Arctic policy of Russians and of the others."

    found = search_text(text, terms=["Russia NEAR/4 Arctic"], matching=Matching.WORDS)

    assert [text[hit.start : hit.end] for hit in found.hits] == ["Russia Today wrote of the Arctic"]
    assert "Arctic policy of Russians" in {
        text[place.start : place.end] for place, _why in found.near_misses
    }


@given(
    words=st.lists(
        st.sampled_from(["sanctions", "sanction", "actions", "sanctoins", "of", "the", "nations"]),
        max_size=80,
    )
)
def test_every_place_is_in_one_group_and_each_group_in_its_rank(words: list[str]) -> None:
    text = " ".join(words)

    found = groups(text, "sanctions", "nation")

    places = [place for group in found for place in group.places]
    assert len({(one.start, one.end) for one in places}) == len(places)
    kinds = [list(NearMiss).index(group.why) for group in found]
    assert kinds == sorted(kinds)
    for group in found:
        written = {text[one.start : one.end] for one in group.places}
        assert written == {group.word}
        assert group.count <= words.count(group.word)


@beside_the_series
def test_the_other_spelling_of_a_real_statement_comes_first() -> None:
    found = ranked((SERIES / "quad-2023-05.txt").read_text(), "denuclearization")

    assert found[0] == ("denuclearisation", NearMiss.SPELLING, 1)


@beside_the_series
def test_other_common_words_of_the_real_statements_come_last() -> None:
    for path in sorted(SERIES.glob("*.txt")):
        found = ranked(path.read_text(), "sanctions")

        common = [word for word, why, _count in found if why == NearMiss.COMMON]
        assert common == [word for word, _why, _count in found][len(found) - len(common) :]
        assert {word for word, *_ in found if word in {"action", "actions", "nations"}} <= {*common}
