"""Take an expression of concern as the standing of a source."""

from django.db import migrations, models

import sources.vocabulary

STANDINGS = [
    ("current", "Current"),
    ("corrected", "Corrected"),
    ("concern", "Expression of concern"),
    ("superseded", "Superseded"),
    ("retracted", "Retracted"),
    ("withdrawn", "Withdrawn"),
]


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_tables")]

    operations = [
        migrations.RemoveConstraint(
            model_name="source", name="the standing of a source is a known standing"
        ),
        *(
            migrations.AlterField(
                model_name=model,
                name="standing",
                field=models.CharField(
                    choices=STANDINGS,
                    default=sources.vocabulary.Standing["CURRENT"],
                    max_length=12,
                    verbose_name="standing",
                ),
            )
            for model in ("source", "sourceevent")
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing__in", [code for code, _label in STANDINGS])),
                name="the standing of a source is a known standing",
            ),
        ),
    ]
