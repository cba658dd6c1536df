"""Rows that are read from the database while those before them are worked on."""

import contextvars
import sys
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, connections

Item = TypeVar("Item")
# Seconds after which a busy thread lets another go on. By default it is ten times as long: a thread
# that reads waits for that after every piece that the server sends, longer than for the server.
SWITCH_INTERVAL = 0.0005


def read_ahead(items: Iterator[Item]) -> Generator[Item, None, None]:
    """The same items; each is read in another thread, on this connection, one ahead of its use.

    The server works on a statement, and this process on the rows of the one before. Meanwhile only
    `items` may use the connection.
    """
    sys.setswitchinterval(min(sys.getswitchinterval(), SWITCH_INTERVAL))
    wrapper, context = connections[DEFAULT_DB_ALIAS], contextvars.copy_context()

    def step() -> tuple[Item, ...]:
        connections[DEFAULT_DB_ALIAS] = wrapper
        return tuple(islice(items, 1))

    wrapper.inc_thread_sharing()
    try:
        with ThreadPoolExecutor(max_workers=1) as thread:
            coming = thread.submit(context.run, step)
            while found := coming.result():
                coming = thread.submit(context.run, step)
                yield found[0]
    finally:
        wrapper.dec_thread_sharing()
