"""Addresses of editions in the bytes of a file, whatever format it has.

Nothing is parsed: bytes are searched, and of containers (ZIP, streams of a PDF) the beginnings of
what they hold, each within bounds. A file made to harm gets no more time and memory than these.
"""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sources.domain.keys import KEY

# Bytes read of a file, of a member of a ZIP file or a stream, and of all of these together.
MAX_FILE = 32 * 2**20
MAX_PART = 2**20
MAX_PARTS_TOGETHER = 16 * 2**20
MAX_PARTS = 400
# Addresses that are counted, and members that a ZIP file may list. No edition comes near.
MAX_ADDRESSES = 10_000
MAX_MEMBERS = 4_000

# The short address of an edition and the long one: /f/KEY/3, /factsheets/KEY/3/.
_ADDRESS = re.compile(
    rb"/(?:f|factsheets)/(%s)/([1-9][0-9]{0,8})(?![0-9A-Za-z])" % KEY.encode("ascii")
)
_STREAM = re.compile(rb"stream\r?\n")
_TEXT_MEMBERS = (".xml", ".rels", ".html", ".rdf", ".json")
# Of the methods of packing those whose reader stops where it is told to: a few bytes of others can
# become gigabytes before it does.
_BOUNDED_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LISTED_MEMBER = b"PK\x01\x02"


class EditionName(NamedTuple):
    """The key of a fact sheet and the number of an edition, as an address has them."""

    key: str
    number: int


def edition_names(data: bytes) -> list[EditionName]:
    """The editions whose addresses are in a file: the most frequent first, then in their order.

    They may not exist: anybody can write an address.
    """
    found = Counter(islice(_all_names(data[:MAX_FILE]), MAX_ADDRESSES))
    return [name for name, _count in found.most_common()]


def _all_names(data: bytes) -> Iterator[EditionName]:
    """Those in the bytes themselves, then those in what they hold."""
    yield from _names_in(data)
    room = MAX_PARTS_TOGETHER
    for part in _parts_of(data):
        yield from _names_in(part[:room])
        room -= len(part)
        if room <= 0:
            break


def _names_in(data: bytes) -> Iterator[EditionName]:
    """Of plain bytes; those of UTF-16 have a zero beside each letter."""
    for match in _ADDRESS.finditer(data.replace(b"\0", b"")):
        yield EditionName(match[1].decode("ascii"), int(match[2]))


def _parts_of(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"PK\x03\x04"):
        yield from _members_of(data)
    elif b"%PDF-" in data[:1024]:
        yield from _streams_of(data)


def _members_of(data: bytes) -> Iterator[bytes]:
    """The beginnings of the text members of a ZIP file, such as DOCX and ODT."""
    if data.count(_LISTED_MEMBER) > MAX_MEMBERS:
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [
            one
            for one in archive.infolist()
            if one.filename.endswith(_TEXT_MEMBERS) and one.compress_type in _BOUNDED_METHODS
        ]
        for member in members[:MAX_PARTS]:
            with archive.open(member) as opened:
                yield opened.read(MAX_PART)
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, OSError, EOFError):
        # Broken, encrypted or packed in a way that is not read: then it has no mark for us.
        return


def _streams_of(data: bytes) -> Iterator[bytes]:
    """The beginnings of the deflated streams of a PDF; others were searched as bytes."""
    for count, match in enumerate(_STREAM.finditer(data)):
        if count == MAX_PARTS:
            return
        packed = data[match.end() : match.end() + MAX_PART]
        try:
            yield zlib.decompressobj().decompress(packed, MAX_PART)
        except zlib.error:
            continue
