"""Columns and indexes that pages of claims are read by; migration 0003 fills them."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import claims.models.fields


class Migration(migrations.Migration):
    dependencies = [('claims', '0001_tables')]

    operations = [
        migrations.RemoveIndex(model_name='version', name='versions_by_words'),
        migrations.AddField(model_name='version', name='point', field=claims.models.fields.NumericField(blank=True, editable=False, null=True)),
        migrations.AddField(model_name='version', name='is_newest', field=models.BooleanField(default=False, editable=False)),
        migrations.AddField(model_name='version', name='words', field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('search_text', config='simple'), output_field=django.contrib.postgres.search.SearchVectorField())),
        migrations.AddIndex(model_name='version', index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='versions_by_words')),
        migrations.AddIndex(model_name='version', index=django.contrib.postgres.indexes.GistIndex(condition=models.Q(('published__isnull', False)), fields=['period_days'], name='published_by_period')),
        migrations.AddIndex(model_name='claimtopic', index=models.Index(fields=['topic', '-claim'], name='claims_by_topic')),
    ]
