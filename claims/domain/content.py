"""The content of a version, in keys and words only, and the hash that an approval binds to."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from claims.vocabulary import Matching, Mode, Stance

# The format of the canonical JSON; a change of it gets the next number.
HASH_FORMAT = 1


@dataclass(frozen=True)
class Described:
    """Somebody unnamed who asserts, described: "a senior official"."""

    description: str


@dataclass(frozen=True)
class Term:
    """Words said to be absent, with their BCP 47 language where it matters."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Absence:
    """The terms that are said to be absent, and from where: the key of a series, or of sources."""

    terms: tuple[Term, ...]
    series: str | None = None
    sources: tuple[str, ...] = ()
    matching: str = Matching.WORDS


@dataclass(frozen=True)
class PremiseGiven:
    """That the content rests on another version (C17/v2), computed by a formula or not."""

    version: str
    content_hash: str
    formula: str = ""


@dataclass(frozen=True)
class Quoted:
    """A piece of evidence: exact words, the key of their source, where in it, and the stance."""

    exact: str
    source: str
    locator: str = ""
    stance: str = Stance.SUPPORTS
    own_origin: str | None = None


@dataclass(frozen=True)
class Content:
    """The content of a version. Entities, properties, topics, series and sources stand by key.

    The canonical JSON has the fields in this order, so that a new one comes last.

    `value` is typed in the grammar of values, its number as `decimal_mark` says (a DecimalMark, or
    empty), `period` and `asserted_on` in words or EDTF, `as_written` in the source's words.
    `asserted_by` is the chain of who says so, the outermost first.
    """

    statement: str
    language: str = "en"
    subject: str | None = None
    property: str | None = None
    aspect: str | None = None
    basis: str = ""
    value: str = ""
    as_written: str = ""
    approximate: bool = False
    decimal_mark: str = ""
    degree: str = ""
    period: str = ""
    asserted_by: tuple[str | Described, ...] = ()
    asserted_on: str = ""
    mode: str = Mode.STATED
    absence: Absence | None = None
    premises: tuple[PremiseGiven, ...] = field(default=())


# The rows that content names, each by its key.
KEY_FIELDS = ("subject", "property", "aspect")
# The fields that are made of parts.
COMPOSED_FIELDS = ("asserted_by", "absence", "premises")
# The fields that are words, a code or a flag, as typed: a version has a column of each name, and
# the form a field.
TYPED_FIELDS = tuple(
    one.name for one in fields(Content) if one.name not in (*KEY_FIELDS, *COMPOSED_FIELDS)
)


def content_hash(content: Content, quotes: Sequence[Quoted], *, salt: str) -> str:
    """SHA-256, in hex digits, of the canonical JSON in UTF-8."""
    return hashlib.sha256(canonical_json(content, quotes, salt=salt).encode()).hexdigest()


def canonical_json(content: Content, quotes: Sequence[Quoted], *, salt: str) -> str:
    """The one way to write content and evidence down: format and salt, then the rest by name.

    What is null, empty or false is left out; numbers are strings as written; quotes are in order
    of source, words and locator, so that the order of entry does not matter. A premise stands by
    the hash of its content, for its reference is a number of this installation.
    """
    written: dict[str, Any] = {"format": HASH_FORMAT, "salt": salt}
    composed: dict[str, Any] = {
        "asserted_by": [
            {"description": link.description} if isinstance(link, Described) else link
            for link in content.asserted_by
        ],
        "absence": absence_json(content.absence),
        "premises": [
            without_nothing({"content_hash": premise.content_hash, "formula": premise.formula})
            for premise in sorted(content.premises, key=lambda premise: premise.content_hash)
        ],
    }
    by_name = {one.name: getattr(content, one.name) for one in fields(content)} | composed
    evidence = [without_nothing(vars(quoted)) for quoted in sorted(quotes, key=sort_key_of)]
    written |= without_nothing({**by_name, "evidence": evidence})
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))


def absence_json(absence: Absence | None) -> dict[str, Any] | None:
    """The scope of an absence, by name."""
    if absence is None:
        return None
    return without_nothing(
        {
            "series": absence.series,
            "sources": sorted(absence.sources),
            "matching": "" if absence.matching == Matching.WORDS else absence.matching,
            "terms": terms_json(absence),
        }
    )


def terms_json(absence: Absence) -> list[dict[str, str]]:
    """The terms of an absence, by name."""
    return [without_nothing(vars(term)) for term in absence.terms]


def sort_key_of(quoted: Quoted) -> tuple[str, str, str, str, str]:
    """Return the key that quotes are sorted by: all that is written of them."""
    return quoted.source, quoted.exact, quoted.locator, quoted.stance, quoted.own_origin or ""


def without_nothing(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something, in their order."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], (), False)}
