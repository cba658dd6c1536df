"""The contents of the versions of the filled base: drawn by chance, read as if they were typed."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from typing import Any

from claims.actions.claims.content_rows import pg_range
from claims.domain.content import Absence, Content, Described, Term
from claims.domain.values.value import Period, Value, parse_period, parse_value
from claims.models import Property
from claims.vocabulary import Mode, ValueKind
from tests.benchmarks.base.catalogue import Catalogue
from tests.benchmarks.base.sources import Library
from tests.benchmarks.base.words import ABSENT_TERMS, PRESENT_TERM, Prose

BASES = ("", "", "national definition", "market prices", "constant prices")
PERIODS = (
    *(str(year) for year in range(2012, 2026)),
    *(f"2024-{month:02}" for month in range(1, 13)),
    *("2020/2022", "2019/2021", "2024-05-08", "2022/.."),
)
DESCRIPTIONS = ("a senior official", "an engineer at the site", "two people familiar with it")
ASSERTED_ON = ("", "2024-05-08", "2024-06", "2023", "")
# One claim in this many repeats the question of the one before it, and so may contradict it.
REPEATS = 25


@dataclass(frozen=True)
class Question:
    """A question that a claim answers: ids of subject and aspect, the property, basis, period."""

    subject: int
    property: Property
    aspect: int | None
    basis: str
    period: str


@dataclass(frozen=True)
class Drawn:
    """The content of a version with its columns, and the ids of the rows that it names."""

    content: Content
    columns: dict[str, Any]
    question: Question | None
    asserters: tuple[tuple[int | None, str], ...]
    series: int | None = None
    documents: tuple[int, ...] = ()


@cache
def read_value(typed: str, kind: ValueKind, unit: str) -> Value:
    """A typed value as the product reads it; the same ones come often."""
    return parse_value(typed, kind=kind, unit=unit)


@cache
def read_period(typed: str) -> Period:
    """A typed period as the product reads it."""
    return parse_period(typed)


class Drawing:
    """Draws contents one after the other, so that the same chance gives the same ones."""

    def __init__(self, prose: Prose, library: Library, catalogue: Catalogue) -> None:
        self.prose = prose
        self.chance: Random = prose.chance
        self.library = library
        self.catalogue = catalogue
        self.last: Question | None = None

    def draw(self, number: int) -> Drawn:
        """The content of the claim of that number.

        Three of ten have no property. Of the others one in 25 asks what the one before it asked,
        and another one in 25 the same on another basis.
        """
        chance = self.chance
        asserters = self.asserters()
        modes = list(Mode) if asserters else [Mode.STATED, Mode.STATED, Mode.ESTIMATED]
        typed: dict[str, Any] = {
            "statement": self.prose.statement(number),
            "mode": chance.choice(modes).value,
            "asserted_on": chance.choice(ASSERTED_ON),
            "asserted_by": tuple(
                self.catalogue.entities[entity] if entity else Described(description)
                for entity, description in asserters
            ),
        }
        if chance.random() < 0.03:
            return self.absence(typed, asserters)
        if chance.random() < 0.3:
            subject = self.entity() if chance.random() < 0.5 else None
            period = chance.choice(PERIODS) if chance.random() < 0.5 else ""
            key = self.catalogue.entities[subject] if subject else None
            content = Content(**typed, subject=key, period=period)
            return Drawn(content, self.columns(content, None, subject, None), None, asserters)
        question = self.question(number)
        self.last = question
        return self.answer(typed, question, asserters)

    def question(self, number: int) -> Question:
        """The answer of the claim."""
        chance, last = self.chance, self.last
        if last is not None and number % REPEATS == 0:
            return last
        if last is not None and number % REPEATS == 10:
            basis = next(basis for basis in reversed(BASES) if basis != last.basis)
            return Question(last.subject, last.property, last.aspect, basis, last.period)
        return Question(
            subject=self.entity(),
            property=chance.choice(self.catalogue.properties[:-1]),
            aspect=chance.randint(3, len(self.catalogue.topics)) if chance.random() < 0.1 else None,
            basis=chance.choice(BASES),
            period=chance.choice(PERIODS) if chance.random() < 0.9 else "",
        )

    def answer(
        self,
        typed: dict[str, Any],
        question: Question,
        asserters: tuple[tuple[int | None, str], ...],
    ) -> Drawn:
        """An answer to a question, in the grammar of its property."""
        catalogue, entity = self.catalogue, None
        value = self.typed_value(question.property)
        if question.property.value_kind == ValueKind.ENTITY:
            entity = self.entity()
            value = catalogue.entities[entity]
        content = Content(
            **typed,
            subject=catalogue.entities[question.subject],
            property=question.property.key,
            aspect=catalogue.topics[question.aspect] if question.aspect else None,
            basis=question.basis,
            value=value,
            as_written=f"“{value}”" if self.chance.random() < 0.5 else "",
            approximate=value.startswith("~"),
            period=question.period,
        )
        columns = self.columns(content, question.property, question.subject, entity)
        columns["aspect_id"] = question.aspect
        return Drawn(content, columns, question, asserters)

    def absence(
        self, typed: dict[str, Any], asserters: tuple[tuple[int | None, str], ...]
    ) -> Drawn:
        """That words are in no document of a series, or of two sources; in one of ten they are."""
        chance, catalogue, library = self.chance, self.catalogue, self.library
        series = chance.choice(list(library.series))
        documents = tuple(chance.sample(sorted(library.documents), 2))
        is_of_series = chance.random() < 0.7
        terms = chance.sample(ABSENT_TERMS, 2)
        if chance.random() < 0.1:
            terms[1] = PRESENT_TERM
        question = Question(
            subject=catalogue.of_series[series] if is_of_series else self.entity(),
            property=catalogue.presence,
            aspect=chance.randint(3, len(catalogue.topics)),
            basis=terms[0],
            period="",
        )
        content = Content(
            **typed,
            subject=catalogue.entities[question.subject],
            property=question.property.key,
            aspect=catalogue.topics[question.aspect or 0],
            basis=question.basis,
            value="absent",
            absence=Absence(
                terms=tuple(Term(term) for term in terms),
                series=library.series[series][0] if is_of_series else None,
                sources=() if is_of_series else tuple(library.keys[one] for one in documents),
            ),
        )
        columns = self.columns(content, question.property, question.subject, None)
        columns["aspect_id"] = question.aspect
        if is_of_series:
            return Drawn(content, columns, question, asserters, series=series)
        return Drawn(content, columns, question, asserters, documents=documents)

    def entity(self) -> int:
        """An entity; those with low numbers come more often."""
        count = len(self.catalogue.entities)
        return 1 + int(count * self.chance.random() ** 2)

    def asserters(self) -> tuple[tuple[int | None, str], ...]:
        """Who says it: in two of three claims nobody is named, in others a chain of one or two."""
        chance = self.chance
        draw = chance.random()
        if draw < 0.65:
            return ()
        described = (None, chance.choice(DESCRIPTIONS))
        if draw < 0.72:
            return (described,)
        first = (self.entity(), "")
        if draw < 0.92:
            return (first,)
        return (first, described) if draw < 0.96 else (first, (self.entity(), ""))

    def typed_value(self, prop: Property) -> str:
        """A value of a property, as somebody types it."""
        chance = self.chance
        match ValueKind(prop.value_kind):
            case ValueKind.QUANTITY:
                number = f"{chance.randint(1, 999) / 10:g}"
                marks = ("", "", "", "", "~", ">= ")
                return f"{chance.choice(marks)}{number}"
            case ValueKind.COUNT:
                return str(chance.randint(1, 500))
            case ValueKind.DATE:
                return date(chance.randint(2001, 2024), chance.randint(1, 12), 1).isoformat()
            case ValueKind.TRUTH:
                return chance.choice(("true", "false"))
            case ValueKind.PRESENCE:
                return "present"
            case _:
                return " ".join(self.prose.words(2))

    def columns(
        self, content: Content, prop: Property | None, subject: int | None, entity: int | None
    ) -> dict[str, Any]:
        """The columns of subject, property, value and period."""
        columns: dict[str, Any] = {"subject_id": subject, "property_id": prop.pk if prop else None}
        if content.period:
            columns["period_days"] = pg_range(read_period(content.period).days)
        if prop is None:
            return columns
        value = read_value(content.value, ValueKind(prop.value_kind), prop.unit)
        return columns | {
            "amount": pg_range(value.amount),
            "point": value.point,
            "dates": pg_range(value.dates),
            "truth": value.truth,
            "value_entity_id": entity,
            "value_text": value.text,
        }
