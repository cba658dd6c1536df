"""Which words of a text are spelled like one of a term: misspelled, inflected, in other letters."""

from collections.abc import Collection

from rapidfuzz import fuzz, process

from claims.domain.absence.terms import WordPattern

# How alike two words are from 0 to 100, by edits; shorter words must be the same.
ALIKE = 75
_LETTERS_TO_BE_ALIKE = 4
# So many letters more than the word an inflected one may have.
_ENDING = 3
# How many words count as alike by edits, the most alike ones first.
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

# Letters, folded, that are drawn alike, by the Latin one: small ones or their capitals.
_LOOKALIKES = str.maketrans(
    {
        **dict(zip("авекмнорстухіѕјԁ", "abekmhopctyxisjd", strict=True)),
        **dict(zip("αβεζηικμνορτυχ", "abezhikmnoptyx", strict=True)),
    }
)


def similar_words(pattern: WordPattern, words: Collection[str]) -> set[str]:
    """The folded words that are spelled like that of the term.

    Numbers and words of fewer than four letters are like none but what is drawn alike in letters
    of other scripts; those of four are else like words with the same first letter only.
    """
    word = pattern.word
    latin = word.translate(_LOOKALIKES)
    twins = {each for each in words if each != word and each.translate(_LOOKALIKES) == latin}
    if len(word) < _LETTERS_TO_BE_ALIKE or not word[0].isalpha():
        return twins
    is_short = len(word) == _LETTERS_TO_BE_ALIKE
    longest = len(word) + (1 if is_short else _ENDING)
    found = {each for each in words if each.startswith(word[:-1]) and len(each) <= longest}
    if not is_short:
        found |= {each for each in words if word in each}
    cut = len(word) if pattern.any_ending else longest + _ENDING
    latin = word.translate(_LATIN)
    of_other_letters = [each for each in words if each.isascii() == (latin != word)]
    for asked, choices in (
        (word, {each: each[:cut] for each in words}),
        (latin, {each: each.translate(_LATIN)[:cut] for each in of_other_letters}),
    ):
        close = process.extract(asked, choices, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=_MOST)
        found |= {each for shape, _score, each in close if not is_short or shape[0] == asked[0]}
    return (found | twins) - {word}
