import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.text.paragraphs import as_paragraphs, paragraph_after, paragraph_before

TEXTS = st.text("ab .\n\f", max_size=60)

#      title        the paragraph before      the beginning of the paragraph
TEXT = "Title\n\nNobody signed it.\n\nThe minister said that "


@pytest.mark.parametrize(
    ("least", "before"),
    [
        (5, "The minister said that "),
        (30, "Nobody signed it.\n\nThe minister said that "),
        (60, TEXT),
    ],
)
def test_a_short_paragraph_brings_the_one_before_it(least: int, before: str) -> None:
    assert paragraph_before(TEXT, least) == before


def test_what_follows_ends_with_its_paragraph_or_a_later_one() -> None:
    text = " on Monday.\n \nIt was raining.\fA new page."
    assert paragraph_after(text, 3) == " on Monday."
    assert paragraph_after(text, 20) == " on Monday.\n \nIt was raining."
    assert paragraph_after(text, 90) == text


@given(TEXTS, st.integers(0, 70))
def test_nothing_between_the_place_and_the_cut_is_lost(text: str, least: int) -> None:
    before, after = paragraph_before(text, least), paragraph_after(text, least)
    assert text.endswith(before)
    assert text.startswith(after)
    assert len(before) >= min(least, len(text))
    assert len(after) >= min(least, len(text))


@given(TEXTS)
def test_only_white_space_changes_where_lines_are_run_together(text: str) -> None:
    assert as_paragraphs(text).split() == text.split()
    assert "\f" not in as_paragraphs(text)


def test_lines_are_run_together_and_paragraphs_stay_apart() -> None:
    assert as_paragraphs("Trade\nfell.\n\nIt was\f raining.") == "Trade fell.\n\nIt was\n\nraining."
