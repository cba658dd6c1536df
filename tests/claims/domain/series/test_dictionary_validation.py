"""Validation of topic dictionaries: what is kept, and what is refused with its entry and term."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from claims.domain.series.dictionary_validation import (
    DictionaryRefused,
    dictionary_refusals,
    tidy_dictionary,
    validate_dictionary,
)

KNOWN = ("arctic", "ukraine", "russia")


def entry(topic: str, *terms: str | tuple[str, str], note: str = "") -> DictionaryEntry:
    """An entry of terms, each alone or with its language."""
    given = (term if isinstance(term, tuple) else (term, "") for term in terms)
    return DictionaryEntry(topic, tuple(DictionaryTerm(*one) for one in given), note)


def dictionary(*entries: DictionaryEntry) -> Dictionary:
    return Dictionary(entries)


def test_a_dictionary_is_kept_tidy() -> None:
    typed = dictionary(
        entry(" arctic ", "  Arctic \n NEAR/5  Russia ", ("北极", "ZH-hans"), note=" Why.  So. ")
    )

    assert validate_dictionary(typed, KNOWN) == dictionary(
        entry("arctic", "Arctic NEAR/5 Russia", ("北极", "zh-Hans"), note="Why. So.")
    )


@pytest.mark.parametrize(
    ("refused", "code", "place", "said"),
    [
        (entry("artic", "Arctic"), "unknown_topic", (0, None), "nearest one is “arctic”"),
        (entry("", "Arctic"), "topic_missing", (0, None), "Entry 1 names no topic"),
        (entry("arctic"), "terms_missing", (0, None), "“arctic” has no terms"),
        (entry("arctic", "a", "*"), "bare_star", (0, 1), "“arctic”, term 2: A * in “*”"),
        (entry("arctic", "a", ""), "empty_term", (0, 1), "term 2"),
        (entry("arctic", "a OR b"), "operator", (0, 0), "“OR”"),
        (entry("arctic", "a", "b", "a"), "term_twice", (0, 2), "the term “a” twice"),
        (entry("arctic", "Trade war", "trade-war"), "term_twice", (0, 1), "same as “Trade war”"),
        (entry("arctic", ("a", "xx")), "unknown_language", (0, 0), "“xx” is no language"),
        (entry("arctic", ("a", "russian")), "unknown_language", (0, 0), "“russian”"),
        (entry("arctic", ("a", "e n")), "unknown_language", (0, 0), "“e n”"),
        (entry("arctic", "a\0b"), "unreadable", (0, 0), "U+0000"),
        (entry("arctic", "a", note="x\x07y"), "unreadable", (0, None), "note of topic “arctic”"),
        (entry("arctic", "x" * 201), "term_too_long", (0, 0), "201 characters"),
        (entry("arctic", "a", note="x" * 501), "too_long", (0, None), "501 characters"),
        (entry("arctic", *map(str, range(101))), "too_long", (0, None), "101 terms"),
    ],
)
def test_what_is_refused_is_named_with_entry_and_term(
    refused: DictionaryEntry, code: str, place: tuple[int, int | None], said: str
) -> None:
    with pytest.raises(DictionaryRefused) as found:
        validate_dictionary(dictionary(refused), KNOWN)

    assert found.value.code == code
    assert (found.value.entry, found.value.term) == place
    assert said in found.value.message


def test_a_topic_stands_once() -> None:
    with pytest.raises(DictionaryRefused, match="stands twice") as found:
        validate_dictionary(dictionary(entry("arctic", "a"), entry("arctic", "b")), KNOWN)

    assert found.value.entry == 1


def test_the_same_words_of_two_languages_are_two_terms() -> None:
    both = dictionary(entry("arctic", ("Arktis", "de"), ("Arktis", "da"), "Arktis"))

    assert validate_dictionary(both, KNOWN) == both


def test_a_dictionary_has_a_size() -> None:
    topics = [f"topic-{number}" for number in range(201)]

    with pytest.raises(DictionaryRefused, match="201 topics"):
        validate_dictionary(dictionary(*(entry(topic, "a") for topic in topics)), topics)
    with pytest.raises(DictionaryRefused, match="terms in all"):
        validate_dictionary(
            dictionary(*(entry(topic, *map(str, range(100))) for topic in topics[:60])), topics
        )


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wrong = dictionary(entry("artic", "*"), entry("ukraine", "Ukraine", "Україн*", ("x", "xx")))

    found = [(one.code, one.entry, one.term) for one in dictionary_refusals(wrong, KNOWN)]

    assert found == [
        ("unknown_topic", 0, None),
        ("bare_star", 0, 0),
        ("unknown_language", 1, 2),
    ]


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20), st.text(max_size=8))))
def test_what_is_kept_is_kept_as_it_is_the_next_time(rows: list[tuple[str, str, str]]) -> None:
    typed = dictionary(*(entry(topic, (term, "en"), note=note) for topic, term, note in rows))
    topics = {topic.strip() for topic, _term, _note in rows}
    refused = next(dictionary_refusals(tidy_dictionary(typed), topics), None)
    if refused is not None:
        assert refused.message.endswith(".")
        return

    kept = validate_dictionary(typed, topics)

    assert validate_dictionary(kept, topics) == kept
