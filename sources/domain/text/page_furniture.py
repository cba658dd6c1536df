"""Page furniture between the words of a sentence: footnotes, running heads, pull quotes.

To pass over real words would verify a quote that nobody wrote, so each kind needs its own proof,
and what has it not stays text:

- Footnotes: a paragraph of which every line begins with the mark of a note. The running text has
  that mark before it, and no other line begins with it. Where the mark may also be an exponent
  ("in 2025⁶"), the note must besides stand beside the one before or after it.
- Running heads, feet and page numbers: lines that return at the edges of pages
  (`sources.domain.text.page_edges`). Without pages a line of two words or more, all in capitals,
  that stands alone three times or more, and parts two sentences or more.
- Pull quotes: a paragraph of whole sentences between the two halves of another sentence, whose
  words stand nearby in the running text. Its first two words may differ ("The documents" for
  "They").

A sentence is parted where the paragraph before does not end one and the one behind goes on with a
small letter; around a pull quote also where the paragraph before is prose and stops short without
any mark. Paragraphs are parted by blank lines and pages.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from sources.domain.text.page_edges import find_edges
from sources.domain.text.pages import Page, find_pages
from sources.domain.text.spans import Note, Span
from sources.vocabulary import ApparatusKind

_OFTEN = 3  # how many times a running head stands in a text without pages, at least
_HEAD = range(8, 81)  # code points
_HALF = 40  # code points of a paragraph whose sentence is parted, at least; less may be a heading
_PULL_QUOTE = range(40, 401)  # code points
_WORDS = 8  # of a pull quote that stand in the running text, at least; more where it begins anew
_NEARBY = 20_000  # code points of running text on either side of a pull quote
_MOST_PAGES = 20_000  # that form feeds part
_MOST_PULL_QUOTES = 500  # in one text; what looks like more is something else

_LINE = re.compile(r"[^\n\f]+")
_CLOSING = "*_\"'”’»)]"
_OPENING = "*_\"'“‘«„(["
_ENUMERATED = re.compile(r"\(?\w{1,4}[.)]\s")
_TWO_SENTENCES = re.compile(r"[a-z\d][.!?]['\"’”)\]]{0,2}\s+['\"‘“(]?[A-Z]")
_SPELLING = str.maketrans("“”„«»‘’‚–—‑", '"""""\'\'\'---', "*\u00ad")


class Paragraph(NamedTuple):
    """Lines between blank lines, half-open and without the white space around them."""

    start: int
    end: int
    lines: tuple[int, ...]  # where each begins


def find_furniture(
    text: str, pages: Sequence[Page], marks: Sequence[Span], notes: Sequence[Note]
) -> list[Span]:
    """Footnotes, running heads, page numbers and pull quotes, in order and apart.

    `pages` are those of the layer, else form feeds part them; `marks` is the other apparatus, in
    order and apart; `notes` are the marks of notes, in order.
    """
    if not pages and text.count("\f") <= _MOST_PAGES:
        pages = find_pages(text)
    found = find_edges(text, pages)
    paragraphs = list(_paragraphs(text, pages, {span.start for span in found}))
    footnotes = list(_footnotes(paragraphs, notes))
    paragraphs = _without(footnotes, paragraphs)
    heads = list(_heads(_Reading(text, paragraphs, marks)))
    paragraphs = _without(heads, paragraphs)
    pull_quotes = list(_pull_quotes(_Reading(text, paragraphs, marks)))
    for kind, taken in (
        (ApparatusKind.FOOTNOTE, footnotes),
        (ApparatusKind.RUNNING_HEAD, heads),
        (ApparatusKind.PULL_QUOTE, pull_quotes),
    ):
        found += [Span(each.start, each.end, kind) for each in taken]
    return sorted(found, key=attrgetter("start"))


def _without(taken: Sequence[Paragraph], paragraphs: list[Paragraph]) -> list[Paragraph]:
    starts = {each.start for each in taken}
    return [each for each in paragraphs if each.start not in starts] if taken else paragraphs


