"""Index the moments at which publications begin and end, to find the next one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_fill_columns_for_reading")]

    operations = [
        migrations.AddIndex(
            model_name="version",
            index=models.Index(models.Func("published", function=function), name=name),
        )
        for function, name in (("lower", "versions_by_begin"), ("upper", "versions_by_end"))
    ]
