"""The bytes by which words can stand in a file of an edition that can be read as text."""

import json
from collections.abc import Iterable
from html import escape

from claims.domain.factsheets.copied_words import is_long_enough


def written_forms(words: Iterable[str]) -> list[bytes]:
    """Each wording in UTF-8 as text, HTML and JSON write it, each form once.

    Markdown is found by the others, which an edition always has beside it. Wordings that are too
    short are left out: "9%" is in many files and is nobody's quote.
    """
    forms: dict[bytes, None] = {}
    for wording in words:
        text = " ".join(wording.split())
        if not is_long_enough(text):
            continue
        for one in (
            wording,
            text,
            escape(text),
            escape(text, quote=False),
            json.dumps(wording, ensure_ascii=False)[1:-1],
            json.dumps(text, ensure_ascii=False)[1:-1],
        ):
            forms[one.encode()] = None
    return list(forms)
