"""Importing claims, one a line: the whole file or nothing, and a second time without a trace."""

from collections import Counter
from collections.abc import Callable, Container
from datetime import datetime
from typing import IO, TYPE_CHECKING, TypeVar

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Count

from claims.actions.claims.content_rows import found
from claims.actions.conflicts.detection import once_for_all
from claims.actions.dossier.claims import OF_A_FILE, load_claim
from claims.actions.dossier.loading import Loaded
from claims.domain.dossier.claim_lines import ImportRefused, claims_of, place_of
from claims.domain.dossier.claims import Known
from claims.domain.dossier.contents import ClaimEntry, Dossier, PropertyEntry
from claims.domain.dossier.entry_reader import Faults
from claims.domain.dossier.summary import Summary
from claims.domain.text_limits import clean_words
from claims.models import Entity, Property, Topic
from claims.vocabulary import PropertyTime, ValueKind
from sources.actions.action import action
from sources.actions.permission import may, require
from sources.domain.refusals import Refusal, quoted
from sources.models import Series, Source
from sources.vocabulary import Grade, Role

if TYPE_CHECKING:
    from factbase.models import User

ModelT = TypeVar("ModelT", bound=models.Model)

_TELL_EVERY = 1_000


@action
def import_claims(
    *,
    data: IO[bytes],
    file: str,
    namespace: str,
    by: "User",
    at: datetime,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Summary, Counter[str]]:
    """Import the claims of a file that can be read twice; `file` names it in messages.

    What the claims name (sources, entities, properties, topics, series, the accounts that decided)
    is in the database already. A claim is known by `namespace` and id; a changed line makes its
    next version. Conflicts are looked for once, at the end. Returns the summary and what changed
    in the records of conflicts. Raises ImportRefused with all faults; then nothing was imported.
    """
    require(by, Role.CONTRIBUTOR)
    namespace = clean_words(namespace, name="namespace", limit=100, required=True)
    people = {by.username: by}
    faults = Faults(file)
    check(data, faults=faults, known=known_here(by), people=people, at=at)
    loaded = Loaded(
        dossier=Dossier(namespace=namespace, author=by.username),
        at=at,
        people=people,
        change_note=OF_A_FILE,
        sources=RowsByKey(Source),
        topics=RowsByKey(Topic),
    )
    with once_for_all(at=at) as conflicts:
        data.seek(0)
        write(loaded, data, faults=faults, tell=tell)
    return loaded.summary, conflicts


def check(
    data: IO[bytes], *, faults: Faults, known: Known, people: dict[str, "User"], at: datetime
) -> None:
    """Refuse a file with anything wrong in it, before anything is written or locked."""
    for number, claim in claims_of(data, faults=faults, known=known):
        check_decision(claim, number, faults=faults, people=people, at=at)
    if faults.found:
        raise ImportRefused(faults.found)


def check_decision(
    claim: ClaimEntry, number: int, *, faults: Faults, people: dict[str, "User"], at: datetime
) -> None:
    """Note a decision that nobody here could have taken."""
    decision, place = claim.decision, place_of(number, {"id": claim.id})
    if not decision.status.is_decided or not decision.decided_by:
        return
    person = account_of(decision.decided_by, people)
    if person is None:
        faults.add(
            place,
            "unknown_account",
            f"There is no active account {quoted(decision.decided_by)}, and an import makes none.",
        )
    elif not may(person, decision.status.role):
        faults.add(
            place,
            "not_permitted",
            f"{quoted(decision.decided_by)} has the role {Role(person.role).label.lower()}; "
            f"this takes the role {decision.status.role.label.lower()}.",
        )
    if decision.decided_at is not None and decision.decided_at > at:
        faults.add(
            place,
            "ahead",
            f"It was decided at {decision.decided_at:%Y-%m-%d %H:%M} UTC, which lies ahead.",
        )


def account_of(name: str, people: dict[str, "User"]) -> "User | None":
    """The active account of that name; `people` are those that were read before."""
    if name not in people:
        person = get_user_model().objects.filter(username=name, is_active=True).first()
        if person is None:
            return None
        people[name] = person
    return people[name]


def write(loaded: Loaded, data: IO[bytes], *, faults: Faults, tell: Callable[[str], None]) -> None:
    """Write each claim; all that the rows refuse is noted, and refused together at the end."""
    grades: dict[int, Grade] = {}
    known = known_here(loaded.author)
    for count, (number, claim) in enumerate(claims_of(data, faults=faults, known=known), start=1):
        try:
            with transaction.atomic():
                grades |= load_claim(loaded, claim)
        except Refusal as refusal:
            faults.pass_on(place_of(number, {"id": claim.id}), refusal)
        if count % _TELL_EVERY == 0:
            tell(f"{count:,} claims")
    if faults.found:
        raise ImportRefused(faults.found)
    loaded.summary.grades.update(grades.values())


def known_here(by: "User") -> Known:
    """What is in the database for claims to name. A name that several topics have names none."""
    topics: dict[str, str] = dict(
        Topic.objects.values("name")
        .annotate(topics=Count("pk"), key=models.Min("key"))
        .filter(topics=1)
        .values_list("name", "key")
    )
    topics |= {key: key for key in Topic.objects.values_list("key", flat=True)}
    return Known(
        author=by.username,
        sources=Keys(Source),
        series=Keys(Series),
        entities=Keys(Entity),
        properties={
            one.key: PropertyEntry(
                key=one.key,
                label=one.label,
                value_kind=ValueKind(one.value_kind),
                unit=one.unit,
                single_valued=one.single_valued,
                time=PropertyTime(one.time),
            )
            for one in Property.objects.all()
        },
        topics=topics,
        where="this database",
    )


class Keys(Container[str]):
    """The keys that rows of a model have, each looked up once."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.known: dict[object, bool] = {}

    def __contains__(self, key: object) -> bool:
        """Whether a row has this key."""
        if key not in self.known:
            self.known[key] = self.model._default_manager.filter(key=key).exists()
        return self.known[key]


class RowsByKey(dict[str, ModelT]):
    """The rows of a model by key, each read once."""

    def __init__(self, model: type[ModelT]) -> None:
        super().__init__()
        self.model = model

    def __missing__(self, key: str) -> ModelT:
        self[key] = found(self.model, key)
        return self[key]
