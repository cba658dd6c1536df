"""Fact sheets and their editions."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.version import Version
from claims.querysets.editions import EditionFileQuerySet, EditionQuerySet
from claims.vocabulary.factsheets import EditionFormat, SheetLayout
from sources.models.constraints import is_known, key_constraint
from sources.models.guards import Fixed, append_only, never_deleted, with_history


@with_history("fact_sheets", withholdable=["title", "summary", "sections", "unknown"])
class FactSheet(models.Model):
    """A selection of claims with prose around them, in sections, and a citation style.

    The columns from `title` to `shows` are the members of `SheetContent` as JSON holds them.
    `revision` counts what was saved: whoever saves names the one that was read.
    `saved_at` and `saved_by` are null of one that nobody saved since it was begun.
    """

    key = models.SlugField(_("key"), max_length=100, unique=True, db_collation="C")
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=35, default="en")
    style = models.CharField(_("citation style"), max_length=100)
    summary = models.TextField(_("summary"), blank=True, default="")
    sections = models.JSONField(_("sections"), default=list)
    unknown = models.JSONField(_("what we do not know"), default=list)
    shows = models.JSONField(_("what to show"), default=list)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(_("saved at"), null=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("fact sheet")
        verbose_name_plural = _("fact sheets")
        constraints = [
            key_constraint("the key of a fact sheet is a slug"),
            models.CheckConstraint(
                condition=~models.Q(key="verify"),
                name="no fact sheet takes the address at which files are checked",
            ),
        ]
        triggers = [
            *never_deleted("fact_sheets"),
            Fixed(name="fact_sheets_keep_their_key", fields=["key"]),
        ]

    def __str__(self) -> str:
        return self.title


class Edition(models.Model):
    """One issue of a fact sheet, fixed: what it rests on and the files as issued.

    `content` is the content of the fact sheet as issued. `manifest` lists the claims with their
    versions and hashes, the conflicts and sources with how they stood, and the files;
    `manifest_sha256` is the hash of its bytes as they are sent. `notes` say why it was issued in
    spite of what the check found; they are for the staff alone. Content, manifest and notes are
    empty once words in them were withheld.
    """

    fact_sheet = models.ForeignKey(FactSheet, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    content = models.JSONField(default=dict)
    manifest = models.JSONField(default=dict)
    manifest_sha256 = models.CharField(max_length=64, default="", db_collation="C")
    notes = models.JSONField(default=list)

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fact_sheet", "number"], name="a fact sheet has an edition of a number once"
            ),
        ]
        triggers = append_only("editions", withholdable=["content", "manifest", "notes"])


class EditionVersion(models.Model):
    """That an edition rests on a version, with the hash it had."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="versions")
    version = models.ForeignKey(Version, models.PROTECT, related_name="editions")
    content_hash = models.CharField(max_length=64, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "version"], name="an edition rests on a version once"
            ),
        ]
        triggers = append_only("edition_versions")


class EditionFile(models.Model):
    """A file of an edition as issued; its content is empty once words in it were withheld."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    layout = models.CharField(max_length=10, choices=SheetLayout.choices(), blank=True, default="")
    format = models.CharField(max_length=10, choices=EditionFormat.choices())
    media_type = models.CharField(max_length=100, default="")
    sha256 = models.CharField(max_length=64, db_collation="C", db_index=True)
    content = models.BinaryField()

    objects = EditionFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "layout", "format"],
                name="an edition has a file of a layout and format once",
            ),
            is_known("format", EditionFormat, "the format of an edition's file is a known format"),
            models.CheckConstraint(
                condition=models.Q(layout__in=["", *(word.value for word in SheetLayout)]),
                name="the layout of an edition's file is a known layout",
            ),
        ]
        triggers = append_only("edition_files", withholdable=["content"])


class Erratum(models.Model):
    """A correction that the desk adds to an edition, which stays as it was issued.

    `words` is empty once words in it were withheld.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="errata")
    words = models.TextField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        triggers = append_only("errata", withholdable=["words"])


class EditionWithdrawal(models.Model):
    """That the desk took an edition back, and why; it stays to be read.

    `reason` is empty once words in it were withheld.
    """

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        triggers = append_only("edition_withdrawals", withholdable=["reason"])
