"""The words beside a number in running text, and what they make of it.

Kept to the languages that desks write in most: English, and the common words of German and Russian.
Those of a typed number are in `claims.domain.values.number_grammar`.
"""

import re
from typing import Literal

from claims.domain.values.number_grammar import MARKS
from claims.domain.values.unit_table import CURRENCIES, CURRENCY_WORDS

# What stands before a number in prose, and the mark of the grammar that it means.
_PROSE_MARKS = {
    **{words: mark for words, mark in MARKS.items() if words[0].isalpha()},
    **dict.fromkeys(("an estimated", "close to", "approaching", "just about"), "~"),
    **dict.fromkeys(("just over", "well over", "slightly over", "slightly more than"), ">"),
    **dict.fromkeys(("upwards of", "in excess of", "exceeding", "beyond"), ">"),
    **dict.fromkeys(("just under", "slightly less than", "short of"), "<"),
    **dict.fromkeys(("as many as", "as much as", "a maximum of"), "<="),
    **dict.fromkeys(("a minimum of", "as few as"), ">="),
    **dict.fromkeys(("mehr als", "über", "более", "более чем", "больше", "свыше"), ">"),
    **dict.fromkeys(("weniger als", "unter", "менее", "менее чем", "меньше"), "<"),
    **dict.fromkeys(("mindestens", "не менее", "не меньше", "как минимум"), ">="),
    **dict.fromkeys(("höchstens", "bis zu", "не более", "не больше"), "<="),
    **dict.fromkeys(("knapp", "fast", "почти"), "~"),
}
_ENDINGS = {
    **dict.fromkeys(("or more", "or over", "or above", "or higher", "and over", "plus"), ">="),
    **dict.fromkeys(("or less", "or fewer", "or under", "or below", "or lower"), "<="),
}


