"""Fields of claims' forms that somebody typed and did not save yet."""

from django.conf import settings
from django.db import models

from claims.models.claim import Claim
from claims.querysets.unsaved_entries import UnsavedEntryQuerySet


class UnsavedEntry(models.Model):
    """The fields of the form of a claim as typed, before they are saved as a version.

    For nobody but the account that typed them, and no part of the record: without a history, gone
    once the form is saved or thrown away, or after `LIFETIME`. `form` is the form as it was opened,
    so that two tabs are two entries; `claim` the claim whose next version it is to be, none for a
    new claim; `fields` are the values of each input by its name.
    """

    form = models.UUIDField()
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="unsaved_entries"
    )
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = UnsavedEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["saved_by", "form"], name="an account has a form unsaved once"
            ),
        ]
