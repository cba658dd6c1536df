"""Claims and the topics they are filed under."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.entity import Topic
from claims.querysets.claims import ClaimQuerySet
from sources.models.guards import Fixed, WriteOnce, never_deleted, with_history


@with_history("claims")
class Claim(models.Model):
    """One discrete statement with a permanent reference (C17), over all its versions.

    `namespace` and `external_id` are the names it came in with; `uuid` names it between
    installations. A retracted claim stays readable, marked, with the reason.
    """

    uuid = models.UUIDField(unique=True)
    namespace = models.CharField(_("namespace"), max_length=100, blank=True, db_collation="C")
    external_id = models.CharField(
        _("external id"), max_length=200, null=True, blank=True, db_collation="C"
    )
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    retracted_at = models.DateTimeField(_("retracted at"), null=True, blank=True)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("retracted by"),
    )
    retracted_reason = models.TextField(_("reason for the retraction"), null=True, blank=True)
    topics = models.ManyToManyField(Topic, through="ClaimTopic", related_name="claims")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(
                fields=["namespace", "external_id"],
                name="a claim's external id is unique in its namespace",
            ),
            models.CheckConstraint(
                condition=Q(
                    retracted_at__isnull=True,
                    retracted_by__isnull=True,
                    retracted_reason__isnull=True,
                )
                | Q(
                    retracted_at__isnull=False,
                    retracted_by__isnull=False,
                    retracted_reason__regex=r"\S",
                ),
                name="a retraction says when, by whom and why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-id"], condition=Q(retracted_at__isnull=False), name="retracted_claims"
            )
        ]
        triggers = [
            *never_deleted("claims"),
            Fixed(
                name="claims_keep_how_they_came_in",
                fields=["uuid", "namespace", "external_id", "created_at", "created_by"],
            ),
            WriteOnce(
                name="retractions_are_written_once",
                fields=["retracted_at", "retracted_by", "retracted_reason"],
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """The permanent reference, such as C17."""
        return f"C{self.pk}"

    @property
    def is_retracted(self) -> bool:
        """Whether the desk took the claim back."""
        return self.retracted_at is not None


@with_history("claim_topics")
class ClaimTopic(models.Model):
    """That a claim is filed under a topic. No content: it is not in the hash of a version."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="topic_ties")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="claim_ties")

    class Meta:
        verbose_name = _("topic of a claim")
        verbose_name_plural = _("topics of a claim")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "topic"], name="a claim is filed under a topic once"
            ),
        ]
        indexes = [models.Index(fields=["topic", "-claim"], name="claims_by_topic")]

    def __str__(self) -> str:
        return str(self.topic)
