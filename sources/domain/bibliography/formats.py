"""The formats in which bibliographies come and go, and the dates and numbers they share."""

import re
from enum import StrEnum

from sources.domain.refusals import Refusal

MAX_BYTES = 10_000_000
MAX_RECORDS = 5_000

_POINT = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[?~%]?")


class Format(StrEnum):
    """A format of bibliographies."""

    # JSON in the terms of the Citation Style Language; the form in which records are kept.
    CSL_JSON = "csl-json"
    # For LaTeX. Carries no DOI, ISBN, language or day.
    BIBTEX = "bibtex"
    # For LaTeX with biblatex; carries more.
    BIBLATEX = "biblatex"
    # Tagged lines, for reference managers.
    RIS = "ris"

    @property
    def ending(self) -> str:
        """The ending of a file name."""
        return {"csl-json": "json", "ris": "ris"}.get(self.value, "bib")

    @property
    def label(self) -> str:
        """The name that people use."""
        names = {"csl-json": "CSL-JSON", "bibtex": "BibTeX", "biblatex": "BibLaTeX", "ris": "RIS"}
        return names[self.value]

    @property
    def media_type(self) -> str:
        """The media type, as registered or in use."""
        types = {
            "csl-json": "application/vnd.citationstyles.csl+json",
            "ris": "application/x-research-info-systems",
        }
        return types.get(self.value, "application/x-bibtex")


class FileRefused(Refusal):
    """A file that is no bibliography, or none that can be read."""


def format_of(file_name: str, text: str) -> Format:
    """The format of a file, by the ending of its name, else by how it begins.

    BibTeX is read as BibLaTeX, which has all of its fields. Raises FileRefused.
    """
    ending = file_name.rpartition(".")[2].lower()
    known = {"json": Format.CSL_JSON, "bib": Format.BIBLATEX, "ris": Format.RIS}
    if ending in known:
        return known[ending]
    start = text.lstrip("\ufeff \t\r\n")[:200]
    if start.startswith(("[", "{")):
        return Format.CSL_JSON
    if start.startswith("@"):
        return Format.BIBLATEX
    if re.match(r"TY  ?-", start):
        return Format.RIS
    raise FileRefused(
        "unknown_format",
        "This is neither CSL-JSON nor BibTeX nor RIS. Give the file the ending .json, .bib or "
        ".ris.",
    )


def date_parts(edtf: str) -> list[list[int]]:
    """The days of a date in EDTF as CSL-JSON has them; an open end and doubts are left out."""
    found = [_POINT.fullmatch(point) for point in edtf.split("/")]
    return [[int(part) for part in point.groups() if part] for point in found if point][:2]


def refuse_too_large(size: int) -> None:
    """Refuse more bytes than are read at once. Raises FileRefused."""
    if size > MAX_BYTES:
        raise FileRefused(
            "too_large",
            f"The file has {size:,} bytes. At most {MAX_BYTES:,} are read; split it.",
        )


def refuse_too_many(records: int) -> None:
    """Refuse more records than are read at once. Raises FileRefused."""
    if records > MAX_RECORDS:
        raise FileRefused(
            "too_many",
            f"The file has more than {MAX_RECORDS:,} records, and no more are read. Split it.",
        )
