"""Parameters of public pages: words to search and places in a list, refused in a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, ParamSpec

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sources.domain.refusals import Refusal, is_invisible

P = ParamSpec("P")

PER_PAGE = 20
MAX_WORDS = 300
MAX_DIGITS = 18


class PageRefused(Refusal):
    """An address that asks for what no page can show."""


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the place after which the next ones stand."""

    rows: Sequence[Any]
    next_after: int | None = None


def refusals_as_pages(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """A view whose refusals become a page that says why, with status 400."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except Refusal as refusal:
            request: Any = args[0]
            return refusal_page(request, refusal.message)

    return answered


def refusal_page(
    request: HttpRequest, message: str, *, retry_after: int | None = None
) -> HttpResponse:
    """The page of a request that cannot be answered: at all, or before so many seconds."""
    status = HTTPStatus.BAD_REQUEST if retry_after is None else HTTPStatus.SERVICE_UNAVAILABLE
    response = render(request, "claims/refused.html", {"message": message}, status=status)
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def search_words(request: HttpRequest, name: str = "q") -> str:
    """The words of a search, trimmed. Raises PageRefused for what nobody can type."""
    typed = request.GET.get(name, "").strip()
    if len(typed) > MAX_WORDS:
        raise PageRefused(
            "too_long",
            _("The search has %(n)d characters; at most %(most)d are read. Shorten it.")
            % {"n": len(typed), "most": MAX_WORDS},
        )
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in typed):
        raise PageRefused("unreadable", _("The search holds a character that is none. Type anew."))
    return "".join(" " if is_invisible(character) else character for character in typed).strip()


def page_of(rows: QuerySet[Any], request: HttpRequest, *, key: str, size: int = PER_PAGE) -> Page:
    """The rows after the place that the address names, by falling key. Raises PageRefused."""
    after = request.GET.get("after", "")
    if after:
        if not (after.isascii() and after.isdigit() and len(after) <= MAX_DIGITS):
            raise PageRefused(
                "place", _("The address names no place in the list. Begin at its first page.")
            )
        rows = rows.filter(**{f"{key}__lt": int(after)})
    found = list(rows.order_by(f"-{key}")[: size + 1])
    if len(found) <= size:
        return Page(found)
    return Page(found[:size], getattr(found[size - 1], key))
