"""Numbers that name a publication, right and wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from sources.domain.bibliography.identifiers import (
    IdentifierRefused,
    doi_key,
    isbn_keys,
    read_doi,
    read_isbn,
)

DIGITS = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("https://www.doi.org/10.1000/182", "10.1000/182"),
        ("doi.org/10.1000/182", "10.1000/182"),
        ("doi: 10.1000/182", "10.1000/182"),
        ("DOI:10.1000.5/A(b)c;2-d", "10.1000.5/A(b)c;2-d"),
        ("https://doi.org/10.1002/%28SICI%291", "10.1002/(SICI)1"),
        ("10.1002/100%25", "10.1002/100%25"),
    ],
)
def test_a_doi_is_read_out_of_its_address(written: str, doi: str) -> None:
    assert read_doi(written) == doi


@pytest.mark.parametrize(
    "written",
    [
        "182",
        "10.1/x",
        "10.1000/",
        "10.1000/a b",
        "11.1000/a",
        "https://example.org/10.1000/182",
        "https://doi.org/10.1000/a%00b",
        "10.1000/a\u200bb",
        "１０.1000/182",
    ],
)
def test_what_is_no_doi_is_refused(written: str) -> None:
    with pytest.raises(IdentifierRefused) as refused:
        read_doi(written)

    assert refused.value.message.endswith(".")
    assert doi_key(written) == ""


def test_dois_are_the_same_in_either_case() -> None:
    assert doi_key("10.1000/ABC") == doi_key("https://doi.org/10.1000/abc") == "10.1000/abc"


@pytest.mark.parametrize(
    "written",
    [
        "978-3-16-148410-0",
        "978 3 16 148410 0",
        "9783161484100",
        "3-16-148410-X",
        "3-16-148410-x",
        "978-3-16-148410-0 3-16-148410-X",
        "978-3-16-148410-0, 3-16-148410-X",
    ],
)
def test_an_isbn_stays_as_written(written: str) -> None:
    assert read_isbn(written) == written
    assert isbn_keys(written) == {"9783161484100"}


@pytest.mark.parametrize(
    ("written", "code", "said"),
    [
        ("978-3-16-148410-1", "isbn_check_digit", "ask for 0"),
        ("978-3-16-148401-0", "isbn_check_digit", "mistyped"),
        ("3-16-148410-0", "isbn_check_digit", "ask for X"),
        ("978-3-16-14841-0", "isbn_length", "12 digits"),
        ("123-3-16-148410-0", "isbn_prefix", "978 or 979"),
        ("3-16-14841X-0", "isbn", "no ISBN"),
        ("none", "isbn", "no ISBN"),
        ("978-3-16-148410-0 978-3-16-148410-1", "isbn_check_digit", "ask for 0"),
        ("٩٧٨٣١٦١٤٨٤١٠٠", "isbn", "no ISBN"),
    ],
)
def test_a_wrong_isbn_is_refused_by_what_is_wrong(written: str, code: str, said: str) -> None:
    with pytest.raises(IdentifierRefused) as refused:
        read_isbn(written)

    assert refused.value.code == code
    assert said in refused.value.message


@given(DIGITS, st.integers(0, 11), st.sampled_from("0123456789"))
def test_no_single_digit_of_an_isbn_can_be_mistyped(digits: str, place: int, digit: str) -> None:
    number = f"978{digits}"
    right = number + ean.calc_check_digit(number)
    wrong = right[:place] + digit + right[place + 1 :]

    assert isbn_keys(right) == {right}
    assert (isbn_keys(wrong) == set()) is (wrong != right)


@given(st.text())
def test_any_text_can_be_compared(text: str) -> None:
    assert doi_key(text) in ("", doi_key(doi_key(text)))
    assert all(isbn_keys(number) == {number} for number in isbn_keys(text))
