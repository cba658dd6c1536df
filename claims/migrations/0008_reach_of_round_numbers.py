"""Stores anew what numbers stand for: round ones reach further, or less far, than they did.

About 1 million was 0 to 2 million and is 0.8 to 1.2 million. What was typed is as it was, and so are
the hashes, which are made of that. The guard of the table is lifted for this one move.
"""

from django.db import migrations

from claims.domain.values.value import parse_value
from claims.vocabulary import ValueKind
from sources.domain.refusals import Refusal

BATCH = 1_000
GUARD = 'pgtrigger_versions_are_append_only_d9171'

NUMBERS = """
SELECT v.id, v.value, v.decimal_mark, v.approximate, p.value_kind, p.unit
FROM claims_version v JOIN claims_property p ON p.id = v.property_id
WHERE v.id > %s AND v.amount IS NOT NULL ORDER BY v.id LIMIT %s
"""

WRITE = """
UPDATE claims_version v SET amount = given.amount
FROM unnest(%s::bigint[], %s::text[]::numrange[]) AS given (id, amount)
WHERE v.id = given.id AND v.amount IS DISTINCT FROM given.amount
"""


def store(apps, schema_editor):
    """Write the amounts as they are read now; again, it changes nothing."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE claims_version DISABLE TRIGGER {GUARD}')
        last = 0
        while True:
            cursor.execute(NUMBERS, [last, BATCH])
            rows = cursor.fetchall()
            if not rows:
                break
            last = rows[-1][0]
            read = [(row[0], amount_of(*row[1:])) for row in rows]
            known = [(pk, amount) for pk, amount in read if amount is not None]
            cursor.execute(WRITE, [[pk for pk, _amount in known], [amount for _pk, amount in known]])
        # A table with checks that wait for the end of the transaction cannot be altered: they run now.
        cursor.execute('SET CONSTRAINTS ALL IMMEDIATE')
        cursor.execute(f'ALTER TABLE claims_version ENABLE TRIGGER {GUARD}')


def amount_of(typed, decimal_mark, approximate, kind, unit):
    """The range as PostgreSQL reads it; None for what is not read any more, which verify names."""
    try:
        amount = parse_value(typed, kind=ValueKind(kind), unit=unit, approximate=approximate, decimal_mark=decimal_mark).amount
    except Refusal:
        return None
    lower, upper = ('' if end is None else format(end, 'f') for end in (amount.lower, amount.upper))
    return f'{amount.bounds[0]}{lower},{upper}{amount.bounds[1]}'


class Migration(migrations.Migration):
    dependencies = [('claims', '0007_values_that_count')]

    operations = [migrations.RunPython(store, migrations.RunPython.noop)]
