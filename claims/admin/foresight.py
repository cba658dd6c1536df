"""What a claim would conflict with, found by entering it and undoing that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from claims.factsheets.positions import desk_parties, question_of
from claims.factsheets.wording import asserter_text, date_text, value_text
from claims.models import Conflict, Version
from claims.vocabulary import ConflictKind, Strength
from sources.querysets.readers import Knowing

if TYPE_CHECKING:
    from factbase.models import User


@dataclass(frozen=True)
class Opponent:
    """A claim on the other side, as it stands."""

    claim: int
    ref: str
    words: str
    value: str


@dataclass(frozen=True)
class Foreseen:
    """A conflict that the claim would be party to."""

    kind: str
    question: str
    others: Sequence[Opponent]


def foresee(enter: Callable[[], Version], *, reader: "User", at: datetime) -> list[Foreseen]:
    """The conflicts of the version that `enter` submits; nothing of it stays.

    It is entered for good in a transaction of its own that is then rolled back, so that what is
    foreseen is what detection would find. Raises the refusals of the action.
    """
    with transaction.atomic():
        version = enter()
        found = _conflicts_of(version, reader, at)
        transaction.set_rollback(True)
    return found


def _conflicts_of(version: Version, reader: "User", at: datetime) -> list[Foreseen]:
    """The open conflicts of a version's claim, with the others that are party to them."""
    open_ones = version.claim.conflict_memberships.filter(left_at__isnull=True)
    conflicts = Conflict.objects.filter(pk__in=open_ones.values("conflict")).order_by("pk")
    to = Knowing(reader)
    parties = desk_parties([conflict.pk for conflict in conflicts], reader, at).versions
    return [
        Foreseen(
            kind=f"{_(ConflictKind(conflict.kind).label)}, "
            f"{_(Strength(conflict.strength).label).lower()}",
            question=question_of(conflict, parties.get(conflict.pk, ()), to=to),
            others=[
                _opponent(other, to)
                for other in parties.get(conflict.pk, ())
                if other.claim_id != version.claim_id
            ],
        )
        for conflict in conflicts
    ]


def _opponent(version: Version, to: Knowing) -> Opponent:
    """A version on the other side in words: who says it before what."""
    asserter = asserter_text(version.asserters.all(), to=to)
    value = value_text(version, to=to)
    period = date_text(version.period)
    return Opponent(
        claim=version.claim_id,
        ref=version.ref,
        words=f"{asserter}: {version.statement}" if asserter else version.statement,
        value=f"{value} ({period})" if value and period else value,
    )
