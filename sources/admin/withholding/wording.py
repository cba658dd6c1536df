"""Sentences about a withholding: its target, what goes with it, and where the words are left."""

from collections.abc import Iterable

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.actions.withholding.find_copies import Copy
from sources.actions.withholding.withhold import TARGETS, Target, sources_of
from sources.models import Capture, Excerpt, Source, TextLayer, WithholdingRequest


def label_of(row: Target) -> str:
    """A row as people know it: the first words of a quote, the name of a file."""
    if isinstance(row, Excerpt):
        if not row.exact:
            return _("A quote whose words are gone")
        return _("The quote “%(words)s”") % {"words": Truncator(row.printed).chars(80)}
    if isinstance(row, Capture):
        return _("The captured file %(name)s of %(day)s, with all texts drawn from it") % {
            "name": str(row),
            "day": f"{row.captured_at:%Y-%m-%d}",
        }
    return _("The text drawn by %(name)s") % {"name": str(row)}


def labels_of(requests: Iterable[WithholdingRequest], by: object) -> dict[int, str]:
    """Labels of requests by their numbers, with the sources that the account may read.

    In a constant number of queries.
    """
    asked = list(requests)
    ids = {
        table: [request.row_id for request in asked if request.table_name == table]
        for table in TARGETS
    }
    excerpts = Excerpt.objects.select_related("source").in_bulk(ids[Excerpt._meta.db_table])
    captures = Capture.objects.select_related("blob").in_bulk(ids[Capture._meta.db_table])
    layers = TextLayer.objects.defer("text", "words", "apparatus", "pages", "metadata").in_bulk(
        ids[TextLayer._meta.db_table]
    )
    blobs = {row.blob_id for rows in (captures, layers) for row in rows.values()}
    with_bytes: dict[int, set[str]] = {blob: set() for blob in blobs}
    readable = Capture.objects.readable_by(by, timezone.now()).filter(blob__in=blobs)
    for blob, title in readable.values_list("blob", "source__title"):
        with_bytes[blob].add(title)
    found = {}
    for request in asked:
        if request.table_name == Excerpt._meta.db_table:
            quoted = excerpts[request.row_id]
            titles, label = [quoted.source.title], label_of(quoted)
        else:
            rows = captures if request.table_name == Capture._meta.db_table else layers
            row: Capture | TextLayer = rows[request.row_id]
            titles, label = sorted(with_bytes[row.blob_id]), label_of(row)
        found[request.pk] = f"{'; '.join(titles)}: {label}"
    return found


def shared_by(target: Target, by: object) -> str:
    """Say how many sources that the account may read have the bytes of a file or a text."""
    readable = Source.objects.readable_by(by, timezone.now())
    count = sources_of(target).filter(pk__in=readable.values("pk")).count()
    return ngettext(
        "One source that you may read has these bytes.",
        "%(count)s sources have these bytes that you may read.",
        count,
    ) % {"count": count}


def explanation(target: Target, by: object) -> str:
    """Explain what withholding the target does, and what it leaves."""
    if isinstance(target, Excerpt):
        return _(
            "The words of the quote, its context and its translation go for good. In the text of "
            "the source they are covered, and still kept, unless its file is withheld as well. "
            "Statements are the desk's own words and stay; claims that rest on the quote are "
            "flagged."
        )
    if isinstance(target, Capture):
        what = _(
            "All captures of these bytes are emptied, whichever source they are of. The bytes, "
            "every text drawn from them, the file name, the addresses and the answer of the server "
            "go for good. Quotes stay unless they are withheld as well, and are no longer located."
        )
    else:
        what = _(
            "Every text drawn from these bytes goes for good, with what it says of itself. The "
            "bytes still hold the words, unless the file is withheld as well. Quotes stay unless "
            "they are withheld as well."
        )
    return f"{shared_by(target, by)} {what}"


def copy_location(copy: Copy) -> str:
    """Describe where words were found and how often: the kind of row, and its field."""
    model = next((one for one in apps.get_models() if one._meta.db_table == copy.table), None)
    if model is None:
        return f"{copy.table}.{copy.column} ({copy.count})"
    try:
        column = str(model._meta.get_field(copy.column).verbose_name)  # type: ignore[union-attr] # a column is no relation back
    except FieldDoesNotExist:
        column = copy.column
    tracked = getattr(model, "pgh_tracked_model", None)
    kind = str((tracked or model)._meta.verbose_name)
    named = _("%(kind)s, in its history") % {"kind": kind} if tracked else kind
    return f"{named[:1].upper()}{named[1:]}: {column} ({copy.count})"
