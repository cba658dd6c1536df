"""An import writes batch by batch, and lines that change nothing lock nothing."""

import io
import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.publication import HOLD, publish, retract
from claims.actions.dossier import import_claims as import_claims_module
from claims.actions.dossier.import_claims import import_claims
from claims.domain.dossier import claim_lines
from claims.domain.dossier.claim_lines import ImportRefused
from claims.domain.dossier.summary import Summary
from claims.models import Claim, Version
from factbase.models import User
from sources.actions.action import Clock
from sources.actions.captures.capture import capture
from sources.models import Source
from sources.vocabulary import Grade, Role
from tests import factories
from tests.claims.loads import locks_held, rows
from tests.factories import TODAY
from tests.held_open import elsewhere, everybody_else_goes_on, held_open

TEXT = "Country 1 has 1 km². Country 2 has 2 km²."

Line = dict[str, Any]


def lines(count: int) -> list[Line]:
    """Claims of as many subjects, each with a quote and each in question with no other."""
    return [
        {
            "id": f"claim {number}",
            "statement": f"The area of country {number} is {number} square kilometres.",
            "subject": f"country-{number}",
            "property": "area",
            "value": f"about {number}",
            "topics": ["Areas"],
            "evidence": [{"source": "atlas", "quote": f"{number} km²", "locator": "p. 1"}],
        }
        for number in range(1, count + 1)
    ]


def importer(count: int) -> User:
    """The account that imports, once what its claims name is entered."""
    factories.number_property("area", unit="km2", single_valued=True, time="state")
    factories.source(key="atlas")
    factories.topic("Areas")
    for number in range(1, count + 1):
        factories.entity(f"country-{number}", kind="country")
    return factories.person(name="importer")


def run(
    claims: Sequence[Line],
    by: User,
    notify: Callable[[str], None] = lambda _: None,
    now: Clock | None = None,
) -> tuple[Summary, Counter[str]]:
    data = io.BytesIO("".join(json.dumps(claim) + "\n" for claim in claims).encode())
    return import_claims(
        data=data,
        file="areas.jsonl",
        namespace="areas",
        by=by,
        at=TODAY + timedelta(days=1),
        notify=notify,
        now=now,
    )


@pytest.mark.usefixtures("cloned_database")
@pytest.mark.parametrize(
    ("count", "size"), [(60, 20), pytest.param(2_000, 500, marks=pytest.mark.long)]
)
def test_lines_that_change_nothing_lock_nothing(
    monkeypatch: pytest.MonkeyPatch, count: int, size: int
) -> None:
    """Locking or writing a row shows as another mode of lock on its table than reading does."""
    monkeypatch.setattr(claim_lines, "MAX_BATCH", size)
    by = importer(count)
    run(lines(count), by)
    before = rows()

    with transaction.atomic():
        with CaptureQueriesContext(connection) as captured:
            summary, _conflicts = run(lines(count), by)
        locks = locks_held()

    assert summary.is_nothing_new
    assert (summary.claims.skipped, summary.evidence.skipped) == (count, count)
    assert rows() == before
    assert {kind for kind, _mode in locks} == {"relation", "virtualxid"}
    assert {mode for kind, mode in locks if kind == "relation"} == {"AccessShareLock"}
    assert len(captured) <= 30 * count // size


@pytest.mark.django_db
def test_a_batch_that_the_rows_refuse_leaves_those_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(claim_lines, "MAX_BATCH", 2)
    by, editor = importer(5), factories.person(Role.EDITOR)
    run(lines(5)[3:4], by)
    retract(claim=Claim.objects.get(), reason="Not so.", by=editor, at=TODAY)
    changed = {**lines(5)[3], "value": "5"}

    with pytest.raises(ImportRefused, match=r"claim “claim 4”: C.* is retracted") as refused:
        run([*lines(5)[:3], changed, *lines(5)[4:]], by)

    assert refused.value.imported == 2
    assert ids() == {"claim 1", "claim 2", "claim 4"}

    summary, _conflicts = run(lines(5), by)

    assert (summary.claims.new, summary.claims.skipped) == (2, 3)
    assert Version.objects.count() == 5


