"""Which label a page of a source has: the number a person gave its file, else the file's own."""

import pytest

from sources.actions.captures.capture import set_page_offset
from sources.readings.page_labels import labels_of_pages, printed_pages
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db

# index 0 has no label, index 1 is labelled "2"; [start, end)
PAGES = [
    {"index": 0, "label": "", "start": 0, "end": 10},
    {"index": 1, "label": "2", "start": 11, "end": 20},
]


@pytest.mark.parametrize(
    ("position", "offset", "printed", "cited", "named", "heading"),
    [
        (3, None, "", "", "page 1 of the file", "Page 1 of the file"),
        (12, None, "2", "p. 2", "p. 2", "Page 2"),
        (12, 40, "41", "p. 41", "p. 41", "Page 41"),
        (3, -1, "", "", "page 1 of the file", "Page 1 of the file"),
        (10, None, "", "", "", ""),
    ],
)
def test_a_page_is_named_by_number_else_by_its_place(
    position: int, offset: int | None, printed: str, cited: str, named: str, heading: str
) -> None:
    labels = labels_of_pages(PAGES, offset)
    page = labels.at(position)

    assert labels.printed(page) == printed
    assert labels.cited(page) == cited
    assert labels.named(page) == named
    assert labels.heading(page) == heading


def test_one_page_without_a_number_is_no_page_to_name() -> None:
    (first, _second) = PAGES
    labels = labels_of_pages([first], None)

    assert not labels.is_named(labels.at(3))
    assert labels.named(labels.at(3)) == ""
    assert labels_of_pages([first], 4).named(labels.at(3)) == "p. 4"


def test_a_quote_has_the_number_of_the_page_where_its_words_stand() -> None:
    source = make.source("One.\fTwo words.", key="report")
    quotes = [make.excerpt("One.", of=source), make.excerpt("Two words.", of=source)]
    ids = [quote.pk for quote in quotes]
    assert printed_pages(ids) == dict(zip(ids, ("1", "2"), strict=True))

    by = make.somebody(Role.CONTRIBUTOR)
    set_page_offset(capture=source.captures.get(), offset=41, by=by, at=make.TODAY)
    assert printed_pages(ids) == dict(zip(ids, ("41", "42"), strict=True))
