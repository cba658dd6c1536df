"""The bibliographic records of a dossier."""

import re
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationInfo, field_validator

from claims.domain.dossier.faults import Faults, entry_place, unknown_key
from claims.domain.dossier.fields import Entry, Key, Several, clean_text
from sources.domain.bibliography.records import read_record
from sources.domain.refusals import Refusal, quoted
from sources.vocabulary import OriginKind, Rights

_FILE_NAME = re.compile(r"[^/\\\x00-\x1f.][^/\\\x00-\x1f]*")

# CSL 1.0.2, appendix IV, and what its schema csl-data.json adds.
_CSL = """
    abstract accessed annote archive archive-place archive_collection archive_location author
    authority available-date call-number categories chair chapter-number citation-key
    citation-label citation-number collection-editor collection-number collection-title
    collection-title-short compiler composer container-author container-title container-title-short
    contributor curator custom dimensions director division DOI edition editor editor-translator
    editorial-director event event-date event-place event-title executive-producer
    first-reference-note-number genre guest host illustrator interviewer ISBN ISSN issue issued
    journalAbbreviation jurisdiction keyword language license locator medium narrator note number
    number-of-pages number-of-volumes organizer original-author original-date original-publisher
    original-publisher-place original-title page page-first part part-number part-title performer
    PMCID PMID printing printing-number producer publisher publisher-place recipient references
    reviewed-author reviewed-genre reviewed-title scale script-writer section series-creator
    shortTitle source status submitted supplement supplement-number title title-short translator
    type URL version volume volume-title volume-title-short year-suffix"""
_KNOWN = (*_CSL.split(), "id", "file", "rights", "origins")


def _csl_key(key: str) -> str:
    if key not in _KNOWN:
        raise unknown_key(key, _KNOWN)
    return key


class OriginEntry(Entry):
    """That a source derives from another one."""

    source: Key
    kind: OriginKind


class SourceEntry(Entry):
    """A record in CSL-JSON; `file` names its text in the folder, "" where it is cited without.

    `rights` is None where the dossier says nothing of them; `stands_in` is the file it is from.
    """

    parts = {"origins": ("an origin", OriginEntry)}

    id: Key
    file: Annotated[str, clean_text(255)] = ""
    rights: Rights | None = None
    origins: tuple[OriginEntry, ...] = Several
    record: dict[Annotated[str, AfterValidator(_csl_key)], Any]
    stands_in: str

    @field_validator("file")
    @classmethod
    def _stands_beside(cls, file: str) -> str:
        if file and not _FILE_NAME.fullmatch(file):
            raise Refusal(
                "not_a_file",
                f"{quoted(file)} is no file beside sources.json. Name one without its path.",
            )
        return file

    @field_validator("record")
    @classmethod
    def _read_record(cls, record: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        if key := info.data.get("id"):
            record = {"id": key, **record}
            read_record(record)
        return record


def read_source(raw: object, *, place: str, faults: Faults) -> SourceEntry | None:
    """A record in CSL-JSON with what the dossier says of it besides."""
    if isinstance(raw, dict):
        own = {key: raw[key] for key in ("id", "file", "rights", "origins") if key in raw}
        record = {key: value for key, value in raw.items() if key not in own}
        raw = {**own, "record": record, "stands_in": faults.file}
    return faults.read(SourceEntry, raw, place=place)


def check_origins(sources: list[SourceEntry], known: frozenset[str], *, faults: Faults) -> None:
    """Note origins that are unknown, named twice, or form a circle."""
    origins = {source.id: [tie.source for tie in source.origins] for source in sources}
    for source in sources:
        place = entry_place("source", {"id": source.id}, 0)
        named = origins[source.id]
        for origin in sorted(set(named)):
            if origin not in known:
                faults.add(
                    place,
                    "unknown_source",
                    f"The origin {quoted(origin)} is no source of this dossier. Add its record.",
                )
            if named.count(origin) > 1:
                faults.add(place, "twice", f"The origin {quoted(origin)} is named twice.")
    try:
        TopologicalSorter(origins).prepare()
    except CycleError as error:
        for key in dict.fromkeys(error.args[1]):
            place = entry_place("source", {"id": key}, 0)
            faults.add(place, "circle", "It is an origin of itself. Take one of the ties out.")
