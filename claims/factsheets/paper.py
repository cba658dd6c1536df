"""The facts that each printed page of a fact sheet carries."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from claims.factsheets import ast
from claims.factsheets.sheet import Sheet
from claims.readings.wording import day_text

MAX_TITLE = 70  # characters: as many as there is room for on one line


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The words at the head and foot of each page, in the language of the sheet.

    `installation` is who issues it, `edition` its number, or that it is none; `day` of the issue or
    of the making; `address` the short address, for the QR code too. All are plain text, empty where
    not known.
    """

    title: str
    installation: str
    edition: str
    day: str
    address: str

    @property
    def head(self) -> str:
        """Title, edition and day in one line; a long title is cut."""
        title = self.title
        if len(title) > MAX_TITLE:
            title = f"{title[: MAX_TITLE - 1].rstrip()}…"
        return " · ".join(part for part in (title, self.edition, self.day) if part)

    @property
    def page_parts(self) -> list[str]:
        """The words for page of pages, with "{page}" and "{pages}" where the numbers stand."""
        words = _("page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"}
        return [part for part in re.split(r"(\{pages?\})", words) if part]

    @property
    def qr_words(self) -> str:
        """The QR code in words, for who cannot see it."""
        return _("QR code of %(address)s") % {"address": self.address}


def page_facts(sheet: Sheet) -> PageFacts:
    """The facts of a sheet; of one that is no edition, when it was made."""
    edition = sheet.edition
    title = plain(sheet.title)
    if edition is None:
        made = _("made %(day)s") % {"day": day_text(sheet.generated_at.date())}
        return PageFacts(title, settings.INSTALLATION_NAME, "", made, "")
    return PageFacts(
        title,
        plain(edition.installation),
        _("edition %(number)d") % {"number": edition.number},
        day_text(edition.issued_at.date()),
        plain(edition.short_address),
    )


def plain(words: str) -> str:
    """Words on one line, with what would act on the text around it shown by name."""
    return ast.plain_text(ast.text(words))
