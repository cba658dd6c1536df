"""The content of a fact sheet: readings in sections, with the records that their quotes cite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from claims.domain.factsheets.content import SHOWN
from claims.readings.lines import LineReading
from claims.readings.questions import QuestionReading
from sources.readings.citing import CitedRecord
from sources.readings.sources import SourceReading


@dataclass(frozen=True, slots=True)
class SheetClaim:
    """One version of a claim on the sheet.

    `url` is where a reader follows it to. `questions` are its conflicts, each with the address of
    its page; `others` the claims that would disagree with it, were they on the same basis.
    """

    line: LineReading
    url: str
    questions: Sequence[tuple[QuestionReading, str]] = ()
    others: Sequence[LineReading] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Prose in Markdown and claims under one heading, in the order of reading."""

    heading: str
    claims: tuple[SheetClaim, ...] = ()
    prose: str = ""


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """The facts of the edition that a sheet is.

    `issued_at` is aware; `issued_by` the label of who issued it; `replaces` the number of the
    edition before it, and `changes` what changed since, in sentences. `short_address` is where a
    reader of paper finds it, `installation` whose it is.
    """

    number: int
    issued_at: datetime
    issued_by: str
    short_address: str
    installation: str
    replaces: int | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A fact sheet before any file is made of it.

    `language` is BCP 47 and decides the terms of the citations. `generated_at` is aware and
    printed in UTC. `cited` are the claims that prose refers to and no section lists; `summary` is
    Markdown, `unknown` the lines under "What we do not know"; `shows` the parts that an editor may
    leave out (`claims.domain.factsheets.content.SHOWN`). `records` are those that quotes cite, by
    the key that they cite (`cited_key`); `pages` the numbers printed on the pages of quotes, by the
    excerpt's number, where known.
    """

    title: str
    language: str
    generated_at: datetime
    sections: tuple[Section, ...] = ()
    records: Mapping[str, CitedRecord] = field(default_factory=dict)
    pages: Mapping[int, str] = field(default_factory=dict)
    cited: tuple[SheetClaim, ...] = ()
    summary: str = ""
    unknown: tuple[str, ...] = ()
    shows: frozenset[str] = frozenset(SHOWN)
    edition: EditionFacts | None = None

    @property
    def claims(self) -> tuple[SheetClaim, ...]:
        """All claims of all sections and of prose, each once, in the order of reading."""
        listed = (claim for section in self.sections for claim in section.claims)
        return tuple({one.line.claim.id: one for one in (*listed, *self.cited)}.values())


def cited_key(source: SourceReading) -> str:
    """The key by which quotes of a source cite it; of one that may not be named, its descriptor."""
    return source.key or f"confidential: {source.title}"
