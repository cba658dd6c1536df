"""Archives that are damaged, altered or made to harm."""

import contextlib
import gzip
import io
import time
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.fetching.archive_stream import ArchiveLimits
from sources.fetching.warc import ArchiveRefused, records
from tests.sources.fetching.archives import URL, http, packed, record, sha1, wacz

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LIMITS = ArchiveLimits(
    file=2_000_000, record=100_000, total=3_000_000, records=20, entries=50, head=4_096,
    members=10, chunks=100, seconds=3.0,
)  # fmt: skip
PAGE = record(http())
REQUEST = record(bytes(1_200_000), kind="request")
BLOCK_OF_GAS = f"WARC-Block-Digest: {sha1(http(b'Gas'))}"
PAGE_OF_GAS = f"WARC-Payload-Digest: {sha1(b'Gas')}"
ZEROS = bytes(50_000_000)
NESTED = record(http(gzip.compress(mtime=0, data=ZEROS), "Content-Encoding: gzip"))
EMPTY = gzip.compress(mtime=0, data=b"") * 200_000


def _refusal(data: bytes, limits: ArchiveLimits = LIMITS) -> ArchiveRefused:
    with pytest.raises(ArchiveRefused) as refused:
        list(records(io.BytesIO(data), limits=limits, now=NOW))
    assert refused.value.message.endswith(".")
    return refused.value


