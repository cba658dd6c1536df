"""Gaps of shortened quotes: never verified by themselves, with warnings that say their reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.grading.doubts import Doubt
from sources.domain.grading.gaps import gap_warnings
from sources.domain.grading.quotes import grade_quote
from sources.vocabulary import DoubtKind, Grade


def gaps_of(quote: str, text: str) -> list[Doubt]:
    """The gaps of a quote that stands in a text shortened."""
    graded = grade_quote(quote, text)
    assert graded.grade is Grade.ELIDED
    return [doubt for doubt in graded.doubts if doubt.kind == DoubtKind.GAP]


def warnings_of(quote: str, text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The kinds and words of all warnings about the gaps of a quote."""
    return [
        (warning.kind.value, warning.words)
        for gap in gaps_of(quote, text)
        for warning in gap_warnings(text, gap.start, gap.end)
    ]


TURNING = [
    ("The government … sign the deal", "The government declined to sign the deal.", "declined"),
    ("The party … the plan", "The party opposes the plan.", "opposes"),
    ("Trade … fallen", "Trade would have fallen.", "would have"),
    ("rząd … podpisania", "rząd odmówił podpisania", "odmówił"),
    ("Правительство … подписать", "Правительство отказалось подписать", "отказалось"),
    ("De regering … tekenen", "De regering weigerde te tekenen", "weigerde"),
    ("Die Regierung … zu zahlen", "Die Regierung weigerte sich zu zahlen", "weigerte"),
    ("Der Minister … das", "Der Minister bestreitet das", "bestreitet"),
    ("政府 … 此事", "政府 否认 此事", "否"),
    ("政府 … 签署", "政府 拒绝 签署", "拒"),
    ("الحكومة … توقيع", "الحكومة ترفض توقيع", "ترفض"),
    ("Patients were at risk … therapy", "Patients were at risk of failure of therapy", "failure"),
    ("did … rise", "did **not** rise", "not"),
    ("did … rise", "did no\u00adt rise", "not"),
    ("did … rise", "did not¹ rise\n\n¹ A note.", "not"),
    ("They … leave", "They can’t possibly leave", "can’t"),
    ("Торговля … выросла", "Торговля в мае не выросла", "не"),
    ("Handel … gewachsen", "Handel ist nicht gewachsen", "nicht"),
    ("Trade … rise", "Trade in the U.S. Northeast did not, in the U.K. South, rise", "not"),
    ("handel … groeit", "handel niet groeit", "niet"),
    ("무역은 … 증가했다", "무역은 안 증가했다", "안"),
    ("व्यापार … है", "व्यापार नहीं है", "नहीं"),
    ("הסחר … ירד", "הסחר לא ירד", "לא"),
]


@pytest.mark.parametrize(("quote", "text", "word"), TURNING)
def test_a_word_left_out_that_can_turn_the_sense_is_named(quote: str, text: str, word: str) -> None:
    assert warnings_of(quote, text)[0] == ("turns", (word,))


JOINED = [
    ("Exports … fell 9%", "Exports rose in May. Imports fell 9% in June."),
    ("Putin … resigned", "Putin met the minister. Shoigu resigned in May."),
    ("Putin … resigned", "Putin met him in 2024. 35 ministers resigned."),
    ("Putin … resigned", "Putin said “so.” Shoigu resigned."),
    ("It rose … trade fell", "It rose. Then trade fell."),
    ("Trade report … fell", "Trade report\n\nIt fell."),
    ("习近平 … 辞职", "习近平 见面。部长 辞职"),
    ("प्रधान … गया", "प्रधान आया। मंत्री गया"),
]


@pytest.mark.parametrize(("quote", "text"), JOINED)
def test_a_gap_over_a_sentences_end_needs_a_note(quote: str, text: str) -> None:
    (gap,) = gaps_of(quote, text)

    assert gap.needs_note
    assert [kind for kind, _words in warnings_of(quote, text)] == ["joins-sentences"]


def test_whole_sentences_left_out_need_a_note_and_join_nothing() -> None:
    text = "They met in China. He said it. In 2025, trade fell."

    (gap,) = gaps_of("met in China. … In 2025, trade", text)

    assert gap.needs_note
    assert warnings_of("met in China. … In 2025, trade", text) == [("sentences", ())]


WITHIN = [
    ("Trade … fell", "Trade with Mr. Xi and others fell"),
    ("Trade … fell", "Trade of the U.S. Northeast fell"),
    ("Trade … fell", "Trade (cf. Nr. 5 of J. Smith et al. 2020) fell"),
    ("It rose. … trade fell", "It rose. Then trade fell."),
    ("Handel … sank", "Handel im Sept. 2025 mit z. B. China sank"),
]


@pytest.mark.parametrize(("quote", "text"), WITHIN)
def test_a_gap_within_a_sentence_needs_no_note(quote: str, text: str) -> None:
    (gap,) = gaps_of(quote, text)

    assert not gap.needs_note
    assert warnings_of(quote, text) == []


def test_a_gap_over_a_clauses_end_is_named() -> None:
    assert warnings_of("Exports … fell", "Exports rose, but imports fell") == [
        ("joins-clauses", ())
    ]


SENTENCES = st.lists(
    st.sampled_from(["trade", "fell", "He", "in", "May", "Ships.", "rose.", "2025.", "not"]),
    min_size=4,
    max_size=12,
)


@given(SENTENCES, st.data())
def test_a_stop_that_is_left_out_always_asks_for_a_note(
    words: list[str], data: st.DataObject
) -> None:
    text = "Xi said " + " ".join(words) + " Putin resigned"
    begin = data.draw(st.integers(0, len(words) - 1))
    left_out = words[begin:]

    graded = grade_quote(" ".join(["Xi said", *words[:begin], "… Putin resigned"]), text)

    assert graded.grade is Grade.ELIDED
    stops = any(word.endswith(".") for word in left_out) and any(
        word.endswith(".") and not (follows or "Putin").islower()
        for word, follows in zip(left_out, [*left_out[1:], "Putin"], strict=True)
    )
    assert [doubt.needs_note for doubt in graded.doubts] == [stops]
