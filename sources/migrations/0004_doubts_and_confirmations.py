"""Keep with a text, and with the grading of a quote, what only a person can settle; keep who did.

Whether a quote is verified is a column of it from here on; `0005_fill_verified_excerpts` fills it.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import sources.vocabulary
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0003_opened_sources'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('gap', 'Words left out'), ('raised-figure', 'Raised figure'), ('line-end-hyphen', "Hyphen at a line's end"), ('hidden', 'Hidden words'), ('gibberish', 'Unreadable letters')], max_length=20)),
                ('number', models.PositiveIntegerField()),
                ('sha256', models.CharField(db_collation='C', max_length=64)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('confirmed_at', models.DateTimeField(verbose_name='confirmed at')),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='excerpt',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='excerpt',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='excerpt',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='excerptevent',
            name='excerpts_events_are_append_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grading',
            name='gradings_are_append_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='textlayer',
            name='text_layers_are_append_only',
        ),
        migrations.RemoveConstraint(
            model_name='grading',
            name='verified words have a place in a text layer',
        ),
        migrations.AddField(
            model_name='excerpt',
            name='is_verified',
            field=models.BooleanField(default=False, verbose_name='verified'),
        ),
        migrations.AddField(
            model_name='excerptevent',
            name='is_verified',
            field=models.BooleanField(default=False, verbose_name='verified'),
        ),
        migrations.AddField(
            model_name='grading',
            name='doubts',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='textlayer',
            name='completeness',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='textlayer',
            name='doubts',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='excerptevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='id_grade_is_verified_translation_translated_by_translation_method_events', to='sources.excerpt'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='excerpt',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_excerptevent" ("grade", "id", "is_verified", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "translated_by", "translation", "translation_method") VALUES (NEW."grade", NEW."id", NEW."is_verified", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."translated_by", NEW."translation", NEW."translation_method"); RETURN NULL;', hash='a456b956336ca2dff2ac622535f050aa22c741bc', operation='INSERT', pgid='pgtrigger_insert_insert_69581', table='sources_excerpt', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='excerpt',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."grade" IS DISTINCT FROM (NEW."grade") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_verified" IS DISTINCT FROM (NEW."is_verified") OR OLD."translated_by" IS DISTINCT FROM (NEW."translated_by") OR OLD."translation" IS DISTINCT FROM (NEW."translation") OR OLD."translation_method" IS DISTINCT FROM (NEW."translation_method"))', func='INSERT INTO "sources_excerptevent" ("grade", "id", "is_verified", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "translated_by", "translation", "translation_method") VALUES (NEW."grade", NEW."id", NEW."is_verified", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."translated_by", NEW."translation", NEW."translation_method"); RETURN NULL;', hash='b5aa9ffd6d0be6a64bd6bdbfd12d13caa8703b25', operation='UPDATE', pgid='pgtrigger_update_update_540f9', table='sources_excerpt', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='excerpt',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_excerptevent" ("grade", "id", "is_verified", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "translated_by", "translation", "translation_method") VALUES (OLD."grade", OLD."id", OLD."is_verified", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."translated_by", OLD."translation", OLD."translation_method"); RETURN NULL;', hash='27ff4e428acbd4f3aa7a423970b24627a0b41cf4', operation='DELETE', pgid='pgtrigger_delete_delete_f2050', table='sources_excerpt', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='excerptevent',
            trigger=pgtrigger.compiler.Trigger(name='excerpts_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."grade" IS DISTINCT FROM OLD."grade" OR NEW."is_verified" IS DISTINCT FROM OLD."is_verified" OR NEW."translated_by" IS DISTINCT FROM OLD."translated_by" OR NEW."translation_method" IS DISTINCT FROM OLD."translation_method") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."translation" IS DISTINCT FROM OLD."translation") THEN IF (COALESCE(NEW."translation"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."pgh_id")) THEN RAISE EXCEPTION \'A row of % keeps its translation unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;', hash='b0f68fc4d06f61c87171fb999c10194c23b48a56', operation='UPDATE OR DELETE', pgid='pgtrigger_excerpts_events_are_append_only_ac25a', table='sources_excerptevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grading',
            trigger=pgtrigger.compiler.Trigger(name='gradings_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."excerpt_id" IS DISTINCT FROM OLD."excerpt_id" OR NEW."layer_id" IS DISTINCT FROM OLD."layer_id" OR NEW."grade" IS DISTINCT FROM OLD."grade" OR NEW."score" IS DISTINCT FROM OLD."score" OR NEW."start" IS DISTINCT FROM OLD."start" OR NEW."end" IS DISTINCT FROM OLD."end" OR NEW."places" IS DISTINCT FROM OLD."places" OR NEW."doubts" IS DISTINCT FROM OLD."doubts" OR NEW."graded_at" IS DISTINCT FROM OLD."graded_at" OR NEW."chosen_by_id" IS DISTINCT FROM OLD."chosen_by_id" OR NEW."found_in_id" IS DISTINCT FROM OLD."found_in_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."passed_over" IS DISTINCT FROM OLD."passed_over") THEN IF (COALESCE(NEW."passed_over"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its passed_over unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;', hash='ae4193a2535fe1829e1a68eb5b0a7d3b1ef2e9f9', operation='UPDATE OR DELETE', pgid='pgtrigger_gradings_are_append_only_a58ef', table='sources_grading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='textlayer',
            trigger=pgtrigger.compiler.Trigger(name='text_layers_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."blob_id" IS DISTINCT FROM OLD."blob_id" OR NEW."extractor" IS DISTINCT FROM OLD."extractor" OR NEW."version" IS DISTINCT FROM OLD."version" OR NEW."text_sha256" IS DISTINCT FROM OLD."text_sha256" OR NEW."pages" IS DISTINCT FROM OLD."pages" OR NEW."apparatus" IS DISTINCT FROM OLD."apparatus" OR NEW."doubts" IS DISTINCT FROM OLD."doubts") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."text" IS DISTINCT FROM OLD."text") THEN IF (COALESCE(NEW."text"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its text unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."metadata" IS DISTINCT FROM OLD."metadata") THEN IF (COALESCE(NEW."metadata"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its metadata unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."words" IS DISTINCT FROM OLD."words") THEN IF (COALESCE(NEW."words"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its words unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."completeness" IS DISTINCT FROM OLD."completeness") THEN IF (COALESCE(NEW."completeness"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its completeness unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;', hash='7b586d3dd78b32f8510bd0adfeb5e46d8d3f2266', operation='UPDATE OR DELETE', pgid='pgtrigger_text_layers_are_append_only_f4d90', table='sources_textlayer', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='excerpt',
            constraint=models.CheckConstraint(condition=models.Q(('is_verified', False), ('grade__in', [sources.vocabulary.Grade['EXACT'], sources.vocabulary.Grade['FOLDED'], sources.vocabulary.Grade['ELIDED']]), _connector='OR'), name='a verified excerpt has a place in a text'),
        ),
        migrations.AddConstraint(
            model_name='grading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('grade__in', [sources.vocabulary.Grade['EXACT'], sources.vocabulary.Grade['FOLDED'], sources.vocabulary.Grade['ELIDED']]), _negated=True), models.Q(('layer__isnull', False), ('start__isnull', False)), _connector='OR'), name='located words have a place in a text layer'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='confirmed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='excerpt',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='sources.excerpt'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='layer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='sources.textlayer'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [sources.vocabulary.DoubtKind['GAP'], sources.vocabulary.DoubtKind['RAISED_FIGURE'], sources.vocabulary.DoubtKind['LINE_END_HYPHEN'], sources.vocabulary.DoubtKind['HIDDEN'], sources.vocabulary.DoubtKind['GIBBERISH']])), name='the kind of a confirmed doubt is a known kind'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='a confirmed doubt starts before it ends'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(fields=('excerpt', 'kind', 'number', 'sha256'), name='a doubt about a quote is confirmed once for the same words'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmation',
            trigger=pgtrigger.compiler.Trigger(name='confirmations_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."excerpt_id" IS DISTINCT FROM OLD."excerpt_id" OR NEW."kind" IS DISTINCT FROM OLD."kind" OR NEW."number" IS DISTINCT FROM OLD."number" OR NEW."sha256" IS DISTINCT FROM OLD."sha256" OR NEW."layer_id" IS DISTINCT FROM OLD."layer_id" OR NEW."start" IS DISTINCT FROM OLD."start" OR NEW."end" IS DISTINCT FROM OLD."end" OR NEW."confirmed_at" IS DISTINCT FROM OLD."confirmed_at" OR NEW."confirmed_by_id" IS DISTINCT FROM OLD."confirmed_by_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."note" IS DISTINCT FROM OLD."note") THEN IF (COALESCE(NEW."note"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its note unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;', hash='46b510f5788b8e9b3d72147fe3c30bd57c38c2e5', operation='UPDATE OR DELETE', pgid='pgtrigger_confirmations_are_append_only_19f29', table='sources_confirmation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmation',
            trigger=pgtrigger.compiler.Trigger(name='confirmations_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='6aba8ca279c0bd7112b95204796d4e395305b0cf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_confirmations_are_never_truncated_6ba80', table='sources_confirmation', when='BEFORE')),
        ),
    ]
