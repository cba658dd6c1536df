"""Reading the bibliographic records of a dossier."""

import re

from claims.domain.dossier.contents import OriginEntry, SourceEntry
from claims.domain.dossier.entry_reader import Entry, Faults, place_of
from sources.domain.bibliography.records import read_record
from sources.domain.refusals import Refusal, quoted
from sources.vocabulary import OriginKind, Rights

_OWN_KEYS = ["id", "file", "rights", "origins"]  # the rest of a record is CSL
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
_RECORD = (*_OWN_KEYS, *_CSL.split())


def read_source(raw: object, *, place: str, faults: Faults, may_have_text: bool) -> SourceEntry:
    """A record in CSL-JSON with what the dossier says of it besides."""
    given = raw if isinstance(raw, dict) else {}
    record = {key: value for key, value in given.items() if key not in _OWN_KEYS}
    entry = Entry(raw, place=place, faults=faults, keys=_RECORD)
    key = entry.key("id")
    if key:
        try:
            read_record({"id": key, **record})
        except Refusal as refusal:
            faults.pass_on(place, refusal)
    file = entry.text("file", limit=255)
    if file and not may_have_text:
        entry.fault("file_here", "A document is cited without its text. Move it to sources.json.")
    elif file and not _FILE_NAME.fullmatch(file):
        entry.fault(
            "not_a_file",
            f"{quoted(file)} is no file beside sources.json. Name one without its path.",
        )
    return SourceEntry(
        key=key,
        record={"id": key, **record},
        stands_in=faults.file,
        file=file,
        rights=entry.word("rights", Rights) if entry.has("rights") else None,
        origins=tuple(
            _origin(origin, place=place, faults=faults) for origin in entry.entries("origins")
        ),
    )


def check_origins(sources: list[SourceEntry], *, faults: Faults) -> None:
    """Note origins that are unknown, named twice, or form a circle."""
    origins = {source.key: [tie.source for tie in source.origins] for source in sources}
    for source in sources:
        place = place_of("source", {"id": source.key}, 0)
        named = origins[source.key]
        for origin in sorted(set(named)):
            if origin not in origins:
                faults.add(
                    place,
                    "unknown_source",
                    f"The origin {quoted(origin)} is no source of this dossier. Add its record.",
                )
            if named.count(origin) > 1:
                faults.add(place, "twice", f"The origin {quoted(origin)} is named twice.")
        if source.key in _reached(named, origins):
            faults.add(place, "circle", "It is an origin of itself. Take one of the ties out.")


def _origin(raw: object, *, place: str, faults: Faults) -> OriginEntry:
    entry = Entry(raw, place=f"{place}, an origin", faults=faults, keys=["source", "kind"])
    return OriginEntry(entry.key("source"), entry.word("kind", OriginKind) or OriginKind.DIGEST)


def _reached(first: list[str], ties: dict[str, list[str]]) -> set[str]:
    """All that can be reached along the ties."""
    waiting, reached = list(first), set[str]()
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting += ties.get(here, [])
    return reached
