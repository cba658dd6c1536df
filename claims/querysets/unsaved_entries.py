"""Reads of forms that were typed and not saved."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models

# How long what somebody typed waits for them.
LIFETIME = timedelta(days=30)


class UnsavedEntryQuerySet(models.QuerySet[Any]):
    """Fields of claims' forms as typed."""

    def waiting_for(self, account: Any, at: datetime) -> "UnsavedEntryQuerySet":
        """Those that the account typed and can go on with."""
        return self.filter(saved_by=account, saved_at__gt=at - LIFETIME)

    def outlived(self, at: datetime) -> "UnsavedEntryQuerySet":
        """Those that have waited for as long as any does."""
        return self.filter(saved_at__lte=at - LIFETIME)
