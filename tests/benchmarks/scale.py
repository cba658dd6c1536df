"""How much is measured, and in which databases."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections

from tests import databases

SIZES = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000}


@dataclass(frozen=True)
class Scale:
    """How much is measured.

    `sizes` are numbers of claims by their names, the least first; `documents` among how many texts
    quotes are looked for; `crowd` how many claims answer one question; `rounds` how often each
    thing is timed; `requests` how many addresses are asked for over HTTP.
    """

    sizes: Mapping[str, int]
    documents: int = 10_000
    crowd: int = 10_000
    rounds: int = 31
    requests: int = 1_000
    is_short: bool = False

    @classmethod
    def of(cls, environ: Mapping[str, str], *, is_short: bool) -> "Scale":
        """The scale that SIZE, DOCUMENTS and ROUNDS ask for; ValueError for an unknown size."""
        if is_short:
            sizes = {"200": 200, "400": 400}
            return cls(sizes, documents=20, crowd=60, rounds=1, requests=16, is_short=True)
        asked = environ.get("SIZE") or "100k"
        if asked not in SIZES:
            raise ValueError(f"There is no size {asked}; there are {', '.join(SIZES)}.")
        sizes = {name: claims for name, claims in SIZES.items() if claims <= SIZES[asked]}
        return cls(
            sizes,
            documents=int(environ.get("DOCUMENTS") or cls.documents),
            rounds=int(environ.get("ROUNDS") or cls.rounds),
        )


@contextmanager
def own_database() -> Iterator[None]:
    """An empty database with all tables, dropped at the end."""
    name = databases.worker_name()
    databases.clone(databases.template_name(), name)
    try:
        yield
    finally:
        connections.close_all()
        databases.drop(name)
