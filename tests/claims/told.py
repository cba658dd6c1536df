"""Readings made by hand, with plain values where a test gives none."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from msgspec import structs

from claims.domain.support import Support
from claims.readings.claims import AsserterReading, ClaimReading, ConflictReading, EvidenceReading
from claims.readings.lines import LineReading, line_of
from claims.vocabulary import (
    ConflictKind,
    ConflictStatus,
    Mode,
    Stance,
    Status,
    Strength,
)
from sources.readings.quotes import QuoteReading
from sources.readings.sources import SourceReading
from sources.vocabulary import Access, Grade

AT = datetime(2026, 2, 3, 14, 5, tzinfo=UTC)


def claim(number: int, statement: str, *, of: int = 1, **given: Any) -> ClaimReading:
    """A published claim, plainly stated by the desk, in its version of the number `of`."""
    values: dict[str, Any] = {
        "id": 100 * number + of,
        "claim": number,
        "number": of,
        "uuid": UUID(int=number),
        "status": "published",
        "review_status": Status.APPROVED,
        "is_published": True,
        "published": (AT, None),
        "retracted_at": None,
        "retracted_reason": "",
        "attribution": "The desk states, after PISM alone",
        "asserters": (),
        "mode": Mode.STATED,
        "asserted_on": "",
        "statement": statement,
        "language": "en",
        "subject": None,
        "property": None,
        "aspect": None,
        "basis": "",
        "value": None,
        "period": None,
        "premises": (),
        "formula": "",
        "topics": (),
        "evidence": (),
        "support": Support(),
        "conflicts": (),
        "former_conflicts": (),
        "search": None,
        "notices": (),
        "recorded_at": AT,
        "content_hash": "0" * 64,
    }
    return ClaimReading(**{**values, **given})


def in_words(claim: ClaimReading, **words: Any) -> LineReading:
    """A claim in words; `words` take the place of those made of it."""
    return structs.replace(line_of(claim), **words)


def changed(claim: ClaimReading, **given: Any) -> ClaimReading:
    """The claim with other values."""
    return structs.replace(claim, **given)


def said_by(name: str) -> dict[str, Any]:
    """The fields of a claim that somebody described says."""
    return {"attribution": name, "asserters": (AsserterReading(None, name),)}


def quote(
    key: str,
    words: str,
    *,
    stance: Stance = Stance.SUPPORTS,
    grade: Grade = Grade.EXACT,
    source_title: str = "A title",
    number: int = 7,
    **given: Any,
) -> EvidenceReading:
    """A quote of a source that the reader knows."""
    source = SourceReading(key, source_title, access=Access.PUBLIC)
    given = {"located": words, **given}
    return EvidenceReading(
        stance, QuoteReading(grade, grade.is_located, None, source, number, words, **given)
    )


def conflict(
    number: int, *, status: ConflictStatus = ConflictStatus.OPEN, **given: Any
) -> ConflictReading:
    """A contradiction between values."""
    values: dict[str, Any] = {
        "record": number,
        "number": number,
        "kind": ConflictKind.VALUE,
        "strength": Strength.CONTRADICTION,
        "status": status,
        "same_source": False,
        "question": "",
        "opened_at": AT,
        "decision": None,
        "decision_text": "",
    }
    return ConflictReading(**{**values, **given})
