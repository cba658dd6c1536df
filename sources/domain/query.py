"""The grammar of a list's parameters: what is asked of one field, as it is typed in an address.

    topic=trade,energy          either of them
    topic=trade&topic=energy    both: each is a clause, and all clauses hold
    topic=!trade                not; `!trade,energy` is neither
    period=none                 has none; `none,2025` has none, or 2025; `!none` has one
    publisher="Smith, Sons"     between quotation marks commas, `!` and the word none are themselves

Within quotation marks, one that is doubled is one of the text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sources.domain.refusals import Refusal, quoted

MAX_LENGTH = 2_000
MAX_WORDS = 100
MAX_CLAUSES = 10

# Whether the comma at a place in a text is one of a word, such as that of `May 7, 2025`.
IsWithinWord = Callable[[str, int], bool]

_NONE = "none"
_NAME = re.compile(r"[^\W\d_][\w-]*")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"\s*(?:,|$)')


class QueryRefused(Refusal):
    """A parameter that is not written in the grammar of lists, or a word that it does not take."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause about a field: it is any of the words, or (`or_none`) there is none of it.

    `is_negated` turns the whole of it around.
    """

    words: tuple[str, ...]
    or_none: bool = False
    is_negated: bool = False


def read_clause(written: str, *, is_within_word: IsWithinWord | None = None) -> Clause:
    """Read one parameter; `is_within_word` names the commas that part no words.

    Raises QueryRefused.
    """
    if len(written) > MAX_LENGTH:
        raise QueryRefused(
            "too_long",
            f"{quoted(written)} has {len(written)} characters. At most {MAX_LENGTH} are read.",
        )
    text = written.strip()
    is_negated = text.startswith("!")
    words: list[str] = []
    or_none = False
    rest = text[1:].lstrip() if is_negated else text
    more = True
    while more:
        word, is_literal, rest, more = _next_word(rest, written, is_within_word)
        if word == _NONE and not is_literal:
            or_none = True
        else:
            words.append(word)
    if len(words) > MAX_WORDS:
        raise QueryRefused(
            "too_many",
            f"There are {len(words)} words, parted by commas. At most {MAX_WORDS} are read.",
        )
    return Clause(tuple(words), or_none, is_negated)


def write_clause(clause: Clause) -> str:
    """Write a clause so that `read_clause` reads the same one, whichever commas part no words."""
    is_alone = len(clause.words) + clause.or_none == 1
    words = [_NONE] if clause.or_none else []
    for word in clause.words:
        words.append(word if _is_plain(word, is_alone=is_alone) else _literal(word))
    return ("!" if clause.is_negated else "") + ",".join(words)


def _next_word(
    rest: str, written: str, is_within_word: IsWithinWord | None
) -> tuple[str, bool, str, bool]:
    """The first word, whether it stood in quotation marks, what follows, and whether any does."""
    if rest.startswith('"'):
        match = _QUOTED.match(rest)
        if match is None:
            raise QueryRefused(
                "unclosed",
                f"In {quoted(written)} a quotation mark is not closed before a comma or the end. "
                "Close it; one that belongs to the text is doubled.",
            )
        word, end = match[1].replace('""', '"'), match.end()
        more = rest[:end].endswith(",")
        following = rest[end:].lstrip()
        is_literal = True
    else:
        comma = _comma(rest, is_within_word)
        more = comma >= 0
        word, following = (rest[:comma], rest[comma + 1 :].lstrip()) if more else (rest, "")
        word, is_literal = word.strip(), False
    if not word.strip():
        raise QueryRefused(
            "empty_word",
            f"In {quoted(written)} a word is missing. Give one beside each comma and behind `!`.",
        )
    if word.startswith("!") and not is_literal:
        raise QueryRefused(
            "misplaced_not",
            f"In {quoted(written)} a `!` stands inside. It comes first and holds for all words; "
            "to ask for one and not another, give the parameter twice.",
        )
    return word, is_literal, following, more


def _comma(text: str, is_within_word: IsWithinWord | None) -> int:
    """Return the index of the first comma that parts two words; -1 of none."""
    place = text.find(",")
    while place >= 0 and is_within_word is not None and is_within_word(text, place):
        place = text.find(",", place + 1)
    return place


def _is_plain(word: str, *, is_alone: bool) -> bool:
    """Whether a word is read as it is without quotation marks."""
    if word == _NONE:
        return False
    if _NAME.fullmatch(word):
        return True
    is_one = "," not in word and word == word.strip() and not word.startswith(("!", '"'))
    return is_alone and is_one


def _literal(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