def _any(words: object) -> str:
    """One of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload] # iterables only


_MARK = re.compile(rf"(?:(?<!\w)(?P<words>{_any(_PROSE_MARKS)}) |(?P<sign>[~<>≥≤≈]) ?)\Z", re.I)
_ENDING = re.compile(rf"\+(?![0-9])| (?P<words>{_any(_ENDINGS)})\b", re.I)
_SIGNS = {"~": "~", "≈": "~", "<": "<", ">": ">", "≥": ">=", "≤": "<="}

_MONEY = _any(
    {
        *(sign for code, (_, signs) in CURRENCIES.items() for sign in (code, *signs.split())),
        *(sign for sign in CURRENCY_WORDS if not sign[0].isalpha()),
        "RMB",
    }
)
_MONEY_BEFORE = re.compile(rf"(?<![^\W_])(?P<money>{_MONEY}) ?\Z")

# How something changed: which sign a number behind or before such words has.
_FALLS = (
    r"f[ae]ll(?:s|en|ing)?|dropp?(?:s|ed|ing)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)"
    r"|shr[aiu]nk(?:s|ing)?|contract(?:s|ed|ing|ion)|slump(?:s|ed|ing)?|plung(?:e|es|ed|ing)"
    r"|slid(?:es?)?|down|reduc(?:e|es|ed|ing|tion)|cut(?:s|ting)?|minus|lower|less|fewer|sank"
    r"|sinkt|sank(?:en)?|fiel(?:en)?|gefallen|gesunken|zurückg\w+|R[üu]ckgang|schrumpf\w+"
    r"|упал[аои]?|снизил\w+|сократил\w+|уменьшил\w+|снижени[ея]|сокращени[ея]|падени[ея]"
)
_RISES = (
    r"r[io]s(?:e|es|en|ing)|gr[eo]w(?:s|n|ing|th)?|increas(?:e|es|ed|ing)|climb(?:s|ed|ing)?"
    r"|jump(?:s|ed|ing)?|gain(?:s|ed|ing)?|up|expan(?:d|ds|ded|ding|sion)|surg(?:e|es|ed|ing)"
    r"|added|plus|higher|stieg(?:en)?|gestiegen|wuchs(?:en)?|gewachsen|Anstieg|Zuwachs|zugenommen"
    r"|выросл?[аои]?|увеличил\w+|возросл?[аои]?|рост|роста|увеличени[ея]"
)
_BETWEEN = (
    r"(?: (?:by|of|um|на|a|an|about|around|roughly|some|nearly|almost|approximately|another|further"
    r"|more|less|than|over|under|at|least|most|no|up|to|just|only|etwa|rund|около|почти|примерно"
    r"|mehr|weniger|als|der|des|von)(?!\w)){0,5} \Z"
)
_FALL_BEFORE = re.compile(rf"(?<!\w)(?:{_FALLS})(?! to ){_BETWEEN}", re.I)
_RISE_BEFORE = re.compile(rf"(?<!\w)(?:{_RISES})(?! to ){_BETWEEN}", re.I)
_FALL_BEHIND = re.compile(rf"[ -](?:year-on-year )?(?:{_FALLS})(?!\w)", re.I)
_RISE_BEHIND = re.compile(rf"[ -](?:year-on-year )?(?:{_RISES})(?!\w)", re.I)

# Numbers that are names: of chapters, pages, laws, resolutions, years of a plan.
_NAMED = _any(
    [
        "chapter",
        "chapters",
        "article",
        "articles",
        "art",
        "section",
        "sections",
        "sec",
        "resolution",
        "resolutions",
        "paragraph",
        "paragraphs",
        "para",
        "page",
        "pages",
        "p",
        "pp",
        "no",
        "nos",
        "number",
        "nr",
        "law",
        "laws",
        "act",
        "decree",
        "decrees",
        "regulation",
        "regulations",
        "directive",
        "rule",
        "volume",
        "vol",
        "figure",
        "fig",
        "table",
        "annex",
        "appendix",
        "note",
        "notes",
        "fn",
        "footnote",
        "line",
        "lines",
        "step",
        "version",
        "phase",
        "stage",
        "unit",
        "block",
        "room",
        "flight",
        "route",
        "highway",
        "channel",
        "level",
        "category",
        "class",
        "protocol",
        "file",
        "bill",
        "agenda",
        "vision",
        "expo",
        "horizon",
        "cop",
        "boeing",
        "airbus",
        "basket",
        "kapitel",
        "artikel",
        "seite",
        "seiten",
        "absatz",
        "abs",
        "gesetz",
        "ziffer",
        "§",
        "§§",
        "#",
        "№",
        "статья",
        "статьи",
        "ст",
        "глава",
        "главы",
        "стр",
        "страница",
        "пункт",
        "пункта",
        "резолюция",
        "резолюции",
        "закон",
        "указ",
        "№",
        "приложение",
    ]
)
_NAME_BEFORE = re.compile(
    rf"(?:(?<![^\W_])(?:{_NAMED})\.?[ ]?(?:No\.?[ ]?|№[ ]?|[IVX]{{1,5}}[ ])?"
    r"|Made in China )(?:[0-9]{1,6}(?:, | and | und | и |[–/-])){0,3}\Z",
    re.I,
)

# Units that the table of units does not know, in words of running text.
_OTHER_UNITS = {
    "day": "tag tage tagen tages день дня дней сутки суток jour jours días dni",
    "week": "woche wochen неделя недели недель",
    "month": "monat monate monaten месяц месяца месяцев",
    "year": "jahr jahre jahren jahres год года лет ans lata lat roku",
    "hour": "stunde stunden час часа часов",
    "minute": "minuten минута минуты минут",
    "tonne": "tonnen тонна тонны тонн",
    "kilometre": "kilometern километр километра километров км",
    "cubic metre": "kubikmeter kubikmetern кубометров кубометра м³",
    "percent": "prozents проц proc",
    "percentage point": "prozentpunkt prozentpunkte prozentpunkten",
    "EUR": "euros евро",
    "USD": "us-dollar us-dollars",
}
OTHER_UNITS = {word: unit for unit, words in _OTHER_UNITS.items() for word in words.split()}
PHRASES_OF_UNITS = {
    "pour cent": "percent",
    "por ciento": "percent",
    "per cento": "percent",
    "процентных пункта": "percentage point",
    "процентных пунктов": "percentage point",
    "куб. м": "cubic metre",
    "кубических метров": "cubic metre",
}
_RATE = re.compile(
    r"(?: (?:a|an|per|each|every|je|pro|в|за)[ ]|/)"
    r"(?P<rate>year|yr|y|annum|day|d|month|hour|h|minute|second|week|quarter"
    r"|jahr|tag|monat|stunde|год|сутки|день|месяц|час)(?!\w)"
    r"| (?P<adverb>annually|jährlich|yearly)\b",
    re.I,
)
_RATES = {
    **dict.fromkeys(("yr", "y", "annum", "annually", "jährlich", "yearly", "jahr", "год"), "year"),
    **dict.fromkeys(("d", "tag", "сутки", "день"), "day"),
    **dict.fromkeys(("h", "stunde", "час"), "hour"),
    **dict.fromkeys(("monat", "месяц"), "month"),
}

# Numerals of other languages, which the grammar of typed numbers does not read.
NUMERALS = {
    word: number
    for number, words in {
        2: "zwei zwo два две двух",
        3: "drei три трех трёх",
        4: "vier четыре четырех четырёх",
        5: "fünf пять пяти",
        6: "sechs шесть шести",
        7: "sieben семь семи",
        8: "acht восемь восьми",
        9: "neun девять девяти",
        10: "zehn десять десяти",
        11: "elf одиннадцать одиннадцати",
        12: "zwölf двенадцать двенадцати",
        20: "zwanzig двадцать двадцати",
        30: "dreißig тридцать тридцати",
        40: "vierzig сорок сорока",
        50: "fünfzig пятьдесят пятидесяти",
        100: "hundert сто ста",
    }.items()
    for word in words.split()
}

ORDINALS = {
    word: number
    for number, word in enumerate(
        (
            *("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
            *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
            *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
        ),
        start=3,
    )
}
ORDINALS.update({"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100})


def mark_before(text: str, start: int) -> tuple[str, int]:
    """The mark that the words before a number mean, empty without; and where they begin."""
    found = _MARK.search(text, max(0, start - 26), start)
    if found is None:
        return "", start
    mark = _SIGNS[found["sign"]] if found["sign"] else _PROSE_MARKS[found["words"].lower()]
    return mark, found.start()


def mark_behind(text: str, end: int) -> str:
    """The mark that a plus or words behind a number mean; empty without."""
    found = _ENDING.match(text, end, end + 20)
    if found is None:
        return ""
    return _ENDINGS[found["words"].lower()] if found["words"] else ">="


def currency_before(text: str, start: int) -> tuple[str, int]:
    """The sign or code of a currency before a number, empty without; and where it begins."""
    found = _MONEY_BEFORE.search(text, max(0, start - 6), start)
    return (found["money"], found.start()) if found else ("", start)


def direction(text: str, start: int, end: int) -> Literal[-1, 0, 1]:
    """−1 of a number by which something fell, 1 of one by which it rose, else 0."""
    before = max(0, start - 60)
    if _FALL_BEFORE.search(text, before, start):
        return -1
    if _RISE_BEFORE.search(text, before, start):
        return 1
    if _FALL_BEHIND.match(text, end, end + 40):
        return -1
    return 1 if _RISE_BEHIND.match(text, end, end + 40) else 0


def is_named(text: str, start: int) -> bool:
    """Whether a number is a name: chapter 3, resolution 2758, p. 4."""
    return _NAME_BEFORE.search(text, max(0, start - 48), start) is not None


def rate_behind(text: str, end: int) -> tuple[str, int]:
    """The time that a rate is per, empty without; and where its words end."""
    found = _RATE.match(text, end, end + 16)
    if found is None:
        return "", end
    rate = (found["rate"] or found["adverb"]).lower()
    return _RATES.get(rate, rate), found.end()
