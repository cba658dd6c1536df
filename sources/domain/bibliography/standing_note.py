"""The standing of a source in the note of its bibliographic record, and out of it again.

No field of CSL, BibTeX or RIS says that a work was retracted, so a file says it at the end of the
note, in brackets: "Second edition. [Standing: The source was retracted on …]". The brackets tell
it from the note of the record when the file is read again.
"""

import re
from collections.abc import Mapping
from typing import Any

_STANDING = re.compile(r"\s*\[Standing: [^\[\]]*\]")
_WITHOUT_BRACKETS = str.maketrans("[]", "()")


def with_standing_note(csl: Mapping[str, Any], sentence: str) -> dict[str, Any]:
    """A record with the sentence at the end of its note, in place of one that is there already."""
    standing = f"[Standing: {sentence.translate(_WITHOUT_BRACKETS)}]"
    note = csl.get("note", "")
    own = own_note(str(note)) if isinstance(note, str | int | float) else ""
    return {**csl, "note": f"{own} {standing}" if own else standing}


def without_standing_note(csl: Mapping[str, Any]) -> dict[str, Any]:
    """A record without what a file says of its standing; without a note where that was all."""
    note = csl.get("note")
    if not isinstance(note, str):
        return dict(csl)
    own = own_note(note)
    others = {name: value for name, value in csl.items() if name != "note"}
    return {**others, "note": own} if own else others


def own_note(note: str) -> str:
    """The note of a record without what a file says of its standing."""
    return _STANDING.sub("", note).strip()
