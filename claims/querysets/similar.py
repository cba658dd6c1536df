"""Versions that may be like a statement: they share rare words with it, or say the same value.

Words are those of full-text search (`Version.words`), without stemming, of any language. In
scripts without spaces, such as Chinese, a whole clause is one word.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import TYPE_CHECKING, Any

from django.db import connection

from sources.domain.text.search_folding import fold_for_search

if TYPE_CHECKING:
    from claims.models import Version

# A word in so many versions at most makes a candidate alone; two that are not common do together.
MAX_RARE = 30
# A word that stands in more versions than this, as far as the planner knows, is common.
MIN_COMMON = 2_000
# Of a statement so many words are looked at, the longest; so many that are not common are counted,
# and so many of those that are not rare paired.
LOOKED_AT, COUNTED, PAIRED = 40, 16, 6
# So many candidates are compared at most.
ENOUGH = 200

HOLDS = "SELECT v.id FROM claims_version v WHERE v.words @@ %s::tsquery"
# For the public nothing counts but what readers see.
PUBLISHED = " AND v.published @> %s::timestamptz AND v.taken_off_at IS NULL"

# What is compared and says the same value of the same question for the same period; any text, whose
# spellings are not compared here.
SAME_ANSWER = """
SELECT v.id FROM claims_version v
WHERE v.is_compared AND v.detection_key = %(key)s AND v.claim_id <> %(claim)s
    AND (v.period_days, v.amount, v.dates, v.truth, v.value_entity_id, v.value_text IS NULL)
        IS NOT DISTINCT FROM
        (%(period)s::daterange, %(amount)s::numrange, %(dates)s::daterange, %(truth)s::boolean,
        %(entity)s::bigint, %(text)s::text IS NULL)
LIMIT %(most)s
"""


@dataclass(frozen=True)
class Among:
    """Whose versions are looked at: the desk's, which are all, or what the public sees then."""

    published_at: datetime | None = None

    def containing(self, query: str) -> tuple[str, list[Any]]:
        """The versions whose words a query of full-text search fits, as SQL and parameters."""
        if self.published_at is None:
            return HOLDS, [query]
        return HOLDS + PUBLISHED, [query, self.published_at]


def sharing_words(statement: str, *, among: Among) -> list[int]:
    """The versions that share so much of a statement that they are worth comparing with it.

    They share a rare word, or two that are not common; of a statement with no two such words they
    share all. A common word alone makes none. Of more than ENOUGH, those that share most come
    first and the rest is left out.
    """
    words = longest_lexemes(statement)
    few = counts([word for word in words if not word.is_common][:COUNTED], among=among)
    rare = [word for word, count in few.items() if 0 < count <= MAX_RARE]
    other = [word for word, count in few.items() if count > MAX_RARE][:PAIRED]
    telling = [*rare, *other]
    # Without two words that tell something, the rest of them must: that takes longer to find.
    whole = telling if len(telling) > 1 else [word.quoted for word in words]
    pairs = [f"({' & '.join(pair)})" for pair in combinations(other, 2)]
    queries = [
        *([" & ".join(whole)] if len(whole) > 1 else []),
        *([" | ".join(rare)] if rare else []),
        *([" | ".join(pairs)] if pairs else []),
    ]
    return _first(queries, among)


@dataclass(frozen=True)
class Lexeme:
    """A word of full-text search as a query, and whether it is common."""

    quoted: str
    is_common: bool


def longest_lexemes(statement: str) -> list[Lexeme]:
    """The longest words of a statement, in that order, each with whether it is common.

    How common a word is the planner says from its statistics, without reading the index: of a
    word like "the" that would take longer than all the rest.
    """
    ((lexemes,),) = _rows(
        "SELECT tsvector_to_array(to_tsvector('simple', %s))", [fold_for_search(statement)]
    )
    longest = sorted(lexemes, key=lambda word: (-len(word), word))[:LOOKED_AT]
    quoted = [_quoted(lexeme) for lexeme in longest]
    if not quoted:
        return []
    asked = " UNION ALL ".join([HOLDS] * len(quoted))
    # The plan of a cursor is never a parallel one, whose nodes would stand for a part of the rows.
    ((explained,),) = _rows(f"EXPLAIN (FORMAT JSON) DECLARE words CURSOR FOR {asked}", quoted)
    plan = (json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]
    plans = plan["Plans"] if len(quoted) > 1 else [plan]
    return [
        Lexeme(word, is_common=expected["Plan Rows"] > MIN_COMMON)
        for word, expected in zip(quoted, plans, strict=True)
    ]


def counts(words: Sequence[Lexeme], *, among: Among) -> dict[str, int]:
    """In how many versions each word stands, the rarest first; no further than one above RARE."""
    if not words:
        return {}
    parts, parameters = [], []
    for word in words:
        sql, values = among.containing(word.quoted)
        parts.append(f"SELECT %s, (SELECT count(*) FROM ({sql} LIMIT {MAX_RARE + 1}) few)")  # noqa: S608 - constants only
        parameters += [word.quoted, *values]
    found = _rows(" UNION ALL ".join(parts), parameters)
    return dict(sorted(found, key=lambda row: row[1]))


def same_answer(version: "Version") -> list[int]:
    """The compared versions of other claims that say what a version says of its question, and all
    that answer it in a text where it does.

    The version need not be in the database.
    """
    asked = {
        "key": version.detection_key,
        "claim": version.claim_id,
        "period": version.period_days,
        "amount": version.amount,
        "dates": version.dates,
        "truth": version.truth,
        "entity": version.value_entity_id,
        "text": version.value_text,
        "most": ENOUGH,
    }
    return _ids(SAME_ANSWER, asked)


def _first(queries: Sequence[str], among: Among) -> list[int]:
    """The versions that fit the queries, of the first ones first, no more than ENOUGH."""
    if not queries:
        return []
    parts, parameters = [], []
    for place, query in enumerate(queries):
        sql, values = among.containing(query)
        parts.append(f"(SELECT {place} AS place, id FROM ({sql} LIMIT {ENOUGH}) fitting)")  # noqa: S608 - constants only
        parameters += values
    best = f"""
        SELECT id FROM ({" UNION ALL ".join(parts)}) found
        GROUP BY id ORDER BY min(place), id DESC LIMIT {ENOUGH}
    """  # noqa: S608 - constants only
    return _ids(best, parameters)


def _quoted(lexeme: str) -> str:
    """A word as it stands in a query, whatever signs it holds."""
    written = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{written}'"


def _ids(sql: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[int]:
    return [number for (number,) in _rows(sql, parameters)]


def _rows(sql: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
