"""Reads of the words of texts on record (`claims.models.text_counts`), in one statement each."""

from collections.abc import Collection, Sequence

import msgspec
from django.db import connection

_MOST_USED = """
    SELECT layer_id, withheld, total, jsonb_array_length(words),
        jsonb_path_query_array(words, %s::jsonpath)
    FROM claims_textwords WHERE layer_id = ANY(%s)
"""
_COUNTS = """
    SELECT layer_id, pair->>0, (pair->>1)::integer
    FROM claims_textwords, jsonb_array_elements(words) AS pair
    WHERE layer_id = ANY(%s) AND pair->>0 = ANY(%s)
"""

# A text's id, its withheld spans when it was counted, how many words it has, how many different
# ones are listed, and pairs of a word and its count.
MostUsedRow = tuple[int, list[list[int]], int, int, list[tuple[str, int]]]


def most_used_words(layers: Collection[int], *, limit: int) -> list[MostUsedRow]:
    """The counts of these texts with the `limit` most used words of each."""
    with connection.cursor() as cursor:
        cursor.execute(_MOST_USED, [f"$[0 to {limit - 1}]", list(layers)])
        return [
            (layer, msgspec.json.decode(withheld), total, listed, msgspec.json.decode(words))
            for layer, withheld, total, listed, words in cursor.fetchall()
        ]


def counts_of_words(words: Sequence[str], layers: Collection[int]) -> dict[tuple[int, str], int]:
    """How often each of these texts has each of these folded words, where it lists the word."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [list(layers), list(words)])
        return {(layer, word): count for layer, word, count in cursor.fetchall()}
