"""Fills `point` and `is_newest` of the versions that are there, then guards both.

The guard of 0001 does not name the two columns, so they are filled under it; the one that takes
its place refuses any later change of `point`.
"""

from django.db import migrations, models
import pgtrigger.compiler
import pgtrigger.migrations

from claims.domain.values.value import parse_value
from claims.vocabulary import ValueKind
from sources.domain.refusals import Refusal

BATCH = 1_000

# Of each claim the latest version that was not put aside; of one with none such, the last.
FILL_NEWEST = """
UPDATE claims_version v SET is_newest = (v.id = newest.id)
FROM (
    SELECT DISTINCT ON (claim_id) claim_id, id FROM claims_version
    ORDER BY claim_id, status IN ('withdrawn', 'superseded'), number DESC
) newest
WHERE newest.claim_id = v.claim_id AND v.is_newest <> (v.id = newest.id)
"""

NUMBERS = """
SELECT v.id, v.value, v.decimal_mark, p.value_kind, p.unit
FROM claims_version v JOIN claims_property p ON p.id = v.property_id
WHERE v.id > %s AND v.amount IS NOT NULL ORDER BY v.id LIMIT %s
"""

FILL_POINTS = """
UPDATE claims_version v SET point = given.point
FROM unnest(%s::bigint[], %s::numeric[]) AS given (id, point)
WHERE v.id = given.id AND v.point IS DISTINCT FROM given.point
"""


def fill(apps, schema_editor):
    """Write both columns; again, it changes nothing."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FILL_NEWEST)
        last = 0
        while True:
            cursor.execute(NUMBERS, [last, BATCH])
            rows = cursor.fetchall()
            if not rows:
                break
            last = rows[-1][0]
            points = [point_of(*row[1:]) for row in rows]
            cursor.execute(FILL_POINTS, [[row[0] for row in rows], points])
        # A table with checks that wait for the end of the transaction cannot be altered: they run now.
        cursor.execute('SET CONSTRAINTS ALL IMMEDIATE')


def point_of(typed, decimal_mark, kind, unit):
    """The number that was typed; None for bounds and ranges, and for what is not read any more, which verify names."""
    try:
        return parse_value(typed, kind=ValueKind(kind), unit=unit, decimal_mark=decimal_mark).point
    except Refusal:
        return None


class Migration(migrations.Migration):
    dependencies = [('claims', '0002_columns_for_reading')]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(model_name='version', constraint=models.UniqueConstraint(condition=models.Q(('is_newest', True)), fields=('claim',), name='a claim has one newest version')),
        migrations.AddIndex(model_name='version', index=models.Index(condition=models.Q(('is_newest', True)), fields=['status', '-claim'], name='newest_by_status')),
        pgtrigger.migrations.RemoveTrigger(model_name='version', name='versions_are_append_only'),
        pgtrigger.migrations.AddTrigger(model_name='version', trigger=pgtrigger.compiler.Trigger(name='versions_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF (TG_OP = \'DELETE\') THEN RAISE EXCEPTION \'A row of % is never deleted.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."id" IS DISTINCT FROM OLD."id" OR NEW."claim_id" IS DISTINCT FROM OLD."claim_id" OR NEW."number" IS DISTINCT FROM OLD."number" OR NEW."author_id" IS DISTINCT FROM OLD."author_id" OR NEW."change_note" IS DISTINCT FROM OLD."change_note" OR NEW."recorded_at" IS DISTINCT FROM OLD."recorded_at" OR NEW."recorded_in" IS DISTINCT FROM OLD."recorded_in" OR NEW."content_hash" IS DISTINCT FROM OLD."content_hash" OR NEW."hash_format" IS DISTINCT FROM OLD."hash_format" OR NEW."language" IS DISTINCT FROM OLD."language" OR NEW."subject_id" IS DISTINCT FROM OLD."subject_id" OR NEW."property_id" IS DISTINCT FROM OLD."property_id" OR NEW."aspect_id" IS DISTINCT FROM OLD."aspect_id" OR NEW."basis" IS DISTINCT FROM OLD."basis" OR NEW."value" IS DISTINCT FROM OLD."value" OR NEW."amount" IS DISTINCT FROM OLD."amount" OR NEW."point" IS DISTINCT FROM OLD."point" OR NEW."dates" IS DISTINCT FROM OLD."dates" OR NEW."truth" IS DISTINCT FROM OLD."truth" OR NEW."value_entity_id" IS DISTINCT FROM OLD."value_entity_id" OR NEW."degree" IS DISTINCT FROM OLD."degree" OR NEW."approximate" IS DISTINCT FROM OLD."approximate" OR NEW."decimal_mark" IS DISTINCT FROM OLD."decimal_mark" OR NEW."period" IS DISTINCT FROM OLD."period" OR NEW."period_days" IS DISTINCT FROM OLD."period_days" OR NEW."asserted_on" IS DISTINCT FROM OLD."asserted_on" OR NEW."mode" IS DISTINCT FROM OLD."mode") THEN RAISE EXCEPTION \'A row of % is never changed.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."taken_off_at" IS NOT NULL AND NEW."taken_off_at" IS DISTINCT FROM OLD."taken_off_at") THEN RAISE EXCEPTION \'A row of % keeps its taken_off_at once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."taken_off_by_id" IS NOT NULL AND NEW."taken_off_by_id" IS DISTINCT FROM OLD."taken_off_by_id") THEN RAISE EXCEPTION \'A row of % keeps its taken_off_by_id once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (OLD."taken_off_reason" IS NOT NULL AND NEW."taken_off_reason" IS DISTINCT FROM OLD."taken_off_reason") THEN RAISE EXCEPTION \'A row of % keeps its taken_off_reason once written.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; IF (NEW."statement" IS DISTINCT FROM OLD."statement") THEN IF (COALESCE(NEW."statement"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its statement unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."as_written" IS DISTINCT FROM OLD."as_written") THEN IF (COALESCE(NEW."as_written"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its as_written unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."value_text" IS DISTINCT FROM OLD."value_text") THEN IF (COALESCE(NEW."value_text"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its value_text unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."salt" IS DISTINCT FROM OLD."salt") THEN IF (COALESCE(NEW."salt"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its salt unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; IF (NEW."search_text" IS DISTINCT FROM OLD."search_text") THEN IF (COALESCE(NEW."search_text"::text, \'\') NOT IN (\'\', \'{}\', \'[]\') OR NOT EXISTS (SELECT FROM sources_withholding w WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."id")) THEN RAISE EXCEPTION \'A row of % keeps its search_text unless it is withheld.\', TG_TABLE_NAME USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME; END IF; END IF; RETURN NEW;', hash='888726e9dc333532c7dc0f760bfb803c4207c29b', operation='UPDATE OR DELETE', pgid='pgtrigger_versions_are_append_only_d9171', table='claims_version', when='BEFORE'))),
    ]
