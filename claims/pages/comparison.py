"""Two texts of one source side by side: what changed, and which quotes that touches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.pages.parameters import PageRefused, refusals_as_pages
from claims.pages.passages import IN_PLACE, Cited, cited_by
from claims.pages.reader import asked_number
from sources.domain.text.changes import Change, Piece, changes_between
from sources.models import Excerpt, Grading, Source, TextLayer
from sources.querysets.readers import is_staff
from sources.readings.page_labels import page_labels_of
from sources.readings.reader import Reader
from sources.readings.redacted_text import redacted_text
from sources.vocabulary import Grade

# How many changes one page shows, and up to how many characters of each.
MAX_CHANGES = 200
MAX_CHANGE_LENGTH = 6_000


@dataclass(frozen=True)
class Text:
    """A text that can be compared: which one, and what it was extracted from when."""

    number: int
    label: str


@dataclass(frozen=True)
class ChangeView:
    """A change with the pages it stands on."""

    pieces: Sequence[Piece]
    old_page: str
    new_page: str
    same_before: int
    is_cut: bool


@dataclass(frozen=True)
class Touched:
    """A quote that the changes touch: its grade in the old text and in the new one."""

    excerpt: Excerpt
    before: str
    after: str
    is_located: bool
    claims: Sequence[Cited]


@require_safe
@refusals_as_pages
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """Show the differences of two texts of a source; for the desk alone."""
    reader: Any = request.user
    if not is_staff(reader):
        raise Http404
    at = timezone.now()
    source = get_object_or_404(Source.objects.readable_by(reader, at), key=key)
    texts = texts_of(source)
    old, new = chosen(request, texts)
    context: dict[str, Any] = {"source": source, "texts": texts, "old": old, "new": new}
    if old is not None and new is not None:
        context |= comparison_context(source, old, new, Reader(reader, at))
    return render(request, "claims/comparison.html", context)


def texts_of(source: Source) -> list[Text]:
    """The texts of a source's captures, the latest capture first."""
    rows = (
        TextLayer.objects.exclude(text="")
        .filter(blob__captures__source=source)
        .order_by("-blob__captures__captured_at", "-blob__captures__pk", "-is_current", "-pk")
        .annotate(captured=F("blob__captures__captured_at"), file=F("blob__captures__file_name"))
        .values_list("pk", "extractor", "version", "is_current", "captured", "file")
    )
    texts: dict[int, Text] = {}
    for pk, extractor, version, is_current, captured, file in rows:
        label = f"{captured:%Y-%m-%d %H:%M} · {file or extractor}"
        if not is_current:
            label += f" · {extractor} {version}"
        texts.setdefault(pk, Text(pk, label))
    return list(texts.values())


def chosen(
    request: HttpRequest, texts: Sequence[Text]
) -> tuple[TextLayer | None, TextLayer | None]:
    """The two texts of the address; without any, the latest and the one before it."""
    numbers = [text.number for text in texts]
    new = asked_number(request, "new") or (numbers[0] if numbers else None)
    others = [number for number in numbers if number != new]
    old = asked_number(request, "old") or (others[0] if others else None)
    for number in (old, new):
        if number is not None and number not in numbers:
            raise PageRefused("text", _("The source has no such text. Choose one of the list."))
    layers = TextLayer.objects.defer("words", "metadata").in_bulk(
        [number for number in (old, new) if number is not None]
    )
    return layers.get(old), layers.get(new)


def comparison_context(
    source: Source, old: TextLayer, new: TextLayer, reader: Reader
) -> dict[str, Any]:
    """The changes from one text to the other, with the quotes they touch."""
    found = changes_between(
        redacted_text(old, with_hidden=True), redacted_text(new, with_hidden=True)
    )
    shown = found.changes[:MAX_CHANGES]
    before, after = (page_labels_of(source.pk, layer) for layer in (old, new))
    return {
        "changes": [
            ChangeView(
                pieces=_bounded(change.pieces),
                old_page=before.heading(before.at(change.old[0])),
                new_page=after.heading(after.at(change.new[0])),
                same_before=change.same_before,
                is_cut=sum(len(piece.text) for piece in change.pieces) > MAX_CHANGE_LENGTH,
            )
            for change in shown
        ],
        "count": len(found.changes),
        "same_after": found.same_after if len(shown) == len(found.changes) else 0,
        "touched": touched_by(found.changes, old, new, source, reader),
    }


def touched_by(
    changes: Sequence[Change],
    old: TextLayer,
    new: TextLayer,
    source: Source,
    reader: Reader,
) -> list[Touched]:
    """The quotes whose words in the old text changed, or that the new one no longer carries."""
    before, after = (_gradings(source, layer) for layer in (old, new))
    touched = [
        excerpt
        for excerpt, grading in before.items()
        if (excerpt in after and _is_located(after[excerpt]) != _is_located(grading))
        or (
            grading.grade in IN_PLACE
            and any(change.touches(grading.start or 0, grading.end or 0) for change in changes)
        )
    ]
    rows = source.excerpts.in_bulk(touched)
    claims = cited_by(touched, reader)
    return [
        Touched(
            excerpt=rows[number],
            before=_(Grade(before[number].grade).label),
            after=_(Grade(after[number].grade).label) if number in after else "",
            is_located=number in after and _is_located(after[number]),
            claims=claims[number],
        )
        for number in touched
        if number in rows
    ]


def _is_located(grading: Grading) -> bool:
    """Whether the text carries the words."""
    return Grade(grading.grade).is_located


def _gradings(source: Source, layer: TextLayer) -> dict[int, Grading]:
    """The latest grading of each quote of a source in one text, in the text's order."""
    rows = (
        Grading.objects.filter(excerpt__source=source, layer=layer)
        .order_by("excerpt_id", "-pk")
        .distinct("excerpt_id")
    )
    return {
        row.excerpt_id: row
        for row in sorted(rows, key=lambda row: (row.start is None, row.start or 0, row.pk))
    }


def _bounded(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces up to what one change shows."""
    shown, room = [], MAX_CHANGE_LENGTH
    for piece in pieces:
        if room <= 0:
            break
        shown.append(Piece(piece.kind, piece.text[:room]))
        room -= len(piece.text)
    return shown
