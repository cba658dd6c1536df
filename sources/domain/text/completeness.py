"""How much of a file its text has, by an independent count of the file's words."""

from dataclasses import dataclass

# Below this share of its words a text is a fragment: what is absent from it may be in the file.
WHOLE = 0.9


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many words of a file are in its text, counted without the reader that made the text.

    `counted` are the words of the file's body, `kept` those of them that are in the text, `aside`
    the words of navigation and the like, which belong to no body. `missing` are a few short pieces
    of what is not in the text, as the file has them.
    """

    counted: int
    kept: int
    aside: int = 0
    missing: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The share of the words that are in the text, 0 to 1; 1 where the file has none."""
        return min(1.0, self.kept / self.counted) if self.counted else 1.0

    @property
    def is_fragment(self) -> bool:
        """Whether less is in the text than can pass for the whole."""
        return self.share < WHOLE
