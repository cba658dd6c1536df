"""The text of a layer, folded as far as its quotes need it: read with its apparatus and without.

How a text is folded says `sources.domain.text.folding`.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

from sources.domain.text.apparatus import ApparatusKind, Span
from sources.domain.text.candidates import has_pieces, windows
from sources.domain.text.folding import Folded, lean_text
from sources.domain.text.line_hyphens import LineHyphen, line_hyphens, parted_words
from sources.domain.text.rewriting import Rewritten
from sources.domain.text.segments import blanked
from sources.domain.text.spans import DoubtfulSpan

ASKED = 20  # quotes of one text that are looked for without folding all of it


class Reading:
    """One way to read a text, with its apparatus or without; folded when first needed."""

    def __init__(self, text: str, apparatus: Sequence[Span]) -> None:
        self._text = text
        self._apparatus = apparatus
        self._asked = 0

    @cached_property
    def lean(self) -> Rewritten:
        """The text without what is dropped from it, composed, its ligatures spelt out."""
        return lean_text(self._text, self._apparatus)

    @cached_property
    def whole(self) -> Folded:
        """All of it folded."""
        return Folded(self._text, lean=self.lean)

    def containing(self, words: str) -> Folded | None:
        """The text folded at least wherever these folded words stand; None if that is nowhere.

        Only the windows where they may stand are folded, until so many were asked for that to
        fold all of the text pays.
        """
        self._asked += 1
        if "whole" in self.__dict__ or self._asked > ASKED:
            return self.whole
        within = windows(words, self.lean.text)
        if within is None:
            return self.whole
        return Folded(self._text, lean=self.lean, within=within) if within else None

    def may_hold(self, words: str) -> bool:
        """Whether these folded words may stand in the text; cheap, and a no is certain."""
        return has_pieces(words, self.lean.text)


class FoldedText:
    """The text of a layer, folded as far as its quotes need it and then kept: for many quotes.

    `apparatus` are its spans, sorted and apart from each other, but for the borders of cells, which
    no reading passes over; `doubts` its doubtful spans, in order. Without them nobody looked at the
    ends of its lines yet (`has_doubts`).
    """

    def __init__(
        self,
        text: str,
        apparatus: Sequence[Span] = (),
        doubts: Sequence[DoubtfulSpan] | None = None,
    ) -> None:
        self.text = text
        self.apparatus = tuple(span for span in apparatus if span.kind != ApparatusKind.CELL)
        self._borders = tuple(span for span in apparatus if span.kind == ApparatusKind.CELL)
        self.doubts = tuple(doubts or ())
        self.has_doubts = doubts is not None

    @cached_property
    def marks(self) -> tuple[Span, ...]:
        """The apparatus that has no words: note marks, links, mark-up, but no footnotes."""
        return tuple(span for span in self.apparatus if not span.is_quotable)

    @cached_property
    def blocks(self) -> tuple[tuple[int, int], ...]:
        """Footnotes, running heads and the like, half-open, each whole with the marks in it."""
        blocks: list[list[Span]] = []
        for span in self.apparatus:
            if blocks and blocks[-1][-1].end == span.start:
                blocks[-1].append(span)
            else:
                blocks.append([span])
        return tuple(
            (block[0].start, block[-1].end)
            for block in blocks
            if any(span.is_block for span in block)
        )

    @cached_property
    def apparatus_sets(self) -> tuple[tuple[Span, ...], ...]:
        """The apparatus that each reading of the text leaves out: none, for quotes that kept it;
        the marks, so that a footnote and the like can be quoted; all. Those that would be the same
        are one."""
        sets = [self.apparatus]
        if len(self.marks) < len(self.apparatus):
            sets.insert(0, self.marks)
        return tuple((*spans, *self._borders) for spans in ((), *filter(None, sets)))

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The text read without each of the sets of `apparatus_sets`."""
        return tuple(Reading(self.text, spans) for spans in self.apparatus_sets)

    @cached_property
    def parted_words(self) -> Mapping[str, Sequence[LineHyphen]]:
        """The words that the ends of lines part, each with its hyphens."""
        return parted_words(blanked(self.text, self.blocks))

    @cached_property
    def joined_readings(self) -> tuple[Reading, ...]:
        """The same readings with those words joined that the ends of lines surely part; none where
        there are no such words, or nobody looked."""
        if not self.has_doubts:
            return ()
        *kept, passed = self.apparatus_sets
        joined = [(spans, self._sure_hyphens(self.text)) for spans in kept]
        joined.append((passed, self._sure_hyphens(blanked(self.text, self.blocks))))
        return tuple(
            Reading(self.text, sorted([*spans, *hyphens])) for spans, hyphens in joined if hyphens
        )

    def _sure_hyphens(self, text: str) -> list[Span]:
        """The hyphens at the ends of lines of this text that surely part one word."""
        doubtful = {span.start for span in self.doubts}
        return [
            Span(one.start, one.end, "")
            for one in line_hyphens(text)
            if one.start not in doubtful and one.behind[0].islower()
        ]

    @property
    def kept(self) -> Folded:
        """Folded with all its apparatus in place."""
        return self.readings[0].whole

    @property
    def passed(self) -> Folded:
        """Folded without any of its apparatus."""
        return self.readings[-1].whole
