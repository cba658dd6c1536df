"""Asking the WSGI application in this process: all of a request but the network."""

import gc
import io
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from http import HTTPStatus
from statistics import median
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from factbase.models import User


class Application:
    """The product and the stock views, as a web server calls them."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()

    def get(self, address: str, *, cookie: str = "") -> bytes:
        """The body of an answer. Raises AssertionError for any status but 200."""
        path, _mark, query = address.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_ACCEPT": "*/*",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        if cookie:
            environ["HTTP_COOKIE"] = cookie
        answered: list[str] = []

        def start_response(status: str, *_headers: Any) -> Callable[[bytes], object]:
            answered.append(status)
            return bytes

        response = self.handler(environ, start_response)
        try:
            body = b"".join(response)
        finally:
            response.close()
        assert answered == [f"{HTTPStatus.OK.value} OK"], f"{address}: {answered} {body[:300]!r}"
        return body


def signed_in(account: User) -> str:
    """The cookie of a session of the account."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Writer:
    """Somebody who writes: after `commit` no answer is kept that was made before."""

    def __init__(self) -> None:
        self.connection = connections["owner"]

    def commit(self) -> None:
        """End a transaction that has a number, and so another snapshot."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")


def timed(
    work: Mapping[str, Callable[[int], object]],
    *,
    rounds: int,
    before: Callable[[str], object] = lambda _name: None,
) -> dict[str, float]:
    """The median time of each piece of work, in seconds; all take turns, so that all meet the same.

    Each is given the number of the round. `before` is called ahead of each with its name, and is
    not timed; the first round is not either.
    """
    times: dict[str, list[float]] = defaultdict(list)
    for round_ in range(rounds + 1):
        gc.collect()
        for name, perform in work.items():
            before(name)
            began = time.perf_counter()
            perform(round_)
            times[name].append(time.perf_counter() - began)
    return {name: median(taken[1:]) for name, taken in times.items()}
