"""Terms: what they find in a text, in many scripts, and what they refuse."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.absence.near_misses import near_misses
from claims.domain.absence.searchable_text import (
    TextSpan,
    overlaps_any,
    prepare_layer_text,
    prepare_text,
)
from claims.domain.absence.terms import TermRefused, find_hits, read_term
from claims.vocabulary import Matching
from sources.domain.text.apparatus import find_apparatus


def found(term: str, text: str, *, matching: Matching = Matching.WORDS) -> list[str]:
    pattern = read_term(term, matching=matching)
    return [text[place.start : place.end] for place in find_hits(pattern, prepare_text(text))]


@pytest.mark.parametrize(
    ("term", "text", "hits"),
    [
        ("Power of Siberia 2", "the power of\nSiberia-2 line", ["power of\nSiberia-2"]),
        ("Power of Siberia-2", "Power of Siberia – 2", ["Power of Siberia – 2"]),
        ("Power of Siberia 2", "“Power” of Siberia2", ["Power” of Siberia2"]),
        ("Power of Siberia 2", "Power of Siberia 2023, Power of Siberia 25", []),
        ("2", "2023, 12, 2.", ["2"]),
        ("trade war", "trade wars, Trade-War", ["Trade-War"]),
        ("naïve", "NAIVE nai\u0308ve", ["NAIVE", "nai\u0308ve"]),
        ("Łódź", "Lodz and ŁÓDŹ", ["Lodz", "ŁÓDŹ"]),
        ("Сил* Сибири-2", "Силы Сибири — 2", ["Силы Сибири — 2"]),
        ("Пётр", "Петр", ["Петр"]),
        ("*газопровод", "трубогазопровод, газопровода", ["трубогазопровод"]),
        ("西伯利亚力量2号", "建设西伯利亚 力量\n2号管道", ["西伯利亚 力量\n2号"]),
        ("西伯利亚力量2号", "西伯利亚力量\uff12号", ["西伯利亚力量\uff12号"]),
        ("シベリアの力", "パイプライン「シベリアの力」は", ["シベリアの力"]),
        ("中国", "在中国的", ["中国"]),
        ("ไซบีเรีย", "พลังแห่งไซบีเรีย2", ["ไซบีเรีย"]),
        ("democracy", "demo\u00adcracy, demo\u200bcracy", ["demo\u00adcracy", "demo\u200bcracy"]),
        ("democracy", "demo-\ncracy", ["demo-\ncracy"]),
        ("Siberia 2", "Siberia-\n2", ["Siberia-\n2"]),
        ("China", "China's and China’s", ["China", "China"]),
        ("Arctic NEAR/2 Russia", "Russia in the Arctic", ["Russia in the Arctic"]),
        ("Arctic NEAR/1 Russia", "Russia in the Arctic", []),
        ("a NEAR/0 b NEAR/0 c", "c a b; a b c", ["c a b", "a b c"]),
        ('Georgia NOT "Georgia Tech"', "Georgia Tech in Georgia", ["Georgia"]),
        ("Turkey NOT roast", "Roast turkey in Turkey", ["turkey", "Turkey"]),
        ("a b a NOT c a b", "c a b a b a", ["a b a"]),
        ('"NOT" known', "not known", ["not known"]),
        ("“a NOT b” c", "a not b c", ["a not b c"]),
        ("**Siberia**", "siberia", ["siberia"]),
    ],
)
def test_a_term_finds_its_words(term: str, text: str, hits: list[str]) -> None:
    assert found(term, text) == hits


PIPELINE = "Power of Siberia 2"


@pytest.mark.parametrize(
    "text",
    [
        "Power-of-\nSibe-\nria 2",  # at one line's end a compound, at the next a word broken
        "Power of Sibe\u00ad\nria 2",
        "Power of Sibe- ria 2",  # lines that were joined again
        "Power of Sibe\x02\nria 2",  # what some readers of PDF leave of a hyphen
        "Power of Sibe-\n\nria 2",
        "Power\u200bof\u200bSib\u200beria\u200b2",
        "Power of Siberia\u00a02",
        "Power of Siberia³ 2",
        "Power of Siberia 2³",
        "Power of Siberia 2.5 Next",  # a note's mark that is a plain figure
        "Power of Siberia (2)",
        "POWER OF SIBERIA\f2",
        "Ｐｏｗｅｒ　ｏｆ　Ｓｉｂｅｒｉａ　２",
        "Power_of_Siberia_2",
        "Powér of Siberia‒2",
        "Power of Siberia ٢",
    ],
)
def test_a_name_is_found_however_it_is_set(text: str) -> None:
    assert len(found(PIPELINE, text)) == 1


@pytest.mark.parametrize(
    "text",
    ["Power of Siberia 25", "Power of Siberia 2023", "Power of Siberia-12", "Power of Siberia",
     "Powers of Siberia 2", "empower of Siberia 2", "Power of Siberian 2"],
)  # fmt: skip
def test_another_name_is_not_found(text: str) -> None:
    assert found(PIPELINE, text) == []


@pytest.mark.parametrize(
    ("term", "text", "hits"),
    [
        ("Сила Сибири", "Си́ла Сиби\u00adри, СИЛА  СИБИРИ", ["Си́ла Сиби\u00adри", "СИЛА  СИБИРИ"]),
        ("Straße", "STRASSE", ["STRASSE"]),
        ("κόσμος", "ΚΟΣΜΟΣ", ["ΚΟΣΜΟΣ"]),
        ("İstanbul", "istanbul, ISTANBUL", ["istanbul", "ISTANBUL"]),
        ("الغاز", "الغَاز الغـاز", ["الغَاز", "الغـاز"]),
        ("می\u200cخواهم", "میخواهم", ["میخواهم"]),
        ("גז", "גָּז", ["גָּז"]),
        ("गैस", "यह गैस है", ["गैस"]),
        ("시베리아", "시베리아의 시베리아", ["시베리아"]),
        ("力量2", "力量12 力量２０ 力量2", ["力量2"]),
        ("Siberia力量", "在Siberia 力量", ["Siberia 力量"]),
        ("カズ", "ｶｽﾞ", ["ｶｽﾞ"]),
        ("Xi'an", "Xian, Xi’an, Xi an", ["Xian", "Xi’an", "Xi an"]),
        ("Xian", "Xi'an", ["Xi'an"]),
        ("US Treasury", "the U.S. Treasury", ["U.S. Treasury"]),
        ("U.S. Treasury", "the US Treasury", ["US Treasury"]),
        ("2000", "2,000 2.000 2\u202f000 12,000", ["2,000", "2.000", "2\u202f000"]),
        ("CO2", "CO₂, CO-2", ["CO₂", "CO-2"]),
        ("9.1%", "9,1 %", ["9,1"]),
    ],
)
def test_a_term_is_found_in_other_letters_and_marks(term: str, text: str, hits: list[str]) -> None:
    assert found(term, text) == hits


def test_beginnings_of_words_are_matched_where_that_is_said() -> None:
    assert found("tariff war 2", "tariffs wars 23", matching=Matching.PREFIX) == []
    assert found("tariff war 2", "tariffs wars 2", matching=Matching.PREFIX) == ["tariffs wars 2"]


def test_what_stands_aside_parts_no_words_and_is_searched_itself() -> None:
    text = "Power of [p. 4 The Arctic council] Siberia 2"
    searched = prepare_text(text, [(9, 34)])

    for term in ("Power of Siberia 2", "Arctic council"):
        assert len(find_hits(read_term(term), searched)) == 1
    assert not find_hits(read_term("of Arctic"), searched)


def test_what_stands_aside_joins_no_words() -> None:
    """A note's mark may stand between two words or, for emphasis, in one."""
    searched = prepare_text("word[^3]Next Sibe**ria**", [(4, 8), (17, 19), (22, 24)])

    for term in ("word", "word Next", "Siberia"):
        assert len(find_hits(read_term(term), searched)) == 1


