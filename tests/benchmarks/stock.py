"""The yardstick "stock": the same rows by plain Django REST framework, as its tutorial does it.

ModelViewSets with nested ModelSerializers, prefetch_related, django-filter and page numbers. They
send about what the product sends of what is published, know nothing of who may know what, and
decide nothing: no support, no decisions on conflicts, no searches.
"""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from rest_framework.pagination import PageNumberPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.routers import DefaultRouter
from rest_framework.serializers import ModelSerializer, SlugRelatedField
from rest_framework.viewsets import ModelViewSet

from claims.models import (
    Asserter,
    Claim,
    Entity,
    Evidence,
    Premise,
    Property,
    PublicConflict,
    PublicConflictMember,
    Topic,
    Version,
)
from sources.domain.search.typed import read_search
from sources.models import Excerpt, Grading, Series, Source, SourceOrigin


class StockPages(PageNumberPagination):
    """Fifty rows a page, as the product's lists have."""

    page_size = 50


class EntitySerializer(ModelSerializer[Entity]):
    class Meta:
        model = Entity
        fields = ["key", "label", "kind"]


class PropertySerializer(ModelSerializer[Property]):
    class Meta:
        model = Property
        fields = ["key", "label", "value_kind", "unit", "time"]


class TopicSerializer(ModelSerializer[Topic]):
    class Meta:
        model = Topic
        fields = ["key", "name"]


class AsserterSerializer(ModelSerializer[Asserter]):
    entity = EntitySerializer()

    class Meta:
        model = Asserter
        fields = ["entity", "description"]


class SourceRefSerializer(ModelSerializer[Source]):
    publisher: Any = SlugRelatedField(slug_field="name", read_only=True)

    class Meta:
        model = Source
        fields = [
            *("key", "title", "authors", "publisher", "container", "issued", "url", "access"),
            "standing",
        ]


class QuoteSerializer(ModelSerializer[Excerpt]):
    source: Any = SourceRefSerializer()

    class Meta:
        model = Excerpt
        fields = [
            *("id", "exact", "grade", "locator", "page", "language", "translation"),
            *("translated_by", "translation_method", "source"),
        ]


class EvidenceSerializer(ModelSerializer[Evidence]):
    excerpt = QuoteSerializer()

    class Meta:
        model = Evidence
        fields = ["stance", "excerpt"]


class PremiseSerializer(ModelSerializer[Premise]):
    rests_on: Any = SlugRelatedField(slug_field="statement", read_only=True)

    class Meta:
        model = Premise
        fields = ["rests_on", "formula"]


class ConflictSerializer(ModelSerializer[PublicConflict]):
    class Meta:
        model = PublicConflict
        fields = ["number", "kind", "strength", "status", "same_source"]


class MembershipSerializer(ModelSerializer[PublicConflictMember]):
    conflict = ConflictSerializer()

    class Meta:
        model = PublicConflictMember
        fields = ["conflict"]


class ClaimSerializer(ModelSerializer[Claim]):
    topics = TopicSerializer(many=True)

    class Meta:
        model = Claim
        fields = ["id", "uuid", "retracted_at", "retracted_reason", "topics"]


class PositionSerializer(ModelSerializer[Version]):
    property = PropertySerializer()
    value_entity = EntitySerializer()
    asserters = AsserterSerializer(many=True)

    class Meta:
        model = Version
        fields = [
            *("claim", "number", "status", "mode", "statement", "language", "property", "basis"),
            *("value", "as_written", "amount", "dates", "truth", "value_entity", "value_text"),
            *("degree", "approximate", "decimal_mark", "period", "period_days", "published"),
            "asserters",
        ]


class VersionSerializer(PositionSerializer):
    claim: Any = ClaimSerializer()
    subject = EntitySerializer()
    aspect = TopicSerializer()
    premises = PremiseSerializer(many=True)
    evidence = EvidenceSerializer(many=True)
    public_memberships = MembershipSerializer(many=True)

    class Meta(PositionSerializer.Meta):
        fields = [
            *PositionSerializer.Meta.fields,
            *("asserted_on", "recorded_at", "content_hash", "subject", "aspect", "premises"),
            *("evidence", "public_memberships"),
        ]


class OriginSerializer(ModelSerializer[SourceOrigin]):
    origin = SourceRefSerializer()

    class Meta:
        model = SourceOrigin
        fields = ["kind", "origin"]


