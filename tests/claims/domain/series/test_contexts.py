"""Words in context: one line for a place, and how lines sort."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.series.contexts import CONTEXT_LENGTH, ContextOrder, words_in_context

TEXT = "They speak of\nthe Arctic\f and of   trade."


def test_a_place_stands_on_one_line_with_its_neighbours() -> None:
    start = TEXT.index("Arctic")

    line = words_in_context(TEXT, start, start + len("Arctic"))

    assert (line.before, line.words, line.after) == (
        "They speak of the ",
        "Arctic",
        " and of trade.",
    )


def test_context_is_cut_between_words() -> None:
    text = "beginning " + "word " * 40 + "here" + " word" * 40 + " ending"
    start = text.index("here")

    line = words_in_context(text, start, start + 4)

    assert set(line.before.split()) == set(line.after.split()) == {"word"}
    assert max(len(line.before), len(line.after)) <= CONTEXT_LENGTH


def test_context_of_a_script_without_spaces_is_cut_anywhere() -> None:
    text = "北" * 100 + "极" + "南" * 100

    line = words_in_context(text, 100, 101)

    assert (len(line.before), len(line.after)) == (CONTEXT_LENGTH, CONTEXT_LENGTH)


@pytest.mark.parametrize(
    ("order", "key"),
    [
        (ContextOrder.TEXT, ()),
        (ContextOrder.LEFT, ("the", "of", "speak", "they")),
        (ContextOrder.RIGHT, ("and", "of", "trade")),
    ],
)
def test_the_nearest_neighbour_is_compared_first(order: ContextOrder, key: tuple[str, ...]) -> None:
    start = TEXT.index("Arctic")

    assert words_in_context(TEXT, start, start + 6).sort_key(order) == key


@given(st.text(max_size=300), st.data())
def test_a_line_has_no_line_end_and_keeps_the_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    line = words_in_context(text, start, end)

    assert line.words.split() == text[start:end].split()
    assert not {"\n", "\f", "\r"} & set(line.before + line.words + line.after)
    assert (
        text[:start].split()[-1:] == line.before.split()[-1:]
        or len(line.before) > 40
        or not line.before.strip()
    )
