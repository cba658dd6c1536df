"""The matrix of a series in the API: topics by document, counts beside what claims say."""

from datetime import datetime
from typing import Annotated, Any, Literal, TypedDict

from django.http import Http404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.models import DictionaryVersion
from claims.readings.series_cells import (
    CellClaim,
    MatrixCell,
    MatrixColumn,
    MatrixReading,
    MatrixRow,
)
from claims.readings.series_matrix import read_matrix
from sources.api.parameters import ParameterRefused
from sources.api.serializers import SeriesRefShape, SourceRefShape, present_if_known
from sources.api.views import ReadViewSet
from sources.api.visit import Visit
from sources.models import Series

State = Literal[
    "present", "absent", "in-part", "not-searched", "not-counted", "no-term", "not-shown"
]
Said = Literal["present", "absent", "contested", "not-claimed"]


class MatrixDictionaryShape(TypedDict):
    """The version of the topic dictionary that all numbers were counted with."""

    name: Annotated[str, "The series and the number, such as quad/3."]
    number: int
    sha256: Annotated[str, "The hash of its entries as canonical JSON."]
    made_at: datetime | None


class MatrixDocumentShape(TypedDict):
    """A text of a document, or a document without one.

    Of a confidential source, readers who may not know it get the descriptor.
    """

    column: Annotated[str, "The name of the column, by which cells refer to it."]
    label: Annotated[str, "A short name, such as “May 2023”."]
    source: SourceRefShape | None
    descriptor: Annotated[str | None, "What stands for a confidential source."]
    language: Annotated[str, "BCP 47; empty where it is not known."]
    text_sha256: Annotated[str | None, "The hash of the text, in UTF-8, where it may be read."]
    words: Annotated[
        int | None, "The denominator: words of the text without apparatus; null before counting."
    ]
    counted_at: datetime | None


class MatrixClaimShape(TypedDict):
    """A claim about a cell."""

    ref: str
    url: str
    says: Said
    statement: str
    attribution: Annotated[str, "Who says so; empty where the desk does."]
    is_of_series: Annotated[bool, "Whether it is about all documents of the series."]
    is_published: Annotated[
        bool, "Whether readers see it; others are for the desk, and not counted."
    ]


class MatrixCellShape(TypedDict):
    """A topic in one document: its places, and what claims say."""

    column: Annotated[str, "The name of the document's column."]
    state: Annotated[
        State,
        "Absent: the whole text was searched. In part: the text is a fragment, which has it "
        "nowhere. Not searched: there is no text. Not counted: the worker is not there yet. No "
        "term: the dictionary has none in the language of the text. Not shown: it is confidential.",
    ]
    count: Annotated[int | None, "Places; hits that overlap are one. Null where none is counted."]
    per_thousand: Annotated[float | None, "Places on 1,000 words."]
    bins: Annotated[list[int], "The sixtieths of the text that have a place, from 0 to 59."]
    hidden: Annotated[int | None, "For the desk: places in words that no page shows; else null."]
    is_first: Annotated[bool, "It is here, and in no document before that was searched."]
    is_last: Annotated[bool, "It is here, and in no document after that was searched."]
    claimed: Said
    claims: list[MatrixClaimShape]
    disagreement: Annotated[str, "A sentence where text and claims differ; else empty."]
    page_url: Annotated[str | None, "The page with its places; null of a confidential source."]


class MatrixTopicShape(TypedDict):
    """A topic with its terms as written, and its cells in the order of the documents."""

    topic: Annotated[str, "The key of the topic."]
    name: str
    terms: list[str]
    note: str
    cells: list[MatrixCellShape]


class MatrixShape(TypedDict):
    """The topics of a series by document. Nothing is searched when it is asked for.

    `counted` of `to_count` texts are counted; the worker counts the others in the background.
    """

    series: SeriesRefShape
    url: Annotated[str | None, "The permanent address with this version of the dictionary."]
    page_url: Annotated[str, "The same as a page."]
    dictionary: Annotated[MatrixDictionaryShape | None, "Null where the series has none."]
    counted: int
    to_count: int
    documents: list[MatrixDocumentShape]
    topics: list[MatrixTopicShape]


