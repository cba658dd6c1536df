"""Which words of a text come close to one of a term, and why: a form of it, another spelling, the
same in the letters of another script, or a few letters that differ."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from claims.domain.absence.han_spelling import simplified
from claims.domain.absence.spelling_rules import spelling_key
from claims.domain.absence.terms import WordPattern
from claims.domain.absence.transliteration import as_drawn, in_latin, romanizations
from claims.domain.absence.word_forms import common_words, irregular_forms, is_known, lemmas
from claims.vocabulary import NearMiss
from sources.domain.text.characters import is_unspaced
from sources.domain.text.search_folding import fold_for_search

# How alike two words are from 0 to 100, by edits; shorter words must be the same.
ALIKE = 75
# From here on words are compared by the rules of spelling: plough, plow.
_SPELLED_ALIKE = 60
# From here on words of other scripts are compared by every system of transliteration.
_WRITTEN_ALIKE = 50
_LETTERS_TO_BE_ALIKE = 4
# So many letters more than the word an inflected one may have.
_ENDING = 3
# Words of capitals that are no longer than this are no forms of another word: IS, WHO.
_LONGEST_ACRONYM = 5
# Letters that a form of a word has in common with it, where no list knows the form.
_STEM = 3
# The language whose spellings stand in texts of all languages.
_EVERYWHERE = "en"

# The kinds, the closest first; a word is of the first that it fits.
KINDS = (NearMiss.INFLECTED, NearMiss.SPELLING, NearMiss.TRANSLITERATION, NearMiss.ALIKE)


def close_words(
    pattern: WordPattern, spellings: Mapping[str, Collection[str]], languages: Sequence[str]
) -> dict[str, NearMiss]:
    """The words of a text that come close to that of the term, with their kind.

    `spellings` are the folded words of the text by how they are written there, `languages` those of
    the text and the term, as far as they are known. Numbers are like none. Words of fewer than four
    letters have only forms, and twins drawn alike in letters of other scripts; those of four are by
    edits like words with the same first letter.
    """
    words = spellings.keys()
    if is_unspaced(pattern.word):
        return dict.fromkeys(_other_forms_of_character(pattern.word, words), NearMiss.SPELLING)
    found: dict[str, NearMiss] = {}
    term = _Word(pattern, spellings, languages)
    for why, some in zip(KINDS, term.close(), strict=True):
        for each in some - {pattern.word}:
            found.setdefault(each, why)
    return {
        each: NearMiss.COMMON if why == NearMiss.ALIKE and term.is_another(each) else why
        for each, why in found.items()
    }


def _other_forms_of_character(word: str, words: Collection[str]) -> set[str]:
    """Simplified and traditional forms of one Han character."""
    plain = simplified(word)
    return {
        each for each in words if each != word and is_unspaced(each) and simplified(each) == plain
    }


def is_of_one_stem(one: str, other: str) -> bool:
    """Whether two folded words begin alike and differ in their endings alone."""
    shared = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    longest = max(len(one), len(other))
    if min(len(one), len(other)) <= _LETTERS_TO_BE_ALIKE:
        return shared >= _LETTERS_TO_BE_ALIKE - 1 and longest - shared <= 2
    return shared >= _LETTERS_TO_BE_ALIKE and longest - shared <= _ENDING


@dataclass(frozen=True, eq=False)
class _Word:
    """A word of a term, compared with those of a text."""

    pattern: WordPattern
    spellings: Mapping[str, Collection[str]]
    languages: Sequence[str]

    @property
    def written(self) -> str:
        return self.pattern.written or self.pattern.word

    @cached_property
    def lemmas(self) -> Mapping[str, frozenset[str]]:
        """By language, the lemmas of the word; of capitals, that stand for a name, none but it."""
        if self.written.isupper() and len(self.written) <= _LONGEST_ACRONYM:
            return dict.fromkeys(self.languages, frozenset({self.pattern.word}))
        return {language: lemmas(self.written, language) for language in self.languages}

    def close(self) -> tuple[Set[str], ...]:
        """The words that come close, of each of the KINDS; a word may be among several."""
        word = self.pattern.word
        twins = self.drawn_alike()
        if not word[0].isalpha():
            return set(), set(), twins, set()
        forms = self.forms()
        if len(word) < _LETTERS_TO_BE_ALIKE:
            return forms, set(), twins, set()
        alike, candidates = self.alike()
        forms |= {each for each in alike if self.looks_like_form(each)}
        spelled = {each for each in candidates if self.is_respelled(each)}
        return forms, spelled, twins | self.of_other_script(), alike

    def forms(self) -> set[str]:
        """The words with a lemma that this one has, by the lists of the languages.

        What a list does not have it guesses at length: so only of a word that begins alike.
        """
        found: set[str] = set()
        for language, sought in self.lemmas.items():
            begin = {self.pattern.word[0], *(lemma[:1] for lemma in sought)}
            stems = (self.pattern.word[:_STEM], *(lemma[:_STEM] for lemma in sought))
            found |= {
                each
                for each, written in self.spellings.items()
                if each[:1] in begin
                and any(
                    not sought.isdisjoint(lemmas(one, language))
                    for one in written
                    if each.startswith(stems) or is_known(one, language)
                )
            }
            irregular = irregular_forms(language)
            for lemma in sought:
                folded = map(fold_for_search, irregular.get(lemma, ()))
                found |= {each for each in folded if each in self.spellings}
        return found

    def looks_like_form(self, each: str) -> bool:
        """Whether a word looks like a form of this one, and no list knows both to be two words."""
        return is_of_one_stem(each, self.pattern.word) and not any(
            is_known(self.written, language)
            and all(is_known(written, language) for written in self.spellings[each])
            for language in self.languages
        )

    def alike(self) -> tuple[set[str], Iterable[str]]:
        """The words that few edits or an ending part from this one; and those to be looked at as
        other spellings of it."""
        word, words = self.pattern.word, self.spellings.keys()
        is_short = len(word) == _LETTERS_TO_BE_ALIKE
        longest = len(word) + (1 if is_short else _ENDING)
        found = {each for each in words if each.startswith(word[:-1]) and len(each) <= longest}
        if not is_short:
            found |= {each for each in words if word in each}
        cut = len(word) if self.pattern.any_ending else longest + _ENDING
        close = _similar(word, {each: each[:cut] for each in words}, _SPELLED_ALIKE)
        found |= {
            each
            for shape, score, each in close
            if score >= ALIKE and (not is_short or shape[0] == word[0])
        }
        return found, [each for _shape, _score, each in close]

    def is_respelled(self, each: str) -> bool:
        """Whether a word is another spelling of this one or of its lemma."""
        cut = len(self.pattern.word) if self.pattern.any_ending else len(each)
        for language in dict.fromkeys([*self.languages, _EVERYWHERE]):
            one = {spelling_key(self.pattern.word, language)}
            other = {spelling_key(each[:cut], language)}
            if language in self.languages:
                one |= {spelling_key(lemma, language) for lemma in self.lemmas[language]}
                for written in self.spellings[each]:
                    other |= {spelling_key(lemma, language) for lemma in lemmas(written, language)}
            if not one.isdisjoint(other):
                return True
        return False

    def drawn_alike(self) -> set[str]:
        """The words that are drawn as this one, in letters of several scripts."""
        word = self.pattern.word
        drawn = as_drawn(word)
        return {
            each
            for each in self.spellings
            if not (each.isascii() and word.isascii()) and as_drawn(each) == drawn
        }

    def of_other_script(self) -> set[str]:
        """The words that are this one in other letters: Cyrillic or Greek ones, or Latin."""
        word, ways = self.pattern.word, romanizations(self.pattern.word)
        cut = len(word) + 2 * _ENDING
        if ways:
            latin = {each: each[:cut] for each in self.spellings if each.isascii()}
            return {each for way in ways for *_, each in _similar(way, latin, ALIKE)}
        others = {each: in_latin(each[:cut]) for each in self.spellings if not each.isascii()}
        return {
            each
            for _shape, score, each in _similar(word, others, _WRITTEN_ALIKE)
            if score >= ALIKE
            or any(fuzz.ratio(word, way[:cut]) >= ALIKE for way in romanizations(each))
        }

    def is_another(self, each: str) -> bool:
        """Whether both words are common in one language, and none is part of the other.

        Of what begins alike, or is part of the other, a person has to say that it is another word.
        """
        word = self.pattern.word
        if word in each or each in word or is_of_one_stem(each, word):
            return False
        written = {self.written.lower(), *(one.lower() for one in self.spellings[each])}
        return any(written <= common_words(language) for language in self.languages)


def _similar(word: str, choices: Mapping[str, str], cutoff: int) -> list[tuple[str, float, str]]:
    return process.extract(word, choices, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None)
