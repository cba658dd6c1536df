"""Which numbers and dates of a fact sheet's prose no cited claim carries.

A number is carried by a claim cited in the same sentence, or in its paragraph where the sentence
cites none: when the claim's value overlaps it, in a unit of the same dimension and the same
currency and not with the other sign; or when the claim's statement, or a verified quote of it, has
the same number. "More than 20" is carried by a bound at 20, and by a value above that is not far
from it; a value known to be above 20 carries no "24". A range is carried whole, or by its two ends.

A date is carried where it is a period, a date or the day of saying of the claim, exactly: the whole
year is not carried by its first half, nor March by the quarter. Where a period begins or ends is
carried behind "since" or "until"; the first and the last day of a period of days always are.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from claims.domain.factsheets.figures import Figure, figure_of_value
from claims.domain.factsheets.prose_dates import (
    Days,
    ProseDate,
    date_at,
    is_single_day,
    read_days,
)
from claims.domain.factsheets.prose_figures import ProseFigure, figure_at
from claims.domain.factsheets.references import cited_spans
from claims.domain.factsheets.wide_letters import is_wide
from claims.domain.values.units import Unit
from claims.vocabulary import DecimalMark
from sources.domain.ranges import Range

# As many as are listed of one prose; whoever reads so many needs no more.
MAX_LOOSE = 500
# A bound carries no number that is further from it than this part of the number.
_NEAR = Decimal("0.2")
_POINT_LANGUAGES = frozenset(("en", "zh", "ja", "ko", "th", "he", "hi", "ar", "ms", ""))
_OF_SHARES = frozenset(("a share", "a difference of shares"))
_MAX_SAID_DAYS = 31  # "2025" as the time of saying says nothing of when something held

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|[½⅓⅔¼¾⅕⅛]")
# Characters that stand for one of ASCII in a number: spaces, digits of other scripts, wide signs.
_PLAIN = str.maketrans("\u00a0\u202f\u2009\u2007\t％٪﹪．＋－", "     %%%.+-") | {
    code: str(unicodedata.decimal(chr(code)))
    for code in range(0x660, 0x1FC00)
    if chr(code).isdecimal()
}
# What is no prose: addresses, targets of links, references, numbers of lists.
_NO_PROSE = re.compile(
    r"\]\([^()\n]{0,2000}\)|^\[[^\]\n]{1,200}\]:[^\n]*|(?:https?://|www\.)\S+|<[^<>\s]{1,300}>"
    r"|(?<!\\)\[C[0-9]{1,18}\]|^[^\S\n]{0,8}[0-9]{1,9}[.)](?=[^\S\n])",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Carried:
    """The numbers and dates of a claim, from where they are: as typed, and in its texts.

    `texts` are its statement, its verified quotes and the source's wording of its value, each with
    its language. `value` is a number as typed, in `unit` where it names none. `dates` are its
    period and a value that is a date, `said_on` when it was said: as typed.
    """

    texts: tuple[tuple[str, str], ...] = ()
    value: str = ""
    unit: str = ""
    decimal_mark: str = ""
    dates: tuple[str, ...] = ()
    said_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LooseNumber:
    """A number or a date that no cited claim carries, at its place: `prose[start:end]`."""

    words: str
    start: int
    end: int
    is_date: bool = False


@dataclass(slots=True)
class _Facts:
    """The numbers and dates of claims, read."""

    figures: list[Figure] = field(default_factory=list)
    literals: set[str] = field(default_factory=set)
    days: set[Days] = field(default_factory=set)
    bounds: set[Days] = field(default_factory=set)

    @property
    def years(self) -> list[int]:
        """The years in which its dates begin or end, the last ones first; ten at most."""
        years = {end.year for days in self.days | self.bounds for end in days if end is not None}
        return sorted(years, reverse=True)[:10]


def loose_numbers(
    prose: str,
    carried: Mapping[str, Carried],
    *,
    language: str = "en",
    names: Iterable[str] = (),
) -> list[LooseNumber]:
    """Return the numbers and dates of a prose that no claim carries which it cites for them.

    `carried` is by reference ("C17"); a reference that is not in it carries nothing. `language`
    (BCP 47) says how the prose writes fractions. Numbers in `names` (Power of Siberia 2) are none.
    At most MAX_LOOSE, in their order.
    """
    text = _prose_alone(prose, names)
    read: dict[str, _Facts] = {}
    spans = cited_spans(prose)
    loose: list[LooseNumber] = []
    together: dict[tuple[str, ...], _Facts] = {}
    place = 0
    for mention in _mentions(text, language):
        while spans[place].end <= mention.start:
            place += 1
        refs = spans[place].refs
        if refs not in together:
            together[refs] = _united(
                [
                    read.setdefault(ref, _facts(carried[ref])) if ref not in read else read[ref]
                    for ref in refs
                    if ref in carried
                ]
            )
        for start, end in _not_carried(mention, text, together[refs], language):
            is_date = isinstance(mention, ProseDate)
            loose.append(LooseNumber(prose[start:end], start, end, is_date))
        if len(loose) >= MAX_LOOSE:
            break
    return loose[:MAX_LOOSE]


def _prose_alone(prose: str, names: Iterable[str]) -> str:
    """The prose with blanks where it is no prose, and where it names something: as long as it."""
    text = _NO_PROSE.sub(lambda found: " " * len(found[0]), prose.translate(_PLAIN))
    folded = text.casefold()
    for name in names:
        if any(each.isdigit() for each in name) and name.casefold() in folded:
            text = re.sub(
                rf"(?<!\w){re.escape(name)}(?!\w)",
                lambda found: " " * len(found[0]),
                text,
                flags=re.IGNORECASE,
            )
    return text


def _mentions(text: str, language: str) -> Iterator[ProseDate | ProseFigure]:
    """The dates and numbers of a text in their order, none twice."""
    mark = _decimal_mark(language)
    stop = 0
    for token in _TOKEN.finditer(text):
        start = token.start()
        if start < stop:
            continue
        mention = _mention(text, start, token[0], mark)
        if mention is not None:
            stop = mention.end
            yield mention


def _mention(text: str, start: int, word: str, mark: str) -> ProseDate | ProseFigure | None:
    """The date or number that begins here; of four digits with a unit, the number."""
    before = text[start - 1 : start]
    if (
        (before.isalnum() and not is_wide(before))
        or before == "_"
        or (len(word) > 40 and not word.isdigit())
    ):
        return None
    dated = date_at(text, start, word)
    if dated is None:
        return figure_at(text, start, word, mark)
    if dated.is_year:
        number = figure_at(text, start, word, mark)
        if number is None:
            return None
        if number.is_marked and not dated.is_bound and number.end > dated.end:
            return number
    return dated


def _not_carried(
    mention: ProseDate | ProseFigure, text: str, facts: _Facts, language: str
) -> list[tuple[int, int]]:
    """The places of the words that are not carried."""
    if isinstance(mention, ProseDate):
        if _is_date_carried(mention, facts):
            return []
        if mention.is_year:
            number = figure_at(
                text, mention.start, text[mention.start : mention.end], _decimal_mark(language)
            )
            if number is not None and _is_figure_carried(number, text, facts):
                return []
        return [(mention.start, mention.end)]
    if _is_figure_carried(mention, text, facts):
        return []
    if mention.ends:
        loose = [end for end in mention.ends if not _is_figure_carried(end, text, facts)]
        if len(loose) < len(mention.ends):
            return [_words_of(end, facts) for end in loose]
    return [_words_of(mention, facts)]


def _words_of(mention: ProseFigure, facts: _Facts) -> tuple[int, int]:
    """The words of a number; its currency among them only where no cited claim is in it."""
    figure = mention.figure
    if figure is not None and any(_in_common(figure.units, one.units) for one in facts.figures):
        return mention.start, mention.bare_end
    return mention.start, mention.end


def _is_date_carried(mention: ProseDate, facts: _Facts) -> bool:
    if mention.lacks_year:
        return any(mention.in_year(year) in facts.days for year in facts.years)
    if mention.days is None:
        return _literal(mention.words) in facts.literals
    if mention.days in facts.days or (mention.is_bound and mention.days in facts.bounds):
        return True
    return bool(mention.ends) and all(end in facts.days for end in mention.ends)


def _is_figure_carried(mention: ProseFigure, text: str, facts: _Facts) -> bool:
    if mention.figure is None:
        return _literal(text[mention.start : mention.end]) in facts.literals
    return any(_agrees(mention.figure, other) for other in facts.figures)


def _agrees(one: Figure, other: Figure) -> bool:
    """Whether a number of prose is one that the other figure carries."""
    if one.sign and other.sign and one.sign != other.sign:
        return False
    if one.rate and other.rate and one.rate != other.rate:
        return False
    if not one.units or not other.units:
        return _may_lack_unit(one, other) and _fits(one, other, Decimal(1), Decimal(1))
    common = _in_common(one.units, other.units)
    return common is not None and _fits(one, other, common[0].factor, common[1].factor)


def _may_lack_unit(one: Figure, other: Figure) -> bool:
    """Whether one number without a unit may mean another with one: 240 billion for 240 billion
    dollars, but not nine agreements for nine per cent or nine days."""
    if not one.units and not other.units:
        return True
    units = one.units or other.units
    return one.is_large and other.is_large and units[0].dimension not in _OF_SHARES


def _in_common(ones: Sequence[Unit], others: Sequence[Unit]) -> tuple[Unit, Unit] | None:
    """Two units of one dimension."""
    for one in ones:
        for other in others:
            if one.dimension == other.dimension:
                return one, other
    return None


def _fits(one: Figure, other: Figure, factor: Decimal, other_factor: Decimal) -> bool:
    """Whether the amount of one, in its unit, is what the other's says or nearly so."""
    amount, reference = _scaled(one.amount, factor), _scaled(other.amount, other_factor)
    figures = {each * factor for each in one.figures}
    known = {each * other_factor for each in other.figures}
    is_bound, is_known_bound = _is_bound(amount), _is_bound(reference)
    if is_bound and is_known_bound:
        same_side = (amount.lower is None) == (reference.lower is None)
        return same_side and figures == known
    if figures <= known:
        return True
    if is_known_bound:
        return False
    if is_bound:
        return _is_beyond(amount, reference)
    return amount.overlaps(reference) and (len(figures) == 1 or _width(amount) <= _width(reference))


