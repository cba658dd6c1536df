"""Series by key."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from sources.api.serializers import present_series
from sources.api.views import ListAndDetailViewSet
from sources.models import Series, SeriesMember
from sources.readings.source_filters import SERIES_FILTERS


class SeriesViewSet(ListAndDetailViewSet):
    """Series of comparable sources with their members in order, the series ordered by key."""

    present = present_series
    filters = SERIES_FILTERS
    queryset = Series.objects.none()

    def rows(self) -> QuerySet[Any]:
        """The series that the reader may know, with the members that the reader may read."""
        reader, at = self.visit.reader, self.visit.at
        readable = SeriesMember.objects.readable_by(reader, at)
        members = readable.select_related("source__publisher").order_by("position")
        known = Series.objects.known_to(reader, at)
        found: QuerySet[Any] = known.prefetch_related(Prefetch("members", members))
        return found
