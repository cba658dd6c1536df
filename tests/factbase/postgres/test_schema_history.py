import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from claims.models import Claim
from factbase.postgres.refusals import DatabaseUnavailable


@pytest.mark.usefixtures("cloned_database")
def test_a_database_from_before_the_migrations_were_made_anew_is_refused_with_the_way_out() -> None:
    MigrationRecorder(connections["owner"]).record_applied("claims", "0001_initial")

    with pytest.raises(DatabaseUnavailable, match="Start with an empty one") as refusal:
        call_command("migrate", verbosity=0)

    assert refusal.value.code == "earlier_tables"
    assert not Claim.objects.exists()  # the tables are as they were


@pytest.mark.usefixtures("cloned_database")
def test_a_database_of_today_is_migrated_again_without_a_word() -> None:
    call_command("migrate", verbosity=0)
