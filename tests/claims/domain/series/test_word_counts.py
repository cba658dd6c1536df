"""Words of a text, counted by UAX #29."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.domain.series.word_counts import MAX_LISTED_WORDS, count_words, fold_word
from sources.domain.text.segments import blanked
from sources.domain.text.spans import Span
from sources.vocabulary import ApparatusKind

TEXTS = st.text(st.sampled_from("aB cé1.,'’-_中カ \n\u202f\u00ad\u0301ſﬁС")) | st.text(
    # Two letters of Arabic are several words each, once they are read.
    st.characters(exclude_characters="\ufdfa\ufdfb", codec="utf-8")
)


def counted(
    text: str, *apparatus: Span, withheld: tuple[tuple[int, int], ...] = ()
) -> dict[str, int]:
    return dict(count_words(text, apparatus, withheld=withheld).words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("can't can’t CAN'T", {"can't": 3}),
        ("3.14 and 1,000.5", {"3.14": 1, "and": 1, "1,000.5": 1}),
        ("中文", {"中": 1, "文": 1}),
        ("カタカナ", {"カタカナ": 1}),
        ("ελληνικά ΕΛΛΗΝΙΚΆ", {"ελληνικά": 2}),
        ("ΛΟΓΟΣ λογος", {"λογος": 2}),
        ("e-mail", {"e": 1, "mail": 1}),
        ("U.S. and U.S.", {"u.s": 2, "and": 1}),
        ("l’Europe d'Europe", {"l'europe": 1, "d'europe": 1}),
        ("co\u00adoperate cooperate", {"cooperate": 2}),
        ("ﬁne ＦＩＮＥ", {"fine": 2}),
        ("Сила Сибири — 2", {"сила": 1, "сибири": 1, "2": 1}),
        ("… — * 100% § 2³ 👍", {"100": 1, "2": 1}),
        ("naïve nai\u0308ve naive", {"naïve": 2, "naive": 1}),
        ("snake_case", {"snake_case": 1}),
        ("sozialis-\ntisch", {"sozialis": 1, "tisch": 1}),
        ("שלום", {"שלום": 1}),
        ("A¸ ŉ", {"a\u0327": 1, "'n": 1}),
        (
            "We\u202fwill not. «\u202fOui\u202f» 10\u202f000",
            {"we": 1, "will": 1, "not": 1, "oui": 1, "10 000": 1},
        ),
        ("page\u202f12 12\u202fpages", {"page": 1, "12": 2, "pages": 1}),
        ("", {}),
    ],
)
def test_a_word_is_a_segment_of_uax_29_with_a_letter_or_a_digit(
    text: str, words: dict[str, int]
) -> None:
    assert counted(text) == words
    assert count_words(text).total == sum(words.values())


def test_the_most_used_words_come_first_and_then_the_letters_decide() -> None:
    assert count_words("b a c b c d").words == (("b", 2), ("c", 2), ("a", 1), ("d", 1))


def test_words_beyond_the_list_are_in_the_total() -> None:
    counts = count_words(" ".join(f"w{number}" for number in range(MAX_LISTED_WORDS + 7)))

    assert len(counts.words) == MAX_LISTED_WORDS
    assert counts.total == MAX_LISTED_WORDS + 7


def test_marks_do_not_part_a_word_and_other_apparatus_does() -> None:
    text = "tra**de**[^1] war\nHead 7\nfree\thands"
    head = Span(text.index("Head"), text.index("\nfree"), ApparatusKind.RUNNING_HEAD)
    tab = text.index("\t")
    apparatus = [
        Span(3, 5, ApparatusKind.EMPHASIS),
        Span(7, 9, ApparatusKind.EMPHASIS),
        Span(9, 13, ApparatusKind.NOTE),
        head,
        Span(tab, tab + 1, ApparatusKind.CELL),
    ]

    assert counted(text, *apparatus) == {"trade": 1, "war": 1, "free": 1, "hands": 1}


def test_words_that_no_page_shows_are_not_counted() -> None:
    text = "shown secretly shown"

    assert counted(text, Span(6, 14, ApparatusKind.HIDDEN)) == {"shown": 2}


def test_of_a_word_that_is_withheld_in_part_nothing_is_counted() -> None:
    text = "open Geheimnis open"

    assert counted(text, withheld=((5, 14),)) == {"open": 2}
    assert counted(text, withheld=((7, 10),)) == {"open": 2}
    assert counted("open カタカナ open", withheld=((6, 8),)) == {"open": 2}
    assert counted("open 11.1", withheld=((8, 9),)) == {"open": 1}


def test_withheld_words_amid_apparatus_are_not_counted() -> None:
    text = "one [two](x) six"
    link = (Span(4, 5, ApparatusKind.LINK), Span(8, 12, ApparatusKind.LINK))

    assert counted(text, *link, withheld=((5, 8),)) == {"one": 1, "six": 1}
    assert counted(text, *link, withheld=((9, 10),)) == {"one": 1, "two": 1, "six": 1}


@given(TEXTS, TEXTS)
def test_the_words_of_two_paragraphs_are_those_of_each(one: str, other: str) -> None:
    together = count_words(f"{one}\n\n{other}").total

    assert together == count_words(one).total + count_words(other).total


@given(TEXTS)
def test_curly_and_straight_apostrophes_give_the_same_words(text: str) -> None:
    assert dict(count_words(text.replace("'", "’")).words) == dict(count_words(text).words)


@given(TEXTS)
def test_case_makes_no_difference_to_how_many_words_there_are(text: str) -> None:
    plain = "".join(one for one in text if one.lower().upper() == one.upper())

    assert count_words(plain.lower()).total == count_words(plain).total


@given(TEXTS)
def test_a_folded_word_is_folded_for_good(text: str) -> None:
    for word, _count in count_words(text).words:
        assert fold_word(word) == word
        assert unicodedata.is_normalized("NFKC", word)


@given(TEXTS)
def test_no_space_is_within_a_word_of_letters(text: str) -> None:
    for word, _count in count_words(text).words:
        assert len(word.split()) == 1 or not any(one.isalpha() for one in word)


@given(TEXTS, st.data())
def test_words_are_never_gained_by_withholding(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    whole, part = counted(text), counted(text, withheld=((start, end),))

    assert all(count <= whole.get(word, 0) for word, count in part.items())


@given(TEXTS, st.data())
def test_hidden_words_count_as_little_as_spaces(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assume(start < end)
    hidden = Span(start, end, ApparatusKind.HIDDEN)

    assert counted(text, hidden) == counted(blanked(text, [(start, end)]).replace("\f", " "))
