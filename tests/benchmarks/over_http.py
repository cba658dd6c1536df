"""The API behind gunicorn, asked by eight clients at once: requests a second.

A *miss* asks each address once, a *hit* one address all the time. Stock keeps nothing, so that its
addresses may repeat: the first twenty pages, since later ones only cost it more. It is asked a
fifth as often.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from itertools import cycle, islice

from django.conf import settings
from django.db import connection
from django.utils import timezone

from claims.models import Version
from sources.api.ordering import write_cursor
from tests.benchmarks.base.catalogue import COMMON_TOPIC
from tests.benchmarks.figures import Comparison, Figure
from tests.benchmarks.scale import Scale

CLIENTS = 8
STARTING = 60  # seconds that the server is waited for
STOCK_PAGES = 20
TURNS = 4


def over_http(size: str, scale: Scale) -> Iterator[Figure]:
    """The figures of a base: lists and single claims, missed and hit, of product and stock."""
    published = Version.objects.published(timezone.now()).filter(
        taken_off_at__isnull=True, claim__retracted_at__isnull=True
    )
    claims = list(published.order_by("claim_id").values_list("claim_id", flat=True))
    count = min(scale.requests, len(claims))
    stock_count = max(count // 5, CLIENTS)
    chosen = [claims[place * len(claims) // count] for place in range(count)]
    lists = f"/api/v1/claims/?topic={COMMON_TOPIC}&limit=50"
    pages = max(min(STOCK_PAGES, len(claims) * 3 // 10 // 50), 1)
    stock_lists = [f"/stock/claims/?topic={COMMON_TOPIC}&page={page + 1}" for page in range(pages)]
    asked = {
        "lists": (
            [f"{lists}&cursor={write_cursor(claim)}" for claim in chosen],
            list(islice(cycle(stock_lists), stock_count)),
        ),
        "one claim": (
            [f"/api/v1/claims/C{claim}/" for claim in chosen],
            [f"/stock/claims/{claim}/" for claim in chosen[:stock_count]],
        ),
    }
    with serving() as port:
        for work, (addresses, stock) in asked.items():
            ask(port, stock[:CLIENTS])
            ask(port, [lists] * CLIENTS)
            missed, plain = [], []
            for turn in range(TURNS):
                missed.append(ask(port, addresses[turn::TURNS]))
                plain.append(ask(port, stock[turn::TURNS]))
            rate, stock_rate = count / sum(missed), stock_count / sum(plain)
            name = f"HTTP, {CLIENTS} clients: {work}"
            against = Comparison("stock", rate / stock_rate, per_second(stock_rate), least=4)
            yield Figure(size, name, per_second(rate), (against,))
            hit_rate = count / ask(port, [addresses[0]] * count)
            against = Comparison("stock", hit_rate / stock_rate, per_second(stock_rate))
            yield Figure(size, f"{name}, hits", per_second(hit_rate), (against,))


def per_second(rate: float) -> str:
    """A rate as it is printed."""
    return f"{rate:,.0f}/s"


@contextmanager
def serving() -> Iterator[int]:
    """Serve this database with gunicorn as the demo does; its value is the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "factbase.wsgi:application"),
            *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"),
            *("--log-level", "warning", "--no-control-socket"),
        ],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "FACTBASE_BENCH_DATABASE": str(connection.settings_dict["NAME"]),
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        },
    )
    try:
        wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers. Raises AssertionError where it does not."""
    given_up_at = time.monotonic() + STARTING
    while time.monotonic() < given_up_at and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The web server does not answer on port {port}.")


def ask(port: int, addresses: Sequence[str]) -> float:
    """Ask for all addresses, eight at a time; the seconds that it takes.

    Raises AssertionError for any status but 200.
    """
    with ThreadPoolExecutor(CLIENTS) as pool:
        began = time.perf_counter()
        for refused in pool.map(
            lambda number: one_client(port, addresses[number::CLIENTS]), range(CLIENTS)
        ):
            assert not refused, refused
        return time.perf_counter() - began


def one_client(port: int, addresses: Sequence[str]) -> list[str]:
    """Ask for addresses one after the other on one connection; those that were refused."""
    refused = []
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for address in addresses:
        client.request("GET", address)
        response = client.getresponse()
        response.read()
        if response.status != HTTPStatus.OK:
            refused.append(f"{address}: {response.status}")
    client.close()
    return refused
