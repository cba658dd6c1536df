"""Whether a claim of some property says in a period of its own when it held."""

from claims.vocabulary import PropertyTime, ValueKind

# A date is itself a time, and what a document mentions it mentions for good.
_OF_NO_TIME = frozenset({ValueKind.DATE, ValueKind.PRESENCE})


def needs_period(kind: ValueKind, time: PropertyTime) -> bool:
    """Whether values of this kind that relate to time in this way are of some period."""
    return time is PropertyTime.OVER or kind not in _OF_NO_TIME
