from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.conflicts.detection_key import detection_key, lock_number
from claims.domain.conflicts.disagreement import Compared, Disagreement, EntityPath, disagree
from claims.domain.conflicts.period_ends import period_ends
from claims.domain.conflicts.softness import is_soft
from claims.domain.values.value import parse_period, parse_value, text_key
from claims.vocabulary import ConflictKind, PropertyTime, Strength, ValueKind
from sources.domain.ranges import Range

CONTRADICTION = Strength.CONTRADICTION
TENSION = Strength.TENSION


def period(typed: str) -> Range[date] | None:
    return parse_period(typed).days if typed else None


def one(
    typed: str,
    *,
    claim: int = 1,
    kind: ValueKind = ValueKind.QUANTITY,
    within: str = "",
    during: str = "",
    **fields: Any,
) -> Compared:
    value = parse_value(typed, kind=kind)
    meant: Any = value.amount or value.dates or value.text
    if value.truth is not None:
        meant = value.truth
    if value.entity is not None:
        meant = EntityPath((*within.split(), value.entity))
    fields.setdefault("key", "question")
    fields.setdefault("time", PropertyTime.STATE)
    fields.setdefault(
        "is_soft",
        is_soft(mode="stated", is_attributed=False, approximate=value.approximate, period=during),
    )
    return Compared(
        claim=claim,
        version=claim,
        kind=kind,
        value=meant,
        period=period(during),
        ends=period_ends(during),
        **fields,
    )


def two(first: str, second: str, *, seconds: dict[str, Any] | None = None, **fields: Any) -> Any:
    """Compare two claims; `seconds` are fields of the second alone."""
    return disagree(
        one(first, claim=1, **fields), one(second, claim=2, **{**fields, **(seconds or {})})
    )


def test_a_hundred_contradicts_seventy_five() -> None:
    assert two("100", "75") == Disagreement(ConflictKind.VALUE, CONTRADICTION)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("9.1", "9"),  # 9 stands for [8.5, 9.5)
        (">20", "21"),
        (">20", ">30"),
        ("<=20", ">=20"),  # both hold 20
        ("20..25", "25..30"),
        ("~9", "10"),
        ("100", "100.0"),
    ],
)
def test_values_that_may_be_the_same_do_not_disagree(first: str, second: str) -> None:
    assert two(first, second) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [("9.1", "9.6"), (">20", "20..20"), ("<20", ">=20"), ("~9", "11"), ("9", "10")],
)
def test_ranges_that_lie_apart_disagree_with_their_ends_counted(first: str, second: str) -> None:
    assert two(first, second) is not None


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        (ValueKind.COUNT, "11", "12"),
        (ValueKind.DATE, "2025-05-07", "2025-05-08"),
        (ValueKind.TRUTH, "true", "false"),
        (ValueKind.ENTITY, "paris", "berlin"),
    ],
)
def test_values_of_every_kind_exclude_each_other(kind: ValueKind, first: str, second: str) -> None:
    assert two(first, second, kind=kind) == Disagreement(ConflictKind.VALUE, CONTRADICTION)
    assert two(first, first, kind=kind) is None


def test_texts_that_differ_are_a_tension_at_most() -> None:
    found = two("blue", "green", kind=ValueKind.TEXT)

    assert found == Disagreement(ConflictKind.VALUE, TENSION)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Blue", "blue"),
        ("The road is closed.", "The road is closed"),
        ("Ministère de l’Économie", "ministere de l'economie"),
        ("State  Council", "state council"),
        ("ofﬁce", "office"),
        ("Œuvre", "oeuvre"),
        ("“open”", '"open"'),
        ("Łódź", "Lodz"),
        ("关闭。", "关闭"),
    ],
)
def test_texts_that_are_spelled_otherwise_do_not_differ(first: str, second: str) -> None:
    assert two(first, second, kind=ValueKind.TEXT) is None


@pytest.mark.parametrize(
    ("first", "second"), [("10⁶ hectares", "106 hectares"), ("open", "not open"), ("½", "12")]
)
def test_texts_with_other_words_or_raised_figures_differ(first: str, second: str) -> None:
    assert two(first, second, kind=ValueKind.TEXT) is not None