def _is_beyond(bound: Range[Decimal], reference: Range[Decimal]) -> bool:
    """Whether all of a range is beyond a bound, and its nearer end not far from it."""
    if bound.lower is not None:
        if reference.lower is None or reference.lower < bound.lower:
            return False
        return reference.lower - bound.lower <= abs(bound.lower) * _NEAR
    if bound.upper is None or reference.upper is None or reference.upper > bound.upper:
        return False
    return bound.upper - reference.upper <= abs(bound.upper) * _NEAR


def _is_bound(amount: Range[Decimal]) -> bool:
    return amount.lower is None or amount.upper is None


def _width(amount: Range[Decimal]) -> Decimal:
    return (amount.upper or Decimal(0)) - (amount.lower or Decimal(0))


def _scaled(amount: Range[Decimal], factor: Decimal) -> Range[Decimal]:
    lower, upper = (None if end is None else end * factor for end in (amount.lower, amount.upper))
    return Range(lower, upper, amount.lower_closed, amount.upper_closed)


def _facts(claim: Carried) -> _Facts:
    """The numbers and dates of a claim."""
    facts = _Facts()
    if claim.value:
        figure = figure_of_value(claim.value, claim.unit, claim.decimal_mark)
        if figure is not None:
            facts.figures.append(figure)
    for typed in claim.dates:
        _add_days(facts, typed, is_said=False)
    for typed in claim.said_on:
        _add_days(facts, typed, is_said=True)
    for words, language in claim.texts:
        _add_text(facts, words, language)
    return facts


