"""A flag names the source and the quote that it is about."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0005_flags_forget_withheld_words"),
        ("sources", "0003_what_a_withholding_empties_besides"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="flag",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="flag",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="flag",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="flagevent",
            name="flags_events_are_append_only",
        ),
        migrations.AddField(
            model_name="flag",
            name="excerpt",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="flags",
                to="sources.excerpt",
                verbose_name="excerpt",
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="flags",
                to="sources.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="flagevent",
            name="excerpt",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="sources.excerpt",
                verbose_name="excerpt",
            ),
        ),
        migrations.AddField(
            model_name="flagevent",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="sources.source",
                verbose_name="source",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="flag",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_flagevent" ("cause", "claim_id", "closed_at", "closed_by_id", "closing_note", "excerpt_id", "id", "kind", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id") VALUES (NEW."cause", NEW."claim_id", NEW."closed_at", NEW."closed_by_id", NEW."closing_note", NEW."excerpt_id", NEW."id", NEW."kind", NEW."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."source_id"); RETURN NULL;',
                    hash="61b9d65b85a6a192b8d94347c7e8e7e356061994",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ce81c",
                    table="claims_flag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="flag",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "claims_flagevent" ("cause", "claim_id", "closed_at", "closed_by_id", "closing_note", "excerpt_id", "id", "kind", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id") VALUES (NEW."cause", NEW."claim_id", NEW."closed_at", NEW."closed_by_id", NEW."closing_note", NEW."excerpt_id", NEW."id", NEW."kind", NEW."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."source_id"); RETURN NULL;',
                    hash="73cc2821a70373528d5f18b6422db35495b13c23",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2d719",
                    table="claims_flag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="flag",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_flagevent" ("cause", "claim_id", "closed_at", "closed_by_id", "closing_note", "excerpt_id", "id", "kind", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id") VALUES (OLD."cause", OLD."claim_id", OLD."closed_at", OLD."closed_by_id", OLD."closing_note", OLD."excerpt_id", OLD."id", OLD."kind", OLD."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."source_id"); RETURN NULL;',
                    hash="3f9e97398361456476aaaecc8f4fccf8f9d09bee",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7c97d",
                    table="claims_flag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="flagevent",
            trigger=pgtrigger.compiler.Trigger(
                name="flags_events_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."claim_id" IS DISTINCT FROM OLD."claim_id" OR NEW."kind" IS DISTINCT FROM OLD."kind" OR NEW."source_id" IS DISTINCT FROM OLD."source_id" OR NEW."excerpt_id" IS DISTINCT FROM OLD."excerpt_id" OR NEW."opened_at" IS DISTINCT FROM OLD."opened_at" OR NEW."closed_at" IS DISTINCT FROM OLD."closed_at" OR NEW."closed_by_id" IS DISTINCT FROM OLD."closed_by_id" OR NEW."closing_note" IS DISTINCT FROM OLD."closing_note") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."cause" IS DISTINCT FROM OLD."cause") THEN IF (COALESCE(NEW."cause"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."pgh_id")) THEN RAISE EXCEPTION \'A row of % keeps its cause unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                    hash="9cdabd6fcc2b8aa380447d11c60ffc9e64cc8119",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_flags_events_are_append_only_9aa4b",
                    table="claims_flagevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
