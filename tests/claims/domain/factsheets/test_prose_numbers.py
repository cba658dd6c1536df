"""Numbers and dates of prose are told apart: those that a cited claim carries, and loose ones."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.factsheets.prose_numbers import MAX_LOOSE, Carried, loose_numbers


def claim(statement: str, value: str = "", period: str = "", language: str = "en") -> Carried:
    """A claim with a statement, and with value and period as they are typed."""
    return Carried(((statement, language),), value=value, dates=(period,) if period else ())


CLAIMS = {
    "C1": claim("Trade fell by about 9% in the first half of 2025.", "~-9%", "H1 2025"),
    "C2": claim(
        "Bilateral trade reached 240 billion US dollars in 2024.", "USD 240 billion", "2024"
    ),
    "C3": claim("More than 20 agreements were signed on 8 May 2025.", ">20", "2025-05-08"),
    "C4": claim(
        "The visit lasted four days, from 7 to 10 May 2025.", "4 days", "2025-05-07/2025-05-10"
    ),
    "C5": claim("It was their eleventh meeting since 2013.", "11", "2013/2025-05"),
    "C6": claim("Capacity is planned at 50 billion cubic metres a year.", "50 bcm"),
    "C7": claim(
        "Gas output rose to 1.5 million tonnes in the 1990s.", "1.5 million tonnes", "1990s"
    ),
    "C8": claim("Between 20 and 25 ships sailed in Q3 2024.", "20..25", "Q3 2024"),
    "C9": claim("The call began at 10:30 on 3 March 2025.", "", "2025-03-03"),
    "C10": claim("Die Einfuhr stieg 2024 um 1,5 Prozent.", "1.5%", "2024", language="de"),
    "C11": claim(
        "Товарооборот вырос на 12 % в первом полугодии 2025 года.", "12%", "H1 2025", "ru"
    ),
    "C12": claim("Two thirds of members voted in favour.", "67%"),
    "C13": claim("Output was 3.2 million barrels per day in December 2024.", "3.2 mb/d", "2024-12"),
    "C14": claim("The rate rose by 50 basis points.", "0.5 pp"),
}

GIVEN = [
    ("Trade fell by about 9% in the first half of 2025 [C1].", []),
    ("Trade fell by nine per cent between January and June 2025 [C1].", []),
    ("Trade fell by 9.4% in H1 2025 [C1].", []),
    ("Trade fell by 11% in the first half of 2025 [C1].", ["11%"]),
    ("Trade fell by 9% in the first half of 2024 [C1].", ["first half of 2024"]),
    ("Trade fell by 9% in 2025 [C1].", ["2025"]),
    ("Trade reached $240bn in 2024 [C2].", []),
    ("Trade reached a quarter of a trillion dollars in 2024 [C2].", ["a quarter of a trillion"]),
    ("Trade reached 240 million dollars in 2024 [C2].", ["240 million"]),
    ("Trade reached 240 billion euros in 2024 [C2].", ["240 billion euros"]),
    ("Two hundred and forty billion dollars changed hands in 2024 [C2].", []),
    ("Over twenty agreements were signed [C3].", []),
    ("More than 25 agreements were signed [C3].", ["25"]),
    ("Some two dozen agreements were signed [C3].", ["two dozen"]),
    ("On 8 May, more than 20 agreements were signed [C3].", []),
    ("On 9 May 2025, more than 20 agreements were signed [C3].", ["9 May 2025"]),
    ("During the four-day visit [C4] over 20 agreements were signed [C3].", []),
    ("During the visit of 7–10 May [C4] they met for the 11th time [C5].", []),
    ("They met for the twelfth time [C5].", ["twelfth"]),
    ("In 2013 they met first; this was the eleventh meeting [C5].", []),
    ("The pipeline would carry 50 bcm a year [C6].", []),
    ("The pipeline would carry 50,000 million cubic metres [C6].", []),
    ("The pipeline would carry 500 bcm a year [C6].", ["500 bcm"]),
    ("Chapter 3 of Resolution 2758 does not speak of it [C6].", []),
    ("Of five papers, two deny it.", ["five", "two"]),
    ("One of the two sides disagrees [C1].", []),
]

OWN = [
    # signs and directions
    ("Trade rose by 9% in the first half of 2025 [C1].", ["9%"]),
    ("Trade changed by −9% in H1 2025 [C1].", []),
    ("A 9% drop followed [C1].", []),
    ("A 9% increase followed [C1].", ["9%"]),
    # ranges
    ("It fell by eight to ten per cent [C1].", []),
    ("It fell by 5–25% [C1].", ["5–25%"]),
    ("Between 20 and 25 ships sailed [C8].", []),
    ("Between 20 and 35 ships sailed [C8].", ["35"]),
    # units, rates and multiplier words
    ("It fell by 9 percentage points [C1].", ["9 percentage points"]),
    ("Nine agreements followed [C1].", ["Nine"]),
    ("The rate rose by half a percentage point [C14].", []),
    ("Output was 1,500 kilotonnes [C7].", []),
    ("Output was 1,500 tonnes [C7].", ["1,500 tonnes"]),
    ("It pumped 3.2 million barrels a day [C13].", []),
    ("It pumped 3.2 million barrels a year [C13].", ["3.2 million barrels"]),
    ("Two-thirds voted for it, a third of them late [C12].", ["a third"]),
    ("One in ten voted for it [C12].", ["One in ten"]),
    # periods: decades, quarters, months, and days of a year that is not said
    ("In the 1990s output rose [C7].", []),
    ("In the 1980s output rose [C7].", ["1980s"]),
    ("In the third quarter of 2024 ships sailed [C8].", []),
    ("In Q2 2024 ships sailed [C8].", ["Q2 2024"]),
    ("In June trade fell [C1].", ["June"]),
    ("Since 2013 they have met often [C5].", []),
    ("They arrived on 7 May and left on 11 May [C4].", ["11 May"]),
    # times
    ("At 10:30 the call began [C9].", []),
    ("At 11:30 the call began [C9].", ["11:30"]),
    # names and what counts nothing
    ("See p. 14, § 5 and Article 12 of Law No. 44 [C6].", []),
    ("The G20, COVID-19, the Su-35 and the S-400 are names, as is Made in China 2025 [C6].", []),
    ("One of them met the two leaders first [C6].", []),
    ("1. The list [C6]\n2. goes on, see https://example.org/2024/5 [C6]", []),
    # which claims a sentence cites
    ("It reached $240bn. Trade fell by 9% [C1]. More [C2].", []),
    ("It reached $240bn.\n\nTrade grew [C2].", ["$240bn"]),
    ("It reached $240bn. [C2] It fell by 9% [C2].", ["9%"]),
    ("Trade fell by 9% [C99].", ["9%"]),
    # bounds
    ("Over 200 billion dollars were traded [C2].", []),
    ("More than 100 billion dollars were traded [C2].", ["100 billion"]),
    ("Fewer than 20 agreements were signed [C3].", ["20"]),
]

OTHER_LANGUAGES = [
    ("de", "Die Einfuhr stieg 2024 um 1,5 % [C10].", []),
    ("de", "Die Einfuhr stieg 2024 um 1,6 % [C10].", ["1,6 %"]),
    ("en", "Imports rose by 1.5% in 2024 [C10].", []),
    ("en", "Imports rose by 1,5% in 2024 [C10].", []),
    ("de", "Der Besuch dauerte vier Tage, vom 7. bis 10. Mai 2025 [C4].", []),
    ("de", "Der Besuch dauerte fünf Tage [C4].", ["fünf Tage"]),
    ("de", "Im ersten Halbjahr 2025 sank der Handel um etwa 9 Prozent [C1].", []),
    ("ru", "Товарооборот вырос на 12 % в первом полугодии 2025 года [C11].", []),
    (
        "ru",
        "Во втором полугодии 2025 года рост составил 12 процентов [C11].",
        ["втором полугодии 2025 года"],
    ),
]


def words_of(prose: str, language: str = "en") -> list[str]:
    """The loose numbers of a prose, each an exact slice of it."""
    found = loose_numbers(prose, CLAIMS, language=language)
    assert [one.words for one in found] == [prose[one.start : one.end] for one in found]
    return [one.words for one in found]


@pytest.mark.parametrize(("prose", "loose"), [*GIVEN, *OWN])
def test_a_number_is_loose_where_no_cited_claim_carries_it(prose: str, loose: list[str]) -> None:
    assert words_of(prose) == loose


@pytest.mark.parametrize(("language", "prose", "loose"), OTHER_LANGUAGES)
def test_numbers_are_read_in_the_language_of_the_prose(
    language: str, prose: str, loose: list[str]
) -> None:
    assert words_of(prose, language) == loose


OTHERS = {
    "C21": Carried((("One of three lines carries 1,250.5 tonnes.", "en"),), value="1250.5 t"),
    "C22": Carried((("Die Ausfuhren stiegen um 1.234,5 Millionen Euro.", "de"),)),
    "C23": Carried((("The budget is 3.5 trillion roubles.", "en"),), value="RUB 3.5 trillion"),
    "C24": Carried((("Between 15 and 20 people were hurt.", "en"),), value="15..20"),
    "C25": Carried((("It was minus five degrees in the 2020s.", "en"),), dates=("2020/2029",)),
}


@pytest.mark.parametrize(
    ("language", "prose", "loose"),
    [
        ("en", "One of three lines is idle [C21].", []),
        ("en", "Two of three lines are idle [C21].", ["Two"]),
        ("en", "It carries 1 250.5 tonnes, or 1'250.5 tonnes [C21].", []),
        ("fr", "Elle transporte 1\u202f250,5 tonnes [C21].", []),
        ("de", "Sie führt 1.250,5 Tonnen [C21].", []),
        ("de", "Sie führt 1.250,6 Tonnen [C21].", ["1.250,6 Tonnen"]),
        ("en", "It carries 1,250.5 kg [C21].", ["1,250.5 kg"]),
        ("en", "Article 5, C17 and K5 do not say so [C21].", []),
        ("en", "Exports rose by €1,234.5m, or EUR 1.2345bn [C22].", []),
        ("en", "Exports rose by $1,234.5m [C22].", ["$1,234.5m"]),
        ("en", "Exports fell by €1,234.5m [C22].", ["€1,234.5m"]),
        ("en", "A pipe of 240m was laid for €240m [C22].", ["240m", "€240m"]),
        ("ru", "Бюджет составляет 3,5 трлн рублей [C23].", []),
        ("ru", "Бюджет составляет 3,6 трлн рублей [C23].", ["3,6 трлн"]),
        ("zh", "预算为3.5万亿卢布 [C23]。", []),
        ("zh", "预算为3.6万亿卢布 [C23]。", ["3.6万亿卢布"]),
        ("en", "15–20 people, some 17, were hurt [C24].", []),
        ("en", "15 to 25 people were hurt [C24].", ["25"]),
        ("en", "A dozen people were hurt [C24].", ["A dozen"]),
        ("en", "In the 2020s it was −5 degrees [C25].", []),
        ("en", "In the 2010s it was −5 degrees [C25].", ["2010s"]),
        ("zh", "2025年5月8日签署 [C3]。", []),
        ("zh", "2025年5月9日签署了25项 [C3]。", ["2025年5月9日", "25"]),
        ("en", "Trade fell by １１％, or ١١٪, in H1 2025 [C1].", ["１１％", "١١٪"]),
        ("en", "Trade fell by ９％ in H1 2025 [C1].", []),
        ("en", "Call +7 495 123-45-67 [C1].", ["7 495 123", "45-67"]),
    ],
)
def test_further_numbers_are_told_apart(language: str, prose: str, loose: list[str]) -> None:
    found = loose_numbers(prose, {**CLAIMS, **OTHERS}, language=language)

    assert [one.words for one in found] == loose
    assert [prose[one.start : one.end] for one in found] == loose


def test_a_verified_quote_carries_its_numbers_and_a_day_of_saying_carries_that_day() -> None:
    carried = {
        "C1": Carried((("Exports of 300 tonnes were seen.", "en"),), said_on=("2025-07-09", "2025"))
    }

    found = loose_numbers("On 9 July 2025 it named 300 tonnes; in 2025 it fell [C1].", carried)

    assert [one.words for one in found] == ["2025"]
    assert found[0].is_date


def test_a_number_in_a_name_is_no_figure() -> None:
    prose = "Power of Siberia 2 is not agreed [C1]."

    assert [one.words for one in loose_numbers(prose, CLAIMS)] == ["2"]
    assert loose_numbers(prose, CLAIMS, names=["Power of Siberia 2"]) == []


@given(st.text(alphabet="0123456789 .,-–%$[]C()\n½abcdeMay2025", max_size=120))
def test_every_loose_number_is_an_exact_slice(prose: str) -> None:
    found = loose_numbers(prose, CLAIMS)

    assert [prose[one.start : one.end] for one in found] == [one.words for one in found]
    assert all(one.end <= other.start for one, other in pairwise(found))


NUMBERS = st.one_of(
    st.integers(2, 10**9).map(str),
    st.integers(2, 10**6).map("{:,}".format),
    st.decimals(0, 10**6, places=2).map(str),
    st.sampled_from(["twelve", "two hundred and six", "a dozen", "three quarters", "11th"]),
)
UNITS = st.sampled_from(
    ["", "%", " per cent", " billion", " million tonnes", " bcm", " ships", " US dollars", " euros"]
)
MARKS = st.sampled_from(
    ["", "about ", "more than ", "at least ", "nearly ", "fell by ", "rose by "]
)


@given(MARKS, NUMBERS, UNITS)
def test_the_number_of_a_cited_statement_is_never_loose(mark: str, number: str, unit: str) -> None:
    statement = f"It was {mark}{number}{unit}."

    assert loose_numbers(f"It was {mark}{number}{unit} [C1].", {"C1": claim(statement)}) == []


HOSTILE = ["[", "]", "9", "1 ", "[C1] ", "](", "a.", "7 May ", "2024-", "twenty ", ".!", "\n", " "]
HOSTILE += ["$", "1,", "5–", "half ", "\n- ", "May ", "[C1", "<a", "one in ", "I. ", "more than "]


@pytest.mark.parametrize("part", HOSTILE)
def test_hostile_prose_is_read_in_time_that_grows_with_its_length(part: str) -> None:
    prose = part * (100_000 // len(part))

    started = time.process_time()
    found = loose_numbers(prose, CLAIMS)

    assert time.process_time() - started < 3
    assert len(found) <= MAX_LOOSE
