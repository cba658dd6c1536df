"""The parts of a fact sheet that an editor may leave out, taken out for all layouts and formats."""

from collections.abc import Mapping
from dataclasses import replace

from msgspec import structs

from claims.domain.factsheets.content import SHOWN
from claims.factsheets.disputes import is_disputed
from claims.factsheets.sheet import Sheet, SheetClaim
from claims.readings.lines import LineReading
from sources.readings.citing import CitedRecord


def with_shown_parts(sheet: Sheet) -> Sheet:
    """The sheet without what `sheet.shows` leaves out; layouts and formats print what is there.

    Without `settled` it has no question that is not disputed, without `other_bases` no claim that
    is held apart, without `translations` the words of quotes alone, without `reliability` no
    judgement of a publisher. What warns of a claim stays, whatever is left out.
    """
    if sheet.shows.issuperset(SHOWN):
        return sheet
    return replace(
        sheet,
        sections=tuple(
            replace(section, claims=tuple(_claim(one, sheet.shows) for one in section.claims))
            for section in sheet.sections
        ),
        cited=tuple(_claim(one, sheet.shows) for one in sheet.cited),
        records=_records(sheet.records, sheet.shows),
    )


def _claim(one: SheetClaim, shows: frozenset[str]) -> SheetClaim:
    return replace(
        one,
        line=one.line if "translations" in shows else _untranslated(one.line),
        questions=tuple(
            (question, url)
            for question, url in one.questions
            if "settled" in shows or is_disputed(question)
        ),
        others=one.others if "other_bases" in shows else (),
    )


def _untranslated(line: LineReading) -> LineReading:
    """The claim with the words of its quotes as they were said, alone."""
    evidence = tuple(
        structs.replace(
            piece,
            quote=structs.replace(
                piece.quote, translation="", translated_by="", translation_method=None
            ),
        )
        for piece in line.claim.evidence
    )
    return structs.replace(line, claim=structs.replace(line.claim, evidence=evidence))


def _records(
    records: Mapping[str, CitedRecord], shows: frozenset[str]
) -> Mapping[str, CitedRecord]:
    if "reliability" in shows:
        return records
    return {key: replace(record, reliability="") for key, record in records.items()}
