"""The tray of an account: quotes that it collected for a claim to come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.excerpt import Excerpt
from sources.querysets.tray import CollectedQuoteQuerySet


class CollectedQuote(models.Model):
    """A quote in the tray of an account, for that account alone.

    A note to oneself: nothing rests on it, so it has no history. It goes when a claim of the
    account rests on the quote.
    """

    excerpt = models.ForeignKey(Excerpt, models.PROTECT, related_name="collected")
    collected_at = models.DateTimeField(_("collected at"))
    collected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tray", verbose_name=_("account")
    )

    objects = CollectedQuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("collected quote")
        verbose_name_plural = _("collected quotes")
        constraints = [
            models.UniqueConstraint(
                fields=["collected_by", "excerpt"], name="an account collects a quote once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.excerpt)
