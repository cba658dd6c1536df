"""Copies of a quote's words in the prose of a fact sheet: found, and blacked out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claims.domain.factsheets.wide_letters import is_wide
from sources.domain.text.search_folding import fold_for_search

# Put where words were: of one length, so that it does not tell theirs.
BLACKED_OUT = "█████"

# Shorter words, such as "9%", are everybody's: standing in prose they are no copy of a quote. A
# letter of Chinese or Japanese says as much as three of others.
SHORTEST_COPY = 12
_LETTERS_OF_A_WIDE_ONE = 3
_REFERENCE = re.compile(r"\[c[0-9]+(?:/v[0-9]+)?\]")


def are_copied(words: Iterable[str], data: Any) -> bool:
    """Whether one of these wordings is in a string within data as JSON holds it.

    Case, diacritics and white space make no difference; where enough letters are left without them,
    neither do signs and references to claims, so that words are found that marks of Markdown or a
    hyphen at the end of a line part. A wording that is too short is passed over.
    """
    folded = [one for one in map(fold_for_search, words) if is_long_enough(one)]
    bare = [one for one in map(_letters, folded) if is_long_enough(one)]
    if not folded:
        return False
    for text in strings_in(data):
        written = fold_for_search(text)
        if any(wording in written for wording in folded):
            return True
        letters = _letters(written) if bare else ""
        if any(wording in letters for wording in bare):
            return True
    return False


def _letters(folded: str) -> str:
    """The letters and figures of a folded text, without references to claims."""
    return "".join(filter(str.isalnum, _REFERENCE.sub("", folded)))


def is_long_enough(wording: str) -> bool:
    """Whether words that are found elsewhere are a copy: they have SHORTEST_COPY letters."""
    wide = sum(map(is_wide, wording))
    return len(wording) + (_LETTERS_OF_A_WIDE_ONE - 1) * wide >= SHORTEST_COPY


def blacked_out(words: Sequence[str], data: Any) -> Any:
    """The data with every copy of one of these wordings blacked out.

    A string that holds one in another spelling, so that its place is not certain, goes whole.
    """
    if isinstance(data, str):
        return _blacked_out(words, data)
    if isinstance(data, Mapping):
        return {name: blacked_out(words, one) for name, one in data.items()}
    if isinstance(data, list | tuple):
        return [blacked_out(words, one) for one in data]
    return data


def strings_in(data: Any) -> Iterable[str]:
    """All strings within data as JSON holds it, names of members apart."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for one in data.values():
            yield from strings_in(one)
    elif isinstance(data, list | tuple):
        for one in data:
            yield from strings_in(one)


def _blacked_out(words: Sequence[str], text: str) -> str:
    for wording in words:
        if are_copied([wording], text):
            spaced = r"\s+".join(map(re.escape, wording.split()))
            text = re.sub(spaced, BLACKED_OUT, text, flags=re.IGNORECASE)
    return BLACKED_OUT if are_copied(words, text) else text
