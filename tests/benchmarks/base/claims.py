"""Claims of the filled base, with their versions, evidence, reviews and flags."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from django.db import models
from psycopg.types.range import Range

from claims.domain.conflicts.detection_key import detection_key
from claims.domain.content import (
    HASH_FORMAT,
    TYPED_FIELDS,
    PremiseGiven,
    Quoted,
    content_hash,
)
from claims.models import (
    Asserter,
    Claim,
    ClaimTopic,
    Evidence,
    Flag,
    Judgement,
    Premise,
    Review,
    Version,
)
from claims.vocabulary import Decision, FlagKind, Stance, Status
from sources.domain.text.search_folding import fold_for_search
from sources.models import Excerpt, Grading, Withholding
from tests.benchmarks.base.absences import TABLES as ABSENCE_TABLES
from tests.benchmarks.base.absences import Searches
from tests.benchmarks.base.catalogue import Catalogue
from tests.benchmarks.base.contents import Drawing, Drawn
from tests.benchmarks.base.load import load
from tests.benchmarks.base.sources import BEGINNING, Library

TABLES = (*(Claim, ClaimTopic, Version, Asserter, Evidence, Premise, Review, Judgement, Flag),)
BATCH = 10_000
NAMESPACE = "filled"
FUTURE = datetime(2100, 1, 1, tzinfo=UTC)
RETRACTED_AT = datetime(2025, 6, 1, 9, tzinfo=UTC)
TAKEN_OFF_AT = datetime(2025, 6, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stage:
    """A version in the life of a claim.

    `begins` and `ends` bound its publication: "soon" is a day after it was recorded, "next" when
    the next version begins.
    """

    status: Status
    begins: str = ""
    ends: str = ""
    is_compared: bool = False


_PUBLISHED = Stage(Status.APPROVED, "soon", is_compared=True)
# How often of a hundred a claim has which versions.
LIVES: tuple[tuple[str, float, tuple[Stage, ...]], ...] = (
    ("published", 70, (_PUBLISHED,)),
    ("replaced", 7, (Stage(Status.APPROVED, "soon", "next"), _PUBLISHED)),
    ("amended", 3, (_PUBLISHED, Stage(Status.SUBMITTED, is_compared=True))),
    ("redrafted", 1, (_PUBLISHED, Stage(Status.DRAFT))),
    ("retracted", 2, (Stage(Status.APPROVED, "soon"),)),
    ("taken off", 2, (Stage(Status.APPROVED, "soon", "taken off"),)),
    ("to come", 1.5, (Stage(Status.APPROVED, "future", is_compared=True),)),
    (
        "to be replaced",
        1,
        (
            Stage(Status.APPROVED, "soon", "future", is_compared=True),
            Stage(Status.APPROVED, "future", is_compared=True),
        ),
    ),
    ("on hold", 1, (Stage(Status.APPROVED, is_compared=True),)),
    ("submitted", 5, (Stage(Status.SUBMITTED, is_compared=True),)),
    ("draft", 3, (Stage(Status.DRAFT),)),
    ("sent back", 2, (Stage(Status.CHANGES_REQUESTED),)),
    ("rejected", 1, (Stage(Status.REJECTED),)),
    ("withdrawn", 0.5, (Stage(Status.WITHDRAWN),)),
)
DECISIONS = {
    Status.APPROVED: Decision.APPROVE,
    Status.CHANGES_REQUESTED: Decision.REQUEST_CHANGES,
    Status.REJECTED: Decision.REJECT,
}


@dataclass(frozen=True)
class People:
    """The ids of the accounts that do what is done in the base."""

    contributor: int
    reviewer: int
    editor: int


@dataclass(frozen=True)
class UsedQuote:
    """A quote with what the hash of a version has of it."""

    excerpt: int
    exact: str
    source: int
    locator: str


class Claims:
    """Writes claims in batches; each is drawn by chance and numbered from 1."""

    def __init__(
        self, chance: Random, library: Library, catalogue: Catalogue, people: People
    ) -> None:
        self.chance = chance
        self.library = library
        self.catalogue = catalogue
        self.people = people
        self.drawing = Drawing(library.prose, library, catalogue)
        self.searches = Searches(library)
        self.rows: dict[type[models.Model], list[dict[str, Any]]] = defaultdict(list)
        self.numbers: dict[type[models.Model], Iterator[int]] = defaultdict(lambda: count(1))
        # Approved versions and quotes of the last claims, for others to rest on.
        self.grounds: deque[tuple[int, PremiseGiven]] = deque(maxlen=1_000)
        self.quotes: deque[UsedQuote] = deque(maxlen=1_000)

    def load(self, size: int) -> None:
        """Write so many claims."""
        lives = self.chance.choices(LIVES, [share for _name, share, _stages in LIVES], k=size)
        for number, (name, _share, stages) in enumerate(lives, start=1):
            self.add_claim(number, name, stages)
            if number % BATCH == 0 or number == size:
                self.write()

    def write(self) -> None:
        """Write what was added, tables that others refer to first."""
        order = (
            *(Claim, ClaimTopic, Excerpt, Grading, Withholding, Version, Asserter),
            *(Evidence, Premise, Review, Judgement, *ABSENCE_TABLES, Flag),
        )
        for model in order:
            load(model, self.rows.pop(model, []))
        assert not self.rows, f"Nothing writes {list(self.rows)}."

    def add(self, model: type[models.Model], **row: Any) -> int:
        """Add a row with the next id, which is returned."""
        number = next(self.numbers[model])
        self.rows[model].append({"id": number, **row})
        return number

    def add_claim(self, number: int, life: str, stages: tuple[Stage, ...]) -> None:
        """Add a claim with its topics, and a version for each stage."""
        chance, people = self.chance, self.people
        at = BEGINNING + timedelta(minutes=number % 500_000)
        retraction: dict[str, Any] = {}
        if life == "retracted":
            retraction = {
                "retracted_at": RETRACTED_AT,
                "retracted_by_id": people.editor,
                "retracted_reason": "It was wrong.",
            }
        self.add(
            Claim,
            uuid=UUID(int=chance.getrandbits(128), version=4),
            namespace=NAMESPACE,
            external_id=str(number),
            created_at=at,
            created_by_id=people.contributor,
            **retraction,
        )
        for topic in self.topics():
            self.add(ClaimTopic, claim_id=number, topic_id=topic)
        drawn = self.drawing.draw(number)
        quotes = self.evidence()
        for position, stage in enumerate(stages, start=1):
            if position > 1:
                drawn = self.rewritten(drawn, number)
            self.add_version(
                number,
                position,
                stage,
                drawn,
                quotes,
                at + (position - 1) * 30 * DAY,
                is_last=position == len(stages),
            )
        if chance.random() < 0.02:
            closed: dict[str, Any] = {}
            if chance.random() < 0.5:
                closed = {"closed_at": TAKEN_OFF_AT, "closed_by_id": people.editor}
            self.add(
                Flag,
                claim_id=number,
                kind=FlagKind.READER_NOTE.value,
                cause="A reader doubts it.",
                opened_at=RETRACTED_AT,
                **closed,
            )

    def topics(self) -> list[int]:
        """The topics of a claim: the common and the rare one at times, and up to two others."""
        chance = self.chance
        common = [1] if chance.random() < 0.4 else []
        rare = [2] if chance.random() < 0.01 else []
        others = chance.sample(range(3, len(self.catalogue.topics) + 1), chance.randint(0, 2))
        return [*common, *rare, *others]

    def evidence(self) -> list[tuple[UsedQuote, Stance, int | None]]:
        """The quotes of a claim, 1.5 of them: each with its stance and an origin of its own."""
        chance = self.chance
        found: dict[int, tuple[UsedQuote, Stance, int | None]] = {}
        (wanted,) = chance.choices((1, 2, 3), (55, 40, 5))
        while len(found) < wanted:
            if self.quotes and chance.random() < 0.05:
                quote = chance.choice(self.quotes)
            else:
                quote = self.new_quote()
            (stance,) = chance.choices(list(Stance), (90, 4, 6))
            own = chance.randint(1, len(self.library.keys)) if chance.random() < 0.03 else None
            own = None if own == quote.source else own
            found.setdefault(quote.excerpt, (quote, stance, own))
        return list(found.values())

    def new_quote(self) -> UsedQuote:
        """Add an excerpt with its grading, and perhaps its withholding."""
        excerpt, grading, withholding = self.library.quote()
        self.rows[Excerpt].append(dict(excerpt))
        self.rows[Grading].append(dict(grading))
        quote = UsedQuote(excerpt["id"], excerpt["exact"], excerpt["source_id"], excerpt["locator"])
        if withholding is not None:
            self.rows[Withholding].append(dict(withholding))
        else:
            self.quotes.append(quote)
        return quote

    def rewritten(self, drawn: Drawn, number: int) -> Drawn:
        """The same content in other words."""
        statement = self.library.prose.statement(number)
        return replace(drawn, content=replace(drawn.content, statement=statement))

    def add_version(
        self,
        claim: int,
        position: int,
        stage: Stage,
        drawn: Drawn,
        quotes: list[tuple[UsedQuote, Stance, int | None]],
        at: datetime,
        *,
        is_last: bool,
    ) -> None:
        """Add a version with all that belongs to its content, and its review."""
        chance, people, keys = self.chance, self.people, self.library.keys
        premises = self.premises()
        content = replace(drawn.content, premises=tuple(given for _version, given in premises))
        salt = f"{chance.getrandbits(128):032x}"
        quoted = [
            Quoted(one.exact, keys[one.source], one.locator, stance, keys[own] if own else None)
            for one, stance, own in quotes
        ]
        digest = content_hash(content, quoted, salt=salt)
        taken_off: dict[str, Any] = {}
        if stage.ends == "taken off":
            taken_off = {
                "taken_off_at": TAKEN_OFF_AT,
                "taken_off_by_id": people.editor,
                "taken_off_reason": "It names a person.",
            }
        version = self.add(
            Version,
            claim_id=claim,
            number=position,
            author_id=people.contributor,
            change_note="Other words." if position > 1 else "",
            recorded_at=at,
            status=stage.status.value,
            published=published(stage, at),
            **taken_off,
            content_hash=digest,
            hash_format=HASH_FORMAT,
            salt=salt,
            **{name: getattr(content, name) for name in TYPED_FIELDS},
            **drawn.columns,
            detection_key=self.key_of(drawn, drawn.question.basis if drawn.question else ""),
            key_without_basis=self.key_of(drawn, ""),
            is_compared=stage.is_compared,
            counts_by_value=bool(premises or content.absence or not quotes)
            or any(stance is Stance.SUPPORTS for _one, stance, _own in quotes),
            is_newest=is_last,
            search_text=fold_for_search(f"{content.statement} {content.as_written}"),
        )
        for place, (entity, description) in enumerate(drawn.asserters):
            self.add(
                Asserter,
                version_id=version,
                position=place,
                entity_id=entity,
                description=description,
            )
        for rests_on, given in premises:
            self.add(Premise, version_id=version, rests_on_id=rests_on, formula=given.formula)
        is_searched = stage.status != Status.DRAFT
        for model, row in self.searches.rows(drawn, version, at=at, is_searched=is_searched):
            self.rows[model].append(row)
        evidence = [
            self.add(
                Evidence,
                version_id=version,
                excerpt_id=one.excerpt,
                stance=stance.value,
                own_origin_id=own,
            )
            for one, stance, own in quotes
        ]
        if stage.status in DECISIONS:
            self.add_review(version, DECISIONS[stage.status], digest, evidence, at)
        if stage.status == Status.APPROVED:
            self.grounds.append((version, PremiseGiven(f"C{claim}/v{position}", digest)))

    def premises(self) -> list[tuple[int, PremiseGiven]]:
        """The versions that one in thirty rests on, one or two; half of them with a formula."""
        chance = self.chance
        if len(self.grounds) < 2 or chance.random() > 1 / 30:
            return []
        chosen = chance.sample(self.grounds, chance.randint(1, 2))
        if chance.random() < 0.5:
            return chosen
        formula = " + ".join(given.version.partition("/")[0] for _version, given in chosen)
        return [(version, replace(given, formula=formula)) for version, given in chosen]

    def add_review(
        self, version: int, decision: Decision, digest: str, evidence: list[int], at: datetime
    ) -> None:
        """Add the decision on a version, with a judgement on each piece of evidence."""
        review = self.add(
            Review,
            version_id=version,
            author_id=self.people.contributor,
            content_hash=digest,
            reviewer_id=self.people.reviewer,
            decision=decision.value,
            note="" if decision == Decision.APPROVE else "The second quote says less.",
            decided_at=at + DAY,
        )
        for piece in evidence:
            self.add(Judgement, review_id=review, evidence_id=piece, makes_claim=True)

    def key_of(self, drawn: Drawn, basis: str) -> str | None:
        """The detection key of a content on a basis, as conflict detection computes it."""
        asked, catalogue = drawn.question, self.catalogue
        if asked is None:
            return None
        subject = catalogue.survivors.get(asked.subject, asked.subject)
        aspect = catalogue.topics[asked.aspect] if asked.aspect else None
        return detection_key(catalogue.entities[subject], asked.property.key, aspect, basis)


def published(stage: Stage, at: datetime) -> Range[datetime] | None:
    """When readers see a version of a stage that was recorded at that time."""
    if not stage.begins:
        return None
    begins = FUTURE if stage.begins == "future" else at + DAY
    ends = {"next": at + 31 * DAY, "future": FUTURE, "taken off": TAKEN_OFF_AT}
    return Range(begins, ends.get(stage.ends), "[)")
