"""Excerpts (words quoted from a source), their gradings in its texts, and confirmed doubts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.domain.printed_words import LeftOut, located_words, printed_words
from sources.models.capture import TextLayer
from sources.models.constraints import is_known
from sources.models.guards import append_only, with_history
from sources.models.source import Source
from sources.querysets.excerpts import ExcerptQuerySet, GradingQuerySet
from sources.vocabulary import DoubtKind, Grade, TranslationMethod


@with_history(
    "excerpts",
    fields=["id", "grade", "is_verified", "translation", "translated_by", "translation_method"],
    withholdable=["translation"],
)
class Excerpt(models.Model):
    """Words quoted from a source. The words and their first anchor never change.

    `prefix` and `suffix` are the 32 characters before and after the words where first found.
    `grade` repeats the latest grading; `is_verified` is whether it is one of a located quote and a
    person confirmed each of its doubts. `left_out` are the parts of the words that are not printed,
    each with start, end (code points, half-open) and kind; `sources.domain.printed_words`.
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
    is_verified = models.BooleanField(_("verified"), default=False)
    left_out = models.JSONField(_("not printed"), default=list, blank=True)
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
            models.CheckConstraint(
                condition=Q(is_verified=False) | Q(grade__in=[g for g in Grade if g.is_located]),
                name="a verified excerpt has a place in a text",
            ),
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
            changing=[
                "grade",
                "is_verified",
                "left_out",
                "translated_by",
                "translation_method",
                "translation",
            ],
            withholdable=["exact", "prefix", "suffix"],
        )

    def __str__(self) -> str:
        return self.printed

    @property
    def printed(self) -> str:
        """The words as they are printed; empty where they were withheld."""
        return printed_words(self.exact, [LeftOut(*span) for span in self.left_out])

    @property
    def located(self) -> str:
        """The words as they stand in the file, but for those that its page hides."""
        return located_words(self.exact, [LeftOut(*span) for span in self.left_out])


class Grading(models.Model):
    """The match of an excerpt's words with one text layer, found at one time.

    `start` and `end` are code points of the layer's text, half-open; null where there is no one
    place. `places` lists all places of an ambiguous quote; `chosen_by` is who chose among them.
    `passed_over` says how the words differ from the text between `start` and `end`. Of a drifted
    quote these two are the most similar place, and `score` how similar, 0 to 1. `found_in` is the
    other source that has the words. `doubts` are what only a person can settle about the place:
    kind, number (of that kind, from 1), start, end, sha256 (of the words there), needs_note.
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
    doubts = models.JSONField(default=list, blank=True)
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
                condition=~Q(grade__in=[g for g in Grade if g.is_located])
                | Q(start__isnull=False, layer__isnull=False),
                name="located words have a place in a text layer",
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


class Confirmation(models.Model):
    """A person's word that a quote is right in spite of one doubt about its place.

    It holds for that doubt (its kind, and its number among those of the kind, from 1) as long as
    the text has the same words there, by their SHA-256. `start` and `end` are where the person read
    them in the `layer`, in code points, half-open.
    """

    excerpt = models.ForeignKey(Excerpt, models.PROTECT, related_name="confirmations")
    kind = models.CharField(max_length=20, choices=DoubtKind.choices())
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_collation="C")
    layer = models.ForeignKey(TextLayer, models.PROTECT, related_name="confirmations")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    note = models.TextField(_("note"), blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("confirmed by")
    )

    class Meta:
        constraints = [
            is_known("kind", DoubtKind, "the kind of a confirmed doubt is a known kind"),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="a confirmed doubt starts before it ends"
            ),
            models.UniqueConstraint(
                fields=["excerpt", "kind", "number", "sha256"],
                name="a doubt about a quote is confirmed once for the same words",
            ),
        ]
        triggers = append_only("confirmations", withholdable=["note"])

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
