"""The detection key: the question that a version shares with those it may disagree with."""

import hashlib


def detection_key(subject: str, property: str, aspect: str | None, basis: str) -> str:  # noqa: A002
    """The key of the question "which value has this property of this subject?", 64 hex digits.

    SHA-256 of the keys of the surviving subject, the property and the aspect (empty where there
    is none) and of the basis as typed, one to a line. Keys hold no line break and the basis comes
    last, so that no two questions share one text. With an empty basis it is the key without basis,
    by which the same question on other bases is found. A preview computes the key here, since its
    version is in no table; stored keys are computed by the same rule in SQL
    (`claims/querysets/compared.py`), and tests hold each against the other.
    """
    return _digest("\n".join((subject, property, aspect or "", basis))).hex()


def lock_number(word: str) -> int:
    """The number of the advisory lock behind a word, a signed integer of 64 bits.

    Two words that share a number wait for each other without need, and nothing worse.
    """
    return int.from_bytes(_digest(word)[:8], signed=True)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
