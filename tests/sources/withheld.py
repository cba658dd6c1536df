"""Quotes, texts and files that two people withhold."""

from typing import Any

from factbase.models import User
from sources.actions.withholding.withhold import Target, ask_to_withhold, carry_out
from sources.models import Source, TextLayer, WithholdingRequest
from sources.vocabulary import Role
from tests import factories as make

REASON = "A court in Warsaw said so."
# Words that stand nowhere else.
MARKER = "Zanzibar-Quixote owes nine million"
TEXT = f"Nothing before it. {MARKER}. Trade fell by 9%. Nothing after it."


def asked(target: Target, by: User, reason: str = REASON) -> WithholdingRequest:
    (request,) = ask_to_withhold(targets=[target], reason=reason, by=by, at=make.TODAY)
    return request


def withheld(target: Target) -> Target:
    """The target after two people withheld it."""
    by = make.person(Role.ADMINISTRATOR)
    carry_out(request=asked(target, by), by=make.person(Role.EDITOR), at=make.TODAY)
    target.refresh_from_db()
    return target


def capture_of(source: Source) -> Any:
    return source.captures.get()


def layer_of(source: Source) -> TextLayer:
    layer: TextLayer = TextLayer.objects.current_of(source).get()
    return layer
