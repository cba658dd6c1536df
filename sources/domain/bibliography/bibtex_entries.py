"""Find the entries of a file in BibTeX, so that a faulty one is refused and the rest is read.

The grammar is that of "Tame the BeaST" (N. Markey, 2009), section 2, which BibTeX and biber share:
an entry stands in braces or parentheses, words outside entries and `@comment` say nothing, and a
value is parts joined by `#`, each in braces, in quotation marks, a number or the name of a string.
A missing comma before a field and a missing key are forgiven, since they can only be read one way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.domain.bibliography.formats import FileRefused, refuse_too_many
from sources.domain.refusals import quoted

# Braces within braces that no bibliography needs; pandoc takes long over thousands.
MAX_BRACES = 50
# Of a value with its strings put in, so that strings made of strings do not fill the memory.
MAX_VALUE = 200_000
MAX_STRINGS = 20_000_000  # of all values together

# Names that every style of BibTeX defines; pandoc reads them.
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS = frozenset(_MONTHS.split())

_BEGIN = re.compile(r"(?<![\w.@])@[ \t]*([A-Za-z]+)[ \t\r\n]*([{(])")
# An entry that begins a line. Within another one it says that the other was never closed.
_ENTRY_LINE = r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]"
_NEXT_ENTRY = re.compile(_ENTRY_LINE, re.MULTILINE)
_MARK = re.compile(rf"\\.|[{{}}\"]|{_ENTRY_LINE}", re.MULTILINE | re.DOTALL)
# Between fields a per cent sign begins a remark, as biber reads it.
_SPACE = re.compile(r"(?:\s|%[^\n]*(?:\n|$))*")
_KEY = re.compile(r"\s*([^,={}\"\s]*)[ \t]*(?=[,})\s]|$)")
_NAME = re.compile(r"\s*([^\s={}(),\"#%]+)\s*=\s*")
_WORD = re.compile(r"[^\s,{}()=\"#]+")
_JOINT = re.compile(r"\s*#\s*")
_LEFT_OVER = re.compile(r"[\s,}]*[A-Za-z][\w-]*\s*=\s*[{\"\d]")


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry: its kind in lower case, its key as written, and its fields in order.

    A field is its name in lower case and its value without the outer braces or quotation marks,
    the strings of the file put in. `fault` says in a sentence why the entry cannot be read.
    """

    line: int
    kind: str
    key: str
    fields: tuple[tuple[str, str], ...] = ()
    fault: str = ""


class _Faulty(Exception):
    """The entry cannot be read any further than `place`."""

    def __init__(self, place: int, why: str) -> None:
        self.place = place
        self.why = why
        super().__init__(why)


def read_entries(text: str) -> list[BibEntry]:
    """The entries of a file in order. Raises FileRefused for more than are read at once."""
    entries: list[BibEntry] = []
    for entry in _Scanner(text).entries():
        entries.append(entry)
        refuse_too_many(len(entries))
    return entries


