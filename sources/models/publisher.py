"""Publishers, and how far they can be relied on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.constraints import is_known
from sources.models.guards import with_history
from sources.vocabulary import PublisherKind, Reliability


@with_history("publishers")
class Publisher(models.Model):
    """A body that publishes. Its reliability is a judgement with a reason, F until one is made."""

    name = models.CharField(_("name"), max_length=300, unique=True, db_collation="C")
    kind = models.CharField(
        _("kind"), max_length=20, choices=PublisherKind.choices(), default=PublisherKind.OTHER
    )
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Two letters of ISO 3166-1.")
    )
    reliability = models.CharField(
        _("reliability"), max_length=1, choices=Reliability.choices(), default=Reliability.F
    )
    reliability_reason = models.TextField(_("reason for the reliability"), blank=True)

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")
        constraints = [
            is_known("kind", PublisherKind, "the kind of a publisher is a known kind"),
            is_known("reliability", Reliability, "the reliability of a publisher is a letter A–F"),
        ]

    def __str__(self) -> str:
        return self.name
