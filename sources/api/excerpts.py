"""Excerpts by number."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet

from sources.api.findings import (
    DoubtShape,
    FindingShape,
    latest,
    present_doubt,
    present_finding,
)
from sources.api.serializers import (
    QuoteShape,
    SourceRefShape,
    present_quote,
    present_source_ref,
)
from sources.api.views import ListAndDetailViewSet
from sources.api.visit import Visit
from sources.domain.text.characters import invisible_characters
from sources.models import Excerpt
from sources.readings.doubts import DoubtReading, doubts_of
from sources.readings.quotes import quote_of
from sources.readings.redacted_text import shown_context
from sources.readings.source_filters import EXCERPT_FILTERS


class ExcerptShape(QuoteShape):
    """An excerpt, with the words around it, how it was found, and its source."""

    id: int
    url: str
    annotation: Annotated[str, "The address of the quote as a W3C Web Annotation."]
    prefix: Annotated[str, "Up to 32 characters before the words."]
    suffix: Annotated[str, "Up to 32 characters after the words."]
    invisible: Annotated[list[str], "The names of what the quote holds and nobody sees."]
    finding: Annotated[FindingShape | None, "Null where the words were withheld."]
    doubts: Annotated[list[DoubtShape], "What only a person can settle about its place."]
    created_at: datetime
    source: SourceRefShape


def present_excerpt(
    excerpt: Excerpt, visit: Visit, doubts: Sequence[DoubtReading] = ()
) -> ExcerptShape:
    """The excerpt with its surroundings. Only of a source that the reader may know."""
    quote = quote_of(excerpt, visit.asking)
    prefix, suffix = shown_context(excerpt, latest(excerpt), with_hidden=visit.is_staff)
    return {
        **present_quote(quote),
        "id": excerpt.pk,
        "url": f"{visit.root}excerpts/{excerpt.pk}/",
        "annotation": f"{visit.root}annotations/{excerpt.pk}/",
        "prefix": prefix,
        "suffix": suffix,
        "invisible": list(invisible_characters(excerpt.exact)),
        "finding": present_finding(excerpt, quote, visit),
        "doubts": [present_doubt(doubt) for doubt in doubts],
        "created_at": excerpt.created_at,
        "source": present_source_ref(quote.source, visit),
    }


class ExcerptViewSet(ListAndDetailViewSet):
    """Words quoted from sources, the latest first.

    The public sees those on which published claims rest, of sources that are public.
    """

    present = present_excerpt
    filters = EXCERPT_FILTERS
    queryset = Excerpt.objects.none()
    keyset = "-id"
    lookup_field = "id"
    lookup_value_regex = "[1-9][0-9]{0,17}"

    def rows(self) -> QuerySet[Any]:
        """The excerpts that the reader may see."""
        reader, at = self.visit.reader, self.visit.at
        return Excerpt.objects.visible_to(reader, at).with_findings(reader, at)

    def present_all(self, rows: Sequence[Any]) -> list[Mapping[str, Any]]:
        """The excerpts of a page, their doubts read at once."""
        gradings = [grading for row in rows if (grading := latest(row)) is not None]
        doubts = doubts_of(gradings, self.visit.asking)
        return [present_excerpt(row, self.visit, doubts.get(row.pk, ())) for row in rows]
