"""Extracts: the claims that a query found, frozen as files that can be cited."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.version import Version
from claims.querysets.extracts import ExtractFileQuerySet, ExtractQuerySet
from claims.vocabulary.extracts import ExtractFormat
from sources.models import Source
from sources.models.constraints import is_known
from sources.models.guards import append_only


class Extract(models.Model):
    """The claims that a query found at one time, as the public read them, fixed for good.

    The number of its reference (X12) is its id. `query` is as `canonical_query` writes it,
    `known_at` the moment for which it was answered, `columns` the version of the columns of its
    files. Title and query are empty once words in them were withheld.
    """

    title = models.CharField(_("title"), max_length=300)
    query = models.TextField(_("query"), blank=True, db_collation="C")
    known_at = models.DateTimeField(_("known at"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField(_("rows"))
    columns = models.PositiveSmallIntegerField(_("version of the columns"))

    objects = ExtractQuerySet.as_manager()

    class Meta:
        verbose_name = _("extract")
        verbose_name_plural = _("extracts")
        constraints = [
            models.CheckConstraint(
                condition=Q(known_at__lte=F("made_at")),
                name="an extract is of what was known when it was made",
            ),
            models.CheckConstraint(condition=Q(rows__gte=1), name="an extract has a claim"),
            models.CheckConstraint(
                condition=Q(columns__gte=1), name="versions of columns are counted from 1"
            ),
        ]
        triggers = append_only("extracts", withholdable=["title", "query"])

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """The permanent reference, such as X12."""
        return f"X{self.pk}"


class ExtractVersion(models.Model):
    """That a row of an extract is of a version, with the hash it had."""

    extract = models.ForeignKey(Extract, models.PROTECT, related_name="versions")
    version = models.ForeignKey(Version, models.PROTECT, related_name="extracts")
    content_hash = models.CharField(max_length=64, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["extract", "version"], name="an extract has a version once"
            ),
        ]
        triggers = append_only("extract_versions")


class ExtractSource(models.Model):
    """That the files of an extract name a source: as one that is quoted, or as an entity."""

    extract = models.ForeignKey(Extract, models.PROTECT, related_name="sources")
    source = models.ForeignKey(Source, models.PROTECT, related_name="extracts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["extract", "source"], name="an extract names a source once"
            ),
        ]
        triggers = append_only("extract_sources")


class ExtractFile(models.Model):
    """A file of an extract as frozen; its content is empty once words in it were withheld."""

    extract = models.ForeignKey(Extract, models.PROTECT, related_name="files")
    format = models.CharField(max_length=10, choices=ExtractFormat.choices())
    sha256 = models.CharField(max_length=64, db_collation="C", db_index=True)
    content = models.BinaryField()

    objects = ExtractFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["extract", "format"], name="an extract has a file of a format once"
            ),
            is_known("format", ExtractFormat, "the format of an extract's file is a known format"),
        ]
        triggers = append_only("extract_files", withholdable=["content"])


class ExtractWithdrawal(models.Model):
    """That the desk took an extract back, and why; page and hashes stay.

    `reason` is empty once words in it were withheld.
    """

    extract = models.OneToOneField(Extract, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        triggers = append_only("extract_withdrawals", withholdable=["reason"])
