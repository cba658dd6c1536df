"""The product served from a thread of the tests, for browsers and other programs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler


class _Quiet(WSGIRequestHandler):
    """Answers without a line on stderr for each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by http.server
        """Keep quiet."""


@contextmanager
def served() -> Iterator[str]:
    """The address at which the product answers from the database that the aliases mean."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
