"""Runs of an absence: which documents were searched, and what was found."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.evidence import AbsenceScope
from claims.vocabulary import FindingOutcome
from sources.models import Source, TextLayer
from sources.models.constraints import is_known
from sources.models.guards import append_only


class AbsenceRun(models.Model):
    """One search over the scope of an absence."""

    scope = models.ForeignKey(AbsenceScope, models.PROTECT, related_name="runs")
    run_at = models.DateTimeField()
    outcome = models.CharField(max_length=15, choices=FindingOutcome.choices())

    class Meta:
        constraints = [
            is_known("outcome", FindingOutcome, "the outcome of an absence run is a known outcome"),
        ]
        triggers = append_only("absence_runs")


class Finding(models.Model):
    """What a run found in one document; `places` are spans of the layer's text with the term."""

    run = models.ForeignKey(AbsenceRun, models.PROTECT, related_name="findings")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    layer = models.ForeignKey(TextLayer, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=15, choices=FindingOutcome.choices())
    places = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "source"], name="a run finds one thing about a source"
            ),
            is_known("outcome", FindingOutcome, "the outcome of a finding is a known outcome"),
        ]
        triggers = append_only("findings", withholdable=["places"])


class Dismissal(models.Model):
    """That a person judged a hit to be none; holds for the same words at the same place."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="dismissals")
    place = models.JSONField()
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField()
    reason = models.TextField(_("reason"))

    class Meta:
        triggers = append_only("dismissals")
