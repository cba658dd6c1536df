"""Which files have the words of a quote that is to be withheld."""

from dataclasses import replace

import pytest

from sources.actions.captures.capture import capture
from sources.actions.captures.texts import record_text
from sources.actions.withholding.files_containing import WordsInFile, files_containing
from sources.extraction.extract import extract
from sources.models import Capture, Excerpt, Source
from tests import factories as make

pytestmark = pytest.mark.django_db

MARKER = "Zanzibar-Quixote owes nine million"
TEXT = f"Nothing before it. {MARKER}. Nothing after it."


def kept(source: Source, data: bytes, file_name: str = "more.txt") -> Capture:
    return capture(source=source, data=data, file_name=file_name, by=make.person(), at=make.TODAY)


def held(excerpt: Excerpt) -> dict[Capture, WordsInFile]:
    return dict(files_containing(excerpt, excerpt.source.captures.all()))


def test_a_file_whose_text_has_nothing_like_the_words_is_left_out() -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt(MARKER, of=source)
    kept(source, b"The appendix: a list of ships and of their harbours.")

    assert held(excerpt) == {source.captures.first(): WordsInFile.WORDS}


def test_a_file_in_which_the_quote_was_never_graded_has_the_words_too() -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt(MARKER, of=source)
    other = kept(source, f"Another edition.\n{MARKER.replace(' owes', chr(10) + 'owes')}.".encode())

    assert held(excerpt)[other] == WordsInFile.WORDS


def test_an_earlier_text_of_a_file_counts() -> None:
    source = make.source("The appendix: a list of ships.")
    data = f"Another edition. {MARKER}.".encode()
    other = kept(source, data)
    extracted = extract(data, media_type="text/plain", file_name="more.txt")
    record_text(
        capture=other, extracted=replace(extracted, version="later", text="Empty."), at=make.TODAY
    )
    excerpt = make.excerpt(MARKER, of=source)

    assert held(excerpt) == {other: WordsInFile.WORDS}


def test_a_file_without_a_text_may_have_the_words() -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt(MARKER, of=source)
    scan = kept(source, b"%PDF-1.7 \x00\xff", "scan.pdf")

    assert held(excerpt)[scan] == WordsInFile.UNKNOWN


def test_words_that_are_alike_are_not_the_words() -> None:
    source = make.source(TEXT.replace("nine", "seven"))
    excerpt = make.excerpt(MARKER, of=source)

    assert held(excerpt) == {source.captures.get(): WordsInFile.ALIKE}


def test_bytes_that_are_kept_twice_are_named_once() -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt(MARKER, of=source)
    kept(source, TEXT.encode())

    assert len(held(excerpt)) == 1
