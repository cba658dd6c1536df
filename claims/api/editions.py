"""Fact sheets as issued: their editions, where each stands and why, with manifest and files."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, TypedDict

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.models import Edition
from claims.readings.edition_reasons import EditionReason
from claims.readings.editions import (
    EditionFileReading,
    EditionReading,
    read_edition,
    read_editions,
    read_newest,
)
from claims.readings.list_filters import EDITION_FILTERS
from claims.vocabulary.factsheets import EditionFormat, EditionReasonCode, EditionState, SheetLayout
from sources.api.views import ListViewSet, ReadViewSet
from sources.api.visit import Visit


class EditionReasonShape(TypedDict):
    """A reason why an edition is not current."""

    code: EditionReasonCode
    sentence: str
    reference: Annotated[str, "What it is about: C17, K5, the key of a source, an edition."]


class EditionFileShape(TypedDict):
    """A file of an edition as issued."""

    name: str
    layout: Annotated[SheetLayout | None, "None of formats that have none."]
    format: EditionFormat
    media_type: str
    sha256: str
    size: Annotated[int, "In bytes; 0 of one that is withheld."]
    url: Annotated[str | None, "Null of one that is withheld or closed: the reasons say why."]


class ErratumShape(TypedDict):
    """A correction that the desk added to an edition."""

    words: str
    added_at: datetime


class EditionRefShape(TypedDict):
    """An edition, and where it stands."""

    fact_sheet: Annotated[str, "The key of the fact sheet."]
    number: int
    url: str
    page_url: str
    short_url: str
    title: str
    issued_at: datetime
    state: EditionState
    reasons: Annotated[list[EditionReasonShape], "Why it is not current, the gravest first."]
    replaces: int | None
    replaced_by: int | None


class EditionShape(EditionRefShape):
    """An edition with all that belongs to it."""

    errata: list[ErratumShape]
    changes: Annotated[list[str], "What changed since the edition that it replaces."]
    files: list[EditionFileShape]
    manifest: Annotated[
        dict[str, Any],
        "What it rests on, as it was when it was issued; empty of one that is closed.",
    ]
    manifest_sha256: str


class IssuedSheetShape(TypedDict):
    """A fact sheet of which editions were issued."""

    key: str
    url: str
    page_url: str
    newest: EditionRefShape
    editions: Annotated[list[EditionRefShape], "All of them, the newest first."]


class EditionListViewSet(ListViewSet):
    """Editions of all fact sheets, the latest issued first."""

    takes_known_at = True
    filters = EDITION_FILTERS
    queryset = Edition.objects.none()
    keyset = "-id"

    @classmethod
    def shape(cls) -> Any:
        """The shape of an edition in a list."""
        return EditionRefShape

    def rows(self) -> QuerySet[Any]:
        """The editions issued by now; each is public."""
        found: QuerySet[Any] = Edition.objects.issued(self.visit.at)
        return found

    def present_all(self, rows: Sequence[Any]) -> list[Mapping[str, Any]]:
        """Present the editions, which are read for all at once."""
        found = Edition.objects.filter(pk__in=[row.pk for row in rows]).order_by("-pk")
        editions = read_editions(found, self.visit.asking)
        return [present_edition_ref(edition, self.visit) for edition in editions]


class EditionViewSet(ReadViewSet):
    """One edition of a fact sheet."""

    takes_known_at = True
    queryset = Edition.objects.none()
    lookup_field = "number"
    lookup_value_regex = "[1-9][0-9]{0,8}"

    @classmethod
    def shape(cls) -> Any:
        """The shape of an edition."""
        return EditionShape

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """An edition with where it stands, its manifest and its files."""
        edition = read_edition(kwargs["key"], int(kwargs["number"]), self.visit.asking)
        if edition is None:
            raise Http404
        return Response(present_edition(edition, self.visit))


class IssuedSheetViewSet(ReadViewSet):
    """A fact sheet with its editions, once one was issued."""

    takes_known_at = True
    queryset = Edition.objects.none()

    @classmethod
    def shape(cls) -> Any:
        """The shape of a fact sheet."""
        return IssuedSheetShape

    @extend_schema(operation_id="issued_sheets_retrieve")
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A fact sheet with its editions."""
        key, visit = kwargs["key"], self.visit
        newest = read_newest(key, visit.asking)
        if newest is None:
            raise Http404
        issued = Edition.objects.issued(visit.at).filter(fact_sheet__key=key).newest_first()
        return Response(
            {
                "key": key,
                "url": f"{visit.root}factsheets/{key}/",
                "page_url": visit.site + reverse("claims:newest-edition", args=[key]),
                "newest": present_edition_ref(newest, visit),
                "editions": [
                    present_edition_ref(edition, visit)
                    for edition in read_editions(issued, visit.asking)
                ],
            }
        )


def present_edition_ref(edition: EditionReading, visit: Visit) -> EditionRefShape:
    """Present an edition and where it stands."""
    address = [edition.key, edition.number]
    return {
        "fact_sheet": edition.key,
        "number": edition.number,
        "url": f"{visit.root}editions/{edition.key}/{edition.number}/",
        "page_url": visit.site + reverse("claims:edition", args=address),
        "short_url": visit.site + reverse("claims:short-edition", args=address),
        "title": edition.title,
        "issued_at": edition.issued_at,
        "state": edition.state,
        "reasons": [present_edition_reason(reason) for reason in edition.reasons],
        "replaces": edition.replaces,
        "replaced_by": edition.replaced_by,
    }


def present_edition(edition: EditionReading, visit: Visit) -> EditionShape:
    """Present an edition with all that belongs to it."""
    return {
        **present_edition_ref(edition, visit),
        "errata": [{"words": one.words, "added_at": one.added_at} for one in edition.errata],
        "changes": list(edition.changes),
        "files": [present_edition_file(file, edition, visit) for file in edition.files],
        "manifest": dict(edition.manifest),
        "manifest_sha256": edition.manifest_sha256,
    }


def present_edition_reason(reason: EditionReason) -> EditionReasonShape:
    """Present a reason why an edition is not current."""
    return {"code": reason.code, "sentence": reason.sentence, "reference": reason.reference}


def present_edition_file(
    file: EditionFileReading, edition: EditionReading, visit: Visit
) -> EditionFileShape:
    """Present a file with its address, where it is given."""
    address = reverse("claims:edition-file", args=[edition.key, edition.number, file.name])
    return {
        "name": file.name,
        "layout": file.layout,
        "format": file.format,
        "media_type": file.media_type,
        "sha256": file.sha256,
        "size": file.size,
        "url": visit.site + address if file.is_given else None,
    }
