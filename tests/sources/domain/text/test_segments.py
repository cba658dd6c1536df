"""A text cut up for reading: nothing is lost, and every stretch knows what covers it."""

from hypothesis import given
from hypothesis import strategies as st

from sources.domain.text.pages import find_pages
from sources.domain.text.segments import (
    Mark,
    Segment,
    blanked,
    masked,
    part_with,
    parts_of,
    segments_of,
)

TEXTS = st.text(st.sampled_from("ab \n\f\u200b\u202eשم漢"), max_size=80)


@st.composite
def covered(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A text with marks on it."""
    text = draw(TEXTS.filter(bool))
    places = st.integers(0, len(text))
    ends = draw(st.lists(st.tuples(st.integers(1, 4), places, places), max_size=6))
    marks = [Mark(number, min(a, b), max(a, b)) for number, a, b in ends if a != b]
    return text, marks


#    0    5    10   15
#    Trade fell by 9%.
#    [1      ]          a quote
#          [2    ]      another one
#                 ~     apparatus
def test_overlapping_quotes_are_split_where_they_begin_and_end() -> None:
    text = "Trade fell by 9%."
    marks = [Mark(1, 0, 10), Mark(2, 6, 13)]
    found = segments_of(text, (0, 17), marks, [(16, 17, "note")])
    assert found == [
        Segment(0, "Trade ", quotes=(1,), begins=(1,)),
        Segment(6, "fell", quotes=(1, 2), begins=(2,), ends=(1,)),
        Segment(10, " by", quotes=(2,), ends=(2,)),
        Segment(13, " 9%"),
        Segment(16, ".", apparatus="note"),
    ]


def test_a_quote_in_pieces_begins_and_ends_once() -> None:
    found = segments_of("one two three", (0, 13), [Mark(7, 0, 3), Mark(7, 8, 13)])
    assert [(one.text, one.begins, one.ends) for one in found if one.quotes] == [
        ("one", (7,), ()),
        ("three", (), (7,)),
    ]


def test_what_prints_nothing_stands_apart_run_by_run() -> None:
    found = segments_of("a\u200b\u200b\u200cb", (0, 5))
    assert [(one.text, one.is_invisible) for one in found] == [
        ("a", False),
        ("\u200b\u200b", True),
        ("\u200c", True),
        ("b", False),
    ]


@given(covered(), st.data())
def test_segments_joined_are_the_stretch_they_came_from(
    world: tuple[str, list[Mark]], data: st.DataObject
) -> None:
    text, marks = world
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    segments = segments_of(text, (start, end), marks)
    assert "".join(one.text for one in segments) == text[start:end]
    for one in segments:
        covering = {mark.number for mark in marks if mark.start <= one.start < mark.end}
        assert set(one.quotes) == covering
        assert text[one.start : one.end] == one.text


@given(TEXTS, st.integers(2, 20))
def test_parts_follow_on_each_other_and_are_small(text: str, size: int) -> None:
    parts = parts_of(text, find_pages(text), size)
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(end - start <= size for start, end in parts)
    for position in range(len(text)):
        start, end = parts[part_with(parts, position)]
        assert start <= position < end


def test_a_part_ends_with_a_page_where_one_fits() -> None:
    text = "first page\fsecond page\fthird page"
    assert [text[slice(*part)] for part in parts_of(text, find_pages(text), 25)] == [
        "first page\fsecond page\f",
        "third page",
    ]


def test_a_page_that_is_too_long_is_cut_after_a_line_or_a_word() -> None:
    text = "some words\nand some more words"
    assert [text[slice(*part)] for part in parts_of(text, (), 16)] == [
        "some words\n",
        "and some more ",
        "words",
    ]


def test_a_title_page_alone_is_no_part() -> None:
    text = "Title\f" + "some words " * 10
    assert [len(text[slice(*part)]) for part in parts_of(text, find_pages(text), 50)] == [
        50,
        49,
        17,
    ]


def test_a_masked_text_keeps_every_position() -> None:
    assert masked("one two\nthree.", [(4, 13)]) == "one ███\n█████."


@given(st.data(), TEXTS)
def test_places_in_any_order_and_over_each_other_are_masked_and_blanked(
    data: st.DataObject, text: str
) -> None:
    position = st.integers(0, len(text))
    places = data.draw(st.lists(st.tuples(position, position)))

    within = [any(start <= at < end for start, end in places) for at in range(len(text))]
    pairs = list(zip(text, within, strict=True))
    hidden = "".join("\u2588" if is_in and not one.isspace() else one for one, is_in in pairs)
    empty = "".join(" " if is_in and one not in "\n\f" else one for one, is_in in pairs)
    assert masked(text, places) == hidden
    assert blanked(text, places) == empty


def test_many_places_of_a_long_text_are_masked_in_one_walk() -> None:
    text = "one two " * 100_000
    places = [(at, at + 3) for at in range(0, len(text), 8)]

    assert masked(text, places) == "███ two " * 100_000
