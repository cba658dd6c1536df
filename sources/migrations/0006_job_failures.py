"""Keep why a try of a background job broke off."""

import pgtrigger.compiler
import pgtrigger.migrations
import sources.vocabulary
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0005_fill_verified_excerpts'),
    ]

    operations = [
        migrations.CreateModel(
            name='JobFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.BigIntegerField(db_index=True, verbose_name='job')),
                ('failed_at', models.DateTimeField(verbose_name='failed at')),
                ('fault', models.CharField(choices=[('database', 'Database'), ('worker', 'Worker'), ('changed', 'Changed meanwhile'), ('file', 'File'), ('program', 'Program')], max_length=12, verbose_name='fault')),
                ('error', models.CharField(blank=True, max_length=120, verbose_name='error')),
            ],
            options={
                'verbose_name': 'failure of a job',
                'verbose_name_plural': 'jobs that wait or failed',
                'constraints': [models.CheckConstraint(condition=models.Q(('fault__in', [sources.vocabulary.JobFault['DATABASE'], sources.vocabulary.JobFault['WORKER'], sources.vocabulary.JobFault['CHANGED'], sources.vocabulary.JobFault['FILE'], sources.vocabulary.JobFault['PROGRAM']])), name='the fault of a job is a known fault')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jobfailure',
            trigger=pgtrigger.compiler.Trigger(name='job_failures_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."job" IS DISTINCT FROM OLD."job" OR NEW."failed_at" IS DISTINCT FROM OLD."failed_at" OR NEW."fault" IS DISTINCT FROM OLD."fault" OR NEW."error" IS DISTINCT FROM OLD."error") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='2873b95734ac2f0a99b01337dffd7bee9ecf7f4a', operation='UPDATE OR DELETE', pgid='pgtrigger_job_failures_are_append_only_527bc', table='sources_jobfailure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jobfailure',
            trigger=pgtrigger.compiler.Trigger(name='job_failures_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='66464deb2ab3873b4cce01ed1f5cb0484e022ff7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_job_failures_are_never_truncated_7ba46', table='sources_jobfailure', when='BEFORE')),
        ),
    ]
