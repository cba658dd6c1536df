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


# Letters: Latin, Greek and Cyrillic; Arabic; Chinese. Office programs fall back where one is not
# installed; PDF carries its own.
SERIF, SANS = "Noto Serif", "Noto Sans"
ARABIC, CHINESE = "Amiri", "Noto Serif SC"
# Headings by level; that of a claim is what it says, in the letters of the text.
HEADINGS: dict[int, Look] = {
    1: Look("heading 1", size=40, is_bold=True),
    2: Look("heading 2", GREEN, 26, is_bold=True),
    3: Look("heading 3", size=22),
    4: Look("heading 4", GREY, 20, is_bold=True),
}
NOTE_SIZE = 16  # half points
CELL = "Sheet cell"

_FACTS = Look("Sheet facts", GREY, 17)
_DISPUTED = Look("Sheet dispute", fill="FDF3DC", bar="D99A1C")
_SETTLED = Look("Sheet conflict", fill="FFFFFF", bar="DCD7CB")
# The style of small print within a frame, by that of the frame.
IN_FRAME = {
    _DISPUTED.name: Look("Sheet dispute facts", GREY, 17, fill=_DISPUTED.fill, bar=_DISPUTED.bar),
    _SETTLED.name: Look("Sheet conflict facts", GREY, 17, fill=_SETTLED.fill, bar=_SETTLED.bar),
}
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
    "time-line": _FACTS,
    "cell": Look(CELL, size=17),
}
SPANS: dict[str, Look] = {
    "badge-published": Look("Sheet published", "2B4A3F"),
    "badge-unread": Look("Sheet unread", PURPLE, is_bold=True),
    "badge-unpublished": Look("Sheet unread", PURPLE, is_bold=True),
    "badge-disputed": Look("Sheet disputed", AMBER, is_bold=True),
    "badge-retracted": Look("Sheet retracted", RED, is_bold=True),
    "value": Look("Sheet value", is_bold=True),
    "understood": Look("Sheet settled", GREY, 17),
    "stands-warned": Look("Sheet disputed", AMBER, is_bold=True),
    "badge": Look("Sheet badge", is_bold=True),
    "settled": Look("Sheet settled", GREY, 17),
    "dispute-status": Look("Sheet settled", GREY, 17),
    "mode": Look("Sheet mode", GREY, is_italic=True),
    "translation": Look("Sheet translation", is_italic=True),
    "unverified": Look("Sheet unverified", RED, is_bold=True),
    "standing": Look("Sheet standing", RED, is_bold=True),
    "retracted": Look("Sheet warned", RED, 17),
    "notice": Look("Sheet noticed", AMBER, 17),
    "invisible": Look("Sheet invisible", RED, 16),
}


def block_looks() -> list[Look]:
    """The styles of paragraphs, each once, by name."""
    looks = {look.name: look for look in (*BLOCKS.values(), *IN_FRAME.values())}
    return sorted(looks.values(), key=lambda one: one.name)


def span_looks() -> list[Look]:
    """The styles of characters, each once, by name."""
    return sorted({look.name: look for look in SPANS.values()}.values(), key=lambda one: one.name)
