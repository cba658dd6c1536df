import re
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.values.numbers import NumberRefused, parse_number

QUANTITIES = [
    # rounded: half a unit of the last written digit each way, the lower end counted
    ("9.1%", "[9.05, 9.15)", "9.1", "%"),
    ("9.10", "[9.095, 9.105)", "9.10", ""),
    ("-9%", "[−9.5, −8.5)", "-9", "%"),
    ("−9 %", "[−9.5, −8.5)", "-9", "%"),
    ("−9\u202f%", "[−9.5, −8.5)", "-9", "%"),
    ("+9 %", "[8.5, 9.5)", "9", "%"),
    ("0", "[−0.5, 0.5)", "0", ""),
    ("-0", "[−0.5, 0.5)", "0", ""),
    ("100", "[99.5, 100.5)", "100", ""),
    (" 20 ", "[19.5, 20.5)", "20", ""),
    # approximate: one whole unit
    ("~9%", "[8, 10)", "9", "%"),
    ("~-9%", "[−10, −8)", "-9", "%"),
    ("~9.1", "[9.0, 9.2)", "9.1", ""),
    ("~2 million", "[1600000, 2400000]", "2000000", ""),
    # multipliers and units
    ("14.2 million", "[14150000, 14250000)", "14200000", ""),
    ("14.2 Million", "[14150000, 14250000)", "14200000", ""),
    ("14.2mn", "[14150000, 14250000)", "14200000", ""),
    ("5 thousand", "[4500, 5500)", "5000", ""),
    ("240 billion USD", "[239500000000, 240500000000)", "240000000000", "USD"),
    ("240 bn US dollars", "[239500000000, 240500000000)", "240000000000", "US dollars"),
    ("1.25 trillion", "[1245000000000, 1255000000000)", "1250000000000", ""),
    ("1.2 bcm", "[1.15, 1.25)", "1.2", "bcm"),
    ("1.2bcm", "[1.15, 1.25)", "1.2", "bcm"),
    ("4 days", "[3.5, 4.5)", "4", "days"),
    # bounds and ranges: not rounded, and no single number
    (">20", "(20, ∞)", None, ""),
    ("> 20 %", "(20, ∞)", None, "%"),
    (">0%", "(0, ∞)", None, "%"),
    (">=20", "[20, ∞)", None, ""),
    ("≥20", "[20, ∞)", None, ""),
    ("<5", "(−∞, 5)", None, ""),
    ("<=5", "(−∞, 5]", None, ""),
    ("≤5", "(−∞, 5]", None, ""),
    ("<-5.5", "(−∞, −5.5)", None, ""),
    (">2 million", "(2000000, ∞)", None, ""),
    ("20..25", "[20, 25]", None, ""),
    ("20..20", "[20, 20]", None, ""),
    ("−5..−3.5 %", "[−5, −3.5]", None, "%"),
    ("1.2 .. 1.4 million USD", "[1200000, 1400000]", None, "USD"),
]

