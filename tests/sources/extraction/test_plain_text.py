"""From the bytes of a plain-text file to the text of a layer."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.text.spans import DoubtfulSpan
from sources.extraction.layer import as_layer
from sources.extraction.plain_text import read_plain_text
from sources.extraction.reader_types import Content, Unreadable
from sources.vocabulary import DoubtKind
from tests.plain import file_of, layer_of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_utf_8_and_what_has_a_mark_give_the_same_text(encoding: str) -> None:
    assert layer_of("Zażółć – 中".encode(encoding)).text == "Zażółć – 中"


def test_big_endian_utf_16_is_read_by_its_mark() -> None:
    assert layer_of(b"\xfe\xff" + "中".encode("utf-16-be")).text == "中"


def test_line_ends_become_one_and_letters_are_composed() -> None:
    assert layer_of("one\r\ntwo\rcafe\u0301\n".encode()).text == "one\ntwo\ncaf\u00e9\n"


REFUSED = [
    (b"caf\xe9", "encoding"),
    (b"\xff\xfea", "encoding"),
    (b"a\0b", "nul"),
    (b"\xff\xfea\0\0\0", "nul"),
    (b"", "empty"),
    (b"\xef\xbb\xbf \r\n\f", "empty"),
]


@pytest.mark.parametrize(
    ("data", "code"), REFUSED, ids=[f"{index}-{code}" for index, (_, code) in enumerate(REFUSED)]
)
def test_what_is_no_text_is_refused_with_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_plain_text(file_of(data))

    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_a_nul_among_many_characters_is_replaced_and_said() -> None:
    content = read_plain_text(file_of(b"Trade fell.\nIt rose\0 again after that."))

    assert content.text == "Trade fell.\nIt rose\ufffd again after that."
    assert content.metadata["replaced"] == {
        "count": 1,
        "in_text": 1,
        "places": [{"line": 2, "character": 8, "was": "U+0000"}],
    }


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_a_text_is_read_once_and_for_all(written: str) -> None:
    layer = as_layer(Content(written))

    assert unicodedata.is_normalized("NFC", layer.text)
    assert "\r" not in layer.text
    assert as_layer(Content(layer.text)) == layer


@given(
    st.lists(st.sampled_from(["e", "\u0301", "\r", "\n", "\u1100", "\u1161", "x"]), min_size=1),
    st.data(),
)
def test_doubtful_spans_keep_their_words_through_composition(
    written: list[str], data: st.DataObject
) -> None:
    text = "".join(written)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    doubt = DoubtfulSpan(start, end, DoubtKind.HIDDEN)

    layer = as_layer(Content(text, doubts=(doubt,)))

    covered = "".join(layer.text[each.start : each.end] for each in layer.doubts)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert layer.text == unicodedata.normalize("NFC", plain)
    assert covered.count("x") == text[start:end].count("x")