def _paragraphs(text: str, pages: Sequence[Page], edges: set[int]) -> Iterator[Paragraph]:
    """The paragraphs in order, without the lines that begin at the `edges` of pages."""
    begins = {page.start for page in pages}
    lines: list[int] = []
    end = reached = 0
    for line in _LINE.finditer(text):
        raw = line.group()
        start = line.start() + len(raw) - len(raw.lstrip())
        is_parted = (
            line.start() - reached > 1
            or text[reached] == "\f"
            or line.start() in begins
            or reached in begins
        )
        is_text = start < line.end() and start not in edges
        if lines and (is_parted or not is_text):
            yield Paragraph(lines[0], end, tuple(lines))
            lines = []
        if is_text:
            lines.append(start)
            end = line.start() + len(raw.rstrip())
        reached = line.end()
    if lines:
        yield Paragraph(lines[0], end, tuple(lines))


def _footnotes(paragraphs: Sequence[Paragraph], notes: Sequence[Note]) -> Iterator[Paragraph]:
    """Paragraphs of which every line begins a note that was marked in the text before it."""
    begun = {note.start: note.number for note in notes if note.begins_note}
    if not begun:
        return
    once = {number for number, times in Counter(begun.values()).items() if times == 1}
    marked = _first(note for note in notes if not note.begins_note)
    certain = _first(note for note in notes if not note.begins_note and note.is_certain)
    likely: dict[int, tuple[str, ...]] = {}
    proven: set[int] = set()
    for index, paragraph in enumerate(paragraphs):
        numbers = tuple(begun.get(line, "") for line in paragraph.lines)
        if once.issuperset(numbers) and _all_before(paragraph, numbers, marked):
            likely[index] = numbers
            if _all_before(paragraph, numbers, certain):
                proven.add(index)
    for order, step in ((sorted(likely), 1), (sorted(likely, reverse=True), -1)):
        for index in order:
            if index - step in proven and _follow(likely, index - step, index):
                proven.add(index)
    yield from (paragraphs[index] for index in sorted(proven))


def _first(notes: Iterable[Note]) -> dict[str, int]:
    """The position where each number is first marked."""
    first: dict[str, int] = {}
    for note in notes:
        first.setdefault(note.number, note.start)
    return first


def _all_before(paragraph: Paragraph, numbers: Sequence[str], marked: dict[str, int]) -> bool:
    return all(number in marked and marked[number] < paragraph.start for number in numbers)


def _follow(likely: dict[int, tuple[str, ...]], one: int, other: int) -> bool:
    """Whether the numbers of two neighbouring paragraphs of notes go on from each other."""
    first, second = sorted((one, other))
    last, next_ = likely[first][-1], likely[second][0]
    return last.isdecimal() and next_.isdecimal() and int(next_) == int(last) + 1


