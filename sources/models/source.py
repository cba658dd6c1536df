"""Published works, what they derive from, and the series they belong to."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.constraints import is_known, key_constraint
from sources.models.guards import Fixed, never_deleted, refusal, with_history
from sources.models.publisher import Publisher
from sources.querysets.sources import SeriesMemberQuerySet, SeriesQuerySet, SourceQuerySet
from sources.vocabulary import Access, OriginKind, Rights, Standing

# An advisory lock of this number guards the graph of origins while it grows.
ORIGINS_LOCK = 7_301_447_201


@with_history("sources", withholdable=["standing_passages"])
class Source(models.Model):
    """A published work, with its bibliographic record in CSL terms.

    `csl` is the whole CSL-JSON record; the columns repeat what is filtered and sorted by.
    `issued` is EDTF as typed, `issued_days` the days it may mean, half-open. `search_text` is the
    folded form of title, authors, publisher and container. `opened_at` is since when everybody may
    read it although nothing published rests on it, because an editor said so.
    """

    key = models.SlugField(_("key"), max_length=100, unique=True, db_collation="C")
    type = models.CharField(_("type"), max_length=40)
    title = models.TextField(_("title"))
    authors = models.JSONField(_("authors"), default=list, blank=True)
    publisher = models.ForeignKey(
        Publisher, models.PROTECT, null=True, blank=True, verbose_name=_("publisher")
    )
    container = models.TextField(_("container"), blank=True)
    issued = models.CharField(_("issued"), max_length=60, blank=True)
    issued_days = DateRangeField(_("days it was issued"), null=True, blank=True)
    url = models.TextField(_("address"), blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    number = models.CharField(_("number"), max_length=100, blank=True)
    csl = models.JSONField(_("CSL-JSON"))
    rights = models.CharField(
        _("rights"), max_length=10, choices=Rights.choices(), default=Rights.EXCERPTS
    )
    access = models.CharField(
        _("access"), max_length=10, choices=Access.choices(), default=Access.PUBLIC
    )
    public_descriptor = models.CharField(
        _("public descriptor"),
        max_length=300,
        blank=True,
        help_text=_("Stands for a confidential source wherever the public reads."),
    )
    opened_at = models.DateTimeField(_("open to everybody since"), null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    standing = models.CharField(
        _("standing"), max_length=12, choices=Standing.choices(), default=Standing.CURRENT
    )
    standing_on = models.DateField(_("standing since"), null=True, blank=True)
    standing_reason = models.TextField(_("reason for the standing"), blank=True)
    standing_passages = models.JSONField(
        _("passages it is about"),
        default=list,
        blank=True,
        help_text=_("The words that a correction names; without any, the whole source."),
    )
    search_text = models.TextField(editable=False, default="")
    origins = models.ManyToManyField(
        "self", through="SourceOrigin", symmetrical=False, related_name="derived"
    )
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="SourceReader", related_name="+"
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            key_constraint("the key of a source is a slug"),
            is_known("rights", Rights, "the rights in a source are known rights"),
            is_known("access", Access, "the access to a source is a known access"),
            is_known("standing", Standing, "the standing of a source is a known standing"),
            models.CheckConstraint(
                condition=Q(access=Access.PUBLIC) | ~Q(public_descriptor=""),
                name="a confidential source has a public descriptor",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, opened_by__isnull=True)
                | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="an opened source says since when and by whom",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(access=Access.PUBLIC),
                name="an opened source is not confidential",
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.CURRENT)
                | (Q(standing_on__isnull=False) & ~Q(standing_reason="")),
                name="a changed standing has a date and a reason",
            ),
        ]
        triggers = [*never_deleted("sources"), Fixed(name="sources_keep_their_key", fields=["key"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_confidential(self) -> bool:
        """Whether the public never knows it by name, whatever rests on it."""
        return self.access != Access.PUBLIC


@with_history("source_origins")
class SourceOrigin(models.Model):
    """That a source derives from another one: a reprint, a translation. Never in a circle."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="origin_ties")
    origin = models.ForeignKey(Source, models.PROTECT, related_name="derived_ties")
    kind = models.CharField(_("kind"), max_length=15, choices=OriginKind.choices())

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "origin"], name="a source names an origin once"
            ),
            models.CheckConstraint(
                condition=~Q(source=F("origin")), name="a source is not its own origin"
            ),
            is_known("kind", OriginKind, "the kind of an origin is a known kind"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="origins_never_run_in_a_circle",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    f"PERFORM pg_advisory_xact_lock({ORIGINS_LOCK}); "  # noqa: S608 - constants only
                    "IF (EXISTS (WITH RECURSIVE above (id) AS (SELECT NEW.origin_id UNION "
                    "SELECT tie.origin_id FROM sources_sourceorigin tie "
                    "JOIN above ON tie.source_id = above.id WHERE tie.id <> NEW.id) "
                    "SELECT FROM above WHERE above.id = NEW.source_id)) THEN "
                    f"{refusal('never leads back to its source')} END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} ← {self.origin}"


@with_history("source_readers")
class SourceReader(models.Model):
    """That a named person may read a source that only named persons read."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="reader_ties")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "reader"], name="a source names a reader once"
            ),
        ]


@with_history("series")
class Series(models.Model):
    """Sources of one kind in order, comparable with each other."""

    key = models.SlugField(_("key"), max_length=100, unique=True, db_collation="C")
    title = models.CharField(_("title"), max_length=300)
    sources = models.ManyToManyField(Source, through="SeriesMember", related_name="series")

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints = [key_constraint("the key of a series is a slug")]
        triggers = [Fixed(name="series_keep_their_key", fields=["key"])]

    def __str__(self) -> str:
        return self.title


@with_history("series_members")
class SeriesMember(models.Model):
    """The place of a source in a series, counted from 1."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="members")
    source = models.ForeignKey(Source, models.PROTECT, related_name="memberships")
    position = models.PositiveIntegerField(_("position"))

    objects = SeriesMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a series")
        verbose_name_plural = _("members of a series")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "source"], name="a series names a source once"
            ),
            models.UniqueConstraint(
                fields=["series", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="a place in a series is taken once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.position}"
