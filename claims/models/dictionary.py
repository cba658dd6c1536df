"""Topic dictionaries of series, and the words that are left out of a series' most used words."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.domain.series.dictionary import Dictionary, stored_dictionary
from claims.querysets.dictionaries import DictionaryVersionQuerySet
from sources.models import Series
from sources.models.guards import append_only, with_history


class DictionaryVersion(models.Model):
    """One version of the topic dictionary of a series, numbered from 1; the last is the current.

    `entries` are as `Dictionary.as_json` writes them, `sha256` is that of their canonical JSON.
    """

    series = models.ForeignKey(Series, models.PROTECT, related_name="dictionaries")
    number = models.PositiveIntegerField(_("number"))
    entries = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, db_collation="C")
    note = models.TextField(_("what changed"), blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = DictionaryVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic dictionary")
        verbose_name_plural = _("topic dictionaries")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"],
                name="a dictionary of a series has one version of each number",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="versions of a dictionary are numbered from 1"
            ),
        ]
        triggers = append_only("dictionary_versions")

    def __str__(self) -> str:
        return f"{self.series.key}/{self.number}"

    @property
    def dictionary(self) -> Dictionary:
        """The entries as plain objects."""
        return stored_dictionary(self.entries)


@with_history("stop_words")
class StopWords(models.Model):
    """Words that editors leave out of the most used words of a series, or show all the same.

    Both lists are lower-case words, beside those that each language has anyway.
    """

    series = models.OneToOneField(Series, models.PROTECT, related_name="stop_words")
    added = models.JSONField(default=list)
    shown = models.JSONField(default=list)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.series.key
