"""Queues a search of every absence in use whose last one says nothing of words that come close.

Runs never change, so they cannot be filled in: until the new one is there, the absence says that it
is to be searched again.
"""

from django.db import migrations

# Of drafts and versions that are compared, once each; again, it queues none that waits already.
QUEUE = """
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)
SELECT 'default', 'claims.run_absence', 'absence-' || v.claim_id,
    jsonb_build_object('scope', s.id, 'afresh', true)
FROM claims_absencescope s
JOIN claims_version v ON v.id = s.version_id
JOIN claims_claim c ON c.id = v.claim_id
CROSS JOIN LATERAL (
    SELECT r.unanswered FROM claims_absencerun r WHERE r.scope_id = s.id
    ORDER BY r.id DESC LIMIT 1
) last
WHERE last.unanswered IS NULL AND c.retracted_at IS NULL
    AND (v.is_compared OR v.status IN ('draft', 'changes-requested'))
    AND NOT EXISTS (
        SELECT FROM procrastinate_jobs j WHERE j.task_name = 'claims.run_absence'
        AND j.status = 'todo' AND j.args ->> 'scope' = s.id::text AND j.args -> 'afresh' = 'true'
    )
ORDER BY s.id
"""


def queue(apps, schema_editor):
    """Queue the searches for the worker."""
    schema_editor.execute(QUEUE)


class Migration(migrations.Migration):
    dependencies = [
        ('claims', '0020_near_misses_answered'),
        ('procrastinate', '0041_post_retry_failed_job'),
    ]

    operations = [migrations.RunPython(queue, migrations.RunPython.noop)]
