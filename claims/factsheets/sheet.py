"""The content of a fact sheet as plain values: filled from the database, rendered here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class SheetEvidence:
    """One quote for, against or beside a claim, with where it stands in which source.

    `stance` and `grade` are the stored codes (`supports`, `exact`), `grade_label` the words for
    people. `locator` is used as written ("p. 4", "fn. 5", "00:12:30"); where it is empty, `page`
    (the printed label) is cited. `language` is BCP 47. Addresses that are not http or https are
    printed but never become links. `captured_on` belongs to `archived_url`, or stands alone.
    """

    stance: str
    quote: str
    grade: str
    grade_label: str
    source_key: str
    locator: str = ""
    page: str = ""
    language: str = ""
    translation: str = ""
    translation_note: str = ""
    original_url: str = ""
    archived_url: str = ""
    captured_on: date | None = None


@dataclass(frozen=True, slots=True)
class SheetPosition:
    """One side of a conflict: what it says, and the references of the claims that say so."""

    text: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetConflict:
    """A question on which the claim and others, or its own evidence, cannot all stand.

    `status` is the stored code, by which a disputed claim is told from one whose conflict is
    settled; `strength` and the labels are words for people. `question` is the question in a few
    words, `reason` why the sides disagree in a sentence. `decision` says how it was settled, if it
    was.
    """

    ref: str
    url: str
    kind_label: str
    strength_label: str
    status: str
    status_label: str
    question: str = ""
    reason: str = ""
    decision: str = ""
    positions: tuple[SheetPosition, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetClaim:
    """One version of a claim as the sheet shows it.

    `ref` is `C17`, `version` `C17/v2`, `url` where a reader follows it to. `status` is a code:
    `published`, `retracted`, or the review status of a version that readers do not see yet.
    `asserter` is the chain, outermost first ("Al Jazeera › unnamed reporter"), empty where the desk
    states the claim itself. `mode` is the stored code. `value`, `period` and `asserted_on` are
    words for people; `as_written` is the source's wording of the value. `search` says where the
    search for what is absent stands, empty where nothing is.
    `rests_on` names its premises and how it is computed from them.
    `is_asserted_on_from_source` says that nobody typed the date: it is the earliest one of the
    supporting sources. `support` says on how many independent origins it rests, in words.
    `on_another_basis` are claims that would disagree with it, were they on the same basis. `flags`
    are the labels of what is open against the claim.
    """

    ref: str
    version: str
    url: str
    statement: str
    status: str
    status_label: str
    is_published: bool
    language: str = ""
    mode: str = "stated"
    asserter: str = ""
    value: str = ""
    as_written: str = ""
    period: str = ""
    search: str = ""
    rests_on: str = ""
    asserted_on: str = ""
    is_asserted_on_from_source: bool = False
    evidence: tuple[SheetEvidence, ...] = ()
    support: str = ""
    on_another_basis: tuple[SheetPosition, ...] = ()
    conflicts: tuple[SheetConflict, ...] = ()
    flags: tuple[str, ...] = ()
    retraction_reason: str = ""

    @property
    def is_retracted(self) -> bool:
        """Whether the claim was taken back; it stays readable, struck through, with the reason."""
        return self.status == "retracted"


@dataclass(frozen=True, slots=True)
class Section:
    """Claims under one heading, in the order of reading."""

    heading: str
    claims: tuple[SheetClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A fact sheet before any file is made of it.

    `language` is BCP 47 and decides the terms of the citations. `generated_at` is aware and
    printed in UTC. `references` are CSL-JSON items by source key, as they are stored. `standings`
    say in a sentence, by source key, that a source was corrected, doubted, replaced or taken back.
    """

    title: str
    language: str
    generated_at: datetime
    sections: tuple[Section, ...] = ()
    references: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    standings: Mapping[str, str] = field(default_factory=dict)

    @property
    def claims(self) -> tuple[SheetClaim, ...]:
        """All claims of all sections, in the order of reading."""
        return tuple(claim for section in self.sections for claim in section.claims)