# As `typed` and the same in signs.
IN_WORDS = [
    ("more than 20", ">20"),
    ("Over 20%", ">20%"),
    ("at least 20", ">=20"),
    ("no less than 20", ">=20"),
    ("less than 5", "<5"),
    ("fewer than 5", "<5"),
    ("at most 5", "<=5"),
    ("up to 20", "<=20"),
    ("no more than 20 million", "<=20 million"),
    ("nearly 9%", "~9%"),
    ("almost 9%", "~9%"),
    ("about 9%", "~9%"),
    ("around −9%", "~-9%"),
    ("some 30", "~30"),
    ("roughly 2 million", "~2 million"),
    ("20-25", "20..25"),
    ("20–25", "20..25"),
    ("20 – 25%", "20..25%"),
    ("20 to 25", "20..25"),
    ("from 20 to 25", "20..25"),
    ("between 20 and 25", "20..25"),
    ("Between 20% and 25%", "20..25%"),
    ("20% to 25%", "20..25%"),
    ("20–25 million tonnes", "20..25 million tonnes"),
    ("20 million–25 million tonnes", "20..25 million tonnes"),
    ("1 week to 2 weeks", "1..2 weeks"),
    ("900 thousand to 1.2 million", "900000..1200000"),
    ("-5--3", "-5..-3"),
    ("−5–−3", "-5..-3"),
    ("-5 to 3", "-5..3"),
    ("between -5 and 3", "-5..3"),
    ("€240 billion", "240 billion €"),
    ("USD 240 billion", "240 billion USD"),
    ("US$240bn", "240 billion US$"),
    ("-€5 bn", "-5 bn €"),
    ("€−5 bn", "-5 bn €"),
    ("more than €20 bn", ">20 bn €"),
    ("€20–25 million", "20..25 million €"),
    ("€20 to €25 million", "20..25 million €"),
    ("at least one", ">=1"),
    ("about six", "~6"),
    ("nine percent", "9 percent"),
    ("Twenty-four", "24"),
    ("two hundred and forty billion dollars", "240 billion dollars"),
    ("one hundred and two", "102"),
    ("twelve hundred", "1200"),
    ("a hundred", "100"),
    ("a million", "1 million"),
    ("two dozen", "24"),
    ("half a dozen", "6"),
    ("zero", "0"),
    ("six to eight", "6..8"),
    ("between six and eight", "6..8"),
    ("between one hundred and two hundred", "100..200"),
    ("half", "50 percent"),
    ("about half", "~50 percent"),
    ("a third", "33 percent"),
    ("two-thirds", "67 percent"),
    ("Three quarters", "75 percent"),
    ("an eighth", "12.5 percent"),
    ("more than a third", ">33.3333333333 percent"),
    ("a third to a half", "33..50 percent"),
    ("1 in 10", "10 percent"),
    ("one in ten", "10 percent"),
    ("2 out of every 3", "67 percent"),
    ("½", "50 percent"),
    ("2½ million", "2.5 million"),
    ("two and a half percent", "2.5 percent"),
    ("half a percentage point", "0.5 percentage point"),
    ("a quarter of a trillion dollars", "0.25 trillion dollars"),
    ("3 quarters", "3 quarters"),
    ("40+", ">=40"),
    ("40+ million tonnes", ">=40 million tonnes"),
    ("40-plus", ">=40"),
    ("forty or more", ">=40"),
    ("40% or less", "<=40%"),
    ("minus 9%", "-9%"),
    ("minus nine percent", "-9 percent"),
    ("minus €5 bn", "-5 bn €"),
    ("between minus five and plus three", "-5..3"),
    ("9 Mrd. Euro", "9 billion Euro"),
    ("9 Mio. €", "9 million €"),
    ("9 млрд руб.", "9 billion руб."),
    ("9 тыс.", "9 thousand"),
    ("9 mld zł", "9 billion zł"),
    ("9 tys.", "9 thousand"),
    ("240十亿美元", "240 billion 美元"),
    ("3千", "3 thousand"),
    ("9 tn", "9 trillion"),
    ("1 234", "1234"),
    ("1\u2009234\u2009567", "1234567"),
    ("1'234", "1234"),
    ("1,234,567", "1234567"),
    ("1.234.567", "1234567"),
    ("12,34,567", "1234567"),
    ("9k", "9 thousand"),
    ("9 K tonnes", "9 thousand tonnes"),
    ("3 mln", "3 million"),
]


@pytest.mark.parametrize(("typed", "in_signs"), IN_WORDS)
@pytest.mark.parametrize("whole", [False, True])
def test_words_mean_what_signs_do(typed: str, in_signs: str, whole: bool) -> None:
    if whole and "." in in_signs.replace("..", ""):
        pytest.skip("A count is whole.")

    assert parse_number(typed, whole=whole) == parse_number(in_signs, whole=whole)


