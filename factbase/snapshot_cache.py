"""Answers for everybody, kept in memory while the database is what it was when they were made.

Nothing is ever invalidated: an answer is sent again only where computing it anew would read the
same rows at a time at which the same is published. Why that is safe, is in
docs/decisions/0024-answers-kept-while-nothing-is-written.md.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from claims.models import Version
from factbase.api.problems import PREFIX
from factbase.api.throttle import AnonymousThrottle
from factbase.postgres.snapshots import database_state
from factbase.privacy import FOR_EVERYBODY
from factbase.representations import set_tag

# What an answer of a reader without a cookie may vary by: `Accept` is in its key.
VARIES_BY = {"accept", "cookie"}
# Beside the bytes of an answer: its headers, its key and what Python needs for them.
OVERHEAD = 2_048

Key = tuple[str, ...]


@dataclass(frozen=True)
class Period:
    """A time in which every request reads the same rows and finds the same published.

    `since` is inside, `until` outside; None where nothing is due to change by the clock.
    """

    state: str
    since: datetime = field(compare=False)
    until: datetime | None

    def has(self, state: str | None, at: datetime) -> bool:
        """Whether a request that found that state of the database at that time is in it."""
        is_before = self.until is None or at < self.until
        return state == self.state and self.since <= at and is_before


@dataclass(frozen=True)
class Answer:
    """The bytes of an answer with status 200, and its headers."""

    content: bytes
    headers: dict[str, str]

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self.content) + OVERHEAD


class Answers:
    """The answers of one period, in at most `limit` bytes; those unused for longest make room."""

    def __init__(self, limit: int) -> None:
        self.period = Period("", datetime.max.replace(tzinfo=UTC), None)
        self._limit, self._size, self._lock = limit, 0, Lock()
        self._answers: OrderedDict[Key, Answer] = OrderedDict()

    def get(self, key: Key, state: str, at: datetime) -> Answer | None:
        """The answer kept for a request, where the request is in the period."""
        with self._lock:
            if key not in self._answers or not self.period.has(state, at):
                return None
            self._answers.move_to_end(key)
            return self._answers[key]

    def put(self, key: Key, answer: Answer, period: Period) -> None:
        """Keep an answer of a period. Those of another one are dropped."""
        with self._lock:
            if period != self.period:
                self.period, self._size = period, 0
                self._answers.clear()
            if replaced := self._answers.pop(key, None):
                self._size -= replaced.size
            self._answers[key] = answer
            self._size += answer.size
            while self._size > self._limit:
                self._size -= self._answers.popitem(last=False)[1].size


class SnapshotCacheMiddleware:
    """Sends kept answers to readers without a cookie; keeps those that it may.

    It stands outside of all that reads a cookie or writes a header for one reader. Answers carry
    an ETag, by which `RepresentationMiddleware` outside of it answers 304.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        limit: int = settings.SNAPSHOT_CACHE_BYTES
        if not limit:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.answers = Answers(limit)
        self.max_size = limit // 16

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the kept answer, or that of the view."""
        if not is_of_everybody(request):
            return self.get_response(request)
        at, state = timezone.now(), database_state()
        if state is None:
            return self.get_response(request)
        key = key_of(request)
        kept = self.answers.get(key, state, at)
        if kept is not None and is_allowed(request):
            return HttpResponse(kept.content, headers=kept.headers)
        response = self.get_response(request)
        if is_for_everybody(request, response) and len(response.content) <= self.max_size:
            period = self.answers.period
            if not period.has(state, at):
                period = Period(state, at, Version.objects.next_change(at))
            if period.has(database_state(), timezone.now()):
                set_tag(response)
                headers = dict(response.headers.items())
                self.answers.put(key, Answer(response.content, headers), period)
        return response


def is_of_everybody(request: HttpRequest) -> bool:
    """Whether nothing in a request tells its reader from others, so that all get one answer.

    Inside of a transaction nothing is kept: its own writes are read and change no snapshot.
    """
    return (
        request.method == "GET"
        and not request.META.get("HTTP_COOKIE")
        and "HTTP_AUTHORIZATION" not in request.META
        and not connection.in_atomic_block
    )


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer holds nothing made for one reader or one moment."""
    varies_by = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Cache-Control") == FOR_EVERYBODY
        and varies_by <= VARIES_BY
        and not hasattr(request, "_csp_nonce")
    )


def key_of(request: HttpRequest) -> Key:
    """All that an answer to everybody depends on, but for the database and the time."""
    sent = request.META
    address = (request.scheme or "", request.get_host(), request.path)
    return (*address, sent.get("QUERY_STRING", ""), sent.get("HTTP_ACCEPT", "*/*"))


def is_allowed(request: HttpRequest) -> bool:
    """Count a request of the API that a kept answer answers, as its view would.

    Where it is one too many, the view refuses it.
    """
    is_counted = request.path.startswith(PREFIX)
    return not is_counted or AnonymousThrottle().allow_request(Request(request), None)
