from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.date_words import EXAMPLES, edtf_of_words, is_in_words
from sources.domain.dates import DateRefused, is_in_doubt, parse_dates


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("H1 2025", "2025-40"),
        ("h2 2025", "2025-41"),
        ("2025 H1", "2025-40"),
        ("2025H1", "2025-40"),
        ("1H 2025", "2025-40"),
        ("first half of 2025", "2025-40"),
        ("the second half of 2025", "2025-41"),
        ("Q3 2024", "2024-35"),
        ("2024 Q3", "2024-35"),
        ("3Q 2024", "2024-35"),
        ("third quarter of 2024", "2024-35"),
        ("Fourth quarter 2024", "2024-36"),
        ("Q1–Q3 2024", "2024-33/2024-35"),
        ("first nine months of 2025", "2025-01/2025-09"),
        ("first 7 months of 2025", "2025-01/2025-07"),
        ("May 2025", "2025-05"),
        ("SEPT. 2025", "2025-09"),
        ("sep 2025", "2025-09"),
        ("7 May 2025", "2025-05-07"),
        ("07 May 2025", "2025-05-07"),
        ("May 7, 2025", "2025-05-07"),
        ("7–10 May 2025", "2025-05-07/2025-05-10"),
        ("7 to 10 May 2025", "2025-05-07/2025-05-10"),
        ("7 May – 10 June 2025", "2025-05-07/2025-06-10"),
        ("30 Dec 2024 – 2 Jan 2025", "2024-12-30/2025-01-02"),
        ("January–June 2025", "2025-01/2025-06"),
        ("Jan-Jun 2025", "2025-01/2025-06"),
        ("January to June 2025", "2025-01/2025-06"),
        ("May 2023 – June 2024", "2023-05/2024-06"),
        ("2022–2025", "2022/2025"),
        ("2022-2025", "2022/2025"),
        ("2022 - 2025", "2022/2025"),
        ("2022 to 2025", "2022/2025"),
        ("from 2022 to 2025", "2022/2025"),
        ("2022-05 – 2023-06", "2022-05/2023-06"),
        ("since 2013", "2013/.."),
        ("since H1 2025", "2025-40/.."),
        ("since 2013-05-07", "2013-05-07/.."),
        ("from May 2025", "2025-05/.."),
        ("until March 2025", "../2025-03"),
        ("by May 2025", "../2025-05"),
        ("by 7 May 2025", "../2025-05-07"),
        ("FY2023/24 from April", "2023-04/2024-03"),
        ("FY 2023/24 from Jul", "2023-07/2024-06"),
        ("FY2023/2024 from April", "2023-04/2024-03"),
        ("FY2023-24 from April", "2023-04/2024-03"),
        ("fiscal year 1999/00 from April", "1999-04/2000-03"),
        ("FY2024 ending March", "2023-04/2024-03"),
        ("FY2024 ending in December", "2024-01/2024-12"),
        ("  since   2013 ", "2013/.."),
        ("May 7–10, 2025", "2025-05-07/2025-05-10"),
        ("May 7 to 10, 2025", "2025-05-07/2025-05-10"),
        ("May 7 – June 10, 2025", "2025-05-07/2025-06-10"),
        ("May 7 2025", "2025-05-07"),
        ("7th of May, 2025", "2025-05-07"),
        ("May 7th, 2025", "2025-05-07"),
        ("on 7 May 2025", "2025-05-07"),
        ("in May 2025", "2025-05"),
        ("1990s", "199X"),
        ("the 1990’s", "199X"),
        ("2024–25", "2024/2025"),
        ("1999–00", "1999/2000"),
        ("between 2022 and 2025", "2022/2025"),
        ("2025-H1", "2025-40"),
        ("Q4/2024", "2024-36"),
        ("last quarter of 2024", "2024-36"),
        ("second third of 2025", "2025-38"),
        ("12 months to March 2025", "2024-04/2025-03"),
        ("twelve months ending in March 2025", "2024-04/2025-03"),
        ("12 months to the end of March 2025", "2024-04/2025-03"),
        ("three months to January 2025", "2024-11/2025-01"),
        ("24 months ended December 2025", "2024-01/2025-12"),
        ("year ending March 2025", "2024-04/2025-03"),
        ("last three months of 2025", "2025-10/2025-12"),
        ("from 2013 on", "2013/.."),
        ("2013 onwards", "2013/.."),
        ("up to May 2025", "../2025-05"),
        ("after March 2025", "2025-04-01/.."),
        ("before 2025", "../2024-12-31"),
        ("13/05/2025", "2025-05-13"),
        ("05/13/2025", "2025-05-13"),
        ("13.5.2025", "2025-05-13"),
        ("05.05.2025", "2025-05-05"),
        ("05/2025", "2025-05"),
        ("2025/05/07", "2025-05-07"),
        ("2025-5-7", "2025-05-07"),
        ("7. Mai 2025", "2025-05-07"),
        ("7.–10. März 2025", "2025-03-07/2025-03-10"),
        ("Jänner–Dezember 2025", "2025-01/2025-12"),
        ("1er août 2025", "2025-08-01"),
        ("3–5 fevrier 2025", "2025-02-03/2025-02-05"),
        ("7 maja 2025 r.", "2025-05-07"),
        ("październik 2025", "2025-10"),
        ("7 мая 2025 г.", "2025-05-07"),
        ("7–10 мая 2025 года", "2025-05-07/2025-05-10"),
        ("Май 2025", "2025-05"),
        ("7 травня 2025 року", "2025-05-07"),
        ("листопад 2025", "2025-11"),
        ("2025年5月7日", "2025-05-07"),
        ("2025年5月", "2025-05"),
        ("2025 年", "2025"),
        ("2025年5月7日至10日", "2025-05-07/2025-05-10"),
        ("2025年5月7日–6月1日", "2025-05-07/2025-06-01"),
        ("2024年12月31日至2025年1月2日", "2024-12-31/2025-01-02"),
        ("7\u00a0May\u202f2025", "2025-05-07"),
        ("first half of 2025 (typed “H1 2025”)", "2025-40"),
    ],
)
def test_a_date_in_words_is_one_in_edtf(typed: str, edtf: str) -> None:
    read = parse_dates(typed)

    assert read.edtf == edtf
    assert read.typed == typed
    assert read.days == parse_dates(edtf).days
    assert not read.uncertain


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("early 2025", "2025-01/2025-04"),
        ("mid-2025", "2025-05/2025-08"),
        ("Late 2025", "2025-09/2025-12"),
        ("early May 2025", "2025-05-01/2025-05-10"),
        ("mid-May 2025", "2025-05-11/2025-05-20"),
        ("late February 2024", "2024-02-21/2024-02-29"),
        ("early 1990s", "1990/1993"),
        ("the mid-1990s", "1994/1996"),
        ("late 2000s", "2007/2009"),
        ("since mid-2025", "2025-05/.."),
        ("early 2024 – late 2025", "2024-01/2025-12"),
        ("about May 2025", "2025-05~"),
        ("c. 1990", "1990~"),
        ("ca. 1796", "1796~"),
        ("circa 1796", "1796~"),
        ("about Q3 2024", "2024-35"),
        ("May 2025, uncertain", "2025-05?"),
        ("May 2025?", "2025-05?"),
        ("about May 2025, uncertain", "2025-05%"),
        ("since 2013?", "2013?/.."),
        ("from about 2013 on", "2013~/.."),
        ("~H1 2025", "2025-40"),
    ],
)
def test_words_of_doubt_make_a_date_uncertain(typed: str, edtf: str) -> None:
    read = parse_dates(typed)

    assert read.edtf == edtf
    assert read.days == parse_dates(edtf).days
    assert read.uncertain


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("until March 2025", "(−∞, 2025-04-01)"),
        ("by 2025", "(−∞, 2026-01-01)"),
        ("since March 2025", "[2025-03-01, ∞)"),
        ("H1 2025", "[2025-01-01, 2025-07-01)"),
        ("FY2023/24 from April", "[2023-04-01, 2024-04-01)"),
    ],
)
def test_what_is_named_belongs_to_the_period(typed: str, days: str) -> None:
    assert str(parse_dates(typed).days) == days


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        ("until March", "unreadable", "The date “until March” is not read. Write it as in `until"),
        ("last May", "unreadable", "`7 May 2025`"),
        ("H3 2025", "unreadable", "`H1 2025`"),
        ("Q5 2024", "unreadable", "`Q3 2024`"),
        ("third half of 2025", "unreadable", "is not read"),
        ("ma 2025", "unreadable", "is not read"),
        ("May–2025", "unreadable", "is not read"),
        ("2022–2023–2024", "unreadable", "is not read"),
        ("05/07/2025–06/07/2025", "unreadable", "is not read"),
        ("05/07/2025", "ambiguous", "Write `2025-07-05` or `2025-05-07`, whichever is meant."),
        ("7.5.2025", "ambiguous", "Write `2025-05-07` or `2025-07-05`, whichever is meant."),
        ("2001–02", "ambiguous", "Write `2001/2002` or `2001-02`, whichever is meant."),
        ("2000s", "ambiguous", "Write `200X` or `20XX`, whichever is meant."),
        ("year to March 2025", "ambiguous", "Write `2024-04/2025-03` or `2025-01/2025-03`"),
        ("2024/25", "ambiguous", "`2024/2025` for both years, or `FY2024/25 from April`."),
        ("H1 2025 (typed “H2 2025”)", "ambiguous", "says two things"),
        ("7.5.25", "year_missing", "has no year in four digits. Write it as in `7 May 2025`"),
        ("May 25", "year_missing", "has no year in four digits"),
        ("jui 2025", "unreadable", "is not read"),
        ("spring 2025", "season", "Write its months, as in `March–May 2025`."),
        ("2024-25", "season", "or two years as in `2024/2025`."),
        ("2013–present", "relative", "Write `since 2013`, or the day that the source means."),
        ("last year", "relative", "depends on the day on which it is read"),
        ("end of 2025", "unreadable", "Write `late 2025` or `31 December 2025`."),
        ("soon", "unreadable", "Write it as in `7 May 2025`, `May 2025`, `H1 2025` or `2025-05"),
        ("2022−2025 on", "unreadable", "MINUS SIGN"),
        ("7 Mai ٢٠٢٥", "unreadable", "ARABIC-INDIC DIGIT TWO"),
        ("before 0001", "unreadable", "is not read"),
        ("2025年5日", "unreadable", "is not read"),
        ("first twelve months of 2025", "unreadable", "is not read"),
        ("FY2024", "fiscal_year", "Write `FY2023/24 from April` or `FY2024 ending March`."),
        (
            "FY2024 from April",
            "fiscal_year",
            "“FY2024 from April” does not say when the fiscal year begins",
        ),
        ("FY2023/25 from April", "fiscal_year", "does not say"),
        ("FY2023/24", "fiscal_year", "does not say"),
        ("FY2023/24 from January", "fiscal_year", "does not say"),
        ("31 June 2025", "impossible", "“2025-06-31” has a day 31"),
        ("June–January 2025", "reversed", "ends before it begins"),
        ("since 2013/..", "unreadable", "is not read"),
        ("2025-05-07T10:00Z", "time_of_day", "Write the day only."),
        ("2013/", "empty_end", "Write `..`"),
        ("May\u200b 2025", "invisible", "ZERO WIDTH SPACE"),
        ("May" * 30, "too_long", "has 90 characters"),
    ],
)
def test_what_no_two_readers_read_alike_is_refused(typed: str, code: str, message: str) -> None:
    with pytest.raises(DateRefused) as refused:
        parse_dates(typed)

    assert refused.value.code == code
    assert message in refused.value.message
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_read(example: str) -> None:
    assert parse_dates(example).typed == example


