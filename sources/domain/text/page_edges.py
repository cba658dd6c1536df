"""The lines at the head and foot of pages that are no part of the text: titles and numbers."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sources.domain.text.pages import Page
from sources.domain.text.spans import Span
from sources.vocabulary import ApparatusKind

_OFTEN = 3  # on how many pages a line is repeated, at least
_DEPTH = 2  # how many lines are looked at, at either end of a page
_LONGEST = 80  # code points
_LETTERS = 5  # that a title has, at least
_NUMBERS = 4  # in a line, one of which may count the pages
_MOST_PAGES = 20_000

_NUMBER = re.compile(r"(?<![\w.,])\d{1,4}(?![\w.,])")
_ALONE = re.compile(r"#|([-–—]) # \1|# ?/ ?\d{1,4}")
_ENDS_A_SENTENCE = ".!?;:,…。！？"

# A line that returns: at the head or the foot, its words with # for the number of the page, and
# how far that number is ahead of the page's index (None where it has no number).
Sort = tuple[bool, str, int | None]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line at the edge of a page, half-open and without the white space around it."""

    start: int
    end: int
    sorts: tuple[Sort, ...]


def find_edges(text: str, pages: Sequence[Page]) -> list[Span]:
    """Running heads and feet, and page numbers, in order and apart.

    A running head is a line that stands first or last on three pages or more; a number in it may
    count them. A page number stands there alone and counts them. Lines further inside are taken
    only behind such lines. A line that ends like a sentence or begins with a small letter is text.
    """
    if not _OFTEN <= len(pages) <= _MOST_PAGES:
        return []
    edges = [edge for page in pages for edge in _edges(text, page)]
    on_pages: dict[Sort, set[int]] = defaultdict(set)
    for number, edge in enumerate(edges):
        for line in edge:
            for sort in line.sorts:
                on_pages[sort].add(number // 2)
    found: dict[int, Span] = {}
    for edge in edges:
        for line in edge:
            returning = [sort for sort in line.sorts if len(on_pages[sort]) >= _OFTEN]
            if not returning:
                break
            kind = _kind(returning[0])
            found[line.start] = Span(line.start, line.end, kind)
    return [found[start] for start in sorted(found)]


def _kind(sort: Sort) -> ApparatusKind:
    return ApparatusKind.PAGE_NUMBER if _ALONE.fullmatch(sort[1]) else ApparatusKind.RUNNING_HEAD


def _edges(text: str, page: Page) -> tuple[list[_Line], list[_Line]]:
    """The first lines of a page and its last ones, from the outside in."""
    head = list(_lines(text, page, at_head=True))
    foot = list(_lines(text, page, at_head=False))
    return head, foot


def _lines(text: str, page: Page, *, at_head: bool) -> Iterator[_Line]:
    """Up to two lines from an end of a page inwards, blank ones left out."""
    start, end = page.start, page.end
    for _ in range(_DEPTH):
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start >= end:
            return
        if at_head:
            stop = text.find("\n", start, end)
            line_start, line_end = start, end if stop == -1 else stop
            start = line_end
        else:
            line_start, line_end = text.rfind("\n", start, end) + 1 or start, end
            end = line_start
        line = text[line_start:line_end]
        line_start += len(line) - len(line.lstrip())
        line_end -= len(line) - len(line.rstrip())
        yield _Line(line_start, line_end, tuple(_sorts(line.strip(), page.index, at_head=at_head)))


def _sorts(line: str, index: int, *, at_head: bool) -> Iterator[Sort]:
    """As what a line may return on other pages; nothing where it reads like text."""
    if len(line) > _LONGEST or line[-1] in _ENDS_A_SENTENCE:
        return
    is_title = sum(map(str.isalpha, line)) >= _LETTERS and not line[0].islower()
    for number in islice(_NUMBER.finditer(line), _NUMBERS):
        words = f"{line[: number.start()]}#{line[number.end() :]}"
        if is_title or _ALONE.fullmatch(words):
            yield at_head, words, int(number.group()) - index
    if is_title:
        yield at_head, line, None
