"""The search in the API: claims by rank with where the words stand, and names beside them."""

from typing import Annotated, Any, TypedDict
from urllib.parse import urlencode

from django.db.models import Exists, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.conflicts import PositionShape, present_position
from claims.api.references import (
    EntityRefShape,
    TopicRefShape,
    present_name,
    present_topic_ref,
)
from claims.domain.typed_references import ReferenceKind, TypedReference, read_reference
from claims.models import Conflict, Extract, PublicConflict, Version
from claims.readings.found import (
    MAX_RANKED,
    FoundClaim,
    FoundClaims,
    FoundNames,
    found_claims,
    found_names,
    understood,
)
from sources.api.ordering import write_cursor
from sources.api.pagination import read_limit
from sources.api.parameters import ParameterRefused
from sources.api.serializers import SourceRefShape, present_if_known
from sources.api.views import ReadViewSet
from sources.api.visit import KNOWN_AT, Visit
from sources.domain.refusals import quoted
from sources.domain.search.typed import SearchRefused, TypedSearch, read_search
from sources.models import Excerpt

PARAMETERS = {
    "q": "Words, numbers, a phrase in quotation marks, or a DOI, ISBN, web address or reference. "
    "`or` between two words takes either, `-word` after another word leaves out what has it.",
    "limit": "How many claims, at most 100; 50 without it.",
    "start": "The place of the page's first claim in the ranking, from 0: take it from `next`.",
}


class FoundPieceShape(TypedDict):
    """A run of text."""

    text: str
    is_found: Annotated[bool, "Whether these are words that were searched for."]


class FragmentShape(TypedDict):
    """Words that were found, in their context."""

    where: Annotated[str, "In which text they stand."]
    language: Annotated[str, "BCP 47; empty where it is not known."]
    pieces: Annotated[list[FoundPieceShape], "The text in pieces, in order."]


class FoundClaimShape(PositionShape):
    """A claim that was found, in the version that the reader sees."""

    claim: Annotated[str, "The reference of the claim."]
    url: str
    is_by_value: Annotated[bool, "Whether its value is a number that was typed."]
    found_in: Annotated[list[FragmentShape], "Where the words stand, the first few places."]


class SearchAnswerShape(TypedDict):
    """Claims that a search found, by rank; and sources, entities and topics by their own words."""

    q: str
    understood: Annotated[list[str], "How the search was read, where it is not plain words."]
    left_out: Annotated[list[str], "The words whose claims are left out."]
    reference: Annotated[
        str | None,
        "The address of the claim, version, conflict, extract or quote "
        "whose reference was typed: C17, C17/v2, K5, X12, q/7.",
    ]
    claims: list[FoundClaimShape]
    ranking_capped: Annotated[
        bool, "Whether more claims match than were ranked: of those the latest references are."
    ]
    next: Annotated[str | None, "The next claims; behind the ranked ones, in order of reference."]
    sources: list[SourceRefShape]
    entities: list[EntityRefShape]
    topics: list[TopicRefShape]
    conflicts: Annotated[list[str], "The references of conflicts of the claims on this page."]


def present_answer(
    search: TypedSearch, claims: FoundClaims, names: FoundNames, visit: Visit, **more: Any
) -> SearchAnswerShape:
    """Present what was found; `more` are the address of the reference, and of the next page."""
    sources = [present_if_known(source, visit) for source in names.sources]
    return {
        "q": search.typed,
        "understood": understood(search),
        "left_out": [term.typed for term in search.excluded],
        "reference": more["reference"],
        "claims": [present_found(one, visit) for one in claims.claims],
        "ranking_capped": claims.is_capped,
        "next": more["next"],
        "sources": [source for source in sources if source is not None],
        "entities": [present_name(entity, visit) for entity in names.entities],
        "topics": [present_topic_ref(topic, visit) for topic in names.topics],
        "conflicts": [conflict.ref for conflict in claims.conflicts],
    }