def test_words_that_were_taken_for_a_running_head_part_no_name() -> None:
    searched = prepare_text("Power of\nSiberia 2", [(9, 16)])

    assert find_hits(read_term(PIPELINE), searched) == [TextSpan(0, 18)]


def test_a_name_in_a_footnote_is_found_that_a_link_parts() -> None:
    text = "Words.[^1]\n\n[^1]: See [Power of](https://example.org/x) Siberia 2.\n"

    searched = prepare_layer_text(text, find_apparatus(text))

    assert len(find_hits(read_term(PIPELINE), searched)) == 1


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("", "empty_term"),
        ("– …", "empty_term"),
        ("NOT x", "empty_term"),
        ("x NEAR/3", "empty_term"),
        ("*", "bare_star"),
        ("of *", "bare_star"),
        ("ab*", "short_star"),
        ("Si*ria", "star_inside"),
        ("中国*", "unspaced_star"),
        ("x AND y", "operator"),
        ("x NEAR y", "operator"),
        ("x near/3 y", "operator"),
        ("a " * 40, "too_long"),
        ("x NEAR/51 y", "distance"),
        ('"x', "quotation_mark"),
        ("x" * 201, "term_too_long"),
    ],
)
def test_a_term_that_cannot_be_read_is_refused(term: str, code: str) -> None:
    with pytest.raises(TermRefused) as refused:
        read_term(term)

    assert refused.value.code == code