@given(st.from_regex(r"[a-zéłœñ’' –-]{0,20}[a-zéłœñ]", fullmatch=True))
def test_case_white_space_and_a_final_point_make_no_other_text(text: str) -> None:
    for other in (text.upper(), f"  {text} ", f"{text}.", text.replace("’", "'")):
        assert text_key(other) == text_key(text)


@pytest.mark.parametrize(
    ("first", "second", "strength"),
    [
        ("about 1 million", "100", TENSION),
        ("100", "~75", TENSION),
        ("1 trillion", "600 billion", CONTRADICTION),
        ("about 1000", "1100", None),
    ],
)
def test_what_is_approximate_contradicts_nothing(
    first: str, second: str, strength: Strength | None
) -> None:
    found = two(first, second)

    assert (found.strength if found else None) == strength


def test_a_day_does_not_exclude_its_month() -> None:
    assert two("2025-05-07", "2025-05", kind=ValueKind.DATE) is None


def test_a_city_does_not_exclude_its_country() -> None:
    assert (
        disagree(
            one("paris", claim=1, kind=ValueKind.ENTITY, within="europe france"),
            one("europe", claim=2, kind=ValueKind.ENTITY),
        )
        is None
    )


def test_presence_against_absence_is_about_presence() -> None:
    found = two("present", "absent", kind=ValueKind.PRESENCE)

    assert found == Disagreement(ConflictKind.PRESENCE, CONTRADICTION)


def test_a_series_and_its_document_are_looked_at_together() -> None:
    document = one("absent", claim=1, kind=ValueKind.PRESENCE, key="document")
    series = one(
        "present", claim=2, kind=ValueKind.PRESENCE, key="series", linked=frozenset({"document"})
    )

    assert disagree(document, series) == disagree(series, document)
    assert disagree(document, series) is not None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("claim", 1),
        ("key", "another question"),
        ("single_valued", False),
        ("is_prospective", True),
    ],
)
def test_what_cannot_be_compared_does_not_disagree(field: str, value: Any) -> None:
    first = one("100", claim=1)

    assert disagree(first, one("75", **{"claim": 2, field: value})) is None


def test_two_expectations_disagree_with_each_other() -> None:
    assert two("100", "75", is_prospective=True) is not None


@pytest.mark.parametrize(
    ("time", "first", "second", "fit"),
    [
        ("state", "2024", "2024-03", True),
        ("state", "2024", "2025", False),
        ("over", "2024", "2024-03", False),
        ("over", "2024", "2024-01/2024-12", True),
        ("state", "", "2024", False),
        ("over", "", "2024", False),
        ("state", "", "", True),
        ("over", "", "", True),
        ("state", "2022/..", "2024", True),
        # ends that are known by month or year only, and that merely touch
        ("state", "until March 2025", "since March 2025", False),
        ("state", "until 2025", "since 2025", False),
        ("state", "2022–2025", "2025–2028", False),
        ("state", "2024-01/2024-06", "2024-06/2024-12", False),
        ("state", "until March 2025", "since 2025", False),
        ("state", "until 2025", "since March 2025", False),
        ("state", "until Q1 2025", "since March 2025", False),
        ("state", "until 15 March 2025", "since March 2025", False),
        # they share more than that
        ("state", "until March 2025", "since February 2025", True),
        ("state", "2020–2023", "2022–2025", True),
        # days are known
        ("state", "until 31 March 2025", "since 2025-03-01", True),
        ("state", "2025-03-01/2025-03-15", "2025-03-15/2025-03-31", True),
        # one lies within the other, which it neither begins nor ends
        ("state", "until March 2025", "March 2025", True),
        ("state", "since March 2025", "March 2025", True),
        ("state", "2023/2024", "2023", True),
        ("state", "2024/2025", "2024-03", True),
        ("state", "2024/2025", "2024-03/2024-06", True),
        ("state", "2024/2025", "2024-01/2025-12", True),
        # both ends in one year say no more than the days
        ("state", "2025/2025-06", "2025-06/2025-08", True),
    ],
)
def test_periods_of_a_state_overlap_and_of_a_total_are_equal(
    time: str, first: str, second: str, fit: bool
) -> None:
    found = two("100", "75", time=PropertyTime(time), during=first, seconds={"during": second})

    assert (found is not None) == fit


