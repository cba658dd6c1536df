"""Variants of a term: what is offered to whoever types it."""

import pytest

from claims.domain.absence.searchable_text import prepare_text
from claims.domain.absence.terms import TermRefused, find_hits, read_term
from claims.domain.absence.variants import MAX_VARIANTS, offered_variants
from claims.vocabulary import Matching, NearMiss


def offered(term: str, language: str) -> list[str]:
    return [one.text for one in offered_variants(term, language)]


OFFERED = {
    "en": [
        ("denuclearization", "denuclearisation"),
        ("DENUCLEARIZATION", "DENUCLEARISATION"),
        ("denucleariz*", "denuclearis*"),
        ("Labour", "Labor"),
        ("manoeuvre", "maneuver"),
        ("traveling", "travelling"),
        ("cooperation", "co-operation"),
        ("co-operation", "cooperation"),
        ("cyber security", "cybersecurity"),
    ],
    "de": [("Potential", "Potenzial"), ("Türkei", "Tuerkei")],
    "fr": [("œuvre", "oeuvre")],
    "uk": [("проєкт", "проект"), ("Зеленський", "Zelenskyi")],
    "zh": [("西伯利亚力量2号", "西伯利亞力量2號"), ("臺灣", "台湾")],
    "ru": [
        ("Сила Сибири-2", "Sila Sibiri-2"),
        ("Щербаков", "Schtscherbakow"),
        ("Sila Sibiri", "Сила Сибири"),
    ],
    "el": [("Κίνα", "Kina")],
}


# One test for a language, whose list of words takes a moment to read.
@pytest.mark.parametrize("language", OFFERED)
def test_variants_are_offered(language: str) -> None:
    for term, expected in OFFERED[language]:
        assert expected in offered(term, language)


def test_operators_quotation_marks_and_stars_stay_as_they_are() -> None:
    term = '*organization* NEAR/5 "labor center" NOT "color program"'

    found = offered(term, "en")

    assert found[0] == '*organisation* NEAR/5 "labour centre" NOT "color program"'
    for one in found:
        read_term(one)
        assert one.endswith(' NOT "color program"')


def test_operators_are_no_words_to_be_spelled_otherwise() -> None:
    for one in offered("labor NEAR/5 center", "en"):
        assert " NEAR/5 " in one


@pytest.mark.parametrize(
    ("term", "language"),
    [
        ("Straße", "de"),
        ("trade-war", "en"),
        ("denuclear*", "en"),
        ("sanctions", "en"),
        ("USA", "en"),
        ("programme2023", ""),
    ],
)
def test_what_the_term_finds_already_is_not_offered(term: str, language: str) -> None:
    assert offered(term, language) == []


def test_a_slip_that_a_list_has_is_not_offered() -> None:
    assert "programe" not in offered("program", "en")
    assert "programme" in offered("program", "en")


def test_with_beginnings_of_words_the_ending_is_found_already() -> None:
    found = offered_variants("sanction", "en", matching=Matching.PREFIX, inflections=True)

    assert found == ()


@pytest.mark.parametrize(
    ("term", "language", "expected"),
    [
        ("sanctions", "en", {"sanction"}),
        ("child NEAR/5 labor", "en", {"children NEAR/5 labor"}),
        ("Сила Сибири", "ru", {"Силы Сибири", "Силой Сибири"}),
    ],
)
def test_other_forms_are_offered_where_they_are_asked_for(
    term: str, language: str, expected: set[str]
) -> None:
    found = offered_variants(term, language, inflections=True)

    assert expected <= {one.text for one in found if one.why == NearMiss.INFLECTED}
    assert len(found) <= MAX_VARIANTS
    assert not any(one.why == NearMiss.INFLECTED for one in offered_variants(term, language))


def test_no_variant_is_a_hit_of_the_term_or_offered_twice() -> None:
    found = offered_variants("Organization of defense labor", "en", inflections=True)

    pattern = read_term("Organization of defense labor")
    assert not any(find_hits(pattern, prepare_text(one.text)) for one in found)
    assert len({one.text for one in found}) == len(found)


def test_a_term_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(TermRefused):
        offered_variants("trade AND war", "en")
