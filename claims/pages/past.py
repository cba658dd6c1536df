"""Pages as they were: `known_at` in the address of a page, the banner, and links that keep it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from functools import wraps
from html import escape, unescape
from typing import Any, ParamSpec
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.pages.parameters import refusal_page
from sources.domain.moments import MomentRefused, read_moment
from sources.querysets.past import known_at
from sources.querysets.readers import is_staff

P = ParamSpec("P")
PageView = Callable[P, HttpResponse]

PARAMETER = "known_at"
# The mark of a link that leaves the past, and of one to another place on the same page.
_LEAVES = 'rel="original"'
_LINK = re.compile(r'<a\b[^>]*?\shref="(?P<address>[^"#][^"]*)"[^>]*>')
_FORM = re.compile(r"<form\b[^>]*>")
_ACTION = re.compile(r'\saction="([^"]*)"')


@dataclass(frozen=True)
class Past:
    """The time of a page of the past, and the address of the page as it is now."""

    at: datetime
    present_address: str

    @property
    def sentence(self) -> str:
        """The time, as the banner says it."""
        if self.at.time() == time.max:
            return _("As it was known at the end of %(day)s (UTC).") % {
                "day": date_format(self.at, "j F Y")
            }
        return _("As it was known on %(time)s UTC.") % {
            "time": date_format(self.at, "j F Y, H:i:s")
        }


def takes_known_at(*, desk_reads: bool = False) -> Callable[[PageView[P]], PageView[P]]:
    """Decorate a view of a page that can be asked for as it was; `moment_of` gives the time.

    It shows what the public knew, and the desk what the desk knew where `desk_reads`.
    """

    def decorated(view: PageView[P]) -> PageView[P]:
        @wraps(view)
        def answered(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            request: Any = args[0]
            typed = request.GET.get(PARAMETER)
            if typed is None:
                return view(*args, **kwargs)
            try:
                at = read_moment(typed, now=timezone.now())
            except MomentRefused as refusal:
                return refusal_page(request, refusal.message)
            request.past = Past(at, _without(request.get_full_path()))
            with known_at(at, is_staff=desk_reads and is_staff(request.user)):
                response = view(*args, **kwargs)
            return _kept(request, response, typed)

        setattr(answered, PARAMETER, True)
        return answered

    return decorated


def moment_of(request: HttpRequest) -> datetime:
    """The time that a page is of: the one in its address, else now."""
    past: Past | None = getattr(request, "past", None)
    return timezone.now() if past is None else past.at


def is_of_the_past(request: HttpRequest) -> bool:
    """Whether a page is asked for as it was."""
    return hasattr(request, "past")


def _kept(request: HttpRequest, response: HttpResponse, typed: str) -> HttpResponse:
    """The answer, whose links to pages that can be of the past lead to them as they were."""
    if isinstance(response, HttpResponseRedirectBase):
        response["Location"] = _with(response["Location"], request, typed)
    elif response.get("Content-Type", "").startswith("text/html"):
        response.content = _keep_in_text(response.content.decode(), request, typed).encode()
    return response


def _keep_in_text(text: str, request: HttpRequest, typed: str) -> str:
    def of_link(link: re.Match[str]) -> str:
        if _LEAVES in link[0]:
            return link[0]
        address = escape(_with(unescape(link["address"]), request, typed))
        start, end = (place - link.start() for place in link.span("address"))
        return f"{link[0][:start]}{address}{link[0][end:]}"

    def of_form(form: re.Match[str]) -> str:
        action = _ACTION.search(form[0])
        target = unescape(action[1]) if action else request.path
        if 'method="post"' in form[0] or not _can_be_of_the_past(target or request.path):
            return form[0]
        return f'{form[0]}<input type="hidden" name="{PARAMETER}" value="{escape(typed)}">'

    return _FORM.sub(of_form, _LINK.sub(of_link, text))


def _with(address: str, request: HttpRequest, typed: str) -> str:
    """The address with the time, where it is of a page that takes one; else as it is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not _can_be_of_the_past(parts.path or request.path):
        return address
    asked = [*parse_qsl(parts.query, keep_blank_values=True), (PARAMETER, typed)]
    return urlunsplit(parts._replace(query=urlencode(dict(asked))))


def _without(address: str) -> str:
    """The address without the time."""
    parts = urlsplit(address)
    asked = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != PARAMETER
    ]
    return urlunsplit(parts._replace(query=urlencode(asked)))


def _can_be_of_the_past(path: str) -> bool:
    """Whether the page at a path takes a time."""
    try:
        return hasattr(resolve(path).func, PARAMETER)
    except Resolver404:
        return False
