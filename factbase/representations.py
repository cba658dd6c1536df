"""Validators, codings and `Vary` of every answer: the one place that writes these headers.

Why tags are as they are, why an answer to a request with a cookie is never compressed and why lists
have no Last-Modified, is in docs/decisions/0041-validators-and-codings.md.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import (
    get_conditional_response,
    patch_vary_headers,
    set_response_etag,
)
from django.utils.http import parse_http_date_safe

from factbase.api.problems import PREFIX
from factbase.content_coding import choose_coding, encode_stream, encode_whole, is_coded_type

# Bytes; what is shorter fits into one packet as it is.
MIN_CODED = 1_000
# What every answer of the API depends on: the form, who reads, and that an account which is not
# understood is refused.
API_VARIES_BY = ("Accept", "Authorization", "Cookie")


class RepresentationMiddleware:
    """Tags answers, answers 304 to who has them, and sends the others in a coding.

    It stands outside of the kept answers, so that one is kept for all codings.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response, 304 or 412 in its place, or the response in a coding."""
        response = self.get_response(request)
        if request.path.startswith(PREFIX):
            patch_vary_headers(response, API_VARIES_BY)
        if request.method not in ("GET", "HEAD") or response.status_code != HTTPStatus.OK:
            return response
        set_tag(response)
        coding = None
        if is_coded_type(response.get("Content-Type", "")):
            patch_vary_headers(response, ["Accept-Encoding"])
            coding = coding_of(request, response)
        if coding is not None:
            weaken_tag(response)
        answer = conditional_answer(request, response)
        if coding is not None and answer is response:
            encode(response, coding)
        return answer


def set_tag(response: HttpResponse) -> None:
    """Give a response a strong ETag: a digest of the body as it is without a coding.

    One that the view has set stays. What is not to be stored, and what streams, has none.
    """
    if not response.has_header("ETag") and "no-store" not in response.get("Cache-Control", ""):
        set_response_etag(response)


def weaken_tag(response: HttpResponse) -> None:
    """Make the tag weak: the bytes in a coding are others, and mean the same."""
    tag = response.get("ETag", "")
    if tag and not tag.startswith("W/"):
        response.headers["ETag"] = f"W/{tag}"


def coding_of(request: HttpRequest, response: HttpResponse) -> str | None:
    """Return the coding in which a response is sent, None for none.

    Never where a cookie came or is set: the length of a compressed page with something secret and
    something that the address says tells the secret letter by letter (BREACH).
    """
    is_short = not response.streaming and len(response.content) < MIN_CODED
    has_cookie = bool(request.META.get("HTTP_COOKIE") or response.cookies)
    if is_short or has_cookie or response.has_header("Content-Encoding"):
        return None
    return choose_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""))


def conditional_answer(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return 304 for who has the response, 412 where it is not the one asked for, or itself."""
    modified = response.get("Last-Modified")
    answer = get_conditional_response(
        request,
        etag=response.get("ETag"),
        last_modified=parse_http_date_safe(modified) if modified else None,
        response=response,
    )
    return response if answer is None else answer


def encode(response: HttpResponse, coding: str) -> None:
    """Put a response into a coding; one that streams goes on streaming."""
    response.headers["Content-Encoding"] = coding
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = encode_stream(response.streaming_content, coding)
        response.headers.pop("Content-Length", None)
        return
    response.content = encode_whole(response.content, coding)
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))
