"""Excerpts (words quoted from a source), and their gradings in its texts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.capture import TextLayer
from sources.models.constraints import is_known
from sources.models.guards import append_only, with_history
from sources.models.source import Source
from sources.querysets.excerpts import ExcerptQuerySet, GradingQuerySet
from sources.vocabulary import Grade, TranslationMethod


@with_history(
    "excerpts",
    fields=["id", "grade", "translation", "translated_by", "translation_method"],
    withholdable=["translation"],
)
class Excerpt(models.Model):
    """Words quoted from a source. The words and their first anchor never change.

    `prefix` and `suffix` are the 32 characters before and after the words where first found.
    `grade` repeats the latest grading.
    """

    source = models.ForeignKey(
        Source, models.PROTECT, related_name="excerpts", verbose_name=_("source")
    )
    exact = models.TextField(_("quote"))
    prefix = models.TextField(_("words before"), blank=True)
    suffix = models.TextField(_("words after"), blank=True)
    locator = models.CharField(
        _("locator"),
        max_length=60,
        blank=True,
        help_text=_("For citations: p. 4, fn. 5, 00:12:30."),
    )
    page = models.PositiveIntegerField(_("page index"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    translation = models.TextField(_("translation"), blank=True)
    translated_by = models.CharField(_("translated by"), max_length=120, blank=True)
    translation_method = models.CharField(
        _("translation method"), max_length=10, blank=True, choices=TranslationMethod.choices()
    )
    grade = models.CharField(_("grade"), max_length=10, choices=Grade.choices())
    created_at = models.DateTimeField(_("quoted at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("quoted by")
    )

    objects = ExcerptQuerySet.as_manager()

    class Meta:
        verbose_name = _("excerpt")
        verbose_name_plural = _("excerpts")
        constraints = [
            is_known("grade", Grade, "the grade of an excerpt is a known grade"),
            models.UniqueConstraint(
                "source",
                models.Func(F("exact"), function="md5"),
                "locator",
                "prefix",
                "suffix",
                condition=~Q(exact=""),  # of those withheld nothing is left to tell them apart
                name="a source has an excerpt of the same words and place once",
            ),
        ]
        triggers = append_only(
            "excerpts",
            changing=["grade", "translated_by", "translation_method", "translation"],
            withholdable=["exact", "prefix", "suffix"],
        )

    def __str__(self) -> str:
        return self.exact


class Grading(models.Model):
    """The match of an excerpt's words with one text layer, found at one time.

    `start` and `end` are code points of the layer's text, half-open; null where there is no one
    place. `places` lists all places of an ambiguous quote; `chosen_by` is who chose among them.
    `passed_over` says how the words differ from the text between `start` and `end`. Of a drifted
    quote these two are the most similar place, and `score` how similar, 0 to 1. `found_in` is the
    other source that has the words.
    """

    excerpt = models.ForeignKey(Excerpt, models.PROTECT, related_name="gradings")
    layer = models.ForeignKey(
        TextLayer, models.PROTECT, null=True, blank=True, related_name="gradings"
    )
    grade = models.CharField(max_length=10, choices=Grade.choices())
    score = models.FloatField(null=True, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    places = models.JSONField(default=list, blank=True)
    passed_over = models.JSONField(default=list, blank=True)
    graded_at = models.DateTimeField()
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    found_in = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="found_gradings"
    )

    objects = GradingQuerySet.as_manager()

    class Meta:
        constraints = [
            is_known("grade", Grade, "the grade of a grading is a known grade"),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__gt=F("start")),
                name="a grading's place starts before it ends",
            ),
            models.CheckConstraint(
                condition=~Q(grade__in=[g for g in Grade if g.is_verified])
                | Q(start__isnull=False, layer__isnull=False),
                name="verified words have a place in a text layer",
            ),
            models.CheckConstraint(
                condition=~Q(grade=Grade.UNLOCATED) | Q(layer__isnull=True),
                name="only without a text layer are words not located",
            ),
            models.CheckConstraint(
                condition=Q(grade=Grade.ELSEWHERE, found_in__isnull=False)
                | (~Q(grade=Grade.ELSEWHERE) & Q(found_in__isnull=True)),
                name="words found elsewhere name the source that has them",
            ),
        ]
        triggers = append_only("gradings", withholdable=["passed_over"])
