"""The changes between two editions of a fact sheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.factsheets.changes import (
    Change,
    EditionContents,
    SourceStanding,
    edition_changes,
)
from claims.vocabulary import ConflictStatus
from claims.vocabulary.factsheets import ChangeCode
from sources.vocabulary import Standing

contents = st.builds(
    EditionContents,
    title=st.sampled_from(["A title", "Another"]),
    summary=st.sampled_from(["", "In short."]),
    prose=st.dictionaries(st.sampled_from("ABC"), st.sampled_from(["", "x", "y"])),
    unknown=st.lists(st.sampled_from(["when", "why"]), max_size=2).map(tuple),
    versions=st.dictionaries(st.integers(1, 5), st.integers(1, 3)),
    conflicts=st.dictionaries(st.integers(1, 4), st.sampled_from(ConflictStatus)),
    standings=st.dictionaries(
        st.sampled_from("stu"), st.builds(SourceStanding, st.sampled_from(Standing))
    ),
)


@given(contents)
def test_nothing_changed_between_an_edition_and_itself(one: EditionContents) -> None:
    assert edition_changes(one, one) == ()


@given(contents, contents)
def test_what_came_one_way_goes_the_other_way(one: EditionContents, other: EditionContents) -> None:
    there, back = edition_changes(one, other), edition_changes(other, one)

    added = [c.reference.split("/")[0] for c in there if c.code == ChangeCode.CLAIM_ADDED]
    assert added == [c.reference for c in back if c.code == ChangeCode.CLAIM_REMOVED]
    for symmetric in (ChangeCode.NEW_VERSION, ChangeCode.STANDING, ChangeCode.PROSE):
        first = [c.reference.split("/")[0] for c in there if c.code == symmetric]
        assert sorted(first) == sorted(
            c.reference.split("/")[0] for c in back if c.code == symmetric
        )


@given(contents, contents)
def test_every_conflict_that_came_to_dispute_is_told(
    one: EditionContents, other: EditionContents
) -> None:
    told = {c.reference for c in edition_changes(one, other) if c.code == "conflict-opened"}

    for number, status in other.conflicts.items():
        was = one.conflicts.get(number)
        if status.disputes and (was is None or not was.disputes):
            assert f"K{number}" in told


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        (None, "open", "conflict-opened"),
        ("open", "resolved", "conflict-settled"),
        ("open", "lapsed", "conflict-settled"),
        ("open", "confirmed", "conflict-decided"),
        ("resolved", "open", "conflict-opened"),
        ("open", None, "conflict-gone"),
        ("resolved", "reconciled", "conflict-settled"),
        ("resolved", None, None),
        ("open", "open", None),
    ],
)
def test_a_conflict_is_told_as_what_became_of_it(
    was: str | None, now: str | None, code: str | None
) -> None:
    old, new = (
        EditionContents(conflicts={} if status is None else {5: ConflictStatus(status)})
        for status in (was, now)
    )

    found = edition_changes(old, new)

    assert found == (() if code is None else (Change(ChangeCode(code), "K5", now or ""),))


def test_claims_sources_and_prose_are_told_in_this_order() -> None:
    old = EditionContents(
        versions={1: 1, 2: 1, 3: 1},
        standings={"paper": SourceStanding(Standing.CURRENT)},
        prose={"Price": "It rose.", "Past": "It was."},
    )
    new = EditionContents(
        versions={1: 1, 2: 2, 4: 1},
        standings={
            "paper": SourceStanding(Standing.RETRACTED),
            "new": SourceStanding(Standing.CORRECTED),
        },
        prose={"Price": "It fell.", "Future": ""},
        summary="In short.",
        unknown=("The price.",),
    )

    assert [(c.code.value, c.reference, c.now) for c in edition_changes(old, new)] == [
        ("claim-added", "C4/v1", ""),
        ("new-version", "C2/v2", ""),
        ("claim-removed", "C3", ""),
        ("standing", "paper", "retracted"),
        ("summary", "", ""),
        ("prose", "Price", ""),
        ("section-added", "Future", ""),
        ("section-removed", "Past", ""),
        ("unknown", "", ""),
    ]
