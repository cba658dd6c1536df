"""A review names its version together with the version's author and content hash."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE claims_review
            ADD CONSTRAINT "a review names a version with its author and content"
            FOREIGN KEY (version_id, author_id, content_hash)
            REFERENCES claims_version (id, author_id, content_hash)
            """,
            """
            ALTER TABLE claims_review
            DROP CONSTRAINT "a review names a version with its author and content"
            """,
        ),
    ]
