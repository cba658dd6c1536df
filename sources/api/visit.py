"""The reader, the time and the access of one request, decided once."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.urls import get_script_prefix, reverse
from django.utils import timezone
from rest_framework.request import Request

from sources.api.parameters import ParameterRefused
from sources.domain.moments import MomentRefused, read_moment
from sources.querysets.past import known_at
from sources.querysets.readers import is_staff
from sources.readings.reader import Reader

# The parameter that asks for what was known at a time.
KNOWN_AT = "known_at"


@dataclass(frozen=True)
class Visit:
    """One request to read.

    `reader` is the account, or Django's anonymous one; `at` (UTC) is the moment for which it is
    answered, which is the past where `is_of_the_past`; `root` is the absolute address of the API,
    with a slash at its end, `site` that of the pages, without one.
    """

    reader: Any
    at: datetime
    root: str
    site: str
    is_of_the_past: bool = False

    @classmethod
    def of(cls, request: Request, *, takes_known_at: bool = False) -> "Visit":
        """The visit that a request is, at the time that it names where the address takes one.

        Raises ParameterRefused.
        """
        site, now = f"{request.scheme}://{request.get_host()}", timezone.now()
        asked = _known_at(request, now) if takes_known_at else None
        return cls(
            reader=request.user,
            at=asked or now,
            root=f"{site}{_root_path(get_script_prefix())}",
            site=site,
            is_of_the_past=asked is not None,
        )

    def in_its_time(self) -> AbstractContextManager[None]:
        """All reads inside find what the reader knew at the moment for which it is answered."""
        return known_at(self.at if self.is_of_the_past else None, is_staff=self.is_staff)

    @property
    def is_staff(self) -> bool:
        """Whether the desk reads; everybody else is the public."""
        return is_staff(self.reader)

    @cached_property
    def asking(self) -> Reader:
        """The reader at this moment, as readings ask for one."""
        return Reader(self.reader, self.at)


def _known_at(request: Request, now: datetime) -> datetime | None:
    """The moment of the past that a request asks for. Raises ParameterRefused."""
    typed = request.query_params.get(KNOWN_AT)
    if typed is None:
        return None
    try:
        return read_moment(typed, now=now)
    except MomentRefused as refusal:
        raise ParameterRefused(refusal.code, KNOWN_AT, refusal.message) from refusal


@cache
def _root_path(prefix: str) -> str:  # noqa: ARG001 # `reverse` puts it in front
    """The path of the API's root where the server has that prefix; looked up once."""
    return reverse("api:root")
