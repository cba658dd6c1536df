"""Words in the letters of another script: Cyrillic and Greek ones in Latin, and drawn alike."""

from functools import lru_cache
from typing import Final

# Cyrillic letters, folded, that all systems write in the same Latin ones, but for what they name.
_PLAIN: Final = dict(
    zip(
        "абвгґдезиіјклљмнњопрстћуўфыэєђџ",
        (
            *("a", "b", "v", "g", "g", "d", "e", "z", "i", "i", "j", "k", "l", "lj", "m", "n"),
            *("nj", "o", "p", "r", "s", "t", "c", "u", "u", "f", "y", "e", "ie", "dj", "dz"),
        ),
        strict=True,
    )
)
_SIGNS: Final = {"ъ": "", "ь": "", "'": "", "’": "", "ʼ": ""}
_SYSTEMS: Final = {
    # BGN/PCGN, and what English newspapers write.
    "english": ("zh", "kh", "ts", "ch", "sh", "shch", "yu", "ya", {"є": "ye", "й": "y"}),
    # ISO 9 and the scientific one, their diacritics folded away.
    "scientific": ("z", "h", "c", "c", "s", "sc", "ju", "ja", {"є": "je", "й": "j"}),
    "german": ("sch", "ch", "z", "tsch", "sch", "schtsch", "ju", "ja", {"в": "w", "з": "s"}),
    "polish": ("z", "ch", "c", "cz", "sz", "szcz", "ju", "ja", {"в": "w", "є": "je", "й": "j"}),
    "french": ("j", "kh", "ts", "tch", "ch", "chtch", "iou", "ia", {"у": "ou"}),
    # Of Ukrainian, as passports and maps have it since 2010.
    "ukrainian": ("zh", "kh", "ts", "ch", "sh", "shch", "iu", "ia", {"г": "h", "и": "y"}),
}
SYSTEMS: Final = tuple(_SYSTEMS)
_TABLES: Final = {
    name: str.maketrans(
        {**_PLAIN, **_SIGNS, **dict(zip("жхцчшщюя", letters, strict=True)), "й": "i", **others}
    )
    for name, (*letters, others) in _SYSTEMS.items()
}
_GREEK: Final = str.maketrans(
    dict(
        zip(
            "αβγδεζηθικλμνξοπρσςτυφχψω",
            (
                *("a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o"),
                *("p", "r", "s", "s", "t", "y", "f", "ch", "ps", "o"),
            ),
            strict=True,
        )
    )
)
# Latin letters, in folded small ones, as Russian and Ukrainian write them: longer rows first.
_CYRILLIC: Final = (
    *(("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш")),
    *(("yu", "ю"), ("ya", "я"), ("yo", "ё"), ("ye", "е"), ("ju", "ю"), ("ja", "я")),
    *zip("abvgdezijklmnoprstufhcyw", "абвгдезийклмнопрстуфхцыв", strict=True),
)

# Letters, folded, that are drawn alike, by the Latin one: small ones or their capitals.
_DRAWN_ALIKE: Final = str.maketrans(
    {
        **dict(zip("авекмнорстухіѕјԁ", "abekmhopctyxisjd", strict=True)),
        **dict(zip("αβεζηικμνορτυχ", "abezhikmnoptyx", strict=True)),
    }
)


def in_latin(word: str, system: str = "english") -> str:
    """A word of small letters in Latin ones, in one of the SYSTEMS; a Latin one as it is."""
    if word.isascii():
        return word
    written = word.translate(_TABLES[system])
    return written if written.isascii() else written.translate(_GREEK).replace("oy", "ou")


@lru_cache(maxsize=20_000)
def romanizations(word: str) -> tuple[str, ...]:
    """A word of small Cyrillic or Greek letters in Latin ones, in each system that differs.

    English first; none where the word has no such letters.
    """
    written = dict.fromkeys(in_latin(word, system) for system in SYSTEMS)
    return tuple(each for each in written if each != word)


def as_drawn(word: str) -> str:
    """A folded word with the Latin letter for each letter of another script that is drawn so."""
    return word.translate(_DRAWN_ALIKE)


def in_cyrillic(word: str) -> str:
    """A word of small Latin letters in Cyrillic ones, as English has Russian; "" if it cannot."""
    found, at = "", 0
    while at < len(word):
        row = next((each for each in _CYRILLIC if word.startswith(each[0], at)), None)
        if row is None:
            return ""
        found, at = found + row[1], at + len(row[0])
    return found
