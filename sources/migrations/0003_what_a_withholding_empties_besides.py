"""A withholding empties messages and passages too, and any number of quotes of a source."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0002_captures_texts_and_withholdings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="extraction",
            name="extractions_are_append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="sourceevent",
            name="sources_events_are_append_only",
        ),
        migrations.RemoveConstraint(
            model_name="excerpt",
            name="a source has an excerpt of the same words and place once",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extraction",
            trigger=pgtrigger.compiler.Trigger(
                name="extractions_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."capture_id" IS DISTINCT FROM OLD."capture_id" OR NEW."extractor" IS DISTINCT FROM OLD."extractor" OR NEW."version" IS DISTINCT FROM OLD."version" OR NEW."extracted_at" IS DISTINCT FROM OLD."extracted_at" OR NEW."outcome" IS DISTINCT FROM OLD."outcome" OR NEW."layer_id" IS DISTINCT FROM OLD."layer_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."message" IS DISTINCT FROM OLD."message") THEN IF (COALESCE(NEW."message"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its message unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                    hash="fedc536d550397847937e150f22b6a2219c994df",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_extractions_are_append_only_156c1",
                    table="sources_extraction",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="sources_events_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."key" IS DISTINCT FROM OLD."key" OR NEW."type" IS DISTINCT FROM OLD."type" OR NEW."title" IS DISTINCT FROM OLD."title" OR NEW."authors" IS DISTINCT FROM OLD."authors" OR NEW."publisher_id" IS DISTINCT FROM OLD."publisher_id" OR NEW."container" IS DISTINCT FROM OLD."container" OR NEW."issued" IS DISTINCT FROM OLD."issued" OR NEW."issued_days" IS DISTINCT FROM OLD."issued_days" OR NEW."url" IS DISTINCT FROM OLD."url" OR NEW."doi" IS DISTINCT FROM OLD."doi" OR NEW."isbn" IS DISTINCT FROM OLD."isbn" OR NEW."language" IS DISTINCT FROM OLD."language" OR NEW."number" IS DISTINCT FROM OLD."number" OR NEW."csl" IS DISTINCT FROM OLD."csl" OR NEW."rights" IS DISTINCT FROM OLD."rights" OR NEW."access" IS DISTINCT FROM OLD."access" OR NEW."public_descriptor" IS DISTINCT FROM OLD."public_descriptor" OR NEW."standing" IS DISTINCT FROM OLD."standing" OR NEW."standing_on" IS DISTINCT FROM OLD."standing_on" OR NEW."standing_reason" IS DISTINCT FROM OLD."standing_reason" OR NEW."search_text" IS DISTINCT FROM OLD."search_text") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."standing_passages" IS DISTINCT FROM OLD."standing_passages") THEN IF (COALESCE(NEW."standing_passages"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."pgh_id")) THEN RAISE EXCEPTION \'A row of % keeps its standing_passages unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                    hash="865601203f9d7c12712a8701f1eddbfe7de363f6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_sources_events_are_append_only_72436",
                    table="sources_sourceevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="excerpt",
            constraint=models.UniqueConstraint(
                models.F("source"),
                models.Func(models.F("exact"), function="md5"),
                models.F("locator"),
                models.F("prefix"),
                models.F("suffix"),
                condition=models.Q(("exact", ""), _negated=True),
                name="a source has an excerpt of the same words and place once",
            ),
        ),
    ]
