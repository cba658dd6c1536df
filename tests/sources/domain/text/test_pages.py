"""The pages of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.text.pages import Page, find_pages, page_containing, printed_label


def test_form_feeds_part_pages_and_belong_to_none() -> None:
    # one\f two \f \n
    # 012 3 4567 8 9
    pages = find_pages("one\ftwo!\f\n")

    assert pages == (Page(0, "1", 0, 3), Page(1, "2", 4, 8))
    assert page_containing(pages, 4) == pages[1]
    assert page_containing(pages, 3) is None


def test_an_empty_page_inside_keeps_its_number() -> None:
    assert [page.label for page in find_pages("one\f\fthree")] == ["1", "2", "3"]


def test_a_text_without_form_feeds_is_one_page_without_a_label() -> None:
    assert find_pages("one") == (Page(0, "", 0, 3),)


@given(st.text(alphabet="ab \n\f", max_size=30))
def test_pages_and_what_parts_them_are_the_whole_text(text: str) -> None:
    pages = find_pages(text)

    parted = "\f".join(text[page.start : page.end] for page in pages)
    assert text.removeprefix(parted).strip("\f \n") == ""
    assert [page.index for page in pages] == list(range(len(pages)))


@pytest.mark.parametrize(
    ("offset", "printed"), [(None, "iv"), (5, "8"), (-2, "1"), (-3, "iv"), (-9, "iv")]
)
def test_what_a_person_numbers_comes_before_the_label_of_the_file(
    offset: int | None, printed: str
) -> None:
    assert printed_label(Page(3, "iv", 0, 1), offset) == printed