def present_found(found: FoundClaim, visit: Visit) -> FoundClaimShape:
    """Present a claim with where the words stand."""
    claim = found.claim
    return {
        **present_position(claim, visit),
        "claim": claim.ref,
        "url": f"{visit.root}claims/{claim.ref}/",
        "is_by_value": found.is_by_value,
        "found_in": [
            {
                "where": fragment.where,
                "language": fragment.language,
                "pieces": [
                    {"text": piece.text, "is_found": piece.is_found} for piece in fragment.pieces
                ],
            }
            for fragment in found.fragments
        ],
    }


class SearchViewSet(ReadViewSet):
    """A search over statements, values, quotes, titles, authors, publishers and names.

    Claims come by rank: those whose value is a number that was typed, then by how well and where
    the words match. With `known_at` these are the versions that were read then, by the words and
    names of now.
    """

    takes_known_at = True
    queryset = Version.objects.none()
    has_fields = False

    @classmethod
    def shape(cls) -> Any:
        """The shape of an answer."""
        return SearchAnswerShape

    def known_parameters(self) -> list[str]:
        """The parameters that this address takes."""
        return [*PARAMETERS]

    @extend_schema(
        operation_id="search_retrieve",
        summary="Search everything.",
        parameters=[
            OpenApiParameter(name, OpenApiTypes.STR, description=text, required=name == "q")
            for name, text in PARAMETERS.items()
        ],
    )
    def retrieve(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """A page of what was found."""
        sent, visit = request.query_params, self.visit
        search = _search(sent.get("q", ""))
        size = read_limit(sent.get("limit"))
        start = _start(sent.get("start", "0"))
        claims = found_claims(search, visit.asking, start=start, size=size)
        following = None
        kept = {KNOWN_AT: sent[KNOWN_AT]} if KNOWN_AT in sent else {}
        if claims.next_start is not None:
            asked = {"q": search.typed, "limit": size, "start": claims.next_start, **kept}
            following = f"{visit.root}search/?{urlencode(asked)}"
        elif claims.unranked_after is not None:
            asked = {"q": search.typed, "cursor": write_cursor(claims.unranked_after), **kept}
            following = f"{visit.root}claims/?{urlencode(asked)}"
        names = found_names(search, visit.asking)
        typed = read_reference(search.typed)
        reference = None if typed is None else reference_address(typed, visit)
        return Response(
            present_answer(search, claims, names, visit, reference=reference, next=following)
        )


def reference_address(reference: TypedReference, visit: Visit) -> str | None:
    """The address of what has a reference, where the reader may know it."""
    number, version = reference.number, reference.version
    if not _rows_of(reference, visit).exists():
        return None
    match reference.kind:
        case ReferenceKind.CLAIM:
            tail = "" if version is None else f"versions/{version}/"
            return f"{visit.root}claims/C{number}/{tail}"
        case ReferenceKind.CONFLICT:
            return f"{visit.root}conflicts/K{number}/"
        case ReferenceKind.EXTRACT:
            return f"{visit.root}extracts/X{number}/"
        case ReferenceKind.QUOTE:
            return f"{visit.root}excerpts/{number}/"


def _rows_of(reference: TypedReference, visit: Visit) -> QuerySet[Any]:
    """The row that has a reference, as its own address finds it for the reader."""
    reader, at, number = visit.reader, visit.at, reference.number
    match reference.kind:
        case ReferenceKind.CLAIM:
            shown: QuerySet[Any] = Version.objects.visible_to(reader, at).filter(claim=number)
            if reference.version is None:
                return shown
            history = Version.objects.in_history(reader, at).filter(
                claim=number, number=reference.version
            )
            return history.filter(Exists(shown))
        case ReferenceKind.CONFLICT:
            if visit.is_staff:
                return Conflict.objects.filter(pk=number)
            return PublicConflict.objects.readable(at).filter(number=number)
        case ReferenceKind.EXTRACT:
            return Extract.objects.made(at).filter(pk=number)
        case ReferenceKind.QUOTE:
            return Excerpt.objects.visible_to(reader, at).filter(pk=number)


def _search(typed: str) -> TypedSearch:
    try:
        return read_search(typed)
    except SearchRefused as refusal:
        raise ParameterRefused(refusal.code, "q", refusal.message) from refusal


def _start(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(MAX_RANKED))):
        raise ParameterRefused(
            "start",
            "start",
            f"{quoted(typed)} is no place in the ranking. Take the address from `next`.",
        )
    return int(typed)
