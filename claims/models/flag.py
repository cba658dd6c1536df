"""Reasons to look at a claim again, and where claims were used."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.vocabulary import FlagKind
from sources.models.constraints import is_known
from sources.models.excerpt import Excerpt
from sources.models.guards import WriteOnce, never_deleted, with_history
from sources.models.source import Source


@with_history("flags", withholdable=["cause"])
class Flag(models.Model):
    """A reason to look at a claim again; a person closes it with a note.

    `source` and `excerpt` are what it is about, where the cause is one of these; `cause` says it in
    a sentence that all of the desk may read.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="flags")
    kind = models.CharField(_("kind"), max_length=20, choices=FlagKind.choices())
    cause = models.TextField(_("cause"))
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="flags",
        verbose_name=_("source"),
    )
    excerpt = models.ForeignKey(
        Excerpt,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="flags",
        verbose_name=_("excerpt"),
    )
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closing_note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [
            is_known("kind", FlagKind, "the kind of a flag is a known kind"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a flag is closed by somebody at some time",
            ),
        ]
        triggers = [
            *never_deleted("flags"),
            WriteOnce(name="flags_close_once", fields=["closed_at", "closed_by"]),
        ]


@with_history("uses")
class Use(models.Model):
    """Where a claim was used, and whom to tell when it changes."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="uses")
    url = models.TextField(_("address"), blank=True)
    title = models.CharField(_("title"), max_length=300)
    used_on = models.DateField(_("used on"))
    contact = models.CharField(_("contact"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("use")
        verbose_name_plural = _("uses")
