"""The bytes of a source as they were fixed, and the text that was extracted from them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.constraints import is_known
from sources.models.guards import append_only
from sources.models.source import Source
from sources.querysets.captures import CaptureQuerySet, TextLayerQuerySet
from sources.vocabulary import ExtractionOutcome


class Blob(models.Model):
    """Bytes, stored once by their SHA-256 behind Django's storage API under `storage_name`."""

    sha256 = models.CharField(max_length=64, unique=True, db_collation="C")
    size = models.BigIntegerField(_("size in bytes"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="the hash of a blob is a SHA-256 in small hex digits",
            ),
        ]
        triggers = append_only("blobs")

    def __str__(self) -> str:
        return self.sha256

    @property
    def storage_name(self) -> str:
        """The name of the file in the storage."""
        return f"blobs/{self.sha256[:2]}/{self.sha256}"


class Capture(models.Model):
    """One act of fixing a source's bytes: who, when, from where.

    `captured_at` is when the bytes were fixed: the upload, the fetch, or the date that a web
    archive gives its record; `kept_at` is when such a record came here. `response` is what the
    server answered: status, headers in order, redirects, the address that was asked.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="captures")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="captures")
    media_type = models.CharField(_("media type"), max_length=120)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    captured_at = models.DateTimeField(_("captured at"))
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("captured by")
    )
    kept_at = models.DateTimeField(_("kept at"), null=True, blank=True)
    fetched_from = models.TextField(_("fetched from"), blank=True)
    archive_url = models.TextField(_("archived at"), blank=True)
    response = models.JSONField(_("answer of the server"), default=dict, blank=True)
    page_label_offset = models.IntegerField(
        _("page label offset"),
        null=True,
        blank=True,
        help_text=_("What to add to a page's index to get the printed page number."),
    )

    objects = CaptureQuerySet.as_manager()

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        constraints = [
            models.CheckConstraint(
                condition=Q(captured_at__lte=F("kept_at")),
                name="a record of an archive is fixed before it is kept",
            ),
        ]
        triggers = append_only(
            "captures",
            once=["page_label_offset"],
            withholdable=["file_name", "fetched_from", "archive_url", "response"],
        )

    def __str__(self) -> str:
        return self.file_name or self.fetched_from or str(self.blob)


class TextLayer(models.Model):
    """The text that one version of one extractor extracted from a blob, in NFC.

    `pages` are objects with index (from 0), printed label, start and end in code points,
    half-open. `apparatus` are spans with start, end and kind: note marks, link targets, mark-up.
    `doubts` are such spans of which only a person can tell the words, `completeness` how many words
    of the file are in the text, where that was counted: counted, kept, aside, missing. `metadata`
    is what the file says of itself, in terms of CSL. `words` are the distinct folded words of the
    text, by which quotes are looked for in all texts.
    """

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="layers")
    extractor = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64, db_collation="C")
    pages = models.JSONField(default=list)
    apparatus = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    completeness = models.JSONField(default=dict)
    metadata = models.JSONField(default=dict)
    words = ArrayField(models.TextField(), default=list)
    is_current = models.BooleanField(default=True)

    objects = TextLayerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["blob", "extractor", "version"],
                name="an extractor's version draws one text from a blob",
            ),
            models.UniqueConstraint(
                fields=["blob"],
                condition=Q(is_current=True),
                name="a blob has one current text layer",
            ),
        ]
        indexes = [
            GinIndex(
                fields=["words"],
                condition=Q(is_current=True),
                fastupdate=False,
                name="current_texts_by_words",
            ),
        ]
        triggers = append_only(
            "text_layers",
            changing=["is_current"],
            withholdable=["text", "metadata", "words", "completeness"],
        )

    def __str__(self) -> str:
        return f"{self.extractor} {self.version}"


class Extraction(models.Model):
    """One run of an extractor over a capture; its error is the capture's error."""

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="extractions")
    extractor = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    extracted_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=ExtractionOutcome.choices())
    message = models.TextField(blank=True)
    layer = models.ForeignKey(
        TextLayer, models.PROTECT, null=True, blank=True, related_name="extractions"
    )

    class Meta:
        constraints = [
            is_known(
                "outcome", ExtractionOutcome, "the outcome of an extraction is a known outcome"
            ),
            models.CheckConstraint(
                condition=Q(outcome=ExtractionOutcome.TEXT, layer__isnull=False)
                | (~Q(outcome=ExtractionOutcome.TEXT) & Q(layer__isnull=True)),
                name="an extraction has a layer exactly when it drew text",
            ),
        ]
        triggers = append_only("extractions", withholdable=["message"])
