"""White space beside Chinese and Japanese in quotes and in the texts they stand in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.grading.quotes import grade_quote
from sources.domain.text.apparatus import Span
from sources.domain.text.folding import Folded
from sources.vocabulary import ApparatusKind, Grade

EXACT, FOLDED, DRIFTED, MISSING = Grade.EXACT, Grade.FOLDED, Grade.DRIFTED, Grade.MISSING

CASES = [
    # A line end within Chinese or Japanese, on either side
    (FOLDED, "签署了新的协议", "双方签署了\n新的协议。"),
    (FOLDED, "签署了\n新的协议", "双方签署了新的协议。"),
    (FOLDED, "签署了\r\n新的协议", "双方签署了新的协议。"),
    (FOLDED, "签署了 新的协议", "双方签署了\n新的协议。"),
    (FOLDED, "签署了新的协议", "双方签署了\n\u3000\u3000新的协议。"),
    (FOLDED, "签署了新的协议", "双方签署了\n\f新的协议。"),
    (FOLDED, "他说：“新的协议", "他说：\n“新的协议”"),
    (FOLDED, "协议。双方", "新的协议。\n双方"),
    (FOLDED, "新しい協定に署名した", "両国は新しい協\n定に署名した。"),
    (FOLDED, "パイプライン", "パイプ\nライン"),
    (FOLDED, "ー「協定」", "メーカー\n「協定」"),
    # Beside a number or a word of another script it may have been a space or nothing
    (FOLDED, "中国2025年", "在中国\n2025年"),
    (FOLDED, "中国 2025 年", "在中国\n2025年"),
    (FOLDED, "使用Windows系统", "使用\nWindows 系统"),
    # Columns of numerals, signs and dashes stay apart
    (MISSING, "十三", "十\n三"),
    (DRIFTED, "下降十三万吨", "下降十\n三万吨"),
    (DRIFTED, "下降了9%", "下降了\n-9%"),
    (MISSING, "20259", "2025\n9"),
    # Other letters, other digits
    (DRIFTED, "签署了旧的协议", "双方签署了\n新的协议。"),
    # Korean and Latin part words by spaces
    (DRIFTED, "새협정에 서명했다", "양국은 새\n협정에 서명했다"),
    (FOLDED, "새 협정에 서명했다", "양국은 새\n협정에 서명했다"),
    (DRIFTED, "韓國정부는 서명했다", "韓國\n정부는 서명했다"),
    (DRIFTED, "newagreement was signed", "the new\nagreement was signed"),
]


@pytest.mark.parametrize(("grade", "quote", "text"), CASES)
def test_white_space_beside_chinese_and_japanese_is_nothing(
    grade: Grade, quote: str, text: str
) -> None:
    assert grade_quote(quote, text).grade is grade


def test_the_place_is_that_of_the_words_in_the_text() -> None:
    text = "双方签署了\n新的协议。"

    graded = grade_quote("签署了新的协议", text)

    assert (graded.start, graded.end) == (2, 10)
    assert text[graded.start : graded.end] == "签署了\n新的协议"
    assert [(one.kind, one.words, one.quoted) for one in graded.passed_over] == [
        ("white-space", "\n", "")
    ]


def test_a_line_ends_behind_the_mark_of_a_note_and_before_a_running_head() -> None:
    text = "签署了¹\n年度报告\n\f新的协议"
    spans = [
        Span(3, 4, ApparatusKind.NOTE),
        Span(5, 9, ApparatusKind.RUNNING_HEAD),
    ]

    assert grade_quote("签署了新的协议", text, apparatus=spans).grade is FOLDED


@given(st.text("中国签、。あア“ \n\u3000\t9aé", max_size=30))
def test_line_ends_between_wide_characters_make_no_difference(text: str) -> None:
    wrapped = text.replace("中", "中\n").replace("国", "\n国")

    assert Folded(wrapped.strip()).text == Folded(text.strip()).text


@given(st.text("中一9a- \n\u3000“é한", max_size=30))
def test_positions_lead_back_to_the_same_characters(text: str) -> None:
    folded = Folded(text)

    for at, character in enumerate(folded.text):
        if character.isalnum():
            assert text[folded.start(at) : folded.end(at + 1)] == character


def test_a_megabyte_of_spaces_beside_a_sign_is_folded_at_once() -> None:
    assert Folded(" " * 1_000_000 + "中").text == " 中"
