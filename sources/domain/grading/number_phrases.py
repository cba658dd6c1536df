"""Find the numbers of a text with all that belongs to them: more than 9 million tonnes a year.

A quote that begins or ends inside such a phrase says another number: "9" for "9 million", "9 ships"
for "more than 9 ships", "20" for "20 roubles". The words are those of
`sources.domain.grading.number_words`. A noun that is counted is no part of the phrase ("9 ships"),
unless a bound follows it ("9 ships or more"). A range is one phrase: "between 5 and 9", "5 to 9 per
cent", but not "from 5 to 9". The year of a date has no unit: "in 2025 | euro area inflation".
Signs that touch a number are for `sources.domain.grading.boundaries`.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from sources.domain.grading import number_words as words
from sources.domain.text.characters import UNSPACED

_REACH = 60  # code points before or behind a number that are looked at
_MOST_WORDS_BEFORE = 5  # of a bound, behind its first
_SPACE = r"(?:[^\S\n]+(?:\n[^\S\n]*)?|\n[^\S\n]*)"  # white space without a blank line


def _one_of(*alternatives: str) -> str:
    """One of these expressions, in which a space stands for white space."""
    return "(?:" + "|".join(alternatives).replace(" ", _SPACE) + ")"


def _word_of(*alternatives: str) -> str:
    """One of these expressions as whole words."""
    return rf"(?<![^\W_]){_one_of(*alternatives)}(?![^\W_])"


_HAN = "〇零一二三四五六七八九十百千万亿萬億兆两兩\u00bc-\u00be\u2150-\u2189"
_TOKEN = re.compile(
    rf"(?P<figure>\d+(?:[.,:/'’\u066b\u066c]\d+)*)|(?P<han>[{_HAN}]+)|(?P<word>[^\W\d_{_HAN}]+)"
)
_NUMERALS = frozenset(words.NUMERALS.split())
_ARTICLES = frozenset(words.ARTICLES.split())
_JOINS_NUMERALS = re.compile(rf"(?:-|{_SPACE}(?:and{_SPACE})?)")

# Before a number, up to where it begins; in small letters, but for the codes of currencies.
_BOUND = (
    rf"(?:{_word_of(*words.BOUNDS.values())}{_SPACE}"
    rf"|{_one_of(words.UNSPACED_BOUNDS)}\s?)"
)
_BOUND_BEFORE = re.compile(
    rf"{_BOUND}{{0,2}}(?:{_word_of(words.SIGNS)}{_SPACE}|{_one_of(words.UNSPACED_SIGNS)}\s?)?\Z"
)
_CURRENCY_BEFORE = re.compile(
    rf"(?P<code>{_word_of(words.CURRENCY_CODES)}{_SPACE}?)?[^\w\s]{{0,3}}\Z"
)

# Behind a number, from where it ends.
_OF = rf"(?:{_SPACE}(?:of|de|di|da|von|av|af))?(?:{_SPACE}(?:d['’])?|-)?"
_PERCENT = re.compile(rf"{_SPACE}?[%‰]")
_SCALE = re.compile(rf"{_OF}{_one_of(words.SCALES)}(?!\w)|{_one_of(words.UNSPACED_SCALES)}")
_SCALE_AHEAD = re.compile(rf"{_SPACE}{_one_of(words.SCALES)}(?!\w)")
_CURRENCY = re.compile(rf"{_OF}{_one_of(words.CURRENCIES)}(?!\w)")
_UNIT = re.compile(
    rf"{_OF}{_one_of(words.CURRENCIES, words.UNITS)}(?!\w)|\s?{_one_of(words.UNSPACED_UNITS)}"
)
_SYMBOL = re.compile(rf"{_OF}(?P<symbol>{_one_of(words.UNIT_SYMBOLS, words.CURRENCY_CODES)})(?!\w)")
_INITIAL = re.compile(r"\.?\s[A-Z]")  # in 2003 T. Blair
_RATE = re.compile(rf"{_SPACE}{_word_of(words.RATES)}")
_LOOSE_RATE = re.compile(rf"{_SPACE}{_word_of(words.RATES, words.RATES_BEHIND_UNITS)}")
_BOUND_BEHIND = re.compile(
    rf"(?:{_SPACE}\w+)?{_SPACE}{_word_of(words.BOUNDS_BEHIND)}"
    rf"|{_SPACE}{_word_of(words.OUTER_BOUNDS_BEHIND)}(?=\s*(?:[.,;:!?)]|$))"
    rf"|[{UNSPACED}]{{0,2}}?{_one_of(words.UNSPACED_BOUNDS_BEHIND)}"
)

# Between the two numbers of a range.
_BETWEEN = re.compile(rf"{_word_of(words.BETWEEN)}{_SPACE}\Z")
_FROM = re.compile(rf"{_word_of(words.FROM)}{_SPACE}(?:[^\W\d_]+{_SPACE})?\Z")
_AND = re.compile(rf"{_SPACE}{_word_of(words.AND)}{_SPACE}")
_TO = re.compile(rf"{_SPACE}{_word_of(words.TO)}{_SPACE}")
_RANGE = re.compile(_word_of(words.AND, words.TO))

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_YEAR_CUE = re.compile(
    rf"(?:{_word_of(words.YEAR_CUES)}{_SPACE}(?:\d{{1,2}},?{_SPACE})?|\d,{_SPACE})\Z"
)


def is_inside_number(text: str, position: int) -> bool:
    """Whether a position (in code points) parts a number from what belongs to it."""
    lowered = _in_small_letters(text)
    numbers = list(_numbers(lowered))
    if not numbers:
        return False
    before = sum(end <= position for _start, end in numbers)
    if before and _is_behind(text, lowered, numbers[before - 1], position):
        return True
    if before < len(numbers) and _is_in_front(text, lowered, numbers[before], position):
        return True
    pairs = list(pairwise(numbers))[max(0, before - 2) : before + 1]
    return any(_is_inside_range(text, lowered, *pair, position) for pair in pairs)


def _is_behind(text: str, lowered: str, number: tuple[int, int], position: int) -> bool:
    """Whether a position is inside of what follows a number that ends at or before it."""
    return position - number[1] <= _REACH and position < _end_of_phrase(text, lowered, *number)


def _is_in_front(text: str, lowered: str, number: tuple[int, int], position: int) -> bool:
    """Whether a position is inside of a number, or of what stands before the number."""
    start, end = number
    if start < position < end:
        return True
    if position > start or len(lowered[position:start].split()) > _MOST_WORDS_BEFORE:
        return False
    return _begin_of_phrase(text, lowered, start) < position


def _in_small_letters(text: str) -> str:
    """The text in small letters, each character in its place."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := each.lower()) == 1 else each for each in text)


