"""Sources by key."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from sources.api.ordering import ListOrder
from sources.api.serializers import present_source
from sources.api.views import ListAndDetailViewSet
from sources.models import Series, SeriesMember, Source, SourceOrigin
from sources.readings.source_filters import SOURCE_FILTERS

ORDERS = {
    "key": ListOrder(help_text=_("By key.")),
    "issued": ListOrder(
        "issued_days__startswith",
        _("The first day on which it may have been issued."),
        is_nullable=True,
        read=date.fromisoformat,
    ),
}


class SourceViewSet(ListAndDetailViewSet):
    """Published works, ordered by key.

    Confidential sources are left out for readers who may not know them.
    """

    takes_known_at = True
    present = present_source
    filters = SOURCE_FILTERS
    orders = ORDERS
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