def test_growth_against_a_fall_is_about_direction() -> None:
    assert two("9", "-9") == Disagreement(ConflictKind.DIRECTION, CONTRADICTION)
    assert two("-9", ">0") == Disagreement(ConflictKind.DIRECTION, CONTRADICTION)
    assert two("0", "-9") == Disagreement(ConflictKind.VALUE, CONTRADICTION)


def test_growth_against_a_fall_counts_over_periods_that_only_overlap() -> None:
    found = two(
        "-9", ">0", time=PropertyTime.OVER, during="2025-01/2025-06", seconds={"during": "2025"}
    )

    assert found == Disagreement(ConflictKind.DIRECTION, TENSION)
    assert (
        two("9", "90", time=PropertyTime.OVER, during="2025-01", seconds={"during": "2025"}) is None
    )


def test_growth_until_a_month_is_no_conflict_with_a_fall_from_it_on() -> None:
    over = {"time": PropertyTime.OVER, "during": "2024-01/2024-06"}

    assert two("9", "-9", **over, seconds={"during": "2024-06/2024-12"}) is None
    assert two("9", "-9", **over, seconds={"during": "2024-05/2024-12"}) is not None


def test_two_sides_are_a_tension_when_one_is_soft() -> None:
    found = two("100", "75", seconds={"is_soft": True})

    assert found == Disagreement(ConflictKind.VALUE, TENSION)


def test_two_sides_are_a_tension_when_their_periods_only_overlap() -> None:
    found = two("100", "75", during="2024", seconds={"during": "2024-03"})

    assert found == Disagreement(ConflictKind.VALUE, TENSION)


numbers = st.sampled_from(["-9", "-1", "0", "1", "9", "9.1", ">0", "<0", ">=0", "-5..5", "~1"])
anything = st.builds(
    one,
    numbers,
    claim=st.integers(1, 3),
    during=st.sampled_from(
        ["", "2024", "2024-03", "2025", "2024/2025", "../2024-03", "2024-03/..", "../2024"]
    ),
    time=st.sampled_from(PropertyTime),
    is_prospective=st.booleans(),
    is_soft=st.booleans(),
    single_valued=st.booleans(),
)


@given(anything, anything)
def test_a_disagreement_is_symmetric(first: Compared, second: Compared) -> None:
    assert disagree(first, second) == disagree(second, first)


@given(anything, anything, st.decimals(0, 20, places=1), st.booleans())
def test_widening_a_range_never_makes_a_disagreement(
    first: Compared, second: Compared, by: Decimal, is_open: bool
) -> None:
    amount: Any = first.value
    lower, upper = amount.lower, amount.upper
    wider = replace(
        first,
        value=Range(
            None if lower is None or is_open else lower - by,
            None if upper is None else upper + by,
            lower_closed=lower is not None and not is_open,
            upper_closed=upper is not None,
        ),
    )

    if disagree(first, second) is None:
        assert disagree(wider, second) is None


@given(anything)
def test_nothing_disagrees_with_itself(version: Compared) -> None:
    assert disagree(version, version) is None


@given(st.tuples(*[st.sampled_from(["", "a", "b", "a\nb"])] * 4))
def test_questions_that_differ_have_keys_that_differ(parts: tuple[str, ...]) -> None:
    subject, prop, aspect, basis = (part.replace("\n", "-") for part in parts)

    key = detection_key(subject, prop, aspect, basis)

    assert key != detection_key(subject, prop, aspect, basis + "\n")
    assert key != detection_key(subject + "x", prop, aspect, basis)
    assert len(key) == 64


def test_no_aspect_is_one_question_whatever_it_is_called() -> None:
    assert detection_key("a", "b", None, "") == detection_key("a", "b", "", "")


@given(st.text())
def test_a_lock_is_a_number_that_postgresql_takes(word: str) -> None:
    assert -(2**63) <= lock_number(word) < 2**63
