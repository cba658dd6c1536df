"""A withholding empties the words that a flag quoted, in the history of flags too."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0004_approvals_judge_every_quote"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="flagevent",
            name="flags_events_are_append_only",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="flagevent",
            trigger=pgtrigger.compiler.Trigger(
                name="flags_events_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."claim_id" IS DISTINCT FROM OLD."claim_id" OR NEW."kind" IS DISTINCT FROM OLD."kind" OR NEW."opened_at" IS DISTINCT FROM OLD."opened_at" OR NEW."closed_at" IS DISTINCT FROM OLD."closed_at" OR NEW."closed_by_id" IS DISTINCT FROM OLD."closed_by_id" OR NEW."closing_note" IS DISTINCT FROM OLD."closing_note") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."cause" IS DISTINCT FROM OLD."cause") THEN IF (COALESCE(NEW."cause"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."pgh_id")) THEN RAISE EXCEPTION \'A row of % keeps its cause unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                    hash="1d025d615530ee46c698aace65853d25e9b882f1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_flags_events_are_append_only_9aa4b",
                    table="claims_flagevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
