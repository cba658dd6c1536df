"""The one door out of what is append-only: a court order, libel, personal data."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.guards import append_only


class Withholding(models.Model):
    """That the content of one row was emptied: what, why, and the two people who did it.

    `sha256` is the hash of what was there. The guards let through only the change that names
    this table and row.
    """

    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField()
    administrator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withheld_at = models.DateTimeField()

    class Meta:
        verbose_name = _("withholding")
        verbose_name_plural = _("withholdings")
        constraints = [
            models.UniqueConstraint(fields=["table_name", "row_id"], name="a row is withheld once"),
            models.CheckConstraint(
                condition=~Q(administrator=F("second_person")),
                name="two different people stand behind a withholding",
            ),
        ]
        triggers = append_only("withholdings")
