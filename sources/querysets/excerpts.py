"""Reads of excerpts and their gradings."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Least, Substr

from sources.querysets.public_sources import is_allowed, is_readable
from sources.querysets.readers import is_staff
from sources.vocabulary import Grade


class ExcerptQuerySet(models.QuerySet[Any]):
    """Quotes."""

    def verified(self) -> "ExcerptQuerySet":
        """Those that the archived text carries beyond doubt, but for words that were withheld."""
        return self.filter(is_verified=True).exclude(exact="")

    def visible_to(self, reader: Any, at: datetime) -> "ExcerptQuerySet":
        """Those that the reader may see at that time.

        The desk: those `listed`, of all sources that the account may read. Everybody else: those
        on which a version rests that is published then; their sources are public by that, unless
        they are confidential.
        """
        sources = self.model._meta.get_field("source").related_model
        allowed = self.filter(is_allowed(sources, reader, path="source"))
        if is_staff(reader):
            return allowed.listed()
        versions = self._related("evidence", "version").visible_to(None, at)
        published = self._related("evidence").filter(version__in=versions)
        return allowed.filter(pk__in=published.values("excerpt"))

    def listed(self) -> "ExcerptQuerySet":
        """Those that nobody removed, and those that carry a claim all the same."""
        removed = self._related("removal").filter(excerpt__evidence__isnull=True)
        return self.exclude(pk__in=removed.values("excerpt"))

    def without_claims(self) -> "ExcerptQuerySet":
        """Those on which no version of a claim ever rested."""
        return self.filter(evidence__isnull=True)

    def is_quoted_by(self, condition: Q, reader: Any, at: datetime) -> Q:
        """The condition that one of such versions, of those the reader sees, rests on a quote."""
        versions = self._related("evidence", "version").visible_to(reader, at)
        evidence = self._related("evidence").filter(version__in=versions.filter(condition))
        return Q(pk__in=evidence.values("excerpt"))

    def approved(self, at: datetime) -> "ExcerptQuerySet":
        """Those that a second person approved in a claim, unless it is public no more by then."""
        ends = "evidence__version__published__endswith"
        begun = Q(evidence__version__published__isnull=False)
        lasting = Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": at})
        approved = self.model.objects.filter(
            ~begun | lasting,
            evidence__version__status="approved",  # the code is that of claims
        )
        return self.filter(pk__in=approved.values("pk"))

    def with_findings(self, reader: Any, at: datetime) -> "ExcerptQuerySet":
        """With what was found last of each quote, in which text, and when its bytes were fixed.

        Besides, when its words were withheld.

        `found_last` holds the latest grading, with its layer but without the text itself; the
        captures of its bytes are in `layer.blob.captures_latest_first`, the gradings of quotes
        whose words were withheld in `layer.withheld_gradings`.
        """
        gradings = self._related("gradings").newest()
        captures = self._related("source", "captures").defer("response")
        gone = self._related("gradings").filter(excerpt__exact="")
        layer = "found_last__layer"
        found = self.with_withheld_at().select_related("source__publisher", "created_by")
        return found.prefetch_related(
            Prefetch(
                "gradings",
                gradings.with_layer().with_found_in(reader, at).with_found_words(),
                to_attr="found_last",
            ),
            Prefetch(
                f"{layer}__blob__captures",
                captures.order_by("-captured_at", "-pk"),
                to_attr="captures_latest_first",
            ),
            Prefetch(f"{layer}__gradings", gone, to_attr="withheld_gradings"),
        )

    def with_withheld_at(self) -> "ExcerptQuerySet":
        """With `withheld_at`, when the words were withheld; null where they were not."""
        withholdings = self.model._meta.apps.get_model("sources", "Withholding").objects
        return self.annotate(withheld_at=withholdings.time_of(self.model))

    def with_claims(self, reader: Any, at: datetime) -> "ExcerptQuerySet":
        """With the evidence of the claims that the reader sees on each, in `shown_evidence`."""
        evidence = self._related("evidence")
        versions = self._related("evidence", "version").visible_to(reader, at)
        shown = evidence.filter(version__in=versions.values("pk")).select_related("version__claim")
        return self.prefetch_related(
            Prefetch("evidence", shown.order_by("version__claim"), to_attr="shown_evidence")
        )

    def _related(self, *path: str) -> Any:
        """The rows at the end of a path of relation names."""
        model: Any = self.model
        for name in path:
            model = model._meta.get_field(name).related_model
        return model.objects.all()


class GradingQuerySet(models.QuerySet[Any]):
    """Gradings of quotes in texts, over time."""

    def newest(self) -> "GradingQuerySet":
        """The latest grading of each excerpt."""
        newest = (
            self.model.objects.filter(excerpt=OuterRef("excerpt")).order_by("-pk").values("pk")[:1]
        )
        return self.filter(pk=Subquery(newest))

    def withheld_places(self, layers: Collection[int]) -> dict[int, list[tuple[int, int]]]:
        """The places of withheld quotes in these texts, by text; all of several places."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        gone = self.filter(excerpt__exact="", layer__in=layers)
        for layer, start, end, places in gone.values_list("layer_id", "start", "end", "places"):
            found[layer] += [(one, other) for one, other in places]
            found[layer] += [] if start is None else [(start, end)]
        return found

    def with_found_in(self, reader: Any, at: datetime) -> "GradingQuerySet":
        """With the source where a missing quote was found, as `found_in`.

        `may_name_found_in` is whether the reader may read it at that time: nothing public need rest
        on it.
        """
        sources = self.model._meta.get_field("found_in").related_model
        is_known = Q(is_readable(sources, reader, at, path="found_in"), found_in__isnull=False)
        return self.select_related("found_in__publisher").annotate(
            may_name_found_in=ExpressionWrapper(is_known, output_field=BooleanField())
        )

    def with_found_words(self) -> "GradingQuerySet":
        """With `found_words`: of a drifted quote the text at the most similar place, else empty."""
        found = Substr("layer__text", F("start") + 1, F("end") - F("start"))
        is_drifted = When(grade="drifted", start__isnull=False, then=found)
        return self.annotate(
            found_words=Case(is_drifted, default=Value(""), output_field=TextField())
        )

    def with_context(self, size: int) -> "GradingQuerySet":
        """The latest of each quote that has a place, with the text there and what is beside it.

        `context_words` is the text at the place, `context_before` and `context_after` up to `size`
        code points on either side. Of a drifted quote the place is the most similar one. With the
        quote and its source.
        """
        placed = Q(grade__in=[grade for grade in Grade if grade.is_found] + [Grade.DRIFTED])
        text, begin, size_before = "layer__text", F("start") + 1, Least(F("start"), size)
        return (
            self.newest()
            .filter(placed, layer__isnull=False, start__isnull=False)
            .select_related("excerpt__source__publisher")
            .annotate(
                context_before=Substr(text, begin - size_before, size_before),
                context_words=Substr(text, begin, F("end") - F("start")),
                context_after=Substr(text, F("end") + 1, size),
            )
        )

    def with_layer(self) -> "GradingQuerySet":
        """With the text layer and its bytes, and whether the text is there; not the text itself."""
        is_there = Q(layer__isnull=False) & ~Q(layer__text="")
        return (
            self.select_related("layer__blob")
            .defer("layer__text", "layer__words", "layer__apparatus")
            .annotate(has_text=ExpressionWrapper(is_there, output_field=BooleanField()))
        )
