"""Effects of an element's own style on the text of a web page: hidden, parted, raised."""

import re
from functools import lru_cache
from typing import Any

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.S)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.I | re.S)
_NOTHING = r"[+-]?(?:0+(?:\.0*)?|\.0+)(?:[a-z]+|%)?"
_END = r"\s*(?:!\s*important\s*)?(?:;|$)"
_FAR = r"-\s*\d{3,}(?:\.\d*)?(?:px|pt|em|rem|vw|vh|%)"

# Hidden as if it were not there: what stands before and behind it meets.
_GONE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none"
    rf"|font-size\s*:\s*{_NOTHING}{_END}"
    rf"|font\s*:[^;]*?(?<=[\s:]){_NOTHING}(?=[\s/;])"
    r"|content-visibility\s*:\s*hidden)",
    re.I,
)
# Hidden, and its place stays or is elsewhere: what stands before and behind it is apart.
_BLANK = re.compile(
    r"(?:^|;)\s*(?:visibility\s*:\s*(?:hidden|collapse)"
    rf"|transform\s*:[^;]*scale[xy]?\(\s*{_NOTHING}\s*[,)]"
    r"|clip\s*:\s*rect\(\s*([01](?:px)?)(?:[\s,]+\1){3}\s*\)"
    r"|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    rf"|(?:text-indent|left|top|margin-left|margin-top)\s*:\s*{_FAR})",
    re.I,
)
# The same, where it is one of the words of a line; whole parts of pages are faded in by scripts.
_FADED = re.compile(rf"(?:^|;)\s*opacity\s*:\s*{_NOTHING}{_END}", re.I)
_SEE_THROUGH = re.compile(r"(?:^|;)\s*color\s*:\s*transparent", re.I)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.I)
_BEHIND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)", re.I)
_NO_SIZE = re.compile(rf"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*{_NOTHING}{_END}", re.I)
_CUT_OFF = re.compile(r"(?:^|;)\s*overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.I)

_APART = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*inline-(?:flex|grid|table)|float\s*:\s*(?:left|right)"
    r"|position\s*:\s*(?:absolute|fixed))",
    re.I,
)
_BESIDE_EACH_OTHER = re.compile(r"(?:^|;)\s*display\s*:\s*(?:inline-)?(?:flex|grid)", re.I)
_GAP = re.compile(
    r"(?:^|;)\s*(?:margin|padding)-(?:left|right|inline(?:-start|-end)?)\s*:\s*([\d.]+)(px|pt|em|rem)",
    re.I,
)
_WIDE = {"px": 3.0, "pt": 2.0, "em": 0.2, "rem": 0.2}
_OFF_LINE = re.compile(
    r"(?:^|;)\s*(?:vertical-align\s*:\s*(?P<up>-?[\d.]+)(?:px|pt|em|rem|ex|%)"
    r"|(?:top\s*:\s*(?P<top>-?[\d.]+)|bottom\s*:\s*(?P<bottom>-?[\d.]+))(?:px|pt|em|rem|ex|%))",
    re.I,
)
_MOVED = re.compile(r"(?:^|;)\s*position\s*:\s*relative", re.I)
_FIGURE = re.compile(r"\s*[-+\u2212\u2013]?\d{1,4}\s*")
_OVERRIDE = re.compile(r"(?:^|;)\s*unicode-bidi\s*:\s*(?:isolate-|bidi-)override", re.I)
_DIRECTION = re.compile(r"(?:^|;)\s*direction\s*:\s*(rtl|ltr)", re.I)
_WHITE = {"#fff": "white", "#ffffff": "white", "#000": "black", "#000000": "black"}


def style_of(element: Any) -> str:
    """The style that stands in the element, without comments and escapes."""
    style = element.get("style", "")
    return _plain(style) if "\\" in style or "/*" in style else style


def is_gone(style: str) -> bool:
    """Whether a style hides the element as if it were not there."""
    return _GONE.search(style) is not None


def is_blank(style: str, *, is_within_line: bool) -> bool:
    """Whether a style hides the words, and leaves a gap between those around them."""
    if _BLANK.search(style) or (_CUT_OFF.search(style) and _NO_SIZE.search(style)):
        return True
    if not is_within_line:
        return False
    if _FADED.search(style):
        return True
    if _SEE_THROUGH.search(style):
        return "background-clip" not in style.lower()
    colour, behind = _COLOUR.search(style), _BEHIND.search(style)
    return bool(colour and behind and _named(colour[1]) == _named(behind[1]))


def is_apart(element: Any) -> bool:
    """Whether words of a line stand in a place of their own, away from those around them."""
    style = style_of(element)
    if style and _APART.search(style):
        return True
    parent = element.getparent()
    return parent is not None and _BESIDE_EACH_OTHER.search(style_of(parent)) is not None


def has_gap(element: Any) -> bool:
    """Whether a margin parts the element from what stands beside it."""
    style = style_of(element)
    return bool(style) and any(
        float(found[1].strip(".") or 0) >= _WIDE[found[2].lower()]
        for found in _GAP.finditer(style)
        if found[1].count(".") < 2
    )


def figure_level(element: Any) -> int:
    """1 where a style sets a figure above the line, -1 below, 0 on it."""
    style = style_of(element)
    found = _OFF_LINE.search(style) if style else None
    if found is None or not _FIGURE.fullmatch("".join(element.itertext())):
        return 0
    if found["up"] is None and not _MOVED.search(style):
        return 0
    number = found["up"] or found["bottom"] or found["top"]
    if not number.strip("-.0"):
        return 0
    is_up = number.startswith("-") == (found["top"] is not None)
    return 1 if is_up else -1


def forced_direction(element: Any) -> str:
    """`rtl` or `ltr` where characters are set in this order whatever they are; "" elsewhere."""
    if element.tag == "bdo":
        direction_given = element.get("dir", "").strip().lower()
        return direction_given if direction_given in ("rtl", "ltr") else ""
    style = style_of(element)
    if not style or not _OVERRIDE.search(style):
        return ""
    direction = _DIRECTION.search(style)
    return direction[1].lower() if direction else element.get("dir", "ltr").strip().lower()


@lru_cache(maxsize=256)
def _plain(style: str) -> str:
    return _ESCAPE.sub(_unescaped, _COMMENT.sub("", style))


def _unescaped(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[2]
    point = int(found[1], 16)
    return chr(point) if 0 < point < 0xD800 or 0xDFFF < point < 0x110000 else "\ufffd"


def _named(colour: str) -> str:
    colour = "".join(colour.lower().split())
    return _WHITE.get(colour, colour)
