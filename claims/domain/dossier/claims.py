"""The claims of a dossier or of a file to import: assertion, evidence and decision."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    StrictBool,
    Tag,
    ValidationInfo,
    field_validator,
)

from claims.domain.content import Absence, Content, Described, Term
from claims.domain.content_validation import validate_content
from claims.domain.dossier.fields import (
    Account,
    Different,
    Entry,
    Page,
    Several,
    TopicKey,
    checked,
    clean_text,
    known_key,
    known_to,
)
from claims.domain.text_limits import MAX_STATEMENT
from claims.domain.values.bases import MAX_BASIS, read_basis
from claims.domain.values.value import parse_period, parse_value
from claims.vocabulary import Matching, Mode, Stance
from sources.domain.dates import parse_dates
from sources.domain.grading.quotes import quote_as_read
from sources.domain.refusals import Refusal, quoted
from sources.vocabulary import Role

_MAX_QUOTE = 5_000
_MAX_WORDING = 500
_MAX_NOTE = 2_000


class EntryStatus(StrEnum):
    """The status of a claim as an entry of a file gives it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    # Approved and published, then taken back by the same person with the note as reason.
    RETRACTED = "retracted"

    @property
    def is_decided(self) -> bool:
        """Whether a second person stands behind it."""
        return self not in (EntryStatus.DRAFT, EntryStatus.SUBMITTED)

    @property
    def role(self) -> Role:
        """The role that a person needs who decides so."""
        return Role.EDITOR if self is EntryStatus.RETRACTED else Role.REVIEWER


class ConfirmedEntry(Entry):
    """Words in doubt that the reviewer read and confirmed, as they stand in the text.

    Those that a shortened quote leaves out, a figure that may be raised, and the like. `note` says
    why the quote is right, where that is asked for.
    """

    words: Annotated[str, clean_text(_MAX_QUOTE, required=True)]
    note: Annotated[str, clean_text(_MAX_NOTE)] = ""


class EvidenceEntry(Entry):
    """A quote from a source, with the stance it takes to its claim.

    `confirmed` are the words in doubt that whoever decided on the claim confirmed.
    """

    parts = {"confirmed": ("confirmed words", ConfirmedEntry)}

    source: Annotated[str, known_key("source")]
    quote: Annotated[str, clean_text(_MAX_QUOTE, required=True), AfterValidator(quote_as_read)]
    stance: Stance = Stance.SUPPORTS
    locator: Annotated[str, clean_text(60)] = ""
    prefix: Annotated[str, clean_text(32)] = ""
    suffix: Annotated[str, clean_text(32)] = ""
    page: Page | None = None
    language: Annotated[str, clean_text(35)] = ""
    own_origin: Annotated[str, known_key("source")] = ""
    confirmed: tuple[ConfirmedEntry, ...] = Several

    @property
    def identity(self) -> tuple[str, ...]:
        """The parts of which two quotes of one claim differ in one at least."""
        return self.source, self.quote, self.locator, self.prefix, self.suffix


class TermEntry(Entry):
    """Words said to be absent."""

    text: Annotated[str, clean_text(200, required=True)]
    language: Annotated[str, clean_text(35)] = ""


def _as_term(raw: object) -> object:
    """Take a text alone for a term of no language."""
    return {"text": raw} if isinstance(raw, str) else raw


class AbsenceEntry(Entry):
    """Which documents are searched for which terms."""

    parts = {"terms": ("a term", TermEntry)}

    series: Annotated[str, known_key("series")] = ""
    documents: Annotated[tuple[Annotated[str, known_key("source")], ...], Different] = Several
    terms: tuple[Annotated[TermEntry, BeforeValidator(_as_term)], ...] = Several
    matching: Annotated[str, clean_text(60, default=Matching.WORDS)] = Matching.WORDS

    @property
    def scope(self) -> Absence:
        """The scope as a version has it."""
        return Absence(
            terms=tuple(dict.fromkeys(Term(term.text, term.language) for term in self.terms)),
            series=self.series or None,
            sources=self.documents,
            matching=self.matching,
        )


