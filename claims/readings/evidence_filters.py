"""The filters of claims by one of their quotes, or by one of their conflicts."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models import ConflictMember, Evidence, PublicConflictMember
from claims.querysets.conflicts import DISPUTING
from claims.querysets.support import has_support
from claims.vocabulary import ConflictKind, ConflictStatus, Stance, Strength
from sources.domain.query_values import read_reference, read_whole_number
from sources.models import Source
from sources.querysets.public_sources import is_allowed
from sources.readings.filters import (
    Asked,
    Filter,
    Filters,
    Holds,
    of_codes,
    of_truth,
    one_of,
    related,
)
from sources.readings.known_keys import PUBLISHERS, SOURCES
from sources.readings.reader import Reader
from sources.readings.source_filters import of_keys
from sources.vocabulary import Grade, Standing


def _support(words: Sequence[str], _asked: Asked) -> Q:
    return has_support(min(read_whole_number(word, least=1, most=100) for word in words))


def _quoting(condition: Q, _reader: Reader) -> Q:
    return related(Evidence.objects.all(), "version", condition)


def _in_conflict(condition: Q, reader: Reader) -> Q:
    """Party to such a conflict, as the reader's audience sees it."""
    if reader.is_staff:
        return related(ConflictMember.objects.open(), "claim", condition, to="claim")
    return related(PublicConflictMember.objects.open(reader.at), "version", condition)


def _known_source(condition: Callable[[Sequence[str], Asked], Q]) -> Holds:
    """The condition on a quote's source, of those that the reader may know by name."""

    def holds(words: Sequence[str], asked: Asked) -> Q:
        allowed = is_allowed(Source, asked.reader.account, path="excerpt__source")
        return allowed & condition(words, asked)

    return holds


def _no_quote_with(**columns: Any) -> Callable[[Asked], Q]:
    """The condition that no quote of a known source has it."""

    def none(asked: Asked) -> Q:
        allowed = is_allowed(Source, asked.reader.account, path="excerpt__source")
        return ~_quoting(allowed & Q(**columns), asked.reader)

    return none


def _publisher(words: Sequence[str], asked: Asked) -> Q:
    return Q(excerpt__source__publisher__in=PUBLISHERS.ids(words, asked.reader))


def _conflict(words: Sequence[str], asked: Asked) -> Q:
    numbers = [read_reference(word, "K")[0] for word in words]
    column = "conflict" if asked.reader.is_staff else "conflict__number"
    return Q(**{f"{column}__in": numbers})


def _no_conflict(asked: Asked) -> Q:
    return ~_in_conflict(Q(), asked.reader)


def _disputed(asked: Asked) -> Q:
    return _in_conflict(Q(conflict__status__in=DISPUTING), asked.reader)


QUOTED_FILTERS: Filters = {
    "source": Filter(
        help_text=_(
            "The key of a source that is quoted. What is said of quotes is said of one of them."
        ),
        holds=of_keys(SOURCES, "excerpt__source"),
        having=_quoting,
    ),
    "publisher": Filter(
        help_text=_("The name of the publisher of a source that is quoted."),
        holds=_known_source(_publisher),
        none=_no_quote_with(excerpt__source__publisher__isnull=False),
        having=_quoting,
    ),
    "source_type": Filter(
        help_text=_(
            "The type of a source that is quoted, in CSL terms, such as article-newspaper."
        ),
        holds=_known_source(one_of("excerpt__source__type")),
        having=_quoting,
    ),
    "standing": of_codes(
        "excerpt__source__standing",
        Standing,
        help_text=_("Where a source that is quoted stands with its publisher."),
        having=_quoting,
    ),
    "grade": of_codes(
        "excerpt__grade", Grade, help_text=_("How a quote stands in its source."), having=_quoting
    ),
    "stance": of_codes(
        "stance", Stance, help_text=_("What a quote does for the claim."), having=_quoting
    ),
    "support_at_least": Filter(
        help_text=_("How many independent origins support it, at least: 1 to 100."), holds=_support
    ),
}

PARTY_FILTERS: Filters = {
    "disputed": of_truth(
        _disputed,
        help_text=_("Whether the claim is in a conflict: open, confirmed or irreducible."),
    ),
    "conflict": Filter(
        help_text=_("The reference of a conflict that it is party to, such as K5."),
        holds=_conflict,
        none=_no_conflict,
        having=_in_conflict,
    ),
    "conflict_kind": of_codes(
        "conflict__kind",
        ConflictKind,
        help_text=_(
            "What a conflict is about that it is party to; strength and status of the same."
        ),
        having=_in_conflict,
    ),
    "conflict_strength": of_codes(
        "conflict__strength",
        Strength,
        help_text=_("How hard that conflict is."),
        having=_in_conflict,
    ),
    "conflict_status": of_codes(
        "conflict__status",
        ConflictStatus,
        help_text=_("Where that conflict stands."),
        having=_in_conflict,
    ),
}
