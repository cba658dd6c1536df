"""Requests to issue an edition, which the worker carries out."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.factsheet import Edition, FactSheet
from claims.querysets.issue_requests import UNDER_WAY, IssueRequestQuerySet
from claims.vocabulary.factsheets import IssueState
from sources.models.constraints import is_known
from sources.models.guards import Fixed, never_deleted, with_history


@with_history("issue_requests", fields=["state", "edition"])
class IssueRequest(models.Model):
    """That an editor asked for an edition of a fact sheet, and how far the worker has got with it.

    `revision` is the one that the editor checked. `notes` are as `issue_edition` takes them, and
    empty once the edition has them. `made` of `total` files are made; both are 0 before the first.
    `error` says why nothing was issued, in words that quote no claim and no source.
    """

    fact_sheet = models.ForeignKey(FactSheet, models.PROTECT, related_name="issue_requests")
    revision = models.PositiveIntegerField()
    notes = models.JSONField(default=dict)
    base_url = models.CharField(max_length=200, blank=True, default="")
    requested_at = models.DateTimeField(_("asked at"))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=IssueState.choices(), default=IssueState.WAITING
    )
    made = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    edition = models.OneToOneField(Edition, models.PROTECT, null=True, related_name="request")
    error = models.TextField(blank=True, default="")

    objects = IssueRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fact_sheet"],
                condition=Q(state__in=UNDER_WAY),
                name="one request to issue a fact sheet is under way at a time",
            ),
            is_known("state", IssueState, "the state of a request to issue is a known state"),
            models.CheckConstraint(
                condition=Q(state=IssueState.ISSUED, edition__isnull=False)
                | (~Q(state=IssueState.ISSUED) & Q(edition__isnull=True)),
                name="a request to issue has an edition exactly when it is issued",
            ),
        ]
        triggers = [
            *never_deleted("issue_requests"),
            Fixed(
                name="issue_requests_keep_what_was_asked",
                fields=["fact_sheet", "revision", "requested_at", "requested_by"],
            ),
        ]
