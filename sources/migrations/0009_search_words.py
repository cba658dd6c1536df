"""Words by which sources are found, and the languages of all words that are stored."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0008_fill_words_left_out'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchLanguage',
            fields=[
                ('code', models.CharField(max_length=8, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='SourceWords',
            fields=[
                ('source', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_words', serialize=False, to='sources.source')),
                ('words', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='sources_by_words')],
            },
        ),
    ]
