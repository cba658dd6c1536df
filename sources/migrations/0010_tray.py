"""Keep the quotes that an account collects for a claim to come."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0009_search_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectedQuote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('collected_at', models.DateTimeField(verbose_name='collected at')),
                ('collected_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tray', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('excerpt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collected', to='sources.excerpt')),
            ],
            options={
                'verbose_name': 'collected quote',
                'verbose_name_plural': 'collected quotes',
                'constraints': [models.UniqueConstraint(fields=('collected_by', 'excerpt'), name='an account collects a quote once')],
            },
        ),
    ]
