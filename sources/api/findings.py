"""Shapes of a quote's match with the text of its source, and the functions that fill them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, TypedDict

from sources.api.serializers import SourceRefShape, present_source_ref
from sources.api.visit import Visit
from sources.domain.grading.differences import Difference
from sources.extraction.kinds import PDF
from sources.models import Capture, Excerpt, Grading, TextLayer
from sources.readings.doubts import DoubtReading
from sources.readings.page_labels import labels_of_pages
from sources.readings.quote_findings import cover_hidden, cover_places, finding_of
from sources.readings.quotes import QuoteReading
from sources.readings.redacted_text import without_hidden
from sources.readings.sources import source_of
from sources.vocabulary import DoubtKind, Grade, Rights

# Words that a quote leaves out are told to this length to who may not read the whole text.
_TOLD = 40


class PassedOverShape(TypedDict):
    """One difference between a quote and the text that folding or shortening passed over."""

    kind: Annotated[str, "What sort it is: white-space, dashes, note, elision, insertion."]
    start: Annotated[int, "Where it begins in the text, in code points."]
    end: Annotated[int, "Where it ends, exclusive."]
    words: Annotated[str, "The text's; the beginning of many, none where they were withheld."]
    quoted: Annotated[str, "What the quote has instead."]


class DoubtShape(TypedDict):
    """A doubt about a quote at its place, which only a person can settle."""

    kind: DoubtKind
    number: Annotated[int, "Among those of its kind in the quote, from 1."]
    is_confirmed: Annotated[
        bool, "Whether a reviewer read these very words of the text and confirmed the quote."
    ]
    words: Annotated[
        str,
        "Of a gap what the quote leaves out, as far as rights allow; of others the desk is told. "
        "Withheld words are blocks, and for the public hidden ones.",
    ]
    words_at_end: Annotated[str, "The last words, where some in the middle are not told."]
    not_told: Annotated[int, "How many characters between the two the rights do not let us tell."]


class LayerShape(TypedDict):
    """The text in which a quote was looked for, and the bytes that it was extracted from."""

    extractor: str
    version: Annotated[str, "Of the extractor."]
    text_sha256: Annotated[str, "Of the text in UTF-8, in hex."]
    is_current: Annotated[bool, "Whether no later version of the extractor extracted another text."]
    sha256: Annotated[str, "Of the captured bytes, in hex."]
    captured_at: Annotated[datetime | None, "When these bytes were last fixed."]
    capture: Annotated[str | None, "The address of that capture in this API."]
    archive_url: Annotated[str, "Where a public archive has a copy; empty where none is known."]


class FindingShape(TypedDict):
    """The result of the last grading of a quote."""

    graded_at: datetime
    score: Annotated[float | None, "1 where the words were found, less where they drifted."]
    start: Annotated[int | None, "Where the place begins, in code points of the text."]
    end: Annotated[int | None, "Where it ends, exclusive."]
    places: Annotated[list[list[int]], "Start and end of each, where the words stand in several."]
    is_chosen: Annotated[bool, "Whether a person chose the place among several."]
    page: Annotated[int | None, "The index of the page where the place begins, from 0."]
    page_label: Annotated[str, "What is printed on that page; empty where it is not known."]
    passed_over: Annotated[list[PassedOverShape], "How the quote differs from the text there."]
    notes: Annotated[list[str], "In sentences: what differs, and why words are refused."]
    found_words: Annotated[str, "Of drifted words: what the text has there, to quote instead."]
    found_in: Annotated[SourceRefShape | None, "The other source that has the words."]
    layer: Annotated[LayerShape | None, "The text; null where there is none to look in."]


def present_finding(excerpt: Excerpt, quote: QuoteReading, visit: Visit) -> FindingShape | None:
    """The latest finding. Null where the words were withheld: their place would give them away.

    Of an excerpt that was read `with_findings`, of a source that the reader may know.
    """
    grading = latest(excerpt)
    if grading is None:
        return None
    page = labelled_page_at(grading, grading.start)
    found_in = grading.found_in
    differences = [
        _passed_over(
            one,
            grading,
            reads_all=visit.is_staff or _is_whole(excerpt),
            reads_hidden=visit.is_staff,
        )
        for one in grading.passed_over
    ]
    cover_places(grading, list(_withheld_in(grading.layer)))
    if not visit.is_staff and grading.layer is not None:
        cover_hidden(grading, grading.layer.doubts)
    finding = finding_of(quote, grading)
    return {
        "graded_at": grading.graded_at,
        "score": grading.score,
        "start": grading.start,
        "end": grading.end,
        "places": grading.places,
        "is_chosen": grading.chosen_by_id is not None,
        "page": page["index"] if page else None,
        "page_label": _label(excerpt, grading, page),
        "passed_over": differences,
        "notes": list(finding.notes),
        "found_words": finding.offered,
        "found_in": present_source_ref(source_of(found_in, visit.asking), visit)
        if grading.may_name_found_in
        else None,
        "layer": _present_layer(excerpt, grading, visit),
    }


def present_doubt(doubt: DoubtReading) -> DoubtShape:
    """A doubt about a quote, as it was read."""
    return {
        "kind": doubt.kind,
        "number": doubt.number,
        "is_confirmed": doubt.is_confirmed,
        "words": doubt.words,
        "words_at_end": doubt.words_at_end,
        "not_told": doubt.not_told,
    }


def latest(excerpt: Any) -> Any:
    """The latest grading of a quote whose words stand; it repeats the grade of the quote."""
    if not excerpt.exact:
        return None
    return next((one for one in excerpt.found_last if one.grade == excerpt.grade), None)


def is_placed(grading: Any) -> bool:
    """Whether the text has the words at one place, found by rule or chosen by a person."""
    return (
        grading is not None
        and grading.has_text
        and grading.start is not None
        and Grade(grading.grade).is_found
    )


def labelled_page_at(grading: Grading, position: int | None) -> Any:
    """The page where a place begins; None in a text without pages, which is a single bare one."""
    if grading.layer is None or position is None:
        return None
    pages = grading.layer.pages
    if len(pages) == 1 and not pages[0]["label"] and not is_pdf(grading.layer):
        return None
    return next((page for page in pages if page["start"] <= position < page["end"]), None)


def is_pdf(layer: TextLayer) -> bool:
    """Whether the text was extracted from a PDF."""
    return bool(layer.metadata.get("media_type") == PDF.media_type)


def capture_of(excerpt: Excerpt, grading: Any) -> Capture | None:
    """The latest capture of the bytes in which the quote was looked for, of its own source."""
    if grading is None or grading.layer is None:
        return None
    captures: list[Capture] = grading.layer.blob.captures_latest_first
    return next((one for one in captures if one.source_id == excerpt.source_id), None)


def _is_whole(excerpt: Excerpt) -> bool:
    return excerpt.source.rights == Rights.WHOLE


def _label(excerpt: Excerpt, grading: Any, page: Any) -> str:
    """The label printed on the page of a quote, in the capture that was read last."""
    if page is None:
        return ""
    offsets = (
        one.page_label_offset
        for one in grading.layer.blob.captures_latest_first
        if one.source_id == excerpt.source_id and one.page_label_offset is not None
    )
    labels = labels_of_pages(grading.layer.pages, next(offsets, None))
    return labels.printed(labels.with_index(page["index"]))


def _passed_over(one: Any, grading: Any, *, reads_all: bool, reads_hidden: bool) -> PassedOverShape:
    """A difference; nothing of words that were withheld where somebody else quoted them, and blocks
    for those that no page shows."""
    start, end, words = one["start"], one["end"], one["words"]
    if not reads_hidden and grading.layer is not None:
        words = without_hidden(words, start, grading.layer.doubts)
    if any(first < end and start < last for first, last in _withheld_in(grading.layer)):
        words = ""
    if one["kind"] == Difference.ELISION and not reads_all and len(words) > _TOLD:
        words = f"{words[:_TOLD]}…"
    return {
        "kind": one["kind"],
        "start": start,
        "end": end,
        "words": words,
        "quoted": one["quoted"],
    }


def _withheld_in(layer: Any) -> Iterator[tuple[int, int]]:
    """Where in a text quotes stood, or may have stood, whose words were withheld."""
    for one in layer.withheld_gradings if layer else ():
        yield from one.places
        if one.start is not None:
            yield one.start, one.end


def _present_layer(excerpt: Excerpt, grading: Grading, visit: Visit) -> LayerShape | None:
    layer, capture = grading.layer, capture_of(excerpt, grading)
    if layer is None:
        return None
    return {
        "extractor": layer.extractor,
        "version": layer.version,
        "text_sha256": layer.text_sha256,
        "is_current": layer.is_current,
        "sha256": layer.blob.sha256,
        "captured_at": capture.captured_at if capture else None,
        "capture": f"{visit.root}captures/{capture.pk}/" if capture else None,
        "archive_url": capture.archive_url if capture else "",
    }
