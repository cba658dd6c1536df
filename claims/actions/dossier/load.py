"""Loading a dossier: the whole of it or nothing, and a second time without a trace."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pghistory
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from claims.actions.conflicts.detection import lock_everything
from claims.actions.dossier.claims import load_claims, load_conflicts, note_undated
from claims.actions.dossier.dictionaries import load_dictionaries
from claims.actions.dossier.folder import read_folder
from claims.actions.dossier.loading import Loaded, WouldWrite
from claims.actions.dossier.rows import extract_texts, load_catalogue, load_sources
from claims.actions.dossier.stored import OF_A_DOSSIER
from claims.domain.dossier.contents import Dossier
from claims.domain.dossier.faults import DossierRefused
from claims.domain.dossier.parsing import DOSSIER
from claims.domain.dossier.summary import Summary
from sources.actions.action import Clock
from sources.domain.refusals import Refusal, quoted
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# An advisory lock of this number lets one dossier load at a time.
LOADING_LOCK = 7_301_447_202


def load_dossier(
    *,
    folder: Path,
    by: str,
    at: datetime,
    notify: Callable[[str], None] = lambda _: None,
    now: Clock | None = None,
) -> Summary:
    """Load the dossier in a folder; `by` names the account that writes its claims.

    Accounts that are missing are made with the role they need, unable to sign in. What is there
    and equal stays untouched and unlocked; a changed claim gets its next version. A dossier that
    changes anything is loaded in one transaction; its texts are extracted before. It has the time
    that `now` gives under the locks, else `at`. `notify` hears what is being done. Raises
    DossierRefused, naming file, entry and reason; then nothing was loaded.
    """
    notify(f"Reading {folder}")
    dossier, texts = read_folder(folder, by=by)
    require_past(dossier, at=at)
    if (summary := summary_without_changes(dossier, texts, at=at)) is not None:
        return summary
    extracted = extract_texts(dossier, texts)
    loaded = Loaded(dossier, at, people={}, change_note=OF_A_DOSSIER, extracted=extracted)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING_LOCK])
        lock_everything()  # claims are compared one after the other in this one transaction
        loaded.at = at if now is None else now()
        load_all(loaded, texts, notify=notify)
    note_undated(loaded)
    return loaded.summary


def summary_without_changes(
    dossier: Dossier, texts: Mapping[str, bytes], *, at: datetime
) -> Summary | None:
    """Summarise a dossier that changes nothing, None for another; reads only, and locks nothing."""
    loaded = Loaded(dossier, at, people={}, change_note=OF_A_DOSSIER, may_write=False)
    try:
        load_all(loaded, texts, notify=lambda _: None)
    except WouldWrite:
        return None
    return loaded.summary


def load_all(loaded: Loaded, texts: Mapping[str, bytes], *, notify: Callable[[str], None]) -> None:
    """Load what is new or changed in each part of the dossier; the rest is read, not locked.

    Raises WouldWrite instead of writing where nothing may be written.
    """
    dossier = loaded.dossier
    loaded.people = {name: account(name, role, loaded) for name, role in dossier.accounts().items()}
    notify(f"{len(dossier.sources)} sources")
    load_sources(loaded, texts)
    notify(f"{len(dossier.entities)} entities, {len(dossier.properties)} properties")
    load_catalogue(loaded)
    load_dictionaries(loaded)
    notify(f"{len(dossier.claims)} claims")
    load_claims(loaded)
    load_conflicts(loaded)


def require_past(dossier: Dossier, *, at: datetime) -> None:
    """Refuse decisions that lie ahead. Raises DossierRefused."""
    ahead = [
        Refusal(
            "ahead",
            f"{DOSSIER}, claim {quoted(claim.id)}: It was decided at "
            f"{claim.decided_at:%Y-%m-%d %H:%M} UTC, which lies ahead. Correct it.",
        )
        for claim in dossier.claims
        if claim.decided_at is not None and claim.decided_at > at
    ]
    if ahead:
        raise DossierRefused(ahead)


def account(name: str, role: Role, loaded: Loaded) -> "User":
    """The account of that name, made where it is missing; nobody can sign in with a made one."""
    accounts = get_user_model().objects
    person = accounts.filter(username=name).first()
    if person is None:
        loaded.about_to_write()
        with pghistory.context(action="load_dossier"):
            person = accounts.model(username=name, display_name=name, role=role)
            person.set_unusable_password()
            person.save()
        loaded.summary.accounts.append(name)
    return person