def test_a_letter_that_is_a_unit_is_no_multiplier() -> None:
    for unit in ("m", "t", "mm", "bln", "b", "mt", "兆", "\u212a"):
        assert parse_number(f"9 {unit}") == parse_number(f"9 {unit}", approximate=False)
        assert parse_number(f"9 {unit}").unit == unit


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("万", 10**4),
        ("lakh", 10**5),
        ("百万", 10**6),
        ("crore", 10**7),
        ("亿", 10**8),
        ("億", 10**8),
        ("млрд", 10**9),
        ("milliards", 10**9),
        ("miliardów", 10**9),
        ("万亿", 10**12),
        ("Billionen", 10**12),
        ("lakh crore", 10**12),
    ],
)
def test_a_multiplier_of_another_language_means_one_number(word: str, number: int) -> None:
    assert parse_number(f"3 {word} km").point == 3 * number
    assert parse_number(f"3 {word} km").unit == "km"


@pytest.mark.parametrize(
    ("typed", "amount", "point", "unit"),
    [
        ("5.3 ± 0.2", "[5.1, 5.5]", "5.3", ""),
        ("5.3±0.2%", "[5.1, 5.5]", "5.3", "%"),
        ("5.3% ± 0.2", "[5.1, 5.5]", "5.3", "%"),
        ("45% ± 3 percentage points", "[42, 48]", "45", "%"),
        ("5.3 +/- 0.2 million", "[5100000, 5500000]", "5300000", ""),
        ("5 million ± 200 thousand USD", "[4800000, 5200000]", "5000000", "USD"),
        ("−5.3 plus or minus 0.2", "[−5.5, −5.1]", "-5.3", ""),
        ("five ± two", "[3, 7]", "5", ""),
    ],
)
def test_a_margin_is_the_range_around_its_number(
    typed: str, amount: str, point: str, unit: str
) -> None:
    number = parse_number(typed)

    assert (str(number.amount), str(number.point), number.unit) == (amount, point, unit)
    assert not number.approximate


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("9,1%", "9.1%"),
        ("0,123", "0.123"),
        ("1234,567", "1234.567"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1 234,5 km", "1234.5 km"),
        ("1'234.50", "1234.50"),
        ("1 234 567", "1234567"),
        ("1.234", "1.234"),
    ],
)
def test_marks_that_can_be_read_in_one_way_only_are_read(typed: str, plain: str) -> None:
    assert parse_number(typed) == parse_number(plain)


@pytest.mark.parametrize(
    ("typed", "mark", "amount"),
    [
        ("1,234.5", "point", "[1234.45, 1234.55)"),
        ("1 234.5", "point", "[1234.45, 1234.55)"),
        ("1’234’567", "point", "[1234566.5, 1234567.5)"),
        ("1234.5", "point", "[1234.45, 1234.55)"),
        ("9.1%", "point", "[9.05, 9.15)"),
        ("1.234", "point", "[1.2335, 1.2345)"),
        ("1,234", "point", "[1233.5, 1234.5)"),
        ("1.234,5", "comma", "[1234.45, 1234.55)"),
        ("1\u202f234,5", "comma", "[1234.45, 1234.55)"),
        ("9,1%", "comma", "[9.05, 9.15)"),
        ("1.234", "comma", "[1233.5, 1234.5)"),
        ("1,234", "comma", "[1.2335, 1.2345)"),
        ("about 1.234,5 km", "comma", "[1234.4, 1234.6)"),
        ("1.200,5–1.300", "comma", "[1200.5, 1300]"),
        ("1.200..1.300", "comma", "[1200, 1300]"),
        ("1,200..1,300", "point", "[1200, 1300]"),
        ("between 1,5 and 2,5 million", "comma", "[1500000, 2500000]"),
    ],
)
def test_marks_in_a_number_are_read_as_it_is_said_that_they_are(
    typed: str, mark: str, amount: str
) -> None:
    assert str(parse_number(typed, decimal_mark=mark).amount) == amount


