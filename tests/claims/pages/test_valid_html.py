"""Public pages and sheets are HTML to the letter: they parse without an error, and links within a
page lead to a place in it."""

import re
from collections import Counter
from collections.abc import Iterator

import html5lib
import pytest
from django.test import Client

from tests.claims.pages import every_page

pytestmark = pytest.mark.django_db

# Attributes that name elements of the same page by their ids.
REFERRING = ("for", "list", "aria-labelledby", "aria-describedby", "aria-controls")


def test_every_page_and_sheet_is_valid_html(client: Client) -> None:
    built = every_page.build()
    expected = dict.fromkeys([*built.addresses, *built.sheets], 200) | built.refusals

    faults = []
    for address, status in expected.items():
        response = client.get(address)
        assert response.status_code == status, address
        faults += [(address, fault) for fault in faults_of(response.content.decode())]

    assert faults == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>One<div>two</p></div>", "unexpected-end-tag"),
        ('<p id="a"></p><p id="a"></p>', "a twice"),
        ('<a href="#b">B</a>', "#b leads nowhere"),
        ('<label for="c">C</label>', "for=c names nothing"),
    ],
)
def test_a_fault_is_found(body: str, fault: str) -> None:
    page = f'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    assert fault in " ".join(faults_of(page))
    assert list(faults_of(page.replace(body, "<p>Well.</p>"))) == []


def faults_of(page: str) -> Iterator[str]:
    """The faults of a page, in a few words each."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page)
    for (line, _column), code, _values in parser.errors:
        yield f"{code} near line {line}"
    elements = list(tree.iter())
    ids = Counter(one.get("id") for one in elements if one.get("id") is not None)
    yield from (f"{name} twice" for name, count in ids.items() if count > 1)
    for one in elements:
        target = re.fullmatch("#(.+)", one.get("href") or "")
        if target and target[1] not in ids:
            yield f"{target[0]} leads nowhere"
        for name in REFERRING:
            for named in (one.get(name) or "").split():
                if named not in ids:
                    yield f"{name}={named} names nothing"
