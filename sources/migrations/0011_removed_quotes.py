"""Keep which quotes that carry no claim were taken out of the lists."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0010_tray'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RemovedQuote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('removed_at', models.DateTimeField(verbose_name='removed at')),
                ('excerpt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='removal', to='sources.excerpt')),
                ('removed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='removed by')),
            ],
            options={
                'verbose_name': 'removed quote',
                'verbose_name_plural': 'removed quotes',
            },
        ),
        migrations.CreateModel(
            name='RemovedQuoteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('removed_at', models.DateTimeField(verbose_name='removed at')),
                ('excerpt', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.excerpt')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.removedquote')),
                ('removed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='removed by')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='removedquote',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_removedquoteevent" ("excerpt_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "removed_by_id") VALUES (NEW."excerpt_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."removed_at", NEW."removed_by_id"); RETURN NULL;', hash='dd05855a6c348124e22e014660f38f33c6a2ca82', operation='INSERT', pgid='pgtrigger_insert_insert_57f38', table='sources_removedquote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='removedquote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_removedquoteevent" ("excerpt_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "removed_by_id") VALUES (NEW."excerpt_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."removed_at", NEW."removed_by_id"); RETURN NULL;', hash='026bca3aa930387be1b47526ec5f491f336c8feb', operation='UPDATE', pgid='pgtrigger_update_update_a848f', table='sources_removedquote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='removedquote',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_removedquoteevent" ("excerpt_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "removed_by_id") VALUES (OLD."excerpt_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."removed_at", OLD."removed_by_id"); RETURN NULL;', hash='0c7b6b902ce1fb45f187c11f07603df2ade28a23', operation='DELETE', pgid='pgtrigger_delete_delete_f3b1b', table='sources_removedquote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='removedquoteevent',
            trigger=pgtrigger.compiler.Trigger(name='removed_quotes_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."excerpt_id" IS DISTINCT FROM OLD."excerpt_id" OR NEW."removed_at" IS DISTINCT FROM OLD."removed_at" OR NEW."removed_by_id" IS DISTINCT FROM OLD."removed_by_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='20bc8de98cc88208690c499c292d3d510883664c', operation='UPDATE OR DELETE', pgid='pgtrigger_removed_quotes_events_are_append_only_5c304', table='sources_removedquoteevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='removedquoteevent',
            trigger=pgtrigger.compiler.Trigger(name='removed_quotes_events_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='6b09c6bc9967560058e5f7276f54db0e970f05b0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_removed_quotes_events_are_never_truncated_b6b67', table='sources_removedquoteevent', when='BEFORE')),
        ),
    ]
