import time
from datetime import date, timedelta

import pytest
from edtf import EDTFObject, parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.domain.dates import DateRefused, parse_dates


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2025-05-07", "[2025-05-07, 2025-05-08)"),
        ("2025-05", "[2025-05-01, 2025-06-01)"),
        ("2025", "[2025-01-01, 2026-01-01)"),
        (" 2025 ", "[2025-01-01, 2026-01-01)"),
        ("2024-02", "[2024-02-01, 2024-03-01)"),
        ("2024-02-29", "[2024-02-29, 2024-03-01)"),
        ("2025-12-31", "[2025-12-31, 2026-01-01)"),
        ("2025-01/2025-06", "[2025-01-01, 2025-07-01)"),
        ("2013/2025-05", "[2013-01-01, 2025-06-01)"),
        ("2025-05/2025", "[2025-05-01, 2026-01-01)"),
        ("2025-05-07/2025-05-07", "[2025-05-07, 2025-05-08)"),
        ("2013/..", "[2013-01-01, ∞)"),
        ("../2025", "(−∞, 2026-01-01)"),
        ("../..", "(−∞, ∞)"),
        ("202X", "[2020-01-01, 2030-01-01)"),
        ("20XX", "[2000-01-01, 2100-01-01)"),
        ("1XXX", "[1000-01-01, 2000-01-01)"),
        ("2025-XX", "[2025-01-01, 2026-01-01)"),
        ("2025-XX-XX", "[2025-01-01, 2026-01-01)"),
        ("2024-02-XX", "[2024-02-01, 2024-03-01)"),
        ("2025-33", "[2025-01-01, 2025-04-01)"),
        ("2025-36", "[2025-10-01, 2026-01-01)"),
        ("2025-38", "[2025-05-01, 2025-09-01)"),
        ("2025-40", "[2025-01-01, 2025-07-01)"),
        ("2025-41", "[2025-07-01, 2026-01-01)"),
        ("2025-33/2025-34", "[2025-01-01, 2025-07-01)"),
        ("0001", "[0001-01-01, 0002-01-01)"),
        ("9998-12-31", "[9998-12-31, 9999-01-01)"),
    ],
)
def test_a_date_stands_for_its_strict_days(typed: str, days: str) -> None:
    read = parse_dates(typed)

    assert str(read.days) == days
    assert read.typed == typed
    assert read.edtf == typed.strip()
    assert read.uncertain is False


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2025?", "[2025-01-01, 2026-01-01)"),
        ("2025~", "[2025-01-01, 2026-01-01)"),
        ("2025-05%", "[2025-05-01, 2025-06-01)"),
        ("2025-05-07~", "[2025-05-07, 2025-05-08)"),
        ("2025?-05-07", "[2025-05-07, 2025-05-08)"),
        ("2025-~05", "[2025-05-01, 2025-06-01)"),
        ("202X?", "[2020-01-01, 2030-01-01)"),
        ("2025-01?/2025-06", "[2025-01-01, 2025-07-01)"),
        ("2025-01/2025-06~", "[2025-01-01, 2025-07-01)"),
        ("2013%/..", "[2013-01-01, ∞)"),
    ],
)
def test_a_qualified_date_keeps_its_strict_days_and_is_uncertain(typed: str, days: str) -> None:
    read = parse_dates(typed)

    assert str(read.days) == days
    assert read.uncertain is True


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        ("", "empty", "The date is empty. Write one, as in `7 May 2025`, `May 2025`, `H1 2025` or"),
        (
            "2013/",
            "empty_end",
            "The date “2013/” leaves an end empty. Write `..` for an absent end: `2013/..`.",
        ),
        (
            "/2025",
            "empty_end",
            "The date “/2025” leaves an end empty. Write `..` for an absent end: `../2025`.",
        ),
        ("/", "empty_end", "write `..`"),
        ("../", "empty_end", "write `..`"),
        ("..", "unreadable", "names no day"),
        ("2013..", "unreadable", "has `..` beside a date"),
        ("2013..2025", "unreadable", "has `..` beside a date"),
        ("{2024,2025}", "set", "is a set of dates"),
        ("[2024..2025]", "set", "is a set of dates"),
        ("2025-06/2025-05", "reversed", "ends before it begins. Write the earlier end first."),
        ("2025/2024", "reversed", "ends before it begins"),
        ("0000", "year_out_of_range", "Years are 1 to 9998, in four digits."),
        ("9999", "year_out_of_range", "Years are 1 to 9998"),
        ("../9999-01-01", "year_out_of_range", "Years are 1 to 9998"),
        ("-0044", "year_out_of_range", "Years are 1 to 9998"),
        ("2025/-0044", "year_out_of_range", "Years are 1 to 9998"),
        ("Y12025", "year_out_of_range", "Years are 1 to 9998"),
        ("12025", "year_out_of_range", "Years are 1 to 9998"),
        ("XXXX", "year_out_of_range", "Years are 1 to 9998"),
        ("000X", "year_out_of_range", "Years are 1 to 9998"),
        (
            "2025-02-30",
            "impossible",
            "The date “2025-02-30” has a day 30. The days of 2025-02 are 01 to 28.",
        ),
        ("2025-02-29", "impossible", "The days of 2025-02 are 01 to 28."),
        ("1900-02-29", "impossible", "The days of 1900-02 are 01 to 28."),
        ("2025-04-31", "impossible", "The days of 2025-04 are 01 to 30."),
        ("2025-01-00", "impossible", "has a day 00"),
        ("2025-13", "impossible", "The date “2025-13” has a month 13. Months are 01 to 12."),
        ("2025-00", "impossible", "has a month 00"),
        ("2025-42", "impossible", "has a month 42"),
        ("2025-33-01", "impossible", "has a month 33"),
        ("2025-21", "season", "as in `2025-03/2025-05`, or two years as in `2024/2025`."),
        ("2025-32", "season", "begins on no agreed day"),
        ("2025-XX-07", "mask", "masks digits before others that are given"),
        ("20X5", "mask", "Mask from the right"),
        ("2025-1X", "mask", "Mask from the right"),
        ("202X-05", "mask", "Mask from the right"),
        ("X025", "mask", "Mask from the right"),
        ("2025-05-07T10:00:00", "time_of_day", "Write the day only."),
        ("2025-05-07 10:00", "time_of_day", "Write the day only."),
        ("2025-05-07 (sic)", "unreadable", "is not read. Write it as in `2025-05-07`"),
        ("2025 05", "unreadable", "holds “ ” (U+0020 SPACE), which EDTF dates do not"),
        ("1950S2", "unreadable", "is not read"),
        ("２０２５", "unreadable", "FULLWIDTH DIGIT TWO"),
        ("٢٠٢٥", "unreadable", "ARABIC-INDIC DIGIT TWO"),
        ("2025−05", "unreadable", "MINUS SIGN"),
        ("2025-5", "unreadable", "Write it as in `2025-05-07`"),
        ("2025.05", "unreadable", "Write it as in `2025-05-07`"),
        ("20250507", "unreadable", "Write it as in `2025-05-07`."),
        ("2025??", "unreadable", "with `?`, `~` or `%` at its end"),
        ("2025-05-07/2025-05-08/2025-05-09", "unreadable", "more than one slash"),
        ("2025\x00", "invisible", "The date “2025‹U+0000›” holds U+0000. Type it anew."),
        ("2025\u200b", "invisible", "holds U+200B ZERO WIDTH SPACE"),
        ("\ud8002025", "invisible", "holds U+D800"),
        ("2" * 61, "too_long", "has 61 characters. At most 60 are read."),
        ("2025/" * 1_000_000, "too_long", "has 5000000 characters"),
    ],
)
def test_a_date_that_cannot_be_read_is_refused_with_what_was_read(
    typed: str, code: str, message: str
) -> None:
    with pytest.raises(DateRefused) as refused:
        parse_dates(typed)

    assert refused.value.code == code
    assert message.casefold() in refused.value.message.casefold()
    assert refused.value.message.endswith(".")


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)))
@settings(max_examples=50)
def test_a_day_that_was_written_is_the_day_that_is_read(day: date) -> None:
    days = parse_dates(day.isoformat()).days

    assert (days.lower, days.upper) == (day, day + timedelta(days=1))


