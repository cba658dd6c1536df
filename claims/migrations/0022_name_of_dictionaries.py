"""The desk calls versions of a dictionary by the name of the thing."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0021_search_afresh_for_near_misses")]

    operations = [
        migrations.AlterModelOptions(
            name="dictionaryversion",
            options={
                "verbose_name": "topic dictionary",
                "verbose_name_plural": "topic dictionaries",
            },
        ),
    ]
