"""A base of many claims that is the same each time, with some of everything that readers meet.

`fill(size, seed=...)` writes it into an empty, migrated database in seconds per 10,000 claims. A
claim has 1.5 quotes. A few in a hundred each are in conflicts, most of them decided; rest on
withheld quotes, confidential sources, retracted sources or other claims; are said by a chain of
asserters; are retracted, taken off, to be published, drafts or submitted; say that something is
absent, and were searched; have others beside them on another basis. All ids, words, hashes and
times follow from size and seed, so that answers of the API can be compared as digests; only the
numbers of transactions differ. `verify` finds nothing wrong in it.

A new column or table gets its values in the module of its subject: a row maps names of columns to
values, and what it leaves out has the default of the model.
"""

from dataclasses import dataclass
from random import Random

from django.db import connections

from claims.actions.search_words import fill_words
from claims.models import Claim
from factbase.models import User
from sources.vocabulary import Role
from tests.benchmarks.base import absences, catalogue, claims, conflicts, sources
from tests.benchmarks.base.load import bulk_loading
from tests.benchmarks.base.words import Prose

STAFF = "filled-staff"


@dataclass(frozen=True)
class Filled:
    """A filled base: so many claims, C1 and on, and the account of staff that reads it.

    The account is an editor, and a named reader of half of the sources that only such may know.
    """

    claims: int
    staff: User


def fill(size: int, *, seed: int = 1) -> Filled:
    """Write a base of so many claims, of 100 at least, in a transaction as the owner.

    Raises ValueError where there are claims already, or too few are asked for.
    """
    if size < 100:
        raise ValueError(f"A base of {size} claims is too small. Ask for 100 or more.")
    if Claim.objects.exists():
        raise ValueError("There are claims already. Fill an empty database.")
    chance = Random(seed)  # noqa: S311 - no secret
    contributor, reviewer, editor, staff = (
        User.objects.create(username=name, display_name=name.title(), role=role, is_staff=True)
        for name, role in (
            ("filled-contributor", Role.CONTRIBUTOR),
            ("filled-reviewer", Role.REVIEWER),
            ("filled-editor", Role.EDITOR),
            (STAFF, Role.EDITOR),
        )
    )
    library = sources.Library(
        Prose(chance), chance, contributor.pk, people=(reviewer.pk, editor.pk)
    )
    tables = (*sources.TABLES, *catalogue.TABLES, *claims.TABLES, *absences.TABLES)
    with bulk_loading(*tables):
        sources.load_sources(library, claims=size, reader=staff.pk)
        known = catalogue.load_catalogue(library, chance, claims=size)
        people = claims.People(contributor.pk, reviewer.pk, editor.pk)
        claims.Claims(chance, library, known, people).load(size)
    with connections["owner"].cursor() as cursor:
        fill_words(cursor)
    settle()
    conflicts.find_and_decide(by=editor)
    settle()
    return Filled(claims=size, staff=staff)


def settle() -> None:
    """Let indexes be read alone, and plans fit what is there."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
