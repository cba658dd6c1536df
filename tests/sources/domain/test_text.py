"""From the bytes of a plain-text file to the text of a layer."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.text import MAX_BYTES, Page, TextRefused, find_pages, page_at, read_plain_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_marked_utf_16_give_the_same_text(encoding: str) -> None:
    assert read_plain_text("Zażółć – 中".encode(encoding)).text == "Zażółć – 中"


def test_big_endian_utf_16_is_read_by_its_mark() -> None:
    assert read_plain_text(b"\xfe\xff" + "中".encode("utf-16-be")).text == "中"


def test_line_ends_become_one_and_letters_are_composed() -> None:
    layer = read_plain_text("one\r\ntwo\rcafe\u0301\n".encode())

    assert layer.text == "one\ntwo\ncaf\u00e9\n"
    assert layer.sha256 == hashlib.sha256(layer.text.encode()).hexdigest()


REFUSED = [
    (b"caf\xe9", "encoding"),
    (b"\xff\xfea", "encoding"),
    ("a".encode("utf-32"), "encoding"),
    (b"a\0b", "nul"),
    (b"\xff\xfea\0\0\0", "nul"),
    (b"", "empty"),
    (b"\xef\xbb\xbf \r\n\f", "empty"),
    (b"a" * (MAX_BYTES + 1), "too_large"),
]


@pytest.mark.parametrize(
    ("content", "code"), REFUSED, ids=[f"{index}-{code}" for index, (_, code) in enumerate(REFUSED)]
)
def test_what_is_no_text_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(TextRefused) as refused:
        read_plain_text(content)

    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_form_feeds_part_pages_and_belong_to_none() -> None:
    # one\f two \f \n
    # 012 3 4567 8 9
    pages = find_pages("one\ftwo!\f\n")

    assert pages == (Page(0, "1", 0, 3), Page(1, "2", 4, 8))
    assert page_at(pages, 4) == pages[1]
    assert page_at(pages, 3) is None


def test_an_empty_page_inside_keeps_its_number() -> None:
    assert [page.label for page in find_pages("one\f\fthree")] == ["1", "2", "3"]


def test_a_text_without_form_feeds_is_one_page_without_a_label() -> None:
    assert find_pages("one") == (Page(0, "", 0, 3),)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_a_text_is_read_once_and_for_all(text: str) -> None:
    try:
        layer = read_plain_text(text.encode("utf-8-sig"))
    except TextRefused:
        return

    assert unicodedata.is_normalized("NFC", layer.text)
    assert read_plain_text(layer.text.encode("utf-8-sig")) == layer
    assert "\f".join(layer.text[page.start : page.end] for page in layer.pages) == (
        layer.text
        if len(layer.pages) == layer.text.count("\f") + 1
        else layer.text.rpartition("\f")[0]
    )
