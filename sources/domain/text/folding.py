"""Folding: two spellings of the same words become one string, with a way back to the original.

What folds, and nothing else (everything not named is kept code point by code point):

- White space: a run is one space. Between two digits a single space is not the same as a line
  break, a tab or a wider gap, which part the columns of a table ("12 345" is not "12" and "345").
  White space is never dropped but beside a dash, on the inner side of « », and beside Chinese and
  Japanese, which part no words by it (`sources.domain.text.unspaced`).
- Quotation marks: double ones into double ones, single ones and apostrophes into single ones.
- Dashes and hyphens of any form, with the white space beside them (but no blank line).
  Before a number it depends on what the mark may mean there:
    a sign     -9  (−9    hyphen-minus and U+2212 are one sign; any other mark stays itself
    a range    7–10  7 - 10  5%–9%    hyphens and dashes fold, U+2212 stays itself
    a compound COVID-19  was - 9    hyphens fold among hyphens, white space counts
    a clause   losses — 9 ships    dashes fold among dashes
    an item    a list's - 9 ships, on a line of its own: nothing folds
  U+2212 is a minus everywhere and folds into nothing else.
- Ligatures of f and st (ﬁ). Never other compatibility forms: m² is not m2.
- Soft hyphens between letters, also with the line break behind them. A hyphen at the end of a line
  is kept; `sources.domain.grading.parted` finds quotes that leave it out.
- Unicode form: NFC.
- Apparatus, where its spans are given, unless two digits would meet.
- The border of a cell folds into nothing: words of two cells are never one phrase.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sources.domain.text.apparatus import ApparatusKind, Span
from sources.domain.text.candidates import Window
from sources.domain.text.characters import (
    DASHES,
    DOUBLE_QUOTES,
    FOLDING,
    HORIZONTAL,
    HYPHENS,
    INVISIBLE,
    LIGATURES,
    MINUS,
    SINGLE_QUOTES,
    SOFT_HYPHEN,
    WHITE_SPACE,
    is_letter,
)
from sources.domain.text.rewriting import Edit, Piece, Rewritten
from sources.domain.text.unspaced import without_spaces

_SPECIAL = FOLDING.replace(" ", "", 1)
# Two patterns that begin with one set or literal each: these are what `re` finds fast.
_RUN = re.compile(f"[{_SPECIAL}][{_SPECIAL} ]*")
_SPACES = re.compile("  +")
_IS_SPECIAL = re.compile(f"[{_SPECIAL}]").match
_TOKEN = re.compile(
    f"(?P<space>[{WHITE_SPACE}]+)|(?P<dash>[{DASHES}{MINUS}{HYPHENS[1:]}-]+)"
    f"|(?P<double>[{DOUBLE_QUOTES}])|(?P<single>[{SINGLE_QUOTES}])"
)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|\f")
_ONE_SPACE = re.compile(f"[{HORIZONTAL}]")
# A number may begin here, behind mark-up, bounds, a currency or what nobody sees.
_CURRENCY = (
    "$\u00a2-\u00a5\u058f\u060b\u09f2\u09f3\u0e3f\u17db\u20a0-\u20cf\ufdfc\uff04\uffe0\uffe1\uffe5"
)
_NUMERALS = (
    r"\d\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u2189\u2460-\u249b"
    "〇零一二三四五六七八九十百千万亿兩两萬億"
)
_NUMERAL = re.compile(f"[{_NUMERALS}]")
_NUMBER_AHEAD = re.compile(
    f"[{INVISIBLE}*_~<>\u2248\u2264\u2265+\u00b1]*"
    f"(?:[A-Z]{{1,3}}\\s?)?[{_CURRENCY}]?\\s?[.,]?[{_NUMERALS}]"
)
_SHAPES = re.compile(f"{SOFT_HYPHEN}+(?:[ \t]*\n[ \t]*)?|[{''.join(LIGATURES)}]")


# Stands for the border of a cell: a noncharacter, which no quote has and nothing folds.
BORDER = "\ufdd0"


class Folded:
    """A folded text; `start` and `end` lead back to the text that it was made of.

    `lean` is the text already without what `lean_text` drops. With `within`, only these
    spans of the lean text are folded and the rest stays as it is.
    """

    def __init__(
        self,
        original: str,
        apparatus: Sequence[Span] = (),
        *,
        lean: Rewritten | None = None,
        within: Sequence[Window] | None = None,
    ) -> None:
        self._lean = lean or lean_text(original, apparatus)
        self._runs = Rewritten(self._lean.text, _run_edits(self._lean.text, within))
        self.text = self._runs.text

    def start(self, position: int) -> int:
        """The start in the original of a span that starts here."""
        return self._lean.start(self._runs.start(position))

    def end(self, position: int) -> int:
        """The end in the original of a span that ends here."""
        return self._lean.end(self._runs.end(position))

    def cuts(self, start: int, end: int) -> bool:
        """Whether what stands between these positions begins or ends inside of one character of
        the original: "lies" in "ﬂies", which is written with a ligature."""
        return (start > 0 and self.start(start - 1) == self.start(start)) or (
            end < len(self.text) and self.end(end) == self.end(end + 1)
        )


def lean_text(text: str, apparatus: Sequence[Span]) -> Rewritten:
    """The text without apparatus, soft hyphens and the white space beside Chinese and Japanese."""
    lean = Rewritten(text, lean_edits(text, apparatus))
    edits = without_spaces(lean.text)
    return Rewritten(lean.text, edits, before=lean) if edits else lean


def lean_edits(text: str, apparatus: Sequence[Span]) -> list[Edit]:
    """Drop apparatus and soft hyphens, spell out ligatures, compose what is not in NFC."""
    edits: list[Edit] = []
    for span in apparatus:
        if span.kind == ApparatusKind.CELL:
            edits.append((span.start, span.end, ((BORDER, 0, span.end - span.start),)))
        elif not _joins_number(text, span):
            edits.append((span.start, span.end, ()))
    if any(shape in text for shape in (SOFT_HYPHEN, *LIGATURES)):
        edits.extend(_shape_edits(text))
    if not unicodedata.is_normalized("NFC", text):
        edits.extend(_composing_edits(text))
    return _apart(edits)


def _shape_edits(text: str) -> Iterator[Edit]:
    """Spell out ligatures; drop soft hyphens between letters, with a line break behind them."""
    for found in _SHAPES.finditer(text):
        start, end = found.span()
        if found.group() in LIGATURES:
            yield start, end, tuple((letter, 0, 1) for letter in LIGATURES[found.group()])
        elif text[start - 1 : start].isalpha() and text[end : end + 1].isalpha():
            yield start, end, ()


def _apart(edits: list[Edit]) -> list[Edit]:
    """The edits in order, without those that reach into an earlier one."""
    apart: list[Edit] = []
    for edit in sorted(edits, key=lambda each: each[:2]):
        if not apart or edit[0] >= apart[-1][1]:
            apart.append(edit)
    return apart


def _joins_number(text: str, span: Span) -> bool:
    """Whether parts of a number would meet where the span stood: 10<sup>6</sup>, end.¹ 9 without
    its space. A note's mark is printed between the two, so that there every sign counts."""
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    if not _NUMERAL.search(before + after) and not any(map(str.isnumeric, before + after)):
        return False
    if span.kind == ApparatusKind.NOTE and not before[-1:].isspace():
        return re.match(f"[^\\w\\s]?[{_NUMERALS}]", after) is not None
    return bool(re.search(r"\d[.,]?$", before) and re.match(r"[.,]?\d", after)) or (
        before[-1:].isnumeric() and after[:1].isnumeric()
    )


