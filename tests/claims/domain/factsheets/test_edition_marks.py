"""Addresses of editions are found in files of all formats, and only within bounds."""

import io
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.factsheets import edition_marks
from claims.domain.factsheets.edition_marks import EditionName, edition_names

ADDRESS = "https://facts.example.org/f/power-of-siberia-2/3"
NAME = EditionName("power-of-siberia-2", 3)


def zipped(**members: bytes) -> bytes:
    """A ZIP file with these members, their dots written as underscores."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        ADDRESS.encode(),
        f"<a href='{ADDRESS}'>x</a>".encode(),
        f"see {ADDRESS}.".encode(),
        ADDRESS.encode("utf-16-be"),
        b"/factsheets/power-of-siberia-2/3/dossier/",
        zipped(document_xml=b"<w:t>" + ADDRESS.encode() + b"</w:t>"),
        b"%PDF-1.7\n1 0 obj <<>>\nstream\n" + zlib.compress(ADDRESS.encode()) + b"\nendstream",
        b"%PDF-1.7\nstream\r\nno deflate\nendstream /URI (" + ADDRESS.encode() + b")",
    ],
)
def test_the_address_of_an_edition_is_found(data: bytes) -> None:
    assert edition_names(data) == [NAME]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"/f/key/",
        b"/f/key/0",
        b"/f/key/3x",
        b"/factsheets/?topic=trade",
        b"/sources/key/3/",
        b"/f/" + b"k" * 101 + b"/3",
        b"PK\x03\x04 no archive",
        zipped(picture_png=ADDRESS.encode()),
    ],
)
def test_what_is_no_address_of_an_edition_is_not_taken_for_one(data: bytes) -> None:
    assert edition_names(data) == []


def test_the_edition_that_is_named_most_comes_first() -> None:
    data = b"replaces /f/sheet/2 /f/sheet/3 /f/sheet/3"

    assert edition_names(data) == [EditionName("sheet", 3), EditionName("sheet", 2)]


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7 stream\n"]))
def test_no_bytes_make_it_fail(data: bytes, head: bytes) -> None:
    for name in edition_names(head + data):
        assert name.number > 0


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_without_bounds_is_not_unpacked(method: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("document.xml", b" " * 9_000_000 + ADDRESS.encode())
    tracemalloc.start()

    assert edition_names(file.getvalue()) == []

    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_only_so_many_addresses_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition_marks, "MAX_ADDRESSES", 3)
    data = b" ".join(b"/f/sheet/%d" % number for number in range(1, 10))

    assert len(edition_names(data)) == 3


def test_a_zip_file_of_more_members_than_any_edition_is_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(edition_marks, "MAX_MEMBERS", 1)

    assert edition_names(zipped(a_xml=ADDRESS.encode(), b_xml=b"")) == []


def test_a_bomb_is_read_to_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition_marks, "MAX_PART", 1_000)
    monkeypatch.setattr(edition_marks, "MAX_PARTS_TOGETHER", 2_500)
    zeros = b"0" * 2_000_000

    assert edition_names(zipped(a_xml=zeros + ADDRESS.encode())) == []
    assert (
        edition_names(zipped(a_xml=zeros, b_xml=zeros, c_xml=zeros, d_xml=ADDRESS.encode())) == []
    )
