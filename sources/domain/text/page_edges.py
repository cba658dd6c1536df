"""The lines at the head and foot of pages that are no part of the text: titles and numbers.

A line that returns on three pages is one. On two pages it may be a line of the text, so there it
needs a proof: it parts a sentence that goes on over the page break, and it is shorter than the
lines of that sentence, which fill theirs.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from sources.domain.text.pages import Page
from sources.domain.text.spans import Span
from sources.vocabulary import ApparatusKind

_OFTEN = 3  # on how many pages a line is repeated that needs no other proof
_TWICE = 2
_SHORT = 0.8  # of the line of text beside it: how long a line is at most that returns only once
_DEPTH = 2  # how many lines are looked at, at either end of a page
_LONGEST = 80  # code points
_LETTERS = 5  # that a title has, at least
_NUMBERS = 4  # in a line, one of which may count the pages
_MOST_PAGES = 20_000

_NUMBER = re.compile(r"(?<![\w.,])\d{1,4}(?![\w.,])")
_ALONE = re.compile(r"#|([-–—]) # \1|# ?/ ?\d{1,4}")
_CLOSING = "*_\"'”’»)]"
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

    A running head is a line that stands first or last on three pages or more, or on two where it
    parts a sentence; a number in it may count them. A page number stands there alone and counts
    them. Lines further inside are taken only behind such lines. A line that ends like a sentence
    or begins with a small letter is text.
    """
    if not _TWICE <= len(pages) <= _MOST_PAGES:
        return []
    edges = [edge for page in pages for edge in _edges(text, page)]
    on_pages: dict[Sort, set[int]] = defaultdict(set)
    for number, edge in enumerate(edges):
        for line in edge:
            for sort in line.sorts:
                on_pages[sort].add(number // 2)
    known = {sort for sort, numbers in on_pages.items() if len(numbers) >= _OFTEN}
    twice = {sort for sort, numbers in on_pages.items() if len(numbers) == _TWICE}
    if twice:
        known |= _proven(text, pages, edges, known, twice)
    found: dict[int, Span] = {}
    for edge in edges:
        for line in edge:
            returning = [sort for sort in line.sorts if sort in known]
            if not returning:
                break
            kind = _kind(returning[0])
            found[line.start] = Span(line.start, line.end, kind)
    return [found[start] for start in sorted(found)]


def _proven(
    text: str,
    pages: Sequence[Page],
    edges: Sequence[list[_Line]],
    known: set[Sort],
    twice: set[Sort],
) -> set[Sort]:
    """The lines on two pages that part a sentence at a page break, with what else parts it."""
    proven: set[Sort] = set()
    for number, (page, following) in enumerate(pairwise(pages)):
        feet = _outer(edges[2 * number + 1], known | twice)
        heads = _outer(edges[2 * number + 2], known | twice)
        before = text[page.start : feet[-1].start if feet else page.end].rstrip()
        after = text[heads[-1].end if heads else following.start : following.end].lstrip()
        if not _goes_on(before, after):
            continue
        last, first = before.rpartition("\n")[2], after.partition("\n")[0]
        for lines, beside, index in ((feet, last, page.index), (heads, first, following.index)):
            for line in lines:
                if line.end - line.start <= _SHORT * len(beside.strip()):
                    proven.update(sort for sort in line.sorts if _fits(sort, index, pages))
    return proven & twice


def _outer(edge: Sequence[_Line], sorts: set[Sort]) -> list[_Line]:
    """The lines of an edge from the outside in, as far as they return."""
    return list(takewhile(lambda line: not sorts.isdisjoint(line.sorts), edge))


def _goes_on(before: str, after: str) -> bool:
    """Whether a sentence has no end at the foot of a page and goes on at the head of the next."""
    before = before.rstrip(_CLOSING)
    if not before or not after:
        return False
    is_open = before[-1].isalnum() or before[-1] in ",-\u00ad"
    return is_open and after[0].isalpha() and not (after[0].isupper() or after[0].istitle())


def _fits(sort: Sort, index: int, pages: Sequence[Page]) -> bool:
    """Whether a number that stands alone, on two pages only, is the one of its page."""
    _, words, ahead = sort
    if _ALONE.fullmatch(words) is None or ahead is None:
        return True
    number = str(index + ahead)
    return ahead == 1 or any(page.index == index and page.label == number for page in pages)


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
