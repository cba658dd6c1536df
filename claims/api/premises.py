"""How what a claim rests on is sent: the versions, and the formula where it is computed."""

from typing import Annotated, TypedDict

from claims.factsheets.rows import is_public_premise
from claims.models import Premise, Version
from sources.api.visit import Visit


class PremiseShape(TypedDict):
    """A version that the claim rests on."""

    version: Annotated[str | None, "Its reference; null where the reader may not see it."]
    statement: Annotated[str | None, "What it says."]
    formula: Annotated[str, "How the claim's value is computed, where it is written beside it."]
    is_current: Annotated[bool, "Whether it is still what readers see of its claim."]


def present_premises(version: Version, visit: Visit) -> list[PremiseShape]:
    """What a claim rests on. A formula names every premise: it is told with all of them only."""
    premises = list(version.premises.all())
    are_all_shown = visit.is_staff or all(is_public_premise(one, visit.at) for one in premises)
    return [present_premise(one, visit, are_all_shown=are_all_shown) for one in premises]


def present_premise(premise: Premise, visit: Visit, *, are_all_shown: bool) -> PremiseShape:
    """What the claim rests on; of what readers do not see any more, that it is there."""
    rests_on = premise.rests_on
    is_current = rests_on.is_published(visit.at) and not rests_on.claim.is_retracted
    is_shown = visit.is_staff or is_public_premise(premise, visit.at)
    return {
        "version": rests_on.ref if is_shown else None,
        "statement": rests_on.statement if is_shown else None,
        "formula": premise.formula if are_all_shown else "",
        "is_current": is_current,
    }