class DescribedEntry(Entry):
    """Somebody unnamed who asserts."""

    description: Annotated[str, clean_text(200, required=True)]


# One link in the chain of who says so: the key of an entity, or a description.
Link = Annotated[
    Annotated[str, known_key("entity"), Tag("entity")] | Annotated[DescribedEntry, Tag("person")],
    Discriminator(lambda raw: "person" if isinstance(raw, dict | DescribedEntry) else "entity"),
]


def _each_once(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


class ClaimEntry(Entry):
    """A claim by its external id, and the decision that comes with it, if any.

    `decided_by` names an account; `decided_at` is None where the time of the load is meant.
    """

    parts = {
        "evidence": ("evidence {}", EvidenceEntry),
        "absence": ("absence", AbsenceEntry),
        "asserted_by": ("asserted_by", DescribedEntry),
    }

    id: Annotated[str, clean_text(200, required=True)]
    statement: Annotated[str, clean_text(MAX_STATEMENT, required=True)]
    language: Annotated[str, clean_text(35, default="en")] = "en"
    subject: Annotated[str, known_key("entity")] = ""
    property: Annotated[str, known_key("property")] = ""
    aspect: TopicKey = ""
    basis: Annotated[str, clean_text(MAX_BASIS)] = ""
    value: Annotated[str, clean_text(1_000)] = ""
    as_written: Annotated[str, clean_text(_MAX_WORDING)] = ""
    decimal_mark: Annotated[str, clean_text(60)] = ""
    degree: Annotated[str, clean_text(60)] = ""
    period: Annotated[str, clean_text(60), checked(parse_period)] = ""
    asserted_by: tuple[Link, ...] = Several
    asserted_on: Annotated[str, clean_text(60), checked(parse_dates)] = ""
    mode: Annotated[str, clean_text(60, default=Mode.STATED)] = Mode.STATED
    absence: AbsenceEntry | None = None
    approximate: StrictBool = False

    topics: Annotated[tuple[TopicKey, ...], AfterValidator(_each_once)] = Several
    evidence: tuple[EvidenceEntry, ...] = Several
    status: EntryStatus = EntryStatus.SUBMITTED
    note: Annotated[str, clean_text(_MAX_NOTE)] = ""
    decided_by: Account = ""
    decided_at: datetime | None = None

    @cached_property
    def content(self) -> Content:
        """The content as a version keeps it."""
        return _content(vars(self))

    @field_validator("basis")
    @classmethod
    def _spell_basis(cls, basis: str, info: ValidationInfo) -> str:
        """Spell a basis as the property does."""
        key = info.data.get("property", "")
        prop = known_to(info).property.get(key)
        return read_basis(basis, known=prop.bases, of=key) if prop else basis

    @field_validator("approximate")
    @classmethod
    def _read_value(cls, approximate: bool, info: ValidationInfo) -> bool:  # noqa: FBT001 - pydantic's
        """Read the value with all that belongs to it, the last of which is this; a value may itself
        say that it is approximate. Parts that do not fit together are refused."""
        if not info.data.keys() >= _VALUE:
            return approximate
        known = known_to(info)
        prop = known.property.get(info.data["property"])
        if info.data["property"] and prop is None:
            return approximate
        # A subject or an asserter with a fault of its own was named all the same.
        given = {"subject": "?", "asserted_by": ("?",)} | info.data
        content = _content({**given, "approximate": approximate})
        validate_content(content, kind=prop.value_kind if prop else None)
        if prop is None:
            return approximate
        value = parse_value(
            content.value,
            kind=prop.value_kind,
            unit=prop.unit,
            approximate=approximate,
            decimal_mark=content.decimal_mark,
        )
        if value.entity is not None:
            known.require("entity", value.entity)
        return value.approximate

    @field_validator("evidence")
    @classmethod
    def _quote_once(cls, evidence: tuple[EvidenceEntry, ...]) -> tuple[EvidenceEntry, ...]:
        if len({piece.identity for piece in evidence}) < len(evidence):
            raise Refusal("twice", "The same quote stands twice in its evidence. Leave one.")
        return evidence

    @field_validator("status")
    @classmethod
    def _rests_on_evidence(cls, status: EntryStatus, info: ValidationInfo) -> EntryStatus:
        is_approved = status in (EntryStatus.APPROVED, EntryStatus.RETRACTED)
        has_search = info.data.get("absence", "unread") is not None
        if is_approved and info.data.get("evidence") == () and not has_search:
            raise Refusal("no_evidence", "It was approved without a quote. Add evidence.")
        return status

    @field_validator("note")
    @classmethod
    def _explain(cls, note: str, info: ValidationInfo) -> str:
        status = _decided_status(note, info)
        if status in (EntryStatus.REJECTED, EntryStatus.RETRACTED) and not note:
            raise Refusal("no_note", f"An entry that is {status} says why. Write it in “note”.")
        return note

    @field_validator("decided_by")
    @classmethod
    def _name_second_person(cls, decided_by: str, info: ValidationInfo) -> str:
        if _decided_status(decided_by, info) is None:
            return decided_by
        if not decided_by:
            raise Refusal("missing", "The key “decided_by” is missing; it is needed.")
        if decided_by == known_to(info).author:
            raise Refusal(
                "same_person",
                f"{quoted(decided_by)} wrote the claim and cannot decide on it. "
                "Name a second person.",
            )
        return decided_by

    @field_validator("decided_at", mode="before")
    @classmethod
    def _read_moment(cls, typed: object, info: ValidationInfo) -> datetime | None:
        """Read a day (its first moment, UTC) or a time with its offset from UTC, in ISO 8601."""
        if typed is None or typed == "":
            return None
        moment = None
        try:
            if isinstance(typed, str) and len(typed) == len("2025-05-07"):
                moment = datetime.combine(date.fromisoformat(typed), time.min, tzinfo=UTC)
            elif isinstance(typed, str):
                moment = datetime.fromisoformat(typed)
            if moment is not None and moment.tzinfo is not None:
                moment = moment.astimezone(UTC)
        except (ValueError, OverflowError):
            moment = None
        if moment is None or moment.tzinfo is None:
            raise Refusal(
                "not_a_time",
                f"{quoted(str(typed))} is no time. "
                "Write a day as in 2025-05-07, or 2025-05-07T14:30:00Z.",
            )
        _decided_status(typed, info)
        return moment


# The fields without which a value is not read.
_VALUE = {"property", "basis", "value", "decimal_mark", "degree", "mode", "absence"}


def _content(given: Mapping[str, Any]) -> Content:
    """The content of fields that were read; those with a fault are empty."""
    read = {one.name: given[one.name] for one in fields(Content) if one.name in given}
    read |= {name: read.get(name) or None for name in ("subject", "property", "aspect")}
    read["asserted_by"] = tuple(
        Described(link.description) if isinstance(link, DescribedEntry) else link
        for link in given.get("asserted_by", ())
    )
    absence = given.get("absence")
    read["absence"] = absence.scope if absence else None
    return Content(**{"statement": "", **read})


def _decided_status(given: object, info: ValidationInfo) -> EntryStatus | None:
    """The status of an entry that was decided on; None where it was not, or is unknown.

    Refuses a part of a decision where there is none.
    """
    status: EntryStatus | None = info.data.get("status")
    if status is None or status.is_decided:
        return status
    if given:
        raise Refusal(
            "no_decision",
            f"{quoted(str(info.field_name))} belongs to a decision, and the entry is {status}. "
            "Leave it out, or say the status.",
        )
    return None
