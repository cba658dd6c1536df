"""The tables of what is published, kept and quoted.

One line is one column, constraint, index or trigger; no formatter touches this folder.
"""

from django.conf import settings
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
from django.db import migrations, models
import django.db.models.constraints
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import sources.models.trigger_operations


class Migration(migrations.Migration):
    initial = True
    dependencies = [('factbase', '0001_tables')]

    operations = [
        migrations.CreateModel(
            name='Publisher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(db_collation='C', max_length=300, unique=True, verbose_name='name')),
                ('kind', models.CharField(choices=[('government', 'Government'), ('intergovernmental', 'Intergovernmental organisation'), ('news', 'News organisation'), ('research', 'Research institute'), ('company', 'Company'), ('academic', 'Academic publisher'), ('civil', 'Civil society'), ('other', 'Other')], default='other', max_length=20, verbose_name='kind')),
                ('country', models.CharField(blank=True, help_text='Two letters of ISO 3166-1.', max_length=2, verbose_name='country')),
                ('reliability', models.CharField(choices=[('A', 'A – completely reliable'), ('B', 'B – usually reliable'), ('C', 'C – fairly reliable'), ('D', 'D – not usually reliable'), ('E', 'E – unreliable'), ('F', 'F – not yet judged')], default='F', max_length=1, verbose_name='reliability')),
                ('reliability_reason', models.TextField(blank=True, verbose_name='reason for the reliability')),
            ],
            options={
                'verbose_name': 'publisher',
                'verbose_name_plural': 'publishers',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['government', 'intergovernmental', 'news', 'research', 'company', 'academic', 'civil', 'other'])), name='the kind of a publisher is a known kind'),
                    models.CheckConstraint(condition=models.Q(('reliability__in', ['A', 'B', 'C', 'D', 'E', 'F'])), name='the reliability of a publisher is a letter A–F'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_publisherevent" ("country", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reliability", "reliability_reason") VALUES (NEW."country", NEW."id", NEW."kind", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reliability", NEW."reliability_reason"); RETURN NULL;', hash='55fce977473cfea1c5cab4413d9b1e0869c13d50', operation='INSERT', pgid='pgtrigger_insert_insert_30d8f', table='sources_publisher', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_publisherevent" ("country", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reliability", "reliability_reason") VALUES (NEW."country", NEW."id", NEW."kind", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reliability", NEW."reliability_reason"); RETURN NULL;', hash='3d6f62fd451a36b3a3bf99c898e547e2464d6b9d', operation='UPDATE', pgid='pgtrigger_update_update_7ed41', table='sources_publisher', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_publisherevent" ("country", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reliability", "reliability_reason") VALUES (OLD."country", OLD."id", OLD."kind", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reliability", OLD."reliability_reason"); RETURN NULL;', hash='0057c3b55a904a8bac2e3035d53ddca68857599a', operation='DELETE', pgid='pgtrigger_delete_delete_0df59', table='sources_publisher', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(db_collation='C', max_length=100, unique=True, verbose_name='key')),
                ('type', models.CharField(max_length=40, verbose_name='type')),
                ('title', models.TextField(verbose_name='title')),
                ('authors', models.JSONField(blank=True, default=list, verbose_name='authors')),
                ('publisher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='sources.publisher', verbose_name='publisher')),
                ('container', models.TextField(blank=True, verbose_name='container')),
                ('issued', models.CharField(blank=True, max_length=60, verbose_name='issued')),
                ('issued_days', django.contrib.postgres.fields.ranges.DateRangeField(blank=True, null=True, verbose_name='days it was issued')),
                ('url', models.TextField(blank=True, verbose_name='address')),
                ('doi', models.CharField(blank=True, max_length=200, verbose_name='DOI')),
                ('isbn', models.CharField(blank=True, max_length=40, verbose_name='ISBN')),
                ('language', models.CharField(blank=True, max_length=35, verbose_name='language')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='number')),
                ('csl', models.JSONField(verbose_name='CSL-JSON')),
                ('rights', models.CharField(choices=[('excerpts', 'Excerpts'), ('whole', 'Whole text')], default='excerpts', max_length=10, verbose_name='rights')),
                ('access', models.CharField(choices=[('public', 'Public'), ('staff', 'Staff'), ('named', 'Named persons')], default='public', max_length=10, verbose_name='access')),
                ('public_descriptor', models.CharField(blank=True, help_text='Stands for a confidential source wherever the public reads.', max_length=300, verbose_name='public descriptor')),
                ('standing', models.CharField(choices=[('current', 'Current'), ('corrected', 'Corrected'), ('superseded', 'Superseded'), ('retracted', 'Retracted'), ('withdrawn', 'Withdrawn')], default='current', max_length=12, verbose_name='standing')),
                ('standing_on', models.DateField(blank=True, null=True, verbose_name='standing since')),
                ('standing_reason', models.TextField(blank=True, verbose_name='reason for the standing')),
                ('standing_passages', models.JSONField(blank=True, default=list, help_text='The words that a correction names; without any, the whole source.', verbose_name='passages it is about')),
                ('search_text', models.TextField(default='', editable=False)),
            ],
            options={
                'verbose_name': 'source',
                'verbose_name_plural': 'sources',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('key__regex', '^[A-Za-z0-9][A-Za-z0-9_-]*$')), name='the key of a source is a slug'),
                    models.CheckConstraint(condition=models.Q(('rights__in', ['excerpts', 'whole'])), name='the rights in a source are known rights'),
                    models.CheckConstraint(condition=models.Q(('access__in', ['public', 'staff', 'named'])), name='the access to a source is a known access'),
                    models.CheckConstraint(condition=models.Q(('standing__in', ['current', 'corrected', 'superseded', 'retracted', 'withdrawn'])), name='the standing of a source is a known standing'),
                    models.CheckConstraint(condition=models.Q(('access', 'public'), models.Q(('public_descriptor', ''), _negated=True), _connector='OR'), name='a confidential source has a public descriptor'),
                    models.CheckConstraint(condition=models.Q(('standing', 'current'), models.Q(('standing_on__isnull', False), models.Q(('standing_reason', ''), _negated=True)), _connector='OR'), name='a changed standing has a date and a reason'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='sources_are_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never deleted.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='57612513dd01b14d521d82948931f704798b3890', operation='DELETE', pgid='pgtrigger_sources_are_never_deleted_c5bb4', table='sources_source', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='sources_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='cf741638462399243b9699b27f534fa06a14201f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_sources_are_never_truncated_a8ac2', table='sources_source', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='sources_keep_their_key', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (NEW."key" IS DISTINCT FROM OLD."key") THEN RAISE EXCEPTION \'A row of % keeps its key.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='cf7f24536134be05d06f8ac2704bf4711a715076', operation='UPDATE', pgid='pgtrigger_sources_keep_their_key_b850d', table='sources_source', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_sourceevent" ("access", "authors", "container", "csl", "doi", "id", "isbn", "issued", "issued_days", "key", "language", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_descriptor", "publisher_id", "rights", "search_text", "standing", "standing_on", "standing_passages", "standing_reason", "title", "type", "url") VALUES (NEW."access", NEW."authors", NEW."container", NEW."csl", NEW."doi", NEW."id", NEW."isbn", NEW."issued", NEW."issued_days", NEW."key", NEW."language", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_descriptor", NEW."publisher_id", NEW."rights", NEW."search_text", NEW."standing", NEW."standing_on", NEW."standing_passages", NEW."standing_reason", NEW."title", NEW."type", NEW."url"); RETURN NULL;', hash='3db5036b63509ea35946c3eb0013fb0f6131ce17', operation='INSERT', pgid='pgtrigger_insert_insert_c3ed3', table='sources_source', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_sourceevent" ("access", "authors", "container", "csl", "doi", "id", "isbn", "issued", "issued_days", "key", "language", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_descriptor", "publisher_id", "rights", "search_text", "standing", "standing_on", "standing_passages", "standing_reason", "title", "type", "url") VALUES (NEW."access", NEW."authors", NEW."container", NEW."csl", NEW."doi", NEW."id", NEW."isbn", NEW."issued", NEW."issued_days", NEW."key", NEW."language", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_descriptor", NEW."publisher_id", NEW."rights", NEW."search_text", NEW."standing", NEW."standing_on", NEW."standing_passages", NEW."standing_reason", NEW."title", NEW."type", NEW."url"); RETURN NULL;', hash='4da1f8f5ceb2b688dfc69d5151ba25c9aa60ae64', operation='UPDATE', pgid='pgtrigger_update_update_e6185', table='sources_source', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_sourceevent" ("access", "authors", "container", "csl", "doi", "id", "isbn", "issued", "issued_days", "key", "language", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_descriptor", "publisher_id", "rights", "search_text", "standing", "standing_on", "standing_passages", "standing_reason", "title", "type", "url") VALUES (OLD."access", OLD."authors", OLD."container", OLD."csl", OLD."doi", OLD."id", OLD."isbn", OLD."issued", OLD."issued_days", OLD."key", OLD."language", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_descriptor", OLD."publisher_id", OLD."rights", OLD."search_text", OLD."standing", OLD."standing_on", OLD."standing_passages", OLD."standing_reason", OLD."title", OLD."type", OLD."url"); RETURN NULL;', hash='093abbb9470f12c963ebb977cc4276b9b705d057', operation='DELETE', pgid='pgtrigger_delete_delete_fde77', table='sources_source', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='SourceOrigin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='origin_ties', to='sources.source')),
                ('origin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='derived_ties', to='sources.source')),
                ('kind', models.CharField(choices=[('reprint', 'Reprint'), ('translation', 'Translation'), ('wire', 'Wire copy'), ('press-release', 'Press release'), ('digest', 'Digest')], max_length=15, verbose_name='kind')),
            ],
            options={
                'verbose_name': 'origin',
                'verbose_name_plural': 'origins',
                'constraints': [
                    models.UniqueConstraint(fields=('source', 'origin'), name='a source names an origin once'),
                    models.CheckConstraint(condition=models.Q(('source', models.F('origin')), _negated=True), name='a source is not its own origin'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['reprint', 'translation', 'wire', 'press-release', 'digest'])), name='the kind of an origin is a known kind'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='origins_never_run_in_a_circle', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM pg_advisory_xact_lock(7301447201); IF (EXISTS (WITH RECURSIVE above (id) AS (SELECT NEW.origin_id UNION SELECT tie.origin_id FROM sources_sourceorigin tie JOIN above ON tie.source_id = above.id WHERE tie.id <> NEW.id) SELECT FROM above WHERE above.id = NEW.source_id)) THEN RAISE EXCEPTION 'A row of % never leads back to its source.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;", hash='51564485bea2d060eb5d5821a5a5e06c047f9ed0', operation='INSERT OR UPDATE', pgid='pgtrigger_origins_never_run_in_a_circle_40118', table='sources_sourceorigin', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_sourceoriginevent" ("id", "kind", "origin_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id") VALUES (NEW."id", NEW."kind", NEW."origin_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."source_id"); RETURN NULL;', hash='dcb8278af9d665f5acab5ae01f2b2b7448da0976', operation='INSERT', pgid='pgtrigger_insert_insert_709c0', table='sources_sourceorigin', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_sourceoriginevent" ("id", "kind", "origin_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id") VALUES (NEW."id", NEW."kind", NEW."origin_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."source_id"); RETURN NULL;', hash='1fdaebbf8e2ba4b75f8b8d01d61966cf5a063ace', operation='UPDATE', pgid='pgtrigger_update_update_cdf01', table='sources_sourceorigin', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_sourceoriginevent" ("id", "kind", "origin_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id") VALUES (OLD."id", OLD."kind", OLD."origin_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."source_id"); RETURN NULL;', hash='e7651f626bcf07de59ad08f82bc91a795ff25739', operation='DELETE', pgid='pgtrigger_delete_delete_3ec87', table='sources_sourceorigin', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='SourceReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reader_ties', to='sources.source')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('source', 'reader'), name='a source names a reader once'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_sourcereaderevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "source_id") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reader_id", NEW."source_id"); RETURN NULL;', hash='63507d64f43999b4246d6faae6317d197e9d24f1', operation='INSERT', pgid='pgtrigger_insert_insert_53177', table='sources_sourcereader', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_sourcereaderevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "source_id") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reader_id", NEW."source_id"); RETURN NULL;', hash='7923ac8f505b52fdc34b9ead1337266c527eda79', operation='UPDATE', pgid='pgtrigger_update_update_0e6c2', table='sources_sourcereader', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_sourcereaderevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "source_id") VALUES (OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reader_id", OLD."source_id"); RETURN NULL;', hash='49b56cacb2129e484f52613ec2bcde879b9b3186', operation='DELETE', pgid='pgtrigger_delete_delete_84926', table='sources_sourcereader', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(db_collation='C', max_length=100, unique=True, verbose_name='key')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('key__regex', '^[A-Za-z0-9][A-Za-z0-9_-]*$')), name='the key of a series is a slug'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='series_keep_their_key', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (NEW."key" IS DISTINCT FROM OLD."key") THEN RAISE EXCEPTION \'A row of % keeps its key.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='94bd49e704fd37791ed7bdb265298d9f740c0d15', operation='UPDATE', pgid='pgtrigger_series_keep_their_key_18652', table='sources_series', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_seriesevent" ("id", "key", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."id", NEW."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;', hash='d58ebb3b30c4d50541f104e2c873b224184addd5', operation='INSERT', pgid='pgtrigger_insert_insert_be260', table='sources_series', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_seriesevent" ("id", "key", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."id", NEW."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;', hash='7776bcb2339536577a9dda7f44ad9ab11c2f4749', operation='UPDATE', pgid='pgtrigger_update_update_41a44', table='sources_series', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_seriesevent" ("id", "key", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."id", OLD."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."title"); RETURN NULL;', hash='ed80868ed144dcf31e3afb3dab402ddcb7b0ed22', operation='DELETE', pgid='pgtrigger_delete_delete_673fd', table='sources_series', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='SeriesMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='sources.series')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='sources.source')),
                ('position', models.PositiveIntegerField(verbose_name='position')),
            ],
            options={
                'verbose_name': 'member of a series',
                'verbose_name_plural': 'members of a series',
                'constraints': [
                    models.UniqueConstraint(fields=('series', 'source'), name='a series names a source once'),
                    models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('series', 'position'), name='a place in a series is taken once'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_seriesmemberevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "series_id", "source_id") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."series_id", NEW."source_id"); RETURN NULL;', hash='f5dbd2b94483d9aab9028936cc47560b3767e4d3', operation='INSERT', pgid='pgtrigger_insert_insert_c91fb', table='sources_seriesmember', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_seriesmemberevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "series_id", "source_id") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."series_id", NEW."source_id"); RETURN NULL;', hash='401ca578bca0a4ab947e01ca2f29b2502beda321', operation='UPDATE', pgid='pgtrigger_update_update_64d99', table='sources_seriesmember', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_seriesmemberevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "series_id", "source_id") VALUES (OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."series_id", OLD."source_id"); RETURN NULL;', hash='bb588011237dd743df6ac38cbb2e5dce77b3e132', operation='DELETE', pgid='pgtrigger_delete_delete_c9f05', table='sources_seriesmember', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Blob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(db_collation='C', max_length=64, unique=True)),
                ('size', models.BigIntegerField(verbose_name='size in bytes')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='the hash of a blob is a SHA-256 in small hex digits'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='blobs_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."sha256" IS DISTINCT FROM OLD."sha256" OR NEW."size" IS DISTINCT FROM OLD."size") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='09fdd622102937eebdfee62373eeee74e5ec8d7b', operation='UPDATE OR DELETE', pgid='pgtrigger_blobs_are_append_only_71500', table='sources_blob', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='blobs_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='b072a3c0d616a7c277616b7162e9402448e3746a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_blobs_are_never_truncated_528bf', table='sources_blob', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Capture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='captures', to='sources.source')),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='captures', to='sources.blob')),
                ('media_type', models.CharField(max_length=120, verbose_name='media type')),
                ('file_name', models.CharField(blank=True, max_length=255, verbose_name='file name')),
                ('captured_at', models.DateTimeField(verbose_name='captured at')),
                ('captured_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='captured by')),
                ('kept_at', models.DateTimeField(blank=True, null=True, verbose_name='kept at')),
                ('fetched_from', models.TextField(blank=True, verbose_name='fetched from')),
                ('archive_url', models.TextField(blank=True, verbose_name='archived at')),
                ('response', models.JSONField(blank=True, default=dict, verbose_name='answer of the server')),
                ('page_label_offset', models.IntegerField(blank=True, help_text="What to add to a page's index to get the printed page number.", null=True, verbose_name='page label offset')),
            ],
            options={
                'verbose_name': 'capture',
                'verbose_name_plural': 'captures',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('captured_at__lte', models.F('kept_at'))), name='a record of an archive is fixed before it is kept'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='captures_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."source_id" IS DISTINCT FROM OLD."source_id" OR NEW."blob_id" IS DISTINCT FROM OLD."blob_id" OR NEW."media_type" IS DISTINCT FROM OLD."media_type" OR NEW."captured_at" IS DISTINCT FROM OLD."captured_at" OR NEW."captured_by_id" IS DISTINCT FROM OLD."captured_by_id" OR NEW."kept_at" IS DISTINCT FROM OLD."kept_at") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."page_label_offset" IS NOT NULL AND NEW."page_label_offset" IS DISTINCT FROM OLD."page_label_offset") THEN RAISE EXCEPTION \'A row of % keeps its page_label_offset once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."file_name" IS DISTINCT FROM OLD."file_name") THEN IF (COALESCE(NEW."file_name"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its file_name unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."fetched_from" IS DISTINCT FROM OLD."fetched_from") THEN IF (COALESCE(NEW."fetched_from"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its fetched_from unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."archive_url" IS DISTINCT FROM OLD."archive_url") THEN IF (COALESCE(NEW."archive_url"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its archive_url unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."response" IS DISTINCT FROM OLD."response") THEN IF (COALESCE(NEW."response"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its response unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;', hash='784e5137a9119eee060a3616f522e6e29919a049', operation='UPDATE OR DELETE', pgid='pgtrigger_captures_are_append_only_70f93', table='sources_capture', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='captures_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='cc057dd0ca20dfa311ed53056a0c3be01f36f9b5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_captures_are_never_truncated_f6c62', table='sources_capture', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='TextLayer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='layers', to='sources.blob')),
                ('extractor', models.CharField(max_length=60)),
                ('version', models.CharField(max_length=40)),
                ('text', models.TextField()),
                ('text_sha256', models.CharField(db_collation='C', max_length=64)),
                ('pages', models.JSONField(default=list)),
                ('apparatus', models.JSONField(default=list)),
                ('metadata', models.JSONField(default=dict)),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('is_current', models.BooleanField(default=True)),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(condition=models.Q(('is_current', True)), fastupdate=False, fields=['words'], name='current_texts_by_words'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('blob', 'extractor', 'version'), name="an extractor's version draws one text from a blob"),
                    models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('blob',), name='a blob has one current text layer'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='text_layers_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."blob_id" IS DISTINCT FROM OLD."blob_id" OR NEW."extractor" IS DISTINCT FROM OLD."extractor" OR NEW."version" IS DISTINCT FROM OLD."version" OR NEW."text_sha256" IS DISTINCT FROM OLD."text_sha256" OR NEW."pages" IS DISTINCT FROM OLD."pages" OR NEW."apparatus" IS DISTINCT FROM OLD."apparatus") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."text" IS DISTINCT FROM OLD."text") THEN IF (COALESCE(NEW."text"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its text unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."metadata" IS DISTINCT FROM OLD."metadata") THEN IF (COALESCE(NEW."metadata"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its metadata unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."words" IS DISTINCT FROM OLD."words") THEN IF (COALESCE(NEW."words"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its words unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;', hash='cb3c088bf55918633c0bf6b7c694d4d729b77c65', operation='UPDATE OR DELETE', pgid='pgtrigger_text_layers_are_append_only_f4d90', table='sources_textlayer', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='text_layers_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='ceca23139a1d9a6f3331cdc85b1281f4cfcd4eeb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_text_layers_are_never_truncated_1df05', table='sources_textlayer', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Extraction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extractions', to='sources.capture')),
                ('extractor', models.CharField(max_length=60)),
                ('version', models.CharField(max_length=40)),
                ('extracted_at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('text', 'Text'), ('no-text', 'No text layer'), ('error', 'Error')], max_length=10)),
                ('message', models.TextField(blank=True)),
                ('layer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='extractions', to='sources.textlayer')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('outcome__in', ['text', 'no-text', 'error'])), name='the outcome of an extraction is a known outcome'),
                    models.CheckConstraint(condition=models.Q(models.Q(('layer__isnull', False), ('outcome', 'text')), models.Q(models.Q(('outcome', 'text'), _negated=True), ('layer__isnull', True)), _connector='OR'), name='an extraction has a layer exactly when it drew text'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='extractions_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."capture_id" IS DISTINCT FROM OLD."capture_id" OR NEW."extractor" IS DISTINCT FROM OLD."extractor" OR NEW."version" IS DISTINCT FROM OLD."version" OR NEW."extracted_at" IS DISTINCT FROM OLD."extracted_at" OR NEW."outcome" IS DISTINCT FROM OLD."outcome" OR NEW."layer_id" IS DISTINCT FROM OLD."layer_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."message" IS DISTINCT FROM OLD."message") THEN IF (COALESCE(NEW."message"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its message unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;', hash='fedc536d550397847937e150f22b6a2219c994df', operation='UPDATE OR DELETE', pgid='pgtrigger_extractions_are_append_only_156c1', table='sources_extraction', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='extractions_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='c568bae27c2855dc89f1f3736a42ce5c2b93a182', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_extractions_are_never_truncated_e643f', table='sources_extraction', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Excerpt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='excerpts', to='sources.source', verbose_name='source')),
                ('exact', models.TextField(verbose_name='quote')),
                ('prefix', models.TextField(blank=True, verbose_name='words before')),
                ('suffix', models.TextField(blank=True, verbose_name='words after')),
                ('locator', models.CharField(blank=True, help_text='For citations: p. 4, fn. 5, 00:12:30.', max_length=60, verbose_name='locator')),
                ('page', models.PositiveIntegerField(blank=True, null=True, verbose_name='page index')),
                ('language', models.CharField(blank=True, max_length=35, verbose_name='language')),
                ('translation', models.TextField(blank=True, verbose_name='translation')),
                ('translated_by', models.CharField(blank=True, max_length=120, verbose_name='translated by')),
                ('translation_method', models.CharField(blank=True, choices=[('human', 'By a person'), ('machine', 'By machine'), ('revised', 'By machine, revised by a person')], max_length=10, verbose_name='translation method')),
                ('grade', models.CharField(choices=[('exact', 'Exact'), ('folded', 'Same words'), ('elided', 'Shortened'), ('ambiguous', 'Several places'), ('unlocated', 'Not located'), ('drifted', 'Differs'), ('elsewhere', 'Elsewhere'), ('missing', 'Not found')], max_length=10, verbose_name='grade')),
                ('created_at', models.DateTimeField(verbose_name='quoted at')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='quoted by')),
            ],
            options={
                'verbose_name': 'excerpt',
                'verbose_name_plural': 'excerpts',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('grade__in', ['exact', 'folded', 'elided', 'ambiguous', 'unlocated', 'drifted', 'elsewhere', 'missing'])), name='the grade of an excerpt is a known grade'),
                    models.UniqueConstraint(models.F('source'), models.Func(models.F('exact'), function='md5'), models.F('locator'), models.F('prefix'), models.F('suffix'), condition=models.Q(('exact', ''), _negated=True), name='a source has an excerpt of the same words and place once'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='excerpts_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."source_id" IS DISTINCT FROM OLD."source_id" OR NEW."locator" IS DISTINCT FROM OLD."locator" OR NEW."page" IS DISTINCT FROM OLD."page" OR NEW."language" IS DISTINCT FROM OLD."language" OR NEW."created_at" IS DISTINCT FROM OLD."created_at" OR NEW."created_by_id" IS DISTINCT FROM OLD."created_by_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."exact" IS DISTINCT FROM OLD."exact") THEN IF (COALESCE(NEW."exact"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its exact unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."prefix" IS DISTINCT FROM OLD."prefix") THEN IF (COALESCE(NEW."prefix"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its prefix unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."suffix" IS DISTINCT FROM OLD."suffix") THEN IF (COALESCE(NEW."suffix"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its suffix unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;', hash='8db5c2c93840edc9826e55961374b391a2d0ffe5', operation='UPDATE OR DELETE', pgid='pgtrigger_excerpts_are_append_only_64002', table='sources_excerpt', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='excerpts_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='c5c9e1a061b5dc68f07c7519b5d538c82b8882a0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_excerpts_are_never_truncated_f5c75', table='sources_excerpt', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_excerptevent" ("grade", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "translated_by", "translation", "translation_method") VALUES (NEW."grade", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."translated_by", NEW."translation", NEW."translation_method"); RETURN NULL;', hash='c10e795d2a3c066c092971242b09c637ed9881c4', operation='INSERT', pgid='pgtrigger_insert_insert_69581', table='sources_excerpt', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."grade" IS DISTINCT FROM (NEW."grade") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."translated_by" IS DISTINCT FROM (NEW."translated_by") OR OLD."translation" IS DISTINCT FROM (NEW."translation") OR OLD."translation_method" IS DISTINCT FROM (NEW."translation_method"))', func='INSERT INTO "sources_excerptevent" ("grade", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "translated_by", "translation", "translation_method") VALUES (NEW."grade", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."translated_by", NEW."translation", NEW."translation_method"); RETURN NULL;', hash='5031627b1e0b5ee5220f9a1c0ebee70fd332acda', operation='UPDATE', pgid='pgtrigger_update_update_540f9', table='sources_excerpt', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_excerptevent" ("grade", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "translated_by", "translation", "translation_method") VALUES (OLD."grade", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."translated_by", OLD."translation", OLD."translation_method"); RETURN NULL;', hash='04eeba3e5a5cc49eff756705c9ed53566b6c45bb', operation='DELETE', pgid='pgtrigger_delete_delete_f2050', table='sources_excerpt', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Grading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('excerpt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gradings', to='sources.excerpt')),
                ('layer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gradings', to='sources.textlayer')),
                ('grade', models.CharField(choices=[('exact', 'Exact'), ('folded', 'Same words'), ('elided', 'Shortened'), ('ambiguous', 'Several places'), ('unlocated', 'Not located'), ('drifted', 'Differs'), ('elsewhere', 'Elsewhere'), ('missing', 'Not found')], max_length=10)),
                ('score', models.FloatField(blank=True, null=True)),
                ('start', models.PositiveIntegerField(blank=True, null=True)),
                ('end', models.PositiveIntegerField(blank=True, null=True)),
                ('places', models.JSONField(blank=True, default=list)),
                ('passed_over', models.JSONField(blank=True, default=list)),
                ('graded_at', models.DateTimeField()),
                ('chosen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('found_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='found_gradings', to='sources.source')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('grade__in', ['exact', 'folded', 'elided', 'ambiguous', 'unlocated', 'drifted', 'elsewhere', 'missing'])), name='the grade of a grading is a known grade'),
                    models.CheckConstraint(condition=models.Q(models.Q(('end__isnull', True), ('start__isnull', True)), models.Q(('end__gt', models.F('start')), ('start__isnull', False)), _connector='OR'), name="a grading's place starts before it ends"),
                    models.CheckConstraint(condition=models.Q(models.Q(('grade__in', ['exact', 'folded', 'elided']), _negated=True), models.Q(('layer__isnull', False), ('start__isnull', False)), _connector='OR'), name='verified words have a place in a text layer'),
                    models.CheckConstraint(condition=models.Q(models.Q(('grade', 'unlocated'), _negated=True), ('layer__isnull', True), _connector='OR'), name='only without a text layer are words not located'),
                    models.CheckConstraint(condition=models.Q(models.Q(('found_in__isnull', False), ('grade', 'elsewhere')), models.Q(models.Q(('grade', 'elsewhere'), _negated=True), ('found_in__isnull', True)), _connector='OR'), name='words found elsewhere name the source that has them'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='gradings_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."excerpt_id" IS DISTINCT FROM OLD."excerpt_id" OR NEW."layer_id" IS DISTINCT FROM OLD."layer_id" OR NEW."grade" IS DISTINCT FROM OLD."grade" OR NEW."score" IS DISTINCT FROM OLD."score" OR NEW."start" IS DISTINCT FROM OLD."start" OR NEW."end" IS DISTINCT FROM OLD."end" OR NEW."places" IS DISTINCT FROM OLD."places" OR NEW."graded_at" IS DISTINCT FROM OLD."graded_at" OR NEW."chosen_by_id" IS DISTINCT FROM OLD."chosen_by_id" OR NEW."found_in_id" IS DISTINCT FROM OLD."found_in_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."passed_over" IS DISTINCT FROM OLD."passed_over") THEN IF (COALESCE(NEW."passed_over"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its passed_over unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;', hash='320a2c55dcd2d8f082fc4afc82d9b7a73aaa7972', operation='UPDATE OR DELETE', pgid='pgtrigger_gradings_are_append_only_a58ef', table='sources_grading', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='gradings_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='3554e8b9b4a8751099b7aecc21948eedbd0f1069', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_gradings_are_never_truncated_ca352', table='sources_grading', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Withholding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table_name', models.CharField(max_length=63)),
                ('row_id', models.BigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('reason', models.TextField()),
                ('administrator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withheld_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'withholding',
                'verbose_name_plural': 'withholdings',
                'constraints': [
                    models.UniqueConstraint(fields=('table_name', 'row_id'), name='a row is withheld once'),
                    models.CheckConstraint(condition=models.Q(('administrator', models.F('second_person')), _negated=True), name='two different people stand behind a withholding'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='withholdings_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."table_name" IS DISTINCT FROM OLD."table_name" OR NEW."row_id" IS DISTINCT FROM OLD."row_id" OR NEW."sha256" IS DISTINCT FROM OLD."sha256" OR NEW."reason" IS DISTINCT FROM OLD."reason" OR NEW."administrator_id" IS DISTINCT FROM OLD."administrator_id" OR NEW."second_person_id" IS DISTINCT FROM OLD."second_person_id" OR NEW."withheld_at" IS DISTINCT FROM OLD."withheld_at") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='3bd1a9a9d96dda82fdbe0d5f4777a364746cce79', operation='UPDATE OR DELETE', pgid='pgtrigger_withholdings_are_append_only_217eb', table='sources_withholding', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='withholdings_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='02370df32d5fda78f02b65699e566aab1671bb20', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_withholdings_are_never_truncated_1fb0e', table='sources_withholding', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='WithholdingRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table_name', models.CharField(max_length=63, verbose_name='table')),
                ('row_id', models.BigIntegerField(verbose_name='row')),
                ('reason', models.TextField(verbose_name='reason')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('requested_at', models.DateTimeField(verbose_name='asked at')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('is_carried_out', models.BooleanField(blank=True, null=True, verbose_name='carried out')),
            ],
            options={
                'verbose_name': 'request to withhold',
                'verbose_name_plural': 'requests to withhold',
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('table_name', 'row_id'), name='one request to withhold a row waits at a time'),
                    models.CheckConstraint(condition=models.Q(('requested_by', models.F('decided_by')), _negated=True), name='a second person decides on a request to withhold'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('is_carried_out__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('is_carried_out__isnull', False)), _connector='OR'), name='a decided request to withhold says by whom, when and how'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='withholding_requests_are_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never deleted.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='9b7895d1d4135b0803fc97ca27287a295a7c0704', operation='DELETE', pgid='pgtrigger_withholding_requests_are_never_deleted_3297a', table='sources_withholdingrequest', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='withholding_requests_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='b31862eacfca3fc2c6938693622a7ccbf58366a9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_withholding_requests_are_never_truncated_66eab', table='sources_withholdingrequest', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='requests_to_withhold_are_decided_once', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (OLD."decided_by_id" IS NOT NULL AND NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id") THEN RAISE EXCEPTION \'A row of % keeps its decided_by_id once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."decided_at" IS NOT NULL AND NEW."decided_at" IS DISTINCT FROM OLD."decided_at") THEN RAISE EXCEPTION \'A row of % keeps its decided_at once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."is_carried_out" IS NOT NULL AND NEW."is_carried_out" IS DISTINCT FROM OLD."is_carried_out") THEN RAISE EXCEPTION \'A row of % keeps its is_carried_out once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='14231be899c3af8e430e06c2d335564fb6c32ea4', operation='UPDATE', pgid='pgtrigger_requests_to_withhold_are_decided_once_91215', table='sources_withholdingrequest', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='requests_to_withhold_keep_what_they_ask', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (NEW."table_name" IS DISTINCT FROM OLD."table_name" OR NEW."row_id" IS DISTINCT FROM OLD."row_id" OR NEW."reason" IS DISTINCT FROM OLD."reason" OR NEW."requested_by_id" IS DISTINCT FROM OLD."requested_by_id" OR NEW."requested_at" IS DISTINCT FROM OLD."requested_at") THEN RAISE EXCEPTION \'A row of % keeps its table_name, row_id, reason, requested_by_id, requested_at.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='241cf44897bda15d07b4bdba9270c0547aae0a97', operation='UPDATE', pgid='pgtrigger_requests_to_withhold_keep_what_they_ask_17e3d', table='sources_withholdingrequest', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_withholdingrequestevent" ("decided_at", "decided_by_id", "id", "is_carried_out", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "row_id", "table_name") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."is_carried_out", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."requested_at", NEW."requested_by_id", NEW."row_id", NEW."table_name"); RETURN NULL;', hash='fb573bfd12b2112e0b9efb26aacc5ae098a04ab0', operation='INSERT', pgid='pgtrigger_insert_insert_094df', table='sources_withholdingrequest', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_withholdingrequestevent" ("decided_at", "decided_by_id", "id", "is_carried_out", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "row_id", "table_name") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."is_carried_out", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."requested_at", NEW."requested_by_id", NEW."row_id", NEW."table_name"); RETURN NULL;', hash='2cbfe1bb82e606e10ec23071f133868cb9959348', operation='UPDATE', pgid='pgtrigger_update_update_ab677', table='sources_withholdingrequest', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_withholdingrequestevent" ("decided_at", "decided_by_id", "id", "is_carried_out", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "row_id", "table_name") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."is_carried_out", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."requested_at", OLD."requested_by_id", OLD."row_id", OLD."table_name"); RETURN NULL;', hash='b41edc2f0082bda7fef037f9f412c90fab8ea3d4', operation='DELETE', pgid='pgtrigger_delete_delete_64559', table='sources_withholdingrequest', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='PublisherEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.publisher')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(db_collation='C', max_length=300, verbose_name='name')),
                ('kind', models.CharField(choices=[('government', 'Government'), ('intergovernmental', 'Intergovernmental organisation'), ('news', 'News organisation'), ('research', 'Research institute'), ('company', 'Company'), ('academic', 'Academic publisher'), ('civil', 'Civil society'), ('other', 'Other')], default='other', max_length=20, verbose_name='kind')),
                ('country', models.CharField(blank=True, help_text='Two letters of ISO 3166-1.', max_length=2, verbose_name='country')),
                ('reliability', models.CharField(choices=[('A', 'A – completely reliable'), ('B', 'B – usually reliable'), ('C', 'C – fairly reliable'), ('D', 'D – not usually reliable'), ('E', 'E – unreliable'), ('F', 'F – not yet judged')], default='F', max_length=1, verbose_name='reliability')),
                ('reliability_reason', models.TextField(blank=True, verbose_name='reason for the reliability')),
            ],
            options={
                'abstract': False,
                'triggers': [
                    pgtrigger.compiler.Trigger(name='publishers_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."name" IS DISTINCT FROM OLD."name" OR NEW."kind" IS DISTINCT FROM OLD."kind" OR NEW."country" IS DISTINCT FROM OLD."country" OR NEW."reliability" IS DISTINCT FROM OLD."reliability" OR NEW."reliability_reason" IS DISTINCT FROM OLD."reliability_reason") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='42bd2f5443086ea8d183d728d35a4c580837d1f7', operation='UPDATE OR DELETE', pgid='pgtrigger_publishers_events_are_append_only_01950', table='sources_publisherevent', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='publishers_events_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='23d7d180697d539d3d3a6151894c23ec51379727', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_publishers_events_are_never_truncated_3c688', table='sources_publisherevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='SourceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.source')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('key', models.SlugField(db_collation='C', db_index=False, max_length=100, verbose_name='key')),
                ('type', models.CharField(max_length=40, verbose_name='type')),
                ('title', models.TextField(verbose_name='title')),
                ('authors', models.JSONField(blank=True, default=list, verbose_name='authors')),
                ('publisher', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.publisher', verbose_name='publisher')),
                ('container', models.TextField(blank=True, verbose_name='container')),
                ('issued', models.CharField(blank=True, max_length=60, verbose_name='issued')),
                ('issued_days', django.contrib.postgres.fields.ranges.DateRangeField(blank=True, null=True, verbose_name='days it was issued')),
                ('url', models.TextField(blank=True, verbose_name='address')),
                ('doi', models.CharField(blank=True, max_length=200, verbose_name='DOI')),
                ('isbn', models.CharField(blank=True, max_length=40, verbose_name='ISBN')),
                ('language', models.CharField(blank=True, max_length=35, verbose_name='language')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='number')),
                ('csl', models.JSONField(verbose_name='CSL-JSON')),
                ('rights', models.CharField(choices=[('excerpts', 'Excerpts'), ('whole', 'Whole text')], default='excerpts', max_length=10, verbose_name='rights')),
                ('access', models.CharField(choices=[('public', 'Public'), ('staff', 'Staff'), ('named', 'Named persons')], default='public', max_length=10, verbose_name='access')),
                ('public_descriptor', models.CharField(blank=True, help_text='Stands for a confidential source wherever the public reads.', max_length=300, verbose_name='public descriptor')),
                ('standing', models.CharField(choices=[('current', 'Current'), ('corrected', 'Corrected'), ('superseded', 'Superseded'), ('retracted', 'Retracted'), ('withdrawn', 'Withdrawn')], default='current', max_length=12, verbose_name='standing')),
                ('standing_on', models.DateField(blank=True, null=True, verbose_name='standing since')),
                ('standing_reason', models.TextField(blank=True, verbose_name='reason for the standing')),
                ('standing_passages', models.JSONField(blank=True, default=list, help_text='The words that a correction names; without any, the whole source.', verbose_name='passages it is about')),
                ('search_text', models.TextField(default='', editable=False)),
            ],
            options={
                'abstract': False,
                'triggers': [
                    pgtrigger.compiler.Trigger(name='sources_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."key" IS DISTINCT FROM OLD."key" OR NEW."type" IS DISTINCT FROM OLD."type" OR NEW."title" IS DISTINCT FROM OLD."title" OR NEW."authors" IS DISTINCT FROM OLD."authors" OR NEW."publisher_id" IS DISTINCT FROM OLD."publisher_id" OR NEW."container" IS DISTINCT FROM OLD."container" OR NEW."issued" IS DISTINCT FROM OLD."issued" OR NEW."issued_days" IS DISTINCT FROM OLD."issued_days" OR NEW."url" IS DISTINCT FROM OLD."url" OR NEW."doi" IS DISTINCT FROM OLD."doi" OR NEW."isbn" IS DISTINCT FROM OLD."isbn" OR NEW."language" IS DISTINCT FROM OLD."language" OR NEW."number" IS DISTINCT FROM OLD."number" OR NEW."csl" IS DISTINCT FROM OLD."csl" OR NEW."rights" IS DISTINCT FROM OLD."rights" OR NEW."access" IS DISTINCT FROM OLD."access" OR NEW."public_descriptor" IS DISTINCT FROM OLD."public_descriptor" OR NEW."standing" IS DISTINCT FROM OLD."standing" OR NEW."standing_on" IS DISTINCT FROM OLD."standing_on" OR NEW."standing_reason" IS DISTINCT FROM OLD."standing_reason" OR NEW."search_text" IS DISTINCT FROM OLD."search_text") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."standing_passages" IS DISTINCT FROM OLD."standing_passages") THEN IF (COALESCE(NEW."standing_passages"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."pgh_id")) THEN RAISE EXCEPTION \'A row of % keeps its standing_passages unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;', hash='865601203f9d7c12712a8701f1eddbfe7de363f6', operation='UPDATE OR DELETE', pgid='pgtrigger_sources_events_are_append_only_72436', table='sources_sourceevent', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='sources_events_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='f4cab22264038d6e2b1f860f36f143e5fcf17f8c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_sources_events_are_never_truncated_a1ed0', table='sources_sourceevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='SourceOriginEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.sourceorigin')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source')),
                ('origin', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source')),
                ('kind', models.CharField(choices=[('reprint', 'Reprint'), ('translation', 'Translation'), ('wire', 'Wire copy'), ('press-release', 'Press release'), ('digest', 'Digest')], max_length=15, verbose_name='kind')),
            ],
            options={
                'abstract': False,
                'triggers': [
                    pgtrigger.compiler.Trigger(name='source_origins_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."source_id" IS DISTINCT FROM OLD."source_id" OR NEW."origin_id" IS DISTINCT FROM OLD."origin_id" OR NEW."kind" IS DISTINCT FROM OLD."kind") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='6a1358699b8b865e84aa8bab9cb578e3375bfc91', operation='UPDATE OR DELETE', pgid='pgtrigger_source_origins_events_are_append_only_47f84', table='sources_sourceoriginevent', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='source_origins_events_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='b5aa3fc7a1f4517854251ef89bcdbc10f5134113', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_source_origins_events_are_never_truncated_fd7fa', table='sources_sourceoriginevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='SourceReaderEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.sourcereader')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source')),
                ('reader', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'triggers': [
                    pgtrigger.compiler.Trigger(name='source_readers_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."source_id" IS DISTINCT FROM OLD."source_id" OR NEW."reader_id" IS DISTINCT FROM OLD."reader_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='236dccfd25a9effe79c29ebed043ef751b4df22d', operation='UPDATE OR DELETE', pgid='pgtrigger_source_readers_events_are_append_only_d7af8', table='sources_sourcereaderevent', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='source_readers_events_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='96bcb2cf8c47c5005fc0420f30da7a270edbb4bb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_source_readers_events_are_never_truncated_82ce8', table='sources_sourcereaderevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='SeriesEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.series')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('key', models.SlugField(db_collation='C', db_index=False, max_length=100, verbose_name='key')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
            ],
            options={
                'abstract': False,
                'triggers': [
                    pgtrigger.compiler.Trigger(name='series_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."key" IS DISTINCT FROM OLD."key" OR NEW."title" IS DISTINCT FROM OLD."title") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='920f77b1ad46b73f2c59bf8ae201da231a1bad0d', operation='UPDATE OR DELETE', pgid='pgtrigger_series_events_are_append_only_a1b26', table='sources_seriesevent', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='series_events_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='574dc2640bcdc6b72d8b41edd4a9755ab8434d4f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_series_events_are_never_truncated_7b17e', table='sources_seriesevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='SeriesMemberEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.seriesmember')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('series', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.series')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source')),
                ('position', models.PositiveIntegerField(verbose_name='position')),
            ],
            options={
                'abstract': False,
                'triggers': [
                    pgtrigger.compiler.Trigger(name='series_members_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."series_id" IS DISTINCT FROM OLD."series_id" OR NEW."source_id" IS DISTINCT FROM OLD."source_id" OR NEW."position" IS DISTINCT FROM OLD."position") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='7e773a50de839729afae516923bfa4d961424b4f', operation='UPDATE OR DELETE', pgid='pgtrigger_series_members_events_are_append_only_3c454', table='sources_seriesmemberevent', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='series_members_events_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='2a1b60575788c5ac07e7aeba33d76664525cf3c1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_series_members_events_are_never_truncated_5d315', table='sources_seriesmemberevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ExcerptEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='id_grade_translation_translated_by_translation_method_events', to='sources.excerpt')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('grade', models.CharField(choices=[('exact', 'Exact'), ('folded', 'Same words'), ('elided', 'Shortened'), ('ambiguous', 'Several places'), ('unlocated', 'Not located'), ('drifted', 'Differs'), ('elsewhere', 'Elsewhere'), ('missing', 'Not found')], max_length=10, verbose_name='grade')),
                ('translation', models.TextField(blank=True, verbose_name='translation')),
                ('translated_by', models.CharField(blank=True, max_length=120, verbose_name='translated by')),
                ('translation_method', models.CharField(blank=True, choices=[('human', 'By a person'), ('machine', 'By machine'), ('revised', 'By machine, revised by a person')], max_length=10, verbose_name='translation method')),
            ],
            options={
                'abstract': False,
                'triggers': [
                    pgtrigger.compiler.Trigger(name='excerpts_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."grade" IS DISTINCT FROM OLD."grade" OR NEW."translated_by" IS DISTINCT FROM OLD."translated_by" OR NEW."translation_method" IS DISTINCT FROM OLD."translation_method") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."translation" IS DISTINCT FROM OLD."translation") THEN IF (COALESCE(NEW."translation"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."pgh_id")) THEN RAISE EXCEPTION \'A row of % keeps its translation unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;', hash='6d60491d099bb3200460bf26bbbb2c19e5720e82', operation='UPDATE OR DELETE', pgid='pgtrigger_excerpts_events_are_append_only_ac25a', table='sources_excerptevent', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='excerpts_events_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='5d67c47460f8c55201ff0e0f5db36d2774105aed', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_excerpts_events_are_never_truncated_12093', table='sources_excerptevent', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='WithholdingRequestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.withholdingrequest')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('table_name', models.CharField(max_length=63, verbose_name='table')),
                ('row_id', models.BigIntegerField(verbose_name='row')),
                ('reason', models.TextField(verbose_name='reason')),
                ('requested_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('requested_at', models.DateTimeField(verbose_name='asked at')),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('is_carried_out', models.BooleanField(blank=True, null=True, verbose_name='carried out')),
            ],
            options={
                'abstract': False,
                'triggers': [
                    pgtrigger.compiler.Trigger(name='withholding_requests_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."table_name" IS DISTINCT FROM OLD."table_name" OR NEW."row_id" IS DISTINCT FROM OLD."row_id" OR NEW."reason" IS DISTINCT FROM OLD."reason" OR NEW."requested_by_id" IS DISTINCT FROM OLD."requested_by_id" OR NEW."requested_at" IS DISTINCT FROM OLD."requested_at" OR NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id" OR NEW."decided_at" IS DISTINCT FROM OLD."decided_at" OR NEW."is_carried_out" IS DISTINCT FROM OLD."is_carried_out") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='474c23e209d1a2c6b577cd41e7f8f0e26fa411e0', operation='UPDATE OR DELETE', pgid='pgtrigger_withholding_requests_events_are_append_only_b218c', table='sources_withholdingrequestevent', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='withholding_requests_events_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='48eb9cdd8516123e73222abc0f94f4bc08a3fa65', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_withholding_requests_events_are_never_truncated_3645f', table='sources_withholdingrequestevent', when='BEFORE')),
                ],
            },
        ),
        migrations.AddField(model_name='source', name='origins', field=models.ManyToManyField(related_name='derived', through='sources.SourceOrigin', to='sources.source')),
        migrations.AddField(model_name='source', name='readers', field=models.ManyToManyField(related_name='+', through='sources.SourceReader', to=settings.AUTH_USER_MODEL)),
        migrations.AddField(model_name='series', name='sources', field=models.ManyToManyField(related_name='series', through='sources.SeriesMember', to='sources.source')),
        sources.models.trigger_operations.InstallTriggers(),
    ]
