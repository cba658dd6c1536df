"""A coding is one that the request takes, and gives the same bytes back."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from factbase.content_coding import (
    CODERS,
    choose_coding,
    encode_stream,
    encode_whole,
    is_coded_type,
)

DECODERS: dict[str, Any] = {"gzip": gzip.decompress, "zstd": zstd.decompress}


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("br", None),
        ("*", "zstd"),
        ("zstd;q=0, *", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0.000", None),
        ("gzip;q=0.001", "gzip"),
        ("gzip;q=0.9, zstd;q=0.1", "gzip"),
        ("gzip ; q=1.0 , zstd ; Q=1", "zstd"),
        ("identity", None),
        ("identity, gzip", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("identity;q=0", None),
        ("*;q=0", None),
        ("gzip;q=2", None),
        ("gzip;q=x, zstd", "zstd"),
        ("gzip;q=1;q=1", None),
        (",,;;gzip", None),
        (", gzip", "gzip"),
    ],
)
def test_the_coding_is_the_one_that_the_header_prefers(accepted: str, chosen: str | None) -> None:
    assert choose_coding(accepted) == chosen


@given(st.text())
def test_no_header_is_too_odd_to_be_read(accepted: str) -> None:
    assert choose_coding(accepted) in (None, *CODERS)


@pytest.mark.parametrize("coding", CODERS)
@given(parts=st.lists(st.binary(max_size=500)))
def test_whole_and_streamed_bodies_come_back_as_they_were(coding: str, parts: list[bytes]) -> None:
    streamed = list(encode_stream(parts, coding))

    assert all(streamed)
    assert DECODERS[coding](b"".join(streamed)) == b"".join(parts)
    assert DECODERS[coding](encode_whole(b"".join(parts), coding)) == b"".join(parts)


@pytest.mark.parametrize("coding", CODERS)
def test_the_same_body_has_the_same_bytes_whenever_it_is_made(coding: str) -> None:
    assert encode_whole(b"trade " * 500, coding) == encode_whole(b"trade " * 500, coding)


@pytest.mark.parametrize("coding", CODERS)
def test_a_stream_is_not_read_ahead(coding: str) -> None:
    """Ten times a megabyte that does not get smaller: what is held back is less than one."""
    taken = 0

    def parts() -> Iterator[bytes]:
        nonlocal taken
        for number in range(10):
            taken += 1
            yield bytes((number * at * at * 2_654_435_761 >> 13) & 255 for at in range(2**17)) * 8

    sent = 0
    for part in encode_stream(parts(), coding):
        sent += len(part)
        if taken == 1:
            return
    pytest.fail(f"The first part came after {taken} were taken and {sent} bytes were ready.")


@pytest.mark.parametrize(
    ("content_type", "is_coded"),
    [
        ("application/json", True),
        ("application/ld+json", True),
        ("application/vnd.citationstyles.csl+json; charset=utf-8", True),
        ("application/x-ndjson", True),
        ("text/csv; charset=utf-8", True),
        ("Text/HTML", True),
        ("image/svg+xml", True),
        ("application/x-bibtex; charset=utf-8", True),
        ("application/pdf", False),
        ("application/vnd.apache.parquet", False),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False),
        ("image/png", False),
        ("application/jsonish", False),
        ("", False),
    ],
)
def test_text_gets_smaller_and_files_that_are_compressed_do_not(
    content_type: str, is_coded: bool
) -> None:
    assert is_coded_type(content_type) is is_coded
