"""Let an editor open a source on which nothing published rests.

No source of a base that is there already is opened. From `claims.0006_public_sources` on, the
public reads those on which something published rests.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import sources.vocabulary
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0002_expressions_of_concern'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sourceevent',
            name='sources_events_are_append_only',
        ),
        migrations.AddField(
            model_name='source',
            name='opened_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='open to everybody since'),
        ),
        migrations.AddField(
            model_name='source',
            name='opened_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sourceevent',
            name='opened_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='open to everybody since'),
        ),
        migrations.AddField(
            model_name='sourceevent',
            name='opened_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_sourceevent" ("access", "authors", "container", "csl", "doi", "id", "isbn", "issued", "issued_days", "key", "language", "number", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_descriptor", "publisher_id", "rights", "search_text", "standing", "standing_on", "standing_passages", "standing_reason", "title", "type", "url") VALUES (NEW."access", NEW."authors", NEW."container", NEW."csl", NEW."doi", NEW."id", NEW."isbn", NEW."issued", NEW."issued_days", NEW."key", NEW."language", NEW."number", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_descriptor", NEW."publisher_id", NEW."rights", NEW."search_text", NEW."standing", NEW."standing_on", NEW."standing_passages", NEW."standing_reason", NEW."title", NEW."type", NEW."url"); RETURN NULL;', hash='4e0bb2ba5159c6fd7a8574667d8398d652e75469', operation='INSERT', pgid='pgtrigger_insert_insert_c3ed3', table='sources_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_sourceevent" ("access", "authors", "container", "csl", "doi", "id", "isbn", "issued", "issued_days", "key", "language", "number", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_descriptor", "publisher_id", "rights", "search_text", "standing", "standing_on", "standing_passages", "standing_reason", "title", "type", "url") VALUES (NEW."access", NEW."authors", NEW."container", NEW."csl", NEW."doi", NEW."id", NEW."isbn", NEW."issued", NEW."issued_days", NEW."key", NEW."language", NEW."number", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_descriptor", NEW."publisher_id", NEW."rights", NEW."search_text", NEW."standing", NEW."standing_on", NEW."standing_passages", NEW."standing_reason", NEW."title", NEW."type", NEW."url"); RETURN NULL;', hash='195472b299d77a3a7261e1cc640527563cb47d5d', operation='UPDATE', pgid='pgtrigger_update_update_e6185', table='sources_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_sourceevent" ("access", "authors", "container", "csl", "doi", "id", "isbn", "issued", "issued_days", "key", "language", "number", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_descriptor", "publisher_id", "rights", "search_text", "standing", "standing_on", "standing_passages", "standing_reason", "title", "type", "url") VALUES (OLD."access", OLD."authors", OLD."container", OLD."csl", OLD."doi", OLD."id", OLD."isbn", OLD."issued", OLD."issued_days", OLD."key", OLD."language", OLD."number", OLD."opened_at", OLD."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_descriptor", OLD."publisher_id", OLD."rights", OLD."search_text", OLD."standing", OLD."standing_on", OLD."standing_passages", OLD."standing_reason", OLD."title", OLD."type", OLD."url"); RETURN NULL;', hash='b1aae8aa28953a429f36ac2108392f92583436bd', operation='DELETE', pgid='pgtrigger_delete_delete_fde77', table='sources_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sourceevent',
            trigger=pgtrigger.compiler.Trigger(name='sources_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."key" IS DISTINCT FROM OLD."key" OR NEW."type" IS DISTINCT FROM OLD."type" OR NEW."title" IS DISTINCT FROM OLD."title" OR NEW."authors" IS DISTINCT FROM OLD."authors" OR NEW."publisher_id" IS DISTINCT FROM OLD."publisher_id" OR NEW."container" IS DISTINCT FROM OLD."container" OR NEW."issued" IS DISTINCT FROM OLD."issued" OR NEW."issued_days" IS DISTINCT FROM OLD."issued_days" OR NEW."url" IS DISTINCT FROM OLD."url" OR NEW."doi" IS DISTINCT FROM OLD."doi" OR NEW."isbn" IS DISTINCT FROM OLD."isbn" OR NEW."language" IS DISTINCT FROM OLD."language" OR NEW."number" IS DISTINCT FROM OLD."number" OR NEW."csl" IS DISTINCT FROM OLD."csl" OR NEW."rights" IS DISTINCT FROM OLD."rights" OR NEW."access" IS DISTINCT FROM OLD."access" OR NEW."public_descriptor" IS DISTINCT FROM OLD."public_descriptor" OR NEW."opened_at" IS DISTINCT FROM OLD."opened_at" OR NEW."opened_by_id" IS DISTINCT FROM OLD."opened_by_id" OR NEW."standing" IS DISTINCT FROM OLD."standing" OR NEW."standing_on" IS DISTINCT FROM OLD."standing_on" OR NEW."standing_reason" IS DISTINCT FROM OLD."standing_reason" OR NEW."search_text" IS DISTINCT FROM OLD."search_text") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."standing_passages" IS DISTINCT FROM OLD."standing_passages") THEN IF (COALESCE(NEW."standing_passages"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."pgh_id")) THEN RAISE EXCEPTION \'A row of % keeps its standing_passages unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;', hash='df454952b7de46d2f7aedecc7c123698d6b21915', operation='UPDATE OR DELETE', pgid='pgtrigger_sources_events_are_append_only_72436', table='sources_sourceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('opened_by__isnull', True)), models.Q(('opened_at__isnull', False), ('opened_by__isnull', False)), _connector='OR'), name='an opened source says since when and by whom'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('opened_at__isnull', True), ('access', sources.vocabulary.Access['PUBLIC']), _connector='OR'), name='an opened source is not confidential'),
        ),
    ]
