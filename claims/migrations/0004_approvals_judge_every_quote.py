"""An approval judges every quote, and finds that the supporting ones make the claim."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0003_publications_begin_once_written_and_end"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="version",
            name="approved_versions_have_an_approving_review",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="version",
            trigger=pgtrigger.compiler.Trigger(
                name="approved_versions_have_an_approving_review",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'approved')",
                    constraint="CONSTRAINT",
                    func="IF (NOT EXISTS (SELECT FROM claims_review r WHERE r.version_id = NEW.id AND r.decision = 'approve' AND r.reviewer_id <> NEW.author_id)) THEN RAISE EXCEPTION 'A row of % is approved by the review of another person only.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (EXISTS (SELECT FROM claims_evidence e WHERE e.version_id = NEW.id AND NOT EXISTS ( SELECT FROM claims_judgement j JOIN claims_review r ON r.id = j.review_id WHERE r.version_id = NEW.id AND j.evidence_id = e.id AND (j.makes_claim OR e.stance <> 'supports')))) THEN RAISE EXCEPTION 'A row of % is approved when every quote was judged, and supporting ones make the claim.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NULL;",
                    hash="890adb2fe53ff3096510a93a4369ed16e7575e86",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_approved_versions_have_an_approving_review_523eb",
                    table="claims_version",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
    ]