@pytest.mark.parametrize(
    ("typed", "mark", "message"),
    [
        ("1,23", "point", "groups of three digits, as in `14,200.5`"),
        ("1,2345", "point", "groups of three digits"),
        ("1234,567", "point", "groups of three digits"),
        ("1,234 567", "point", "groups of three digits"),
        ("1,234,56", "point", "groups of three digits"),
        ("1.234,5", "point", "groups of three digits"),
        ("1,234.5.6", "point", "groups of three digits"),
        ("1.23", "comma", "groups of three digits, as in `14.200,5`"),
        ("9.1%", "comma", "with a comma before the fraction"),
        ("1,234.5", "comma", "groups of three digits"),
        ("1,234,567", "comma", "groups of three digits"),
        ("1,00,000", "comma", "groups of three digits"),
        ("12,34,5678", "", "or say how numbers are written"),
        ("1,234 567", "", "or say how numbers are written"),
        ("14_200", "", "or say how numbers are written"),
    ],
)
def test_marks_that_stand_elsewhere_are_refused(typed: str, mark: str, message: str) -> None:
    with pytest.raises(NumberRefused, match=re.escape(message)) as refused:
        parse_number(typed, decimal_mark=mark)

    assert refused.value.code == "separator"


@pytest.mark.parametrize(("typed", "amount", "point", "unit"), QUANTITIES)
def test_a_quantity_stands_for_all_that_rounds_to_it(
    typed: str, amount: str, point: str | None, unit: str
) -> None:
    number = parse_number(typed)

    assert str(number.amount) == amount
    assert (None if number.point is None else str(number.point)) == point
    assert number.unit == unit
    assert number.approximate is typed.startswith("~")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("9%", "[8, 10)"), ("-9.1", "[−9.2, −9.0)"), (">20", "(20, ∞)"), ("20..25", "[20, 25]")],
)
def test_the_flag_spreads_a_number_and_leaves_bounds(typed: str, amount: str) -> None:
    number = parse_number(typed, approximate=True)

    assert str(number.amount) == amount
    assert number.approximate is True


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("11", "[11, 11]"),
        ("0", "[0, 0]"),
        ("-3", "[−3, −3]"),
        (">20", "[21, ∞)"),
        (">=20", "[20, ∞)"),
        ("<5", "(−∞, 4]"),
        ("<=5", "(−∞, 5]"),
        ("~30", "[24, 36]"),
        ("~9", "[8, 10]"),
        ("20..25", "[20, 25]"),
        ("14.2 million", "[14150000, 14249999]"),
        ("2 thousand", "[1600, 2399]"),
        ("1.234 thousand", "[1234, 1234]"),
        ("~2 thousand", "[1600, 2400]"),
        (">2 million", "[2000001, ∞)"),
    ],
)
def test_a_count_stands_for_whole_numbers(typed: str, amount: str) -> None:
    assert str(parse_number(typed, whole=True).amount) == amount


