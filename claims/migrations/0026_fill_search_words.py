"""Fill the words by which the rows that are there are found; again, it changes nothing."""

from django.db import migrations

from claims.actions.search_words import fill_words


def fill(apps, schema_editor):
    """Write the words of sources, entities, topics and versions in batches."""
    with schema_editor.connection.cursor() as cursor:
        fill_words(cursor)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0025_search_words"),
        ("sources", "0009_search_words"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
