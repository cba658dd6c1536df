"""A property lists what its values are comparable on."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0006_flags_name_what_they_are_about"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="property",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="property",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="property",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="propertyevent",
            name="properties_events_are_append_only",
        ),
        migrations.AddField(
            model_name="property",
            name="bases",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="What its values are comparable on; without any, claims say it in free text.",
                verbose_name="bases",
            ),
        ),
        migrations.AddField(
            model_name="propertyevent",
            name="bases",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="What its values are comparable on; without any, claims say it in free text.",
                verbose_name="bases",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="property",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_propertyevent" ("bases", "id", "key", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "single_valued", "time", "unit", "value_kind") VALUES (NEW."bases", NEW."id", NEW."key", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."single_valued", NEW."time", NEW."unit", NEW."value_kind"); RETURN NULL;',
                    hash="4d1449d5b96fce202425448c73a5005abb5f11a9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6ce37",
                    table="claims_property",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="property",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "claims_propertyevent" ("bases", "id", "key", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "single_valued", "time", "unit", "value_kind") VALUES (NEW."bases", NEW."id", NEW."key", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."single_valued", NEW."time", NEW."unit", NEW."value_kind"); RETURN NULL;',
                    hash="07ff86af34c2ac899d801ca857e26703b813fd42",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_afb26",
                    table="claims_property",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="property",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "claims_propertyevent" ("bases", "id", "key", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "single_valued", "time", "unit", "value_kind") VALUES (OLD."bases", OLD."id", OLD."key", OLD."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."single_valued", OLD."time", OLD."unit", OLD."value_kind"); RETURN NULL;',
                    hash="84ae3ee3d6289dfcc4dfe5538e8556d090ac8f17",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0353e",
                    table="claims_property",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="propertyevent",
            trigger=pgtrigger.compiler.Trigger(
                name="properties_events_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."key" IS DISTINCT FROM OLD."key" OR NEW."label" IS DISTINCT FROM OLD."label" OR NEW."value_kind" IS DISTINCT FROM OLD."value_kind" OR NEW."unit" IS DISTINCT FROM OLD."unit" OR NEW."single_valued" IS DISTINCT FROM OLD."single_valued" OR NEW."time" IS DISTINCT FROM OLD."time" OR NEW."bases" IS DISTINCT FROM OLD."bases") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                    hash="cfd6c2c3cecb4a37af49fa09657a6f769da6048a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_properties_events_are_append_only_19666",
                    table="claims_propertyevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
