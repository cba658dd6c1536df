"""The text of a source for reading: its pages, and on them the words that are quoted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.pages.parameters import MAX_DIGITS, PageRefused
from claims.pages.passages import IN_PLACE, Passage, passages_of
from sources.domain.text.invisible import full_name, short_name
from sources.domain.text.pages import Page
from sources.domain.text.segments import (
    Location,
    Mark,
    Segment,
    part_with,
    parts_of,
    segments_of,
)
from sources.domain.text.spans import Span
from sources.models import Grading, Source, TextLayer
from sources.readings.page_labels import PageLabels, page_labels_of
from sources.readings.reader import Reader
from sources.readings.redacted_text import redacted_text
from sources.vocabulary import ApparatusKind, Grade

# The number of a mark that is no quote: the place that the address names.
NAMED = 0

# How many quotes without a place in the text are listed below it.
MAX_UNPLACED = 50


@dataclass(frozen=True)
class SegmentView:
    """A segment as the page shows it; its characters are those of the text, and all of them.

    `left_out` says that a quote across it goes without it: "mark" always, "block" (a footnote, a
    running head) where the quote goes on behind it.
    """

    start: int
    text: str
    is_quoted: bool
    look: str
    title: str
    name: str
    begins: Sequence[int]
    ends: Sequence[Passage]
    left_out: str = ""


@dataclass(frozen=True)
class PageView:
    """A page of the text, or a piece of one. `index` is None for what is between pages."""

    index: int | None
    label: str
    locator: str
    is_continued: bool
    segments: Sequence[SegmentView]

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing to read, as the form feed between two pages."""
        return not any(segment.name or segment.text.strip() for segment in self.segments)


@dataclass(frozen=True)
class Reading:
    """One part of a text with its quotes."""

    layer: TextLayer
    number: int
    count: int
    pages: Sequence[PageView]
    placed: Sequence[Passage]
    unplaced: Sequence[Passage] = field(default_factory=tuple)
    has_more_unplaced: bool = False

    @property
    def previous(self) -> int | None:
        """The number of the part before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The number of the part after."""
        return self.number + 1 if self.number < self.count else None


def current_text(source: Source, number: int | None = None) -> TextLayer | None:
    """The text that quotes of a source are looked for in; or that of its current texts.

    Raises PageRefused where the source has no such text any more.
    """
    layers: Any = TextLayer.objects.current_of(source)
    if number is not None:
        layers = layers.filter(pk=number)
    found: TextLayer | None = layers.defer("words", "metadata").first()
    if found is None and number is not None:
        raise PageRefused(
            "text", _("The source has another text by now. Begin at its page without the place.")
        )
    return found


def reading_of(request: HttpRequest, source: Source, layer: TextLayer, reader: Reader) -> Reading:
    """The part of the text that the address asks for: by number, or by what is in it.

    That is a quote, or a place such as 120-134, which is marked.
    """
    text = redacted_text(layer, with_hidden=reader.is_staff)
    named = asked_place(request)
    parts = parts_of(text, [Page(**page) for page in layer.pages])
    asked = asked_number(request, "excerpt")
    number = asked_number(request, "part")
    if number is None:
        start = named[0] if named else place_of(source, layer, asked, reader)
        number = 1 + part_with(parts, start)
    if number > len(parts):
        raise PageRefused(
            "part",
            _("The text has %(count)d parts, and no part %(number)d. Begin at its first.")
            % {"count": len(parts), "number": number},
        )
    part = parts[number - 1]
    shown = source.excerpts.visible_to(reader.account, reader.at).exclude(exact="")
    gradings = list(gradings_in(layer, shown, part))
    excerpts = list(shown.filter(pk__in=[one.excerpt_id for one in gradings]).order_by("pk"))
    starts = {one.excerpt_id: one.start for one in gradings}
    excerpts.sort(key=lambda excerpt: (starts[excerpt.pk], excerpt.pk))
    unplaced = list(unplaced_of(layer, shown)[: MAX_UNPLACED + 1])
    listed = passages_of([*excerpts, *unplaced[:MAX_UNPLACED]], reader, placed=frozenset(starts))
    placed = [passage for passage in listed if passage.is_placed]
    return Reading(
        layer=layer,
        number=number,
        count=len(parts),
        pages=list(
            pages_shown(
                layer,
                text,
                part,
                [*marks_of_all(gradings), *([Mark(NAMED, *named)] if named else [])],
                placed,
                NAMED if named else asked,
                page_labels_of(source.pk, layer),
            )
        ),
        placed=placed,
        unplaced=[passage for passage in listed if not passage.is_placed],
        has_more_unplaced=len(unplaced) > MAX_UNPLACED,
    )


