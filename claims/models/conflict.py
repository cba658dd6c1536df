"""Conflicts: questions on which claims, or the evidence of one claim, cannot all stand."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.version import Version
from claims.querysets.conflicts import (
    ConflictMemberQuerySet,
    ConflictQuerySet,
    PublicConflictMemberQuerySet,
    PublicConflictQuerySet,
)
from claims.vocabulary import ConflictKind, ConflictStatus, Reconciliation, Strength
from sources.models.constraints import is_known
from sources.models.guards import WriteOnce, append_only, never_deleted, with_history


@with_history("conflicts")
class Conflict(models.Model):
    """The record of one question (K5), as the desk sees it, with a life of its own.

    `question` is a person's sentence and belongs to editorial ones. `merged_into` is the older
    record that took it up, `split_from` the one whose members fell apart.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ConflictKind.choices())
    strength = models.CharField(_("strength"), max_length=15, choices=Strength.choices())
    status = models.CharField(
        _("status"),
        max_length=15,
        choices=ConflictStatus.choices(),
        default=ConflictStatus.OPEN,
    )
    same_source = models.BooleanField(_("same source"), default=False)
    question = models.TextField(_("question"), blank=True)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="split"
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        constraints = [
            is_known("kind", ConflictKind, "the kind of a conflict is a known kind"),
            is_known("strength", Strength, "the strength of a conflict is a known strength"),
            is_known("status", ConflictStatus, "the status of a conflict is a known status"),
            models.CheckConstraint(
                condition=Q(kind=ConflictKind.EDITORIAL, opened_by__isnull=False) & ~Q(question="")
                | (~Q(kind=ConflictKind.EDITORIAL) & Q(question="")),
                name="a person asks the question of an editorial conflict",
            ),
            models.CheckConstraint(
                condition=Q(status=ConflictStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=ConflictStatus.MERGED) & Q(merged_into__isnull=True)),
                name="a merged conflict names the one it went into",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="a conflict is not merged into itself",
            ),
        ]
        triggers = never_deleted("conflicts")

    def __str__(self) -> str:
        return self.ref

    @property
    def number(self) -> int:
        """The number in its reference."""
        return self.pk

    @property
    def ref(self) -> str:
        """The reference, such as K5."""
        return f"K{self.pk}"


@with_history("conflict_members")
class ConflictMember(models.Model):
    """That a claim is party to a conflict, from when to when.

    `answers` is what the membership is about: the detection key of a value, direction or
    presence conflict, "stance" or "absence" for one between the evidence of the claim itself,
    null for an editorial one. `versions` are the ids of the versions compared, the lowest first.
    """

    conflict = models.ForeignKey(Conflict, models.PROTECT, related_name="members")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="conflict_memberships")
    answers = models.CharField(max_length=64, null=True, blank=True, db_collation="C")
    versions = ArrayField(models.BigIntegerField())
    joined_at = models.DateTimeField(_("joined at"))
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)

    objects = ConflictMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a conflict")
        verbose_name_plural = _("members of a conflict")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "answers"],
                condition=Q(left_at__isnull=True, answers__isnull=False),
                name="a claim is party to one live conflict on a question",
            ),
            models.UniqueConstraint(
                fields=["conflict", "claim", "answers"],
                condition=Q(left_at__isnull=True),
                nulls_distinct=False,
                name="a claim is party to a conflict once",
            ),
        ]
        triggers = [
            *never_deleted("conflict_members"),
            WriteOnce(name="memberships_end_once", fields=["left_at"]),
        ]


class ConflictDecision(models.Model):
    """A person's decision on a conflict, binding to the versions that were read.

    `standing_claims` are the ids of the claims that stand where it is resolved; `difference` is
    what they differ in where it is reconciled. The note is for the staff alone, `reason` for
    everybody.
    """

    conflict = models.ForeignKey(Conflict, models.PROTECT, related_name="decisions")
    status = models.CharField(max_length=15, choices=ConflictStatus.choices())
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True, default="", db_default="")
    difference = models.CharField(
        max_length=15, blank=True, default="", db_default="", choices=Reconciliation.choices()
    )
    versions = ArrayField(models.BigIntegerField())
    standing_claims = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        constraints = [
            is_known("status", ConflictStatus, "the status of a decision is a known status"),
            models.CheckConstraint(
                condition=~Q(status__in=[ConflictStatus.LAPSED, ConflictStatus.MERGED]),
                name="no person decides that a conflict lapsed or merged",
            ),
            models.CheckConstraint(
                condition=Q(difference="")
                | Q(
                    difference__in=[word.value for word in Reconciliation],
                    status=ConflictStatus.RECONCILED,
                ),
                name="only what is reconciled names a known difference",
            ),
        ]
        triggers = append_only("conflict_decisions", withholdable=["note", "reason"])


@with_history("public_conflicts")
class PublicConflict(models.Model):
    """A conflict as anonymous readers see it: computed from published versions alone.

    Kept beside the desk's record so that no public door can show what hangs on an unpublished
    version. It carries the desk's number, unless its published members hang together only
    through an unpublished one: then each further part has a number of its own.
    """

    number = models.BigIntegerField(unique=True)
    conflict = models.ForeignKey(Conflict, models.PROTECT, related_name="public_parts")
    kind = models.CharField(max_length=10, choices=ConflictKind.choices())
    strength = models.CharField(max_length=15, choices=Strength.choices())
    status = models.CharField(max_length=15, choices=ConflictStatus.choices())
    same_source = models.BooleanField(default=False)
    question = models.TextField(blank=True)
    opened_at = models.DateTimeField()

    objects = PublicConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            is_known("kind", ConflictKind, "the kind of a public conflict is a known kind"),
            is_known("strength", Strength, "the strength of a public conflict is known"),
            is_known("status", ConflictStatus, "the status of a public conflict is known"),
        ]
        triggers = never_deleted("public_conflicts")

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """The reference, such as K5."""
        return f"K{self.number}"


@with_history("public_memberships")
class PublicConflictMember(models.Model):
    """That a published version is party to a public conflict, from when to when."""

    conflict = models.ForeignKey(PublicConflict, models.PROTECT, related_name="members")
    version = models.ForeignKey(Version, models.PROTECT, related_name="public_memberships")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = PublicConflictMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conflict", "version"],
                condition=Q(left_at__isnull=True),
                name="a version is party to a public conflict once",
            ),
        ]
        triggers = [
            *never_deleted("public_memberships"),
            WriteOnce(name="public_memberships_end_once", fields=["left_at"]),
        ]

    @property
    def versions(self) -> list[int]:
        """The ids of the versions that the membership rests on: one."""
        return [self.version_id]