def _composing_edits(text: str) -> Iterator[Edit]:
    """Compose (NFC) each character with the marks and Hangul jamo behind it."""
    start = 0
    for position in range(1, len(text) + 1):
        if position < len(text) and _leans_on_the_one_before(text[position]):
            continue
        cluster = text[start:position]
        composed = unicodedata.normalize("NFC", cluster)
        if composed != cluster:
            yield start, position, tuple((each, 0, position - start) for each in composed)
        start = position


def _leans_on_the_one_before(character: str) -> bool:
    return "\u1160" <= character <= "\u11ff" or unicodedata.category(character).startswith("M")


def _run_edits(text: str, within: Sequence[Window] | None = None) -> Iterator[Edit]:
    """Fold each run of white space, quotation marks and dashes by its context."""
    for window in ((0, len(text)),) if within is None else within:
        for start, end in _runs(text, *window):
            left = _left_kind(text[start - 1]) if start else ""
            pieces = _fold_run(text[start:end], left, _right_kind(text, end))
            if pieces is not None:
                yield start, end, pieces


def _runs(text: str, begin: int, stop: int) -> list[Window]:
    """All runs of white space, quotation marks and dashes but single spaces, in order.

    Neither `begin` nor `stop` is inside of one.
    """
    runs = []
    for found in _RUN.finditer(text, begin, stop):
        start, end = found.span()
        while start and text[start - 1] == " ":
            start -= 1
        runs.append((start, end))
    for found in _SPACES.finditer(text, begin, stop):
        start, end = found.span()
        if not _IS_SPECIAL(text, end) and not (start and _IS_SPECIAL(text, start - 1)):
            runs.append((start, end))
    runs.sort()
    return runs


