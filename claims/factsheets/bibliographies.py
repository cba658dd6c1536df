"""The sources of a fact sheet as a bibliography, for reference managers."""

import re
from collections.abc import Mapping
from typing import Any

from claims.factsheets.sheet import Sheet
from sources.domain.bibliography.formats import Format
from sources.domain.bibliography.standing_note import with_standing_note
from sources.extraction.bibliography_files import write_bibliography

_KEY = re.compile(r"[A-Za-z0-9_.-]+")


def bibliography(sheet: Sheet, form: Format) -> bytes:
    """The records that quotes cite, by key, each with its standing in the note.

    A source that the reader may not know is its public descriptor. Raises FileRefused where the
    format cannot be made.
    """
    records = [
        _record(key, number, sheet) for number, key in enumerate(sorted(sheet.records), start=1)
    ]
    return write_bibliography(records, form).encode("utf-8", "replace")


def _record(key: str, number: int, sheet: Sheet) -> dict[str, Any]:
    """One record in CSL-JSON; `number` names a source that has no key for this reader."""
    cited = sheet.records[key]
    csl: Mapping[str, Any] = cited.csl
    if cited.standing:
        csl = with_standing_note(csl, cited.standing)
    return {**csl, "id": key if _KEY.fullmatch(key) else f"source-{number}"}
