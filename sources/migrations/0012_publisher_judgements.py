"""Judgements of publishers, their other names and sites, and merging them."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import sources.vocabulary
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0011_removed_quotes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PublisherJudgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reliability', models.CharField(choices=[('A', 'A – completely reliable'), ('B', 'B – usually reliable'), ('C', 'C – fairly reliable'), ('D', 'D – not usually reliable'), ('E', 'E – unreliable'), ('F', 'F – not yet judged')], max_length=1, verbose_name='reliability')),
                ('reason', models.TextField(verbose_name='reason')),
                ('judged_at', models.DateTimeField(verbose_name='judged at')),
            ],
            options={
                'verbose_name': 'judgement of a publisher',
                'verbose_name_plural': 'judgements of publishers',
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='publisher',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='publisher',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='publisher',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='publisherevent',
            name='publishers_events_are_append_only',
        ),
        migrations.AddField(
            model_name='publisher',
            name='aliases',
            field=models.JSONField(blank=True, default=list, verbose_name='other names'),
        ),
        migrations.AddField(
            model_name='publisher',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='sources.publisher', verbose_name='merged into'),
        ),
        migrations.AddField(
            model_name='publisher',
            name='site',
            field=models.TextField(blank=True, verbose_name='site'),
        ),
        migrations.AddField(
            model_name='publisherevent',
            name='aliases',
            field=models.JSONField(blank=True, default=list, verbose_name='other names'),
        ),
        migrations.AddField(
            model_name='publisherevent',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.publisher', verbose_name='merged into'),
        ),
        migrations.AddField(
            model_name='publisherevent',
            name='site',
            field=models.TextField(blank=True, verbose_name='site'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisher',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_publisherevent" ("aliases", "country", "id", "kind", "merged_into_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reliability", "reliability_reason", "site") VALUES (NEW."aliases", NEW."country", NEW."id", NEW."kind", NEW."merged_into_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reliability", NEW."reliability_reason", NEW."site"); RETURN NULL;', hash='f20dea7e5900b5476914b39bb490f1b31ff5f66c', operation='INSERT', pgid='pgtrigger_insert_insert_30d8f', table='sources_publisher', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisher',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_publisherevent" ("aliases", "country", "id", "kind", "merged_into_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reliability", "reliability_reason", "site") VALUES (NEW."aliases", NEW."country", NEW."id", NEW."kind", NEW."merged_into_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reliability", NEW."reliability_reason", NEW."site"); RETURN NULL;', hash='7ce2315d451460c925efd4fef9fe36a304f2f89d', operation='UPDATE', pgid='pgtrigger_update_update_7ed41', table='sources_publisher', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisher',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_publisherevent" ("aliases", "country", "id", "kind", "merged_into_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reliability", "reliability_reason", "site") VALUES (OLD."aliases", OLD."country", OLD."id", OLD."kind", OLD."merged_into_id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reliability", OLD."reliability_reason", OLD."site"); RETURN NULL;', hash='a35a7ed8adbae1831e36d77f640ab24076cf94ff', operation='DELETE', pgid='pgtrigger_delete_delete_0df59', table='sources_publisher', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisherevent',
            trigger=pgtrigger.compiler.Trigger(name='publishers_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."name" IS DISTINCT FROM OLD."name" OR NEW."aliases" IS DISTINCT FROM OLD."aliases" OR NEW."kind" IS DISTINCT FROM OLD."kind" OR NEW."country" IS DISTINCT FROM OLD."country" OR NEW."site" IS DISTINCT FROM OLD."site" OR NEW."reliability" IS DISTINCT FROM OLD."reliability" OR NEW."reliability_reason" IS DISTINCT FROM OLD."reliability_reason" OR NEW."merged_into_id" IS DISTINCT FROM OLD."merged_into_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='57f1cd73485f260a6c89c6c54388c1b9e1d2c8cd', operation='UPDATE OR DELETE', pgid='pgtrigger_publishers_events_are_append_only_01950', table='sources_publisherevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='publisher',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='a publisher is not merged into itself'),
        ),
        migrations.AddField(
            model_name='publisherjudgement',
            name='judged_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='judged by'),
        ),
        migrations.AddField(
            model_name='publisherjudgement',
            name='publisher',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='sources.publisher'),
        ),
        migrations.AddConstraint(
            model_name='publisherjudgement',
            constraint=models.CheckConstraint(condition=models.Q(('reliability__in', [sources.vocabulary.Reliability['A'], sources.vocabulary.Reliability['B'], sources.vocabulary.Reliability['C'], sources.vocabulary.Reliability['D'], sources.vocabulary.Reliability['E'], sources.vocabulary.Reliability['F']])), name='the letter of a judgement is a letter A–F'),
        ),
        migrations.AddConstraint(
            model_name='publisherjudgement',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a judgement of a publisher has a reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisherjudgement',
            trigger=pgtrigger.compiler.Trigger(name='publisher_judgements_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."publisher_id" IS DISTINCT FROM OLD."publisher_id" OR NEW."reliability" IS DISTINCT FROM OLD."reliability" OR NEW."reason" IS DISTINCT FROM OLD."reason" OR NEW."judged_at" IS DISTINCT FROM OLD."judged_at" OR NEW."judged_by_id" IS DISTINCT FROM OLD."judged_by_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='53cbcddb6c879debeed58094bda84cdb327cdc33', operation='UPDATE OR DELETE', pgid='pgtrigger_publisher_judgements_are_append_only_972fe', table='sources_publisherjudgement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publisherjudgement',
            trigger=pgtrigger.compiler.Trigger(name='publisher_judgements_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='8823e473a53fba24925deef182efa5f192d5fc3d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_publisher_judgements_are_never_truncated_b50a4', table='sources_publisherjudgement', when='BEFORE')),
        ),
    ]
