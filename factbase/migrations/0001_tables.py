"""The tables of accounts.

One line is one column, constraint, index or trigger; no formatter touches this folder.
"""

from django.conf import settings
import django.contrib.auth.validators
from django.db import migrations, models
import django.db.models.deletion
import django.utils.timezone
import factbase.models
import pghistory.utils
import pgtrigger.compiler
import sources.models.trigger_operations


class Migration(migrations.Migration):
    initial = True
    dependencies = [('auth', '0001_initial')]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('display_name', models.CharField(help_text='The name that readers see.', max_length=120, verbose_name='display name')),
                ('role', models.CharField(choices=[('contributor', 'Contributor'), ('reviewer', 'Reviewer'), ('editor', 'Editor'), ('administrator', 'Administrator')], default='contributor', help_text='Each role includes the ones before it.', max_length=20, verbose_name='role')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'account',
                'verbose_name_plural': 'accounts',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('role__in', ['contributor', 'reviewer', 'editor', 'administrator'])), name='the role of an account is a known role'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='accounts_are_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never deleted.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='4e6b2850f3d0da0547f4ca55b2c9f786178bd223', operation='DELETE', pgid='pgtrigger_accounts_are_never_deleted_b9a53', table='factbase_user', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='accounts_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='f0b10c34a352033ecc951aa2e0d77821043923a5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_accounts_are_never_truncated_4dd84', table='factbase_user', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "factbase_userevent" ("display_name", "email", "id", "is_active", "is_staff", "is_superuser", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "username") VALUES (NEW."display_name", NEW."email", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."username"); RETURN NULL;', hash='0e4c9546e4b22a88104aba5958d4a7eae6a62b21', operation='INSERT', pgid='pgtrigger_insert_insert_f40eb', table='factbase_user', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."display_name" IS DISTINCT FROM (NEW."display_name") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."username" IS DISTINCT FROM (NEW."username"))', func='INSERT INTO "factbase_userevent" ("display_name", "email", "id", "is_active", "is_staff", "is_superuser", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "username") VALUES (NEW."display_name", NEW."email", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."username"); RETURN NULL;', hash='c4b8327e013e45464917289ae001f78c0c5bef7d', operation='UPDATE', pgid='pgtrigger_update_update_33ad7', table='factbase_user', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "factbase_userevent" ("display_name", "email", "id", "is_active", "is_staff", "is_superuser", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "username") VALUES (OLD."display_name", OLD."email", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."username"); RETURN NULL;', hash='43b46f30d8c54762c39a285986595070a6add7f8', operation='DELETE', pgid='pgtrigger_delete_delete_ce5a1', table='factbase_user', when='AFTER')),
                ],
            },
            managers=[('objects', factbase.models.People())],
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='id_username_display_name_role_email_is_active_is_staff_is_superuser_events', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('display_name', models.CharField(help_text='The name that readers see.', max_length=120, verbose_name='display name')),
                ('role', models.CharField(choices=[('contributor', 'Contributor'), ('reviewer', 'Reviewer'), ('editor', 'Editor'), ('administrator', 'Administrator')], default='contributor', help_text='Each role includes the ones before it.', max_length=20, verbose_name='role')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
            ],
            options={
                'abstract': False,
                'triggers': [
                    pgtrigger.compiler.Trigger(name='accounts_events_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."username" IS DISTINCT FROM OLD."username" OR NEW."display_name" IS DISTINCT FROM OLD."display_name" OR NEW."role" IS DISTINCT FROM OLD."role" OR NEW."email" IS DISTINCT FROM OLD."email" OR NEW."is_active" IS DISTINCT FROM OLD."is_active" OR NEW."is_staff" IS DISTINCT FROM OLD."is_staff" OR NEW."is_superuser" IS DISTINCT FROM OLD."is_superuser") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;', hash='83b306e9dc75c3cd0ca76366a1df15677c09c34e', operation='UPDATE OR DELETE', pgid='pgtrigger_accounts_events_are_append_only_f3278', table='factbase_userevent', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='accounts_events_are_never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;", hash='6bf7f3945c74035447689ba169c2598b357d2650', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_accounts_events_are_never_truncated_21968', table='factbase_userevent', when='BEFORE')),
                ],
            },
        ),
        sources.models.trigger_operations.InstallTriggers(),
    ]