# No capitals: `AND` would be an operator.
WORDS = st.lists(st.text("abcdeéłžдё中国0127", min_size=1, max_size=6), min_size=1, max_size=12)


@given(
    words=WORDS,
    before=WORDS,
    after=WORDS,
    between=st.sampled_from([" ", "\n", "-", " – ", "\u00a0"]),
)
def test_words_of_a_text_are_found_whatever_stands_between_them(
    words: list[str], before: list[str], after: list[str], between: str
) -> None:
    text = between.join([*before, *words, *after])

    places = find_hits(read_term(" ".join(words[:6])), prepare_text(text))

    assert places
    assert all(0 <= place.start < place.end <= len(text) for place in places)
    assert all(one < other for one, other in pairwise(places))


@given(words=WORDS, spans=st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4))
def test_no_word_of_a_text_is_lost_to_what_stands_aside(
    words: list[str], spans: list[tuple[int, int]]
) -> None:
    """Apparatus may cut a word; a word that is whole on one side is found."""
    text = " ".join(words)
    overlaps_any = [(a, min(b, len(text))) for a, b in spans if a < min(b, len(text))]
    start = text.rfind(" ") + 1
    if any(a < len(text) and b > start for a, b in overlaps_any):
        return

    assert find_hits(read_term(words[-1]), prepare_text(text, overlaps_any))


# All that is read in a way of its own: marks, what is not seen, joints, scripts, raised figures.
ANYTHING = st.text(
    "aбB12 0-\n\u00ad\u200b\u2060\u0301.,'’\u00a0中ア\u0e01\u0e34³₂½①*\"ﾞـ", max_size=40
)


@given(
    text=ANYTHING, term=ANYTHING, spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)))
)
def test_whatever_is_read_gives_places_once_and_in_order_inside_of_the_text(
    text: str, term: str, spans: list[tuple[int, int]]
) -> None:
    try:
        pattern, longer = read_term(term), read_term(term, matching=Matching.PREFIX)
    except TermRefused:
        return

    for searched in (prepare_text(text), prepare_text(text, spans)):
        places = find_hits(pattern, searched)
        assert all(0 <= place.start < place.end <= len(text) for place in places)
        assert all(one < other for one, other in pairwise(places))
        assert not places or find_hits(longer, searched)
        missed = [one.span for one in near_misses(pattern, searched)]
        assert not any(overlaps_any(places, one) for one in missed)


@given(term=ANYTHING)
def test_a_term_finds_itself(term: str) -> None:
    try:
        pattern = read_term(term)
    except TermRefused:
        return

    assert find_hits(pattern, prepare_text(term))


@given(
    text=ANYTHING, term=ANYTHING, spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)))
)
def test_to_pass_over_something_loses_no_hit(
    text: str, term: str, spans: list[tuple[int, int]]
) -> None:
    try:
        pattern = read_term(term)
    except TermRefused:
        return

    with_it = find_hits(pattern, prepare_text(text, spans))

    assert all(overlaps_any(with_it, place) for place in find_hits(pattern, prepare_text(text)))


CORPUS = Path(__file__).resolve().parents[5] / "shared" / "corpus"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the five documents are not beside the project")
def test_four_of_the_five_documents_name_the_pipeline() -> None:
    counts = {
        file.stem: len(
            find_hits(read_term(PIPELINE), prepare_layer_text(text, find_apparatus(text)))
        )
        for file in CORPUS.glob("*.txt")
        if (text := file.read_text())
    }

    assert sorted(counts.values()) == [0, 1, 1, 1, 1]
    assert counts["pism-spotlight-brotherhood-of-arms"] == 0


@pytest.mark.parametrize(
    "text",
    ["a" * 200_000, "a " * 100_000, "*" * 200_000, "-\n" * 100_000, "中" * 100_000,
     "a\u200b" * 40_000, "a-\n" * 40_000, "a." * 40_000, "\u0301" * 200_000,
     "a" + "\u2060" * 200_000, "1,000" * 40_000],
)  # fmt: skip
def test_a_hostile_text_takes_no_longer_than_another(text: str) -> None:
    began = time.process_time()

    for term in ("aaa*", "a a a a a a b", "aaa* NEAR/50 *aaa", "中中中中中文"):
        find_hits(read_term(term), prepare_text(text))

    assert time.process_time() - began < 10