@pytest.mark.parametrize("typed", ["11.5", "11.0", ">20.5", "20..25.5", "1.2345 thousand", "~0.5"])
def test_a_count_with_a_fraction_is_refused(typed: str) -> None:
    with pytest.raises(NumberRefused, match="A count is a whole number") as refused:
        parse_number(typed, whole=True)

    assert refused.value.code == "fraction"


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        ("", "empty", "The number is empty."),
        ("   ", "empty", "The number is empty."),
        ("many", "unreadable", "The number “many” does not begin as a number."),
        ("about many", "unreadable", "“about many”"),
        ("nearly", "unreadable", "“nearly”"),
        ("more than 20 to 25", "unreadable", "has more than before a range."),
        ("between 20", "unreadable", "is no range"),
        ("between 20 to 25", "unreadable", "is no range"),
        ("from 20", "unreadable", "is no range"),
        ("20−25", "unreadable", "has a minus between two numbers"),
        ("-5-3", "ambiguous", "Write `-5..3` or `-5..-3`."),
        ("-5–3%", "ambiguous", "does not say whether its second number is negative"),
        ("25-20", "reversed", "ends before it begins"),
        ("20% to 25", "ambiguous", "after its first number only"),
        ("20 million to 25", "ambiguous", "after its first number only"),
        ("900 to 1.2 million", "reversed", "ends before it begins"),
        ("20 km to 25 miles", "unreadable", "has two units"),
        ("EUR 20 USD", "unreadable", "has two units"),
        ("-€-5", "unreadable", "“-€-5”"),
        ("1e-5", "exponent", "has an exponent"),
        ("NaN", "unreadable", "“NaN”"),
        ("-inf", "unreadable", "“-inf”"),
        ("∞", "unreadable", "“∞”"),
        (".5", "unreadable", "“.5”"),
        ("- 9", "unreadable", "“- 9”"),
        ("--9", "unreadable", "“--9”"),
        ("–9%", "unreadable", "begins with “–” (U+2013 EN DASH), no minus sign. Write - or −."),
        ("5.", "unreadable", "is not one number"),
        ("9.1.2", "unreadable", "is not one number"),
        ("20..", "unreadable", "is no range"),
        ("20...25", "unreadable", "is no range"),
        ("~20..25", "unreadable", "has ~ before a range. Leave out the ~."),
        (">20..25", "unreadable", "has > before a range"),
        ("~>20", "unreadable", "“~>20”"),
        ("25..20", "reversed", "The number “25..20” ends before it begins."),
        ("-3..-5", "reversed", "Write the lesser end first."),
        ("14,200", "ambiguous", "can be read as 14200 and as 14.200. Write `14200` or `14.200`"),
        ("1,234%", "ambiguous", "or say how numbers are written."),
        ("9,", "separator", "with a point before the fraction"),
        ("14 20", "separator", "“14 20”"),
        ("1.234.56", "unreadable", "is not one number"),
        ("over 40+", "unreadable", "has words before and behind it. Write one of them."),
        ("about 40 or more", "unreadable", "has words before and behind it"),
        ("20–25 or more", "unreadable", "has >= before a range"),
        ("about 5 ± 1", "unreadable", "has about before a margin"),
        ("5 ± -1", "unreadable", "does not begin as a number"),
        ("5 ±", "unreadable", "does not begin as a number"),
        ("5 million ± 2", "ambiguous", "after its first number only"),
        ("5 km ± 2 miles", "unreadable", "has two units"),
        ("5 km ± 2 pp", "unreadable", "has two units"),
        ("some", "unreadable", "“some”"),
        ("dozens", "unreadable", "“dozens”"),
        ("a", "unreadable", "“a”"),
        ("14_200", "separator", "“14_200”"),
        ("1e5", "exponent", "Write it out, or with a word as in `14.2 million`."),
        ("1.5E-3", "exponent", "has an exponent"),
        ("1.5 × 10^6", "exponent", "has an exponent"),
        ("1.5 × 10", "exponent", "has an exponent"),
        ("10^6", "exponent", "has an exponent"),
        ("1" * 31, "too_long", "has more than 30 digits"),
        ("1." + "0" * 30, "too_long", "has more than 30 digits"),
        ("1" * 101, "too_long", "has 101 characters. At most 100 are read."),
        ("9" * 10_000_000, "too_long", "has 10000000 characters"),
        ("９%", "foreign_digit", "“９” (U+FF19 FULLWIDTH DIGIT NINE), another form of a digit"),
        ("٩", "foreign_digit", "ARABIC-INDIC DIGIT NINE"),
        ("1\u0967", "foreign_digit", "DEVANAGARI DIGIT ONE"),
        ("9\u200b%", "invisible", "“9‹U+200B›%” holds U+200B ZERO WIDTH SPACE. Type it anew."),
        ("\u200e9%", "invisible", "LEFT-TO-RIGHT MARK"),
        ("9\x00", "invisible", "holds U+0000"),
        ("9\n", "invisible", "holds U+000A"),
    ],
)
def test_what_is_no_number_is_refused_with_what_was_read(
    typed: str, code: str, message: str
) -> None:
    with pytest.raises(NumberRefused) as refused:
        parse_number(typed)

    assert refused.value.code == code
    assert message in refused.value.message
    assert refused.value.message.endswith(".")


def test_thirty_digits_are_read_exactly() -> None:
    number = parse_number("123456789012345678901234567890")

    assert (
        str(number.amount) == "[123456789012345678901234567889.5, 123456789012345678901234567890.5)"
    )


