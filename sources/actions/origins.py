"""The origins of a source: adding one, and taking a wrong one back."""

from datetime import datetime
from typing import TYPE_CHECKING

import pghistory
from django.db import connection

from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.domain.text_fields import clean_words
from sources.models import Source, SourceOrigin
from sources.models.source import ORIGINS_LOCK
from sources.vocabulary import OriginKind, Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_REASON = 1_000


class OriginRefused(Refusal):
    """An origin that cannot be noted or taken back. `code`: origin_circle, no_such_origin."""


@action
def add_origin(
    *,
    source: Source,
    origin: Source,
    kind: OriginKind,
    by: "User",
    at: datetime,  # noqa: ARG001 - history keeps the time
    reason: str = "",
) -> SourceOrigin:
    """Say that a source derives from another one, and how one knows; the history keeps both.

    An origin that is noted already takes on the kind. Raises OriginRefused for a circle,
    WordsRefused, NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    because = clean_words(reason, name="reason", limit=MAX_REASON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ORIGINS_LOCK])
    if source.pk == origin.pk or Source.objects.derived_from(source).filter(pk=origin.pk).exists():
        raise OriginRefused(
            "origin_circle",
            f"{origin.key} derives from {source.key} itself, so it cannot be its origin.",
        )
    with pghistory.context(**({"reason": because} if because else {})):
        tie, is_new = SourceOrigin.objects.get_or_create(
            source=source, origin=origin, defaults={"kind": kind}
        )
        if not is_new and tie.kind != kind:
            tie.kind = kind
            tie.save(update_fields=["kind"])
    return tie


@action
def remove_origin(
    *,
    source: Source,
    origin: Source,
    reason: str,
    by: "User",
    at: datetime,  # noqa: ARG001 - history keeps the time
) -> None:
    """Take back that a source derives from another one; the history keeps that it was said.

    Raises OriginRefused where it is not noted, WordsRefused without a reason, NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    because = clean_words(reason, name="reason", limit=MAX_REASON, required=True)
    with pghistory.context(reason=because):
        gone, _by_table = SourceOrigin.objects.filter(source=source, origin=origin).delete()
    if not gone:
        raise OriginRefused(
            "no_such_origin",
            f"{origin.key} is not noted as an origin of {source.key}; look again.",
        )
