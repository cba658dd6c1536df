"""Translated phrases, looked up once for many claims: Django looks for the language each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import gettext

_known: ContextVar[dict[str, str] | None] = ContextVar("known phrases", default=None)


@contextmanager
def phrases_remembered() -> Iterator[None]:
    """Look every phrase up once inside; the language is not to change meanwhile."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def phrase(message: str) -> str:
    """The message in the language of the reader."""
    known = _known.get()
    if known is None:
        return gettext(message)
    if message not in known:
        known[message] = gettext(message)
    return known[message]
