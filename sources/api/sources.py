"""Sources by key."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from sources.api.filters import FilterSet, KeyFilter, WordsFilter, column
from sources.api.serializers import present_source
from sources.api.views import ListAndDetailViewSet
from sources.api.visit import Visit
from sources.models import Series, SeriesMember, Source, SourceOrigin


def _of_series(sources: Any, key: str, visit: Visit) -> Any:
    known = Series.objects.known_to(visit.reader, visit.at).filter(key=key)
    return sources.filter(memberships__series__in=known)


class SourceFilters(FilterSet):
    """Which sources to list."""

    q = WordsFilter(
        "matching", _("Words of the title, the authors, the publisher or the container.")
    )
    type = KeyFilter(column("type"), _("The type in CSL terms, such as article-newspaper."))
    series = KeyFilter(_of_series, _("The key of a series."))


class SourceViewSet(ListAndDetailViewSet):
    """Published works, ordered by key.

    Confidential sources are left out for readers who may not know them.
    """

    takes_known_at = True
    present = present_source
    filterset_class = SourceFilters
    queryset = Source.objects.none()

    def rows(self) -> QuerySet[Any]:
        """The sources that the reader may know by name."""
        origins = SourceOrigin.objects.select_related("origin__publisher").order_by("origin__key")
        known = Series.objects.known_to(self.visit.reader, self.visit.at)
        series = SeriesMember.objects.filter(series__in=known).select_related("series")
        found: QuerySet[Any] = (
            Source.objects.readable_by(self.visit.reader, self.visit.at)
            .select_related("publisher")
            .prefetch_related(
                Prefetch("origin_ties", origins),
                Prefetch("memberships", series.order_by("series__key")),
            )
        )
        return found
