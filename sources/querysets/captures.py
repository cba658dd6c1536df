"""Reads of captures and of the texts that were extracted from them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, Func, IntegerField, OuterRef, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce

from sources.querysets.public_sources import is_readable
from sources.vocabulary import UNEXAMINED_PAGES, DoubtKind


class CaptureQuerySet(models.QuerySet[Any]):
    """Files of sources, as they were fixed."""

    def readable_by(self, reader: Any, at: datetime) -> "CaptureQuerySet":
        """Those of sources whose record and text the reader may read at that time."""
        sources = self.model._meta.get_field("source").related_model
        return self.filter(is_readable(sources, reader, at, path="source"))

    def kept_before(self, time: datetime) -> "CaptureQuerySet":
        """Those whose bytes came before that time; an archive's record was fixed earlier still."""
        return self.annotate(came_at=Coalesce("kept_at", "captured_at")).filter(came_at__lt=time)

    def with_text(self) -> "CaptureQuerySet":
        """With the state of the text of each, read along with the rows and without the text itself.

        `has_text`; `page_count` of the current text, null without one; `kind`, the media type
        detected from the bytes, else as it came; `outcome` and `message` of the latest extraction;
        `withheld_at` where the bytes were withheld.
        """
        withholdings = self.model._meta.apps.get_model("sources", "Withholding").objects
        blob = self.model._meta.get_field("blob").related_model
        text = self._current_text()
        runs = self.model._meta.get_field("extractions").related_model.objects
        latest = runs.filter(capture=OuterRef("pk")).order_by("-pk")
        detected = KeyTextTransform("media_type", "metadata")
        said = Func("media_type", Value(";"), Value(1), function="split_part")
        length = Func("pages", function="jsonb_array_length", output_field=IntegerField())
        return self.annotate(
            has_text=Exists(text),
            page_count=Subquery(text.values(length=length)[:1]),
            kind=Coalesce(
                Subquery(text.values(detected=detected)[:1]), said, output_field=TextField()
            ),
            outcome=Subquery(latest.values("outcome")[:1]),
            message=Subquery(latest.values("message")[:1]),
            withheld_at=withholdings.time_of(blob, "blob"),
        )

    def with_notices(self) -> "CaptureQuerySet":
        """As `with_text`, with what the desk is warned of (`sources.readings.capture_notices`).

        `completeness`, `doubts` and `pages` of the current text, its `encoding`, what is `replaced`
        in it and which pages were `unexamined` for hidden words, as the layer stores them.
        """
        text = self._current_text()
        return self.with_text().annotate(
            completeness=Subquery(text.values("completeness")[:1]),
            doubts=Subquery(text.values("doubts")[:1]),
            pages=Subquery(text.values("pages")[:1]),
            unexamined=Subquery(
                text.values(unexamined=KeyTransform(UNEXAMINED_PAGES, "metadata"))[:1]
            ),
            encoding=Subquery(text.values(encoding=KeyTextTransform("encoding", "metadata"))[:1]),
            replaced=Subquery(text.values(replaced=KeyTransform("replaced", "metadata"))[:1]),
        )

    def _current_text(self) -> models.QuerySet[Any]:
        """The current text of a capture of the outer query, unless it was withheld."""
        layers = self.model._meta.get_field("blob").related_model._meta.get_field("layers")
        current = layers.related_model.objects.filter(blob=OuterRef("blob"), is_current=True)
        found: models.QuerySet[Any] = current.exclude(text="")
        return found

    def with_latest_extractor(self) -> "CaptureQuerySet":
        """With `extractor` and `version` of the latest extraction, null where it was not tried."""
        runs = self.model._meta.get_field("extractions").related_model.objects
        latest = runs.filter(capture=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            extractor=Subquery(latest.values("extractor")[:1]),
            version=Subquery(latest.values("version")[:1]),
        )


class TextLayerQuerySet(models.QuerySet[Any]):
    """Texts extracted from captured bytes."""

    def current_of(self, source: Any) -> "TextLayerQuerySet":
        """The current layers of a source's captures, the latest capture first.

        A text that was withheld is none.
        """
        layers = self.filter(is_current=True, blob__captures__source=source).exclude(text="")
        latest = models.Max("blob__captures__captured_at")
        return layers.annotate(captured_at=latest).order_by("-captured_at", "-pk")

    def unreadable(self) -> "TextLayerQuerySet":
        """Those with letters that the file does not name, so that words are not found in them."""
        return self.filter(doubts__contains=[{"kind": DoubtKind.GIBBERISH}])

    def beside_unreadable_letters(self, gradings: Iterable[Any]) -> Iterator[int]:
        """The quotes, by id, that may be on the page though their text has not the words.

        Those graded in a text with unreadable letters, unless something alike was found outside of
        these: what differs from a page that can be read is not what it says.
        """
        found = list(gradings)
        texts = self.filter(pk__in={grading.layer_id for grading in found}).unreadable()
        doubts = dict(texts.values_list("pk", "doubts"))
        for grading in found:
            spans = [
                (span["start"], span["end"])
                for span in doubts.get(grading.layer_id, ())
                if span["kind"] == DoubtKind.GIBBERISH
            ]
            is_outside = grading.start is not None and not any(
                start < grading.end and grading.start < end for start, end in spans
            )
            if spans and not is_outside:
                yield grading.excerpt_id

    def first_pk(self) -> int | None:
        """The id of the first layer, without reading its text; None where there is none."""
        found: int | None = self.values_list("pk", flat=True).first()
        return found

    def containing(self, words: Sequence[str]) -> "TextLayerQuerySet":
        """Current layers whose text has all of these words (`sources.domain.text.word_index`)."""
        return self.filter(is_current=True, words__contains=list(words))

    def elsewhere_than(self, source: Any) -> "TextLayerQuerySet":
        """Those of other sources that whoever knows this one may know as well."""
        captures = type(source)._meta.get_field("captures").related_model.objects
        of_it = captures.filter(blob=OuterRef("blob"))
        others = type(source).objects.known_with(source).exclude(pk=source.pk)
        return self.filter(
            Exists(of_it.filter(source__in=others)), ~Exists(of_it.filter(source=source))
        )
