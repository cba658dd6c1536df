"""Fill which parts of the quotes that are there are not printed: the apparatus of their texts.

Where a quote stands was graded before; only its place is looked at here, text by text.
"""

from django.db import migrations

from sources.domain.printed_words import left_out_of
from sources.domain.text.folded_text import FoldedText
from sources.domain.text.spans import Span

LOCATED = ("exact", "folded", "elided")


def fill(apps, schema_editor):
    """Write `left_out` of each quote that has some."""
    alias = schema_editor.connection.alias
    excerpts = apps.get_model("sources", "Excerpt").objects.using(alias)
    gradings = apps.get_model("sources", "Grading").objects.using(alias)
    layers = apps.get_model("sources", "TextLayer").objects.using(alias)
    latest = gradings.order_by("excerpt", "-pk").distinct("excerpt")
    by_layer = {}
    for excerpt, layer, grade, start, end, places in latest.values_list(
        "excerpt", "layer", "grade", "start", "end", "places"
    ).iterator():
        place = (start, end) if grade in LOCATED else None
        if grade == "ambiguous" and places:
            place = tuple(places[0])
        by_layer.setdefault(layer if place else None, {})[excerpt] = place
    for layer, quotes in by_layer.items():
        text = None
        if layer is not None:
            row = layers.only("text", "apparatus").get(pk=layer)
            text = FoldedText(row.text, [Span(**span) for span in row.apparatus])
        for excerpt in excerpts.filter(pk__in=quotes).exclude(exact="").only("exact"):
            spans = left_out_of(excerpt.exact, text, quotes[excerpt.pk])
            if spans:
                stored = [[span.start, span.end, str(span.kind)] for span in spans]
                excerpts.filter(pk=excerpt.pk).update(left_out=stored)


class Migration(migrations.Migration):

    dependencies = [("sources", "0007_words_left_out_in_print")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
