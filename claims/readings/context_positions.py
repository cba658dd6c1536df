"""Places at which a page of words in context begins, as addresses name them."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sources.domain.keys import KEY
from sources.domain.refusals import Refusal

_TEXT_ID = re.compile(rf"{KEY}(?:\.[1-9][0-9]{{0,17}})?")
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class ContextPosition:
    """The start of a page of lines: the id of a text, and the code point in it from which on."""

    text: str
    start: int = 0

    @property
    def parameters(self) -> dict[str, str]:
        """The position as an address names it."""
        return {"from": self.text, "at": str(self.start)}


class PositionRefused(Refusal):
    """An address that names no place in the texts of a series."""


def read_position(text: str, start: str) -> ContextPosition | None:
    """The position that an address names by a text and a place in it; None where it names none.

    Raises PositionRefused.
    """
    if not text and not start:
        return None
    if not _TEXT_ID.fullmatch(text) or not _NUMBER.fullmatch(start or "0"):
        raise PositionRefused(
            "position", _("The address names no place in this series. Begin at its first document.")
        )
    return ContextPosition(text, int(start or "0"))
