"""Parts of a version join it before anybody decides on it, and only what is theirs."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0003_reviews_name_author_and_content"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="absencedocument",
            name="absence_documents_come_with_their_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="absencescope",
            name="absence_scopes_come_with_their_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="asserter",
            name="asserters_come_with_their_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="editionfile",
            name="edition_files_are_append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidence",
            name="evidence_come_with_their_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="premise",
            name="premises_come_with_their_version",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="version",
            name="versions_move_forward_through_review",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absencedocument",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absencedocument",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absencescope",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="asserter",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="editionfile",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="judgement",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="premise",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="version",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
    ]
