"""Premises in the API: the versions that a claim rests on, and the formula of a computed one."""

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
    """Present all premises. A formula names them all, so it is sent only where all are visible."""
    premises = list(version.premises.all())
    are_all_visible = visit.is_staff or all(is_public_premise(one, visit.at) for one in premises)
    return [present_premise(one, visit, are_all_visible=are_all_visible) for one in premises]


def present_premise(premise: Premise, visit: Visit, *, are_all_visible: bool) -> PremiseShape:
    """Present a premise; one that the reader may not see has neither reference nor statement."""
    rests_on = premise.rests_on
    is_current = rests_on.is_published(visit.at) and not rests_on.claim.is_retracted
    is_shown = visit.is_staff or is_public_premise(premise, visit.at)
    return {
        "version": rests_on.ref if is_shown else None,
        "statement": rests_on.statement if is_shown else None,
        "formula": premise.formula if are_all_visible else "",
        "is_current": is_current,
    }
