"""Excerpts as W3C Web Annotations (JSON-LD), one by one and in lists."""

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict
from urllib.parse import urlencode

import orjson
from django.db.models import QuerySet
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from sources.api.findings import capture_of, is_pdf, is_placed, labelled_page_at, latest
from sources.api.pagination import KeysetPagination
from sources.api.views import ListAndDetailViewSet
from sources.api.visit import Visit
from sources.domain.annotations import (
    CONTEXT,
    MEDIA_TYPE,
    Placed,
    Quoted,
    State,
    Translated,
    annotation,
    collection,
    document,
    page,
)
from sources.models import Excerpt, Withholding
from sources.readings.doubts import graded_text
from sources.readings.redacted_text import shown_context
from sources.readings.source_filters import EXCERPT_FILTERS
from sources.readings.standing import standing_of
from sources.vocabulary import Grade, TranslationMethod

_LD_JSON = MEDIA_TYPE.split(";")[0]


class JsonLdRenderer(BaseRenderer):
    """JSON-LD. Its profile stands in the answer alone: asking for the plain type finds it too."""

    media_type = _LD_JSON
    format = "jsonld"
    charset = None
    render_style = "binary"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # the signature is REST framework's
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The bytes of the answer."""
        return b"" if data is None else orjson.dumps(data, default=str)


AnnotationShape = TypedDict(
    "AnnotationShape",
    {
        "@context": NotRequired[str],
        "id": str,
        "type": str,
        "motivation": str,
        "created": str,
        "creator": NotRequired[dict[str, Any]],
        "generator": dict[str, Any],
        "body": NotRequired[list[dict[str, Any]]],
        "target": dict[str, Any],
    },
)
AnnotationShape.__doc__ = (
    "A quote as a W3C Web Annotation (https://www.w3.org/TR/annotation-model/)."
)


class AnnotationPages(KeysetPagination):
    """A collection with its first page inside; then page by page."""

    asked: Request

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The rows of the page that the request asks for. Raises ParameterRefused."""
        self.asked = request
        return super().paginate_queryset(queryset, request, view)

    def get_paginated_response(self, data: Any) -> Response:
        """The collection, or the page behind a cursor."""
        path = self.asked.build_absolute_uri(self.asked.path)
        asked = [
            (name, value) for name, values in self.asked.query_params.lists() for value in values
        ]
        of = _address(path, [pair for pair in asked if pair[0] not in self.parameters])
        here = _address(path, asked)
        if "cursor" in self.asked.query_params:
            return _answer(page(here, of, data, self.next_url))
        return _answer(collection(of, page(f"{here}#first", of, data, self.next_url)))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The shape of a collection and of a page, for the schema of the API."""
        text = {"type": "string"}
        listed: dict[str, Any] = {
            "type": "object",
            "required": ["id", "type", "partOf", "items"],
            "properties": {
                "@context": {"const": CONTEXT},
                "id": text,
                "type": {"const": "AnnotationPage"},
                "partOf": text,
                "next": text,
                "items": schema,
            },
            "additionalProperties": False,
        }
        first: dict[str, Any] = {
            "type": "object",
            "required": ["@context", "id", "type", "first"],
            "properties": {
                "@context": {"const": CONTEXT},
                "id": text,
                "type": {"const": "AnnotationCollection"},
                "first": listed,
            },
            "additionalProperties": False,
        }
        return {"oneOf": [first, listed]}


def present_annotation(excerpt: Any, visit: Visit) -> AnnotationShape:
    """The annotation of an excerpt. Only of a source that the reader may know."""
    source, site = excerpt.source, visit.site
    record = f"{site}/sources/{source.key}/"
    withheld_at = Withholding.objects.words_withheld_at(excerpt)
    grading = latest(excerpt)
    capture = capture_of(excerpt, grading)
    prefix, suffix = shown_context(excerpt, grading, with_hidden=False)
    standing = standing_of(source)
    built: Any = annotation(
        Quoted(
            address=f"{visit.root}annotations/{excerpt.pk}/",
            exact=excerpt.located,
            source=source.url if _is_address(source.url) else record,
            record=f"{visit.root}sources/{source.key}/",
            generator=f"{site}/",
            created=excerpt.created_at,
            creator=str(excerpt.created_by) if visit.is_staff else "",
            prefix=prefix,
            suffix=suffix,
            locator=excerpt.locator,
            place=_place(excerpt, grading, prefix, suffix),
            state=None
            if capture is None
            else State(
                capture.captured_at, capture.archive_url or f"{visit.root}captures/{capture.pk}/"
            ),
            translation=_translation(excerpt),
            claims=[
                f"{visit.root}claims/{evidence.version.claim.ref}/"
                for evidence in excerpt.shown_evidence
            ],
            withheld_on=withheld_at.date() if withheld_at else None,
            standing=standing.sentence if standing else "",
            doubt=""
            if excerpt.is_verified
            else graded_text(Grade(excerpt.grade), is_verified=False),
        )
    )
    shape: AnnotationShape = built
    return shape


class AnnotationViewSet(ListAndDetailViewSet):
    """Quotes as W3C Web Annotations, for tools that mark them in the source; the latest first.

    The same rows as in the list of excerpts, as an AnnotationCollection of AnnotationPages.
    """

    present = present_annotation
    filters = EXCERPT_FILTERS
    has_fields = False
    pagination_class = AnnotationPages
    queryset = Excerpt.objects.none()
    keyset = "-id"
    lookup_field = "id"
    lookup_value_regex = "[1-9][0-9]{0,17}"
    media_type = MEDIA_TYPE

    def get_renderers(self) -> list[Any]:
        """JSON-LD, and plain JSON for who asks for that."""
        return [JsonLdRenderer(), *super().get_renderers()]

    def rows(self) -> QuerySet[Any]:
        """The excerpts that the reader may see, with the claims that the reader sees on them."""
        reader, at = self.visit.reader, self.visit.at
        shown = Excerpt.objects.visible_to(reader, at)
        return shown.with_findings(reader, at).with_claims(reader, at)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One annotation."""
        return _answer(super().retrieve(request, *args, **kwargs).data)


def _answer(node: Any) -> Response:
    return Response(document(node), content_type=MEDIA_TYPE)


def _place(excerpt: Excerpt, grading: Any, prefix: str, suffix: str) -> Placed | None:
    """The one place that carries the words; none for words that are not verified."""
    if not is_placed(grading):
        return None
    there = labelled_page_at(grading, grading.start)
    return Placed(
        grading.start,
        grading.end,
        prefix,
        suffix,
        pdf_page=there["index"] + 1 if there and is_pdf(grading.layer) else None,
        is_chosen=excerpt.grade == Grade.AMBIGUOUS,
    )


def _translation(excerpt: Excerpt) -> Translated | None:
    if not excerpt.translation:
        return None
    method = excerpt.translation_method
    return Translated(
        excerpt.translation, excerpt.translated_by, TranslationMethod(method) if method else None
    )


def _is_address(url: str) -> bool:
    """Whether it is one that a browser opens, without what an IRI cannot hold."""
    return url.startswith(("https://", "http://")) and not any(
        sign in url for sign in ' <>"{}|\\^`'
    )


def _address(path: str, parameters: Sequence[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(parameters)}" if parameters else path
