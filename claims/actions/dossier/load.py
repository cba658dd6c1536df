"""Loading a dossier: the whole of it or nothing, and a second time without a trace."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pghistory
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from claims.actions.conflicts.detection import lock_everything
from claims.actions.dossier.claims import load_claims, load_conflicts
from claims.actions.dossier.folder import read_folder
from claims.actions.dossier.loading import Loaded
from claims.actions.dossier.rows import load_catalogue, load_sources
from claims.actions.dossier.stored import OF_A_DOSSIER
from claims.domain.dossier.contents import Dossier
from claims.domain.dossier.faults import DossierRefused
from claims.domain.dossier.parsing import DOSSIER
from claims.domain.dossier.summary import Summary
from sources.domain.refusals import Refusal, quoted
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# An advisory lock of this number lets one dossier load at a time.
LOADING_LOCK = 7_301_447_202


def load_dossier(
    *, folder: Path, by: str, at: datetime, notify: Callable[[str], None] = lambda _: None
) -> Summary:
    """Load the dossier in a folder; `by` names the account that writes its claims.

    Accounts that are missing are made with the role they need, unable to sign in. What is there
    and equal stays untouched; a changed claim gets its next version. `notify` hears what is
    being done. Raises DossierRefused, naming file, entry and reason; then nothing was loaded.
    """
    notify(f"Reading {folder}")
    dossier, texts = read_folder(folder, by=by)
    require_past(dossier, at=at)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING_LOCK])
        lock_everything()  # claims are compared one after the other in this one transaction
        loaded = Loaded(dossier=dossier, at=at, people={}, change_note=OF_A_DOSSIER)
        loaded.people = {
            name: account(name, role, loaded.summary) for name, role in dossier.accounts().items()
        }
        notify(f"{len(dossier.sources)} sources")
        load_sources(loaded, texts)
        notify(f"{len(dossier.entities)} entities, {len(dossier.properties)} properties")
        load_catalogue(loaded)
        notify(f"{len(dossier.claims)} claims")
        load_claims(loaded)
        load_conflicts(loaded)
    return loaded.summary


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


def account(name: str, role: Role, summary: Summary) -> "User":
    """The account of that name, made where it is missing; nobody can sign in with a made one."""
    accounts = get_user_model().objects
    person = accounts.filter(username=name).first()
    if person is None:
        with pghistory.context(action="load_dossier"):
            person = accounts.model(username=name, display_name=name, role=role)
            person.set_unusable_password()
            person.save()
        summary.accounts.append(name)
    return person