class _Reading:
    """The paragraphs that a reader follows from one to the next, apart from what was taken out."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph], marks: Sequence[Span]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.marks = marks
        self._starts = {span.end: span.start for span in marks}
        self._ends = {span.start: span.end for span in marks}

    def last(self, paragraph: Paragraph) -> int:
        """The position of the last character that is no mark, closing bracket or quotation mark."""
        at = paragraph.end
        while at > paragraph.start:
            if at in self._starts:
                at = self._starts[at]
            elif self.text[at - 1] in _CLOSING:
                at -= 1
            else:
                break
        return at - 1

    def first(self, paragraph: Paragraph) -> int:
        """The position of the first character that is no mark or opening bracket and the like."""
        at = paragraph.start
        while at < paragraph.end:
            if at in self._ends:
                at = self._ends[at]
            elif self.text[at] in _OPENING:
                at += 1
            else:
                break
        return at

    def is_open(self, paragraph: Paragraph) -> bool:
        """Whether the last sentence of a paragraph has no end."""
        at = self.last(paragraph)
        if at - paragraph.start < _HALF or self.text[paragraph.start] in "#|>":
            return False
        return self.text[at].isalnum() or self.text[at] in ",-"

    def stops_short(self, paragraph: Paragraph) -> bool:
        """Whether it is open and prose for certain: more than one sentence, no mark at its end."""
        words = self.text[paragraph.start : paragraph.end]
        return (
            len(words) >= 2 * _HALF
            and self.is_open(paragraph)
            and self.text[self.last(paragraph)].isalpha()
            and _TWO_SENTENCES.search(words) is not None
        )

    def goes_on(self, paragraph: Paragraph) -> bool:
        """Whether it begins within a sentence."""
        at = self.first(paragraph)
        return (
            at < paragraph.end
            and self.text[at].islower()
            and not _ENUMERATED.match(self.text, paragraph.start)
        )

    def begins(self, paragraph: Paragraph) -> bool:
        """Whether it begins with a capital, as a sentence does."""
        at = self.first(paragraph)
        return (
            at < paragraph.end
            and self.text[at].isupper()
            and not _ENUMERATED.match(self.text, paragraph.start)
        )


def _heads(reading: _Reading) -> Iterator[Paragraph]:
    """Lines of capitals that stand alone again and again, and between the halves of sentences."""
    text, paragraphs = reading.text, reading.paragraphs
    lines: dict[int, str] = {}
    for index, paragraph in enumerate(paragraphs):
        if len(paragraph.lines) == 1 and paragraph.end - paragraph.start in _HEAD:
            words = text[paragraph.start : paragraph.end]
            if words.isupper() and " " in words and words[-1].isalnum():
                lines[index] = words
    times = Counter(lines.values())
    lines = {index: words for index, words in lines.items() if times[words] >= _OFTEN}
    parting = Counter(
        words
        for index, words in lines.items()
        if 0 < index < len(paragraphs) - 1
        and reading.is_open(paragraphs[index - 1])
        and reading.goes_on(paragraphs[index + 1])
    )
    for index, words in lines.items():
        if parting[words] >= _OFTEN - 1:
            yield paragraphs[index]


def _pull_quotes(reading: _Reading) -> Iterator[Paragraph]:
    """Sentences between the halves of another that stand in the running text nearby as well."""
    parting = [
        index
        for index in range(1, len(reading.paragraphs) - 1)
        if _parts_a_sentence(index, reading)
    ]
    if not parting or len(parting) > _MOST_PULL_QUOTES:
        return
    running, at = _running_text(reading, set(parting))
    for index in parting:
        words = _plain(reading, reading.paragraphs[index]).rstrip(" .!?…\"'")
        window = max(0, at[index] - _NEARBY), at[index] + _NEARBY
        if _is_repeated(words, running, *window):
            yield reading.paragraphs[index]


def _parts_a_sentence(index: int, reading: _Reading) -> bool:
    before, paragraph, after = reading.paragraphs[index - 1 : index + 2]
    return (
        paragraph.end - paragraph.start in _PULL_QUOTE
        and reading.text[reading.last(paragraph)] in ".!?…"
        and reading.begins(paragraph)
        and (
            (reading.is_open(before) and reading.goes_on(after))
            or (reading.stops_short(before) and reading.begins(after))
        )
    )


def _running_text(reading: _Reading, left_out: set[int]) -> tuple[str, list[int]]:
    """The text as plain words without these paragraphs, and where in it each would begin."""
    parts: list[str] = []
    at = []
    length = 0
    for index, paragraph in enumerate(reading.paragraphs):
        at.append(length)
        if index not in left_out:
            parts.append(_plain(reading, paragraph))
            length += len(parts[-1]) + 1
    return " ".join(parts), at


def _plain(reading: _Reading, paragraph: Paragraph) -> str:
    """The words of a paragraph with single spaces and plain marks, without other apparatus."""
    parts, start = [], paragraph.start
    for span in _within(reading.marks, paragraph):
        parts.append(reading.text[start : span.start])
        start = span.end
    parts.append(reading.text[start : paragraph.end])
    return " ".join("".join(parts).translate(_SPELLING).split())


def _within(marks: Sequence[Span], paragraph: Paragraph) -> Sequence[Span]:
    """The marks that stand inside of a paragraph."""
    first = bisect_left(marks, paragraph.start, key=lambda span: span.start)
    last = bisect_left(marks, paragraph.end, key=lambda span: span.start)
    return marks[first:last]


def _is_repeated(words: str, running: str, start: int, end: int) -> bool:
    """Whether the words, or all but the first one or two, stand in this part of the text."""
    for _ in range(3):
        if words.count(" ") < _WORDS - 1:
            return False
        # Its first letter is a capital only because a sentence begins there.
        if any(
            _stands(spelling + words[1:], running, start, end)
            for spelling in {words[0], words[0].lower()}
        ):
            return True
        words = words.partition(" ")[2]
    return False


def _stands(words: str, running: str, start: int, end: int) -> bool:
    """Whether these whole words stand there."""
    at = running.find(words, start, end)
    return (
        at != -1
        and not running[at + len(words) : at + len(words) + 1].isalnum()
        and not (at and running[at - 1].isalnum())
    )
