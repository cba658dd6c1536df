"""Reading DOCX: the text as it stands with all tracked changes accepted, without comments."""

import io
import re
import zipfile
import zlib
from dataclasses import replace

from lxml import etree

from sources.domain.text.completeness import count_words, measured
from sources.extraction.docx.hidden_words import with_hidden_words
from sources.extraction.docx.structure import words_of_part
from sources.extraction.docx.visible_parts import (
    Styles,
    is_shown_part,
    part_tree,
    read_styles,
    shown,
)
from sources.extraction.pandoc import as_content
from sources.extraction.reader_types import Content, File, Unreadable

# A document of a thousand pages unpacks to some 20 MB of XML; pictures are not unpacked.
_UNPACKED = 64 * 1024 * 1024
_ENTRIES = 5_000
_HEAD_OR_FOOT = re.compile(r"word/(?:header|footer)\d*\.xml", re.I)
_MEDIA = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".tiff", ".bin", ".ttf", ".odttf")


def read_docx(file: File) -> Content:
    """The text, its notes at the end; deleted words are not in it, hidden ones are marked.

    Raises Unreadable.
    """
    packed, pieces, aside = _repacked(file)
    content = with_hidden_words(as_content(file, packed, "docx", "--track-changes=accept"))
    return replace(content, completeness=measured(pieces, content.text, aside=aside))


def _repacked(file: File) -> tuple[bytes, list[str], int]:
    """The parts that have words, unpacked within limits and packed anew; and their words, counted.

    So nothing that pandoc unpacks is larger than it says. The words come in pieces, those of heads
    and feet of pages as a number.
    """
    pieces: list[str] = []
    aside = 0
    packed = io.BytesIO()
    left = _UNPACKED
    try:
        with (
            zipfile.ZipFile(io.BytesIO(file.data)) as archive,
            zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as anew,
        ):
            entries = archive.infolist()
            if len(entries) > _ENTRIES:
                raise _too_large(file)
            styles = _styles(archive)
            for entry in entries:
                if entry.is_dir() or entry.filename.lower().endswith(_MEDIA):
                    continue
                with archive.open(entry) as part:
                    content = part.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _too_large(file)
                if is_shown_part(entry.filename):
                    pieces += words_of_part(part_tree(content))
                    content = shown(content, styles)
                elif _HEAD_OR_FOOT.fullmatch(entry.filename):
                    aside += sum(map(count_words, words_of_part(part_tree(content))))
                anew.writestr(zipfile.ZipInfo(entry.filename), content)
    except Unreadable:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
        etree.LxmlError,
    ) as error:
        raise Unreadable(
            "damaged", f"{file.name} is damaged: it cannot be unpacked. Save it anew."
        ) from error
    except RuntimeError as error:  # what zipfile raises for an encrypted part
        raise Unreadable(
            "password", f"{file.name} is protected by a password. Save it without one."
        ) from error
    return packed.getvalue(), pieces, aside


def _styles(archive: zipfile.ZipFile) -> Styles:
    """The styles of the document that matter to hidden words; none where it has no styles."""
    for name in archive.namelist():
        if name.lower() == "word/styles.xml":
            with archive.open(name) as part:
                return read_styles(part.read(_UNPACKED))
    return Styles()


def _too_large(file: File) -> Unreadable:
    return Unreadable(
        "too_large",
        f"{file.name} unpacks to more than {_UNPACKED // 2**20} MiB of text. Split it.",
    )
