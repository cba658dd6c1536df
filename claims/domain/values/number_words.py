"""Numbers in words: the tables, and how a typed number is rewritten with digits.

    six, twenty-four, two hundred and forty     6, 24, 240
    a million, two dozen                        1 million, 24
    half, two thirds, 1 in 10, ½                50 percent, 67 percent, 10 percent, 50 percent
    half a million, a quarter of a percent      0.5 million, 0.25 percent
    two and a half, 2½                          2.5
    minus nine, plus three                      -9, +3

A part of a whole is a share in percent: the exact one where three digits say it, else rounded to
two, so that "a third" means what "33%" does. After a bound it is not rounded.

Multipliers are those of the short scale in English, and words of other languages that mean one
number only. `m` is the metre, `t` the tonne, `mm` the millimetre; `bln` is a billion in some
languages and a trillion in others, 兆 a million or a trillion: these are no multipliers.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact

_MULTIPLIERS = {
    10**3: "k thousand thousands tsd tausend mille tys tysiąc tysiące tysięcy тыс тысяча тысячи "
    "тысяч тис тисяча тисячі 千",
    10**4: "万 萬",
    10**5: "lakh lakhs",
    10**6: "million millions mn mln mio millionen milion miliony milionów миллион миллиона "
    "миллионов млн мільйон мільйона мільйонів 百万 百萬",
    10**7: "crore crores 千万 千萬",
    10**8: "亿 億",
    10**9: "billion billions bn mrd milliarde milliarden milliard milliards mds mld miliard "
    "miliardy miliardów миллиард миллиарда миллиардов млрд мільярд мільярда мільярдів 十亿 十億",
    10**10: "百亿 百億",
    10**11: "千亿 千億",
    10**12: "trillion trillions trn tn billionen триллион триллиона триллионов трлн трильйон "
    "трильйона трильйонів 万亿 萬億",
}
MULTIPLIERS: dict[str, Decimal] = {
    **{word: Decimal(number) for number, words in _MULTIPLIERS.items() for word in words.split()},
    "lakh crore": Decimal(10**12),
}

_NAMES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_SMALL = {name: number for number, name in enumerate(_NAMES)}
_TENS = {
    name: 10 * number
    for number, name in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "hundredth": 100,
    "thousandth": 1000,
}
_SIGNS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8)}


def _any(words: Iterable[str]) -> str:
    """One of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_LATIN = _any(word for word in MULTIPLIERS if word[0] < "一")
_HAN = _any(word for word in MULTIPLIERS if word[0] >= "一")
_MULTIPLIER = re.compile(rf"(?:(?:{_LATIN})(?![^\W\d_])\.?|(?:{_HAN}))", re.IGNORECASE)

_NAME = rf"(?:(?:{_any(_TENS)})(?:[- ](?:{_any(_NAMES[1:10])}))?|{_any(_NAMES)})"
_CARDINAL = rf"\b(?:(?:a|{_NAME}) hundred(?:(?: and)? {_NAME})?|{_NAME})\b(?! hundred)"
_COUNT = rf"(?P<count>an?|{_any(_NAMES[1:20])})[ -]"
# In their order: what is rewritten before is not seen by what comes after.
_MIXED = rf"(?P<whole>[0-9]+|{_CARDINAL})(?: and (?:a|one) (?P<part>{_any(_PARTS)})\b"
_MIXED += f"|(?<=[0-9]) ?(?P<sign>[{''.join(_SIGNS)}]))"
_PART = rf"(?<![0-9][ -])(?:\b(?:{_COUNT})?(?P<part>{_any(_PARTS)}|halve)s?\b"
_PART += rf"|(?P<sign>[{''.join(_SIGNS)}]))(?P<unit> (?:of )?(?:an?|one|1) (?=[^\W\d_]))?"
_IN = r"\b(?P<count>[0-9]+) (?:in|out of)(?: every)? (?P<all>[0-9]+)(?=$| (?:to|and|or)\b| ?[-–])"
_SIGNED = r"(?:^|(?<= ))(?:(?P<plus>plus)|minus|negative) (?=[0-9€$£¥])"

_SHORT = Context(prec=3, traps=[Inexact])
_ROUNDED = Context(prec=2, rounding=ROUND_HALF_UP)
_LONG = Context(prec=12)


def with_digits(text: str, *, is_bound: bool = False) -> str:
    """Write a typed number with digits; what is no number in words stays as it is.

    `is_bound` says that it is a bound, of which a part of a whole is not rounded.
    """

    def part(found: re.Match[str]) -> str:
        count, whole = _fraction(found)
        if found["unit"]:
            return f"{_decimal(count, whole, is_bound=is_bound)} "
        return f"{_decimal(100 * count, whole, is_bound=is_bound)} percent"

    def share(found: re.Match[str]) -> str:
        count, whole = int(found["count"]), int(found["all"])
        if whole == 0:
            return found[0]
        return f"{_decimal(100 * count, whole, is_bound=is_bound)} percent"

    steps: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
        (_MIXED, _mixed),
        (_PART, part),
        (_CARDINAL, lambda found: str(_cardinal(found[0]))),
        (rf"\ba (?=(?:dozen|{_LATIN})\b)", lambda _found: "1 "),
        (r"\b([0-9.]+) dozen\b", lambda found: _plain(Decimal(found[1]) * 12)),
        (_IN, share),
        (_SIGNED, lambda found: "+" if found["plus"] else "-"),
    )
    for pattern, written in steps:
        text = re.sub(pattern, written, text, flags=re.IGNORECASE)
    return text


def leading_multiplier(text: str) -> tuple[Decimal | None, str]:
    """The multiplier with which a text begins, None where it does with none; and what follows."""
    found = _MULTIPLIER.match(text)
    if found is None or unicodedata.normalize("NFKC", found[0]) != found[0]:
        return None, text  # a sign that looks like a letter is none
    return MULTIPLIERS[found[0].lower().removesuffix(".")], text[found.end() :].strip(" ")


def _cardinal(words: str) -> int:
    """A number below ten thousand by its name."""
    hundreds, has_hundreds, rest = words.lower().rpartition(" hundred")
    if has_hundreds:
        below = rest.removeprefix(" and").strip(" ")
        count = 1 if hundreds == "a" else _cardinal(hundreds)
        return 100 * count + (_cardinal(below) if below else 0)
    return sum({**_SMALL, **_TENS}[name] for name in re.split("[- ]", words.lower()))


def _mixed(found: re.Match[str]) -> str:
    """A whole number and a part, as a decimal fraction."""
    typed = found["whole"]
    number = int(typed) if typed.isdigit() else _cardinal(typed)
    count, whole = _SIGNS[found["sign"]] if found["sign"] else (1, _PARTS[found["part"].lower()])
    return _plain(number + Decimal(_decimal(count, whole, is_bound=False)))


def _fraction(found: re.Match[str]) -> tuple[int, int]:
    """Of a part of a whole, how many of how many."""
    if found["sign"]:
        return _SIGNS[found["sign"]]
    count, part = (found["count"] or "a").lower(), found["part"].lower()
    return _SMALL.get(count, 1), _PARTS["half" if part == "halve" else part]


def _decimal(count: int, whole: int, *, is_bound: bool) -> str:
    """The decimal fraction: exact where three digits say it, else rounded."""
    try:
        return _plain(_SHORT.divide(Decimal(count), Decimal(whole)))
    except Inexact:
        context = _LONG if is_bound else _ROUNDED
        return _plain(context.divide(Decimal(count), Decimal(whole)))


def _plain(number: Decimal) -> str:
    """The digits of a number, without an exponent or zeros at the end of a fraction."""
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
