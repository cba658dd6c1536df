"""Names of the files of an edition, as they are saved and as addresses have them."""

from claims.vocabulary.factsheets import EditionFormat, SheetLayout

_ENDINGS = {
    EditionFormat.HTML: "html",
    EditionFormat.PDF: "pdf",
    EditionFormat.DOCX: "docx",
    EditionFormat.ODT: "odt",
    EditionFormat.MARKDOWN: "md",
    EditionFormat.JSON: "json",
    EditionFormat.CSL_JSON: "csl.json",
    EditionFormat.BIBTEX: "bib",
    EditionFormat.RIS: "ris",
}


def edition_file_name(key: str, number: int, layout: SheetLayout | None, to: EditionFormat) -> str:
    """Return the name of a file: "power-of-siberia-2.3.brief.pdf"; of none layout without it."""
    parts = [key, str(number), *([layout.value] if layout else []), _ENDINGS[to]]
    return ".".join(parts)
