"""Reads of claims."""

from typing import Any

from django.db import models

from claims.querysets.versions import is_number


class ClaimQuerySet(models.QuerySet[Any]):
    """Claims over all their versions."""

    def by_ref(self, ref: str) -> "ClaimQuerySet":
        """The claim of a reference such as C17; none for what is no reference."""
        if not (ref[:1] == "C" and is_number(ref[1:])):
            return self.none()
        return self.filter(pk=int(ref[1:]))
