"""Reads of text layers."""

from typing import Any

from django.db import models


class TextLayerQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Texts drawn from captured bytes."""

    def current_of(self, source: Any) -> "TextLayerQuerySet":
        """The current layers of a source's captures, the latest capture first."""
        return (
            self.filter(is_current=True, blob__captures__source=source)
            .annotate(captured_at=models.Max("blob__captures__captured_at"))
            .order_by("-captured_at", "-pk")
        )
