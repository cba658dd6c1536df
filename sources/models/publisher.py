"""Publishers, and how far they can be relied on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.constraints import is_known
from sources.models.guards import append_only, with_history
from sources.querysets.publishers import PublisherQuerySet
from sources.vocabulary import PublisherKind, Reliability


@with_history("publishers")
class Publisher(models.Model):
    """A body that publishes. Its reliability is a judgement with a reason, F until one is made.

    `reliability` and its reason repeat the latest `PublisherJudgement`. `aliases` are other names
    in the records of its sources. A publisher that was merged into another stays without sources,
    and points to the one that survives, never to another merged one.
    """

    name = models.CharField(_("name"), max_length=300, unique=True, db_collation="C")
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=PublisherKind.choices(), default=PublisherKind.OTHER
    )
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Two letters of ISO 3166-1.")
    )
    site = models.TextField(_("site"), blank=True)
    reliability = models.CharField(
        _("reliability"), max_length=1, choices=Reliability.choices(), default=Reliability.F
    )
    reliability_reason = models.TextField(_("reason for the reliability"), blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    objects = PublisherQuerySet.as_manager()

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")
        constraints = [
            is_known("kind", PublisherKind, "the kind of a publisher is a known kind"),
            is_known("reliability", Reliability, "the reliability of a publisher is a letter A–F"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="a publisher is not merged into itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PublisherJudgement(models.Model):
    """A judgement of a publisher's reliability by an editor; the latest one counts.

    F takes a judgement back: nobody relies on the one before any longer.
    """

    publisher = models.ForeignKey(Publisher, models.PROTECT, related_name="judgements")
    reliability = models.CharField(_("reliability"), max_length=1, choices=Reliability.choices())
    reason = models.TextField(_("reason"))
    judged_at = models.DateTimeField(_("judged at"))
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("judged by")
    )

    class Meta:
        verbose_name = _("judgement of a publisher")
        verbose_name_plural = _("judgements of publishers")
        constraints = [
            is_known("reliability", Reliability, "the letter of a judgement is a letter A–F"),
            models.CheckConstraint(
                condition=~Q(reason=""), name="a judgement of a publisher has a reason"
            ),
        ]
        triggers = append_only("publisher_judgements")

    def __str__(self) -> str:
        return f"{self.publisher}: {self.reliability}"
