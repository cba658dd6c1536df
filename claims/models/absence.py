"""Searches for what is said to be absent: which texts were read, and what was found in each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.evidence import AbsenceScope
from claims.querysets.absences import AbsenceRunQuerySet
from claims.vocabulary import AbsenceStatus, FindingOutcome
from sources.models import Source, TextLayer
from sources.models.constraints import is_known
from sources.models.guards import append_only


class AbsenceRun(models.Model):
    """One search over the scope of an absence, and what follows from it.

    `searched` of the `documents` had a text. `unanswered` near misses of all texts wait for a
    person to say what they are, `answered` ones were judged to be something else; both are null for
    runs from before near misses were answered, which say nothing of today. A search that finds what
    the last one found, in the same texts, leaves no row: `run_at` is since when it is so.
    """

    scope = models.ForeignKey(AbsenceScope, models.PROTECT, related_name="runs")
    run_at = models.DateTimeField()
    outcome = models.CharField(max_length=15, choices=AbsenceStatus.choices())
    searched = models.PositiveIntegerField()
    documents = models.PositiveIntegerField()
    unanswered = models.PositiveIntegerField(null=True, blank=True)
    answered = models.PositiveIntegerField(null=True, blank=True)

    objects = AbsenceRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[word for word in AbsenceStatus if word.is_outcome]),
                name="the outcome of an absence run is a known outcome",
            ),
            models.CheckConstraint(
                condition=Q(searched__lte=models.F("documents")),
                name="no more documents are searched than there are",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=AbsenceStatus.HOLDS)
                | Q(searched__gt=0, searched=models.F("documents")),
                name="an absence holds where every document was searched",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[AbsenceStatus.HOLDS, AbsenceStatus.PARTLY])
                | Q(unanswered__isnull=True)
                | Q(unanswered=0),
                name="no absence holds while words that come close are not judged",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=AbsenceStatus.UNANSWERED) | Q(unanswered__gt=0),
                name="an absence that is to be judged has words that come close",
            ),
        ]
        triggers = append_only("absence_runs")


class Finding(models.Model):
    """The finding of a run in one text of a document; without a text (`layer`) it was not searched.

    `places` are objects with start, end (code points, half-open), term (its number among those of
    the scope, from 0) and, where a person judged the place to be no hit, the id of the dismissal.
    `near_misses` have start, end, term, why, the key of their words (`word`), how many `more`
    places of these words follow that are not listed and, where a person judged the place to be
    something else, the id of the dismissal; `unanswered` are those that wait
    for an answer, `answered` those that have one, both null before there were answers. `hits` are
    the places that stand, `dismissed` those that do not; of a great many places the first are
    listed. No words are kept: the text has them.
    """

    run = models.ForeignKey(AbsenceRun, models.PROTECT, related_name="findings")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    layer = models.ForeignKey(TextLayer, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=15, choices=FindingOutcome.choices())
    hits = models.PositiveIntegerField(default=0)
    dismissed = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(null=True, blank=True)
    answered = models.PositiveIntegerField(null=True, blank=True)
    places = models.JSONField(default=list)
    near_misses = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "source", "layer"],
                nulls_distinct=False,
                name="a run finds one thing about a text of a source",
            ),
            is_known("outcome", FindingOutcome, "the outcome of a finding is a known outcome"),
            models.CheckConstraint(
                condition=Q(outcome=FindingOutcome.NOT_SEARCHED, layer__isnull=True)
                | (~Q(outcome=FindingOutcome.NOT_SEARCHED) & Q(layer__isnull=False)),
                name="what was searched has a text",
            ),
            models.CheckConstraint(
                condition=Q(outcome=FindingOutcome.PRESENT, hits__gt=0)
                | (~Q(outcome=FindingOutcome.PRESENT) & Q(hits=0)),
                name="a document has a term where a hit stands",
            ),
            models.CheckConstraint(
                condition=Q(outcome=FindingOutcome.UNANSWERED, unanswered__gt=0)
                | (
                    ~Q(outcome=FindingOutcome.UNANSWERED)
                    & (Q(hits__gt=0) | Q(unanswered__isnull=True) | Q(unanswered=0))
                ),
                name="a document is to be judged where words that come close are not",
            ),
        ]
        triggers = append_only("findings", withholdable=["places", "near_misses"])


class Dismissal(models.Model):
    """That a person judged a hit or a near miss to be something else than what is absent.

    `place` has start, end and term, as in the finding, and `word` of a near miss. It holds in later
    runs of the claim, for the same term at the same place of the same text; of a near miss with the
    same words in another text it is proposed.
    """

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="dismissals")
    place = models.JSONField(default=dict)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField()
    reason = models.TextField(_("reason"))

    class Meta:
        triggers = append_only("dismissals", withholdable=["place", "reason"])
