"""Withholdings, the one exception to append-only: a court order, libel, personal data."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.guards import Fixed, WriteOnce, append_only, never_deleted, with_history
from sources.querysets.withholdings import WithholdingQuerySet


class Withholding(models.Model):
    """The record that the content of one row was cleared: why, and the two people who did it.

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

    objects = WithholdingQuerySet.as_manager()

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


@with_history("withholding_requests")
class WithholdingRequest(models.Model):
    """That an administrator asks for the content of one row to be withheld; another one decides.

    `is_carried_out` is null while nobody has decided, and false where the second person declined.
    """

    table_name = models.CharField(_("table"), max_length=63)
    row_id = models.BigIntegerField(_("row"))
    reason = models.TextField(_("reason"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    requested_at = models.DateTimeField(_("asked at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    is_carried_out = models.BooleanField(_("carried out"), null=True, blank=True)

    class Meta:
        verbose_name = _("request to withhold")
        verbose_name_plural = _("requests to withhold")
        constraints = [
            models.UniqueConstraint(
                fields=["table_name", "row_id"],
                condition=Q(decided_at__isnull=True),
                name="one request to withhold a row waits at a time",
            ),
            models.CheckConstraint(
                condition=~Q(requested_by=F("decided_by")),
                name="a second person decides on a request to withhold",
            ),
            models.CheckConstraint(
                condition=Q(
                    decided_at__isnull=True, decided_by__isnull=True, is_carried_out__isnull=True
                )
                | Q(
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    is_carried_out__isnull=False,
                ),
                name="a decided request to withhold says by whom, when and how",
            ),
        ]
        triggers = [
            *never_deleted("withholding_requests"),
            WriteOnce(
                name="requests_to_withhold_are_decided_once",
                fields=["decided_by", "decided_at", "is_carried_out"],
            ),
            Fixed(
                name="requests_to_withhold_keep_what_they_ask",
                fields=["table_name", "row_id", "reason", "requested_by", "requested_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id}"
