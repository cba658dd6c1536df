"""The text of a web page in runs: what a reader sees on one line, paragraph or cell each.

Everything that would change its meaning by being flattened is written out: raised and lowered
figures, the borders of cells, the numbers of lists, quotation marks that the browser draws.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from sources.extraction.html import elements
from sources.extraction.html.styles import forced_direction, has_gap
from sources.extraction.raised import lowered, raised
from sources.vocabulary import ApparatusKind

# White space that stands, until the rest is collapsed: no page has these characters.
_KEPT = {" ": "\x1c", "\n": "\x1d", "\t": "\x1e"}
_KEEP = str.maketrans(_KEPT)
_LET = str.maketrans({kept: space for space, kept in _KEPT.items()})
_FORBIDDEN = re.compile("[\x1c-\x1f]")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_AROUND_BREAKS = re.compile(r" *\x1d *")
_OVERRIDES = {"rtl": "\u202e", "ltr": "\u202d"}
_POP = "\u202c"
_NUMERALS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)

_ROOTS = frozenset(["msqrt", "mroot"])
# What parts the pieces of a formula.
_BETWEEN = {"mfrac": "⁄", "mroot": "; ", "mmultiscripts": " "}

# A piece of text and, where it is apparatus, its kind.
Part = tuple[str, str]


@dataclass(slots=True)
class Run:
    """A stretch without a border of a block: its parts, the element it stands in, what parts it.

    `nodes` are where its words stand in the tree: (element, is it the tail, how many characters).
    `targets` are the ids of the notes that it marks.
    """

    block: Any
    parts: list[Part] = field(default_factory=list)
    lines: int = 0
    tabs: int = 0
    nodes: list[tuple[Any, bool, int]] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, with the apparatus."""
        return "".join(text for text, _ in self.parts)


@dataclass(slots=True)
class _Open:
    """An element whose words are gathered before it is known how they are written."""

    element: Any
    parts: list[Part] = field(default_factory=list)
    is_note: bool = False


