"""Where a quote would cut a word or a number, and is therefore not there."""

import pytest

from sources.domain.grading.quotes import grade_quote

CUTS = [
    # Signs and units of numbers
    ("9%", "by ≠9%"),
    ("9%", "by ≫ 9%"),
    ("9%", "by ⩾9%"),
    ("9%", "by √9%"),
    ("9%", "by ¬9%"),
    ("3 m", "by 4 × 3 m"),
    ("10⁶ tons", "some 5 × 10⁶ tons"),
    ("3", "by 4÷3"),
    ("9", "at 9℃"),
    ("9", "at 9 ℃"),
    ("5 km", "at 5 km/h"),
    ("10", "some 10^n units"),
    ("n units", "some 10^n units"),
    ("5", "( 5 ) in May"),
    ("rated A", "rated A− by"),
    ("rated BBB", "rated BBB+ by"),
    ("rated BBB", "rated BBB- by"),
    # Parts of numbers and ranges
    ("100 people", "some 1_100 people"),
    ("2", "about 1／2 of"),
    ("30", "at 10∶30 then"),
    ("2 tons", "some 3～2 tons"),
    ("fell by 9", "fell by 9 – 10%"),
    ("10%", "fell by 9 – 10%"),
    # Words
    ("able", "was un\u00ad\nable to"),
    ("able", "was un\u00ad \n able to"),
    ("agree", "they dis- agree"),
    ("they can", "they can´t go"),
    ("they can", "they can`t go"),
    ("lies over", "it ﬂies over"),
    ("inancial", "a ﬁnancial one"),
    ("st ﬀ", "st ﬀi"),
    ("he … lies over", "he often ﬂies over"),
    ("he … f", "he often ﬁ then"),
    ("opera\u00ad", "the opera\u00ad\ntional one"),
    ("同意", "中国不同意"),
    ("同意", "中国没有同意"),
    ("賛成し", "賛成しない"),
    ("ไป", "เขาไม่ไป"),
]


@pytest.mark.parametrize(("quote", "text"), CUTS)
def test_a_part_of_a_word_or_number_is_not_verified(quote: str, text: str) -> None:
    assert not grade_quote(quote, text).grade.is_located


WHOLE = [
    ("Western sanctions", "deterrents- Western sanctions"),
    ("9 ships", "losses – 9 ships – were"),
    ("and/or", "it and/or that"),
    ("Russia signed", "that China/Russia signed"),
    ("同意", "中国同意"),
    ("snake", "a snake_case"),
    ("A plan", "rated: A plan"),
    ("9%", "a | 9% | b"),
    ("9%", "so → 9% now"),
]


@pytest.mark.parametrize(("quote", "text"), WHOLE)
def test_whole_words_and_numbers_are_found(quote: str, text: str) -> None:
    assert grade_quote(quote, text).grade.is_located
