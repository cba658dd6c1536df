"""Absences say how their terms are matched, and runs of them what was searched."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0010_values_say_how_their_number_is_written"),
        ("sources", "0003_what_a_withholding_empties_besides"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="absencerun",
            name="absence_runs_are_append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="absencescope",
            name="absence_scopes_are_append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="dismissal",
            name="dismissals_are_append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="finding",
            name="findings_are_append_only",
        ),
        migrations.RemoveConstraint(
            model_name="absencerun",
            name="the outcome of an absence run is a known outcome",
        ),
        migrations.RemoveConstraint(
            model_name="finding",
            name="a run finds one thing about a source",
        ),
        migrations.AddField(
            model_name="absencerun",
            name="documents",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="absencerun",
            name="searched",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="absencescope",
            name="matching",
            field=models.CharField(
                choices=[("words", "Whole words"), ("prefix", "Beginnings of words")],
                default="words",
                max_length=10,
                verbose_name="matching",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="dismissed",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="finding",
            name="hits",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="finding",
            name="near_misses",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="absencerun",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("holds", "Holds"),
                    ("partly", "Holds as far as searched"),
                    ("contradicted", "Contradicted"),
                    ("unsearched", "Not searched"),
                    ("outdated", "To be searched again"),
                    ("not-run", "Not searched yet"),
                ],
                max_length=15,
            ),
        ),
        migrations.AlterField(
            model_name="dismissal",
            name="place",
            field=models.JSONField(default=dict),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absencerun",
            trigger=pgtrigger.compiler.Trigger(
                name="absence_runs_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."scope_id" IS DISTINCT FROM OLD."scope_id" OR NEW."run_at" IS DISTINCT FROM OLD."run_at" OR NEW."outcome" IS DISTINCT FROM OLD."outcome" OR NEW."searched" IS DISTINCT FROM OLD."searched" OR NEW."documents" IS DISTINCT FROM OLD."documents") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                    hash="6582896223bd248e3fbf4d9f924685d280679949",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_absence_runs_are_append_only_0d961",
                    table="claims_absencerun",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absencescope",
            trigger=pgtrigger.compiler.Trigger(
                name="absence_scopes_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."version_id" IS DISTINCT FROM OLD."version_id" OR NEW."series_id" IS DISTINCT FROM OLD."series_id" OR NEW."terms" IS DISTINCT FROM OLD."terms" OR NEW."matching" IS DISTINCT FROM OLD."matching") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;',
                    hash="750c887e2ba3af2992485a21d72400bc665e63f3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_absence_scopes_are_append_only_36547",
                    table="claims_absencescope",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dismissal",
            trigger=pgtrigger.compiler.Trigger(
                name="dismissals_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF (TG_OP = 'DELETE') THEN RAISE EXCEPTION 'A row of % is never deleted.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW.\"id\" IS DISTINCT FROM OLD.\"id\" OR NEW.\"finding_id\" IS DISTINCT FROM OLD.\"finding_id\" OR NEW.\"dismissed_by_id\" IS DISTINCT FROM OLD.\"dismissed_by_id\" OR NEW.\"dismissed_at\" IS DISTINCT FROM OLD.\"dismissed_at\") THEN RAISE EXCEPTION 'A row of % is never changed.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW.\"place\" IS DISTINCT FROM OLD.\"place\") THEN IF (COALESCE(NEW.\"place\"::text, '') NOT IN ('', '{}', '[]') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD.\"id\")) THEN RAISE EXCEPTION 'A row of % keeps its place unless it is withheld.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW.\"reason\" IS DISTINCT FROM OLD.\"reason\") THEN IF (COALESCE(NEW.\"reason\"::text, '') NOT IN ('', '{}', '[]') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD.\"id\")) THEN RAISE EXCEPTION 'A row of % keeps its reason unless it is withheld.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;",
                    hash="61e11d3c32b284f27f31406dcfb25173ff4af8a7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_dismissals_are_append_only_05950",
                    table="claims_dismissal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="findings_are_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."run_id" IS DISTINCT FROM OLD."run_id" OR NEW."source_id" IS DISTINCT FROM OLD."source_id" OR NEW."layer_id" IS DISTINCT FROM OLD."layer_id" OR NEW."outcome" IS DISTINCT FROM OLD."outcome" OR NEW."hits" IS DISTINCT FROM OLD."hits" OR NEW."dismissed" IS DISTINCT FROM OLD."dismissed") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."places" IS DISTINCT FROM OLD."places") THEN IF (COALESCE(NEW."places"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its places unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."near_misses" IS DISTINCT FROM OLD."near_misses") THEN IF (COALESCE(NEW."near_misses"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its near_misses unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;',
                    hash="e4354a2223480ac493d3c933a7b3e371d563e85f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_findings_are_append_only_e528b",
                    table="claims_finding",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="absencerun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["holds", "partly", "contradicted", "unsearched"])
                ),
                name="the outcome of an absence run is a known outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="absencerun",
            constraint=models.CheckConstraint(
                condition=models.Q(("searched__lte", models.F("documents"))),
                name="no more documents are searched than there are",
            ),
        ),
        migrations.AddConstraint(
            model_name="absencerun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "holds"), _negated=True),
                    models.Q(("searched", models.F("documents")), ("searched__gt", 0)),
                    _connector="OR",
                ),
                name="an absence holds where every document was searched",
            ),
        ),
        migrations.AddConstraint(
            model_name="absencescope",
            constraint=models.CheckConstraint(
                condition=models.Q(("matching__in", ["words", "prefix"])),
                name="the matching of an absence is a known matching",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                fields=("run", "source", "layer"),
                name="a run finds one thing about a text of a source",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("layer__isnull", True), ("outcome", "not-searched")),
                    models.Q(
                        models.Q(("outcome", "not-searched"), _negated=True),
                        ("layer__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="what was searched has a text",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hits__gt", 0), ("outcome", "present")),
                    models.Q(models.Q(("outcome", "present"), _negated=True), ("hits", 0)),
                    _connector="OR",
                ),
                name="a document has a term where a hit stands",
            ),
        ),
    ]
