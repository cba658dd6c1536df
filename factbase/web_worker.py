"""The worker of the web server: what gunicorn itself refuses is answered as a problem (RFC 9457).

A request line that is too long, or a header that is none, reaches neither Django nor its error
pages. gunicorn answers such with a page of its own, and has no setting for another one.
"""

from typing import Any

import orjson
from gunicorn import util
from gunicorn.http import message
from gunicorn.workers.gthread import ThreadWorker

from factbase.api.problem_details import MEDIA_TYPE, problem_of_status

HEADERS = {
    "Connection": "close",
    "Content-Type": MEDIA_TYPE,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


# Bytes of a request line: a quote of 5,000 characters of any script fits into an address.
MAX_REQUEST_LINE = 65_536


class WebWorker(ThreadWorker):  # type: ignore[misc]  # has no types
    """A worker with threads that answers as a problem what it cannot read."""

    def init_process(self) -> None:
        """Begin to serve, with our way of writing refusals in place of gunicorn's.

        gunicorn reads at most 8,190 bytes of a request line, whatever its settings say.
        """
        util.write_error = write_problem
        message.MAX_REQUEST_LINE = self.cfg.settings["limit_request_line"].value = MAX_REQUEST_LINE
        super().init_process()


def write_problem(client: Any, status: int, reason: str, _message: str) -> None:
    """Send a refusal to a client; gunicorn calls it with its own message, which tells the cause."""
    body = orjson.dumps(problem_of_status(status))
    lines = [f"HTTP/1.1 {status} {reason}"]
    lines += [f"{name}: {value}" for name, value in HEADERS.items()]
    lines += [f"Content-Length: {len(body)}", "", ""]
    util.write_nonblock(client, "\r\n".join(lines).encode("latin-1") + body)
