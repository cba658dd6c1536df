"""Columns of versions that follow from others: which is the newest of its claim, whether its value
counts, and its words.

The database derives `words` itself; here it is checked that it does. `is_newest` repeats what is
computed here.
"""

from typing import Any

from django.db import connection

from claims.vocabulary import Status

# Statuses of versions that were put aside before anybody decided on them.
ABANDONED = [Status.WITHDRAWN.value, Status.SUPERSEDED.value]

# Of each claim the latest version that was not put aside; of one with none such, the last.
NEWEST = """
WITH newest AS (
    SELECT DISTINCT ON (claim_id) claim_id, id FROM claims_version
    WHERE %(claim)s::bigint IS NULL OR claim_id = %(claim)s
    ORDER BY claim_id, status = ANY(%(abandoned)s), number DESC
)
"""

# A claim has one newest version at any moment, so that the mark is taken before it is given.
UNMARK = f"""{NEWEST}
UPDATE claims_version v SET is_newest = FALSE FROM newest
WHERE v.claim_id = newest.claim_id AND v.id <> newest.id AND v.is_newest
"""  # noqa: S608 - constants only
MARK = f"""{NEWEST}
UPDATE claims_version v SET is_newest = TRUE FROM newest
WHERE v.id = newest.id AND NOT v.is_newest
"""  # noqa: S608 - constants only

MISMATCHES = f"""{NEWEST}
SELECT format('C%%s/v%%s', v.claim_id, v.number)
FROM claims_version v JOIN newest USING (claim_id)
WHERE v.is_newest <> (v.id = newest.id) ORDER BY v.claim_id, v.number
"""  # noqa: S608 - constants only

# A version with evidence is held against others by its value where something supports it: a quote,
# a search, or a premise. Evidence never changes, so that this does not either.
COUNT_MISMATCHES = """
SELECT format('C%s/v%s', v.claim_id, v.number) FROM claims_version v
WHERE v.counts_by_value <> (
    NOT EXISTS (SELECT FROM claims_evidence e WHERE e.version_id = v.id)
    OR EXISTS (SELECT FROM claims_evidence e WHERE e.version_id = v.id AND e.stance = 'supports')
    OR EXISTS (SELECT FROM claims_absencescope s WHERE s.version_id = v.id)
    OR EXISTS (SELECT FROM claims_premise p WHERE p.version_id = v.id)
) ORDER BY v.claim_id, v.number
"""

OUTSIDE_WORD_INDEX = """
SELECT format('C%s/v%s', claim_id, number) FROM claims_version
WHERE words IS DISTINCT FROM to_tsvector('simple', search_text) ORDER BY claim_id, number
"""


def update_newest(claim: int) -> None:
    """Mark the newest version of a claim, which the caller has locked."""
    asked: dict[str, Any] = {"claim": claim, "abandoned": ABANDONED}
    with connection.cursor() as cursor:
        cursor.execute(UNMARK, asked)
        cursor.execute(MARK, asked)


def newest_mismatches() -> list[str]:
    """The references of versions that are the newest and are not marked, or the reverse."""
    return _references(MISMATCHES, {"claim": None, "abandoned": ABANDONED})


def count_mismatches() -> list[str]:
    """The references of versions whose value counts though it should not, or the reverse."""
    return _references(COUNT_MISMATCHES)


def outside_word_index() -> list[str]:
    """The references of versions whose `words` are not those of their `search_text`."""
    return _references(OUTSIDE_WORD_INDEX)


def _references(sql: str, parameters: dict[str, Any] | None = None) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [ref for (ref,) in cursor.fetchall()]