def _numbers(lowered: str) -> Iterator[tuple[int, int]]:
    """The numbers of a text in order: figures, and numerals in words, as many as go together."""
    pending: tuple[int, int] | None = None  # numerals that may go on: twenty-one, half a million
    for token in _TOKEN.finditer(lowered):
        start, end = token.span()
        is_word = token.lastgroup == "word"
        if is_word and not _is_numeral(token[0]) and not _is_article(lowered, token):
            continue
        if pending is not None:
            if is_word and _JOINS_NUMERALS.fullmatch(lowered, pending[1], start):
                pending = pending[0], end
                continue
            yield pending
        pending = (start, end) if is_word else None
        if not is_word:
            yield start, end
    if pending is not None:
        yield pending


def _is_article(lowered: str, token: re.Match[str]) -> bool:
    """Whether it stands for one: a million."""
    return token[0] in _ARTICLES and _SCALE_AHEAD.match(lowered, token.end()) is not None


def _is_numeral(word: str) -> bool:
    return word in _NUMERALS or word.endswith(words.NUMERAL_ENDINGS)


def _begin_of_phrase(text: str, lowered: str, start: int) -> int:
    """The beginning of what stands before a number and belongs to it."""
    code = _CURRENCY_BEFORE.search(text, max(0, start - 12), start)
    begin = code.start() if code else start
    bound = _BOUND_BEFORE.search(lowered, max(0, start - _REACH), begin)
    if bound is not None and bound[0]:
        return bound.start()
    return begin if code is not None and code["code"] else start


def _end_of_phrase(text: str, lowered: str, start: int, end: int) -> int:
    """The end of what stands behind a number and belongs to it."""
    stop = end if _is_dated_year(lowered, start, end) else _end_of_measure(text, lowered, end)
    rate = (_LOOSE_RATE if stop > end else _RATE).match(lowered, stop)
    stop = rate.end() if rate else stop
    bound = _BOUND_BEHIND.match(lowered, stop)
    return bound.end() if bound else stop


def _end_of_measure(text: str, lowered: str, end: int) -> int:
    """The end of the scale and the unit of a number that ends here."""
    if percent := _PERCENT.match(text, end):
        return percent.end()
    while scale := _SCALE.match(lowered, end):
        end = scale.end()
    if unit := _UNIT.match(lowered, end):
        return unit.end()
    symbol = _SYMBOL.match(text, end)
    if symbol is None:
        return end
    is_capital = len(symbol["symbol"]) == 1 and symbol["symbol"].isupper()
    if is_capital and _INITIAL.match(text, symbol.end()):
        return end
    end = symbol.end()
    currency = _CURRENCY.match(lowered, end)  # 5 US$ million is none, 5 bn euros is one
    return currency.end() if currency else end


def _is_inside_range(
    text: str,
    lowered: str,
    first: tuple[int, int],
    second: tuple[int, int],
    position: int,
) -> bool:
    """Whether two numbers are the ends of a range that the position is in."""
    if second[0] - first[1] > _REACH or not _RANGE.search(lowered, first[1], second[0]):
        return False
    stop = _end_of_phrase(text, lowered, *first)
    begin = _begin_of_phrase(text, lowered, first[0])
    joint = slice(stop, _begin_of_phrase(text, lowered, second[0]))
    before = lowered[max(0, begin - _REACH) : begin]
    if _AND.fullmatch(lowered[joint]):
        between = _BETWEEN.search(before)
        return between is not None and begin - len(between[0]) < position < second[1]
    if _TO.fullmatch(lowered[joint]):
        return not _FROM.search(before) and begin < position < second[1]
    return False


def _is_dated_year(lowered: str, start: int, end: int) -> bool:
    """Whether it is the year of a date."""
    if not _YEAR.fullmatch(lowered, start, end):
        return False
    return _YEAR_CUE.search(lowered, max(0, start - 24), start) is not None