@lru_cache(maxsize=4096)
def _left_kind(character: str) -> str:
    """The kind of what precedes a run: a digit, the end of an amount (%), a word, or else ""."""
    if character.isnumeric():
        return "digit"
    if character in "%‰‱°" or unicodedata.category(character) == "Sc":
        return "amount"
    return "word" if is_letter(character) else ""


def _right_kind(text: str, position: int) -> str:
    """The kind of what follows a run: a digit, the start of an amount, a word, or else ""."""
    following = text[position : position + 1]
    if "a" <= following <= "z":
        return "word"
    if following.isnumeric():
        return "digit"
    if _NUMBER_AHEAD.match(text, position):
        return "amount"
    return "word" if following and is_letter(following) else ""


@lru_cache(maxsize=16384)
def _fold_run(run: str, left: str, right: str) -> tuple[Piece, ...] | None:
    """The pieces that a run folds into, None where it stays as it is."""
    tokens = [(match.lastgroup or "", *match.span()) for match in _TOKEN.finditer(run)]
    pieces: list[Piece] = []
    absorbed = [False] * (len(tokens) + 2)  # shifted by one: room for a neighbour at either end
    marks = []
    for index, (kind, start, end) in enumerate(tokens):
        mark, takes_before, takes_after = run[start:end], False, False
        if kind == "dash":
            mark, takes_space = _fold_dash(run, tokens, index, left, right)
            takes_before = takes_after = takes_space
        elif kind in ("double", "single"):
            takes_before = mark == "»" and not (right if index == len(tokens) - 1 else "")
            takes_after = mark == "«" and not (left if index == 0 else "")
            mark = _fold_quotation_mark(mark, kind, left, right, alone=len(tokens) == 1)
        marks.append(mark)
        absorbed[index] |= takes_before
        absorbed[index + 2] |= takes_after
    for index, (kind, start, end) in enumerate(tokens):
        words = run[start:end]
        if kind != "space":
            whole = len(marks[index]) != len(words)
            for offset, character in enumerate(marks[index]):
                at = (start, end) if whole else (start + offset, start + offset + 1)
                pieces.append((character, *at))
        elif not absorbed[index + 1] or _PARAGRAPH.search(words):
            part_columns = (
                words == run and left == right == "digit" and not _ONE_SPACE.fullmatch(run)
            )
            pieces.append(("\n" if part_columns else " ", start, end))
    return None if "".join(piece[0] for piece in pieces) == run else tuple(pieces)


def _fold_quotation_mark(mark: str, kind: str, left: str, right: str, *, alone: bool) -> str:
    """Double marks are one, single ones and apostrophes another; between digits only ' and ’."""
    if alone and left == right == "digit" and mark not in "'’":
        return mark
    return '"' if kind == "double" else "'"


def _fold_dash(
    run: str, tokens: list[tuple[str, int, int]], index: int, left: str, right: str
) -> tuple[str, bool]:
    """The folded form of a dash, and whether white space next to it goes (see the module)."""
    marks = run[tokens[index][1] : tokens[index][2]]
    space_before = index > 0 and tokens[index - 1][0] == "space"
    space_after = index + 1 < len(tokens) and tokens[index + 1][0] == "space"
    before = left if index - space_before == 0 else ""
    ahead = right if index + space_after == len(tokens) - 1 else ""
    is_single = len(marks) == 1
    if ahead not in ("digit", "amount"):
        return (marks, False) if MINUS in marks else ("-", True)
    if is_single and not space_after and (space_before or not before):  # a sign
        return (MINUS if marks in ("-", MINUS) else marks), False
    if not is_single or marks == MINUS:
        return marks, False
    if space_before and "\n" in run[: tokens[index][1]]:  # an item of a list
        return marks, False
    if before in ("digit", "amount"):  # a range
        return "-", True
    if marks in HYPHENS and before == "word" and not space_before and "\n" in run:
        return "-", True  # COVID-19, with the end of a line in it
    return ("-", False) if marks in HYPHENS else ("—", True)
