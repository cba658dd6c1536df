"""What follows for claims when sources change: called through sources' announcements."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from claims.actions import detection
from claims.models import Flag, Version
from claims.vocabulary import EntityKind, FlagKind, Status, ValueKind
from sources.actions.standing import touches
from sources.domain.passages import Touch
from sources.models import Excerpt, Series, Source
from sources.vocabulary import Access, Grade, Standing

if TYPE_CHECKING:
    from factbase.models import User


def follow_regrading(
    *, excerpt: Excerpt, before: Grade, at: datetime, words_now: str = "", **_more: Any
) -> None:
    """Flag the claims that rest on a quote which is no longer verified, with the words now."""
    after = Grade(excerpt.grade)
    if before.is_verified and not after.is_verified:
        words = ""
        if excerpt.source.access != Access.NAMED:
            words = f": “{excerpt.exact}”"
            words += f"; the text has “{words_now}” now" if words_now else ""
        cause = (
            f"The quote {excerpt.pk} of {named(excerpt.source)} was {before.label.lower()} and is "
            f"now {after.label.lower()}{words}"
        )
        raise_flags(FlagKind.QUOTE_DRIFTED, cause, Q(evidence__excerpt=excerpt), at=at)


def follow_standing(*, source: Source, by: "User", at: datetime, **_more: Any) -> None:
    """Flag the claims that quote a source whose standing changed.

    A correction that names its passages concerns the quotes that touch them, and those of which
    only a person can tell. A standing that is said again, with another day, reason or passages,
    takes the place of what was said of it: on the claims that it flags. Another standing is another
    reason to look, and closes nothing.
    """
    said = standing_said(source)
    causes = {said: Q(evidence__excerpt__source=source)}
    if source.standing == Standing.CORRECTED and source.standing_passages:
        causes = {
            f"{said}. {ABOUT[touch].format(number=excerpt.pk)}": Q(evidence__excerpt=excerpt)
            for excerpt, touch in touches(source)
            if touch != Touch.UNTOUCHED
        }
    claims: set[int] = set()
    for cause, rests in causes.items():
        claims |= raise_flags(FlagKind.SOURCE_STANDING, cause, rests, at=at)
    said_before(source).filter(claim__in=claims).exclude(cause__in=causes).update(
        closed_at=at, closed_by=by, closing_note=f"Said anew: {said}"
    )


def said_before(source: Source) -> "QuerySet[Flag]":
    """The open flags that tell the standing that a source has now.

    A flag names its source in words. Where these could mean another source too, it is none's.
    """
    name = named(source)
    of_that_name = Q(key=name) | Q(access=Access.NAMED, public_descriptor=name)
    if Source.objects.filter(of_that_name).exclude(pk=source.pk).exists():
        return Flag.objects.none()
    said = f"The source {name} is {Standing(source.standing).label.lower()}"
    open_ones = Flag.objects.filter(kind=FlagKind.SOURCE_STANDING, closed_at__isnull=True)
    return open_ones.filter(cause__startswith=said)


# What a correction that names its passages means for a quote; a flag tells no words of a source.
ABOUT = {
    Touch.TOUCHED: "The correction touches the quote {number}",
    Touch.UNLOCATED: (
        "Whether the correction touches the quote {number} is in doubt: the quote has no place in "
        "the text"
    ),
    Touch.UNKNOWN: (
        "Whether the correction touches the quote {number} is in doubt: a passage that it names is "
        "not found in the text"
    ),
    Touch.WITHHELD: (
        "Whether the correction touches the quote {number} is in doubt: a passage that it names "
        "was withheld"
    ),
}


# Where a flag names the quote that it is about, in the sentences of this module.
_QUOTE = re.compile(
    r"^The (?:words of the )?quote (\d+) of "
    r"|[.] (?:The|Whether the) correction touches the quote (\d+)"
)


def quote_told_of(cause: str) -> int | None:
    """The number of the quote that a flag is about; None where it is about no single one."""
    numbers = [first or second for first, second in _QUOTE.findall(cause)]
    return int(numbers[-1]) if numbers and len(numbers[-1]) < 18 else None


def standing_said(source: Source) -> str:
    """Where a source stands, since when and why, as far as all of the desk may read it."""
    standing = Standing(source.standing).label.lower()
    since = "" if source.standing_on is None else f" since {source.standing_on:%Y-%m-%d}"
    reason = "" if source.access == Access.NAMED else f": {source.standing_reason}"
    return f"The source {named(source)} is {standing}{since}{reason}".removesuffix(".")


def named(source: Source) -> str:
    """How a flag, which all of the desk reads, names a source."""
    return source.public_descriptor if source.access == Access.NAMED else source.key


def follow_series(*, series: Series, at: datetime, **_more: Any) -> None:
    """Compare again what is said of a series and of documents, those that left it included."""
    detection.lock_everything()
    about = Version.objects.filter(
        Q(subject__series=series) | Q(subject__kind=EntityKind.DOCUMENT),
        property__value_kind=ValueKind.PRESENCE,
        is_compared=True,
    )
    detection.refresh(claims=set(about.values_list("claim", flat=True)), at=at)


def raise_flags(kind: FlagKind, cause: str, which: Q, *, at: datetime) -> set[int]:
    """Open a flag on each claim where such a version is read, waits or is being written.

    A claim on which the same flag is open gets no second one. Returns the claims that have it.
    """
    in_use = Q(is_compared=True) | Q(status__in=[Status.DRAFT, Status.CHANGES_REQUESTED])
    versions = Version.objects.filter(which, in_use, claim__retracted_at__isnull=True)
    claims = set(versions.values_list("claim", flat=True))
    open_ones = Flag.objects.filter(kind=kind, cause=cause, closed_at__isnull=True)
    flagged = set(open_ones.values_list("claim", flat=True))
    Flag.objects.bulk_create(
        Flag(claim_id=claim, kind=kind, cause=cause, opened_at=at)
        for claim in sorted(claims - flagged)
    )
    return claims