class _Scanner:
    """One walk through a file, in time proportional to its length."""

    def __init__(self, text: str) -> None:
        self.text = text
        # None for a string that cannot be read.
        self.strings: dict[str, str | None] = {}
        self.key = ""
        self._taken, self._start = 0, 0
        self._has_open_comment = False  # so that no end is looked for again and again
        self._counted, self._line = 0, 1

    def entries(self) -> Iterator[BibEntry]:
        place = 0
        while found := _BEGIN.search(self.text, place):
            kind, line = found[1].lower(), self._line_at(found.start())
            self.key, self._start = "", found.start()
            if self._is_remark(found.start()):
                place = found.end()
                continue
            try:
                fields, place = self._block(kind, found)
            except _Faulty as fault:
                place = found.end()
                if kind == "comment":
                    self._has_open_comment = True
                else:
                    place = self._after(max(fault.place, place))
                if kind == "string" and (name := _NAME.match(self.text, found.end())):
                    self.strings[name[1].lower()] = None
                if kind != "comment":
                    yield BibEntry(line, kind, self.key, fault=fault.why)
            else:
                if kind not in ("comment", "preamble", "string"):
                    yield BibEntry(line, kind, self.key, tuple(fields))

    def _block(self, kind: str, found: re.Match[str]) -> tuple[list[tuple[str, str]], int]:
        """The fields of an entry or string, and the place behind its end."""
        close = "}" if found[2] == "{" else ")"
        if kind in ("comment", "preamble"):
            if close == ")" or self._has_open_comment:
                return [], found.end()
            return [], self._end_of_group(found.end(), is_entry=False) + 1
        fields, place = self._fields(found.end(), close, has_key=kind != "string")
        if kind == "string":
            self.strings |= {name: value for name, value in fields if name not in MONTHS}
        elif _LEFT_OVER.match(self.text, place):
            raise _Faulty(
                place,
                "After its end it goes on with a field: a brace too many closes it in line "
                f"{self._lines_to(place)}. Take that brace out.",
            )
        return fields, place

    def _fields(
        self, place: int, close: str, *, has_key: bool
    ) -> tuple[list[tuple[str, str]], int]:
        if has_key and not _NAME.match(self.text, place):
            found = _KEY.match(self.text, place)
            if found is None:
                raise _Faulty(place, "No key stands at its beginning. Give it one.")
            self.key, place = found[1].removesuffix(close), found.end()
            if found[1] != self.key:
                place = found.start(1) + len(self.key)
        fields: list[tuple[str, str]] = []
        while True:
            place = _space(self.text, place)
            while self.text.startswith(",", place):
                place = _space(self.text, place + 1)
            if self.text.startswith(close, place):
                return fields, place + 1
            name = _NAME.match(self.text, place)
            if name is None:
                raise self._no_field(place)
            value, place = self._value(name.end())
            fields.append((name[1].lower(), value))

    def _no_field(self, place: int) -> _Faulty:
        if place >= len(self.text):
            return _Faulty(place, "It is not closed before the end of the file. Close its braces.")
        begins = self.text.rfind("\n", 0, place) + 1
        if begins > self._start and _NEXT_ENTRY.match(self.text, begins):
            return self._unclosed(place)
        start = self.text[place : place + 40].split("\n")[0]
        return _Faulty(
            place,
            f"Where a field or its end should stand, line {self._lines_to(place)} has "
            f"{quoted(start)}. A comma, an equals sign or a brace is missing or too many.",
        )

    def _unclosed(self, place: int) -> _Faulty:
        return _Faulty(
            place,
            f"It is not closed before line {self._lines_to(place)}, where the next entry begins. "
            "A brace or a quotation mark is missing.",
        )

    def _value(self, place: int) -> tuple[str, int]:
        """The parts of a value put together, and the place behind it."""
        parts: list[str] = []
        while True:
            mark = self.text[place : place + 1]
            if mark in ("{", '"') and mark:
                end = self._end_of_group(place + 1, quote=mark == '"')
                parts.append(self.text[place + 1 : end])
                place = end + 1
            elif word := _WORD.match(self.text, place):
                parts.append(self._string(word[0], place))
                place = word.end()
            else:
                raise self._no_field(place)
            if sum(map(len, parts)) > MAX_VALUE:
                raise _Faulty(
                    place, f"A value is longer than {MAX_VALUE:,} characters. Shorten it."
                )
            joint = _JOINT.match(self.text, place)
            if joint is None:
                return "".join(parts), place
            place = joint.end()

    def _string(self, word: str, place: int) -> str:
        """The string of a name; the word itself for a number or a name that nothing defines."""
        string = self.strings.get(word.lower(), word)
        if string is None:
            raise _Faulty(place, f"It uses the string {quoted(word)}, which cannot be read.")
        self._taken += len(string)
        if self._taken > MAX_STRINGS:
            raise FileRefused(
                "too_large",
                f"The strings of the file, put in where they are used, have more than "
                f"{MAX_STRINGS:,} characters. Split the file.",
            )
        return string

    def _end_of_group(self, place: int, *, quote: bool = False, is_entry: bool = True) -> int:
        """Return the position of the mark that closes the brace or quotation mark before here."""
        depth = 0 if quote else 1
        for mark in _MARK.finditer(self.text, place):
            sign = mark[0]
            if sign[0] == "\\":
                continue
            if is_entry and sign not in ("{", "}", '"'):
                raise self._unclosed(mark.start())
            depth += {"{": 1, "}": -1}.get(sign[-1], 0)
            if depth > MAX_BRACES:
                raise _Faulty(
                    mark.start(),
                    f"Its braces go deeper than {MAX_BRACES}. One is not closed.",
                )
            if depth < 0:
                raise _Faulty(
                    mark.start(),
                    f"In line {self._lines_to(mark.start())} a brace closes within quotation marks "
                    "that was not opened there.",
                )
            if depth == 0 and sign == ('"' if quote else "}"):
                return mark.start()
        raise _Faulty(
            len(self.text), "It is not closed before the end of the file. Close its braces."
        )

    def _after(self, place: int) -> int:
        """Go on at the next line that begins an entry; a faulty one keeps what stands before."""
        found = _NEXT_ENTRY.search(self.text, place)
        if found is None and (found := _BEGIN.search(self.text, place)) is None:
            return len(self.text)
        return found.start()

    def _is_remark(self, place: int) -> bool:
        """Whether the line begins with a per cent sign, which biber takes for a remark."""
        return self.text[self.text.rfind("\n", 0, place) + 1 : place].lstrip().startswith("%")

    def _line_at(self, place: int) -> int:
        """The line of a place; places are asked for in order."""
        self._line += self.text.count("\n", self._counted, place)
        self._counted = place
        return self._line

    def _lines_to(self, place: int) -> int:
        """The line of a place behind the last one asked for."""
        return self._line + self.text.count("\n", self._counted, place)


def _space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    assert found is not None  # noqa: S101 - it matches nothing as well
    return found.end()
