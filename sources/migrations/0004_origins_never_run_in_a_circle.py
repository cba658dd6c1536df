"""Origins never run in a circle, whoever writes them."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0003_what_a_withholding_empties_besides"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="sourceorigin",
            trigger=pgtrigger.compiler.Trigger(
                name="origins_never_run_in_a_circle",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM pg_advisory_xact_lock(7301447201); IF (EXISTS (WITH RECURSIVE above (id) AS (SELECT NEW.origin_id UNION SELECT tie.origin_id FROM sources_sourceorigin tie JOIN above ON tie.source_id = above.id WHERE tie.id <> NEW.id) SELECT FROM above WHERE above.id = NEW.source_id)) THEN RAISE EXCEPTION 'A row of % never leads back to its source.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; RETURN NEW;",
                    hash="51564485bea2d060eb5d5821a5a5e06c047f9ed0",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_origins_never_run_in_a_circle_40118",
                    table="sources_sourceorigin",
                    when="BEFORE",
                ),
            ),
        ),
    ]
