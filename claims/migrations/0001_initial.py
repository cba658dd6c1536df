"""The first tables."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import sources.models.trigger_operations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("factbase", "__first__"),
        ("sources", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(unique=True)),
                (
                    "namespace",
                    models.CharField(
                        blank=True, db_collation="C", max_length=100, verbose_name="namespace"
                    ),
                ),
                (
                    "external_id",
                    models.CharField(
                        blank=True,
                        db_collation="C",
                        max_length=200,
                        null=True,
                        verbose_name="external id",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "retracted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retracted at"),
                ),
                (
                    "retracted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="retracted by",
                    ),
                ),
                (
                    "retracted_reason",
                    models.TextField(
                        blank=True, null=True, verbose_name="reason for the retraction"
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("namespace", "external_id"),
                        name="a claim's external id is unique in its namespace",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("retracted_at__isnull", True),
                                ("retracted_by__isnull", True),
                                ("retracted_reason__isnull", True),
                            ),
                            models.Q(
                                ("retracted_at__isnull", False),
                                ("retracted_by__isnull", False),
                                ("retracted_reason__regex", "\\S"),
                            ),
                            _connector="OR",
                        ),
                        name="a retraction says when, by whom and why",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="claims_are_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never deleted.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="4d6621726b80a42726b4adba1507b7a19c6fc199",
                            operation="DELETE",
                            pgid="pgtrigger_claims_are_never_deleted_511ce",
                            table="claims_claim",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="claims_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="329ba3d98a497512ccbf32be121bd13a0ff3c6c6",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_claims_are_never_truncated_67788",
                            table="claims_claim",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="claims_keep_how_they_came_in",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (NEW."uuid" IS DISTINCT FROM OLD."uuid" OR NEW."namespace" IS DISTINCT FROM OLD."namespace" OR NEW."external_id" IS DISTINCT FROM OLD."external_id" OR NEW."created_at" IS DISTINCT FROM OLD."created_at" OR NEW."created_by_id" IS DISTINCT FROM OLD."created_by_id") THEN RAISE EXCEPTION \'A row of % keeps its uuid, namespace, external_id, created_at, created_by_id.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="a0e6667d06a5ad12085e6314356b44b563114e10",
                            operation="UPDATE",
                            pgid="pgtrigger_claims_keep_how_they_came_in_31d70",
                            table="claims_claim",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="retractions_are_written_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (OLD."retracted_at" IS NOT NULL AND NEW."retracted_at" IS DISTINCT FROM OLD."retracted_at") THEN RAISE EXCEPTION \'A row of % keeps its retracted_at once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."retracted_by_id" IS NOT NULL AND NEW."retracted_by_id" IS DISTINCT FROM OLD."retracted_by_id") THEN RAISE EXCEPTION \'A row of % keeps its retracted_by_id once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."retracted_reason" IS NOT NULL AND NEW."retracted_reason" IS DISTINCT FROM OLD."retracted_reason") THEN RAISE EXCEPTION \'A row of % keeps its retracted_reason once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="3d81de7056167429ce2a1b5b89caca5206c54703",
                            operation="UPDATE",
                            pgid="pgtrigger_retractions_are_written_once_c24ff",
                            table="claims_claim",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_claimevent" ("created_at", "created_by_id", "external_id", "id", "namespace", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retracted_at", "retracted_by_id", "retracted_reason", "uuid") VALUES (NEW."created_at", NEW."created_by_id", NEW."external_id", NEW."id", NEW."namespace", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."retracted_at", NEW."retracted_by_id", NEW."retracted_reason", NEW."uuid"); RETURN NULL;',
                            hash="8a7ea7b5b1c03d3fc8a0b4e2ec24bf57c947a484",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_df8fa",
                            table="claims_claim",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "claims_claimevent" ("created_at", "created_by_id", "external_id", "id", "namespace", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retracted_at", "retracted_by_id", "retracted_reason", "uuid") VALUES (NEW."created_at", NEW."created_by_id", NEW."external_id", NEW."id", NEW."namespace", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."retracted_at", NEW."retracted_by_id", NEW."retracted_reason", NEW."uuid"); RETURN NULL;',
                            hash="b427816e5fd262cfc471e73f20c3700253ce40f6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fe4ba",
                            table="claims_claim",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_claimevent" ("created_at", "created_by_id", "external_id", "id", "namespace", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retracted_at", "retracted_by_id", "retracted_reason", "uuid") VALUES (OLD."created_at", OLD."created_by_id", OLD."external_id", OLD."id", OLD."namespace", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."retracted_at", OLD."retracted_by_id", OLD."retracted_reason", OLD."uuid"); RETURN NULL;',
                            hash="c74904c6aff2bf5a650caceccdbec8c0dadccb93",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_dbf31",
                            table="claims_claim",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        db_collation="C", max_length=100, unique=True, verbose_name="key"
                    ),
                ),
                ("label", models.CharField(max_length=300, verbose_name="label")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("country", "Country"),
                            ("organisation", "Organisation"),
                            ("person", "Person"),
                            ("event", "Event"),
                            ("project", "Project"),
                            ("place", "Place"),
                            ("document", "Document"),
                            ("series", "Series"),
                            ("concept", "Concept"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("aliases", models.JSONField(blank=True, default=list, verbose_name="aliases")),
                (
                    "wikidata",
                    models.CharField(blank=True, max_length=20, verbose_name="Wikidata id"),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="claims.entity",
                        verbose_name="part of",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="claims.entity",
                        verbose_name="merged into",
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entity",
                        to="sources.source",
                    ),
                ),
                (
                    "series",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entity",
                        to="sources.series",
                    ),
                ),
                ("search_text", models.TextField(default="", editable=False)),
            ],
            options={
                "verbose_name": "entity",
                "verbose_name_plural": "entities",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_-]*$")),
                        name="the key of an entity is a slug",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "country",
                                    "organisation",
                                    "person",
                                    "event",
                                    "project",
                                    "place",
                                    "document",
                                    "series",
                                    "concept",
                                ],
                            )
                        ),
                        name="the kind of an entity is a known kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="an entity is not merged into itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("part_of__isnull", True),
                            models.Q(("part_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="an entity is not part of itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source__isnull", True), ("kind", "document"), _connector="OR"
                        ),
                        name="only a document entity stands for a source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("series__isnull", True), ("kind", "series"), _connector="OR"
                        ),
                        name="only a series entity stands for a series",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="entities_keep_their_key",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (NEW.\"key\" IS DISTINCT FROM OLD.\"key\") THEN RAISE EXCEPTION 'A row of % keeps its key.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;",
                            hash="bb020ae404c752c20f8075398343670d0a4e0e7d",
                            operation="UPDATE",
                            pgid="pgtrigger_entities_keep_their_key_0f046",
                            table="claims_entity",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_entityevent" ("aliases", "id", "key", "kind", "label", "merged_into_id", "part_of_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search_text", "series_id", "source_id", "wikidata") VALUES (NEW."aliases", NEW."id", NEW."key", NEW."kind", NEW."label", NEW."merged_into_id", NEW."part_of_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."search_text", NEW."series_id", NEW."source_id", NEW."wikidata"); RETURN NULL;',
                            hash="6905477902d0809f252d451188df02b72d1a7e0d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9b43a",
                            table="claims_entity",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "claims_entityevent" ("aliases", "id", "key", "kind", "label", "merged_into_id", "part_of_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search_text", "series_id", "source_id", "wikidata") VALUES (NEW."aliases", NEW."id", NEW."key", NEW."kind", NEW."label", NEW."merged_into_id", NEW."part_of_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."search_text", NEW."series_id", NEW."source_id", NEW."wikidata"); RETURN NULL;',
                            hash="d7adc77d98f816dc1d7a51ce9d9c1c5082502e6e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c2d69",
                            table="claims_entity",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_entityevent" ("aliases", "id", "key", "kind", "label", "merged_into_id", "part_of_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search_text", "series_id", "source_id", "wikidata") VALUES (OLD."aliases", OLD."id", OLD."key", OLD."kind", OLD."label", OLD."merged_into_id", OLD."part_of_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."search_text", OLD."series_id", OLD."source_id", OLD."wikidata"); RETURN NULL;',
                            hash="e8a92e2e544ef6eceb9e90b698aaf96f00d6e4c4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_622f8",
                            table="claims_entity",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Property",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        db_collation="C", max_length=100, unique=True, verbose_name="key"
                    ),
                ),
                ("label", models.CharField(max_length=300, verbose_name="label")),
                (
                    "value_kind",
                    models.CharField(
                        choices=[
                            ("quantity", "Quantity"),
                            ("count", "Count"),
                            ("date", "Date"),
                            ("truth", "Truth"),
                            ("presence", "Presence"),
                            ("entity", "Entity"),
                            ("text", "Text"),
                        ],
                        max_length=10,
                        verbose_name="kind of value",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "single_valued",
                    models.BooleanField(
                        default=True,
                        help_text="Two different values at one time are then a conflict.",
                        verbose_name="one value at a time",
                    ),
                ),
                (
                    "time",
                    models.CharField(
                        choices=[("state", "State"), ("over", "Over")],
                        default="state",
                        max_length=5,
                        verbose_name="time",
                    ),
                ),
            ],
            options={
                "verbose_name": "property",
                "verbose_name_plural": "properties",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_-]*$")),
                        name="the key of a property is a slug",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "value_kind__in",
                                [
                                    "quantity",
                                    "count",
                                    "date",
                                    "truth",
                                    "presence",
                                    "entity",
                                    "text",
                                ],
                            )
                        ),
                        name="the value kind of a property is a known kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("time__in", ["state", "over"])),
                        name="the time of a property is a known relation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit", ""), ("value_kind", "quantity"), _connector="OR"
                        ),
                        name="only a quantity has a unit",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="properties_keep_their_key",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (NEW.\"key\" IS DISTINCT FROM OLD.\"key\") THEN RAISE EXCEPTION 'A row of % keeps its key.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;",
                            hash="de5d31e3edb00cda0e1e9a230b6ff6afc8771539",
                            operation="UPDATE",
                            pgid="pgtrigger_properties_keep_their_key_84d38",
                            table="claims_property",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="used_properties_keep_kind_unit_and_time",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF ((NEW."value_kind" IS DISTINCT FROM OLD."value_kind" OR NEW."unit" IS DISTINCT FROM OLD."unit" OR NEW."time" IS DISTINCT FROM OLD."time") AND EXISTS (SELECT FROM claims_version v WHERE v.property_id = OLD.id)) THEN RAISE EXCEPTION \'A row of % keeps kind, unit and time once a claim uses it.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="d84e717b52ead5182a97795cee25178a2569d8fa",
                            operation="UPDATE",
                            pgid="pgtrigger_used_properties_keep_kind_unit_and_time_0dc32",
                            table="claims_property",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_propertyevent" ("id", "key", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "single_valued", "time", "unit", "value_kind") VALUES (NEW."id", NEW."key", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."single_valued", NEW."time", NEW."unit", NEW."value_kind"); RETURN NULL;',
                            hash="9944ecebee22c9c5ce91df1d4fff81213842547c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6ce37",
                            table="claims_property",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "claims_propertyevent" ("id", "key", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "single_valued", "time", "unit", "value_kind") VALUES (NEW."id", NEW."key", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."single_valued", NEW."time", NEW."unit", NEW."value_kind"); RETURN NULL;',
                            hash="d2dd657ea15268fe2a7ba828841bbe1a5124bf46",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_afb26",
                            table="claims_property",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_propertyevent" ("id", "key", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "single_valued", "time", "unit", "value_kind") VALUES (OLD."id", OLD."key", OLD."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."single_valued", OLD."time", OLD."unit", OLD."value_kind"); RETURN NULL;',
                            hash="54009fa98004401e9b67fae40bf36f1801a51e26",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0353e",
                            table="claims_property",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        db_collation="C", max_length=100, unique=True, verbose_name="key"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="claims.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_-]*$")),
                        name="the key of a topic is a slug",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="topics_keep_their_key",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (NEW.\"key\" IS DISTINCT FROM OLD.\"key\") THEN RAISE EXCEPTION 'A row of % keeps its key.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;",
                            hash="2aa862ae05333440b42129edf681652ec544313c",
                            operation="UPDATE",
                            pgid="pgtrigger_topics_keep_their_key_e5604",
                            table="claims_topic",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_topicevent" ("id", "key", "name", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."key", NEW."name", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="e1803ed52fcddb4a7ec375cd62a684cd9a03e022",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5f998",
                            table="claims_topic",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "claims_topicevent" ("id", "key", "name", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."key", NEW."name", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="236b3e6f6eac6282a2a84af9c14a40b325bdfedf",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_010ac",
                            table="claims_topic",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_topicevent" ("id", "key", "name", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."key", OLD."name", OLD."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="950aafe65f89ee586cdfd270c2dfc6e9601c2276",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a32b8",
                            table="claims_topic",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="claims.claim",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authored_versions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                ("change_note", models.TextField(blank=True, verbose_name="change note")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "recorded_in",
                    models.BigIntegerField(
                        db_default=models.Func(function="txid_current"), editable=False
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("changes-requested", "Changes requested"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("superseded", "Superseded"),
                        ],
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "published",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        blank=True, null=True, verbose_name="published"
                    ),
                ),
                (
                    "taken_off_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken off at"),
                ),
                (
                    "taken_off_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_off_reason",
                    models.TextField(
                        blank=True, null=True, verbose_name="reason for taking it off"
                    ),
                ),
                ("content_hash", models.CharField(db_collation="C", max_length=64)),
                ("hash_format", models.PositiveSmallIntegerField()),
                ("salt", models.CharField(max_length=32)),
                ("statement", models.TextField(verbose_name="statement")),
                (
                    "language",
                    models.CharField(default="en", max_length=35, verbose_name="language"),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="claims.entity",
                        verbose_name="subject",
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="claims.property",
                        verbose_name="property",
                    ),
                ),
                (
                    "aspect",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aspect_of",
                        to="claims.topic",
                        verbose_name="aspect",
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=120, verbose_name="basis")),
                ("value", models.TextField(blank=True, verbose_name="value")),
                ("as_written", models.TextField(blank=True, verbose_name="as written")),
                (
                    "amount",
                    django.contrib.postgres.fields.ranges.DecimalRangeField(blank=True, null=True),
                ),
                (
                    "dates",
                    django.contrib.postgres.fields.ranges.DateRangeField(blank=True, null=True),
                ),
                ("truth", models.BooleanField(blank=True, null=True)),
                (
                    "value_entity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="value_of",
                        to="claims.entity",
                    ),
                ),
                ("value_text", models.TextField(blank=True, null=True)),
                (
                    "degree",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passing", "In passing"),
                            ("one sentence", "One sentence"),
                            ("section", "A section"),
                            ("central", "Central"),
                        ],
                        max_length=15,
                        verbose_name="degree",
                    ),
                ),
                ("approximate", models.BooleanField(default=False, verbose_name="approximate")),
                ("period", models.CharField(blank=True, max_length=60, verbose_name="period")),
                (
                    "period_days",
                    django.contrib.postgres.fields.ranges.DateRangeField(blank=True, null=True),
                ),
                (
                    "asserted_on",
                    models.CharField(blank=True, max_length=60, verbose_name="asserted on"),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("stated", "Stated"),
                            ("estimated", "Estimated"),
                            ("assessed", "Assessed"),
                            ("expected", "Expected"),
                            ("planned", "Planned"),
                        ],
                        default="stated",
                        max_length=10,
                        verbose_name="mode",
                    ),
                ),
                (
                    "detection_key",
                    models.CharField(
                        blank=True, db_collation="C", editable=False, max_length=64, null=True
                    ),
                ),
                ("is_compared", models.BooleanField(default=False, editable=False)),
                ("search_text", models.TextField(editable=False)),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_compared", True)),
                        fields=["detection_key"],
                        include=("claim", "id"),
                        name="compared_by_key",
                    ),
                    models.Index(
                        condition=models.Q(("published__isnull", False)),
                        fields=["claim"],
                        name="published_by_claim",
                    ),
                    models.Index(
                        fields=["subject", "property", "aspect"], name="versions_by_subject"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.SearchVector("search_text", config="simple"),
                        name="versions_by_words",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("claim", "number"), name="a claim has a version of each number once"
                    ),
                    models.UniqueConstraint(
                        fields=("id", "author", "content_hash"),
                        name="a review can name a version with author and hash",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["draft", "submitted"])),
                        fields=("claim",),
                        name="a claim has one version that is draft or submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "submitted",
                                    "changes-requested",
                                    "approved",
                                    "rejected",
                                    "withdrawn",
                                    "superseded",
                                ],
                            )
                        ),
                        name="the status of a version is a known status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mode__in", ["stated", "estimated", "assessed", "expected", "planned"])
                        ),
                        name="the mode of a version is a known mode",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("degree", ""),
                            ("degree__in", ["passing", "one sentence", "section", "central"]),
                            _connector="OR",
                        ),
                        name="the degree of a presence is a known degree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published__isnull", True), ("status", "approved"), _connector="OR"
                        ),
                        name="only approved versions are published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published__isnull", True),
                            ("published__startswith__isnull", False),
                            _connector="OR",
                        ),
                        name="a publication has a beginning",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("taken_off_at__isnull", True),
                                ("taken_off_by__isnull", True),
                                ("taken_off_reason__isnull", True),
                            ),
                            models.Q(
                                ("taken_off_at__isnull", False),
                                ("taken_off_by__isnull", False),
                                ("taken_off_reason__regex", "\\S"),
                            ),
                            _connector="OR",
                        ),
                        name="taking a version off says when, by whom and why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("property__isnull", True), ("subject__isnull", False), _connector="OR"
                        ),
                        name="a property is said of a subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("aspect__isnull", True), ("property__isnull", False), _connector="OR"
                        ),
                        name="an aspect belongs to a property",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("property"),
                                models.F("amount"),
                                models.F("dates"),
                                models.F("truth"),
                                models.F("value_entity"),
                                models.F("value_text"),
                                output_field=models.BooleanField(),
                                template="(num_nonnulls(%(expressions)s) IN (0, 2))",
                            )
                        ),
                        name="a version has one value with a property and none without",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="the versions of a claim are numbered from 1",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("claim"),
                                    models.F("claim"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            ("published", "&&"),
                        ],
                        name="published ranges of a claim never overlap",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="versions_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."claim_id" IS DISTINCT FROM OLD."claim_id" OR NEW."number" IS DISTINCT FROM OLD."number" OR NEW."author_id" IS DISTINCT FROM OLD."author_id" OR NEW."change_note" IS DISTINCT FROM OLD."change_note" OR NEW."recorded_at" IS DISTINCT FROM OLD."recorded_at" OR NEW."recorded_in" IS DISTINCT FROM OLD."recorded_in" OR NEW."content_hash" IS DISTINCT FROM OLD."content_hash" OR NEW."hash_format" IS DISTINCT FROM OLD."hash_format" OR NEW."language" IS DISTINCT FROM OLD."language" OR NEW."subject_id" IS DISTINCT FROM OLD."subject_id" OR NEW."property_id" IS DISTINCT FROM OLD."property_id" OR NEW."aspect_id" IS DISTINCT FROM OLD."aspect_id" OR NEW."basis" IS DISTINCT FROM OLD."basis" OR NEW."value" IS DISTINCT FROM OLD."value" OR NEW."amount" IS DISTINCT FROM OLD."amount" OR NEW."dates" IS DISTINCT FROM OLD."dates" OR NEW."truth" IS DISTINCT FROM OLD."truth" OR NEW."value_entity_id" IS DISTINCT FROM OLD."value_entity_id" OR NEW."degree" IS DISTINCT FROM OLD."degree" OR NEW."approximate" IS DISTINCT FROM OLD."approximate" OR NEW."period" IS DISTINCT FROM OLD."period" OR NEW."period_days" IS DISTINCT FROM OLD."period_days" OR NEW."asserted_on" IS DISTINCT FROM OLD."asserted_on" OR NEW."mode" IS DISTINCT FROM OLD."mode") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."taken_off_at" IS NOT NULL AND NEW."taken_off_at" IS DISTINCT FROM OLD."taken_off_at") THEN RAISE EXCEPTION \'A row of % keeps its taken_off_at once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."taken_off_by_id" IS NOT NULL AND NEW."taken_off_by_id" IS DISTINCT FROM OLD."taken_off_by_id") THEN RAISE EXCEPTION \'A row of % keeps its taken_off_by_id once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."taken_off_reason" IS NOT NULL AND NEW."taken_off_reason" IS DISTINCT FROM OLD."taken_off_reason") THEN RAISE EXCEPTION \'A row of % keeps its taken_off_reason once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."statement" IS DISTINCT FROM OLD."statement") THEN IF (COALESCE(NEW."statement"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its statement unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."as_written" IS DISTINCT FROM OLD."as_written") THEN IF (COALESCE(NEW."as_written"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its as_written unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."value_text" IS DISTINCT FROM OLD."value_text") THEN IF (COALESCE(NEW."value_text"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its value_text unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."salt" IS DISTINCT FROM OLD."salt") THEN IF (COALESCE(NEW."salt"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its salt unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."search_text" IS DISTINCT FROM OLD."search_text") THEN IF (COALESCE(NEW."search_text"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its search_text unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                            hash="14d3214b3cfb1f68f8a5a609bee0c36546aaa5a7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_versions_are_append_only_d9171",
                            table="claims_version",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="versions_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="7fe55c6b4dd8ec20568873f6d82fa62a57a23713",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_versions_are_never_truncated_4447f",
                            table="claims_version",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="versions_move_forward_through_review",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (TG_OP = 'INSERT') THEN IF (NEW.status NOT IN ('draft', 'submitted')) THEN RAISE EXCEPTION 'A row of % begins as draft or submitted.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW.recorded_in <> txid_current()) THEN RAISE EXCEPTION 'A row of % names the transaction that writes it.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; ELSIF (NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN ( ('draft', 'submitted'), ('draft', 'withdrawn'), ('draft', 'superseded'), ('submitted', 'approved'), ('submitted', 'changes-requested'), ('submitted', 'rejected'), ('submitted', 'withdrawn'), ('submitted', 'superseded'), ('changes-requested', 'superseded') )) THEN RAISE EXCEPTION 'A row of % moves forward through review only.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;",
                            hash="e2155e24298ada2e2c091fdf0380420e19585486",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_versions_move_forward_through_review_5905f",
                            table="claims_version",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="judgements_and_expectations_name_who_says_so",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"mode\" IN ('assessed', 'expected', 'planned'))",
                            constraint="CONSTRAINT",
                            func="IF (NOT EXISTS (SELECT FROM claims_asserter a WHERE a.version_id = NEW.id)) THEN RAISE EXCEPTION 'A row of % of this mode names who says so.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NULL;",
                            hash="70c09afb072d3e6081d80b18211b31cb6d711768",
                            operation="INSERT",
                            pgid="pgtrigger_judgements_and_expectations_name_who_says_so_8b4ba",
                            table="claims_version",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="approved_versions_have_an_approving_review",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"status\" = 'approved')",
                            constraint="CONSTRAINT",
                            func="IF (NOT EXISTS (SELECT FROM claims_review r WHERE r.version_id = NEW.id AND r.decision = 'approve' AND r.reviewer_id <> NEW.author_id)) THEN RAISE EXCEPTION 'A row of % is approved by the review of another person only.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NULL;",
                            hash="b894b00f46e8f81a4494fed56bbc31e17230f720",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_approved_versions_have_an_approving_review_523eb",
                            table="claims_version",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_versionevent" ("claim_id", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published", "status") VALUES (NEW."claim_id", NEW."id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published", NEW."status"); RETURN NULL;',
                            hash="9df4f9b74c0438fcb27f9bd3a8a4bd79f7d17610",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3d040",
                            table="claims_version",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."claim_id" IS DISTINCT FROM (NEW."claim_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."published" IS DISTINCT FROM (NEW."published") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                            func='INSERT INTO "claims_versionevent" ("claim_id", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published", "status") VALUES (NEW."claim_id", NEW."id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published", NEW."status"); RETURN NULL;',
                            hash="52dd229e7abf4a862b63c2257b6fc3887ec870a7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_520f6",
                            table="claims_version",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_versionevent" ("claim_id", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published", "status") VALUES (OLD."claim_id", OLD."id", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."published", OLD."status"); RETURN NULL;',
                            hash="971585e45f5b1cc67cbe7a062fad8c01417c9186",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_255df",
                            table="claims_version",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AbsenceScope",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absence_scope",
                        to="claims.version",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absence_scopes",
                        to="sources.series",
                    ),
                ),
                ("terms", models.JSONField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("terms", []), _negated=True),
                        name="an absence names the terms that are not there",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="absence_scopes_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."version_id" IS DISTINCT FROM OLD."version_id" OR NEW."series_id" IS DISTINCT FROM OLD."series_id" OR NEW."terms" IS DISTINCT FROM OLD."terms") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="8e62ee467f7db175508a1fe220215e8bc8c42a5a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_absence_scopes_are_append_only_36547",
                            table="claims_absencescope",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="absence_scopes_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="e8c86abc6d6d445d8f60b6af8ac1f98ff6fb4a7c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_absence_scopes_are_never_truncated_fb6ef",
                            table="claims_absencescope",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="absence_scopes_come_with_their_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (NOT EXISTS (SELECT FROM claims_version v WHERE v.id = NEW.version_id AND v.recorded_in = txid_current()) OR EXISTS (SELECT FROM claims_review r WHERE r.version_id = NEW.version_id)) THEN RAISE EXCEPTION 'A row of % comes in the transaction of its version.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;",
                            hash="008ff217098826d730a5dbf9fb234b0f541602ce",
                            operation="INSERT",
                            pgid="pgtrigger_absence_scopes_come_with_their_version_e19cd",
                            table="claims_absencescope",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AbsenceDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absence_documents",
                        to="claims.version",
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="claims.absencescope",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absence_scopes",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scope", "source"), name="a scope names a source once"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="absence_documents_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."version_id" IS DISTINCT FROM OLD."version_id" OR NEW."scope_id" IS DISTINCT FROM OLD."scope_id" OR NEW."source_id" IS DISTINCT FROM OLD."source_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="83f922fa044a5dadcd2d4d975edad959e8d54aee",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_absence_documents_are_append_only_7b418",
                            table="claims_absencedocument",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="absence_documents_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="e4d976c3003d3dd1d7952d65760f12d857c9ae62",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_absence_documents_are_never_truncated_fadea",
                            table="claims_absencedocument",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="absence_documents_come_with_their_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (NOT EXISTS (SELECT FROM claims_version v WHERE v.id = NEW.version_id AND v.recorded_in = txid_current()) OR EXISTS (SELECT FROM claims_review r WHERE r.version_id = NEW.version_id)) THEN RAISE EXCEPTION 'A row of % comes in the transaction of its version.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;",
                            hash="a0d19f08c88c9b77f42ebf3c77d9dc97caf4bd18",
                            operation="INSERT",
                            pgid="pgtrigger_absence_documents_come_with_their_version_6dfaf",
                            table="claims_absencedocument",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="absence_documents_are_of_their_scopes_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (NOT EXISTS (SELECT FROM claims_absencescope s WHERE s.id = NEW.scope_id AND s.version_id = NEW.version_id)) THEN RAISE EXCEPTION 'A row of % is of the version of its scope.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;",
                            hash="966084bd619a32ea93b85f37abc414bf1038f641",
                            operation="INSERT",
                            pgid="pgtrigger_absence_documents_are_of_their_scopes_version_24c3c",
                            table="claims_absencedocument",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AbsenceRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="claims.absencescope",
                    ),
                ),
                ("run_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("absent", "Absent"),
                            ("present", "Present"),
                            ("not-searched", "Not searched"),
                        ],
                        max_length=15,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["absent", "present", "not-searched"])),
                        name="the outcome of an absence run is a known outcome",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="absence_runs_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."scope_id" IS DISTINCT FROM OLD."scope_id" OR NEW."run_at" IS DISTINCT FROM OLD."run_at" OR NEW."outcome" IS DISTINCT FROM OLD."outcome") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="61145033bded791a82b92f885bc1a1d92109e04c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_absence_runs_are_append_only_0d961",
                            table="claims_absencerun",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="absence_runs_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="c85adaba2438a86e1d7bbd13b854cfea9d43095d",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_absence_runs_are_never_truncated_a1638",
                            table="claims_absencerun",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Asserter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asserters",
                        to="claims.version",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "entity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assertions",
                        to="claims.entity",
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "position"),
                        name="a place in a chain of asserters is taken once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("description", ""), ("entity__isnull", False)),
                            models.Q(
                                ("entity__isnull", True),
                                models.Q(("description", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an asserter is an entity or is described",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="asserters_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."version_id" IS DISTINCT FROM OLD."version_id" OR NEW."position" IS DISTINCT FROM OLD."position" OR NEW."entity_id" IS DISTINCT FROM OLD."entity_id" OR NEW."description" IS DISTINCT FROM OLD."description") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="4de4da1ec44ebde18cfb7ececbd6413597569382",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_asserters_are_append_only_8cc47",
                            table="claims_asserter",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="asserters_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="e02b304708b71a8edec341660ba88c8ee8c58ac1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_asserters_are_never_truncated_d00fe",
                            table="claims_asserter",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="asserters_come_with_their_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (NOT EXISTS (SELECT FROM claims_version v WHERE v.id = NEW.version_id AND v.recorded_in = txid_current()) OR EXISTS (SELECT FROM claims_review r WHERE r.version_id = NEW.version_id)) THEN RAISE EXCEPTION 'A row of % comes in the transaction of its version.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;",
                            hash="3830a490405c48a6c1314720e10ecd32ca731506",
                            operation="INSERT",
                            pgid="pgtrigger_asserters_come_with_their_version_eacc5",
                            table="claims_asserter",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.claim",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField()),
                (
                    "namespace",
                    models.CharField(
                        blank=True, db_collation="C", max_length=100, verbose_name="namespace"
                    ),
                ),
                (
                    "external_id",
                    models.CharField(
                        blank=True,
                        db_collation="C",
                        max_length=200,
                        null=True,
                        verbose_name="external id",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "retracted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retracted at"),
                ),
                (
                    "retracted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="retracted by",
                    ),
                ),
                (
                    "retracted_reason",
                    models.TextField(
                        blank=True, null=True, verbose_name="reason for the retraction"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="claims_events_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."uuid" IS DISTINCT FROM OLD."uuid" OR NEW."namespace" IS DISTINCT FROM OLD."namespace" OR NEW."external_id" IS DISTINCT FROM OLD."external_id" OR NEW."created_at" IS DISTINCT FROM OLD."created_at" OR NEW."created_by_id" IS DISTINCT FROM OLD."created_by_id" OR NEW."retracted_at" IS DISTINCT FROM OLD."retracted_at" OR NEW."retracted_by_id" IS DISTINCT FROM OLD."retracted_by_id" OR NEW."retracted_reason" IS DISTINCT FROM OLD."retracted_reason") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="047e1f04d8544a61c68adb2198d38049ebf525c1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_claims_events_are_append_only_9cd28",
                            table="claims_claimevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="claims_events_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="6a97f7b91b4110f4aa4c5f39682df2971779bc22",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_claims_events_are_never_truncated_df32e",
                            table="claims_claimevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimTopic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topic_ties",
                        to="claims.claim",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim_ties",
                        to="claims.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic of a claim",
                "verbose_name_plural": "topics of a claim",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("claim", "topic"), name="a claim is filed under a topic once"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_claimtopicevent" ("claim_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (NEW."claim_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."topic_id"); RETURN NULL;',
                            hash="4673d67b9296c2db01ee44e7b6c92e0ff4d423b1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e3f7f",
                            table="claims_claimtopic",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "claims_claimtopicevent" ("claim_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (NEW."claim_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."topic_id"); RETURN NULL;',
                            hash="5bfe5b477ac3911c0809f548a8905a7a7e1d3654",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e96f8",
                            table="claims_claimtopic",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_claimtopicevent" ("claim_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (OLD."claim_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."topic_id"); RETURN NULL;',
                            hash="839f7d127cf23cd714e73a75d56f4ba2d496fc19",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_28e40",
                            table="claims_claimtopic",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimTopicEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.claimtopic",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.topic",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="claim_topics_events_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."claim_id" IS DISTINCT FROM OLD."claim_id" OR NEW."topic_id" IS DISTINCT FROM OLD."topic_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="ac7caf59e378c7dff1a2b499e1c9b86c023c1677",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_claim_topics_events_are_append_only_b4f8c",
                            table="claims_claimtopicevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="claim_topics_events_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="5f551b0bae9691ed0a3960a555007f49cacef73f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_claim_topics_events_are_never_truncated_40691",
                            table="claims_claimtopicevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("value", "Value"),
                            ("direction", "Direction"),
                            ("presence", "Presence"),
                            ("stance", "Evidence"),
                            ("absence", "Absence"),
                            ("editorial", "Editorial"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "strength",
                    models.CharField(
                        choices=[("contradiction", "Contradiction"), ("tension", "Tension")],
                        max_length=15,
                        verbose_name="strength",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("confirmed", "Confirmed"),
                            ("resolved", "Resolved"),
                            ("reconciled", "Reconciled"),
                            ("irreducible", "Irreducible"),
                            ("lapsed", "Lapsed"),
                            ("merged", "Merged"),
                        ],
                        default="open",
                        max_length=15,
                        verbose_name="status",
                    ),
                ),
                ("same_source", models.BooleanField(default=False, verbose_name="same source")),
                ("question", models.TextField(blank=True, verbose_name="question")),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="claims.conflict",
                    ),
                ),
                (
                    "split_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="split",
                        to="claims.conflict",
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict",
                "verbose_name_plural": "conflicts",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "value",
                                    "direction",
                                    "presence",
                                    "stance",
                                    "absence",
                                    "editorial",
                                ],
                            )
                        ),
                        name="the kind of a conflict is a known kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("strength__in", ["contradiction", "tension"])),
                        name="the strength of a conflict is a known strength",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "open",
                                    "confirmed",
                                    "resolved",
                                    "reconciled",
                                    "irreducible",
                                    "lapsed",
                                    "merged",
                                ],
                            )
                        ),
                        name="the status of a conflict is a known status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "editorial"),
                                ("opened_by__isnull", False),
                                models.Q(("question", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("kind", "editorial"), _negated=True), ("question", "")
                            ),
                            _connector="OR",
                        ),
                        name="a person asks the question of an editorial conflict",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", False), ("status", "merged")),
                            models.Q(
                                models.Q(("status", "merged"), _negated=True),
                                ("merged_into__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a merged conflict names the one it went into",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="a conflict is not merged into itself",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="conflicts_are_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never deleted.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="0752f89d8f3f1a438d7d59abc06f90139c40c4f1",
                            operation="DELETE",
                            pgid="pgtrigger_conflicts_are_never_deleted_a11ad",
                            table="claims_conflict",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="conflicts_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="830c3d5e21e95a226cbd146b27f41f4450a17747",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_conflicts_are_never_truncated_7ba24",
                            table="claims_conflict",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_conflictevent" ("id", "kind", "merged_into_id", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "same_source", "split_from_id", "status", "strength") VALUES (NEW."id", NEW."kind", NEW."merged_into_id", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."question", NEW."same_source", NEW."split_from_id", NEW."status", NEW."strength"); RETURN NULL;',
                            hash="6fe566bd3f7b27fa87fc0afad1b0d10fdf8a00ad",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a2ed8",
                            table="claims_conflict",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "claims_conflictevent" ("id", "kind", "merged_into_id", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "same_source", "split_from_id", "status", "strength") VALUES (NEW."id", NEW."kind", NEW."merged_into_id", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."question", NEW."same_source", NEW."split_from_id", NEW."status", NEW."strength"); RETURN NULL;',
                            hash="2375c446c63d834df6cf989c1fbd543822dd1a25",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c2773",
                            table="claims_conflict",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_conflictevent" ("id", "kind", "merged_into_id", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "same_source", "split_from_id", "status", "strength") VALUES (OLD."id", OLD."kind", OLD."merged_into_id", OLD."opened_at", OLD."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."question", OLD."same_source", OLD."split_from_id", OLD."status", OLD."strength"); RETURN NULL;',
                            hash="5e154cfa4570790bef80a4ea9159899a69f60ee3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d5fff",
                            table="claims_conflict",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "conflict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="claims.conflict",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("confirmed", "Confirmed"),
                            ("resolved", "Resolved"),
                            ("reconciled", "Reconciled"),
                            ("irreducible", "Irreducible"),
                            ("lapsed", "Lapsed"),
                            ("merged", "Merged"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                (
                    "versions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                (
                    "standing_claims",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "open",
                                    "confirmed",
                                    "resolved",
                                    "reconciled",
                                    "irreducible",
                                    "lapsed",
                                    "merged",
                                ],
                            )
                        ),
                        name="the status of a decision is a known status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["lapsed", "merged"]), _negated=True),
                        name="no person decides that a conflict lapsed or merged",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="conflict_decisions_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."conflict_id" IS DISTINCT FROM OLD."conflict_id" OR NEW."status" IS DISTINCT FROM OLD."status" OR NEW."decided_by_id" IS DISTINCT FROM OLD."decided_by_id" OR NEW."decided_at" IS DISTINCT FROM OLD."decided_at" OR NEW."versions" IS DISTINCT FROM OLD."versions" OR NEW."standing_claims" IS DISTINCT FROM OLD."standing_claims") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."note" IS DISTINCT FROM OLD."note") THEN IF (COALESCE(NEW."note"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its note unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                            hash="fa62474f9dd83437ee4f604f6fe125b2d2803b6d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_conflict_decisions_are_append_only_61b45",
                            table="claims_conflictdecision",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="conflict_decisions_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="9fb2da2febb4c3bfd1835bba98cab8aa642eea2d",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_conflict_decisions_are_never_truncated_6957e",
                            table="claims_conflictdecision",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.conflict",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("value", "Value"),
                            ("direction", "Direction"),
                            ("presence", "Presence"),
                            ("stance", "Evidence"),
                            ("absence", "Absence"),
                            ("editorial", "Editorial"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "strength",
                    models.CharField(
                        choices=[("contradiction", "Contradiction"), ("tension", "Tension")],
                        max_length=15,
                        verbose_name="strength",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("confirmed", "Confirmed"),
                            ("resolved", "Resolved"),
                            ("reconciled", "Reconciled"),
                            ("irreducible", "Irreducible"),
                            ("lapsed", "Lapsed"),
                            ("merged", "Merged"),
                        ],
                        default="open",
                        max_length=15,
                        verbose_name="status",
                    ),
                ),
                ("same_source", models.BooleanField(default=False, verbose_name="same source")),
                ("question", models.TextField(blank=True, verbose_name="question")),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.conflict",
                    ),
                ),
                (
                    "split_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.conflict",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="conflicts_events_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."kind" IS DISTINCT FROM OLD."kind" OR NEW."strength" IS DISTINCT FROM OLD."strength" OR NEW."status" IS DISTINCT FROM OLD."status" OR NEW."same_source" IS DISTINCT FROM OLD."same_source" OR NEW."question" IS DISTINCT FROM OLD."question" OR NEW."opened_at" IS DISTINCT FROM OLD."opened_at" OR NEW."opened_by_id" IS DISTINCT FROM OLD."opened_by_id" OR NEW."merged_into_id" IS DISTINCT FROM OLD."merged_into_id" OR NEW."split_from_id" IS DISTINCT FROM OLD."split_from_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="f2f347b4eea794762b44c3761dbcbd409a13b323",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_conflicts_events_are_append_only_ade96",
                            table="claims_conflictevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="conflicts_events_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="692df339722e5e7a23cc97581a32651d680806c5",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_conflicts_events_are_never_truncated_5e35a",
                            table="claims_conflictevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "conflict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="claims.conflict",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflict_memberships",
                        to="claims.claim",
                    ),
                ),
                (
                    "answers",
                    models.CharField(blank=True, db_collation="C", max_length=64, null=True),
                ),
                (
                    "versions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("joined_at", models.DateTimeField(verbose_name="joined at")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left at")),
            ],
            options={
                "verbose_name": "member of a conflict",
                "verbose_name_plural": "members of a conflict",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answers__isnull", False), ("left_at__isnull", True)),
                        fields=("claim", "answers"),
                        name="a claim is party to one live conflict on a question",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("left_at__isnull", True)),
                        fields=("conflict", "claim", "answers"),
                        name="a claim is party to a conflict once",
                        nulls_distinct=False,
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="conflict_members_are_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never deleted.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="56c8c29d32eaaf199dffdc53ab69328ec5f6a620",
                            operation="DELETE",
                            pgid="pgtrigger_conflict_members_are_never_deleted_a6452",
                            table="claims_conflictmember",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="conflict_members_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="0d8c533c335eeb092004c0c8b85fe103e57dcaee",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_conflict_members_are_never_truncated_f959c",
                            table="claims_conflictmember",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="memberships_end_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (OLD."left_at" IS NOT NULL AND NEW."left_at" IS DISTINCT FROM OLD."left_at") THEN RAISE EXCEPTION \'A row of % keeps its left_at once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="98ec41983ed41ad5b628864286ad790473f9c385",
                            operation="UPDATE",
                            pgid="pgtrigger_memberships_end_once_4e5fd",
                            table="claims_conflictmember",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_conflictmemberevent" ("answers", "claim_id", "conflict_id", "id", "joined_at", "left_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "versions") VALUES (NEW."answers", NEW."claim_id", NEW."conflict_id", NEW."id", NEW."joined_at", NEW."left_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."versions"); RETURN NULL;',
                            hash="152b79b8b3f099ab8ed36b98a12a7d8053144803",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9730b",
                            table="claims_conflictmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "claims_conflictmemberevent" ("answers", "claim_id", "conflict_id", "id", "joined_at", "left_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "versions") VALUES (NEW."answers", NEW."claim_id", NEW."conflict_id", NEW."id", NEW."joined_at", NEW."left_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."versions"); RETURN NULL;',
                            hash="f567a368c0fbf88c0e823b8e0de6b38a82b06295",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a2fbe",
                            table="claims_conflictmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_conflictmemberevent" ("answers", "claim_id", "conflict_id", "id", "joined_at", "left_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "versions") VALUES (OLD."answers", OLD."claim_id", OLD."conflict_id", OLD."id", OLD."joined_at", OLD."left_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."versions"); RETURN NULL;',
                            hash="07ddf287a42f7dd69a2d97dd7dff15b95fd36a84",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c08d2",
                            table="claims_conflictmember",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictMemberEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.conflictmember",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "conflict",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.conflict",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "answers",
                    models.CharField(blank=True, db_collation="C", max_length=64, null=True),
                ),
                (
                    "versions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("joined_at", models.DateTimeField(verbose_name="joined at")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left at")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="conflict_members_events_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."conflict_id" IS DISTINCT FROM OLD."conflict_id" OR NEW."claim_id" IS DISTINCT FROM OLD."claim_id" OR NEW."answers" IS DISTINCT FROM OLD."answers" OR NEW."versions" IS DISTINCT FROM OLD."versions" OR NEW."joined_at" IS DISTINCT FROM OLD."joined_at" OR NEW."left_at" IS DISTINCT FROM OLD."left_at") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="fe8519631e778523986a5e9346699393265a0971",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_conflict_members_events_are_append_only_1baa9",
                            table="claims_conflictmemberevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="conflict_members_events_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="e1b585a05c48430ecbdd499bbc1d0f20fb10378e",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_conflict_members_events_are_never_truncated_ad091",
                            table="claims_conflictmemberevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="claims.absencerun",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.source",
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.textlayer",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("absent", "Absent"),
                            ("present", "Present"),
                            ("not-searched", "Not searched"),
                        ],
                        max_length=15,
                    ),
                ),
                ("places", models.JSONField(default=list)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "source"), name="a run finds one thing about a source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["absent", "present", "not-searched"])),
                        name="the outcome of a finding is a known outcome",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="findings_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."run_id" IS DISTINCT FROM OLD."run_id" OR NEW."source_id" IS DISTINCT FROM OLD."source_id" OR NEW."layer_id" IS DISTINCT FROM OLD."layer_id" OR NEW."outcome" IS DISTINCT FROM OLD."outcome") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."places" IS DISTINCT FROM OLD."places") THEN IF (COALESCE(NEW."places"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its places unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                            hash="8bb1864e77a8b7009b6d2b4d4fba73e752499d2f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_findings_are_append_only_e528b",
                            table="claims_finding",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="findings_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="d6914bebad035cfe47c30472e8bb406b0176face",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_findings_are_never_truncated_028da",
                            table="claims_finding",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dismissal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dismissals",
                        to="claims.finding",
                    ),
                ),
                ("place", models.JSONField()),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("dismissed_at", models.DateTimeField()),
                ("reason", models.TextField(verbose_name="reason")),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="dismissals_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."finding_id" IS DISTINCT FROM OLD."finding_id" OR NEW."place" IS DISTINCT FROM OLD."place" OR NEW."dismissed_by_id" IS DISTINCT FROM OLD."dismissed_by_id" OR NEW."dismissed_at" IS DISTINCT FROM OLD."dismissed_at" OR NEW."reason" IS DISTINCT FROM OLD."reason") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="55a7ec94777dc8664336f94432969d94d1c7128d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_dismissals_are_append_only_05950",
                            table="claims_dismissal",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="dismissals_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="dea1d0ff679bea773663341d0c99db2165403045",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_dismissals_are_never_truncated_91404",
                            table="claims_dismissal",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FactSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        db_collation="C", max_length=100, unique=True, verbose_name="key"
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "language",
                    models.CharField(default="en", max_length=35, verbose_name="language"),
                ),
                ("style", models.CharField(max_length=100, verbose_name="citation style")),
                ("sections", models.JSONField(default=list, verbose_name="sections")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "fact sheet",
                "verbose_name_plural": "fact sheets",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_-]*$")),
                        name="the key of a fact sheet is a slug",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="fact_sheets_are_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never deleted.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="2f99410e83ed2195fb3adaf5c5e834f70b801383",
                            operation="DELETE",
                            pgid="pgtrigger_fact_sheets_are_never_deleted_7ae41",
                            table="claims_factsheet",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="fact_sheets_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="9047dc55acf31cc227ba367e8e74f2dab3f5a1ab",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_fact_sheets_are_never_truncated_652c1",
                            table="claims_factsheet",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="fact_sheets_keep_their_key",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (NEW.\"key\" IS DISTINCT FROM OLD.\"key\") THEN RAISE EXCEPTION 'A row of % keeps its key.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;",
                            hash="227ae7ba566ee94bedd1163158b4ac32b7b20e6b",
                            operation="UPDATE",
                            pgid="pgtrigger_fact_sheets_keep_their_key_31372",
                            table="claims_factsheet",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_factsheetevent" ("created_at", "created_by_id", "id", "key", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sections", "style", "title") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."key", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sections", NEW."style", NEW."title"); RETURN NULL;',
                            hash="284206182ee70ac174896b13beb078c64d6cc5ba",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1c2e6",
                            table="claims_factsheet",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "claims_factsheetevent" ("created_at", "created_by_id", "id", "key", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sections", "style", "title") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."key", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sections", NEW."style", NEW."title"); RETURN NULL;',
                            hash="ed624be86db38ae4d0afde65ba45d1e929ed600e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1cdde",
                            table="claims_factsheet",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_factsheetevent" ("created_at", "created_by_id", "id", "key", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sections", "style", "title") VALUES (OLD."created_at", OLD."created_by_id", OLD."id", OLD."key", OLD."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sections", OLD."style", OLD."title"); RETURN NULL;',
                            hash="9a341eff90ff91f06bcbb0004a3029802babf32a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2680f",
                            table="claims_factsheet",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fact_sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="claims.factsheet",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("issued_at", models.DateTimeField()),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="claims.edition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("fact_sheet", "number"),
                        name="a fact sheet has an edition of a number once",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="editions_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."fact_sheet_id" IS DISTINCT FROM OLD."fact_sheet_id" OR NEW."number" IS DISTINCT FROM OLD."number" OR NEW."issued_at" IS DISTINCT FROM OLD."issued_at" OR NEW."issued_by_id" IS DISTINCT FROM OLD."issued_by_id" OR NEW."replaces_id" IS DISTINCT FROM OLD."replaces_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="fe88ca945c847db933216fef53d5bad767e400c9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_editions_are_append_only_48171",
                            table="claims_edition",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="editions_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="0f41a1b8291091084222acb95670d74b53099da7",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_editions_are_never_truncated_73a76",
                            table="claims_edition",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="claims.edition",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("html", "HTML"), ("markdown", "Markdown")], max_length=10
                    ),
                ),
                ("sha256", models.CharField(db_collation="C", max_length=64)),
                ("content", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "format"), name="an edition has a file of a format once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["html", "markdown"])),
                        name="the format of an edition's file is a known format",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="edition_files_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."edition_id" IS DISTINCT FROM OLD."edition_id" OR NEW."format" IS DISTINCT FROM OLD."format" OR NEW."sha256" IS DISTINCT FROM OLD."sha256") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."content" IS DISTINCT FROM OLD."content") THEN IF (COALESCE(NEW."content"::text, \'\') NOT IN (\'\', \'\\x\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its content unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                            hash="497e76aeb1c5a67829e6ad9a065a7787883a795c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_edition_files_are_append_only_63abe",
                            table="claims_editionfile",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="edition_files_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="de877eadaf139623e541c8b90c2de9bfc824a108",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_edition_files_are_never_truncated_4596e",
                            table="claims_editionfile",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="claims.edition",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="claims.version",
                    ),
                ),
                ("content_hash", models.CharField(db_collation="C", max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "version"), name="an edition rests on a version once"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="edition_versions_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."edition_id" IS DISTINCT FROM OLD."edition_id" OR NEW."version_id" IS DISTINCT FROM OLD."version_id" OR NEW."content_hash" IS DISTINCT FROM OLD."content_hash") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="f4dcfb025d8b4f29e80157bd4a00980c79e6ef49",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_edition_versions_are_append_only_6ad22",
                            table="claims_editionversion",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="edition_versions_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="9c02795e4dea8a437e9449f6158cba3cacca8fc7",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_edition_versions_are_never_truncated_be46c",
                            table="claims_editionversion",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EntityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.entity",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.SlugField(
                        db_collation="C", db_index=False, max_length=100, verbose_name="key"
                    ),
                ),
                ("label", models.CharField(max_length=300, verbose_name="label")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("country", "Country"),
                            ("organisation", "Organisation"),
                            ("person", "Person"),
                            ("event", "Event"),
                            ("project", "Project"),
                            ("place", "Place"),
                            ("document", "Document"),
                            ("series", "Series"),
                            ("concept", "Concept"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("aliases", models.JSONField(blank=True, default=list, verbose_name="aliases")),
                (
                    "wikidata",
                    models.CharField(blank=True, max_length=20, verbose_name="Wikidata id"),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.entity",
                        verbose_name="part of",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.entity",
                        verbose_name="merged into",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sources.source",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sources.series",
                    ),
                ),
                ("search_text", models.TextField(default="", editable=False)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="entities_events_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."key" IS DISTINCT FROM OLD."key" OR NEW."label" IS DISTINCT FROM OLD."label" OR NEW."kind" IS DISTINCT FROM OLD."kind" OR NEW."aliases" IS DISTINCT FROM OLD."aliases" OR NEW."wikidata" IS DISTINCT FROM OLD."wikidata" OR NEW."part_of_id" IS DISTINCT FROM OLD."part_of_id" OR NEW."merged_into_id" IS DISTINCT FROM OLD."merged_into_id" OR NEW."source_id" IS DISTINCT FROM OLD."source_id" OR NEW."series_id" IS DISTINCT FROM OLD."series_id" OR NEW."search_text" IS DISTINCT FROM OLD."search_text") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="0cb0cb58b42bab115e9f61d1b159e43a48d0deb9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_entities_events_are_append_only_c8d51",
                            table="claims_entityevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="entities_events_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="962ff3605575a9178238f38bd1c3dff9ecb83ac7",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_entities_events_are_never_truncated_c213f",
                            table="claims_entityevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="claims.version",
                    ),
                ),
                (
                    "excerpt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="sources.excerpt",
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "Supports"),
                            ("refutes", "Refutes"),
                            ("context", "Context"),
                        ],
                        max_length=10,
                        verbose_name="stance",
                    ),
                ),
                (
                    "own_origin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "piece of evidence",
                "verbose_name_plural": "evidence",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "excerpt"), name="a version rests on an excerpt once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["supports", "refutes", "context"])),
                        name="the stance of evidence is a known stance",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="evidence_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."version_id" IS DISTINCT FROM OLD."version_id" OR NEW."excerpt_id" IS DISTINCT FROM OLD."excerpt_id" OR NEW."stance" IS DISTINCT FROM OLD."stance" OR NEW."own_origin_id" IS DISTINCT FROM OLD."own_origin_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="856ca59dd78599c18b1c850992ae9706f8304963",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_evidence_are_append_only_707ec",
                            table="claims_evidence",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="evidence_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="363d530ff0393ed8a3ffe7de0271564d2fb5ec11",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_evidence_are_never_truncated_73606",
                            table="claims_evidence",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="evidence_come_with_their_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (NOT EXISTS (SELECT FROM claims_version v WHERE v.id = NEW.version_id AND v.recorded_in = txid_current()) OR EXISTS (SELECT FROM claims_review r WHERE r.version_id = NEW.version_id)) THEN RAISE EXCEPTION 'A row of % comes in the transaction of its version.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;",
                            hash="bffc345a99f9e13a8f793e250e3e36b3f943ebaf",
                            operation="INSERT",
                            pgid="pgtrigger_evidence_come_with_their_version_ad0ad",
                            table="claims_evidence",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FactSheetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.factsheet",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.SlugField(
                        db_collation="C", db_index=False, max_length=100, verbose_name="key"
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "language",
                    models.CharField(default="en", max_length=35, verbose_name="language"),
                ),
                ("style", models.CharField(max_length=100, verbose_name="citation style")),
                ("sections", models.JSONField(default=list, verbose_name="sections")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="fact_sheets_events_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."key" IS DISTINCT FROM OLD."key" OR NEW."title" IS DISTINCT FROM OLD."title" OR NEW."language" IS DISTINCT FROM OLD."language" OR NEW."style" IS DISTINCT FROM OLD."style" OR NEW."sections" IS DISTINCT FROM OLD."sections" OR NEW."created_at" IS DISTINCT FROM OLD."created_at" OR NEW."created_by_id" IS DISTINCT FROM OLD."created_by_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="1ea00e4e304af48ff8535dd876ef7cda55c32e55",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_fact_sheets_events_are_append_only_d5f13",
                            table="claims_factsheetevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="fact_sheets_events_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="cbce08edf7eb37ba7137d1b2eecb12a570317774",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_fact_sheets_events_are_never_truncated_bc5d5",
                            table="claims_factsheetevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="claims.claim",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("source-standing", "A source's standing changed"),
                            ("quote-drifted", "A quote is no longer verified"),
                            ("absence-hit", "An absence was challenged by a hit"),
                            ("premise-changed", "A premise changed"),
                            ("reader-note", "A reader's note"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("cause", models.TextField(verbose_name="cause")),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="closed at"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("closing_note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "verbose_name": "flag",
                "verbose_name_plural": "flags",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "source-standing",
                                    "quote-drifted",
                                    "absence-hit",
                                    "premise-changed",
                                    "reader-note",
                                ],
                            )
                        ),
                        name="the kind of a flag is a known kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a flag is closed by somebody at some time",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="flags_are_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never deleted.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="7cc989b758753baaf569e3881d2ea9b6bd23ce14",
                            operation="DELETE",
                            pgid="pgtrigger_flags_are_never_deleted_818e0",
                            table="claims_flag",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="flags_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="05fe78f18a113fff43cee93d134f611accd7f0db",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_flags_are_never_truncated_51e20",
                            table="claims_flag",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="flags_close_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (OLD."closed_at" IS NOT NULL AND NEW."closed_at" IS DISTINCT FROM OLD."closed_at") THEN RAISE EXCEPTION \'A row of % keeps its closed_at once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."closed_by_id" IS NOT NULL AND NEW."closed_by_id" IS DISTINCT FROM OLD."closed_by_id") THEN RAISE EXCEPTION \'A row of % keeps its closed_by_id once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="e638610799b5ddec17ceca006085af5286e0a7e9",
                            operation="UPDATE",
                            pgid="pgtrigger_flags_close_once_1b147",
                            table="claims_flag",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_flagevent" ("cause", "claim_id", "closed_at", "closed_by_id", "closing_note", "id", "kind", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."cause", NEW."claim_id", NEW."closed_at", NEW."closed_by_id", NEW."closing_note", NEW."id", NEW."kind", NEW."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="50740391b2b296524a8a5b08fc304136d6dece02",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ce81c",
                            table="claims_flag",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "claims_flagevent" ("cause", "claim_id", "closed_at", "closed_by_id", "closing_note", "id", "kind", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."cause", NEW."claim_id", NEW."closed_at", NEW."closed_by_id", NEW."closing_note", NEW."id", NEW."kind", NEW."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="9cd30b81860bca52c539e1201d8b2ce2b9c43641",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2d719",
                            table="claims_flag",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_flagevent" ("cause", "claim_id", "closed_at", "closed_by_id", "closing_note", "id", "kind", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."cause", OLD."claim_id", OLD."closed_at", OLD."closed_by_id", OLD."closing_note", OLD."id", OLD."kind", OLD."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="88f05693c4c798a4a014b15ba650066ab9203f9f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7c97d",
                            table="claims_flag",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FlagEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.flag",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("source-standing", "A source's standing changed"),
                            ("quote-drifted", "A quote is no longer verified"),
                            ("absence-hit", "An absence was challenged by a hit"),
                            ("premise-changed", "A premise changed"),
                            ("reader-note", "A reader's note"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("cause", models.TextField(verbose_name="cause")),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="closed at"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("closing_note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="flags_events_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."claim_id" IS DISTINCT FROM OLD."claim_id" OR NEW."kind" IS DISTINCT FROM OLD."kind" OR NEW."cause" IS DISTINCT FROM OLD."cause" OR NEW."opened_at" IS DISTINCT FROM OLD."opened_at" OR NEW."closed_at" IS DISTINCT FROM OLD."closed_at" OR NEW."closed_by_id" IS DISTINCT FROM OLD."closed_by_id" OR NEW."closing_note" IS DISTINCT FROM OLD."closing_note") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="e065a638127f3be2f929bfbdc7df4e4a3160663e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_flags_events_are_append_only_9aa4b",
                            table="claims_flagevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="flags_events_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="36afbb9fc6e7b83dc391529f685c79a44b9c12a9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_flags_events_are_never_truncated_6ae74",
                            table="claims_flagevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="claims.version",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("content_hash", models.CharField(db_collation="C", max_length=64)),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewer",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("approve", "Approve"),
                            ("request-changes", "Ask for changes"),
                            ("reject", "Reject"),
                        ],
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__in", ["approve", "request-changes", "reject"])
                        ),
                        name="the decision of a review is a known decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reviewer", models.F("author")), _negated=True),
                        name="nobody reviews what they wrote themselves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", "approve"), ("note__regex", "\\S"), _connector="OR"
                        ),
                        name="a review that does not approve says why",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="reviews_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."version_id" IS DISTINCT FROM OLD."version_id" OR NEW."author_id" IS DISTINCT FROM OLD."author_id" OR NEW."content_hash" IS DISTINCT FROM OLD."content_hash" OR NEW."reviewer_id" IS DISTINCT FROM OLD."reviewer_id" OR NEW."decision" IS DISTINCT FROM OLD."decision" OR NEW."decided_at" IS DISTINCT FROM OLD."decided_at") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."note" IS DISTINCT FROM OLD."note") THEN IF (COALESCE(NEW."note"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its note unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                            hash="0464f35f2cc54d08bdf8a4e91cf9937c83120479",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_reviews_are_append_only_738e8",
                            table="claims_review",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="reviews_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="4ea66e737b028d14d29d9019247a3c5835eed275",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_reviews_are_never_truncated_6f1a2",
                            table="claims_review",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="claims.review",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="claims.evidence",
                    ),
                ),
                ("makes_claim", models.BooleanField(verbose_name="makes this claim")),
                (
                    "credibility",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="credibility"
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "evidence"),
                        name="a review judges a piece of evidence once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("credibility__isnull", True),
                            ("credibility__range", (1, 6)),
                            _connector="OR",
                        ),
                        name="the credibility of information is 1 to 6",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="judgements_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."review_id" IS DISTINCT FROM OLD."review_id" OR NEW."evidence_id" IS DISTINCT FROM OLD."evidence_id" OR NEW."makes_claim" IS DISTINCT FROM OLD."makes_claim" OR NEW."credibility" IS DISTINCT FROM OLD."credibility") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."note" IS DISTINCT FROM OLD."note") THEN IF (COALESCE(NEW."note"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its note unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                            hash="b659fecd7088928fcc978ea4850ad496608b331b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_judgements_are_append_only_8746b",
                            table="claims_judgement",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="judgements_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="3153b2535d764522c57485350cdcf47618f39da2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_judgements_are_never_truncated_c7c6c",
                            table="claims_judgement",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="judgements_are_on_what_was_reviewed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (NOT EXISTS (SELECT FROM claims_review r JOIN claims_evidence e ON e.version_id = r.version_id WHERE r.id = NEW.review_id AND e.id = NEW.evidence_id)) THEN RAISE EXCEPTION 'A row of % is on evidence of the version reviewed.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;",
                            hash="c7462e650eb039b6d65009ad2cc8a5e31ee06fee",
                            operation="INSERT",
                            pgid="pgtrigger_judgements_are_on_what_was_reviewed_3170c",
                            table="claims_judgement",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Premise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="premises",
                        to="claims.version",
                    ),
                ),
                (
                    "rests_on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conclusions",
                        to="claims.version",
                    ),
                ),
                ("formula", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "rests_on"),
                        name="a version rests on another version once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version", models.F("rests_on")), _negated=True),
                        name="a version is not its own premise",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="premises_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."version_id" IS DISTINCT FROM OLD."version_id" OR NEW."rests_on_id" IS DISTINCT FROM OLD."rests_on_id" OR NEW."formula" IS DISTINCT FROM OLD."formula") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="34b39d916629f31f71e776183660a4b4475a1f33",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_premises_are_append_only_af7a9",
                            table="claims_premise",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="premises_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="a587823178d1354ca9a64c94ce7912d456fbcbe8",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_premises_are_never_truncated_181c5",
                            table="claims_premise",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="premises_come_with_their_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (NOT EXISTS (SELECT FROM claims_version v WHERE v.id = NEW.version_id AND v.recorded_in = txid_current()) OR EXISTS (SELECT FROM claims_review r WHERE r.version_id = NEW.version_id)) THEN RAISE EXCEPTION 'A row of % comes in the transaction of its version.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;",
                            hash="c060bd4de48b8e17aa62d7575df6c3fb7ab1da8e",
                            operation="INSERT",
                            pgid="pgtrigger_premises_come_with_their_version_45582",
                            table="claims_premise",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PropertyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.property",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.SlugField(
                        db_collation="C", db_index=False, max_length=100, verbose_name="key"
                    ),
                ),
                ("label", models.CharField(max_length=300, verbose_name="label")),
                (
                    "value_kind",
                    models.CharField(
                        choices=[
                            ("quantity", "Quantity"),
                            ("count", "Count"),
                            ("date", "Date"),
                            ("truth", "Truth"),
                            ("presence", "Presence"),
                            ("entity", "Entity"),
                            ("text", "Text"),
                        ],
                        max_length=10,
                        verbose_name="kind of value",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "single_valued",
                    models.BooleanField(
                        default=True,
                        help_text="Two different values at one time are then a conflict.",
                        verbose_name="one value at a time",
                    ),
                ),
                (
                    "time",
                    models.CharField(
                        choices=[("state", "State"), ("over", "Over")],
                        default="state",
                        max_length=5,
                        verbose_name="time",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="properties_events_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."key" IS DISTINCT FROM OLD."key" OR NEW."label" IS DISTINCT FROM OLD."label" OR NEW."value_kind" IS DISTINCT FROM OLD."value_kind" OR NEW."unit" IS DISTINCT FROM OLD."unit" OR NEW."single_valued" IS DISTINCT FROM OLD."single_valued" OR NEW."time" IS DISTINCT FROM OLD."time") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="64de18bfe981553c63bf26115ea6eeda2ae3d12d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_properties_events_are_append_only_19666",
                            table="claims_propertyevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="properties_events_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="216a4ae539ff545d594f581a74c818356f9949c5",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_properties_events_are_never_truncated_69c75",
                            table="claims_propertyevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicConflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(unique=True)),
                (
                    "conflict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_parts",
                        to="claims.conflict",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("value", "Value"),
                            ("direction", "Direction"),
                            ("presence", "Presence"),
                            ("stance", "Evidence"),
                            ("absence", "Absence"),
                            ("editorial", "Editorial"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "strength",
                    models.CharField(
                        choices=[("contradiction", "Contradiction"), ("tension", "Tension")],
                        max_length=15,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("confirmed", "Confirmed"),
                            ("resolved", "Resolved"),
                            ("reconciled", "Reconciled"),
                            ("irreducible", "Irreducible"),
                            ("lapsed", "Lapsed"),
                            ("merged", "Merged"),
                        ],
                        max_length=15,
                    ),
                ),
                ("same_source", models.BooleanField(default=False)),
                ("question", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "value",
                                    "direction",
                                    "presence",
                                    "stance",
                                    "absence",
                                    "editorial",
                                ],
                            )
                        ),
                        name="the kind of a public conflict is a known kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("strength__in", ["contradiction", "tension"])),
                        name="the strength of a public conflict is known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "open",
                                    "confirmed",
                                    "resolved",
                                    "reconciled",
                                    "irreducible",
                                    "lapsed",
                                    "merged",
                                ],
                            )
                        ),
                        name="the status of a public conflict is known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="public_conflicts_are_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never deleted.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="a23590c0086ff4fe0285bb507752ab0bcdf7dd16",
                            operation="DELETE",
                            pgid="pgtrigger_public_conflicts_are_never_deleted_2f2b7",
                            table="claims_publicconflict",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="public_conflicts_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="5d380636679327ec62a8faf0e057e0bb83657c50",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_public_conflicts_are_never_truncated_7cbbe",
                            table="claims_publicconflict",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_publicconflictevent" ("conflict_id", "id", "kind", "number", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "same_source", "status", "strength") VALUES (NEW."conflict_id", NEW."id", NEW."kind", NEW."number", NEW."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."question", NEW."same_source", NEW."status", NEW."strength"); RETURN NULL;',
                            hash="fb6090c50217a64257d86610e8df17641d2a5ed1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4de27",
                            table="claims_publicconflict",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "claims_publicconflictevent" ("conflict_id", "id", "kind", "number", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "same_source", "status", "strength") VALUES (NEW."conflict_id", NEW."id", NEW."kind", NEW."number", NEW."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."question", NEW."same_source", NEW."status", NEW."strength"); RETURN NULL;',
                            hash="45323d3c57a2c2e63fa857be5d03a91ef5e5354a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_dbbdb",
                            table="claims_publicconflict",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_publicconflictevent" ("conflict_id", "id", "kind", "number", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "same_source", "status", "strength") VALUES (OLD."conflict_id", OLD."id", OLD."kind", OLD."number", OLD."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."question", OLD."same_source", OLD."status", OLD."strength"); RETURN NULL;',
                            hash="b22838c0308d9c6cd90615b8e7ff6a765cc83105",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3ec5c",
                            table="claims_publicconflict",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicConflictEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.publicconflict",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("number", models.BigIntegerField()),
                (
                    "conflict",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.conflict",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("value", "Value"),
                            ("direction", "Direction"),
                            ("presence", "Presence"),
                            ("stance", "Evidence"),
                            ("absence", "Absence"),
                            ("editorial", "Editorial"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "strength",
                    models.CharField(
                        choices=[("contradiction", "Contradiction"), ("tension", "Tension")],
                        max_length=15,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("confirmed", "Confirmed"),
                            ("resolved", "Resolved"),
                            ("reconciled", "Reconciled"),
                            ("irreducible", "Irreducible"),
                            ("lapsed", "Lapsed"),
                            ("merged", "Merged"),
                        ],
                        max_length=15,
                    ),
                ),
                ("same_source", models.BooleanField(default=False)),
                ("question", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="public_conflicts_events_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."number" IS DISTINCT FROM OLD."number" OR NEW."conflict_id" IS DISTINCT FROM OLD."conflict_id" OR NEW."kind" IS DISTINCT FROM OLD."kind" OR NEW."strength" IS DISTINCT FROM OLD."strength" OR NEW."status" IS DISTINCT FROM OLD."status" OR NEW."same_source" IS DISTINCT FROM OLD."same_source" OR NEW."question" IS DISTINCT FROM OLD."question" OR NEW."opened_at" IS DISTINCT FROM OLD."opened_at") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="dd652e46d5e4a05c5983eedfe9e56e32f6837b1e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_public_conflicts_events_are_append_only_a48ca",
                            table="claims_publicconflictevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="public_conflicts_events_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="7a593eb7f535d3ca73ec3842ed939ab7d1dd9ac3",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_public_conflicts_events_are_never_truncated_98e0e",
                            table="claims_publicconflictevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicConflictMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "conflict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="claims.publicconflict",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_memberships",
                        to="claims.version",
                    ),
                ),
                ("joined_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at__isnull", True)),
                        fields=("conflict", "version"),
                        name="a version is party to a public conflict once",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="public_memberships_are_never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never deleted.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="8d6ac4ab449ce95c1819b18656636e83f990afa8",
                            operation="DELETE",
                            pgid="pgtrigger_public_memberships_are_never_deleted_1333f",
                            table="claims_publicconflictmember",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="public_memberships_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="b072008d5e697bfaac215759f34ecf2785f3ce29",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_public_memberships_are_never_truncated_b46e9",
                            table="claims_publicconflictmember",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="public_memberships_end_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (OLD."left_at" IS NOT NULL AND NEW."left_at" IS DISTINCT FROM OLD."left_at") THEN RAISE EXCEPTION \'A row of % keeps its left_at once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="34e895dff4f03417f89ad4137ad4e59214d49caf",
                            operation="UPDATE",
                            pgid="pgtrigger_public_memberships_end_once_c0eff",
                            table="claims_publicconflictmember",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_publicconflictmemberevent" ("conflict_id", "id", "joined_at", "left_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") VALUES (NEW."conflict_id", NEW."id", NEW."joined_at", NEW."left_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."version_id"); RETURN NULL;',
                            hash="49713984976f84501bca5bc0b00ef5247c97df68",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fb5ef",
                            table="claims_publicconflictmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "claims_publicconflictmemberevent" ("conflict_id", "id", "joined_at", "left_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") VALUES (NEW."conflict_id", NEW."id", NEW."joined_at", NEW."left_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."version_id"); RETURN NULL;',
                            hash="c4ce5f72c9de63f42bdbe52a3010bd1da5168bed",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fa244",
                            table="claims_publicconflictmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_publicconflictmemberevent" ("conflict_id", "id", "joined_at", "left_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") VALUES (OLD."conflict_id", OLD."id", OLD."joined_at", OLD."left_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."version_id"); RETURN NULL;',
                            hash="6a25e4729c1d4cf6348c563813d654c6b25dd269",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0582a",
                            table="claims_publicconflictmember",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicConflictMemberEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.publicconflictmember",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "conflict",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.publicconflict",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.version",
                    ),
                ),
                ("joined_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="public_memberships_events_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."conflict_id" IS DISTINCT FROM OLD."conflict_id" OR NEW."version_id" IS DISTINCT FROM OLD."version_id" OR NEW."joined_at" IS DISTINCT FROM OLD."joined_at" OR NEW."left_at" IS DISTINCT FROM OLD."left_at") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="ca877b4e59e8c0c47607308df7b55976f937d4be",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_public_memberships_events_are_append_only_127c2",
                            table="claims_publicconflictmemberevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="public_memberships_events_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="a80bbc4ff2d923300d085a08c4621583c309ca24",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_public_memberships_events_are_never_truncated_2145a",
                            table="claims_publicconflictmemberevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.topic",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.SlugField(
                        db_collation="C", db_index=False, max_length=100, verbose_name="key"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.topic",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="topics_events_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."key" IS DISTINCT FROM OLD."key" OR NEW."name" IS DISTINCT FROM OLD."name" OR NEW."parent_id" IS DISTINCT FROM OLD."parent_id") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="def4c22a7476eef99b7d03252fd8507afacdba15",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_topics_events_are_append_only_5568e",
                            table="claims_topicevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="topics_events_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="b43f07e19967a513aadc83d5ce488114d2878e0d",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_topics_events_are_never_truncated_b281d",
                            table="claims_topicevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Use",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="claims.claim",
                    ),
                ),
                ("url", models.TextField(blank=True, verbose_name="address")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("used_on", models.DateField(verbose_name="used on")),
                ("contact", models.CharField(blank=True, max_length=300, verbose_name="contact")),
            ],
            options={
                "verbose_name": "use",
                "verbose_name_plural": "uses",
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_useevent" ("claim_id", "contact", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "url", "used_on") VALUES (NEW."claim_id", NEW."contact", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."title", NEW."url", NEW."used_on"); RETURN NULL;',
                            hash="132751fa4a647800ff317488d966e86a2e2196d3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bc444",
                            table="claims_use",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "claims_useevent" ("claim_id", "contact", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "url", "used_on") VALUES (NEW."claim_id", NEW."contact", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."title", NEW."url", NEW."used_on"); RETURN NULL;',
                            hash="cb20d0bba2d46548d34490ee9f53fee01de10837",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c28e8",
                            table="claims_use",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "claims_useevent" ("claim_id", "contact", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "url", "used_on") VALUES (OLD."claim_id", OLD."contact", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."title", OLD."url", OLD."used_on"); RETURN NULL;',
                            hash="a1a3f0256141ef2fd892c0222c8dbc9241812c64",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c9b8a",
                            table="claims_use",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.use",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claim",
                    ),
                ),
                ("url", models.TextField(blank=True, verbose_name="address")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("used_on", models.DateField(verbose_name="used on")),
                ("contact", models.CharField(blank=True, max_length=300, verbose_name="contact")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="uses_events_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."claim_id" IS DISTINCT FROM OLD."claim_id" OR NEW."url" IS DISTINCT FROM OLD."url" OR NEW."title" IS DISTINCT FROM OLD."title" OR NEW."used_on" IS DISTINCT FROM OLD."used_on" OR NEW."contact" IS DISTINCT FROM OLD."contact") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="62347168fd7d1910335ee8431592cfeea027674a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_uses_events_are_append_only_680c1",
                            table="claims_useevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="uses_events_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="f412687c5adebab94cb85178649e344dfbc21527",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_uses_events_are_never_truncated_5c0c2",
                            table="claims_useevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_claim_number_status_published_events",
                        to="claims.version",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claim",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("changes-requested", "Changes requested"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("superseded", "Superseded"),
                        ],
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "published",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        blank=True, null=True, verbose_name="published"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="versions_events_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."pgh_id" IS DISTINCT FROM OLD."pgh_id" OR NEW."pgh_created_at" IS DISTINCT FROM OLD."pgh_created_at" OR NEW."pgh_label" IS DISTINCT FROM OLD."pgh_label" OR NEW."pgh_obj_id" IS DISTINCT FROM OLD."pgh_obj_id" OR NEW."pgh_context" IS DISTINCT FROM OLD."pgh_context" OR NEW."pgh_context_id" IS DISTINCT FROM OLD."pgh_context_id" OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."claim_id" IS DISTINCT FROM OLD."claim_id" OR NEW."number" IS DISTINCT FROM OLD."number" OR NEW."status" IS DISTINCT FROM OLD."status" OR NEW."published" IS DISTINCT FROM OLD."published") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                            hash="e225ec0a956d597658ce50538af2e65988c59710",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_versions_events_are_append_only_373ca",
                            table="claims_versionevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="versions_events_are_never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'A row of % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;",
                            hash="10659e4ba8fe670d22fcd24f41edeaff9c727762",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_versions_events_are_never_truncated_3f17e",
                            table="claims_versionevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="topics",
            field=models.ManyToManyField(
                related_name="claims", through="claims.ClaimTopic", to="claims.topic"
            ),
        ),
        sources.models.trigger_operations.InstallTriggers(),
    ]