class Runs:
    """Walks a tree once, from its beginning to its end, and gathers its runs."""

    def __init__(self, root: Any) -> None:
        self.found: list[Run] = []
        self._blocks: list[Any] = [root]
        self._run = Run(root)
        self._open: list[_Open] = []
        self._links: list[str] = []
        self._rows: list[list[int]] = []  # per open row: its cells so far, and whether it has words
        self._counters: list[int | None] = []
        self._label: Part | None = None
        self._kept_space = 0
        self._notes: dict[str, str] = {}
        self._lines = self._tabs = 0
        self._begins_cell = False
        self._walk(root)
        self._flush(0)

    def _walk(self, root: Any) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if elements.is_unseen(element):
                    if elements.is_left_blank(element):
                        self._add((" ", ""))
                    walk.skip_subtree()
                elif element.tag in elements.PICTURES:
                    self._picture(element)
                    if element.tag == "embed":  # which ends at once, but not for libxml2
                        self._words(element, element.text, is_tail=False)
                    else:
                        walk.skip_subtree()
                else:
                    self._start(element)
                    self._words(element, element.text, is_tail=False)
            else:
                if not elements.is_unseen(element) and element.tag not in elements.PICTURES:
                    self._end(element)
                if element is not root:
                    self._words(element, element.tail, is_tail=True)

    def _picture(self, element: Any) -> None:
        if element.tag == "hr":
            self._flush(2)
        else:
            self._add((" ", ""))

    def _start(self, element: Any) -> None:
        tag = element.tag
        if elements.is_cell(element):
            self._start_cell(element)
        elif elements.is_block(element):
            self._flush(2 if tag in elements.PARAGRAPHS else 1)
            self._blocks.append(element)
            self._run.block = element
            self._start_block(element)
        elif elements.level(element) or tag in ("rt", "mfrac"):
            self._open.append(_Open(element, is_note=bool(self._links)))
        elif tag == "br":
            self._add((_KEPT["\n"], ""))
        elif tag == "q":
            self._add(("“", ""))
        elif has_gap(element):
            self._add((" ", ""))
        self._start_formula(element)
        if direction := forced_direction(element):
            self._add((_OVERRIDES.get(direction, ""), ""))
        if elements.is_note_link(element):
            self._links.append(element.get("href", "").rpartition("#")[2])
            if self._open:
                self._open[-1].is_note = True

    def _start_formula(self, element: Any) -> None:
        """Write the signs that a formula only draws: the line of a fraction, the sign of a root."""
        if element.tag in _ROOTS:
            self._add(("√(", ""))
        parent = element.getparent()
        if parent is not None and parent.tag in _BETWEEN and parent.index(element):
            self._add((_BETWEEN[parent.tag], ""))

    def _end(self, element: Any) -> None:
        tag = element.tag
        if forced_direction(element):
            self._add((_POP, ""))
        if self._open and self._open[-1].element is element:
            self._close(self._open.pop())
        if elements.is_note_link(element):
            self._links.pop()
        if elements.is_cell(element):
            self._flush(0)
            self._blocks.pop()
            self._run.block = self._blocks[-1]
        elif elements.is_block(element):
            if tag == "tr" or tag == "mtr":
                self._begins_cell = False
                self._tabs = 0  # of the empty cells at the end of the row
            self._flush(2 if tag in elements.PARAGRAPHS else 1)
            self._end_block(element)
            self._blocks.pop()
            self._run.block = self._blocks[-1]
        elif tag == "q":
            self._add(("”", ""))
        elif tag in _ROOTS:
            self._add((")", ""))
        elif has_gap(element):
            self._add((" ", ""))

    def _start_block(self, element: Any) -> None:
        tag = element.tag
        if tag == "tr" or tag == "mtr":
            self._rows.append([0, 0])
        elif tag in ("pre", "listing"):
            self._kept_space += 1
        elif tag in ("ol", "ul", "menu", "dir"):
            self._counters.append(_first_number(element) if tag == "ol" else None)
        elif tag == "li":
            self._start_item(element)

    def _end_block(self, element: Any) -> None:
        tag = element.tag
        if tag == "tr" or tag == "mtr":
            self._rows.pop()
        elif tag in ("pre", "listing"):
            self._kept_space -= 1
        elif tag in ("ol", "ul", "menu", "dir"):
            self._counters.pop()
        elif tag == "li":
            self._label = None

    def _start_item(self, element: Any) -> None:
        """The number of an item of an ordered list; before a note it is the mark of the note."""
        if not self._counters or self._counters[-1] is None:
            return
        number = _whole(element.get("value"), self._counters[-1])
        parent = element.getparent()
        step = -1 if parent is not None and parent.get("reversed") is not None else 1
        self._counters[-1] = number + step
        style = parent.get("type", "1") if parent is not None else "1"
        mark = self._notes.get(element.get("id", ""), "")
        if mark or _is_of_notes(parent):
            self._label = (raised(mark or str(number)) + " ", ApparatusKind.NOTE)
        else:
            self._label = (f"{_numbered(number, style)}. ", ApparatusKind.MARKUP)

    def _start_cell(self, element: Any) -> None:
        self._flush(0)
        row = self._rows[-1] if self._rows and element.tag in elements.CELLS else [1, 1]
        if element.tag not in elements.CELLS and self._lines:
            pass  # it begins a line of its own
        elif row[0]:
            self._lines = 0 if row[1] else self._lines
            self._tabs += 1
        row[0] += 1
        self._begins_cell = True
        self._blocks.append(element)
        self._run.block = element

    def _words(self, element: Any, text: str | None, *, is_tail: bool) -> None:
        if not text:
            return
        text = _FORBIDDEN.sub("", text)
        self._run.nodes.append((element, is_tail, len(text.strip())))
        self._add((text.translate(_KEEP) if self._kept_space else text, ""))

    def _add(self, part: Part) -> None:
        (self._open[-1].parts if self._open else self._run.parts).append(part)

    def _close(self, closed: _Open) -> None:
        """Write what stands above or below the line, a reading, or a fraction."""
        text = _SPACES.sub(" ", "".join(text for text, _ in closed.parts))
        before = self._before()
        tag = closed.element.tag
        if tag == "rt":
            self._add((f"({text.strip()})" if text.strip() else "", ApparatusKind.MARKUP))
        elif tag == "mfrac":
            self._add((f" {text}" if before[-1:].isalnum() else text, ""))
        elif elements.level(closed.element) < 0:
            self._add((lowered(text), ""))
        elif closed.is_note and len(text.strip()) <= 12:
            self._note(closed, text)
        else:
            self._add((raised(text, before), ""))

    def _note(self, closed: _Open, text: str) -> None:
        """The mark of a note, which the format itself names so."""
        linked = [closed.element, *closed.element.iter("a")]
        linked += list(closed.element.iterancestors("a"))[:1]
        for link in linked:
            target = link.get("href", "").rpartition("#")[2] if link.tag == "a" else ""
            if target:
                self._notes[target] = text
                self._run.targets.append(target)
        self._add((raised(text), ApparatusKind.NOTE))

    def _before(self) -> str:
        """The last words before an element that is being closed."""
        parts = self._open[-1].parts if self._open else self._run.parts
        return next((text for text, _ in reversed(parts) if text), "")

    def _flush(self, lines: int) -> None:
        """End the run; what comes next stands so many lines below."""
        parts = _collapsed(self._run.parts) if not self._open else None
        if parts is None:
            self._add((_KEPT["\n"], ""))  # a block inside of a raised element: no run ends here
            return
        if parts:
            if self._label is not None:
                parts.insert(0, self._label)
                self._label = None
            self._run.parts, self._run.lines, self._run.tabs = parts, self._lines, self._tabs
            self.found.append(self._run)
            self._lines = self._tabs = 0
            self._begins_cell = False
            for row in self._rows:
                row[1] = 1
            self._run = Run(self._blocks[-1])
        else:
            self._run = Run(self._blocks[-1], nodes=[], targets=self._run.targets)
        if not self._begins_cell:  # a paragraph that begins a cell begins no line
            self._lines = max(self._lines, lines)


