"""Excerpts by number."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sources.api.filters import FilterSet, KeyFilter, WordFilter, codes, column
from sources.api.serializers import present_excerpt
from sources.api.views import ListedAndRetrieved
from sources.models import Excerpt
from sources.vocabulary import Grade


class ExcerptFilters(FilterSet):
    """Which excerpts to list."""

    source = KeyFilter(column("source__key"), _("The key of a source."))
    grade = WordFilter(
        column("grade"), _("How the words stand in the archived text."), choices=codes(Grade)
    )


class ExcerptViewSet(ListedAndRetrieved):
    """Words quoted from sources, the latest first.

    The public sees those on which published claims rest, of sources that are public.
    """

    present = present_excerpt
    filterset_class = ExcerptFilters
    queryset = Excerpt.objects.none()
    keyset = "-id"
    lookup_field = "id"
    lookup_value_regex = "[1-9][0-9]{0,17}"

    def rows(self) -> QuerySet[Any]:
        """The excerpts that the reader may see."""
        found: QuerySet[Any] = Excerpt.objects.shown_to(self.visit.reader, self.visit.at)
        return found.select_related("source__publisher")
