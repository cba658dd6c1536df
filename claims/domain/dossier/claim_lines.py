"""A file of claims, one a line, each as in a dossier (docs/dossier-format.md)."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

from claims.domain.dossier.claims import ClaimEntry
from claims.domain.dossier.faults import DossierRefused, Faults
from claims.domain.dossier.fields import Known
from sources.domain.keys import is_key
from sources.domain.refusals import Refusal, quoted
from sources.domain.strict_json import JsonRefused, read_json

MAX_LINE = 1_000_000  # bytes, its end included
MAX_BATCH = 500  # claims that are read and compared together
_BOM = b"\xef\xbb\xbf"
# Behind so many faults nobody reads on.
_MAX_FAULTS = 10_000


class ImportRefused(DossierRefused):
    """A file of claims with faults. `faults` has each by itself.

    `imported` is the number of the last line that is in: those after it are not. 0 where nothing
    was imported.
    """

    def __init__(self, faults: Iterable[Refusal], *, imported: int = 0) -> None:
        super().__init__(faults)
        self.imported = imported


def batches_of(
    data: IO[bytes], *, faults: Faults, known: Known
) -> Iterator[list[tuple[int, ClaimEntry]]]:
    """The claims with the numbers of their lines, at most MAX_BATCH at a time.

    All that is wrong is noted in `faults`; a line with a fault gives no claim. Nothing is read on
    behind 10,000 faults.
    """
    first: dict[str, int] = {}
    lines = entries_of(data, file=faults.file)
    while batch := list(islice(lines, MAX_BATCH)):
        known.look_up({text for _number, raw in batch for text in keys_in(raw)})
        claims: list[tuple[int, ClaimEntry]] = []
        for number, raw in batch:
            if len(faults.found) >= _MAX_FAULTS:
                faults.add(f"line {number}", "too_many", "Reading stopped here: too many faults.")
                return
            if isinstance(raw, Refusal):
                faults.found.append(raw)
                continue
            place = line_place(number, raw)
            claim = faults.read(ClaimEntry, raw, place=place, known=known)
            if claim is None:
                continue
            if claim.id in first:
                message = f"This id stands in line {first[claim.id]} too. Change one."
                faults.add(place, "duplicate_id", message)
            first.setdefault(claim.id, number)
            claims.append((number, claim))
        yield claims


def entries_of(data: IO[bytes], *, file: str) -> Iterator[tuple[int, object]]:
    """The JSON of each line with its number from 1, or the Refusal of it; blank ones left out."""
    number = 0
    while line := data.readline(MAX_LINE + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(_BOM)
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = data.readline(MAX_LINE)
            message = f"It is longer than {MAX_LINE:,} bytes. Write one claim a line."
            yield number, Refusal("too_long", f"{file}, line {number}: {message}")
        elif line.strip():
            try:
                yield number, read_json(line, file=f"{file}, line {number}")
            except JsonRefused as refusal:
                yield number, refusal


def keys_in(raw: object) -> Iterator[str]:
    """Every text of an entry that has the form of a key, wherever it stands."""
    if isinstance(raw, str):
        if is_key(raw):
            yield raw
    elif isinstance(raw, dict | list):
        for inner in raw.values() if isinstance(raw, dict) else raw:
            yield from keys_in(inner)


def line_place(number: int, raw: object) -> str:
    """How a line is named in messages: by its number and the id in it."""
    if isinstance(raw, dict) and isinstance(raw.get("id"), str):
        return f"line {number}, claim {quoted(raw['id'])}"
    return f"line {number}"
