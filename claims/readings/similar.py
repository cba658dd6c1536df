"""Claims that are like a version, as far as a reader may know of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.domain.similarity import Likeness, likeness
from claims.domain.values.value import text_key
from claims.models import Entity, Version
from claims.querysets.similar import Among, same_answer, sharing_words
from claims.readings.wording import asserter_text
from claims.vocabulary import Difference, Mode, Resemblance
from sources.querysets.readers import is_staff
from sources.readings.reader import Reader

# Statements that are less alike have little more in common than what any two sentences have.
MIN_SCORE = 60
# So many are listed at most.
MAX_SIMILAR = 20

VALUES = ("amount", "dates", "truth", "value_entity_id")


@dataclass(frozen=True)
class Similar:
    """A version that is like another: by how many of 100 its words are, and in what it differs."""

    version: Version
    resemblance: Resemblance
    score: int
    differs: tuple[Difference, ...]


def similar_to(
    version: Version, *, reader: Any, at: datetime, most: int = MAX_SIMILAR
) -> list[Similar]:
    """The other claims that repeat a version or are like it: repetitions first, then by score.

    Each claim comes once, in the version that is most alike; the search of staff takes in what
    is not published. The version need not be in the database. A property said of what
    stands for a source that the reader may not know tells nothing here: that two claims are about
    one such source is not for them to learn.
    """
    to = Reader(reader, at)
    among = Among(None if is_staff(reader) else at)
    answers = set(same_answer(version)) if may_know_entities(version, to) else set()
    others = Version.objects.at_hand(reader, at).exclude(claim=version.claim_id)
    found = others.filter(pk__in=answers.union(sharing_words(version.statement, among=among)))
    scored = {
        pk: likeness(version.statement, statement)
        for pk, statement in found.values_list("pk", "statement")
    }
    near = {pk for pk, one in scored.items() if one.score >= MIN_SCORE or pk in answers}
    rows = Version.objects.filter(pk__in=near).in_position()
    compared = [resemblance_of(version, other, scored[other.pk], to) for other in rows]
    best: dict[int, Similar] = {}
    for one in sorted((one for one in compared if is_near(one)), key=_nearest_first):
        best.setdefault(one.version.claim_id, one)
    return list(best.values())[:most]


def resemblance_of(version: Version, other: Version, words: Likeness, to: Reader) -> Similar:
    """Compare a version with another whose words are so alike.

    It repeats it where the same person says the same words, or the same value of the same
    question and period; numbers that stand beside that value may differ.
    """
    differs = set(words.differs)
    if asserter_text(version.asserters.all(), to=to) != asserter_text(other.asserters.all(), to=to):
        differs.add(Difference.ASSERTER)
    has_answers = all(one.property_id and may_know_entities(one, to) for one in (version, other))
    if has_answers:
        differs |= set(_between_answers(version, other))
    is_same = words.is_same or (has_answers and differs.isdisjoint(ANSWERS))
    repeats = is_same and differs <= {Difference.NUMBERS}
    return Similar(
        version=other,
        resemblance=Resemblance.REPEATS if repeats else Resemblance.ALIKE,
        score=words.score,
        differs=tuple(one for one in Difference if one in differs),
    )


# What two versions can differ in whose property says the same.
ANSWERS = {
    Difference.QUESTION,
    Difference.PERIOD,
    Difference.WITHOUT_PERIOD,
    Difference.VALUE,
}


def is_near(similar: Similar) -> bool:
    """Whether it is worth a look: it repeats, its words are alike, or its answer is the same."""
    return (
        similar.resemblance is Resemblance.REPEATS
        or similar.score >= MIN_SCORE
        or ANSWERS.isdisjoint(similar.differs)
    )


def may_know_entities(version: Version, to: Reader) -> bool:
    """Whether the reader may know of what a version's property is said, and its value."""
    entities: Iterable[Entity | None] = (version.subject, version.value_entity)
    return all(
        entity is None or entity.source is None or to.knows(entity.source) for entity in entities
    )


def _between_answers(one: Version, other: Version) -> Iterable[Difference]:
    """In what the answers of two versions with a property differ."""
    are_prospective = {Mode(version.mode).is_prospective for version in (one, other)}
    if one.detection_key != other.detection_key or len(are_prospective) > 1:
        yield Difference.QUESTION
        return
    if (one.period_days is None) != (other.period_days is None):
        yield Difference.WITHOUT_PERIOD
    elif one.period_days != other.period_days:
        yield Difference.PERIOD
    if _value_of(one) != _value_of(other):
        yield Difference.VALUE


def _value_of(version: Version) -> list[Any]:
    """The parts of a value by which it is compared; a text in all its spellings is one."""
    text = version.value_text
    return [*(getattr(version, column) for column in VALUES), text and text_key(text)]


def _nearest_first(similar: Similar) -> tuple[bool, int, int, int]:
    """The order in which people want to see them."""
    version = similar.version
    is_alike = similar.resemblance is Resemblance.ALIKE
    return (is_alike, -similar.score, version.claim_id, -version.number)
