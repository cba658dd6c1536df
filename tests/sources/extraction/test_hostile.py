"""No file breaks the server: each ends in a text or in a sentence, within the limits."""

import resource
import time
import unicodedata

import pytest

from sources.extraction.extract import ExtractionLimits, ExtractionRefused, extract
from tests.sources.extraction.hostile import Hostile, files

LIMITS = ExtractionLimits(seconds=5, cpu_seconds=5)
FILES = files()
# In seconds: starting and ending a process on a machine that does much else.
GRACE = 15


def test_there_are_300_of_them() -> None:
    assert len(FILES) == 300


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(
            hostile,
            id=f"{index}-{hostile.label}".encode("ascii", "replace").decode(),
            marks=[pytest.mark.long] if index % 10 else [],
        )
        for index, hostile in enumerate(FILES)
    ],
)
def test_a_hostile_file_ends_in_a_text_or_in_a_sentence(hostile: Hostile) -> None:
    data = hostile.make()
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    started = time.monotonic()
    _end_in_a_text_or_a_sentence(hostile, data)
    assert time.monotonic() - started < LIMITS.seconds + GRACE
    # The most that any child ever had. Linux counts what the parent held when it started one.
    parent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert children * 1024 <= max(LIMITS.memory, parent * 1024, before * 1024)


def _end_in_a_text_or_a_sentence(hostile: Hostile, data: bytes) -> None:
    refused: ExtractionRefused | None = None
    try:
        extracted = extract(
            data, media_type=hostile.media_type, file_name=hostile.file_name, limits=LIMITS
        )
    except ExtractionRefused as error:
        refused = error
    if refused is None:
        assert extracted.text
        assert "\0" not in extracted.text
        assert unicodedata.is_normalized("NFC", extracted.text)
        assert extracted.text.encode()
    else:
        assert refused.message.endswith(".")
        assert refused.message.encode()
        assert refused.extractor
        assert len(refused.version) <= 40
