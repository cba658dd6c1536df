"""The reader, the time and the access of one request, decided once."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.urls import get_script_prefix, reverse
from django.utils import timezone
from rest_framework.request import Request

from sources.querysets.readers import is_staff
from sources.readings.reader import Reader


@dataclass(frozen=True)
class Visit:
    """One request to read.

    `reader` is the account, or Django's anonymous one; `at` (UTC) is the moment for which it is
    answered; `root` is the absolute address of the API, with a slash at its end, `site` that of
    the pages, without one.
    """

    reader: Any
    at: datetime
    root: str
    site: str

    @classmethod
    def of(cls, request: Request) -> "Visit":
        """The visit that a request is."""
        site = f"{request.scheme}://{request.get_host()}"
        return cls(
            reader=request.user,
            at=timezone.now(),
            root=f"{site}{_root_path(get_script_prefix())}",
            site=site,
        )

    @property
    def is_staff(self) -> bool:
        """Whether the desk reads; everybody else is the public."""
        return is_staff(self.reader)

    @cached_property
    def asking(self) -> Reader:
        """The reader at this moment, as readings ask for one."""
        return Reader(self.reader, self.at)


@cache
def _root_path(prefix: str) -> str:  # noqa: ARG001 # `reverse` puts it in front
    """The path of the API's root where the server has that prefix; looked up once."""
    return reverse("api:root")
