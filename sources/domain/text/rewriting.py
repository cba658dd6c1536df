"""A text after edits, with the way back from its positions to those of the original."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property

# A folded character and the part of the edited span that it stands for: (character, start, end).
Piece = tuple[str, int, int]
Edit = tuple[int, int, tuple[Piece, ...]]


class Rewritten:
    """A text after edits, with the way back from its positions to those of the original.

    A position is a start or an end: beside something that was dropped these two differ, so that a
    match never takes in what stands outside of it. `before` is the rewriting that made the text
    which is edited here: the way back leads on through it.
    """

    def __init__(
        self, original: str, edits: Iterable[Edit], *, before: "Rewritten | None" = None
    ) -> None:
        self._edits = list(edits)
        self._before = before
        parts: list[str] = []
        cursor = 0
        for start, stop, pieces in self._edits:
            parts.append(original[cursor:start])
            parts.extend([piece[0] for piece in pieces])
            cursor = stop
        parts.append(original[cursor:])
        self.text = "".join(parts)

    @cached_property
    def _anchors(self) -> tuple[list[int], list[int], list[int]]:
        """Positions here at which the distance changes, each as a start and as an end there.

        Made when first asked for: most texts that are searched do not hold the quote.
        """
        at, starts, ends = [0], [0], [0]
        cursor = length = 0
        for start, stop, pieces in self._edits:
            length += start - cursor
            reached = start
            for _, piece_start, piece_end in (*pieces, ("", stop - start, stop - start)):
                at.append(length)
                starts.append(start + piece_start)
                ends.append(reached)
                length += 1
                reached = start + piece_end
            length -= 1
            cursor = stop
        return at, starts, ends

    def start(self, position: int) -> int:
        """The start in the original of a span that starts here."""
        at, starts, _ = self._anchors
        index = bisect_right(at, position) - 1
        start = starts[index] + position - at[index]
        return start if self._before is None else self._before.start(start)

    def end(self, position: int) -> int:
        """The end in the original of a span that ends here."""
        at, starts, ends = self._anchors
        index = bisect_left(at, position)
        if index < len(at) and at[index] == position:
            end = ends[index]
        else:
            end = starts[index - 1] + position - at[index - 1]
        return end if self._before is None else self._before.end(end)
