"""What servers answered, what files say of themselves, words to find quotes by, and withholding."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WithholdingRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table_name", models.CharField(max_length=63, verbose_name="table")),
                ("row_id", models.BigIntegerField(verbose_name="row")),
                ("reason", models.TextField(verbose_name="reason")),
                ("requested_at", models.DateTimeField(verbose_name="asked at")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                ),
                (
                    "is_carried_out",
                    models.BooleanField(blank=True, null=True, verbose_name="carried out"),
                ),
            ],
            options={
                "verbose_name": "request to withhold",
                "verbose_name_plural": "requests to withhold",
            },
        ),
        migrations.CreateModel(
            name="WithholdingRequestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("table_name", models.CharField(max_length=63, verbose_name="table")),
                ("row_id", models.BigIntegerField(verbose_name="row")),
                ("reason", models.TextField(verbose_name="reason")),
                ("requested_at", models.DateTimeField(verbose_name="asked at")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                ),
                (
                    "is_carried_out",
                    models.BooleanField(blank=True, null=True, verbose_name="carried out"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="capture",
            name="captures_are_append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="grading",
            name="gradings_are_append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="sourceevent",
            name="sources_events_are_append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="textlayer",
            name="text_layers_are_append_only",
        ),
        migrations.AddField(
            model_name="capture",
            name="kept_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="kept at"),
        ),
        migrations.AddField(
            model_name="capture",
            name="response",
            field=models.JSONField(blank=True, default=dict, verbose_name="answer of the server"),
        ),
        migrations.AddField(
            model_name="grading",
            name="found_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="found_gradings",
                to="sources.source",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="standing_passages",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="The words that a correction names; without any, the whole source.",
                verbose_name="passages it is about",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="standing_passages",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="The words that a correction names; without any, the whole source.",
                verbose_name="passages it is about",
            ),
        ),
        migrations.AddField(
            model_name="textlayer",
            name="metadata",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="textlayer",
            name="words",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="textlayer",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("is_current", True)),
                fastupdate=False,
                fields=["words"],
                name="current_texts_by_words",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="capture",
            trigger=pgtrigger.compiler.Trigger(
                name="captures_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."source_id" IS DISTINCT FROM OLD."source_id" OR NEW."blob_id" IS DISTINCT FROM OLD."blob_id" OR NEW."media_type" IS DISTINCT FROM OLD."media_type" OR NEW."captured_at" IS DISTINCT FROM OLD."captured_at" OR NEW."captured_by_id" IS DISTINCT FROM OLD."captured_by_id" OR NEW."kept_at" IS DISTINCT FROM OLD."kept_at") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."page_label_offset" IS NOT NULL AND NEW."page_label_offset" IS DISTINCT FROM OLD."page_label_offset") THEN RAISE EXCEPTION \'A row of % keeps its page_label_offset once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."file_name" IS DISTINCT FROM OLD."file_name") THEN IF (COALESCE(NEW."file_name"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its file_name unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."fetched_from" IS DISTINCT FROM OLD."fetched_from") THEN IF (COALESCE(NEW."fetched_from"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its fetched_from unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."archive_url" IS DISTINCT FROM OLD."archive_url") THEN IF (COALESCE(NEW."archive_url"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its archive_url unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."response" IS DISTINCT FROM OLD."response") THEN IF (COALESCE(NEW."response"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its response unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                    hash="784e5137a9119eee060a3616f522e6e29919a049",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_captures_are_append_only_70f93",
                    table="sources_capture",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grading",
            trigger=pgtrigger.compiler.Trigger(
                name="gradings_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."excerpt_id" IS DISTINCT FROM OLD."excerpt_id" OR NEW."layer_id" IS DISTINCT FROM OLD."layer_id" OR NEW."grade" IS DISTINCT FROM OLD."grade" OR NEW."score" IS DISTINCT FROM OLD."score" OR NEW."start" IS DISTINCT FROM OLD."start" OR NEW."end" IS DISTINCT FROM OLD."end" OR NEW."places" IS DISTINCT FROM OLD."places" OR NEW."graded_at" IS DISTINCT FROM OLD."graded_at" OR NEW."chosen_by_id" IS DISTINCT FROM OLD."chosen_by_id" OR NEW."found_in_id" IS DISTINCT FROM OLD."found_in_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."passed_over" IS DISTINCT FROM OLD."passed_over") THEN IF (COALESCE(NEW."passed_over"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its passed_over unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                    hash="320a2c55dcd2d8f082fc4afc82d9b7a73aaa7972",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_gradings_are_append_only_a58ef",
                    table="sources_grading",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "sources_sourceevent" ("access", "authors", "container", "csl", "doi", "id", "isbn", "issued", "issued_days", "key", "language", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_descriptor", "publisher_id", "rights", "search_text", "standing", "standing_on", "standing_passages", "standing_reason", "title", "type", "url") VALUES (NEW."access", NEW."authors", NEW."container", NEW."csl", NEW."doi", NEW."id", NEW."isbn", NEW."issued", NEW."issued_days", NEW."key", NEW."language", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_descriptor", NEW."publisher_id", NEW."rights", NEW."search_text", NEW."standing", NEW."standing_on", NEW."standing_passages", NEW."standing_reason", NEW."title", NEW."type", NEW."url"); RETURN NULL;',
                    hash="3db5036b63509ea35946c3eb0013fb0f6131ce17",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c3ed3",
                    table="sources_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "sources_sourceevent" ("access", "authors", "container", "csl", "doi", "id", "isbn", "issued", "issued_days", "key", "language", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_descriptor", "publisher_id", "rights", "search_text", "standing", "standing_on", "standing_passages", "standing_reason", "title", "type", "url") VALUES (NEW."access", NEW."authors", NEW."container", NEW."csl", NEW."doi", NEW."id", NEW."isbn", NEW."issued", NEW."issued_days", NEW."key", NEW."language", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_descriptor", NEW."publisher_id", NEW."rights", NEW."search_text", NEW."standing", NEW."standing_on", NEW."standing_passages", NEW."standing_reason", NEW."title", NEW."type", NEW."url"); RETURN NULL;',
                    hash="4da1f8f5ceb2b688dfc69d5151ba25c9aa60ae64",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e6185",
                    table="sources_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "sources_sourceevent" ("access", "authors", "container", "csl", "doi", "id", "isbn", "issued", "issued_days", "key", "language", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_descriptor", "publisher_id", "rights", "search_text", "standing", "standing_on", "standing_passages", "standing_reason", "title", "type", "url") VALUES (OLD."access", OLD."authors", OLD."container", OLD."csl", OLD."doi", OLD."id", OLD."isbn", OLD."issued", OLD."issued_days", OLD."key", OLD."language", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_descriptor", OLD."publisher_id", OLD."rights", OLD."search_text", OLD."standing", OLD."standing_on", OLD."standing_passages", OLD."standing_reason", OLD."title", OLD."type", OLD."url"); RETURN NULL;',
                    hash="093abbb9470f12c963ebb977cc4276b9b705d057",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fde77",
                    table="sources_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="sources_events_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."key" IS DISTINCT FROM OLD."key" OR NEW."type" IS DISTINCT FROM OLD."type" OR NEW."title" IS DISTINCT FROM OLD."title" OR NEW."authors" IS DISTINCT FROM OLD."authors" OR NEW."publisher_id" IS DISTINCT FROM OLD."publisher_id" OR NEW."container" IS DISTINCT FROM OLD."container" OR NEW."issued" IS DISTINCT FROM OLD."issued" OR NEW."issued_days" IS DISTINCT FROM OLD."issued_days" OR NEW."url" IS DISTINCT FROM OLD."url" OR NEW."doi" IS DISTINCT FROM OLD."doi" OR NEW."isbn" IS DISTINCT FROM OLD."isbn" OR NEW."language" IS DISTINCT FROM OLD."language" OR NEW."number" IS DISTINCT FROM OLD."number" OR NEW."csl" IS DISTINCT FROM OLD."csl" OR NEW."rights" IS DISTINCT FROM OLD."rights" OR NEW."access" IS DISTINCT FROM OLD."access" OR NEW."public_descriptor" IS DISTINCT FROM OLD."public_descriptor" OR NEW."standing" IS DISTINCT FROM OLD."standing" OR NEW."standing_on" IS DISTINCT FROM OLD."standing_on" OR NEW."standing_reason" IS DISTINCT FROM OLD."standing_reason" OR NEW."standing_passages" IS DISTINCT FROM OLD."standing_passages" OR NEW."search_text" IS DISTINCT FROM OLD."search_text") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                    hash="fa7618c86fd63acc5d3b5edee30d2d7067f7b4e6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_sources_events_are_append_only_72436",
                    table="sources_sourceevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="textlayer",
            trigger=pgtrigger.compiler.Trigger(
                name="text_layers_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."blob_id" IS DISTINCT FROM OLD."blob_id" OR NEW."extractor" IS DISTINCT FROM OLD."extractor" OR NEW."version" IS DISTINCT FROM OLD."version" OR NEW."text_sha256" IS DISTINCT FROM OLD."text_sha256" OR NEW."pages" IS DISTINCT FROM OLD."pages" OR NEW."apparatus" IS DISTINCT FROM OLD."apparatus") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."text" IS DISTINCT FROM OLD."text") THEN IF (COALESCE(NEW."text"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its text unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."metadata" IS DISTINCT FROM OLD."metadata") THEN IF (COALESCE(NEW."metadata"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its metadata unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."words" IS DISTINCT FROM OLD."words") THEN IF (COALESCE(NEW."words"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its words unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                    hash="cb3c088bf55918633c0bf6b7c694d4d729b77c65",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_text_layers_are_append_only_f4d90",
                    table="sources_textlayer",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="capture",
            constraint=models.CheckConstraint(
                condition=models.Q(("captured_at__lte", models.F("kept_at"))),
                name="a record of an archive is fixed before it is kept",
            ),
        ),
        migrations.AddConstraint(
            model_name="grading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("found_in__isnull", False), ("grade", "elsewhere")),
                    models.Q(
                        models.Q(("grade", "elsewhere"), _negated=True), ("found_in__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="words found elsewhere name the source that has them",
            ),
        ),
        migrations.AddField(
            model_name="withholdingrequest",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="withholdingrequest",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked by",
            ),
        ),
        migrations.AddField(
            model_name="withholdingrequestevent",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="withholdingrequestevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="sources.withholdingrequest",
            ),
        ),
        migrations.AddField(
            model_name="withholdingrequestevent",
            name="requested_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked by",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholdingrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True)),
                fields=("table_name", "row_id"),
                name="one request to withhold a row waits at a time",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholdingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("requested_by", models.F("decided_by")), _negated=True),
                name="a second person decides on a request to withhold",
            ),
        ),
        migrations.AddConstraint(
            model_name="withholdingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("is_carried_out__isnull", True),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("is_carried_out__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a decided request to withhold says by whom, when and how",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withholdingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="withholding_requests_are_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'A row of % is never deleted.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                    hash="9b7895d1d4135b0803fc97ca27287a295a7c0704",
                    operation="DELETE",
                    pgid="pgtrigger_withholding_requests_are_never_deleted_3297a",
                    table="sources_withholdingrequest",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withholdingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="withholding_requests_are_never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                    hash="b31862eacfca3fc2c6938693622a7ccbf58366a9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_withholding_requests_are_never_truncated_66eab",
                    table="sources_withholdingrequest",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withholdingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="requests_to_withhold_are_decided_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (OLD."decided_by_id" IS NOT NULL AND NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id") THEN RAISE EXCEPTION \'A row of % keeps its decided_by_id once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."decided_at" IS NOT NULL AND NEW."decided_at" IS DISTINCT FROM OLD."decided_at") THEN RAISE EXCEPTION \'A row of % keeps its decided_at once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."is_carried_out" IS NOT NULL AND NEW."is_carried_out" IS DISTINCT FROM OLD."is_carried_out") THEN RAISE EXCEPTION \'A row of % keeps its is_carried_out once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                    hash="14231be899c3af8e430e06c2d335564fb6c32ea4",
                    operation="UPDATE",
                    pgid="pgtrigger_requests_to_withhold_are_decided_once_91215",
                    table="sources_withholdingrequest",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withholdingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="requests_to_withhold_keep_what_they_ask",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (NEW."table_name" IS DISTINCT FROM OLD."table_name" OR NEW."row_id" IS DISTINCT FROM OLD."row_id" OR NEW."reason" IS DISTINCT FROM OLD."reason" OR NEW."requested_by_id" IS DISTINCT FROM OLD."requested_by_id" OR NEW."requested_at" IS DISTINCT FROM OLD."requested_at") THEN RAISE EXCEPTION \'A row of % keeps its table_name, row_id, reason, requested_by_id, requested_at.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                    hash="241cf44897bda15d07b4bdba9270c0547aae0a97",
                    operation="UPDATE",
                    pgid="pgtrigger_requests_to_withhold_keep_what_they_ask_17e3d",
                    table="sources_withholdingrequest",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withholdingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "sources_withholdingrequestevent" ("decided_at", "decided_by_id", "id", "is_carried_out", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "row_id", "table_name") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."is_carried_out", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."requested_at", NEW."requested_by_id", NEW."row_id", NEW."table_name"); RETURN NULL;',
                    hash="fb573bfd12b2112e0b9efb26aacc5ae098a04ab0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_094df",
                    table="sources_withholdingrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withholdingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "sources_withholdingrequestevent" ("decided_at", "decided_by_id", "id", "is_carried_out", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "row_id", "table_name") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."is_carried_out", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."requested_at", NEW."requested_by_id", NEW."row_id", NEW."table_name"); RETURN NULL;',
                    hash="2cbfe1bb82e606e10ec23071f133868cb9959348",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ab677",
                    table="sources_withholdingrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withholdingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "sources_withholdingrequestevent" ("decided_at", "decided_by_id", "id", "is_carried_out", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "row_id", "table_name") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."is_carried_out", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."requested_at", OLD."requested_by_id", OLD."row_id", OLD."table_name"); RETURN NULL;',
                    hash="b41edc2f0082bda7fef037f9f412c90fab8ea3d4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_64559",
                    table="sources_withholdingrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withholdingrequestevent",
            trigger=pgtrigger.compiler.Trigger(
                name="withholding_requests_events_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."table_name" IS DISTINCT FROM OLD."table_name" OR NEW."row_id" IS DISTINCT FROM OLD."row_id" OR NEW."reason" IS DISTINCT FROM OLD."reason" OR NEW."requested_by_id" IS DISTINCT FROM OLD."requested_by_id" OR NEW."requested_at" IS DISTINCT FROM OLD."requested_at" OR NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id" OR NEW."decided_at" IS DISTINCT FROM OLD."decided_at" OR NEW."is_carried_out" IS DISTINCT FROM OLD."is_carried_out") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                    hash="474c23e209d1a2c6b577cd41e7f8f0e26fa411e0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_withholding_requests_events_are_append_only_b218c",
                    table="sources_withholdingrequestevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withholdingrequestevent",
            trigger=pgtrigger.compiler.Trigger(
                name="withholding_requests_events_are_never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                    hash="48eb9cdd8516123e73222abc0f94f4bc08a3fa65",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_withholding_requests_events_are_never_truncated_3645f",
                    table="sources_withholdingrequestevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
