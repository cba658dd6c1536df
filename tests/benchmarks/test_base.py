"""The filled base: it is whole, has some of everything, and is the same each time."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.db.models import Count

from claims.models import (
    AbsenceRun,
    Asserter,
    Claim,
    ClaimTopic,
    Conflict,
    ConflictMember,
    Evidence,
    Flag,
    Premise,
    PublicConflict,
    Version,
)
from claims.vocabulary import AbsenceStatus, ConflictStatus, Status
from sources.models import Excerpt, Source, SourceOrigin, Withholding
from sources.vocabulary import Access, Standing
from tests.benchmarks.base.claims import LIVES
from tests.benchmarks.base.fill import fill

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("cloned_database")]


def test_a_filled_base_holds_to_all_that_verify_checks() -> None:
    fill(1_000, seed=3)

    call_command("verify")


def test_a_filled_base_has_some_of_everything() -> None:
    fill(1_000)

    assert Claim.objects.count() == 1_000
    assert 1_450 < Evidence.objects.filter(version__number=1).count() < 1_550
    statuses = Counter(Version.objects.values_list("status", flat=True))
    assert set(statuses) == {
        stage.status.value for _name, _share, stages in LIVES for stage in stages
    }
    assert statuses[Status.APPROVED] > 800
    lasting = Version.objects.filter(published__isnull=False)
    for some in (
        Claim.objects.filter(retracted_at__isnull=False),
        lasting.filter(taken_off_at__isnull=False),
        lasting.filter(published__startswith__gt="2099-01-01T00:00Z"),
        Withholding.objects.all(),
        Evidence.objects.filter(own_origin__isnull=False),
        Evidence.objects.filter(excerpt__source__access=Access.NAMED),
        Evidence.objects.filter(excerpt__source__access=Access.STAFF),
        Excerpt.objects.filter(gradings__layer__isnull=False),
        Premise.objects.all(),
        Asserter.objects.filter(position=1),
        SourceOrigin.objects.all(),
        Conflict.objects.filter(decisions__isnull=False),
        PublicConflict.objects.filter(status=ConflictStatus.RESOLVED),
        ConflictMember.objects.filter(conflict__kind="absence"),
        Flag.objects.all(),
    ):
        assert some.exists(), some.query
    assert set(Source.objects.values_list("standing", flat=True)) >= {
        Standing.CURRENT,
        Standing.RETRACTED,
    }
    assert set(AbsenceRun.objects.values_list("outcome", flat=True)) >= {
        AbsenceStatus.HOLDS,
        AbsenceStatus.PARTLY,
        AbsenceStatus.CONTRADICTED,
    }
    filed = dict(
        ClaimTopic.objects.values_list("topic__key")
        .annotate(Count("pk"))
        .values_list("topic__key", "pk__count")
    )
    assert 350 < filed["t-common"] < 450
    assert 0 < filed["t-rare"] < 25


def test_a_base_is_filled_once() -> None:
    fill(100)

    with pytest.raises(ValueError, match="Fill an empty database"):
        fill(100)