@pytest.mark.usefixtures("cloned_database")
def test_whatever_refuses_a_batch_tells_which_lines_are_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A key that was there when the file was checked is another one by the second batch."""
    monkeypatch.setattr(claim_lines, "MAX_BATCH", 2)
    by = importer(4)
    factories.source(key="paper")
    of_paper = {**lines(4)[2], "evidence": [{"source": "paper", "quote": "3 km²"}]}

    with pytest.raises(ImportRefused, match="paper") as refused:
        run(
            [*lines(4)[:2], of_paper, lines(4)[3]],
            by,
            notify=lambda _line: rename_source("paper", "journal"),
        )

    assert refused.value.imported == 2
    assert ids() == {"claim 1", "claim 2"}


@pytest.mark.django_db
def test_a_fault_in_the_last_line_keeps_the_first_batch_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(claim_lines, "MAX_BATCH", 2)
    by = importer(5)

    with pytest.raises(ImportRefused, match="line 5") as refused:
        run([*lines(5)[:4], {**lines(5)[4], "subject": "moon"}], by)

    assert refused.value.imported == 0
    assert ids() == set()


@pytest.mark.django_db
def test_of_many_changed_lines_some_are_written_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_claims_module, "MAX_WRITTEN", 2)
    by, editor = importer(5), factories.person(Role.EDITOR)
    run(lines(5)[3:4], by)
    retract(claim=Claim.objects.get(), reason="Not so.", by=editor, at=TODAY)

    with pytest.raises(ImportRefused) as refused:
        run([*lines(5)[:3], {**lines(5)[3], "value": "5"}, *lines(5)[4:]], by)

    assert refused.value.imported == 2
    assert ids() == {"claim 1", "claim 2", "claim 4"}


@pytest.mark.django_db
def test_conflicts_between_batches_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim_lines, "MAX_BATCH", 1)
    by = importer(1)
    (claim,) = lines(1)

    _summary, conflicts = run([claim, {**claim, "id": "other", "value": "300"}], by)

    assert conflicts == {"opened": 1}


@pytest.mark.usefixtures("cloned_database")
def test_nobody_waits_while_the_lines_are_read_and_compared() -> None:
    by = importer(3)
    run(lines(3)[:2], by)

    with held_open(
        lambda: run(lines(3), by), at="claims.actions.dossier.import_claims:lines_that_change"
    ) as held:
        everybody_else_goes_on()
        summary, _conflicts = held.go_on()

    assert (summary.claims.new, summary.claims.skipped) == (1, 2)


@pytest.mark.usefixtures("cloned_database")
def test_nobody_waits_while_quotes_are_searched_for_in_other_texts() -> None:
    by = importer(2)
    factories.source("Nothing of the kind.", key="paper")
    factories.source("It is 2 km² wide.", key="other")
    changed = [
        {**line, "evidence": [{"source": "paper", "quote": "It is 2 km² wide."}]}
        for line in lines(2)
    ]

    with held_open(
        lambda: run(changed, by), at="sources.actions.quotes.matching:find_other_source"
    ) as held:
        everybody_else_goes_on()
        summary, _conflicts = held.go_on()

    assert summary.grades == {Grade.ELSEWHERE: 1}


@pytest.mark.usefixtures("cloned_database")
def test_a_text_that_was_replaced_while_quotes_were_searched_for_grades_them() -> None:
    by = importer(2)
    atlas = Source.objects.get(key="atlas")
    capture(source=atlas, data=b"1 km2, 2 km2", file_name="atlas.txt", by=by, at=TODAY)

    with held_open(
        lambda: run(lines(2), by), at="sources.actions.quotes.excerpts:match_in_layer"
    ) as held:
        capture(source=atlas, data=TEXT.encode(), file_name="atlas.txt", by=by, at=TODAY)
        held.go_on()

    # The text was another one when the quotes were saved, and they are graded in that.
    assert set(atlas.excerpts.values_list("exact", "grade")) == {
        ("1 km²", Grade.EXACT),
        ("2 km²", Grade.EXACT),
    }


@pytest.mark.usefixtures("cloned_database")
def test_a_claim_that_came_in_meanwhile_is_not_entered_twice() -> None:
    by = importer(2)

    with held_open(
        lambda: run(lines(2), by), at="claims.actions.dossier.import_claims:write_lines"
    ) as held:
        elsewhere(lambda: run(lines(2)[1:], by))
        summary, _conflicts = held.go_on()

    assert (summary.claims.new, summary.claims.skipped) == (1, 1)
    assert Version.objects.count() == 2


@pytest.mark.usefixtures("cloned_database")
def test_a_version_that_is_published_meanwhile_stays_in_the_history() -> None:
    by, editor = importer(1), factories.person(Role.EDITOR)
    atlas = Source.objects.get(key="atlas")
    capture(source=atlas, data=TEXT.encode(), file_name="atlas.txt", by=by, at=TODAY)
    run([{**lines(1)[0], "status": "submitted"}], by)
    version = factories.approved(Version.objects.get(), publish_at=HOLD)
    changed = {
        **lines(1)[0],
        "statement": "The area of country 1 is one square kilometre.",
        "status": "approved",
        "decided_by": editor.username,
        "decided_at": TODAY.isoformat(),
    }
    noon, evening = TODAY + timedelta(days=1, hours=1), TODAY + timedelta(days=1, hours=2)

    with held_open(
        lambda: run([changed], by, now=lambda: evening),
        at="claims.actions.dossier.import_claims:search_quotes",
    ):
        elsewhere(lambda: publish(version=version, by=editor, at=noon))

    version.refresh_from_db()
    assert (version.published.lower, version.published.upper) == (noon, evening)
    assert Version.objects.get(number=2).published.lower == evening


def rename_source(key: str, to: str) -> None:
    """Rename a source as the tables' owner can, past the guard that keeps its key."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE sources_source DISABLE TRIGGER USER")
        cursor.execute("UPDATE sources_source SET key = %s WHERE key = %s", [to, key])
        cursor.execute("ALTER TABLE sources_source ENABLE TRIGGER USER")


def ids() -> set[str | None]:
    return set(Claim.objects.values_list("external_id", flat=True))
