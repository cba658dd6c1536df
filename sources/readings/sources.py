"""Sources as readers are told of them beside a quote: by name, or by descriptor alone."""

from datetime import date
from typing import Any

import msgspec

from sources.domain.bibliography.names import name_as_read
from sources.models import Source
from sources.readings.reader import Reader
from sources.readings.standing import StandingReading, read_standing
from sources.vocabulary import Access, Standing


class SourceFacts(msgspec.Struct, frozen=True, gc=False):
    """A source as it is on record, whoever reads.

    The fields are in the order of SOURCE_COLUMNS. `first_issued` is the first day it may have been
    issued on; `authors` are names in CSL form, or plain ones, as a list or as JSON text.
    """

    id: int
    access: str
    descriptor: str
    key: str
    title: str
    authors: str | list[Any]
    publisher: str | None
    container: str
    issued: str
    first_issued: date | None
    url: str
    language: str
    standing: str
    standing_on: date | None
    standing_reason: str


# Of a source `s` with its publisher `p`.
SOURCE_COLUMNS = """s.id, s.access, s.public_descriptor, s.key, s.title, s.authors, p.name,
    s.container, s.issued, lower(s.issued_days), s.url, s.language, s.standing, s.standing_on,
    s.standing_reason"""


class SourceReading(msgspec.Struct, frozen=True, gc=False):
    """A source beside a quote, as one reader may know it.

    Of one that the reader may not know, `title` is its public descriptor, `key` is empty, and of
    the rest only its kind of `standing` is told; that is None for a source that is current.
    `issued` is as typed, in EDTF, `first_issued` the first day that it may mean.
    """

    key: str
    title: str
    standing: StandingReading | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    container: str = ""
    issued: str = ""
    first_issued: date | None = None
    url: str = ""
    language: str = ""
    access: Access = Access.STAFF

    @property
    def is_known(self) -> bool:
        """Whether the reader may know it by name."""
        return self.key != ""


_AUTHORS = msgspec.json.Decoder(list[Any]).decode
_ACCESSES = {word.value: word for word in Access}


def source_reading(facts: SourceFacts, reader: Reader) -> SourceReading:
    """The source as far as the reader may know it."""
    is_known = reader.knows(facts)
    standing = None
    if facts.standing != Standing.CURRENT:
        standing = read_standing(
            facts.standing, facts.standing_on, facts.standing_reason, is_known=is_known
        )
    if not is_known:
        return SourceReading("", facts.descriptor, standing)
    authors = facts.authors
    if isinstance(authors, str):
        authors = _AUTHORS(authors)
    return SourceReading(
        facts.key,
        facts.title,
        standing,
        tuple([name_as_read(author) for author in authors]),
        facts.publisher,
        facts.container,
        facts.issued,
        facts.first_issued,
        facts.url,
        facts.language,
        _ACCESSES[facts.access],
    )


def source_of(source: Source, reader: Reader) -> SourceReading:
    """The source of a model, read with its publisher, as far as the reader may know it."""
    issued = source.issued_days
    facts = SourceFacts(
        source.id,
        source.access,
        source.public_descriptor,
        source.key,
        source.title,
        source.authors,
        source.publisher.name if source.publisher else None,
        source.container,
        source.issued,
        None if issued is None else issued.lower,
        source.url,
        source.language,
        source.standing,
        source.standing_on,
        source.standing_reason,
    )
    return source_reading(facts, reader)
