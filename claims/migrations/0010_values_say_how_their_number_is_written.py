"""A value says how its number is written, where that is more than digits and a point.

Rows that are there say nothing: they were read so.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0009_disagreements_are_found_on_an_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="version",
            name="versions_are_append_only",
        ),
        migrations.AddField(
            model_name="version",
            name="decimal_mark",
            field=models.CharField(
                blank=True,
                choices=[("point", "1,234.5"), ("comma", "1.234,5 or 1 234,5")],
                max_length=5,
                verbose_name="decimal mark",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="version",
            trigger=pgtrigger.compiler.Trigger(
                name="versions_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."claim_id" IS DISTINCT FROM OLD."claim_id" OR NEW."number" IS DISTINCT FROM OLD."number" OR NEW."author_id" IS DISTINCT FROM OLD."author_id" OR NEW."change_note" IS DISTINCT FROM OLD."change_note" OR NEW."recorded_at" IS DISTINCT FROM OLD."recorded_at" OR NEW."recorded_in" IS DISTINCT FROM OLD."recorded_in" OR NEW."content_hash" IS DISTINCT FROM OLD."content_hash" OR NEW."hash_format" IS DISTINCT FROM OLD."hash_format" OR NEW."language" IS DISTINCT FROM OLD."language" OR NEW."subject_id" IS DISTINCT FROM OLD."subject_id" OR NEW."property_id" IS DISTINCT FROM OLD."property_id" OR NEW."aspect_id" IS DISTINCT FROM OLD."aspect_id" OR NEW."basis" IS DISTINCT FROM OLD."basis" OR NEW."value" IS DISTINCT FROM OLD."value" OR NEW."amount" IS DISTINCT FROM OLD."amount" OR NEW."dates" IS DISTINCT FROM OLD."dates" OR NEW."truth" IS DISTINCT FROM OLD."truth" OR NEW."value_entity_id" IS DISTINCT FROM OLD."value_entity_id" OR NEW."degree" IS DISTINCT FROM OLD."degree" OR NEW."approximate" IS DISTINCT FROM OLD."approximate" OR NEW."decimal_mark" IS DISTINCT FROM OLD."decimal_mark" OR NEW."period" IS DISTINCT FROM OLD."period" OR NEW."period_days" IS DISTINCT FROM OLD."period_days" OR NEW."asserted_on" IS DISTINCT FROM OLD."asserted_on" OR NEW."mode" IS DISTINCT FROM OLD."mode") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."taken_off_at" IS NOT NULL AND NEW."taken_off_at" IS DISTINCT FROM OLD."taken_off_at") THEN RAISE EXCEPTION \'A row of % keeps its taken_off_at once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."taken_off_by_id" IS NOT NULL AND NEW."taken_off_by_id" IS DISTINCT FROM OLD."taken_off_by_id") THEN RAISE EXCEPTION \'A row of % keeps its taken_off_by_id once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."taken_off_reason" IS NOT NULL AND NEW."taken_off_reason" IS DISTINCT FROM OLD."taken_off_reason") THEN RAISE EXCEPTION \'A row of % keeps its taken_off_reason once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."statement" IS DISTINCT FROM OLD."statement") THEN IF (COALESCE(NEW."statement"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its statement unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."as_written" IS DISTINCT FROM OLD."as_written") THEN IF (COALESCE(NEW."as_written"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its as_written unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."value_text" IS DISTINCT FROM OLD."value_text") THEN IF (COALESCE(NEW."value_text"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its value_text unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."salt" IS DISTINCT FROM OLD."salt") THEN IF (COALESCE(NEW."salt"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its salt unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."search_text" IS DISTINCT FROM OLD."search_text") THEN IF (COALESCE(NEW."search_text"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its search_text unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                    hash="b4f1d9989be46f226110f9ab75f56700b37e4acb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_versions_are_append_only_d9171",
                    table="claims_version",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decimal_mark", ""), ("decimal_mark__in", ["point", "comma"]), _connector="OR"
                ),
                name="the decimal mark of a value is a known mark",
            ),
        ),
    ]