HOSTILE = st.text(max_size=60) | st.text(alphabet="0123456789X?~%-/.{}[],TYES: ", max_size=24)


@given(HOSTILE)
@settings(max_examples=300)
def test_garbage_is_refused_and_nothing_else(typed: str) -> None:
    started = time.process_time()
    message = "Read."
    try:
        parse_dates(typed)
    except DateRefused as refused:
        message = refused.message
    assert message.endswith(".")
    assert time.process_time() - started < 2


SHAPED = st.from_regex(
    r"[?~%]?(20[02X][05X])([?~%]?-[?~%]?([0134X][0129X])){0,2}[?~%]{0,2}", fullmatch=True
)


@given(SHAPED, SHAPED)
@settings(max_examples=100)
def test_what_nearly_is_a_date_is_read_or_refused(one: str, other: str) -> None:
    for typed in (one, f"{one}/{other}", f"{one}/.."):
        try:
            days = parse_dates(typed).days
        except DateRefused:
            continue
        assert days.lower is not None


QUALIFIED = st.builds(
    "{0[0]}{1}{0[1]}{2}{0[2]}{3}{0[3]}".format,
    st.tuples(*[st.sampled_from(["", "", "", "?", "~", "%"])] * 4),
    st.sampled_from(["2024", "202X", "20XX"]),
    st.sampled_from(["", "-02", "-XX", "-33", "-38", "-41"]),
    st.sampled_from(["", "-29", "-XX"]),
)


def _strict_days_by_the_library(typed: str) -> tuple[date, date] | None:
    """The first day and the day after the last as the library `edtf` reads them."""
    parsed = parse_edtf(typed, fail_silently=True)
    if not isinstance(parsed, EDTFObject):
        return None
    first, last = date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])
    return first, last + timedelta(days=1)


@given(SHAPED | QUALIFIED)
@settings(max_examples=100)
def test_the_library_of_the_standard_reads_the_same_days(typed: str) -> None:
    try:
        days = parse_dates(typed).days
    except DateRefused as refused:
        if refused.code == "unreadable":
            assert parse_edtf(typed, fail_silently=True) is None
        return

    bare = typed.translate(str.maketrans("", "", "?~%"))
    assert parse_edtf(typed, fail_silently=True) is not None
    assert (days.lower, days.upper) == _strict_days_by_the_library(bare)
