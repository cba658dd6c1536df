"""Where words stand in the database."""

import json

import pytest

from sources.actions.withholding.find_copies import find_copies
from tests import factories as make

pytestmark = pytest.mark.django_db

# Words that stand nowhere else.
MARKER = "Zanzibar-Quixote owes nine million"
TEXT = f"Nothing before it. {MARKER}."


def test_copies_are_found_in_texts_json_and_lists() -> None:
    source = make.source(TEXT, note=f"Somebody wrote “{MARKER}”.")
    make.excerpt(MARKER, of=source)

    found = {(copy.table, copy.column) for copy in find_copies(MARKER)}

    assert ("sources_source", "csl") in found
    assert ("sources_sourceevent", "csl") in found
    assert ("sources_excerpt", "exact") in found
    assert ("sources_textlayer", "words") in {
        (copy.table, copy.column) for copy in find_copies("Zanzibar")
    }


def test_words_with_quotation_marks_are_found_in_json() -> None:
    words = 'He said "nothing"\nand left.'
    make.source(note=words)

    assert json.dumps(words) != f'"{words}"'
    assert ("sources_source", "csl") in {(copy.table, copy.column) for copy in find_copies(words)}