def _collapsed(parts: list[Part]) -> list[Part]:
    """Parts with white space as a browser shows it: one space for a run, none at the ends."""
    text = _SPACES.sub(" ", "".join(text for text, _ in parts))
    if not text.strip(" \x1c\x1d\x1e"):
        return []
    collapsed: list[Part] = []
    ends_in_space = True
    for text, kind in parts:
        text = _AROUND_BREAKS.sub("\x1d", _SPACES.sub(" ", text))
        if ends_in_space:
            text = text.lstrip(" ")
        if not text:
            continue
        if text[0] == "\x1d" and collapsed:
            collapsed[-1] = (collapsed[-1][0].rstrip(" "), collapsed[-1][1])
        ends_in_space = text[-1] in " \x1d"
        collapsed.append((text, kind))
    return _trimmed(collapsed)


def _trimmed(parts: list[Part]) -> list[Part]:
    """Parts without spaces and breaks at both ends, and with the white space that was kept."""
    while parts and not parts[0][0].strip(" \x1d"):
        parts.pop(0)
    while parts and not parts[-1][0].strip(" \x1d\x1c\x1e"):
        parts.pop()
    if parts:
        parts[0] = (parts[0][0].lstrip(" \x1d"), parts[0][1])
        parts[-1] = (parts[-1][0].rstrip(" \x1d\x1c\x1e"), parts[-1][1])
    return [(text.translate(_LET), kind) for text, kind in parts if text]


def _is_of_notes(parent: Any) -> bool:
    """Whether a list holds the notes of the page, as pandoc and EPUB mark it."""
    holder = parent.getparent() if parent is not None else None
    return any(
        one is not None
        and (
            one.get("role") in ("doc-endnotes", "doc-footnotes")
            or "footnotes" in one.get("class", "").split()
        )
        for one in (parent, holder)
    )


def _first_number(element: Any) -> int:
    default = 1
    if element.get("reversed") is not None:
        default = sum(1 for child in element if child.tag == "li")
    return _whole(element.get("start"), default)


def _whole(text: str | None, default: int) -> int:
    try:
        return int(text) if text and len(text) < 10 else default
    except ValueError:
        return default


def _numbered(number: int, style: str) -> str:
    """The number of an item as the list's type draws it: 3, c, C, iii or III."""
    if style in ("a", "A") and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord(style) + rest) + letters
        return letters
    if style in ("i", "I") and 0 < number < 4000:
        roman = ""
        for value, numeral in _NUMERALS:
            count, number = divmod(number, value)
            roman += numeral * count
        return roman if style == "i" else roman.upper()
    return str(number)
