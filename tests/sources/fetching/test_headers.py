"""File names, media types and character sets in headers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.refusals import is_invisible
from sources.fetching.headers import (
    MAX_NAME_LENGTH,
    charset_in,
    clean_file_name,
    decode_header,
    file_name_in,
    kept_headers,
    media_type_in,
)

URL = "https://press.example.org/a/gas%20trade.pdf?x=1"


@pytest.mark.parametrize(
    ("disposition", "url", "name"),
    [
        ("", URL, "gas trade.pdf"),
        ("", "https://press.example.org/a/", "a"),
        ("", "https://press.example.org/", "press.example.org"),
        ("", "https://press.example.org/%2e%2e/%2e%2e", "press.example.org"),
        ("", "https://press.example.org/..%2f..%2fetc%2fpasswd", "passwd"),
        ("", "https://press.example.org/a%00b%0d%0a.html", "ab.html"),
        ("", "https://press.example.org/%D0%B3%D0%B0%D0%B7.html", "газ.html"),
        ('attachment; filename="report.pdf"', URL, "report.pdf"),
        ("attachment; filename=report.pdf", URL, "report.pdf"),
        ("attachment; filename*=UTF-8''%D0%B3%D0%B0%D0%B7.pdf", URL, "газ.pdf"),
        ("attachment; filename*=nonsense''%D0%B3.pdf", URL, None),
        ('attachment; filename="../../etc/passwd"', URL, "passwd"),
        (r'attachment; filename="C:\\Windows\\a.pdf"', URL, "a.pdf"),
        ('attachment; filename="a\x00\x1b[31m.pdf"', URL, "a[31m.pdf"),
        ('attachment; filename="a\u202efdp.exe"', URL, "afdp.exe"),
        ('attachment; filename="..."', URL, "gas trade.pdf"),
        ("attachment", URL, "gas trade.pdf"),
        ("attachment; filename=" + "a" * 9_000, URL, "gas trade.pdf"),
    ],
)
def test_a_file_is_called_what_its_server_or_its_path_says(
    disposition: str, url: str, name: str | None
) -> None:
    assert name is None or file_name_in(disposition, url).replace("\ufffd", "") == name


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_file_name("a" * 400 + ".pdf") == "a" * (MAX_NAME_LENGTH - 4) + ".pdf"


@given(st.text(max_size=300))
def test_a_file_name_is_short_visible_and_no_path(text: str) -> None:
    for name in (clean_file_name(text), file_name_in(f'a; filename="{text}"', URL)):
        assert len(name) <= MAX_NAME_LENGTH
        assert not set(name) & set('/\\<>:"|?*')
        assert not any(is_invisible(character) for character in name)
        assert name not in (".", "..")
        assert unicodedata.is_normalized("NFC", name)
        assert clean_file_name(name) == name


@given(st.text(max_size=80))
def test_any_disposition_gives_a_name(text: str) -> None:
    assert file_name_in(text, URL)
    assert file_name_in(f"attachment; filename*{text}", URL)
    assert file_name_in(f"attachment; filename*0*=UTF-8''{text}; filename*2={text}", URL)


@pytest.mark.parametrize(
    ("header", "media_type", "charset"),
    [
        ("text/html; charset=UTF-8", "text/html", "utf-8"),
        ('Text/HTML ;CHARSET="windows-1251"', "text/html", "windows-1251"),
        ("application/pdf", "application/pdf", ""),
        ("", "", ""),
        ("text", "", ""),
        ("text/html\0", "", ""),
        ("a" * 90 + "/b", "", ""),
    ],
)
def test_a_content_type_says_media_type_and_charset(
    header: str, media_type: str, charset: str
) -> None:
    assert media_type_in(header) == media_type
    assert charset_in(header) == charset


def test_a_header_is_utf8_where_it_can_be() -> None:
    assert decode_header("газ".encode()) == "газ"
    assert decode_header(b"caf\xe9") == "café"


def test_headers_are_kept_within_bounds_and_without_what_the_database_refuses() -> None:
    kept = kept_headers([("X-A", "a\0b" + "c" * 9_000)] * 300)

    assert len(kept) == 200
    assert kept[0][1].startswith("a\ufffdbc")
    assert len(kept[0][1]) == 4_000
