"""Marks of notes in a text, and raised figures that are only like them.

A raised figure is the mark of a note only where the text has a note of that number. Behind a word
or a stop it then is one. Behind a figure, % or a unit it may be an exponent (10⁶, m²), so it is a
mark only where the format ties it to its note (a link, `[^1]`) or where it continues the marks
before and behind it: in 2025¹ … billion² … said.³ Two kinds are told apart there:

- A base, which carries exponents: 10⁶, 5², m², R². Where it would continue the marks both readings
  are possible and the place is doubtful; else it is a figure of the text.
- An amount, which carries none: 2025¹, 9%¹, 1.5¹, EU¹. Where it continues the marks it is one of
  them; else the place is doubtful.

What is doubtful stays a figure of the text, and a quote over it is for a person.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import islice, pairwise

from sources.domain.text.characters import is_unspaced
from sources.domain.text.isotopes import is_isotope
from sources.domain.text.spans import DoubtfulSpan, Note, Span
from sources.vocabulary import DoubtKind

MOST_NOTES = 50_000  # in one text; a text with more is no text that people read

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", "⁽⁾^")
_OTHER = r"\^(?:[\u0660-\u0669]{1,3}|[\u06f0-\u06f9]{1,3}|[\u0966-\u096f]{1,3})(?!\d)"
_FIGURE = rf"[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}(?![⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ])|⁽[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}⁾|{_OTHER}"
_MARK = re.compile(
    rf"(?<![⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻])(?:{_FIGURE})|<sup>(\d{{1,3}})</sup>|\[\^([\w-]{{1,20}})\](?!\()"
)
_NOTE = re.compile(
    rf"^[ \t]*(?:({_FIGURE})([ \t]+(?=\S)|(?=[\w\"'“„«‘(\[]))|<sup>(\d{{1,3}})</sup>[ \t]*(?=\S)"
    r"|(\[\^[\w-]{1,20}\]):)",
    re.M,
)
_BETWEEN_MARKS = ",;"  # what parts the marks of several notes at one place

# What carries an exponent, whatever stands before it.
_SPELT_UNITS = re.compile(
    "nmi|mol|sec|min|feet|foot|inch|inches|yard|yards|mile|miles|yds|ppm|gal|hrs|log|cos|sin|tan"
    "|(?:centi|kilo)?met(?:er|re)s?"
)
# Units and formulas that carry a 2, 3 or 4, and no other figure: a note 7 may stand behind them.
_SQUARED = frozenset(
    [
        *("m", "km", "cm", "mm", "dm", "nm", "µm", "ft", "in", "mi", "yd", "s"),
        *("м", "км", "см", "мм", "дм", "CO", "NO", "SO"),
    ]
)
_OPERATORS = frozenset("/·×*=+-−–^√")
_POWERS = frozenset(["2", "3", "4"])
_STOPS = '.,;:!?"”»…'
# The last word, read backwards, with what ties it to a number or another unit: 5km, W/m.
_LAST_WORD = re.compile(r"['’*]*([^\W\d_]+(?:['’][^\W\d_]+)*)([\d/·^⁻]?)")
# A whole number below 1,000, read backwards; years, decimals and larger ones carry no exponent.
_SMALL_NUMBER = re.compile(r"\d{1,3}(?![\d.,])(?![   ]\d)")
_REACH = 64  # code points of the line before a mark that are looked at


class _Before(Enum):
    """The kind of what stands before a raised figure."""

    WORDS = "words"
    AMOUNT = "amount"
    BASE = "base"


class _Mark:
    """A raised figure with the number of a note, which may mark it."""

    def __init__(self, match: re.Match[str], number: str) -> None:
        self.start, self.end = match.span()
        self.number = number
        self.begins_note = False
        self.is_mark = False
        self.is_doubtful = False
        self.before = _Before.WORDS


def find_notes(text: str, tied: Sequence[Span] = ()) -> list[Note]:
    """The raised figures of a text that have the number of a note, in order.

    `tied` are the marks that the format ties to their notes, in order and apart. A text with more
    than 50,000 is cut there.
    """
    begins = _beginnings(text)
    ties = {span.start: span.end for span in tied}
    if not begins:
        return []
    marks = list(islice(_marks(text, begins, ties), MOST_NOTES + 1))
    _decide(marks, begins)
    _join(text, marks)
    return [
        Note(one.start, one.end, one.number, one.begins_note, one.is_mark, one.is_doubtful)
        for one in marks
    ]


def doubtful_marks(notes: Sequence[Note]) -> list[DoubtfulSpan]:
    """The raised figures of which only a person can tell whether they mark a note."""
    if len(notes) > MOST_NOTES:
        return []
    return [
        DoubtfulSpan(note.start, note.end, DoubtKind.RAISED_FIGURE)
        for note in notes
        if note.is_doubtful
    ]


def _beginnings(text: str) -> dict[int, str]:
    """Find the beginnings of notes, at a line and before a word, with the number of each."""
    begins = {}
    for match in islice(_NOTE.finditer(text), MOST_NOTES + 1):
        group = next(group for group in (1, 3, 4) if match.group(group))
        number = _number(match.group(group))
        if group == 1 and not match.group(2) and is_isotope(number, text[match.end() :][:3]):
            continue  # ¹⁴C begins a line of the text
        begins[match.start(group)] = number
    return begins


def _number(mark: str) -> str:
    """The number of a mark in the digits 0 to 9; of `[^name]` all of it."""
    if mark.startswith("[^"):
        return mark
    return str(int(mark.translate(_SUPERSCRIPT)))


def _marks(text: str, begins: dict[int, str], ties: dict[int, int]) -> Iterator[_Mark]:
    numbers = set(begins.values())
    for match in _MARK.finditer(text):
        number = match.group() if match.group(2) else _number(match.group(1) or match.group())
        if number not in numbers:
            continue
        mark = _Mark(match, number)
        mark.begins_note = (match.start(1) if match.group(1) else mark.start) in begins
        is_tied = match.group(2) is not None or ties.get(mark.start, 0) >= mark.end
        if not (mark.begins_note or is_tied):
            mark.before = _before(text, mark.start, number)
        mark.is_mark = mark.before is _Before.WORDS
        yield mark


def _decide(marks: Sequence[_Mark], begins: dict[int, str]) -> None:
    """Say of each figure behind a base or an amount whether it is a mark or doubtful."""
    last_beginning = {number: position for position, number in begins.items()}
    running = _Running(marks, next(iter(begins.values())))
    for mark in marks:
        running.pass_by(mark)
        if mark.before is _Before.WORDS or last_beginning[mark.number] < mark.start:
            continue
        is_continued = running.is_continued_by(mark)
        if mark.before is _Before.AMOUNT and is_continued:
            mark.is_mark = True
        else:
            mark.is_doubtful = mark.before is _Before.AMOUNT or is_continued


class _Running:
    """The marks of a text in order, without the figures behind bases; `first` is its first note.

    Between two marks may stand notes, at the foot of a page: behind them marks may begin anew.
    """

    def __init__(self, marks: Sequence[_Mark], first: str) -> None:
        self._first = first
        self._numbers: list[str] = []
        self._have_notes = [False]  # before each mark, and behind the last
        for mark in marks:
            if mark.begins_note:
                self._have_notes[-1] = True
            elif mark.before is not _Before.BASE:
                self._numbers.append(mark.number)
                self._have_notes.append(False)
        self._passed = 0
        self._is_passed_by_notes = False

    def pass_by(self, mark: _Mark) -> None:
        """Go on to a mark: the figures of a text are asked for in their order."""
        if mark.begins_note:
            self._is_passed_by_notes = True
        elif mark.before is not _Before.BASE:
            self._passed += 1
            self._is_passed_by_notes = False

    def is_continued_by(self, mark: _Mark) -> bool:
        """Whether the number of the mark just passed goes on from the one before to the next."""
        is_running = mark.before is not _Before.BASE
        before = self._passed - is_running - 1
        has_notes = self._have_notes[self._passed - 1] if is_running else self._is_passed_by_notes
        if len(self._numbers) == is_running and mark.number != "1":
            return False  # no other mark is there, and only 1 is written as no exponent
        if mark.number == "1":
            follows = has_notes or before < 0
        elif before < 0:
            follows = mark.number == self._first
        else:
            follows = self._numbers[before] == _next(mark.number, -1)
        return follows and self._goes_on(mark.number)

    def _goes_on(self, number: str) -> bool:
        if self._passed == len(self._numbers):
            return True
        following = self._numbers[self._passed]
        return following == _next(number, 1) or (
            following == "1" and self._have_notes[self._passed]
        )


def _next(number: str, step: int) -> str:
    return str(int(number) + step) if number.isdecimal() else ""


def _join(text: str, marks: Sequence[_Mark]) -> None:
    """Take what parts the marks of several notes at one place to the first of them: ¹,²"""
    for mark, following in pairwise(marks):
        between = text[mark.end : following.start]
        if (
            len(between) == 1
            and between in _BETWEEN_MARKS
            and mark.is_mark
            and following.is_mark
            and not mark.begins_note
        ):
            mark.end = following.start


def _before(text: str, position: int, number: str) -> _Before:
    """The kind of what stands before a raised figure on its line."""
    line = text[max(0, position - _REACH) : position].rpartition("\n")[2]
    if not line or line.isspace():
        return _Before.WORDS  # before the note itself
    last = line[-1]
    if last in _STOPS or is_unspaced(last):
        return _Before.WORDS
    if last in ")]":
        return _of_brackets(line[line.rfind("(" if last == ")" else "[") + 1 : -1])
    backwards = line[::-1]
    if last.isdecimal():
        return _Before.BASE if _SMALL_NUMBER.match(backwards) else _Before.AMOUNT
    word = _LAST_WORD.match(backwards)
    if word is None:
        return _Before.BASE if last in _OPERATORS else _Before.AMOUNT
    return _of_word(word.group(1)[::-1], word.group(2), number)


def _of_brackets(inside: str) -> _Before:
    if re.search(r"[+−×=^]", inside):
        return _Before.BASE
    return _Before.WORDS if re.search(r"[^\W\d_]{3}", inside) else _Before.AMOUNT


def _of_word(word: str, tie: str, number: str) -> _Before:
    """Of a word: letters and units may carry an exponent, short words carry none."""
    is_unit = word in _SQUARED or _SPELT_UNITS.fullmatch(word.lower()) is not None
    if tie and not tie.isdecimal():
        return _Before.BASE  # W/m², 5 m·s²
    if is_unit:
        return _Before.BASE if number in _POWERS else _Before.AMOUNT
    if len(word) == 1:
        return _Before.BASE  # R², x²
    return _Before.AMOUNT if tie or len(word) == 2 else _Before.WORDS
