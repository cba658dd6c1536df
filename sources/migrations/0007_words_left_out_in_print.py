"""Keep with a quote which parts of its words are not printed: marks of notes, links, mark-up.

`0008_fill_words_left_out` fills it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0006_job_failures'),
    ]

    operations = [
        migrations.AddField(
            model_name='excerpt',
            name='left_out',
            field=models.JSONField(blank=True, default=list, verbose_name='not printed'),
        ),
    ]
