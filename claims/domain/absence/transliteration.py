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
    "english": ("zh", "kh", "ts", "ch", "sh", "shch", "yu", "ya", {"є": "ye"}),
    # ISO 9 and the scientific one, their diacritics folded away.
    "scientific": ("z", "h", "c", "c", "s", "sc", "ju", "ja", {"є": "je"}),
    "german": ("sch", "ch", "z", "tsch", "sch", "schtsch", "ju", "ja", {"в": "w", "з": "s"}),
    "polish": ("z", "ch", "c", "cz", "sz", "szcz", "ju", "ja", {"в": "w", "є": "je"}),
    "french": ("j", "kh", "ts", "tch", "ch", "chtch", "iou", "ia", {"у": "ou"}),
}
_TABLES: Final = {
    name: str.maketrans(
        {**_PLAIN, **_SIGNS, **dict(zip("жхцчшщюя", letters, strict=True)), **others}
    )
    for name, (*letters, others) in _SYSTEMS.items()
}
# Of Ukrainian, as passports and maps have it since 2010.
_UKRAINIAN: Final = str.maketrans({"г": "h", "и": "y", "ґ": "g"})
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


def in_latin(word: str) -> str:
    """A folded word in Latin letters as English writes them; a Latin one as it is."""
    if word.isascii():
        return word
    return _greek(word.translate(_TABLES["english"]))


@lru_cache(maxsize=20_000)
def romanizations(word: str) -> tuple[str, ...]:
    """A folded word of Cyrillic or Greek letters in Latin ones, in each system that differs.

    English first; none where the word has no such letters.
    """
    if word.isascii():
        return ()
    ukrainian = word.translate(_UKRAINIAN)
    written = [word.translate(table) for table in _TABLES.values()]
    written += [ukrainian.translate(_TABLES[name]) for name in ("english", "polish")]
    return tuple(each for each in dict.fromkeys(map(_greek, written)) if each != word)


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


def _greek(word: str) -> str:
    return word.translate(_GREEK).replace("oy", "ou") if not word.isascii() else word
