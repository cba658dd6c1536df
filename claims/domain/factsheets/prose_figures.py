"""Numbers in running text: where one stands, its range, its unit and its sign.

A number is read as a typed one is (`claims.domain.values.numbers`): what rounds to it, what "about"
and "more than" make of it. Here it is found where it begins and ends. No figures are: references,
numbers in names (chapter 3, Resolution 2758, G20), "one", "the two", "first".
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from claims.domain.factsheets.figure_words import (
    NUMERALS,
    ORDINALS,
    PHRASES_OF_UNITS,
    currency_before,
    direction,
    is_named,
    mark_before,
    mark_behind,
    rate_behind,
)
from claims.domain.factsheets.figures import (
    CARDINAL,
    ONES,
    SCALE,
    SMALL,
    TEENS,
    TENS,
    Figure,
    parse_figure,
    units_called,
    with_rate_apart,
)
from claims.domain.factsheets.wide_letters import is_wide
from claims.domain.values.number_words import leading_multiplier
from claims.domain.values.unit_table import CURRENCIES
from claims.domain.values.units import Unit
from sources.domain.ranges import Range

_PART = r"(?:half|third|quarter|fifth|sixth|seventh|eighth|tenth)"
_COUNT = rf"(?:an?|{ONES})"
_IN_WORDS = re.compile(
    "|".join(
        (
            rf"(?:{_COUNT}[- ])?{_PART}s?(?: of)? (?:an?|one) (?:{SCALE}|dozen)\b",
            rf"{_COUNT}[- ](?:halves|{_PART}s)\b",
            r"half an?(?= [^\W\d_])|half(?= (?:of|the|its|their|all)\b)|(?<=by )half\b",
            rf"(?:an?|one)[- ]{_PART}(?= of\b)",
            rf"(?:{ONES}|{TEENS}) (?:in|out of)(?: every)? (?:{ONES}|{TEENS}|[0-9]{{1,4}})\b",
            rf"{CARDINAL}(?: and an? (?:half|quarter|third)\b)",
            rf"{CARDINAL}[- ]thousand(?:(?: and)? {CARDINAL})?(?![ -]{SCALE})",
            rf"(?:an?|{SMALL})[- ]dozen\b",
            rf"a(?= {SCALE}\b)",
            CARDINAL,
        )
    ),
    re.IGNORECASE,
)
_OPENINGS = frozenset(
    f"a an half {TENS} {ONES} {TEENS} {' '.join(ORDINALS)} {' '.join(NUMERALS)}".replace(
        "|", " "
    ).split()
)
_DIGITS = re.compile(
    r"[0-9]+(?:[.,'’][0-9]+|[ ](?=[0-9]{3}(?![0-9]))[0-9]{3})*"
    r"(?:(?P<ordinal>st|nd|rd|th|-(?:й|го|му|м|я|ю|е|ой|ая))(?!\w))?(?: ?[½⅓⅔¼¾⅕⅛])?"
)
_TYPE_BEFORE = re.compile(r"(?<!\w)[A-ZА-Я](?:[A-ZА-Я]{0,5}|[a-zа-я]{0,2})-\Z")
_ARTICLES = frozenset(("a", "an", "half"))
_WORD = re.compile(r"[^\W\d_]{2,14}(?!\w)")
_LITERAL = re.compile(
    r"[0-9]{1,4}(?:[:/][0-9]{1,4}){1,3}(?![0-9])"
    r"|[0-9]{1,2}(?:[.:][0-9]{2})?(?: (?:[ap]\.m\.?|[ap]m\b|Uhr\b|o'clock\b))",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"(?:(?:{TENS})[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    rf"|{'|'.join(ORDINALS)})(?![\w])(?!-)",
    re.IGNORECASE,
)
_SECOND = re.compile(r"second(?= times?\b)|(?<=their )second|(?<=its )second|(?<=his )second", re.I)
_NOT_ORDINAL = re.compile(r" (?:part(?:y|ies)|countr(?:y|ies)|states?|world|person|reich)\b", re.I)
_JOINT = re.compile(
    r"(?P<dash> ?[-–—] ?(?=[^\s0]|0[.,])|\.\.)| (?P<word>to|and|or|bis|und|до|и) |(?P<comma>, )"
)
_FROM = re.compile(r"\b(?:from|von|с|от) \Z", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|zwischen|между) \Z", re.IGNORECASE)
_TWO = re.compile(r"\b(?:the|these|those|between|its|their|both|other|of) \Z", re.IGNORECASE)
_UNIT_WORD = re.compile(r"(?:[ ]|-(?=[^\W\d_]))(?P<word>[^\s\d,;:!?()\[\]{}*_“”\"]{1,20})")
_SYMBOL = re.compile(
    r"[^\s\w,.;:!?()\[\]*_+–—-]{1,3}|(?:[^\W\d_]{1,4}[²³23]?(?:/[^\W\d_]{1,5})?)(?!\w)"
)
_SIGNED = re.compile(r"(?:\A|(?<=[\s(\[„“\"'«/$€£]))[-−]\Z")
_RATE_IN_UNIT = re.compile(r" (?:an?|per) [a-z]+$", re.IGNORECASE)
_MILLION = re.compile(r" ?[mM](?!\w)")
_MAX_LENGTH = 60
_MAX_JOINED = 4


@dataclass(frozen=True, slots=True)
class ProseFigure:
    """A number at its place in a text, `text[start:end]`, its unit included.

    `bare_end` is where it ends without a word for a currency. `figure` is None of what is compared
    letter by letter: times, and numbers that cannot be read. `ends` are those of a range.
    """

    start: int
    end: int
    bare_end: int
    figure: Figure | None
    ends: tuple["ProseFigure", ...] = ()
    is_marked: bool = False


def figure_at(text: str, start: int, word: str, decimal_mark: str) -> ProseFigure | None:
    """Return the number that begins with the token here; None where none does, or a name."""
    before = text[start - 1 : start]
    if word[0].isalpha():
        plain = word.lower()
        if plain not in _OPENINGS and plain != "second":
            return None
        if plain in _ARTICLES and text[start + len(word) : start + len(word) + 1] not in (" ", "-"):
            return None
    if before == "-" and _TYPE_BEFORE.search(text, max(0, start - 8), start):  # S-400, Su-35
        return None
    literal = _LITERAL.match(text, start, start + 30) if word[0].isdigit() else None
    if literal is not None:
        found: ProseFigure | None = ProseFigure(start, literal.end(), literal.end(), None)
    else:
        found = _joined(text, start, decimal_mark, 0)
    if found is None or (not found.is_marked and is_named(text, start)):
        return None
    return found


def _joined(text: str, start: int, decimal_mark: str, depth: int) -> ProseFigure | None:
    """The number here; of a range both; of one that shares the unit of the next, with that unit."""
    first = _single(text, start, decimal_mark)
    if first is None or first.figure is None or depth >= _MAX_JOINED:
        return first
    joint = _JOINT.match(text, first.end, first.end + 5)
    if joint is None:
        return first
    following = text[joint.end() : joint.end() + 24]
    if not re.match(r"[$€£¥]?[0-9½¼¾]|[^\W\d_]", following):
        return first
    money = re.match(r"(?:[A-Z]{1,3}\$|[A-Z]{3} ?|[$€£¥])", following)
    second = _joined(text, joint.end() + (money.end() if money else 0), decimal_mark, depth + 1)
    if second is None or second.figure is None:
        return first
    shared = second.ends[0].figure if second.ends else second.figure
    if shared is None:
        return first
    if not first.figure.units and shared.units:
        first = _sharing(text, first, second, decimal_mark)
    opening = mark_before(text, start)[1]
    is_pair = joint["dash"] or joint["word"] in ("to", "bis", "до")
    is_between = joint["word"] in ("and", "und", "и") and _BETWEEN.search(
        text, max(0, opening - 10), opening
    )
    if (
        second.ends
        or not (is_pair or is_between)
        or _FROM.search(text, max(0, opening - 5), opening)
    ):
        return first
    return _range(first, second)


def _sharing(text: str, first: ProseFigure, second: ProseFigure, decimal_mark: str) -> ProseFigure:
    """The number with the unit, and the multiplier, of the one that it is joined with."""
    body = text[second.start : second.end]
    scale = re.search(rf"\b(?:{SCALE}|bn|mn|mrd\.?|mio\.?|млн|млрд)(?!\w)", body, re.IGNORECASE)
    figure, shared = first.figure, second.figure
    if figure is None or shared is None:
        return first
    if scale is not None and not figure.is_large:
        words = f"{text[first.start : first.end]} {scale[0]}"
        figure = parse_figure(words, "", decimal_mark) or figure
    return replace(
        first,
        figure=replace(
            figure,
            units=shared.units,
            rate=shared.rate,
            sign=first.figure.sign if first.figure else 0,
            is_large=figure.is_large or scale is not None,
        ),
    )


def _range(first: ProseFigure, second: ProseFigure) -> ProseFigure:
    one, other = first.figure, second.figure
    if one is None or other is None or not (one.figures and other.figures):
        return first
    low, high = one.figures[0], other.figures[0]
    if low >= high:
        return first
    figure = replace(
        other,
        amount=Range(low, high, lower_closed=True, upper_closed=True),
        figures=(low, high),
        sign=one.sign or other.sign,
    )
    return ProseFigure(first.start, second.end, second.bare_end, figure, (first, second))


def _single(text: str, start: int, decimal_mark: str) -> ProseFigure | None:
    """One number with its mark, multiplier, unit and sign."""
    if ordinal := _ordinal(text, start):
        return ordinal
    found = _DIGITS.match(text, start) or _words(text, start)
    if found is None:
        return None
    body, end = found[0], found.end()
    is_in_words = not body[0].isdigit()
    if len(body) > _MAX_LENGTH:
        return ProseFigure(start, end, end, None)
    if not is_in_words and found["ordinal"]:
        number = re.match("[0-9]+", body)
        return _exact(start, end, int(number[0]) if number else 0)
    return _with_measure(text, start, body, end, decimal_mark)


def _with_measure(
    text: str, start: int, body: str, end: int, decimal_mark: str
) -> ProseFigure | None:
    """The number of these digits or words with all that belongs to it."""
    is_in_words = not body[0].isdigit()
    money, begin = currency_before(text, start)
    multiplied, end = _multiplied(text, end)
    if money and not multiplied and (short := _MILLION.match(text, end)):  # €240m are no metres
        multiplied, end = " million", short.end()
    units, rate, bare_end, end = _unit(text, end)
    if multiplied and text[bare_end - 1] == ".":  # of an abbreviation, or of the sentence
        bare_end, end = bare_end - 1, end if units else end - 1
    if units and units[0].name not in CURRENCIES:
        bare_end = end
    if money:
        units, bare_end = units_called(money) or units, end
    if not (units or multiplied) and (
        _is_no_figure(text, body, start) if is_in_words else _goes_on(text, end)
    ):
        return None  # one of the two, 5G, 737B
    mark, opening = mark_before(text, begin)
    mark = mark or mark_behind(text, end)
    is_negative = any(
        _SIGNED.search(text, max(0, place - 2), place) is not None for place in {begin, start}
    )
    body = body.replace("-", " ") if is_in_words else body
    figure = parse_figure(f"{body}{multiplied}", mark, decimal_mark)
    if figure is not None:
        units, rate = with_rate_apart(figure.units or units, rate)
        figure = replace(
            figure,
            units=units,
            rate=rate,
            sign=-1 if is_negative else direction(text, opening, end),
            is_large=bool(multiplied) or figure.is_large,
        )
    first = begin - 1 if is_negative and text[begin - 1 : begin] in ("-", "−") else begin
    return ProseFigure(first, end, bare_end, figure, is_marked=bool(mark or units or multiplied))


def _goes_on(text: str, end: int) -> bool:
    """Whether a letter at once behind digits makes them a part of a name: 5G, 737B."""
    letter = text[end : end + 1]
    return letter.isalnum() and not is_wide(letter)


def _words(text: str, start: int) -> "re.Match[str] | None":
    """A number in words that begins here."""
    if found := _IN_WORDS.match(text, start, start + 80):
        return found
    other = _WORD.match(text, start, start + 16)
    return other if other is not None and other[0].lower() in NUMERALS else None


def _is_no_figure(text: str, body: str, start: int) -> bool:
    """Whether a number in words counts nothing: one, one of, the two, zero-sum."""
    plain = body.lower()
    if plain in ("one", "a", "zero"):
        return True
    if plain == "half" and re.search(
        r"[^\W\d_]{3,8}(?:st|nd|er)[ -]\Z", text[max(0, start - 9) : start]
    ):
        return True
    return plain in ("two", "beiden") and _TWO.search(text, max(0, start - 10), start) is not None


def _ordinal(text: str, start: int) -> ProseFigure | None:
    if found := _SECOND.match(text, start):
        return _exact(start, found.end(), 2)
    found = _ORDINAL.match(text, start, start + 24)
    if found is None or _NOT_ORDINAL.match(text, found.end(), found.end() + 12):
        return None
    tens, _joint, last = found[0].lower().replace("-", " ").rpartition(" ")
    ones = {"first": 1, "second": 2}.get(last) or ORDINALS[last]
    number = ones + (10 * (TENS.split("|").index(tens) + 2) if tens else 0)
    return _exact(start, found.end(), number)


def _exact(start: int, end: int, number: int) -> ProseFigure:
    """A place in an order, which is never rounded."""
    point = Decimal(number)
    exactly = Range(point, point, lower_closed=True, upper_closed=True)
    return ProseFigure(start, end, end, Figure(exactly, (point,)), is_marked=True)


def _multiplied(text: str, end: int) -> tuple[str, int]:
    """The multiplier words behind digits, and where they end."""
    window = text[end : end + 40].split("\n")[0].rstrip(" ")
    body = window.lstrip(" -") if re.match(r"[ -]?[^\W\d_]", window) else ""
    multiplier, rest = leading_multiplier(body)
    if multiplier is None:
        return "", end
    words = body[: len(body) - len(rest)].rstrip(" ")
    return f" {words.removesuffix('.')}", end + (len(window) - len(body)) + len(words)


def _unit(text: str, end: int) -> tuple[tuple[Unit, ...], str, int, int]:
    """The units behind a number, what it is per, where it ends without and with them."""
    symbol = _SYMBOL.match(text, end, end + 12)
    if symbol is not None and (units := units_called(symbol[0])):
        stop = symbol.end()
        return units, rate_behind(text, stop)[0], stop, stop
    words: list[str] = []
    ends: list[int] = []
    place = end
    while len(words) < _MAX_JOINED and (found := _UNIT_WORD.match(text, place, place + 22)):
        words.append(found["word"])
        ends.append(found.end())
        place = found.end()
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count])
        if _RATE_IN_UNIT.search(phrase) and _units_of_phrase(_RATE_IN_UNIT.sub("", phrase)):
            continue
        if units := _units_of_phrase(phrase):
            return units, rate_behind(text, ends[count - 1])[0], end, ends[count - 1]
        bare = phrase.rstrip(".")  # a point that ends the sentence
        if bare != phrase and (units := _units_of_phrase(bare)):
            stop = ends[count - 1] - (len(phrase) - len(bare))
            return units, "", end, stop
    return (), "", end, end


def _units_of_phrase(phrase: str) -> tuple[Unit, ...]:
    return units_called(PHRASES_OF_UNITS.get(phrase.lower(), phrase))
