"""Migrations that compute columns, on a base that is filled."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from claims.actions.catalogue import revise_entity
from claims.actions.claims.entry import Tie, revise, withdraw
from claims.actions.conflicts.detection import detect_all
from claims.actions.conflicts.record_check import record_problems
from claims.actions.factsheets.edition_check import check_edition_files
from claims.actions.verification import check_counted, check_hashes, check_newest, check_words
from claims.domain.content import Content
from claims.models import FactSheet, Version
from claims.querysets.compared import mismatches
from factbase.postgres.rights import guard_problems
from sources.domain.search.typed import read_search
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.claims.issued import issue


def migrate(*targets: str) -> None:
    """Migrate claims to each of these, as the owner."""
    for target in targets:
        executor = MigrationExecutor(connections["owner"])
        executor.migrate([("claims", target)])


def state() -> list[tuple[int, Decimal | None, bool]]:
    rows = Version.objects.order_by("pk")
    return list(rows.values_list("pk", "point", "is_newest"))


def next_version(version: Version, value: str) -> Version:
    return revise(
        claim=version.claim,
        content=Content("It fell.", subject="trade", property="change", value=value),
        evidence=[Tie(make.excerpt())],
        by=make.somebody(Role.CONTRIBUTOR),
        at=make.TODAY,
        seen=version.number,
        submit_it=True,
    )


def test_the_columns_for_reading_are_filled_of_versions_that_are_there(
    cloned_database: str,
) -> None:
    trade = make.entity("trade")
    make.number_property("change")
    published = make.published(subject="trade", property="change", value="9.10%")
    withdrawn = next_version(published, ">20%")
    withdraw(version=withdrawn, by=withdrawn.author, at=make.TODAY)
    alone = make.draft(subject="trade", property="change", value="~1.5 percent")
    withdraw(version=alone, by=alone.author, at=make.TODAY)
    by = make.person(Role.EDITOR)
    revise_entity(entity=trade, merged_into=make.entity("commerce"), by=by, at=make.TODAY)
    make.submitted()
    before = state()
    assert [row[1:] for row in before] == [
        (Decimal("9.10"), True),
        (None, False),
        (Decimal("1.5"), True),
        (None, True),
    ]

    migrate("0001_tables")
    call_command("migrate", verbosity=0)

    assert state() == before
    assert str(Version.objects.get(pk=published.pk).point) == "9.10"
    for check in (check_hashes, check_newest, check_words):
        assert check().problems == []
    assert mismatches(at=make.TODAY) == []
    assert Version.objects.found_by(read_search("fell"), None).count() == 1


def test_values_that_are_there_are_stored_and_compared_anew(cloned_database: str) -> None:
    make.entity("trade")
    make.number_property("change")
    about = make.published(subject="trade", property="change", value="about 1 million")
    make.published(subject="trade", property="change", value="100")
    refuted = make.submitted(
        Content("It fell.", subject="trade", property="change", value="1 trillion"),
        evidence=[Tie(make.excerpt(), stance="refutes")],
    )
    stored = amounts()
    assert stored == [
        ("[800000,1200000]", True),
        ("[99.5,100.5)", True),
        ("[800000000000,1200000000000)", False),
    ]
    assert say.parties(say.only()).isdisjoint({refuted.claim_id})
    record = say.only().pk

    as_owner("ALTER TABLE claims_version DISABLE TRIGGER USER")  # as they were read before
    for version, amount in ((about, "[0,2000000)"), (refuted, "[5e11,15e11)")):
        as_owner(f"UPDATE claims_version SET amount = '{amount}' WHERE id = {version.pk}")
    as_owner("ALTER TABLE claims_version ENABLE TRIGGER USER")
    detect_all(at=make.TODAY)
    assert say.live() == []
    migrate("0006_public_sources")
    call_command("migrate", verbosity=0)

    assert amounts() == stored
    assert say.only().pk == record
    for check in (check_hashes, check_counted):
        assert check().problems == []
    assert record_problems(at=timezone.now()) == []
    with pytest.raises(IntegrityError, match="is never changed"):
        as_owner("UPDATE claims_version SET amount = '[1,2)'")
    with pytest.raises(IntegrityError, match="is never changed"):
        as_owner("UPDATE claims_version SET counts_by_value = NOT counts_by_value")


def as_owner(sql: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)


def test_fact_sheets_and_editions_that_are_there_stay(cloned_database: str) -> None:
    edition = issue(make.published(), key="trade")
    sections = edition.fact_sheet.sections
    as_owner("ALTER TABLE claims_editionfile DISABLE TRIGGER USER")
    # Before, an edition had one file of a format, and fewer formats.
    as_owner("DELETE FROM claims_editionfile WHERE layout <> 'brief'")
    as_owner("ALTER TABLE claims_editionfile ENABLE TRIGGER USER")

    migrate("0010_extent_of_dates")
    call_command("migrate", verbosity=0)

    sheet = FactSheet.objects.get(key="trade")
    assert (sheet.sections, sheet.revision, sheet.saved_by) == (sections, 1, None)
    assert [one.version_id for one in sheet.editions.get().versions.all()] == [
        one.version_id for one in edition.versions.all()
    ]
    assert check_edition_files().problems == []
    assert guard_problems(connections["owner"]) == []


def amounts() -> list[tuple[str, bool]]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT amount::text, counts_by_value FROM claims_version ORDER BY id")
        return cursor.fetchall()
