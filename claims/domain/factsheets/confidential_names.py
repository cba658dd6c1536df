"""Names that no public text may have, found however they are written.

Case, diacritics, kinds of apostrophes, dashes and spaces, invisible characters, Markdown's emphasis
and entities of HTML make no difference. A name in Cyrillic letters is found with other endings, and
as it is written in Latin ones, by the systems that newspapers and libraries use.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape

from claims.domain.factsheets.wide_letters import is_wide
from sources.domain.text.search_folding import LETTERS

_MIN_NAME = 4  # letters; shorter names are words of other meaning too often
_MIN_STEM = 5  # of a name of one word, before endings
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PASSED_OVER = frozenset("*_\\")  # Markdown's, within or around a name
_ALIKE = str.maketrans("’ʼ‘`´‐‑‒–—−", "'" * 5 + "-" * 6)
_DIGRAPHS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe"))
# Endings that give way to others; й is и here, as its mark is folded away.
_ENDING = re.compile("(?:ии|ыи|ои|ая|яя|[аяоеиь])$")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_BEFORE = "(?:[وفبلك]|ال){0,3}"  # "and", "by", "to", "the" are written in one
_IN_LATIN = {
    **dict(zip("абдзклмнопрстуф", "abdzklmnoprstuf", strict=True)),
    "в": "(?:v|w|ff?)",
    "г": "[gh]",
    "е": "(?:[yj]?e|[yj]?o)",
    "ж": "(?:zh|sch|j|z)",
    "и": "[iyj]{1,2}",
    "к": "[kc]",
    "х": "(?:kh|ch|h|x)",
    "ц": "(?:ts|tz|c|z)",
    "ч": "(?:tsch|tch|ch|c)",
    "ш": "(?:sch|sh|s)",
    "щ": "(?:schtsch|shch|sch|sc)",
    "ъ": "'?",
    "ы": "[yi]",
    "ь": "'?",
    "э": "e",
    "ю": "(?:[yij]?u)",
    "я": "(?:[yij]?a)",
    "і": "[iy]",
    "є": "(?:[yij]?e)",
    "ґ": "g",
}


def confidential_names(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """The places of these names in a text as whole words; half-open, in order.

    A name of one word is found with a capital letter only, as it may be a word of the language; one
    of less than four letters is not.
    """
    folded, places = _folded(text)
    found = set()
    for name in dict.fromkeys(names):
        is_word = len(name.split()) == 1
        for pattern in _patterns(name):
            for each in pattern.finditer(folded):
                start, end = places[each.start("name")][0], places[each.end("name") - 1][1]
                if not (is_word and text[start].islower()):
                    found.add((start, end))
    return sorted(found)


def _folded(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text as it is compared, and of each of its characters the place in the text."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end, written in _characters(text):
        plain = _plain(written)
        letters += plain
        places += [(start, end)] * len(plain)
    return "".join(letters), places


def _plain(written: str) -> str:
    """A character without case and marks; nothing of one that is not seen."""
    apart = unicodedata.normalize("NFKD", written.translate(_ALIKE).casefold())
    seen = "".join(
        " " if letter.isspace() else letter
        for letter in apart
        if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
    )
    return unicodedata.normalize("NFC", seen).translate(LETTERS)


def _characters(text: str) -> Iterator[tuple[int, int, str]]:
    """The characters that are read, with their places; an entity is what it stands for."""
    place = 0
    for entity in [*_ENTITY.finditer(text), None]:
        stop = len(text) if entity is None else entity.start()
        for index in range(place, stop):
            if text[index] not in _PASSED_OVER:
                yield index, index + 1, text[index]
        if entity is not None:
            yield entity.start(), entity.end(), unescape(entity[0])
            place = entity.end()


@lru_cache(maxsize=10_000)
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """The patterns by which a name is found in a folded text; none of one that is too short."""
    lowered = unicodedata.normalize("NFC", name).casefold()
    spelled_out = lowered
    for letter, two in _DIGRAPHS:
        spelled_out = spelled_out.replace(letter, two)
    patterns = []
    for one in dict.fromkeys((lowered, spelled_out)):
        words = _folded(one)[0].split()
        is_unspaced = any(is_wide(letter) for word in words for letter in word)
        if len(" ".join(words)) < (2 if is_unspaced else _MIN_NAME):
            continue
        if is_unspaced:
            patterns.append(re.compile("(?P<name>{})".format(r"\s*".join(map(re.escape, words)))))
            continue
        patterns.append(_whole(map(_with_endings, words) if len(words) > 1 else map(_alone, words)))
        if all(map(_CYRILLIC.search, words)) and len("".join(words)) >= _MIN_STEM:
            patterns.append(_whole(map(_in_latin, words)))
    return tuple(patterns)


def _whole(words: Iterable[str]) -> re.Pattern[str]:
    """The words one behind the other, whole."""
    written = r"\s+".join(words)
    before = _ARABIC_BEFORE if _ARABIC.search(written) else ""
    return re.compile(rf"(?<!\w){before}(?P<name>{written})(?!\w)")


def _alone(word: str) -> str:
    """A word that is a name by itself, with endings where it stays long enough to be one."""
    return _with_endings(word) if len(_ENDING.sub("", word)) >= _MIN_STEM else re.escape(word)


def _with_endings(word: str) -> str:
    """A word, in Cyrillic letters with any ending of three letters."""
    if len(word) < _MIN_NAME or not _CYRILLIC.search(word):
        return re.escape(word)
    return re.escape(_ENDING.sub("", word)) + r"\w{0,3}"


def _in_latin(word: str) -> str:
    """A word in Cyrillic letters as Latin ones may write it."""
    return "".join(_IN_LATIN.get(letter, re.escape(letter)) for letter in word)
