"""Quotes that were taken out of the lists."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.excerpt import Excerpt
from sources.models.guards import with_history


@with_history("removed_quotes")
class RemovedQuote(models.Model):
    """That a person took a quote that carried no claim out of the lists.

    The excerpt itself stays: it is append-only. Whoever quotes the same words again brings it
    back, and so does a claim that comes to rest on it; `ExcerptQuerySet.listed`.
    """

    excerpt = models.OneToOneField(Excerpt, models.PROTECT, related_name="removal")
    removed_at = models.DateTimeField(_("removed at"))
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("removed by")
    )

    class Meta:
        verbose_name = _("removed quote")
        verbose_name_plural = _("removed quotes")

    def __str__(self) -> str:
        return str(self.excerpt)
