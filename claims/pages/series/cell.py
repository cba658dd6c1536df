"""The page of one cell of a matrix: the places of a topic in a document, and what claims say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.pages.parameters import refusals_as_pages
from claims.pages.presenters import citation_of
from claims.pages.series.asking import series_and_reader
from claims.pages.series.cells import BINS, barcode, claimed_words, denominator_text, state_words
from claims.pages.series.matrix import capture_urls
from claims.readings.cell_entry import CellEntry, QuotableWords, entry_of_cell, quotable_words
from claims.readings.places_in_context import CONTEXT_LENGTH
from claims.readings.series_cells import CellState
from claims.readings.series_places import CellReading, PlaceReading, read_cell
from sources.actions.permission import may
from sources.domain.text.segments import Location
from sources.models import Source, TextLayer
from sources.readings.reader import Reader
from sources.vocabulary import Role


@dataclass(frozen=True)
class Place:
    """A place with its context; `quotable` is what is quoted of it, for who may enter a claim."""

    place: PlaceReading
    quotable: QuotableWords | None

    @property
    def is_cut_before(self) -> bool:
        """Whether the text has more before the context."""
        return self.place.start > len(self.place.before)

    @property
    def is_cut_after(self) -> bool:
        """Whether the text may have more behind the context."""
        return len(self.place.after) == CONTEXT_LENGTH

    @property
    def before(self) -> str:
        """The context before it; one that is cut begins with a whole word, if it has a space."""
        words = self.place.before
        return words.partition(" ")[2] if self.is_cut_before and " " in words.strip() else words

    @property
    def after(self) -> str:
        """The context behind it; one that is cut ends with a whole word, if it has a space."""
        words = self.place.after
        return words.rpartition(" ")[0] if self.is_cut_after and " " in words.strip() else words


@require_safe
@refusals_as_pages
def cell(request: HttpRequest, key: str, topic: str, column: str) -> HttpResponse:
    """The places of a topic in a document, with the claims about it.

    Who may enter claims gets the way to a new one: from the words of a place, or of the absence.
    """
    found, reader = series_and_reader(request, key)
    reading = read_cell(found, topic, column, reader=reader)
    if reading is None or not reading.column.source.is_known:
        raise Http404
    context: dict[str, Any] = {
        "series": found,
        "reading": reading,
        "column": reading.column,
        "cell": reading.cell,
        "citation": citation_of(reading.column.source),
        "state": state_words()[reading.cell.state],
        "claimed": claimed_words()[reading.cell.claimed],
        "claims": [
            (claim, int(claim.ref[1:]), claimed_words()[claim.claimed])
            for claim in reading.cell.claims
        ],
        "words": denominator_text(reading.column),
        "path": barcode(reading.cell.bins),
        "bins": BINS,
        "is_desk": reader.is_staff,
        "permanent_url": reverse("claims:matrix", args=[key, reading.dictionary_number]),
        "places": [Place(place, None) for place in reading.places],
    }
    if reader.is_staff and may(reader.account, Role.CONTRIBUTOR):
        context |= _entry(reading, reader)
    if reader.is_staff and reading.column.layer is None:
        context["capture_url"] = capture_urls([reading.column]).get(reading.column.source.key, "")
    return render(request, "claims/cell.html", context)


def _entry(reading: CellReading, reader: Reader) -> dict[str, Any]:
    """The ways to a new claim about the cell."""
    source = Source.objects.get(key=reading.column.source.key)
    entry = entry_of_cell(source.key, reading.topic, reader)
    quotable = _quotable(source, reading, [(one.start, one.end) for one in reading.places])
    context: dict[str, Any] = {
        "entry": entry,
        "may_enter": True,
        "places": [
            Place(place, quotable.get((place.start, place.end))) for place in reading.places
        ],
    }
    if reading.cell.state in (CellState.ABSENT, CellState.IN_PART) and not reading.cell.count:
        context["absence_url"] = _absence_url(reading, entry)
    return context


def _quotable(
    source: Source, reading: CellReading, places: Sequence[Location]
) -> Mapping[Location, QuotableWords]:
    """The words to quote at each place; none in a text in which quotes are not looked for."""
    first = TextLayer.objects.current_of(source).defer("words", "metadata", "apparatus").first()
    if not places or first is None or first.pk != reading.column.layer:
        return {}
    return quotable_words(source.pk, first, places)


def _absence_url(reading: CellReading, entry: CellEntry) -> str:
    """The form of a new claim that the topic is absent, with the dictionary's terms filled in."""
    named = {
        "subject": entry.subject,
        "property": entry.property,
        "aspect": reading.topic,
        "value": "absent",
        "absent_from": reading.column.source.key,
        "dictionary": f"{reading.series}/{reading.dictionary_number}",
    }
    filled = {name: value for name, value in named.items() if value}
    return f"{reverse('admin:claims_claim_add')}?{urlencode(filled)}"
