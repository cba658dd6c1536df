"""Variants of a term that are offered to whoever types it, never added by themselves.

Other spellings that a frequency list of the language has, the words in other letters, simplified
and traditional Han characters and, where asked for, other forms of the words. Each is a whole term,
with the operators, quotation marks and stars of the one that was typed. What follows NOT stays as
it is: it leaves out no more than was written.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from claims.domain.absence.han_spelling import han_spellings
from claims.domain.absence.searchable_text import prepare_text
from claims.domain.absence.spelling_rules import (
    in_ascii_letters,
    parted_by_hyphen,
    respellings,
)
from claims.domain.absence.terms import Pattern, find_hits, read_term
from claims.domain.absence.transliteration import SYSTEMS, in_cyrillic, in_latin
from claims.domain.absence.word_forms import COMMON_ZIPF, WordList, listed_forms, word_list
from claims.vocabulary import Matching, NearMiss
from sources.domain.text.characters import DOUBLE_QUOTES, HYPHENS, is_unspaced
from sources.domain.text.search_folding import fold_for_search

# At most so many variants are offered of one term, the most likely first; of the forms of one word,
# the most frequent ones.
MAX_VARIANTS = 24
MAX_FORMS = 12
# How much less frequent than the word, on the Zipf scale, another spelling may be: what is still
# rarer is a slip, as "programe" is.
_AS_FREQUENT = 2.0
# Letters of a word at least that is written for two.
_LETTERS_OF_TWO = 7
# Languages of Cyrillic letters into which Latin ones are put back.
_CYRILLIC = frozenset({"be", "bg", "mk", "ru", "sr", "uk"})

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u02bc][^\W\d_]+)*")
# What parts two words that some write as one: cyber security, co-operation.
_GAP = re.compile(f"[ {HYPHENS}]")
_QUOTATION_MARK = re.compile(f"[{DOUBLE_QUOTES}]")
# What is no word of a term: operators, outside of quotation marks.
_OPERATOR = re.compile(r'"[^"]*"|(?P<near>NEAR/[0-9]+)(?!\S)|(?P<not>NOT)(?!\S)')


@dataclass(frozen=True)
class OfferedVariant:
    """A whole term to add beside the one that was typed, and why it is offered."""

    text: str
    why: NearMiss


@dataclass(frozen=True)
class _TypedWord:
    """A word of a term with its place in it, and whether a star stands on either side."""

    start: int
    end: int
    text: str
    any_beginning: bool
    any_ending: bool


def offered_variants(
    term: str, language: str, *, matching: Matching = Matching.WORDS, inflections: bool = False
) -> tuple[OfferedVariant, ...]:
    """The variants of a term to offer, other spellings first, then other letters, then forms.

    `language` is that of the term; without one only what needs no list of words is offered. Other
    forms are offered with `inflections` only. None is found by the term already. At most
    MAX_VARIANTS. Raises TermRefused for a term that cannot be read.
    """
    pattern = replace(read_term(term, matching=matching), unwanted=())
    base = language.partition("-")[0].lower()
    typed = _QUOTATION_MARK.sub('"', unicodedata.normalize("NFC", term))
    wanted, operators = _wanted_part(typed)
    words = list(_typed_words(wanted, operators))
    candidates = [(text, NearMiss.SPELLING) for text in _respelled(wanted, words, base)]
    candidates += [
        (text, NearMiss.TRANSLITERATION) for text in _in_other_letters(wanted, words, base)
    ]
    if inflections:
        forms = _replaced(wanted, words, lambda word: _forms(word, base))
        candidates += [(text, NearMiss.INFLECTED) for text in forms]
    offered: dict[str, OfferedVariant] = {}
    for text, why in candidates:
        key = fold_for_search(text)
        if key not in offered and not _finds(pattern, text):
            offered[key] = OfferedVariant(text + typed[len(wanted) :], why)
    return tuple(offered.values())[:MAX_VARIANTS]


def _wanted_part(term: str) -> tuple[str, list[tuple[int, int]]]:
    """The part of a term before NOT, and the spans of the operators in it."""
    operators: list[tuple[int, int]] = []
    for found in _OPERATOR.finditer(term):
        if found["not"]:
            return term[: found.start()], operators
        if found["near"]:
            operators.append(found.span())
    return term, operators


def _typed_words(wanted: str, operators: Sequence[tuple[int, int]]) -> Iterator[_TypedWord]:
    for found in _WORD.finditer(wanted):
        start, end = found.span()
        if is_unspaced(found[0][0]) or any(one <= start < stop for one, stop in operators):
            continue
        yield _TypedWord(
            start, end, found[0], wanted[:start].endswith("*"), wanted[end:].startswith("*")
        )


def _replaced(
    wanted: str, words: Sequence[_TypedWord], variants_of: Callable[[_TypedWord], Sequence[str]]
) -> Iterator[str]:
    """The term with each word in each of its variants."""
    for word in words:
        for text in variants_of(word):
            yield _with_words(wanted, [(word, text)])


def _with_words(wanted: str, words: Sequence[tuple[_TypedWord, str]]) -> str:
    for word, text in reversed(words):
        wanted = wanted[: word.start] + _in_case_of(word.text, text) + wanted[word.end :]
    return wanted


def _in_case_of(written: str, variant: str) -> str:
    """A variant in capitals, or with one, where the word has them."""
    if written.isupper() and len(written) > 1:
        return variant.upper()
    return variant[:1].upper() + variant[1:] if written[0].isupper() else variant


def _finds(pattern: Pattern, variant: str) -> bool:
    """Whether the term finds already what a variant is about."""
    wanted, operators = _wanted_part(variant)
    for start, end in reversed(operators):
        wanted = wanted[:start] + wanted[end:]
    return bool(find_hits(pattern, prepare_text(wanted.replace("*", "").replace('"', ""))))


def _respelled(wanted: str, words: Sequence[_TypedWord], language: str) -> Iterator[str]:
    """The term in other spellings: Han characters, letters, hyphens."""
    if any(map(is_unspaced, wanted)):
        yield from han_spellings(wanted)
    spellings = {word: _spellings(word, language) for word in words}
    likely = [(word, some[0]) for word, some in spellings.items() if some]
    if len(likely) > 1:  # who spells one of the words so spells all of them so
        yield _with_words(wanted, likely)
    yield from _replaced(wanted, words, spellings.__getitem__)
    for one, other in pairwise(words):
        joined = f"{one.text}{other.text}".lower()
        if (
            _GAP.fullmatch(wanted, one.end, other.start)
            and len(joined) >= _LETTERS_OF_TWO
            and word_list(language).zipf(joined) is not None
        ):
            yield wanted[: one.end] + other.text.lower() + wanted[other.end :]


def _spellings(word: _TypedWord, language: str) -> list[str]:
    """Other spellings that the list of the language has, the most frequent first; and what is
    written where there are no such letters, which no list has."""
    small = word.text.lower()
    known = word_list(language)
    respelled = respellings(small, language)
    found: dict[str, float] = {}
    if word.any_beginning or word.any_ending:
        found = _parts_of_words(respelled, known, word)
    else:
        least = (known.zipf(small) or 0) - _AS_FREQUENT
        for each in respelled:
            zipf = known.zipf(each)
            if zipf is not None and zipf >= least:
                found[each] = zipf
        parts = parted_by_hyphen(small)
        if parts is not None and (known.zipf(parts[1]) or 0) >= COMMON_ZIPF:
            found["-".join(parts)] = 0
    plain = in_ascii_letters(small, language)
    if plain != small:
        found.setdefault(plain, 0)
    return sorted(found, key=lambda each: (-found[each], each))


def _parts_of_words(
    respelled: Sequence[str], known: WordList, word: _TypedWord
) -> dict[str, float]:
    """Those of these parts of words, where a star stands, that a word of the list has so."""
    found: dict[str, float] = {}
    if not word.any_beginning:
        for part in respelled:
            for _word, zipf in islice(known.beginning_with(part), 1):
                found[part] = zipf
        return found
    for each, zipf in known:
        for part in respelled:
            if each.endswith(part) or (word.any_ending and part in each):
                found.setdefault(part, zipf)
    return found


def _in_other_letters(wanted: str, words: Sequence[_TypedWord], language: str) -> Iterator[str]:
    """The term in Latin letters, in each system; or in Cyrillic ones, if these are words."""
    systems = [system for system in SYSTEMS if system != "ukrainian"]
    for system in ["ukrainian", *systems] if language == "uk" else systems:
        latin = [(word, in_latin(_folded(word), system)) for word in words]
        if any(text != _folded(word) for word, text in latin):
            yield _with_words(wanted, latin)
    if language in _CYRILLIC and words:
        cyrillic = [(word, in_cyrillic(word.text.lower())) for word in words]
        if all(word_list(language).zipf(text) is not None for _word, text in cyrillic):
            yield _with_words(wanted, cyrillic)


def _folded(word: _TypedWord) -> str:
    """A word in small letters without diacritics, but for й, which most systems tell from и."""
    return "й".join(fold_for_search(part) for part in word.text.lower().split("й"))


def _forms(word: _TypedWord, language: str) -> list[str]:
    """Other forms of a word, the most frequent first; none of one with a star, which has them."""
    if word.any_beginning or word.any_ending:
        return []
    found = [each for each in listed_forms(word.text, language) if each != word.text.lower()]
    return found[:MAX_FORMS]
