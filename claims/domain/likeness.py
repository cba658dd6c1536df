"""Which words of a text are spelled like one of a term: misspelled, inflected, in other letters."""

from collections.abc import Collection, Iterator

from rapidfuzz import fuzz, process

from claims.domain.terms import WordPattern

# How alike two words are from 0 to 100, by edits; shorter words must be the same.
ALIKE = 75
_LETTERS_TO_BE_ALIKE = 4
_LETTERS_TO_BE_WITHIN = 5
# How many words count as alike, the most alike ones first.
_MOST = 40

# Cyrillic letters, folded, as they are most often written in Latin ones. By edits other ways to
# write them (ch, tch, č) are alike.
_LATIN = str.maketrans(
    {
        **dict(zip("абвгґдезиіклмнопрстуфыэё", "abvggdeziiklmnoprstufyee", strict=True)),
        **dict(zip("жхцчш", ("zh", "kh", "ts", "ch", "sh"), strict=True)),
        **dict(zip("щюяєъь", ("shch", "yu", "ya", "ye", "", ""), strict=True)),
    }
)


def alike(pattern: WordPattern, words: Collection[str]) -> set[str]:
    """The folded words that are spelled like that of the term, at most 40.

    Numbers and words of fewer than four letters are like none.
    """
    word = pattern.word
    if len(word) < _LETTERS_TO_BE_ALIKE or not word[0].isalpha():
        return set()
    found = {each for each in words if each.startswith(word[:-1])}  # inflected
    if len(word) >= _LETTERS_TO_BE_WITHIN:
        found |= {each for each in words if word in each}
    cut = len(word) if pattern.any_ending else None
    choices = [*words]
    cuts = [each[:cut] for each in choices] if cut else choices
    found |= {choices[place] for place in _close(word, cuts)}
    latin = word.translate(_LATIN)
    others = [each for each in choices if each.isascii() == (latin != word)]
    found |= {others[place] for place in _close(latin, [o.translate(_LATIN)[:cut] for o in others])}
    return found - {word}


def _close(word: str, words: Collection[str]) -> Iterator[int]:
    matches = process.extract(word, words, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=_MOST)
    return (place for _word, _score, place in matches)
