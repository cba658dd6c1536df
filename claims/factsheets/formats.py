"""The file formats of fact sheets: the one table that all doors offer and name files by."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.text import slugify

Layout = Literal["brief", "dossier"]

LAYOUTS: tuple[Layout, ...] = ("brief", "dossier")
DEFAULT_LAYOUT: Layout = "dossier"


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format of files.

    `name` is what doors call it, `label` what people do, `ending` that of a file's name, without
    the dot. `has_layouts` says that brief and dossier differ in it; `is_text` that it is UTF-8;
    `is_bibliography` that it lists the sources of the sheet and nothing else.
    """

    name: str
    label: str
    ending: str
    media_type: str
    has_layouts: bool = True
    is_text: bool = False
    is_bibliography: bool = False

    @property
    def content_type(self) -> str:
        """The media type with the encoding of text, as HTTP has it."""
        return f"{self.media_type}; charset=utf-8" if self.is_text else self.media_type

    @property
    def code(self) -> str:
        """The name as codes are stored: with low lines."""
        return self.name.replace("-", "_")

    def file_name(self, title: str, layout: str = "") -> str:
        """A name for a file of it, in letters that every system takes.

        A brief says so. A bibliography says that it lists the sources, so that it takes the place
        of no other file.
        """
        stem = slugify(title)[:60].strip("-") or "fact-sheet"
        if self.has_layouts and layout == "brief":
            stem = f"{stem}-brief"
        elif self.is_bibliography:
            stem = f"{stem}-sources"
        return f"{stem}.{self.ending}"


_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: dict[str, FileFormat] = {
    one.name: one
    for one in (
        FileFormat("html", "HTML", "html", "text/html", is_text=True),
        FileFormat("pdf", "PDF", "pdf", "application/pdf"),
        FileFormat("docx", "Word", "docx", _OFFICE),
        FileFormat("odt", "OpenDocument", "odt", "application/vnd.oasis.opendocument.text"),
        FileFormat("markdown", "Markdown", "md", "text/markdown", is_text=True),
        FileFormat("json", "JSON", "json", "application/json", has_layouts=False, is_text=True),
        FileFormat(
            "csl-json",
            "CSL-JSON",
            "json",
            "application/vnd.citationstyles.csl+json",
            has_layouts=False,
            is_text=True,
            is_bibliography=True,
        ),
        FileFormat(
            "bibtex",
            "BibTeX",
            "bib",
            "application/x-bibtex",
            has_layouts=False,
            is_text=True,
            is_bibliography=True,
        ),
        FileFormat(
            "ris",
            "RIS",
            "ris",
            "application/x-research-info-systems",
            has_layouts=False,
            is_text=True,
            is_bibliography=True,
        ),
    )
}


def format_of_ending(ending: str) -> FileFormat | None:
    """The first format whose files end like this (".md"), or None."""
    wanted = ending.removeprefix(".").lower()
    return next((one for one in FORMATS.values() if one.ending == wanted), None)


def names(formats: Iterable[FileFormat] = FORMATS.values()) -> list[str]:
    """The names of formats, in the order of the table."""
    return [one.name for one in formats]
