"""Reads of text layers."""

from typing import Any

from django.db import models


class TextLayerQuerySet(models.QuerySet[Any]):
    """Texts drawn from captured bytes."""

    def current_of(self, source: Any) -> "TextLayerQuerySet":
        """The current layers of a source's captures, the latest capture first."""
        layers = self.filter(is_current=True, blob__captures__source=source)
        latest = models.Max("blob__captures__captured_at")
        return layers.annotate(captured_at=latest).order_by("-captured_at", "-pk")