def present_matrix(matrix: MatrixReading, visit: Visit) -> MatrixShape:
    """Present the matrix as its reader may know it."""
    number = matrix.dictionary_number
    page, url = reverse("claims:series", args=[matrix.series]), None
    dictionary: MatrixDictionaryShape | None = None
    if number is not None:
        page = reverse("claims:matrix", args=[matrix.series, number])
        url = visit.site + reverse("claims:matrix-json", args=[matrix.series, number])
        dictionary = {
            "name": matrix.dictionary,
            "number": number,
            "sha256": matrix.dictionary_sha256,
            "made_at": matrix.dictionary_made_at,
        }
    known = {column.id: column for column in matrix.columns if column.source.is_known}
    return {
        "series": {
            "key": matrix.series,
            "url": f"{visit.root}series/{matrix.series}/",
            "title": matrix.title,
        },
        "url": url,
        "page_url": visit.site + page,
        "dictionary": dictionary,
        "counted": matrix.counted,
        "to_count": matrix.to_count,
        "documents": [present_column(column, visit) for column in matrix.columns],
        "topics": [present_row(row, matrix, known, visit) for row in matrix.rows],
    }


def present_column(column: MatrixColumn, visit: Visit) -> MatrixDocumentShape:
    """Present a document; by its descriptor where the reader may not know it."""
    return {
        "column": column.id,
        "label": column.label,
        "source": present_if_known(column.source, visit),
        "descriptor": None if column.source.is_known else column.source.title,
        "language": column.language,
        "text_sha256": column.text_sha256 or None,
        "words": column.words,
        "counted_at": column.counted_at,
    }


def present_row(
    row: MatrixRow, matrix: MatrixReading, known: dict[str, MatrixColumn], visit: Visit
) -> MatrixTopicShape:
    """Present a topic; `known` are the documents whose places have a page for the reader."""
    return {
        "topic": row.topic,
        "name": row.name,
        "terms": list(row.terms),
        "note": row.note,
        "cells": [
            present_cell(
                cell,
                f"{visit.site}/series/{matrix.series}/topics/{row.topic}/{cell.column}/"
                if cell.column in known
                else None,
                visit,
            )
            for cell in row.cells
        ],
    }


def present_cell(cell: MatrixCell, page_url: str | None, visit: Visit) -> MatrixCellShape:
    """Present a cell."""
    is_counted = cell.per_thousand is not None
    return {
        "column": cell.column,
        "state": cell.state.value,
        "count": cell.count if is_counted else None,
        "per_thousand": None if cell.per_thousand is None else float(cell.per_thousand),
        "bins": list(cell.bins),
        "hidden": cell.hidden if visit.is_staff else None,
        "is_first": cell.is_first,
        "is_last": cell.is_last,
        "claimed": cell.claimed.value,
        "claims": [present_cell_claim(claim, visit) for claim in cell.claims],
        "disagreement": cell.disagreement,
        "page_url": page_url,
    }


def present_cell_claim(claim: CellClaim, visit: Visit) -> MatrixClaimShape:
    """Present a claim about a cell."""
    return {
        "ref": claim.ref,
        "url": f"{visit.root}claims/{claim.ref}/",
        "says": claim.claimed.value,
        "statement": claim.statement,
        "attribution": claim.attribution,
        "is_of_series": claim.is_of_series,
        "is_published": claim.is_published,
    }


class MatrixViewSet(ReadViewSet):
    """The matrix of a series: its topics by document, with counts and what claims say.

    With the current version of its topic dictionary, or with the one of `number`: then the answer
    is that of the permanent address of this version, as JSON.
    """

    present = present_matrix
    queryset = Series.objects.none()

    def known_parameters(self) -> list[str]:
        """The number of a version of the dictionary, where the address does not name it."""
        return [] if "number" in self.kwargs else ["number"]

    @extend_schema(
        operation_id="series_matrix_retrieve",
        summary="The topics of a series by document.",
        parameters=[
            OpenApiParameter(
                "number",
                OpenApiTypes.INT,
                description="The number of a version of the dictionary; without it, the current.",
            )
        ],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The matrix of the series of that key."""
        known = Series.objects.known_to(self.visit.reader, self.visit.at)
        series = known.filter(key=kwargs["key"]).first()
        number = kwargs.get("number") or _number(request.query_params.get("number", ""))
        versions = DictionaryVersion.objects.filter(series=series)
        if series is None or (number is not None and not versions.filter(number=number).exists()):
            raise Http404
        reading = read_matrix(series, reader=self.visit.asking, number=number)
        return Response(present_matrix(reading, self.visit))


def _number(typed: str) -> int | None:
    """The number of a version, None where none is asked for. Raises ParameterRefused."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10 and int(typed)):
        raise ParameterRefused(
            "invalid", "number", "A version of a dictionary has a whole number from 1."
        )
    return int(typed)
