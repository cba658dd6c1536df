"""Fill `is_verified` of the quotes that are there, by their grades.

Shortened quotes were verified by their grade until now. They stay so until they are graded again:
then their gaps are in doubt, and the claims that rest on them are flagged.
"""

from django.db import migrations

FILL = """
UPDATE sources_excerpt SET is_verified = true
WHERE grade IN ('exact', 'folded', 'elided') AND NOT is_verified
"""


class Migration(migrations.Migration):

    dependencies = [('sources', '0004_doubts_and_confirmations')]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
