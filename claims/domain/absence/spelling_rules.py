"""Rules of spelling: words that are the same word in the spelling of another country or time.

`spelling_key` is equal for two spellings and now and then for two words (latter, later): it ranks
near misses, which a person judges. `respellings` makes the other spellings of a word, of which most
are no words: whoever offers one looks it up first.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Final

# Letters of a word whose spelling is compared, at least: "for" is not another "four".
MIN_LETTERS: Final = 4

_Rule = tuple[str, str]

# By language, rows of letters and what they are in the key, in their order, over folded words.
_KEYS: Final[dict[str, tuple[_Rule, ...]]] = {
    "en": (
        ("œ", "oe"),
        (r"(?<=.)is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational|able)?$)", "iz"),
        (r"ys(?=(?:e|ed|es|er|ers|ing)$)", "yz"),
        (r"ph(?=ur)", "f"),
        (r"aero(?=plane)", "air"),
        (r"[ao]e", "e"),
        (r"(?<=..)our", "or"),
        (r"(?<=[bcdfghkptv])re(?=[sd]?$)", "er"),
        (r"(?<=[bcdfghkptv])ring(?=s?$)", "ering"),
        (r"(?<=en|ti)c(?=(?:e|ed|es|ing)$)", "s"),
        (r"(?<=og)ue(?=s?$)", ""),
        (r"mme(?=s?$)", "m"),
        (r"(?<=dg)e(?=ment)", ""),
        (r"geing$", "ging"),
        ("grey", "gray"),
        ("tyre", "tire"),
        ("plough", "plow"),
        ("draught", "draft"),
        ("cheque", "check"),
        ("sceptic", "skeptic"),
        ("minium", "minum"),
        ("artefact", "artifact"),
        ("mould", "mold"),
        ("yoghurt", "yogurt"),
        (r"^enquir", "inquir"),
        (r"xion(?=s?$)", "ction"),
    ),
    "de": (
        (r"([aou])e", r"\1"),
        ("ph", "f"),
        (r"tial", "zial"),
        (r"tiell", "ziell"),
        (r"^th|th(?=$)", "t"),
    ),
    "fr": (("œ", "oe"),),
    "nb": (("aa", "a"),),
    "da": (("aa", "a"),),
    "sv": (("aa", "a"),),
    "pt": ((r"c(?=[ct])|p(?=[ct])", ""),),
    "uk": (("ґ", "г"), ("є", "е")),
    "be": (("ґ", "г"), (r"ь(?=[бвдзлмнпсцфхч])", "")),
}
# A letter that is written twice, but for vowels and digits: traveled, Schifffahrt, Касса.
_DOUBLED: Final = re.compile(r"([^\W\d_aeiouyаеиоуыэюяіє])\1+")

# By language, pairs of rows of letters that are each other's spelling, each in both directions; in
# front of and behind them what has to stand there.
_SUFFIXES: Final = "(?=(?:e|ed|es|er|ers|ing|ation|ations|ational|able)?$)"
_ENDS: Final = "(?=s?$)"
_PAIRS: Final[dict[str, tuple[tuple[str, str, str, str], ...]]] = {
    "en": (
        ("(?<=..)", "is", "iz", _SUFFIXES),
        ("", "ys", "yz", "(?=(?:e|ed|es|er|ers|ing)$)"),
        ("(?<=..)", "our", "or", ""),
        ("(?<=[bcdfghkptv])", "re", "er", "(?=[sd]?$)"),
        ("(?<=[bcdfghkptv])", "red", "ered", "$"),
        ("(?<=en|ti)", "c", "s", "(?=(?:e|ed|es|ing)$)"),
        ("", "ogue", "og", _ENDS),
        ("", "mme", "m", _ENDS),
        ("", "ae", "e", ""),
        ("", "oe", "e", ""),
        ("", "œ", "oe", ""),
        ("", "aeroplane", "airplane", ""),
        ("", "dgement", "dgment", ""),
        ("", "geing", "ging", "$"),
        ("", "sulph", "sulf", ""),
        ("", "grey", "gray", ""),
        ("^", "tyre", "tire", _ENDS),
        ("", "plough", "plow", ""),
        ("", "draught", "draft", ""),
        ("^", "cheque", "check", _ENDS),
        ("", "sceptic", "skeptic", ""),
        ("", "aluminium", "aluminum", ""),
        ("", "artefact", "artifact", ""),
        ("", "mould", "mold", ""),
        ("", "yoghurt", "yogurt", ""),
        ("^", "enquir", "inquir", ""),
        ("", "xion", "ction", _ENDS),
    ),
    "de": (
        ("", "ph", "f", ""),
        ("", "tial", "zial", ""),
        ("", "tiell", "ziell", ""),
        ("", "th", "t", "$"),
    ),
    "fr": (("", "œ", "oe", ""),),
    "pt": (("", "ct", "t", ""), ("", "cç", "ç", ""), ("", "pt", "t", "")),
    "uk": (("", "ґ", "г", ""), ("", "є", "е", "")),
    "be": (("", "ґ", "г", ""),),
}
# Languages of which some write one letter, and some two: traveling, Schiffahrt.
_DOUBLING: Final = frozenset({"de", "en"})
_TWICE: Final = re.compile(r"([bcdfghklmnprstvzбвгджзклмнпрстфхцчш])\1")
_ONCE: Final = re.compile(r"(?<=[aeiou])([fglmnprst])(?=[aeioumy]|$)")

# Letters, and what is written for them where a keyboard or a font has none.
_ASCII: Final[dict[str, dict[str, str]]] = {
    "de": {"ä": "ae", "ö": "oe", "ü": "ue"},
    "da": {"å": "aa", "ø": "oe"},
    "nb": {"å": "aa", "ø": "oe"},
    "sv": {"å": "aa", "ä": "ae", "ö": "oe"},
    "fr": {"œ": "oe"},
    "en": {"œ": "oe"},
}

# Beginnings that are written with a hyphen or without, and before what: co-operation, re-election.
_HYPHENATED: Final = re.compile(
    r"(co(?=o)|re(?=e)|pre(?=e)|non|anti|cyber|multi|counter|micro|semi|post|trans(?=a)|bio|eco)"
    r"(\w{4,})"
)


@lru_cache(maxsize=100_000)
def spelling_key(word: str, language: str) -> str:
    """The folded word without what spellings differ in; equal for organisation and organization."""
    for pattern, written in _compiled_keys(language):
        word = pattern.sub(written, word)
    return _DOUBLED.sub(r"\1", word)


@cache
def _compiled_keys(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), written) for pattern, written in _KEYS.get(language, ()))


def respellings(word: str, language: str) -> list[str]:
    """Other spellings that a word of small letters may have, by one rule or by two.

    Most are no words. Those by one rule come first.
    """
    if len(word) < MIN_LETTERS:
        return []
    once = list(dict.fromkeys(_by_one_rule(word, language)))
    twice = chain.from_iterable(_by_one_rule(each, language) for each in once)
    return [each for each in dict.fromkeys([*once, *twice]) if each != word]


def _by_one_rule(word: str, language: str) -> Iterator[str]:
    for before, one, other, behind in _PAIRS.get(language, ()):
        for written, instead in ((one, other), (other, one)):
            for found in re.finditer(f"{before}{written}{behind}", word):
                yield word[: found.start()] + instead + word[found.end() :]
    for found in _TWICE.finditer(word):
        yield word[: found.start()] + found[1] + word[found.end() :]
    if language not in _DOUBLING:
        return
    for found in _ONCE.finditer(word):
        yield word[: found.start()] + found[1] * 2 + word[found.end() :]


def in_ascii_letters(word: str, language: str) -> str:
    """A word of small letters as it is written where there is no ä, å or œ; often itself."""
    letters = _ASCII.get(language, {})
    return "".join(letters.get(each, each) for each in word)


def parted_by_hyphen(word: str) -> tuple[str, str] | None:
    """A word of small letters in two parts where some write a hyphen: co-operation."""
    found = _HYPHENATED.fullmatch(word)
    return None if found is None else (found[1], found[2])