def test_a_sum_does_not_depend_on_the_surrounding_decimal_context() -> None:
    number = parse_number("1.2345678901234567890123456789 trillion")

    assert str(number.point) == "1234567890123.4567890123456789"


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**20), max_value=10**20
    ),
    st.booleans(),
)
def test_a_number_that_was_written_is_the_number_that_is_read(
    number: Decimal, approximate: bool
) -> None:
    read = parse_number(f"{number:f} km", approximate=approximate)

    assert read.point == number
    lower, upper = read.amount.lower, read.amount.upper
    assert lower is not None
    assert upper is not None
    assert lower < number < upper


@given(st.integers(0, 10**20), st.integers(0, 999), st.sampled_from(", ’'"))
def test_a_number_with_groups_is_the_number_without_them(
    whole: int, thousandths: int, between: str
) -> None:
    plain = f"{whole}.{thousandths:03}"
    grouped = f"{whole:,}".replace(",", between)

    assert parse_number(plain) == parse_number(f"{grouped}.{thousandths:03}", decimal_mark="point")
    if between != ",":
        assert parse_number(plain) == parse_number(
            f"{grouped},{thousandths:03}", decimal_mark="comma"
        )


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_every_way_to_write_a_range_means_the_same(one: int, other: int) -> None:
    low, high = sorted((one, other))
    ways = {
        str(parse_number(form.format(low, high)).amount)
        for form in ("{}..{}", "{} to {}", "from {} to {}", "between {} and {}")
    }
    if not low < 0 <= high:
        ways.add(str(parse_number(f"{low}–{high}").amount))

    assert len(ways) == 1


@given(st.integers(-(10**29), 10**29))
def test_a_whole_number_is_the_count_that_is_read(number: int) -> None:
    amount = parse_number(str(number), whole=True).amount

    assert (amount.lower, amount.upper) == (Decimal(number), Decimal(number))


@given(
    st.text(max_size=120)
    | st.text(alphabet="0123456789.-−–+~<>=≤≥ ,eE%km€", max_size=40)
    | st.lists(
        st.sampled_from([*"0123456789.,-–−~>%€$", " to ", " and ", "between ", "over ", " bn "]),
        max_size=20,
    ).map("".join),
    st.booleans(),
    st.sampled_from(["", "point", "comma"]),
)
def test_garbage_is_refused_and_nothing_else(typed: str, whole: bool, mark: str) -> None:
    started = time.process_time()
    message = "Read."
    try:
        parse_number(typed, whole=whole, decimal_mark=mark)
    except NumberRefused as refused:
        message = refused.message
    assert message.endswith(".")
    assert time.process_time() - started < 1


SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
SMALL += " fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def name_of(number: int) -> str:
    """A number below ten thousand in English."""
    if number < 20:
        return SMALL.split()[number]
    if number < 100:
        tens = TENS.split()[number // 10 - 2]
        return f"{tens}-{name_of(number % 10)}" if number % 10 else tens
    rest = f" and {name_of(number % 100)}" if number % 100 else ""
    return f"{name_of(number // 100)} hundred{rest}"


@given(st.integers(0, 9_999), st.sampled_from(["", " million", " tonnes", "%"]))
def test_a_number_by_its_name_is_the_number(number: int, rest: str) -> None:
    typed = f"{name_of(number)}{rest}"

    assert parse_number(typed) == parse_number(f"{number}{rest}")


@given(st.integers(0, 999), st.integers(0, 999))
def test_a_range_by_names_is_the_range(one: int, other: int) -> None:
    low, high = sorted((one, other))

    assert parse_number(f"between {name_of(low)} and {name_of(high)}") == parse_number(
        f"{low}..{high}"
    )


@given(st.from_regex(r"[0-9]{1,4}([.,'’ ][0-9]{1,4}){0,3}", fullmatch=True))
def test_a_number_is_read_as_both_marks_would_or_refused(typed: str) -> None:
    def point_of(mark: str) -> Decimal | None:
        try:
            return parse_number(typed, decimal_mark=mark).point
        except NumberRefused:
            return None

    readings = {point_of("point"), point_of("comma")} - {None}
    said_nothing = point_of("")

    if "." in typed and typed.count(".") == 1 and typed.replace(".", "").isdigit():
        assert said_nothing == Decimal(typed)
    else:
        assert said_nothing == (readings.pop() if len(readings) == 1 else None)
