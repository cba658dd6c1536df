"""Terms offered to a person: words that are the same, and longer names to be left out with NOT.

The longer name that a hit stands in, such as `China` in "South China Sea", is a guess from the
words beside the hit. Nothing that is offered is applied by itself.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims.domain.absence.terms import TermRefused, read_term
from sources.domain.text.characters import DOUBLE_QUOTES, HYPHENS

# How many words of a name are looked at on each side of a hit.
MAX_WORDS_BESIDE = 3
# Small words that a name may have between its capitalised ones, in the languages of most desks.
_LINKS = frozenset({"and", "da", "de", "del", "der", "des", "di", "do", "du", "for", "la", "of"})
_LINKS |= {"the", "und", "van", "von", "и", "по", "на"}
# Letters of a small word at least that begins or ends what is repeated: "of China" is no name.
_MIN_EDGE = 4

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['\u2019\u00b7](?=[^\W_]))*")
_GAP = re.compile(rf"(?: |\r?\n|[{HYPHENS}-])")
_SENTENCE_END = re.compile(rf"(?:[.!?:;\u2026\u3002][{DOUBLE_QUOTES}'\u2019)\]]*|\n\s*\n|\f)\s*\Z")


@dataclass(frozen=True)
class HitContext:
    """A hit with the text on each side of it, as far as it is shown."""

    before: str
    words: str
    after: str


@dataclass(frozen=True)
class LongerName:
    """A name that hits stand in, as the first of them is written, and how many do."""

    name: str
    count: int


def longer_names(hits: Iterable[HitContext]) -> tuple[LongerName, ...]:
    """The longer names that these hits seem to stand in, the most frequent first.

    Of a hit with capitals these are its capitalised neighbours, but for a word that begins a
    sentence, unless other hits have it amid one. Of any other it is what is repeated around it.
    """
    contexts = list(hits)
    guessed = {one: _capitalised(one) for one in contexts}
    amid = {name for name, opener in guessed.values() if not opener}
    counted: Counter[str] = Counter()
    for one in contexts:
        name, opener = guessed[one]
        whole = f"{opener}{name}"
        counted[whole if opener and whole in amid else name] += 1
    del counted[""]
    counted.update(_repeated([one for one in contexts if not one.words[:1].isupper()]))
    return tuple(LongerName(name, count) for name, count in counted.most_common())


def same_term(words: str) -> str:
    """The term for words as a text has them, with none of them read as an operator."""
    written = _in_one_line(words)
    try:
        pattern = read_term(written)
    except TermRefused:
        return f'"{_unquoted(written)}"'
    is_plain = not pattern.unwanted and len(pattern.wanted.phrases) == 1
    return written if is_plain else f'"{_unquoted(written)}"'


def term_without(term: str, *names: str) -> str:
    """The term with NOT for names, `China NOT "South China Sea"`; empty where that is no term."""
    written = " ".join([term, *(f'NOT "{_unquoted(name)}"' for name in names)])
    try:
        read_term(written)
    except TermRefused:
        return ""
    return written


def _capitalised(hit: HitContext) -> tuple[str, str]:
    """The hit with its capitalised neighbours, and a word before them that begins a sentence, with
    what follows it; both empty where there are none."""
    if not hit.words[:1].isupper():
        return "", ""
    left, opener = _left(hit.before)
    right = _right(hit.after)
    if not (left or right):
        return "", ""
    return _in_one_line(f"{left}{hit.words}{right}"), opener


def _right(after: str) -> str:
    """The text after a hit as far as its name goes on there."""
    end = 0
    for words, (_start, stop) in enumerate(_following(after), start=1):
        word = after[_start:stop]
        if words > MAX_WORDS_BESIDE or not (word[0].isupper() or word in _LINKS):
            break
        if word[0].isupper():
            end = stop
    return after[:end]


def _left(before: str) -> tuple[str, str]:
    """The text before a hit from where its name begins; and a word before that opens a sentence."""
    begin = len(before)
    for words, start in enumerate(_preceding(before), start=1):
        word = _WORD.match(before, start)
        is_capital = before[start].isupper()
        if words > MAX_WORDS_BESIDE or word is None or not (is_capital or word[0] in _LINKS):
            break
        if is_capital and _opens_sentence(before[:start]):
            return before[begin:], _in_one_line(before[start:begin]) + " "
        if is_capital:
            begin = start
    return before[begin:], ""


def _opens_sentence(before: str) -> bool:
    return not before.strip() or _SENTENCE_END.search(before) is not None


def _following(text: str) -> Iterator[tuple[int, int]]:
    """The words that follow each other from the beginning of a text, each after one gap."""
    at = 0
    while (gap := _GAP.match(text, at)) and (word := _WORD.match(text, gap.end())):
        yield word.span()
        at = word.end()


def _preceding(text: str) -> Iterator[int]:
    """Where the words begin that lead up to the end of a text, the last first."""
    at = len(text)
    for word in reversed(list(_WORD.finditer(text))):
        if _GAP.fullmatch(text, word.end(), at) is None:
            return
        yield word.start()
        at = word.start()


def _repeated(hits: Sequence[HitContext]) -> Counter[str]:
    """The words that at least two of these hits stand in, each in the longest such."""
    rows = [_rows_around(one) for one in hits]
    counts = Counter(row for each in rows for row in set(each))
    longest = (max((row for row in each if counts[row] > 1), key=len, default="") for each in rows)
    found = Counter(longest)
    del found[""]
    return found


def _rows_around(hit: HitContext) -> list[str]:
    """The hit with up to so many words on each side, in small letters."""
    left = [hit.before[start:] for start in list(_preceding(hit.before))[:2]]
    right = [hit.after[:stop] for _start, stop in list(_following(hit.after))[:2]]
    return [
        _in_one_line(f"{before}{hit.words}{after}").casefold()
        for before in ("", *left)
        for after in ("", *right)
        if (before or after) and _has_edges(before, after)
    ]


def _has_edges(before: str, after: str) -> bool:
    """Whether the outermost words say something."""
    edges = [*_WORD.findall(before)[:1], *_WORD.findall(after)[-1:]]
    return all(len(edge) >= _MIN_EDGE for edge in edges)


def _unquoted(words: str) -> str:
    return re.sub(f"[{DOUBLE_QUOTES}]", " ", words)


def _in_one_line(words: str) -> str:
    return " ".join(words.split())
