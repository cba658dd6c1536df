"""The look of a sheet's blocks and spans in office files: the styles of its classes."""

from dataclasses import dataclass

GREEN = "2B4A3F"
GREY = "5A5F66"
RED = "A3282A"
AMBER = "8A5A00"
PURPLE = "6B4A9C"


@dataclass(frozen=True, slots=True)
class Look:
    """A style. `size` is in half points, 0 for that of the text; `fill` and `bar` are colours."""

    name: str
    color: str = ""
    size: int = 0
    is_bold: bool = False
    is_italic: bool = False
    fill: str = ""
    bar: str = ""

    @property
    def identifier(self) -> str:
        """The name as pandoc writes it where no spaces may stand."""
        return self.name.replace(" ", "")


_FACTS = Look("Sheet facts", GREY, 17)
_DISPUTED = Look("Sheet dispute", fill="FDF3DC", bar="D99A1C")
_SETTLED = Look("Sheet conflict", fill="FFFFFF", bar="DCD7CB")
# By class; of several, the one that stands first here decides.
BLOCKS: dict[str, Look] = {
    "sheet-facts": _FACTS,
    "sheet-note": _FACTS,
    "claim-facts": _FACTS,
    "conflict-facts": _FACTS,
    "provenance": _FACTS,
    "summary": Look("Sheet summary", size=22, fill="E4F0E8", bar=GREEN),
    "retracted": Look("Sheet warning", RED, 17),
    "flagged": Look("Sheet flag", AMBER, 17),
    "notice": Look("Sheet notice", GREY, 17),
    "disputed": _DISPUTED,
    "conflict": _SETTLED,
    "claim-statement": Look("Sheet statement", size=23),
}
SPANS: dict[str, Look] = {
    "badge-published": Look("Sheet published", "2B4A3F"),
    "badge-unread": Look("Sheet unread", PURPLE, is_bold=True),
    "badge-unpublished": Look("Sheet unread", PURPLE, is_bold=True),
    "badge-disputed": Look("Sheet disputed", AMBER, is_bold=True),
    "badge-retracted": Look("Sheet retracted", RED, is_bold=True),
    "badge": Look("Sheet badge", is_bold=True),
    "value": Look("Sheet value", is_bold=True),
    "settled": Look("Sheet settled", GREY, 17),
    "dispute-status": Look("Sheet settled", GREY, 17),
    "mode": Look("Sheet mode", GREY, is_italic=True),
    "translation": Look("Sheet translation", is_italic=True),
    "unverified": Look("Sheet unverified", RED, is_bold=True),
    "standing": Look("Sheet standing", RED, is_bold=True),
    "invisible": Look("Sheet invisible", RED, 16),
}


def block_looks() -> list[Look]:
    """The styles of paragraphs, each once, by name."""
    return sorted({look.name: look for look in BLOCKS.values()}.values(), key=lambda one: one.name)


def span_looks() -> list[Look]:
    """The styles of characters, each once, by name."""
    return sorted({look.name: look for look in SPANS.values()}.values(), key=lambda one: one.name)
