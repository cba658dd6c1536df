"""Importing claims, one a line: checked as a whole, then written batch by batch."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction

from claims.actions.conflicts.detection import detect_at_the_end
from claims.actions.dossier.claims import (
    count_unchanged,
    load_claim,
    note_undated,
    wording_of,
)
from claims.actions.dossier.known_rows import RowsByKey, known_here
from claims.actions.dossier.loading import Loaded
from claims.actions.dossier.stored import OF_A_FILE, stored_claims
from claims.domain.dossier.claim_lines import ImportRefused, batches_of, line_place
from claims.domain.dossier.claims import ClaimEntry
from claims.domain.dossier.contents import Dossier
from claims.domain.dossier.faults import Faults
from claims.domain.dossier.fields import Known
from claims.domain.dossier.summary import Summary
from claims.domain.text_limits import clean_words
from claims.models import Topic
from sources.actions.action import Clock, action_transaction, set_history_time
from sources.actions.permission import may, require
from sources.actions.quotes.excerpts import search_quotes
from sources.actions.sources import lock_sources
from sources.domain.refusals import Refusal, quoted
from sources.models import Source
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

Lines = Sequence[tuple[int, ClaimEntry]]

# Claims that are written in one transaction; who else saves a claim waits until it ends.
MAX_WRITTEN = 100


def import_claims(
    *,
    data: IO[bytes],
    file: str,
    namespace: str,
    by: "User",
    at: datetime,
    notify: Callable[[str], None] = lambda _: None,
    now: Clock | None = None,
) -> tuple[Summary, Counter[str]]:
    """Import the claims of a file that can be read twice; `file` names it in messages.

    What the claims name (sources, entities, properties, topics, series, the accounts that decided)
    is in the database already. A claim is known by `namespace` and id; a changed line makes its
    next version. The whole file is checked first. Then MAX_BATCH lines at a time are read and
    compared with what is there, and those that change something are written, MAX_WRITTEN in one
    transaction, their quotes searched for before and conflicts looked for at its end. Lines that
    change nothing lock nothing. Each transaction has the time that `now` gives under its locks,
    else `at`. Returns the summary and what changed in the records of conflicts.

    Raises ImportRefused with all faults of the file, and nothing is imported; or with those that
    the rows refuse in one transaction: then the lines before it are in, `imported` is the last of
    them, and importing the file again goes on from there.
    """
    require(by, Role.CONTRIBUTOR)
    namespace = clean_words(namespace, name="namespace", limit=100, required=True)
    people = {by.username: by}
    faults, known = Faults(file), known_here(by)
    check(data, faults=faults, known=known, people=people, at=at)
    loaded = Loaded(
        dossier=Dossier(namespace=namespace, author=by.username),
        at=at,
        people=people,
        change_note=OF_A_FILE,
        sources=RowsByKey(Source),
        topics=RowsByKey(Topic),
    )
    conflicts: Counter[str] = Counter()
    imported = 0
    data.seek(0)
    for batch in batches_of(data, faults=faults, known=known):
        first = batch[0][0]
        try:
            for lines in in_parts(lines_that_change(loaded, batch)):
                first = lines[0][0]
                loaded.matches = search_quotes(
                    wording_of(loaded, piece)
                    for _number, claim in lines
                    for piece in claim.evidence
                )
                conflicts += write_lines(
                    loaded=loaded, lines=lines, file=file, by=by, now=now or (lambda: at)
                )
                note_undated(loaded)
        except Refusal as refusal:
            imported = max((line for line, _claim in batch if line < first), default=imported)
            faults_found = refusal.faults if isinstance(refusal, ImportRefused) else [refusal]
            raise ImportRefused(faults_found, imported=imported) from refusal
        imported = batch[-1][0]
        notify(f"line {imported:,}")
    return loaded.summary, conflicts


def check(
    data: IO[bytes], *, faults: Faults, known: Known, people: dict[str, "User"], at: datetime
) -> None:
    """Refuse a file with anything wrong in it, before anything is written or locked."""
    for batch in batches_of(data, faults=faults, known=known):
        for number, claim in batch:
            check_decision(claim, number, faults=faults, people=people, at=at)
    if faults.found:
        raise ImportRefused(faults.found)


def check_decision(
    claim: ClaimEntry, number: int, *, faults: Faults, people: dict[str, "User"], at: datetime
) -> None:
    """Note a decision that nobody here could have taken."""
    place = line_place(number, {"id": claim.id})
    if not claim.status.is_decided or not claim.decided_by:
        return
    person = account_of(claim.decided_by, people)
    if person is None:
        faults.add(
            place,
            "unknown_account",
            f"There is no active account {quoted(claim.decided_by)}, and an import makes none.",
        )
    elif not may(person, claim.status.role):
        faults.add(
            place,
            "not_permitted",
            f"{quoted(claim.decided_by)} has the role {Role(person.role).label.lower()}; "
            f"this takes the role {claim.status.role.label.lower()}.",
        )
    if claim.decided_at is not None and claim.decided_at > at:
        faults.add(
            place,
            "ahead",
            f"It was decided at {claim.decided_at:%Y-%m-%d %H:%M} UTC, which lies ahead.",
        )


def account_of(name: str, people: dict[str, "User"]) -> "User | None":
    """The active account of that name; `people` are those that were read before."""
    if name not in people:
        person = get_user_model().objects.filter(username=name, is_active=True).first()
        if person is None:
            return None
        people[name] = person
    return people[name]


def in_parts(lines: Lines) -> Iterator[Lines]:
    """The lines in parts of at most MAX_WRITTEN."""
    for start in range(0, len(lines), MAX_WRITTEN):
        yield lines[start : start + MAX_WRITTEN]


def lines_that_change(loaded: Loaded, lines: Lines) -> Lines:
    """The lines that are to be written; the others are counted. Nothing is locked."""
    stored = stored_claims(loaded.dossier.namespace, [claim.id for _number, claim in lines])
    return [
        (number, claim)
        for number, claim in lines
        if not count_unchanged(loaded, claim, stored.get(claim.id))
    ]


def write_lines(*, loaded: Loaded, lines: Lines, file: str, by: "User", now: Clock) -> Counter[str]:
    """Write these lines, all or none; return what changed in the records of conflicts.

    What was read before is read again under the lock. Raises ImportRefused with all that the rows
    refuse.
    """
    faults = Faults(file)
    with action_transaction("import_claims", by=by), detect_at_the_end(now=now) as conflicts:
        loaded.at = now()
        set_history_time(loaded.at)
        lock_sources(
            loaded.sources[piece.source] for _n, claim in lines for piece in claim.evidence
        )
        stored = stored_claims(loaded.dossier.namespace, [claim.id for _number, claim in lines])
        for number, claim in lines:
            try:
                with transaction.atomic():
                    load_claim(loaded, claim, stored.get(claim.id))
            except Refusal as refusal:
                faults.pass_on(line_place(number, {"id": claim.id}), refusal)
        if faults.found:
            raise ImportRefused(faults.found)
    return conflicts
