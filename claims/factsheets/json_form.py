"""A fact sheet as JSON, for programs: every claim, quote, conflict and source with its standing.

The same sheet is the same bytes: keys are sorted, and nothing comes from anywhere but the readings.
Where an edition stands changes after its file was made: the file has the address that says so.
docs/factsheet.schema.json describes the form.
"""

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from claims.factsheets.parts import short_url
from claims.factsheets.sheet import Section, Sheet, SheetClaim, cited_key
from claims.readings.claims import ClaimReading, ConflictReading, EvidenceReading
from claims.readings.lines import LineReading
from claims.readings.notices import Notice
from claims.readings.questions import QuestionReading
from claims.readings.sides import SideReading
from sources.readings.citing import CitedRecord
from sources.readings.doubts import grade_text

# Changes with the meaning of a field or its going; a new field leaves it as it is.
SCHEMA = "factbase.factsheet/1"


def json_form(sheet: Sheet, *, style: str) -> bytes:
    """The sheet in UTF-8; `style` is the name of its citation style."""
    conflicts = {
        question.conflict.ref: _question(question, url)
        for one in sheet.claims
        for question, url in one.questions
    }
    form = {
        "schema": SCHEMA,
        "title": sheet.title,
        "language": sheet.language,
        "style": style,
        "generated_at": sheet.generated_at,
        "edition": sheet.edition,
        "summary": sheet.summary,
        "unknown": sheet.unknown,
        "sections": [_section(section) for section in sheet.sections],
        "claims": [_claim(one, sheet) for one in sheet.claims],
        "conflicts": conflicts,
        "sources": {key: _source(cited) for key, cited in sheet.records.items()},
    }
    text = json.dumps(
        msgspec.to_builtins(form, str_keys=True), ensure_ascii=False, indent=1, sort_keys=True
    )
    # Half of a character, which UTF-8 cannot hold, is written as JSON escapes it.
    return f"{text}\n".encode("utf-8", "backslashreplace")


def _section(section: Section) -> dict[str, Any]:
    """A section with its prose and the versions in it, in order."""
    return {
        "heading": section.heading,
        "prose": section.prose,
        "claims": [one.line.claim.version_ref for one in section.claims],
    }


def _claim(one: SheetClaim, sheet: Sheet) -> dict[str, Any]:
    """A version of a claim in codes and in words."""
    line, claim = one.line, one.line.claim
    return {
        "ref": claim.ref,
        "version": claim.number,
        "uuid": claim.uuid,
        "content_hash": claim.content_hash,
        "address": one.url,
        "short_address": short_url(one.url, f"/{claim.ref}"),
        "status": claim.status,
        "is_published": claim.is_published,
        "status_words": line.status,
        "attribution": line.attribution,
        "mode": claim.mode,
        "statement": claim.statement,
        "statement_language": claim.language,
        "subject": claim.subject,
        "property": claim.property.key if claim.property else None,
        "aspect": claim.aspect.key if claim.aspect else None,
        "value": claim.value,
        "value_words": line.written,
        "value_as_written": line.as_written,
        "value_compared": line.understood,
        "period": claim.period,
        "said_on": line.said_on,
        "said_on_is_of_earliest_source": line.is_said_on_from_source,
        "rests_on": line.rests_on,
        "search": line.search,
        "support": line.support,
        "notices": _notices(line.notices),
        "conflicts": [_conflict(conflict) for conflict in claim.conflicts],
        "on_another_basis": [_other(other) for other in one.others],
        "evidence": [_evidence(piece, sheet, one.url) for piece in claim.evidence],
    }


def _notices(notices: Iterable[Notice]) -> list[dict[str, str]]:
    """Codes and sentences of warnings, the gravest first."""
    return [{"code": one.code, "sentence": one.sentence, "ref": one.reference} for one in notices]


def _evidence(piece: EvidenceReading, sheet: Sheet, url: str) -> dict[str, Any]:
    """A quote as it is printed, and what it does for the claim; withheld words are null."""
    quote = piece.quote
    standing = quote.source.standing
    return {
        "stance": piece.stance,
        "excerpt": quote.number,
        "short_address": short_url(url, f"/q/{quote.number}") if quote.number is not None else None,
        "words": quote.words,
        "withheld_on": quote.withheld_on,
        "language": quote.language,
        "translation": quote.translation,
        "translated_by": quote.translated_by,
        "translation_method": quote.translation_method,
        "grade": quote.grade,
        "grade_words": grade_text(quote),
        "is_verified": quote.is_verified,
        "locator": quote.locator or sheet.pages.get(quote.number or 0, ""),
        "source": cited_key(quote.source),
        "source_standing": standing.sentence if standing else "",
    }


def _other(line: LineReading) -> dict[str, Any]:
    """A claim that would disagree, were it on the same basis."""
    return {
        "ref": line.claim.version_ref,
        "attribution": line.attribution,
        "value": line.value,
        "basis": line.claim.basis,
        "period": line.period,
    }


def _conflict(conflict: ConflictReading) -> dict[str, Any]:
    """A conflict as one of its claims knows it."""
    return {"ref": conflict.ref, "status": conflict.status, "words": conflict.status_text}


def _question(question: QuestionReading, url: str) -> dict[str, Any]:
    """A conflict with the positions of its sides."""
    conflict = question.conflict
    return {
        "ref": conflict.ref,
        "address": url,
        "short_address": short_url(url, f"/{conflict.ref}"),
        "kind": conflict.kind,
        "strength": conflict.strength,
        "status": conflict.status,
        "question": question.question,
        "reason": question.reason,
        "decision": conflict.decision_text,
        "decision_reason": conflict.decision_reason,
        "disputes": conflict.status.disputes,
        "sides": [_side(side) for side in question.sides],
    }


def _side(side: SideReading) -> dict[str, Any]:
    """A position with the claims that hold it."""
    return {
        "value": side.value,
        "period": side.period,
        "stance": side.stance,
        "claims": [_holder(claim) for claim in side.claims],
    }


def _holder(claim: ClaimReading) -> dict[str, Any]:
    """A claim on one side of a conflict; it need not be on the sheet."""
    return {
        "ref": claim.version_ref,
        "attribution": claim.attribution,
        "statement": claim.statement,
        "is_published": claim.is_published,
        "notices": _notices(claim.notices),
    }


def _source(cited: CitedRecord) -> dict[str, Any]:
    """A source: record, standing, address, archived copy and the hash of its file."""
    return {
        "csl": cited.csl,
        "standing": cited.standing,
        "url": cited.original_url,
        "archive_url": cited.archive_url,
        "captured_on": cited.captured_on,
        "sha256": cited.sha256,
        "publisher_reliability": cited.reliability,
    }
