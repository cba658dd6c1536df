"""Reading the claims of a dossier: assertion, evidence and the decision that comes with them."""

import re
from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from claims.domain.content import Absence, Content, Described, Term
from claims.domain.content_validation import require_sense
from claims.domain.dossier.contents import (
    ClaimEntry,
    DecisionEntry,
    EntryStatus,
    EvidenceEntry,
    PropertyEntry,
)
from claims.domain.dossier.entry_reader import Entry, Faults
from claims.domain.text_limits import MAX_STATEMENT
from claims.domain.values.bases import MAX_BASIS, read_basis
from claims.domain.values.value import parse_period, parse_value
from claims.vocabulary import Matching, Mode, Stance
from sources.domain.dates import parse_dates
from sources.domain.grading.quotes import quote_as_read
from sources.domain.refusals import Refusal, quoted

_CLAIM = (
    *("id", "statement", "language", "subject", "property", "aspect", "basis", "value"),
    *(
        "as_written",
        "approximate",
        "decimal_mark",
        "degree",
        "period",
        "asserted_by",
        "asserted_on",
        "mode",
    ),
    *("absence", "topics", "evidence", "status", "decided_by", "decided_at", "note"),
)
_EVIDENCE = (
    *("source", "quote", "stance", "locator", "prefix", "suffix", "page", "language"),
    "own_origin",
)
_ABSENCE = ["series", "documents", "terms", "matching"]

_ACCOUNT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,149}")
_MAX_QUOTE = 5_000
_MAX_WORDING = 500
_MAX_NOTE = 2_000
_MAX_ABOUT = 10_000  # as much of a wrong reference as is repeated; far beyond any key


@dataclass(frozen=True)
class Known:
    """What claims may name: keys of the dossier, or of the database; `topics` by key and by name.

    `where` says in messages where they are looked for. `look_up` is told beforehand of all that
    the next claims may name, so that a database is asked once.
    """

    author: str
    sources: Container[str]
    series: Container[str]
    entities: Container[str]
    properties: Mapping[str, PropertyEntry]
    topics: Mapping[str, str]
    where: str = "this dossier"
    look_up: Callable[[Collection[str]], None] = lambda _keys: None


def read_claim(raw: object, *, place: str, faults: Faults, known: Known) -> ClaimEntry:
    """One claim, its references looked up and its value and dates read."""
    entry = Entry(raw, place=place, faults=faults, keys=_CLAIM)
    evidence = tuple(
        _evidence(given, place=f"{place}, evidence {position}", faults=faults, known=known)
        for position, given in enumerate(entry.entries("evidence"), start=1)
    )
    quoted = [(tie.source, tie.quote, tie.locator, tie.prefix, tie.suffix) for tie in evidence]
    if len(set(quoted)) < len(quoted):
        entry.fault("twice", "The same quote stands twice in its evidence. Leave one.")
    return ClaimEntry(
        id=entry.text("id", limit=200, required=True),
        content=_content(entry, known),
        topics=tuple(
            dict.fromkeys(
                _topic(entry, name, known) for name in entry.texts("topics", limit=_MAX_ABOUT)
            )
        ),
        evidence=evidence,
        decision=_decision(entry, known, has_evidence=bool(evidence)),
    )


def read_account(entry: Entry, key: str) -> str:
    """The name of an account. Needed."""
    name = entry.text(key, limit=150, required=True)
    if name and not _ACCOUNT.fullmatch(name):
        entry.fault(
            "not_an_account",
            f"{quoted(name)} is no name of an account. Use letters a to z, digits and _ . @ + -.",
        )
    return name


def _content(entry: Entry, known: Known) -> Content:
    content = Content(
        statement=entry.text("statement", limit=MAX_STATEMENT, required=True),
        language=entry.text("language", limit=35) or "en",
        subject=_named(entry, "subject", "entity", known),
        property=_named(entry, "property", "property", known),
        aspect=_topic(entry, entry.text("aspect", limit=_MAX_ABOUT), known) or None,
        basis=entry.text("basis", limit=MAX_BASIS),
        value=entry.text("value", limit=1_000),
        as_written=entry.text("as_written", limit=_MAX_WORDING),
        approximate=entry.flag("approximate", default=False),
        decimal_mark=entry.text("decimal_mark", limit=60),
        degree=entry.text("degree", limit=60),
        period=entry.text("period", limit=60),
        asserted_by=tuple(_asserter(entry, raw, known) for raw in entry.entries("asserted_by")),
        asserted_on=entry.text("asserted_on", limit=60),
        mode=entry.text("mode", limit=60) or Mode.STATED,
        absence=_absence(entry, known) if entry.has("absence") else None,
    )
    content = _with_value_read(entry, content, known)
    for typed, read in ((content.period, parse_period), (content.asserted_on, parse_dates)):
        if typed:
            try:
                read(typed)
            except Refusal as refusal:
                entry.faults.pass_on(entry.place, refusal)
    return content


def _with_value_read(entry: Entry, content: Content, known: Known) -> Content:
    """The content as a version keeps it: its basis spelled as the property has it, and approximate
    where its value is. Parts that do not fit together, and values that are not read, are noted."""
    of = known.properties.get(content.property or "")
    if of is None and entry.has("property"):
        return content
    try:
        require_sense(content, kind=of.value_kind if of else None)
        if of is None:
            return content
        basis = read_basis(content.basis, known=of.bases, of=of.key)
        value = parse_value(
            content.value,
            kind=of.value_kind,
            unit=of.unit,
            approximate=content.approximate,
            decimal_mark=content.decimal_mark,
        )
    except Refusal as refusal:
        entry.faults.pass_on(entry.place, refusal)
        return content
    if value.entity is not None and value.entity not in known.entities:
        entry.fault(
            "unknown_entity", f"The value {quoted(value.entity)} is no entity of {known.where}."
        )
    return replace(content, basis=basis, approximate=value.approximate)


