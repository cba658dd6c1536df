"""Say of a property of dates whether a date of several days is one day of them, or all."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0009_searched_in_part'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='property',
            name='used_properties_keep_kind_unit_and_time',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='property',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='property',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='property',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='propertyevent',
            name='properties_events_are_append_only',
        ),
        migrations.AddField(
            model_name='property',
            name='date_extent',
            field=models.CharField(choices=[('within', 'Some day in it'), ('whole', 'All of it')], default='within', help_text='Whether a date of several days is one day of them, or all.', max_length=6, verbose_name='extent of a date'),
        ),
        migrations.AddField(
            model_name='propertyevent',
            name='date_extent',
            field=models.CharField(choices=[('within', 'Some day in it'), ('whole', 'All of it')], default='within', help_text='Whether a date of several days is one day of them, or all.', max_length=6, verbose_name='extent of a date'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='property',
            trigger=pgtrigger.compiler.Trigger(name='used_properties_keep_kind_unit_time_extent', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF ((NEW."value_kind" IS DISTINCT FROM OLD."value_kind" OR NEW."unit" IS DISTINCT FROM OLD."unit" OR NEW."time" IS DISTINCT FROM OLD."time" OR NEW."date_extent" IS DISTINCT FROM OLD."date_extent") AND EXISTS (SELECT FROM claims_version v WHERE v.property_id = OLD.id)) THEN RAISE EXCEPTION \'A row of % keeps kind, unit, time and extent once a claim uses it.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='b0d2a93c9569116943208cb0753528702cbaac81', operation='UPDATE', pgid='pgtrigger_used_properties_keep_kind_unit_time_extent_93edf', table='claims_property', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='property',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_propertyevent" ("bases", "date_extent", "id", "key", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "single_valued", "time", "unit", "value_kind") VALUES (NEW."bases", NEW."date_extent", NEW."id", NEW."key", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."single_valued", NEW."time", NEW."unit", NEW."value_kind"); RETURN NULL;', hash='5d4c6f022b1c806f4f6f3617993ed1246cbc3a11', operation='INSERT', pgid='pgtrigger_insert_insert_6ce37', table='claims_property', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='property',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_propertyevent" ("bases", "date_extent", "id", "key", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "single_valued", "time", "unit", "value_kind") VALUES (NEW."bases", NEW."date_extent", NEW."id", NEW."key", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."single_valued", NEW."time", NEW."unit", NEW."value_kind"); RETURN NULL;', hash='9b8695faf3aa1b13b817c5b732db29fd26e67cdf', operation='UPDATE', pgid='pgtrigger_update_update_afb26', table='claims_property', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='property',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_propertyevent" ("bases", "date_extent", "id", "key", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "single_valued", "time", "unit", "value_kind") VALUES (OLD."bases", OLD."date_extent", OLD."id", OLD."key", OLD."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."single_valued", OLD."time", OLD."unit", OLD."value_kind"); RETURN NULL;', hash='b77b4950391aacd5816624609b8dd1514ded860d', operation='DELETE', pgid='pgtrigger_delete_delete_0353e', table='claims_property', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='propertyevent',
            trigger=pgtrigger.compiler.Trigger(name='properties_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."key" IS DISTINCT FROM OLD."key" OR NEW."label" IS DISTINCT FROM OLD."label" OR NEW."value_kind" IS DISTINCT FROM OLD."value_kind" OR NEW."unit" IS DISTINCT FROM OLD."unit" OR NEW."single_valued" IS DISTINCT FROM OLD."single_valued" OR NEW."time" IS DISTINCT FROM OLD."time" OR NEW."date_extent" IS DISTINCT FROM OLD."date_extent" OR NEW."bases" IS DISTINCT FROM OLD."bases") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='4a9a02c84b6e37db16724739c52aa2baebb2dd63', operation='UPDATE OR DELETE', pgid='pgtrigger_properties_events_are_append_only_19666', table='claims_propertyevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='property',
            constraint=models.CheckConstraint(condition=models.Q(('date_extent__in', ['within', 'whole'])), name='the extent of a date is a known extent'),
        ),
        migrations.AddConstraint(
            model_name='property',
            constraint=models.CheckConstraint(condition=models.Q(('date_extent', 'within'), ('value_kind', 'date'), _connector='OR'), name='only a date is all of its days'),
        ),
    ]
