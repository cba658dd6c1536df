"""The words of which dates are made: names of months, ordinals, numbers of months.

Names of months are English, German, French, Polish, Russian and Ukrainian, in the cases in which
they stand beside a day or a year. Add a language by a row for each month; a beginning that names
two months of different languages is then no longer read.
"""

import unicodedata
from functools import cache

# By month from January on. Polish and the Slavic languages have a form of its own beside a day.
_MONTHS = (
    "january januar jänner janvier styczeń stycznia январь января січень січня",
    "february februar février luty lutego февраль февраля лютий лютого",
    "march märz maerz mars marzec marca март марта березень березня",
    "april avril kwiecień kwietnia апрель апреля квітень квітня",
    "may mai maj maja май мая травень травня",
    "june juni juin czerwiec czerwca июнь июня червень червня",
    "july juli juillet lipiec lipca июль июля липень липня",
    "august août sierpień sierpnia август августа серпень серпня",
    "september septembre wrzesień września сентябрь сентября вересень вересня",
    "october oktober octobre październik października октябрь октября жовтень жовтня",
    "november novembre listopad listopada ноябрь ноября листопад листопада",
    "december dezember décembre grudzień grudnia декабрь декабря грудень грудня",
)
# What may follow a year and says no more than that it is one.
AFTER_YEAR = r"(?: (?:г\.?|год|года|году|r\.?|rok|roku|р\.?|рік|року|році))?"

ORDINALS = {
    word: number
    for number, words in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th"), start=1)
    for word in words.split()
}
_COUNTED = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
COUNTS = {
    **{name: number for number, name in enumerate(_COUNTED, start=2)},
    **{str(number): number for number in range(2, 100)},
}
# A part of a year by how many of it make one, with the code in EDTF before its first.
PARTS = {"half": (2, 39), "h": (2, 39), "third": (3, 36), "quarter": (4, 32), "q": (4, 32)}


def fold_date_words(text: str) -> str:
    """The text as dates are read: case and diacritics make no difference, nor do runs of spaces."""
    letters = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(each for each in letters if not unicodedata.combining(each))
    return " ".join(bare.replace("ʼ", "'").replace("’", "'").split())


@cache
def month_number(word: str) -> int | None:
    """The number of a month by a folded name, or by the first three letters of it or more.

    None where that names no month, or two.
    """
    name = word.removesuffix(".")
    if len(name) < 3:
        return None
    found = {number for number, known in _FOLDED for one in known if one.startswith(name)}
    return found.pop() if len(found) == 1 else None


_FOLDED = [
    (number, [*fold_date_words(names).split(), *(["sept"] if number == 9 else [])])
    for number, names in enumerate(_MONTHS, start=1)
]
