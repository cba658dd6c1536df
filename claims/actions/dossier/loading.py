"""The state that all parts of a load share: the rows so far, and how faults are named."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from claims.domain.dossier.contents import Dossier
from claims.domain.dossier.faults import DossierRefused
from claims.domain.dossier.summary import Summary, Tally
from claims.models import Entity, Topic
from sources.actions.quotes.excerpts import QuoteRequest
from sources.actions.quotes.matching import QuoteMatch
from sources.domain.refusals import Refusal, quoted
from sources.extraction.extract import ExtractedText
from sources.models import Series, Source

if TYPE_CHECKING:
    from factbase.models import User


class WouldWrite(Exception):
    """A load that was to find out whether it changes anything does."""


@dataclass
class Loaded:
    """The rows of the dossier by key, as far as it is loaded, and what was done.

    `graded` has the excerpts, by their pk, whose grade is counted; `matches` the quotes that were
    searched for and `extracted` the texts, by file, before anything was locked. `written` has the
    ids of the versions that were written since they were last looked at, with those of the entries.
    """

    dossier: Dossier
    at: datetime
    people: Mapping[str, "User"]
    change_note: str
    summary: Summary = field(default_factory=Summary)
    sources: dict[str, Source] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    graded: set[int] = field(default_factory=set)
    written: dict[int, str] = field(default_factory=dict)
    matches: dict[QuoteRequest, QuoteMatch] = field(default_factory=dict)
    extracted: Mapping[str, ExtractedText] = field(default_factory=dict)
    may_write: bool = True

    @property
    def author(self) -> "User":
        """The account that writes what the dossier says."""
        return self.people[self.dossier.author]

    def about_to_write(self) -> None:
        """Say before writing that something is written. Raises WouldWrite where nothing may be."""
        if not self.may_write:
            raise WouldWrite


@contextmanager
def entry(file: str, noun: str, key: str) -> Iterator[None]:
    """Say of every refusal inside which entry of which file it is about."""
    try:
        yield
    except DossierRefused:
        raise
    except Refusal as refusal:
        message = f"{file}, {noun} {quoted(key)}: {refusal.message}"
        raise DossierRefused([Refusal(refusal.code, message)]) from refusal


def count(tally: Tally, *, is_changed: bool) -> None:
    """Count an entry that was there before."""
    if is_changed:
        tally.changed += 1
    else:
        tally.skipped += 1
