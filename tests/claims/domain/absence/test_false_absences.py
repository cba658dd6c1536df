"""That what is in a text is found, or listed for a person: a false "absent" is the worst error."""

import pytest

from claims.domain.absence.absence_search import TextMatches, search_text
from claims.vocabulary import Matching


def looked(term: str, text: str, matching: Matching = Matching.WORDS) -> TextMatches:
    return search_text(text, terms=[term], matching=matching)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        # Radicals in the place of characters, as copied PDFs have them.
        ("中国人民银行", "中国⼈民银⾏"),
        ("力量", "⼒量"),
        # The nearest beta is near enough to alpha, another one to both.
        ("alpha NEAR/5 beta NEAR/5 gamma", "alpha x beta x x beta x x x x x gamma"),
        # The nearest Georgia is left out, another one is near enough.
        ('Arctic NEAR/5 Georgia NOT "Georgia Tech"', "Arctic and Georgia Tech and Georgia"),
        # Only around the hit does something stand that NOT leaves out.
        ('Arctic NEAR/9 Russia NOT "trade war"', "The Arctic, the trade war and Russia"),
        ("Siberia", "Sibe\x02ria and Sibe\x1fria"),
    ],
)
def test_it_is_found(term: str, text: str) -> None:
    assert looked(term, text).hits


def test_hits_that_overlap_are_judged_one_by_one() -> None:
    text = "Russia Today wrote of the Arctic policy of Russia."

    found = looked("Russia NEAR/4 Arctic", text)

    assert [text[place.start : place.end] for place in found.hits] == [
        "Russia Today wrote of the Arctic",
        "Arctic policy of Russia",
    ]


def test_what_follows_not_leaves_out_no_more_than_is_written() -> None:
    text = "A Georgia technical cooperation agreement."

    assert looked('Georgia NOT "Georgia Tech"', text, Matching.PREFIX).hits


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("США", "СШA"),
        ("НАТО", "НATO"),
        ("ОПЕК", "OПЕК"),
        ("ШОС", "ШOC"),
        ("Сила Сибири", "Cила Cибири"),
        ("Тайвань", "Taйвaнь"),
        ("Α1", "А1"),
    ],
)
def test_letters_that_are_drawn_alike_are_listed_for_a_person(term: str, text: str) -> None:
    found = looked(term, text)

    assert found.hits or found.near_misses


def test_a_number_is_like_no_other() -> None:
    assert not looked("2022", "2023").near_misses
