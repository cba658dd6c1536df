"""The summary of a load, by which a person can check it."""

from collections import Counter
from dataclasses import dataclass, field

from sources.vocabulary import Grade


@dataclass
class Tally:
    """How many entries of one kind were new, changed, or there as they are."""

    new: int = 0
    changed: int = 0
    skipped: int = 0


@dataclass(frozen=True)
class Unverified:
    """A quote that the archived text does not carry: of which claim, from which source."""

    claim: str
    source: str
    grade: Grade
    quote: str


@dataclass(frozen=True)
class Held:
    """An approval that came in as submitted, and why."""

    claim: str
    reason: str


@dataclass(frozen=True)
class Undated:
    """A claim that differs from others and is not compared with them, since either it or they are
    without a period: their versions."""

    claim: str
    others: tuple[str, ...]


@dataclass
class Summary:
    """Counts of what was new, changed and skipped, grades of the quotes, and things to look at.

    `evidence` counts the pieces of evidence of new and changed versions, and those that stand.
    """

    sources: Tally = field(default_factory=Tally)
    captures: Tally = field(default_factory=Tally)
    series: Tally = field(default_factory=Tally)
    topics: Tally = field(default_factory=Tally)
    entities: Tally = field(default_factory=Tally)
    properties: Tally = field(default_factory=Tally)
    dictionaries: Tally = field(default_factory=Tally)
    claims: Tally = field(default_factory=Tally)
    evidence: Tally = field(default_factory=Tally)
    decisions: Tally = field(default_factory=Tally)
    conflicts: Tally = field(default_factory=Tally)
    grades: Counter[Grade] = field(default_factory=Counter)
    unverified: list[Unverified] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    undated: list[Undated] = field(default_factory=list)
    above_whole: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)

    def tallies(self) -> dict[str, Tally]:
        """Each kind of entry by name, in the order of loading."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Tally)}

    @property
    def is_nothing_new(self) -> bool:
        """Whether the load changed nothing."""
        return not any(tally.new or tally.changed for tally in self.tallies().values())