def _absence(entry: Entry, known: Known) -> Absence:
    """Which documents are searched for which terms."""
    scope = Entry(
        entry.raw["absence"], place=f"{entry.place}, absence", faults=entry.faults, keys=_ABSENCE
    )
    terms = []
    for raw in scope.entries("terms"):
        term = Entry(
            {"text": raw} if isinstance(raw, str) else raw,
            place=f"{scope.place}, a term",
            faults=entry.faults,
            keys=["text", "language"],
        )
        terms.append(
            Term(term.text("text", limit=200, required=True), term.text("language", limit=35))
        )
    documents = scope.texts("documents", limit=_MAX_ABOUT)
    for key in documents:
        if key not in known.sources:
            scope.fault("unknown_source", f"{quoted(key)} is no source of {known.where}.")
    return Absence(
        terms=tuple(dict.fromkeys(terms)),
        series=_named(scope, "series", "series", known),
        sources=documents,
        matching=scope.text("matching", limit=60) or Matching.WORDS,
    )


def _evidence(raw: object, *, place: str, faults: Faults, known: Known) -> EvidenceEntry:
    entry = Entry(raw, place=place, faults=faults, keys=_EVIDENCE)
    quote = entry.text("quote", limit=_MAX_QUOTE, required=True)
    if quote:
        try:
            quote = quote_as_read(quote)
        except Refusal as refusal:
            faults.pass_on(place, refusal)
    if not entry.has("source"):
        entry.fault("missing", "The key “source” is missing; it is needed.")
    return EvidenceEntry(
        source=_named(entry, "source", "source", known) or "",
        quote=quote,
        stance=entry.word("stance", Stance, Stance.SUPPORTS) or Stance.SUPPORTS,
        locator=entry.text("locator", limit=60),
        prefix=entry.text("prefix", limit=32),
        suffix=entry.text("suffix", limit=32),
        page=entry.whole("page"),
        language=entry.text("language", limit=35),
        own_origin=_named(entry, "own_origin", "source", known) or "",
    )


def _decision(entry: Entry, known: Known, *, has_evidence: bool) -> DecisionEntry:
    """Status, and who decided when and why; refused where the two do not go together."""
    code = entry.text("status", limit=60) or EntryStatus.SUBMITTED
    if code not in list(EntryStatus):
        entry.fault(
            "unknown_status", f"{quoted(code)} is no status. Known: {', '.join(EntryStatus)}."
        )
        return DecisionEntry()
    status = EntryStatus(code)
    note = entry.text("note", limit=_MAX_NOTE)
    if not status.is_decided:
        for key in ("decided_by", "decided_at", "note"):
            if entry.has(key):
                entry.fault(
                    "no_decision",
                    f"{quoted(key)} belongs to a decision, and the entry is {status}. "
                    "Leave it out, or say the status.",
                )
        return DecisionEntry(status)
    decided_by = read_account(entry, "decided_by")
    if decided_by and decided_by == known.author:
        entry.fault(
            "same_person",
            f"{quoted(decided_by)} wrote the claim and cannot decide on it. Name a second person.",
        )
    if status is not EntryStatus.APPROVED and not note:
        entry.fault("no_note", f"An entry that is {status} says why. Write it in “note”.")
    if status is not EntryStatus.REJECTED and not has_evidence:
        entry.fault("no_evidence", "It was approved without a quote. Add evidence.")
    return DecisionEntry(status, decided_by, _moment(entry, "decided_at"), note)


def _moment(entry: Entry, key: str) -> datetime | None:
    """A day (its first moment, UTC) or a time with its offset from UTC, in ISO 8601."""
    typed = entry.text(key, limit=60)
    if not typed:
        return None
    try:
        if len(typed) == len("2025-05-07"):
            return datetime.combine(date.fromisoformat(typed), time.min, tzinfo=UTC)
        moment = datetime.fromisoformat(typed)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    entry.fault(
        "not_a_time",
        f"{quoted(typed)} is no time. Write a day as in 2025-05-07, or 2025-05-07T14:30:00Z.",
    )
    return None


def _named(entry: Entry, key: str, noun: str, known: Known) -> str | None:
    """What the entry names; noted where it is not known."""
    keys: dict[str, Container[str]] = {
        "entity": known.entities,
        "property": known.properties,
        "series": known.series,
        "source": known.sources,
    }
    name = entry.text(key, limit=_MAX_ABOUT)
    if name and name not in keys[noun]:
        entry.fault(
            f"unknown_{noun}",
            f"{quoted(name)} is no {noun} of {known.where}. Add it, or correct it.",
        )
    return name or None


def _topic(entry: Entry, name: str, known: Known) -> str:
    """The key of a topic that is named by its name or key."""
    if name and name not in known.topics:
        entry.fault("unknown_topic", f"{quoted(name)} is no topic of {known.where}. Add it.")
    return known.topics.get(name, "")


def _asserter(entry: Entry, raw: object, known: Known) -> str | Described:
    """One link in the chain of who says so: the key of an entity, or a description."""
    if isinstance(raw, dict):
        link = Entry(
            raw, place=f"{entry.place}, asserted_by", faults=entry.faults, keys=["description"]
        )
        return Described(link.text("description", limit=200, required=True))
    link = Entry(
        {"entity": raw}, place=f"{entry.place}, asserted_by", faults=entry.faults, keys=["entity"]
    )
    return _named(link, "entity", "entity", known) or ""
