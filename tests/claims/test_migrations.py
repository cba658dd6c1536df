"""Migrations that compute columns, on a base that is filled."""

from decimal import Decimal

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from claims.actions.catalogue import revise_entity
from claims.actions.claims.entry import Tie, revise, withdraw
from claims.actions.verification import check_hashes, check_newest, check_words
from claims.domain.content import Content
from claims.models import Version
from claims.querysets.compared import mismatches
from sources.vocabulary import Role
from tests import factories as make


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

    migrate("0001_tables", "0005_key_without_basis")

    assert state() == before
    assert str(Version.objects.get(pk=published.pk).point) == "9.10"
    for check in (check_hashes, check_newest, check_words):
        assert check().problems == []
    assert mismatches(at=make.TODAY) == []
    assert Version.objects.matching("fell").count() == 1
