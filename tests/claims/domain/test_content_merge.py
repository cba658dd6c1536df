"""Merging two changes of one content."""

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from claims.domain.content import Content
from claims.domain.content_merge import VALUE_FIELDS, merge_content

NAMES = tuple(one.name for one in fields(Content))

contents = st.builds(
    Content,
    statement=st.sampled_from(["It fell.", "It rose."]),
    subject=st.sampled_from([None, "trade"]),
    property=st.sampled_from([None, "change", "share"]),
    value=st.sampled_from(["", "9%", "8%"]),
    period=st.sampled_from(["", "2025"]),
    asserted_by=st.sampled_from([(), ("ministry",)]),
)


def test_each_keeps_their_own_change() -> None:
    seen = Content("It fell.", period="2024")

    merged = merge_content(
        seen=seen, own=replace(seen, statement="It rose."), others=replace(seen, period="2025")
    )

    assert merged.content == Content("It rose.", period="2025")
    assert (merged.taken, merged.disputed) == (("period",), ())


def test_where_both_changed_one_field_the_own_one_stands_and_is_named() -> None:
    seen = Content("It fell.")

    merged = merge_content(
        seen=seen, own=replace(seen, statement="Mine."), others=replace(seen, statement="Theirs.")
    )

    assert merged.content.statement == "Mine."
    assert (merged.taken, merged.disputed) == ((), ("statement",))


def test_a_value_is_never_put_under_a_property_that_another_chose() -> None:
    seen = Content("It fell.", property="change", value="9%")

    merged = merge_content(
        seen=seen, own=replace(seen, value="8%"), others=replace(seen, property="share")
    )

    assert (merged.content.property, merged.content.value) == ("change", "8%")
    assert merged.disputed == ("property",)


@given(seen=contents, own=contents, others=contents)
def test_no_change_of_either_is_lost_unsaid(seen: Content, own: Content, others: Content) -> None:
    merged = merge_content(seen=seen, own=own, others=others)

    for name in NAMES:
        before, mine, theirs, now = (
            getattr(one, name) for one in (seen, own, others, merged.content)
        )
        if mine != before:
            assert now == mine
        if theirs not in (before, now):
            assert name in merged.disputed
        assert now in (mine, theirs)


@given(seen=contents, own=contents, others=contents)
def test_the_fields_of_a_value_come_from_one_person(
    seen: Content, own: Content, others: Content
) -> None:
    merged = merge_content(seen=seen, own=own, others=others)

    value, mine, theirs = (
        [getattr(one, name) for name in VALUE_FIELDS] for one in (merged.content, own, others)
    )
    assert value in (mine, theirs)


@given(seen=contents, own=contents)
def test_what_nobody_else_changed_is_as_it_was_typed(seen: Content, own: Content) -> None:
    assert merge_content(seen=seen, own=own, others=seen).content == own
    assert merge_content(seen=seen, own=seen, others=own).content == own
