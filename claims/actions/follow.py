"""Flags and comparisons of claims when sources change: called through sources' announcements."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from claims.actions.conflicts import detection
from claims.models import Flag, Version
from claims.vocabulary import EntityKind, FlagKind, ValueKind
from sources.actions.standing import touches
from sources.domain.grading.corrections import Touch
from sources.models import Excerpt, Series, Source
from sources.vocabulary import Access, Grade, Standing

if TYPE_CHECKING:
    from factbase.models import User


def follow_regrading(
    *,
    excerpt: Excerpt,
    before: Grade,
    was_verified: bool,
    at: datetime,
    words_now: str = "",
    **_more: Any,
) -> None:
    """Flag the claims that rest on a quote which is no longer verified, with the words now."""
    if was_verified and not excerpt.is_verified:
        after = Grade(excerpt.grade)
        words = ""
        if excerpt.source.access != Access.NAMED:
            words = f": “{excerpt.exact}”"
            words += f"; the text has “{words_now}” now" if words_now else ""
        change = f"was graded “{before.label}” and is “{after.label}” now"
        if before == after:
            change = "stands at a place that is in doubt now"
        cause = f"The quote {excerpt.pk} of {named(excerpt.source)} {change}{words}"
        raise_quote_flags(excerpt, cause, at=at)


def follow_standing(*, source: Source, by: "User", at: datetime, **_more: Any) -> None:
    """Flag the claims that quote a source whose standing changed.

    A correction that names its passages concerns the quotes that touch them, and those of which
    only a person can tell. A standing that is said again, with another day, reason or passages,
    takes the place of what was said of it: on the claims that it flags. Another standing is another
    reason to look, and closes nothing.
    """
    cause_text = standing_text(source)
    flags_before = open_standing_flags(source)
    rests: dict[str, tuple[Q, Excerpt | None]] = {
        cause_text: (Q(evidence__excerpt__source=source), None)
    }
    if source.standing == Standing.CORRECTED and source.standing_passages:
        rests = {
            f"{cause_text}. {ABOUT[touch].format(number=excerpt.pk)}": (
                Q(evidence__excerpt=excerpt),
                excerpt,
            )
            for excerpt, touch in touches(source)
            if touch != Touch.UNTOUCHED
        }
    claims: set[int] = set()
    for cause, (which, excerpt) in rests.items():
        claims |= raise_flags(
            FlagKind.SOURCE_STANDING, cause, which, source=source, excerpt=excerpt, at=at
        )
    flags_before.filter(claim__in=claims).exclude(cause__in=rests).update(
        closed_at=at, closed_by=by, closing_note=f"Said anew: {cause_text}"
    )


def open_standing_flags(source: Source) -> "QuerySet[Flag]":
    """The open flags that tell the standing that a source has now."""
    cause_text = f"The source {named(source)} is {Standing(source.standing).predicate}"
    return Flag.objects.filter(
        kind=FlagKind.SOURCE_STANDING,
        source=source,
        closed_at__isnull=True,
        cause__startswith=cause_text,
    )


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


def standing_text(source: Source) -> str:
    """Where a source stands, since when and why, as far as all of the desk may read it."""
    standing = Standing(source.standing).predicate
    since = "" if source.standing_on is None else f" since {source.standing_on:%Y-%m-%d}"
    reason = "" if source.access == Access.NAMED else f": {source.standing_reason}"
    return f"The source {named(source)} is {standing}{since}{reason}".removesuffix(".")


def named(source: Source) -> str:
    """How a flag, which all of the desk reads, names a source."""
    return source.public_descriptor if source.access == Access.NAMED else source.key


def refresh_series_conflicts(*, series: Series, at: datetime, **_more: Any) -> None:
    """Compare again what is said of a series and of documents, those that left it included."""
    detection.lock_everything()
    about = Version.objects.filter(
        Q(subject__series=series) | Q(subject__kind=EntityKind.DOCUMENT),
        property__value_kind=ValueKind.PRESENCE,
        is_compared=True,
    )
    detection.refresh(claims=set(about.values_list("claim", flat=True)), at=at)


def raise_quote_flags(excerpt: Excerpt, cause: str, *, at: datetime) -> None:
    """Open a flag on each claim that rests on a quote of which something is to be said."""
    raise_flags(
        FlagKind.QUOTE_DRIFTED,
        cause,
        Q(evidence__excerpt=excerpt),
        source=excerpt.source,
        excerpt=excerpt,
        at=at,
    )


def raise_flags(
    kind: FlagKind,
    cause: str,
    which: Q,
    *,
    at: datetime,
    source: Source | None = None,
    excerpt: Excerpt | None = None,
) -> set[int]:
    """Open a flag on each claim where such a version is read, waits or is being written.

    A claim on which the same flag is open gets no second one. Returns the claims that have it.
    """
    claims = set(Version.objects.in_use().filter(which).values_list("claim", flat=True))
    same = Flag.objects.filter(kind=kind, cause=cause, source=source, excerpt=excerpt)
    open_ones = same.filter(closed_at__isnull=True)
    flagged = set(open_ones.values_list("claim", flat=True))
    Flag.objects.bulk_create(
        Flag(claim_id=claim, kind=kind, cause=cause, source=source, excerpt=excerpt, opened_at=at)
        for claim in sorted(claims - flagged)
    )
    return claims