def asked_number(request: HttpRequest, name: str) -> int | None:
    """A number of the address, from 1. Raises PageRefused for what is none."""
    typed = request.GET.get(name, "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= MAX_DIGITS and int(typed)):
        raise PageRefused(
            "place", _("The address names no place in the text. Begin at its first page.")
        )
    return int(typed)


def asked_place(request: HttpRequest) -> Location | None:
    """A place of the address, as 120-134. Raises PageRefused for what is none."""
    typed = request.GET.get("place", "")
    if not typed:
        return None
    place = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", typed)
    if place is None or int(place[1]) >= int(place[2]):
        raise PageRefused(
            "place", _("The address names no place in the text. Begin at its first page.")
        )
    return int(place[1]), int(place[2])


def place_of(source: Source, layer: TextLayer, number: int | None, reader: Reader) -> int:
    """Where a quote begins in the text; 0 where it has no place that the reader may see."""
    if number is None:
        return 0
    quotes = source.excerpts.visible_to(reader.account, reader.at)
    shown = quotes.filter(pk=number).values("pk")
    placed = Grading.objects.filter(excerpt__in=shown).newest().filter(**in_place(layer))
    return placed.values_list("start", flat=True).first() or 0


def in_place(layer: TextLayer) -> dict[str, Any]:
    """The condition that the words of a grading stand in this text, at one place."""
    return {"layer": layer, "grade__in": IN_PLACE, "start__isnull": False}


def gradings_in(layer: TextLayer, shown: Any, part: Location) -> Any:
    """The latest gradings of quotes that stand in a part of the text."""
    latest = Grading.objects.filter(excerpt__in=shown.values("pk")).newest()
    here = latest.filter(**in_place(layer), start__lt=part[1], end__gt=part[0])
    return here.order_by("start", "pk")


def unplaced_of(layer: TextLayer, shown: Any) -> Any:
    """Quotes that have no place in the text."""
    latest = Grading.objects.filter(excerpt__in=shown.values("pk")).newest()
    placed = latest.filter(**in_place(layer)).values("excerpt")
    return shown.exclude(pk__in=placed).order_by("-pk")


def pages_shown(
    layer: TextLayer,
    text: str,
    part: Location,
    marks: Sequence[Mark],
    placed: Sequence[Passage],
    asked: int | None,
    labels: PageLabels,
) -> Iterator[PageView]:
    """A part of the text by its pages, in order and whole."""
    apparatus = [(span["start"], span["end"], span["kind"]) for span in layer.apparatus]
    passages = {passage.number: passage for passage in placed}
    for page, (start, end) in _pages_within(layer, part):
        segments = segments_of(text, (start, end), marks, apparatus)
        yield PageView(
            index=None if page is None else page.index,
            label=labels.heading(page),
            locator=labels.cited(page),
            is_continued=page is not None and start > page.start,
            segments=[_segment_view(segment, passages, asked) for segment in segments],
        )


def marks_of_all(gradings: Sequence[Grading]) -> list[Mark]:
    """The segments of the text that quotes have."""
    return [mark for grading in gradings for mark in marks_of(grading)]


def marks_of(grading: Grading) -> list[Mark]:
    """The segments of the text that a quote has: all of its place but what it leaves out."""
    marks, at = [], grading.start or 0
    gaps = [
        (one["start"], one["end"])
        for one in grading.passed_over
        if one["kind"] == "elision" and grading.grade == Grade.ELIDED
    ]
    for start, end in [*sorted(gaps), (grading.end, grading.end)]:
        if at < start:
            marks.append(Mark(grading.excerpt_id, at, start))
        at = max(at, end)
    return marks


def _pages_within(layer: TextLayer, part: Location) -> Iterator[tuple[Page | None, Location]]:
    """The pages of a part, and what stands between them, without a gap."""
    at, end = part
    for page in [Page(**page) for page in layer.pages]:
        if page.end <= at or page.start >= end:
            continue
        if page.start > at:
            yield None, (at, page.start)
        at, stop = max(at, page.start), min(page.end, end)
        yield page, (at, stop)
        at = stop
    if at < end:
        yield None, (at, end)


def _segment_view(segment: Segment, passages: dict[int, Passage], asked: int | None) -> SegmentView:
    """A segment with its looks and what it leads to."""
    looks = ["apparatus"] if segment.apparatus else []
    looks += ["unshown"] if segment.apparatus == ApparatusKind.HIDDEN else []
    looks += ["invisible"] if segment.is_invisible else []
    looks += ["asked"] if asked in segment.quotes else []
    looks += ["twice"] if len(segment.quotes) > 1 else []
    title = _(ApparatusKind(segment.apparatus).label) if segment.apparatus else ""
    name = ""
    if segment.is_invisible:
        times = f" ×{len(segment.text)}" if len(segment.text) > 1 else ""
        title = full_name(segment.text[0]) + times
        name = short_name(segment.text[0]) + times
    return SegmentView(
        start=segment.start,
        text=segment.text,
        is_quoted=bool(segment.quotes),
        look=" ".join(looks),
        title=title,
        name=name,
        begins=segment.begins,
        ends=[passages[number] for number in segment.ends if number in passages],
        left_out=_left_out(segment),
    )


def _left_out(segment: Segment) -> str:
    """How a quote across a segment goes without it."""
    if not segment.apparatus or segment.apparatus == ApparatusKind.CELL:
        return ""
    span = Span(segment.start, segment.start + len(segment.text), segment.apparatus)
    return "block" if span.is_block else "mark"
