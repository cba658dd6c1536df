"""Near misses: what is close to a term and is shown to a person."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.absence.near_misses import near_misses
from claims.domain.absence.searchable_text import overlaps_any, prepare_text
from claims.domain.absence.terms import find_hits, read_term
from claims.vocabulary import NearMiss


def missed(term: str, text: str) -> list[tuple[str, NearMiss]]:
    return [(one.words, one.why) for one in near_misses(read_term(term), prepare_text(text))]


@pytest.mark.parametrize(
    ("term", "text", "words", "why"),
    [
        ("Power of Siberia 2", "the Power of Sibiria 2", "Power of Sibiria 2", NearMiss.ALIKE),
        ("Сила Сибири-2", "проект Силы Сибирь-2", "Силы Сибирь-2", NearMiss.INFLECTED),
        ("Siberia", "Sibe ria", "Sibe ria", NearMiss.SPELLING),
        ("Power of Siberia 2", "PowerOfSiberia2", "PowerOfSiberia2", NearMiss.SPELLING),
        (
            "Power of Siberia 2",
            "P o w e r of Siberia 2",
            "P o w e r of Siberia 2",
            NearMiss.SPELLING,
        ),
        ("Сила Сибири", "о Силой Сибирской", "Силой Сибирской", NearMiss.ALIKE),
        ("Сила Сибири", "Sila Sibiri", "Sila Sibiri", NearMiss.TRANSLITERATION),
        ("Sila Sibiri", "Силы Сибири", "Силы Сибири", NearMiss.TRANSLITERATION),
        ("Сибир* NEAR/3 газ*", "Себири без газа", "Себири без газа", NearMiss.ALIKE),
        ("Arctic", "the Antarctic, Subarctic", "Subarctic", NearMiss.ALIKE),
        ("Arctic NEAR/1 Russia", "Russia in the Arctic", "Russia in the Arctic", NearMiss.APART),
        (
            "Power of Siberia 2",
            "Power of Eastern Siberia 2",
            "Power of Eastern Siberia 2",
            NearMiss.APART,
        ),
        ("Power of Siberia 2", "Power of Siberia", "Power of Siberia", NearMiss.PART),
        ("西伯利亚力量2号", "西伯利亚力量3号", "西伯利亚力量3号", NearMiss.PART),
        ("trade war", "a war of tariffs and trade", "war of tariffs and trade", NearMiss.APART),
        ('Georgia NOT "Georgia Tech"', "Georgia Tech", "Georgia", NearMiss.LEFT_OUT),
    ],
)
def test_what_is_close_is_listed_with_the_reason(
    term: str, text: str, words: str, why: NearMiss
) -> None:
    assert (words, why) in missed(term, text)


def test_a_hit_is_no_near_miss() -> None:
    assert missed("trade war", "the trade war and the trade-war") == []


def test_nothing_that_a_not_leaves_out_is_lost() -> None:
    """Also where two places overlap of which only one is left out."""
    text, pattern = "c a b a b a", read_term("a b a NOT c a b")

    places = find_hits(pattern, prepare_text(text))

    assert [text[place.start : place.end] for place in places] == ["a b a"]
    assert places[0].start == 6


def test_a_number_is_like_no_other() -> None:
    assert missed("2023", "2022 2024 20 23") == []


def test_a_short_word_is_not_like_every_other() -> None:
    assert missed("NATO", "nature, nations, into") == []


def test_common_words_alone_are_none() -> None:
    assert missed("Power of 2", "of 2, of 2") == []


LINES = st.lists(st.sampled_from(["trade", "war", "wars", "trades", "of", "2", "20"]), max_size=60)


@given(lines=LINES)
def test_none_of_them_touches_a_hit(lines: list[str]) -> None:
    searched, pattern = prepare_text(" ".join(lines)), read_term("trade war")

    found = near_misses(pattern, searched)

    hits = find_hits(pattern, searched)
    assert not any(overlaps_any(hits, one.span) for one in found)


def test_ten_times_the_text_takes_no_more_than_some_ten_times_as_long() -> None:
    def seconds(words: int) -> float:
        text = "".join(f"word{n % 997} of Siberia {n % 7} " for n in range(words))
        began = time.process_time()
        searched = prepare_text(text)
        for term in (
            "Power of Siberia 2",
            "Сил* Сибири-2",
            "西伯利亚力量2号",
            "word* NEAR/5 Siberia",
        ):
            near_misses(read_term(term), searched)
        return time.process_time() - began

    seconds(4_000)  # lists of words are loaded once

    assert seconds(40_000) < 25 * seconds(4_000)
