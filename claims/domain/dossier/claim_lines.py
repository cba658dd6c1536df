"""A file of claims, one a line, each as in a dossier (docs/dossier-format.md)."""

from collections.abc import Iterator
from typing import IO

from claims.domain.dossier.claims import Known, read_claim
from claims.domain.dossier.contents import ClaimEntry, DossierRefused
from claims.domain.dossier.entry_reader import Faults
from sources.domain.refusals import quoted
from sources.domain.strict_json import JsonRefused, read_json

MAX_LINE = 1_000_000  # bytes, its end included
_BOM = b"\xef\xbb\xbf"
# Behind so many faults nobody reads on.
_MOST_FAULTS = 10_000


class ImportRefused(DossierRefused):
    """A file of claims with faults; nothing of it was imported. `faults` has each by itself."""


def lines_of(data: IO[bytes], faults: Faults) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers from 1, blank ones left out; too long ones are noted.

    Never more than one line is in memory.
    """
    number = 0
    while line := data.readline(MAX_LINE + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(_BOM)
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = data.readline(MAX_LINE)
            faults.add(
                f"line {number}",
                "too_long",
                f"It is longer than {MAX_LINE:,} bytes. Write one claim a line.",
            )
        elif line.strip():
            yield number, line


def claims_of(data: IO[bytes], *, faults: Faults, known: Known) -> Iterator[tuple[int, ClaimEntry]]:
    """The claims with the numbers of their lines; all that is wrong is noted in `faults`.

    A claim with faults comes all the same: it is not to be written. Nothing is read on behind
    10,000 faults.
    """
    first: dict[str, int] = {}
    for number, line in lines_of(data, faults):
        if len(faults.found) >= _MOST_FAULTS:
            faults.add(f"line {number}", "too_many", "Reading stopped here: too many faults.")
            return
        try:
            raw = read_json(line, file=f"{faults.file}, line {number}")
        except JsonRefused as refusal:
            faults.found.append(refusal)
            continue
        claim = read_claim(raw, place=place_of(number, raw), faults=faults, known=known)
        if claim.id and claim.id in first:
            faults.add(
                place_of(number, raw),
                "duplicate_id",
                f"This id stands in line {first[claim.id]} too. Change one.",
            )
        first.setdefault(claim.id, number)
        yield number, claim


def place_of(number: int, raw: object) -> str:
    """How a line is named in messages: by its number and the id in it."""
    if isinstance(raw, dict) and isinstance(raw.get("id"), str):
        return f"line {number}, claim {quoted(raw['id'])}"
    return f"line {number}"