@pytest.mark.parametrize("edtf", ["2025?", "202X", "2025-XX", "2013/..", "2025-40", "2025-05-07~"])
def test_edtf_is_given_back_as_it_is(edtf: str) -> None:
    assert not is_in_words(edtf)
    assert parse_dates(edtf).edtf == edtf


WORDS = ["since ", "until ", "from ", " on", " to ", "–", "-", "FY", "H1 ", "May ", "7", "2025"]
WORDS += [
    "?",
    "~",
    "/",
    "about ",
    "mid",
    "early ",
    ", uncertain",
    "1990s",
    "年",
    "5月",
    ".",
    " (typed “",
    "”)",
]


@given(st.text(max_size=80) | st.lists(st.sampled_from(WORDS), max_size=8).map("".join))
def test_garbage_is_refused_and_doubt_shows_in_what_was_typed(typed: str) -> None:
    message, is_read_alike = "Read.", True
    try:
        read = parse_dates(typed)
        is_read_alike = parse_dates(read.edtf).days == read.days
        is_read_alike &= read.uncertain is is_in_doubt(typed)
    except DateRefused as refused:
        message = refused.message
    assert message.endswith(".")
    assert is_read_alike


LANGUAGES = [
    "January February March April May June July August September October November December",
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "{} września października listopada grudnia".format(
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia"
    ),
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
]


@given(
    st.dates(date(1, 1, 1), date(9998, 12, 31)),
    st.sampled_from(LANGUAGES),
    st.sampled_from(
        ["{day} {month} {year:04}", "{day}. {month} {year:04}", "{month} {day}, {year:04}"]
    ),
)
def test_a_day_is_the_same_in_every_language(day: date, names: str, form: str) -> None:
    month = names.split()[day.month - 1]
    typed = form.format(day=day.day, month=month, year=day.year)

    days = parse_dates(typed).days

    assert (days.lower, days.upper) == (day, day + timedelta(days=1))


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)), st.sampled_from("/.-"))
def test_a_day_in_numbers_has_one_reading_or_is_refused_with_both(day: date, mark: str) -> None:
    typed = f"{day.day}{mark}{day.month}{mark}{day.year:04}"
    if day.day == day.month or day.day > 12:
        assert parse_dates(typed).days.lower == day
        return
    with pytest.raises(DateRefused) as refused:
        parse_dates(typed)
    assert f"`{day.isoformat()}`" in refused.value.message
    assert f"`{day.year:04}-{day.day:02}-{day.month:02}`" in refused.value.message


def test_words_that_are_none_are_not_read() -> None:
    assert edtf_of_words("one of these days") is None
