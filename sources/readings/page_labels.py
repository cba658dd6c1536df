"""How the pages of a source are named: the one place that decides which label a page has.

A page has an index, that of its place in the file, and perhaps a printed number. That number is the
one that a person gave the file (the offset of the capture whose bytes the text was extracted from),
else the label that the file itself has. A text of one page without a number has no page to name.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from sources.domain.text.pages import Page, page_containing, printed_label
from sources.models import Capture, Grading, TextLayer


@dataclass(frozen=True)
class PageLabels:
    """The pages of one text with their names. `offset` is what a printed number adds to an index;
    None where nobody gave one."""

    pages: tuple[Page, ...]
    offset: int | None

    def at(self, position: int) -> Page | None:
        """The page on which a position stands; None between pages."""
        return page_containing(self.pages, position)

    def with_index(self, index: int | None) -> Page | None:
        """The page of that index; None where the text has none."""
        return next((page for page in self.pages if page.index == index), None)

    def is_named(self, page: Page | None) -> bool:
        """Whether there is a page to name, and not just the text."""
        if page is None:
            return False
        return len(self.pages) > 1 or bool(page.label) or self.offset is not None

    def printed(self, page: Page | None) -> str:
        """The number printed on a page, as "12"; empty where it is not known."""
        return "" if page is None else printed_label(page, self.offset)

    def cited(self, page: Page | None) -> str:
        """The page as a citation names it, as "p. 12"; empty where no number is known."""
        printed = self.printed(page)
        return _("p. %(label)s") % {"label": printed} if printed else ""

    def named(self, page: Page | None) -> str:
        """The page in a sentence: as it is cited, else "page 3 of the file"."""
        if page is None or not self.is_named(page):
            return ""
        return self.cited(page) or _("page %(number)d of the file") % {"number": page.index + 1}

    def heading(self, page: Page | None) -> str:
        """The page as a heading: "Page 12", else "Page 3 of the file"."""
        if page is None or not self.is_named(page):
            return ""
        if printed := self.printed(page):
            return _("Page %(label)s") % {"label": printed}
        return _("Page %(number)d of the file") % {"number": page.index + 1}


def labels_of_pages(pages: Sequence[Mapping[str, Any]], offset: int | None) -> PageLabels:
    """The labels of pages as a text has them on record, with the offset of its bytes."""
    return PageLabels(tuple(Page(**page) for page in pages), offset)


def page_labels_of(source: int, layer: TextLayer) -> PageLabels:
    """The labels of a text of a source. One query."""
    return labels_of_pages(
        layer.pages, page_offsets([(source, layer.blob_id)]).get((source, layer.blob_id))
    )


def page_offsets(texts: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The offsets of texts, by source and bytes: that of the latest capture that has one.

    Those without are left out. One query.
    """
    numbered = Capture.objects.filter(
        source__in={source for source, _blob in texts},
        blob__in={blob for _source, blob in texts},
        page_label_offset__isnull=False,
    )
    rows = numbered.order_by("captured_at", "pk").values_list(
        "source_id", "blob_id", "page_label_offset"
    )
    return {(source, blob): offset for source, blob, offset in rows}


def printed_pages(excerpts: Collection[int]) -> dict[int, str]:
    """The number printed on the page of each quote, by the excerpt's number; in one query.

    That is the page where the words were last found, else the one that was noted. Those without a
    number, or never looked for in a text, are left out.
    """
    captures = Capture.objects.filter(
        source=OuterRef("excerpt__source"),
        blob=OuterRef("layer__blob"),
        page_label_offset__isnull=False,
    )
    rows = (
        Grading.objects.filter(excerpt__in=excerpts, layer__isnull=False)
        .exclude(excerpt__exact="")  # the place of withheld words would give them away
        .newest()
        .annotate(
            offset=Subquery(
                captures.order_by("-captured_at", "-pk").values("page_label_offset")[:1]
            ),
            noted=F("excerpt__page"),
        )
        .values_list("excerpt_id", "start", "noted", "layer__pages", "offset")
    )
    found = {}
    for excerpt, start, noted, pages, offset in rows:
        labels = labels_of_pages(pages, offset)
        page = labels.with_index(noted) if start is None else labels.at(start)
        if printed := labels.printed(page):
            found[excerpt] = printed
    return found
