"""Bytes without a meaning and controls: the file keeps its text, and they are said."""

from typing import Any

import pytest

from sources.extraction.encoding import decoded
from sources.extraction.html.reader import read_html
from sources.extraction.markdown import read_markdown
from sources.extraction.reader_types import Content, Unreadable
from tests.plain import file_of

PAGE = """<html><head><title>Trade</title></head><body><article><h1>Trade</h1>
<p>Trade with the Élysée fell by 9{}% in May, said the ministry – à Genève.</p>
<p>It rose after that for a number of reasons that nobody knows.</p></article></body></html>"""
SENTENCE = "Die Minister trafen sich für zwei Tage in Köln: Größe und Übung. "


def read_page(inside: bytes, media_type: str = "text/html") -> Content:
    before, after = PAGE.encode().split(b"{}")
    return read_html(file_of(before + inside + after, media_type))


def places(content: Content) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = content.metadata["replaced"]["places"]
    return found


@pytest.mark.parametrize("media_type", ["text/html", "text/html; charset=utf-8"])
@pytest.mark.parametrize(
    ("bad", "was"),
    [
        (b"\xff", "byte FF"),
        (b"\x92", "byte 92"),
        (b"\xe2\x80", "byte E2 80"),
        (b"\x01", "U+0001"),
        (b"\x1f", "U+001F"),
        (b"\0", "U+0000"),
        ("\ufffe".encode(), "U+FFFE"),
    ],
)
def test_one_bad_byte_or_control_keeps_the_page_and_its_place_is_said(
    bad: bytes, was: str, media_type: str
) -> None:
    content = read_page(bad, media_type)

    assert "fell by 9\ufffd% in May" in content.text
    assert "nobody knows." in content.text
    assert content.metadata["encoding"] == "utf-8"
    assert places(content) == [{"line": 2, "character": 35, "was": was}]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("iso2022_jp", "貿易は五月に減った。" * 40),
        ("iso2022_kr", "무역은 오월에 감소했다. " * 40),
        ("hz", "贸易在五月减少了。" * 40),
    ],
)
def test_a_damaged_text_in_an_encoding_with_shifts_is_read_by_no_guess(
    encoding: str, text: str
) -> None:
    """Behind a bad byte kanji would be read as letters, or as the bytes that stand for them."""
    data = text.encode(encoding)

    assert decoded(file_of(data), declared=[encoding]).text == text
    for bad in (b"\xff", b"\x1b$Z"):
        with pytest.raises(Unreadable, match=f"said to be in {encoding} and is damaged"):
            decoded(file_of(data[:201] + bad + data[201:]), declared=[encoding])


@pytest.mark.parametrize("reference", ["&#1;", "&#x1F;", "&#xFFFE;", "&#55296;"])
def test_a_reference_to_a_control_keeps_the_page(reference: str) -> None:
    assert "fell by 9\ufffd% in May" in read_page(reference.encode()).text


def test_a_reference_to_a_letter_stays_one() -> None:
    assert "fell by 9é–’% in May" in read_page(b"&#233;&#x2013;&#x92;").text


def test_a_vertical_tab_is_a_line_end() -> None:
    content = read_page(b"\x0b")

    assert "fell by 9 % in May" in content.text
    assert "replaced" not in content.metadata


def test_a_control_in_markdown_is_replaced_and_said() -> None:
    content = read_markdown(file_of(b"Trade fell\x1f by 9%.", "text/markdown"))

    assert content.text == "Trade fell\ufffd by 9%."
    assert places(content) == [{"line": 1, "character": 11, "was": "U+001F"}]


@pytest.mark.parametrize(
    ("data", "declared", "how"),
    [
        ((SENTENCE * 3).encode() + b"\x92.", ["iso-8859-1"], "utf-8"),
        ((SENTENCE * 3).encode() + b"\x92.", [], "utf-8"),
        (b"Trade fell by nine percent\x92.", ["utf-8"], "utf-8"),
        ("Торговля снизилась".encode("cp1251") + b"\x98.", ["cp1251"], "cp1251 (as said)"),
        (b"\xef\xbb\xbf" + SENTENCE.encode() + b"\x92.", [], "utf-8 (by its mark)"),
        (b"\xfe\xff" + SENTENCE.encode("utf-16-be") + b"\xd8\0\0.", [], "utf-16 (by its mark)"),
    ],
)
def test_a_few_bytes_without_a_meaning_are_replaced(
    data: bytes, declared: list[str], how: str
) -> None:
    read = decoded(file_of(data), declared=declared)

    assert (read.text[-2:], read.how) == ("\ufffd.", how)
    assert len(read.replaced) == 1


@pytest.mark.parametrize("declared", [["utf-8"], []])
def test_many_bytes_without_a_meaning_are_another_encoding(declared: list[str]) -> None:
    read = decoded(file_of((SENTENCE * 3).encode("cp1252")), declared=declared)

    assert (read.text, read.how) == (SENTENCE * 3, "cp1252 (guessed, as de)")
    assert not read.replaced


@pytest.mark.parametrize("data", [b"caf\xe9", b"\xff\xfe\xfd", b"\xef\xbb\xbf\xff\xff"])
def test_what_is_bad_for_the_most_part_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        decoded(file_of(data))


def test_the_first_places_of_many_are_listed() -> None:
    data = ("Größe\n" * 2_000).encode().replace(b"\n", b"\xff\n", 30)

    read = decoded(file_of(data), declared=["utf-8"])
    listed = read.metadata(read.text)["replaced"]

    assert (listed["count"], listed["in_text"], len(listed["places"])) == (30, 30, 20)
    assert listed["places"][1] == {"line": 2, "character": 6, "was": "byte FF"}