def _encrypted() -> bytes:
    data = bytearray(wacz({"archive/a.warc": PAGE}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _lying_zip() -> bytes:
    """A zip whose content does not have the sum that its directory gives."""
    return wacz({"archive/a.warc": PAGE}).replace(b"<p>Gas</p>", b"<p>Oil</p>")


def _much_directory() -> bytes:
    """A zip of so many names that reading them all fills the memory."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("archive/a.warc", PAGE)
        for number in range(30_000):
            archive.writestr(f"{number:060}", b"")
    return file.getvalue()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "is nothing": (b"", "unknown_kind"),
    "is text": (b"<html>", "unknown_kind"),
    "is zstandard": (b"\x28\xb5\x2f\xfd" + bytes(99), "unknown_kind"),
    "is an ARC": (b"filedesc://a.arc 0.0.0.0 20250301 text/plain 9\n", "unknown_kind"),
    "is gzip of text": (gzip.compress(mtime=0, data=b"<html>"), "damaged"),
    "is gzip of nothing": (gzip.compress(mtime=0, data=b""), "no_page"),
    "is a zip of text": (wacz({"a.txt": b"a"}), "unknown_kind"),
    "is the beginning of a zip": (wacz({"archive/a.warc": PAGE})[:60], "damaged"),
    "is only the mark of a zip": (b"PK\x03\x04", "damaged"),
    "holds no page": (record(http(), kind="request"), "no_page"),
    "ends in the headers": (PAGE[:40], "damaged"),
    "ends in the block": (PAGE[:-9], "damaged"),
    "ends in a skipped block": (record(b"abc", kind="request")[:-6], "damaged"),
    "ends in gzip": (packed(PAGE, PAGE)[:-9], "damaged"),
    "goes on after gzip": (packed(PAGE) + b"junk", "damaged"),
    "goes on after a record": (PAGE + b"junk\r\n", "damaged"),
    "says too great a length": (record(http(), length=90_000), "damaged"),
    "says too small a length": (record(http(), length=40) + PAGE, "damaged"),
    "says no length": (PAGE.replace(b"Content-Length", b"X-Length"), "damaged"),
    "says a length of letters": (PAGE.replace(b"Length: 6", b"Length: x"), "damaged"),
    "says a length below nothing": (record(http(), length=-1), "damaged"),
    "says a length with lines": (PAGE.replace(b"Length: 6", b"Length: 1_0"), "damaged"),
    "says two lengths": (record(http(), "Content-Length: 1"), "damaged"),
    "says an enormous length": (record(http(), length=10**14), "too_large"),
    "skips an enormous length": (record(http(), kind="request", length=10**14), "damaged"),
    "has a date to come": (record(http(), date="2026-01-01T00:00:01Z"), "date"),
    "has a date before the web": (record(http(), date="0001-01-01T00:00:00Z"), "date"),
    "has no such date": (record(http(), date="2025-02-30T00:00:00Z"), "date"),
    "has half a date": (record(http(), date="2025"), "date"),
    "has a date elsewhere": (record(http(), date="2025-03-01T12:00:00+01:00"), "date"),
    "has digits of another script": (record(http(), date="٢٠٢٥-03-01T12:00:00Z"), "date"),
    "altered the block": (record(http(b"Oil"), BLOCK_OF_GAS), "digest"),
    "altered the page": (record(http(b"Oil"), PAGE_OF_GAS), "digest"),
    "altered a resource": (record(b"Oil", PAGE_OF_GAS, kind="resource"), "digest"),
    "altered a 404": (record(http(b"Oil", status="404 None"), PAGE_OF_GAS), "digest"),
    "has a header without end": (b"WARC/1.0\r\nX: " + b"a" * 9_999 + b"\r\n\r\n", "damaged"),
    "has headers without end": (b"WARC/1.0\r\n" + b"X: a\r\n" * 9_999 + b"\r\n", "damaged"),
    "has a line without end": (packed(b"WARC/1.0 " + ZEROS), "damaged"),
    "has blank lines without end": (packed(b"\r\n" * 900_000), "damaged"),
    "has continued headers without end": (b"WARC/1.0\r\nX: a\r\n" + b" b\r\n" * 9_999, "damaged"),
    "is a bomb in one record": (packed(record(ZEROS, kind="request")), "too_large"),
    "is a bomb of gzip in gzip": (packed(NESTED), "too_large"),
    "is a bomb of many pages": (packed(*[record(http(bytes(99_000)))] * 19, REQUEST), "too_large"),
    "is a bomb in a zip": (wacz({"archive/a.warc": record(ZEROS, kind="request")}, 8), "too_large"),
    "is empty gzip in a zip": (wacz({"archive/a.warc.gz": EMPTY}, 8), "damaged"),
    "is a page of just too much": (record(b"a" * 100_001, kind="resource"), "too_large"),
    "is a file of too much": (bytes(2_000_001), "too_large"),
    "has too many pages": (PAGE * 21, "too_many"),
    "has too many records": (record(b"", kind="request") * 51, "too_many"),
    "has too many members": (wacz({f"archive/{n}.warc": PAGE for n in range(11)}), "too_many"),
    "leads out of the folder": (wacz({"archive/../../etc/a.warc": PAGE}), "names"),
    "leads to the root": (wacz({"/etc/a.warc": PAGE}), "names"),
    "leads to a drive": (wacz({"C:/a.warc": PAGE}), "names"),
    "leads out by backslashes": (wacz({"archive\\..\\a.warc": PAGE}), "names"),
    "hides in a name": (wacz({"archive/a\u202e.warc": PAGE}), "names"),
    "has a password": (_encrypted(), "damaged"),
    "is compressed as bzip2": (wacz({"archive/a.warc": PAGE}, zipfile.ZIP_BZIP2), "damaged"),
    "is compressed as lzma": (wacz({"archive/a.warc": PAGE}, zipfile.ZIP_LZMA), "damaged"),
    "has another sum": (_lying_zip(), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_archive_is_refused_in_little_time(case: str) -> None:
    data, code = HOSTILE[case]
    began = time.process_time()

    refusal = _refusal(data)

    assert refusal.code == code, refusal.message
    assert time.process_time() - began < 2


def test_a_directory_of_a_zip_is_not_read_whatever_its_size() -> None:
    refusal = _refusal(_much_directory(), replace(LIMITS, file=10_000_000))

    assert refusal.code == "too_many"


def test_a_digest_that_does_not_fit_names_the_record() -> None:
    refusal = _refusal(PAGE + record(http(b"Oil"), PAGE_OF_GAS))

    assert "Record 2 " in refusal.message
    assert URL in refusal.message
    assert "WARC-Payload-Digest" in refusal.message


@pytest.mark.parametrize(
    "case",
    [
        "is a bomb in one record",
        "is a bomb of gzip in gzip",
        "has a line without end",
        "is a bomb in a zip",
    ],
)
def test_a_bomb_is_given_up_before_it_fills_the_memory(case: str) -> None:
    data = io.BytesIO(HOSTILE[case][0])
    tracemalloc.start()
    try:
        with pytest.raises(ArchiveRefused):
            list(records(data, limits=LIMITS, now=NOW))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 5_000_000


def test_reading_ends_when_its_time_is_over() -> None:
    assert _refusal(PAGE, replace(LIMITS, seconds=-1)).code == "too_slow"


@given(st.data())
def test_an_archive_with_any_byte_altered_is_read_or_refused(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from(
            [PAGE * 2, packed(PAGE, PAGE), wacz({"archive/a.warc.gz": packed(PAGE)}, 8)]
        )
    )
    altered = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        altered[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    for hostile in (bytes(altered), bytes(altered[:cut])):
        with contextlib.suppress(ArchiveRefused):
            list(records(io.BytesIO(hostile), limits=LIMITS, now=NOW))


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"PK\x03\x04"])
)
def test_garbage_is_read_or_refused(garbage: bytes, begin: bytes) -> None:
    _refusal(begin + garbage)


@given(st.binary(max_size=300))
def test_any_answer_of_a_server_is_a_page_or_passed_over(garbage: bytes) -> None:
    for block in (
        garbage,
        b"HTTP/1.1 200 OK\r\n" + garbage,
        http(garbage, "Transfer-Encoding: chunked"),
    ):
        found = records(io.BytesIO(record(block) + PAGE), limits=LIMITS, now=NOW)
        assert len(list(found)) + found.skipped.total() == 2