class SeriesSerializer(ModelSerializer[Series]):
    class Meta:
        model = Series
        fields = ["key", "title"]


class SourceSerializer(SourceRefSerializer):
    origin_ties = OriginSerializer(many=True)
    series = SeriesSerializer(many=True)

    class Meta(SourceRefSerializer.Meta):
        fields = [
            *SourceRefSerializer.Meta.fields,
            *("type", "issued_days", "doi", "isbn", "language", "number", "csl", "rights"),
            *("standing_on", "standing_reason", "standing_passages", "origin_ties", "series"),
        ]


class GradingSerializer(ModelSerializer[Grading]):
    class Meta:
        model = Grading
        fields = ["graded_at", "grade", "score", "start", "end", "places", "passed_over", "layer"]


class ExcerptSerializer(QuoteSerializer):
    gradings = GradingSerializer(many=True)

    class Meta(QuoteSerializer.Meta):
        fields = [*QuoteSerializer.Meta.fields, "prefix", "suffix", "created_at", "gradings"]


class MemberSerializer(ModelSerializer[PublicConflictMember]):
    version = PositionSerializer()

    class Meta:
        model = PublicConflictMember
        fields = ["joined_at", "version"]


class ConflictWithMembersSerializer(ConflictSerializer):
    members = MemberSerializer(many=True)

    class Meta(ConflictSerializer.Meta):
        fields = [*ConflictSerializer.Meta.fields, "question", "opened_at", "members"]


class ClaimFilters(FilterSet):  # type: ignore[misc] # has no types
    """By topic, and by words, found with the product's index."""

    topic = django_filters.CharFilter("claim__topics__key")
    q = django_filters.CharFilter(method="search")

    def search(self, rows: Any, _name: str, words: str) -> Any:
        """Those with the words."""
        return rows.found_by(read_search(words), None)


class StockViewSet(ModelViewSet[Any]):
    """The base: everybody may read everything, as JSON."""

    http_method_names = ["get"]
    pagination_class = StockPages
    renderer_classes = [JSONRenderer]
    throttle_classes: list[Any] = []

    filter_backends = [DjangoFilterBackend]
    schema = None

    @property
    def default_response_headers(self) -> dict[str, str]:
        """Those of REST framework, and one by which the product's cache keeps no answer."""
        return {**super().default_response_headers, "Cache-Control": "no-store"}


class ClaimViewSet(StockViewSet):
    serializer_class = VersionSerializer
    filterset_class = ClaimFilters
    lookup_field = "claim_id"

    def get_queryset(self) -> QuerySet[Any]:
        """The published versions of claims that are not retracted, as the product lists them."""
        return (
            Version.objects.filter(published__contains=timezone.now(), taken_off_at__isnull=True)
            .filter(claim__retracted_at__isnull=True)
            .select_related("claim", "subject", "property", "aspect", "value_entity")
            .prefetch_related(
                *("claim__topics", "asserters__entity", "premises__rests_on"),
                *("evidence__excerpt__source__publisher", "public_memberships__conflict"),
            )
            .order_by("-claim_id")
        )


class SourceViewSet(StockViewSet):
    serializer_class = SourceSerializer
    lookup_field = "key"
    queryset = (
        Source.objects.filter(access="public")
        .select_related("publisher")
        .prefetch_related("origin_ties__origin__publisher", "series")
        .order_by("key")
    )


class ExcerptViewSet(StockViewSet):
    serializer_class = ExcerptSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Those on which a published version rests."""
        used = Evidence.objects.filter(
            excerpt=OuterRef("pk"), version__published__contains=timezone.now()
        )
        return (
            Excerpt.objects.filter(Exists(used), source__access="public")
            .select_related("source__publisher")
            .prefetch_related("gradings")
            .order_by("-id")
        )


class ConflictViewSet(StockViewSet):
    serializer_class = ConflictWithMembersSerializer
    lookup_field = "number"
    queryset = (
        PublicConflict.objects.exclude(status__in=["lapsed", "merged"])
        .prefetch_related(
            "members__version__property",
            "members__version__value_entity",
            "members__version__asserters__entity",
        )
        .order_by("-number")
    )


router = DefaultRouter()
router.register("claims", ClaimViewSet, "stock-claim")
router.register("sources", SourceViewSet, "stock-source")
router.register("excerpts", ExcerptViewSet, "stock-excerpt")
router.register("conflicts", ConflictViewSet, "stock-conflict")
