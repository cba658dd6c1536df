"""The language of bytes whose encoding is not known, and which reading of them it writes.

The words that hold sentences together are ASCII in most languages of the Latin script, whatever the
encoding, and tell the language; its alphabet tells which reading of the other letters is right:
Hungarian has ő and ű, and neither õ nor ū. Where the alphabet does not decide, nothing is chosen.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import category

# Letters beyond ASCII that the language writes, small ones.
_ALPHABETS = {
    "ca": "àçèéíïòóúü",
    "cs": "áčďéěíňóřšťúůýž",
    "da": "æøåé",
    "de": "äöüßé",
    "en": "àáâäæçèéêëîïñóôöœü",
    "es": "áéíñóúüªº",
    "et": "äöõüšž",
    "fi": "äöåšž",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "is": "áðéíóúýþæö",
    "it": "àèéìíîòóùúªº",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņōŗšūž",
    "nb": "æøåéòóô",
    "nl": "áàäèéëêïíöóüú",
    "pl": "ąćęłńóśźż",
    "pt": "àáâãçéêíóôõúüªº",
    "ro": "ăâîșțşţ",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž",
    "sq": "çë",
    "sv": "åäöéà",
    "tr": "çğıöşüâîû",
}
# Languages by another tag, and those that are written alike.
_SAME = {"bs": "hr", "gl": "pt", "hbs": "hr", "nn": "nb", "no": "nb", "sr": "hr"}
_WORDS = {
    "ca": "el la els les de que per amb una del no es dels",
    "cs": "se na je ze byl podle pro ale jako nebo roku jsou do si",
    "da": "og at det som en af med har ikke den til er for",
    "de": "der die das und ist von den mit nicht ein zu auf im sich",
    "en": "the of and to in is that for was with by on as",
    "es": "el los las de en que y por con una del se la",
    "et": "ja on ei oli kui see et ta oma aga kes ning",
    "fi": "ja on ei ole oli mutta kun joka se ovat kuin",
    "fr": "le la les des et en une dans pour que est sur par du",
    "hr": "je se na da za su koji od kao bi ili ali u",
    "hu": "hogy az egy nem volt szerint ezt mint lesz meg vagy csak ami a",
    "is": "og var sem ekki fyrir til af en er um",
    "it": "la di che per non con del della sono gli una il le",
    "lt": "ir yra kad su bei tai buvo apie iki nuo per po kaip dar jo",
    "lv": "un ir ka ar par no uz bija tika vai pie tas kas ko",
    "nb": "og det som en av med har ikke den til er for",
    "nl": "de het een van en in is dat op te voor met",
    "pl": "nie jest na do oraz przez dla jako ale tym tego roku i w z",
    "pt": "os de do da em que para com uma por no na e",
    "ro": "este pe nu cu din pentru care mai sunt prin de la au",
    "sk": "sa na je bol podla pre ale ako alebo roku do si",
    "sl": "je se na ki da za tudi pri kot bilo ali v",
    "sq": "dhe nga me te ne per nje qe",
    "sv": "och att det som en av med har inte den till",
    "tr": "ve bir bu ile da de olarak olan",
}
_READINGS = ("cp1252", "cp1250", "cp1257", "cp1254", "iso8859_2", "iso8859_15", "mac_roman")
_MARKS = frozenset("\u00a0§°·«»–—‘’‚“”„…€£%©®™•‹›¿¡×†‰")
# After a figure or a unit these are part of it; after a word they are a letter read wrong.
_FIGURES = frozenset("½¼¾²³¹")
_FIGURE_IN_WORD = re.compile("[^\\W\\d_]{3}[½¼¾²³¹]|[½¼¾²³¹][^\\W\\d_]")
_WORD = re.compile(rb"(?<![\x80-\xff\w])[A-Za-z]+(?![\x80-\xff\w])")
_SAMPLE = 128 * 1024
_MIN_HITS, _MIN_DISTINCT, _MIN_SHARE = 3, 2, 0.08
_MIN_LETTERS = 2
# Of the letters of a right reading so many are of the language; the others are those of names.
_RIGHT = 0.95
_MOSTLY = 0.8
_TIMES = 3  # so many times as many letters of another reading are of no such language


@dataclass(frozen=True, slots=True)
class ReadInLanguage:
    """The one reading of some bytes that a language writes, and the language as a BCP 47 tag."""

    text: str
    encoding: str
    language: str


def languages_of(data: bytes, stated: str = "") -> list[str]:
    """The languages that bytes may be in, as BCP 47 tags: the stated one, and the likely."""
    own = stated.lower().replace("_", "-").partition("-")[0]
    own = _SAME.get(own, own)
    words = [word.decode("ascii").lower() for word in _WORD.findall(data[:_SAMPLE])]
    counts: Counter[str] = Counter()
    for language, listed in _WORDS.items():
        known = set(listed.split())
        hits = [word for word in words if word in known]
        is_enough = len(hits) >= max(_MIN_HITS, _MIN_SHARE * len(words))
        if is_enough and len(set(hits)) >= _MIN_DISTINCT:
            counts[language] = len(hits)
    likely = [language for language, _ in counts.most_common(2)]
    return list(dict.fromkeys(([own] if own in _ALPHABETS else []) + likely))


def read_in(
    data: bytes, language: str, is_well_set: Callable[[str], bool]
) -> ReadInLanguage | None:
    """The reading that has the letters of a language; None where none has, or more than one."""
    readings: dict[str, str] = {}
    for encoding in _READINGS:
        try:
            readings.setdefault(data.decode(encoding), encoding)
        except UnicodeError:
            continue
    faults = sorted(
        ((*_faults(text, language), encoding, text) for text, encoding in readings.items()),
        key=lambda one: one[0],
    )
    if not faults:
        return None
    wrong, letters, encoding, text = faults[0]
    if letters < _MIN_LETTERS or wrong > (1 - _RIGHT) * letters or not is_well_set(text):
        return None
    if len(faults) > 1 and faults[1][0] <= _TIMES * wrong:
        return None
    return ReadInLanguage(text, encoding, language)


def fits(text: str, language: str) -> bool:
    """Whether the letters of a text are those of a language, for the most part."""
    wrong, letters = _faults(text, language)
    return wrong <= (1 - _MOSTLY) * letters


def _faults(text: str, language: str) -> tuple[int, int]:
    """How many characters beyond ASCII the language does not write, and how many there are.

    Marks of punctuation are written in every language.
    """
    alphabet = _ALPHABETS[language]
    own = {*alphabet, *alphabet.upper(), *_MARKS} | ({"\u0130"} if language == "tr" else set())
    counts = Counter(character for character in text if character > "\x7f")
    wrong = sum(
        number
        for character, number in counts.items()
        if character not in own and character not in _FIGURES and category(character) != "Zs"
    )
    return wrong + len(_FIGURE_IN_WORD.findall(text)), sum(counts.values())
