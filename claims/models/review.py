"""One person's decision on one version of another person."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.evidence import Evidence
from claims.models.version import Version
from claims.vocabulary import Decision, JudgementAnswer
from sources.models.constraints import is_known
from sources.models.guards import append_only, refusal


class Review(models.Model):
    """A decision on exactly the content and evidence that was read.

    Version, author and content hash stand in one foreign key to the version, so that a review
    can name neither another author nor other content.
    """

    version = models.OneToOneField(Version, models.PROTECT, related_name="review")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64, db_collation="C")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="reviews",
        verbose_name=_("reviewer"),
    )
    decision = models.CharField(_("decision"), max_length=20, choices=Decision.choices())
    note = models.TextField(_("note"), blank=True)
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            is_known("decision", Decision, "the decision of a review is a known decision"),
            models.CheckConstraint(
                condition=~Q(reviewer=F("author")),
                name="nobody reviews what they wrote themselves",
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.APPROVE) | Q(note__regex=r"\S"),
                name="a review that does not approve says why",
            ),
        ]
        triggers = append_only("reviews", withholdable=["note"])


class Judgement(models.Model):
    """The judgement of a reviewer on one piece of evidence: does the quote make this claim?

    `answer` answers the question that the stance of the quote asks; it is empty where it was not
    asked. Of a quote that refutes the claim or gives context, that does not make it make the claim.
    `credibility` is the Admiralty scale of the information, 1 (confirmed) to 6 (cannot be judged).
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="judgements")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="judgements")
    makes_claim = models.BooleanField(_("makes this claim"))
    answer = models.CharField(
        _("answer"), max_length=10, blank=True, default="", choices=JudgementAnswer.choices()
    )
    credibility = models.PositiveSmallIntegerField(_("credibility"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "evidence"], name="a review judges a piece of evidence once"
            ),
            models.CheckConstraint(
                condition=Q(credibility__isnull=True) | Q(credibility__range=(1, 6)),
                name="the credibility of information is 1 to 6",
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answer__in=list(JudgementAnswer)),
                name="the answer of a judgement is a known answer",
            ),
            models.CheckConstraint(
                condition=Q(makes_claim=False) | Q(answer__in=["", JudgementAnswer.YES]),
                name="a quote that makes the claim was answered with yes",
            ),
        ]
        triggers = [
            *append_only("judgements", withholdable=["note"]),
            pgtrigger.Trigger(
                name="judgements_are_on_what_was_reviewed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF (NOT EXISTS (SELECT FROM claims_review r JOIN claims_evidence e "
                    "ON e.version_id = r.version_id "
                    "WHERE r.id = NEW.review_id AND e.id = NEW.evidence_id)) THEN "
                    f"{refusal('is on evidence of the version reviewed')} END IF; RETURN NEW;"
                ),
            ),
        ]