def _add_days(facts: _Facts, typed: str, *, is_said: bool) -> None:
    read = read_days(typed)
    if read is None:
        facts.literals.add(_literal(typed))
        return
    days, ends = read
    lower, upper = days
    if is_said and (lower is None or upper is None or (upper - lower).days > _MAX_SAID_DAYS):
        return
    facts.days.add(days)
    facts.days.update(end for end in ends if is_single_day(end))
    facts.bounds.update(ends)


def _add_text(facts: _Facts, words: str, language: str) -> None:
    """Add what a statement or a quote says."""
    text = words.translate(_PLAIN)
    mark = _decimal_mark(language)
    for mention in _mentions(text, language):
        if isinstance(mention, ProseFigure):
            for one in (mention, *mention.ends):
                if one.figure is None:
                    facts.literals.add(_literal(text[one.start : one.end]))
                else:
                    facts.figures.append(one.figure)
            continue
        if mention.lacks_year:
            facts.days.update(days for year in facts.years if (days := mention.in_year(year)))
        elif mention.days is None:
            facts.literals.add(_literal(mention.words))
        else:
            facts.days.add(mention.days)
            facts.days.update(end for end in mention.ends if is_single_day(end))
            facts.bounds.update(mention.ends)
        if mention.is_year:
            number = figure_at(text, mention.start, text[mention.start : mention.end], mark)
            if number is not None and number.figure is not None:
                facts.figures.append(number.figure)


def _united(facts: Sequence[_Facts]) -> _Facts:
    return _Facts(
        [figure for one in facts for figure in one.figures],
        {literal for one in facts for literal in one.literals},
        {days for one in facts for days in one.days},
        {days for one in facts for days in one.bounds},
    )


def _literal(words: str) -> str:
    """The form in which words are compared letter by letter: times, and what cannot be read."""
    return re.sub(r"[\s.]", "", words.casefold())


def _decimal_mark(language: str) -> str:
    primary = language.partition("-")[0].lower()
    return DecimalMark.POINT if primary in _POINT_LANGUAGES else DecimalMark.COMMA
