"""Every address under /api/v1/, with the viewsets of the apps."""

from typing import Any

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.urls import path, re_path
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from claims.api.catalogue import EntityViewSet, PropertyViewSet, TopicViewSet
from claims.api.claims import (
    REFERENCE,
    VERSION_NUMBER,
    ClaimViewSet,
    ReviewViewSet,
    VersionViewSet,
    WholeVersionViewSet,
)
from claims.api.conflicts import ClaimConflictViewSet, ConflictViewSet
from claims.api.counts import (
    ClaimCountViewSet,
    FacetsViewSet,
    GroupsFileViewSet,
    GroupsViewSet,
)
from claims.api.dictionaries import DictionaryVersionsViewSet, DictionaryViewSet
from claims.api.editions import EditionListViewSet, EditionViewSet, IssuedSheetViewSet
from claims.api.export_sidecars import DESCRIPTIONS
from claims.api.exports import EXPORTS
from claims.api.extracts import ExtractViewSet
from claims.api.factsheets import FactSheetView
from claims.api.matrix import MatrixViewSet
from claims.api.quote_checks import QuoteCheckViewSet
from claims.api.search import SearchViewSet
from claims.api.series_contexts import ContextsViewSet
from claims.api.series_words import SeriesWordsViewSet
from claims.api.similar import SimilarViewSet
from factbase.api.docs import SchemaView, docs
from factbase.api.file_views import ClaimFileView
from sources.api.annotations import AnnotationViewSet
from sources.api.bibliography import BibliographyView
from sources.api.captures import CaptureViewSet
from sources.api.excerpts import ExcerptViewSet
from sources.api.parameters import check_parameters
from sources.api.series import SeriesViewSet
from sources.api.sources import SourceViewSet
from sources.api.visit import Visit
from sources.domain.keys import KEY

LISTS: dict[str, Any] = {
    "annotations": AnnotationViewSet,
    "captures": CaptureViewSet,
    "claims": ClaimViewSet,
    "conflicts": ConflictViewSet,
    "editions": EditionListViewSet,
    "entities": EntityViewSet,
    "excerpts": ExcerptViewSet,
    "extracts": ExtractViewSet,
    "properties": PropertyViewSet,
    "series": SeriesViewSet,
    "sources": SourceViewSet,
    "topics": TopicViewSet,
}
OF_A_CLAIM: dict[str, Any] = {
    "conflicts": ClaimConflictViewSet,
    "reviews": ReviewViewSet,
    "similar": SimilarViewSet,
    "versions": VersionViewSet,
}


class RootView(APIView):
    """The root of the API, which lists its addresses."""

    schema = None
    http_method_names = ["get", "head"]
    permission_classes = [AllowAny]

    def get(self, request: Request) -> Response:
        """The addresses of all lists, of what is made on request and of the documentation."""
        check_parameters(request, ())
        root = Visit.of(request).root
        others = ["bibliography", "factsheets", "search", "schema", "docs"]
        return Response({name: f"{root}{name}/" for name in [*LISTS, *others]})


router = SimpleRouter()
for name, viewset in LISTS.items():
    router.register(name, viewset, basename=name)
for name, viewset in OF_A_CLAIM.items():
    router.register(f"claims/(?P<ref>{REFERENCE})/{name}", viewset, basename=f"claim-{name}")
router.register(f"editions/(?P<key>{KEY})", EditionViewSet, basename="edition")
router.register("factsheets", IssuedSheetViewSet, basename="issued-sheets")

# A sheet is a page that stands alone, with its style sheet inside and a policy of its own that
# names the sheet's hash. Nothing in it may run, load or send.
factsheets = csp_replace({"default-src": [NONE], "style-src": [UNSAFE_INLINE]})(
    FactSheetView.as_view()
)

app_name = "api"
urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("bibliography/", BibliographyView.as_view(), name="bibliography"),
    path("claims/count/", ClaimCountViewSet.as_view({"get": "retrieve"}), name="claims-count"),
    path("claims/facets/", FacetsViewSet.as_view({"get": "retrieve"}), name="claims-facets"),
    path("claims/groups/", GroupsViewSet.as_view({"get": "retrieve"}), name="claims-groups"),
    path("claims/groups.csv", GroupsFileViewSet.as_view({"get": "retrieve"}), name="groups-csv"),
    path("factsheets/", factsheets, name="factsheets"),
    re_path(
        f"^claims/(?P<ref>{REFERENCE})/versions/(?P<number>{VERSION_NUMBER})/$",
        WholeVersionViewSet.as_view({"get": "retrieve"}),
        name="claim-version",
    ),
    re_path(
        f"^series/(?P<key>{KEY})/dictionary/$",
        DictionaryViewSet.as_view({"get": "retrieve"}),
        name="series-dictionary",
    ),
    re_path(
        f"^series/(?P<key>{KEY})/dictionary/versions/$",
        DictionaryVersionsViewSet.as_view({"get": "retrieve"}),
        name="series-dictionary-versions",
    ),
    re_path(rf"^series/(?P<key>{KEY})/contexts/$", ContextsViewSet.as_view({"get": "retrieve"})),
    re_path(rf"^series/(?P<key>{KEY})/words/$", SeriesWordsViewSet.as_view({"get": "retrieve"})),
    re_path(
        rf"^series/(?P<key>{KEY})/matrix/$",
        MatrixViewSet.as_view({"get": "retrieve"}),
        name="series-matrix",
    ),
    *[path(f"export/claims.{name}", view) for name, view in EXPORTS.items()],
    *[path(f"export/{file_name}", view) for file_name, view in DESCRIPTIONS.items()],
    *[path(f"claims.{name}", ClaimFileView.as_view(form=name)) for name in EXPORTS],
    path("quotes/check/", QuoteCheckViewSet.as_view({"get": "retrieve"}), name="quotes-check"),
    path("search/", SearchViewSet.as_view({"get": "retrieve"}), name="search"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    *router.urls,
]
