"""The key by which the same question is found on other bases, of the versions that are there too."""

from django.db import migrations, models

# As detection computes it: of the keys of the surviving subject, the property and the aspect, and an empty basis. The guard of the table lets it change.
FILL = """
WITH RECURSIVE
chain (start, id, next) AS (
    SELECT e.id, e.id, e.merged_into_id FROM claims_entity e WHERE e.id IN (SELECT subject_id FROM claims_version)
    UNION
    SELECT chain.start, e.id, e.merged_into_id FROM chain JOIN claims_entity e ON e.id = chain.next
),
surviving AS (SELECT start, id FROM chain WHERE next IS NULL)
UPDATE claims_version v SET key_without_basis = should.key
FROM (
    SELECT v.id, encode(sha256(convert_to(concat_ws(chr(10), s.key, p.key, coalesce(t.key, ''), ''), 'UTF8')), 'hex') AS key
    FROM claims_version v
    JOIN claims_property p ON p.id = v.property_id
    LEFT JOIN surviving ON surviving.start = v.subject_id
    JOIN claims_entity s ON s.id = coalesce(surviving.id, v.subject_id)
    LEFT JOIN claims_topic t ON t.id = v.aspect_id
) should
WHERE should.id = v.id AND v.key_without_basis IS DISTINCT FROM should.key
"""


class Migration(migrations.Migration):
    dependencies = [('claims', '0004_publication_bounds')]

    operations = [
        migrations.AddField(model_name='version', name='key_without_basis', field=models.CharField(blank=True, db_collation='C', editable=False, max_length=64, null=True)),
        # A table with checks that wait for the end of the transaction cannot be altered: they run at once.
        migrations.RunSQL([FILL, 'SET CONSTRAINTS ALL IMMEDIATE'], migrations.RunSQL.noop),
        migrations.AddIndex(model_name='version', index=models.Index(condition=models.Q(('is_compared', True)), fields=['key_without_basis', 'claim', 'number'], name='compared_on_any_basis')),
    ]
