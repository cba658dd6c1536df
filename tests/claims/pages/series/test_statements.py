"""Five real statements: the page, the table and the API give the counts that stand beside them."""

import csv
import io
import re

import pytest
from django.test import Client

from claims.actions.series.dictionaries import save_dictionary
from claims.pages.series.files import COLUMNS
from sources.actions.sources import add_series
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import statements
from tests.worker import work

pytestmark = [pytest.mark.django_db, statements.needs_statements]

FIRST = {"ukraine": 2, "artificial-intelligence": 4, "cancer": 4}


def counted_series() -> None:
    """The statements as a series that the public reads, counted with their dictionary."""
    expected = statements.expected()
    sources = [
        make.source(statements.text_of(key), key=key, language="en", is_opened=True)
        for key in expected["documents"]
    ]
    by = make.somebody(Role.EDITOR)
    series = add_series(key="quad", title="Statements", sources=sources, by=by, at=make.TODAY)
    for name in expected["topics"]:
        make.topic(name)
    save_dictionary(
        series=series,
        dictionary=statements.dictionary(),
        note="",
        seen_number=0,
        by=by,
        at=make.TODAY,
    )
    work()


def test_page_table_and_api_give_the_expected_counts(client: Client) -> None:
    counted_series()
    expected = {
        statements.key_of(name): topic["counts"]
        for name, topic in statements.expected()["topics"].items()
    }

    answer = client.get("/api/v1/series/quad/matrix/").json()
    told = {row["topic"]: [cell["count"] for cell in row["cells"]] for row in answer["topics"]}
    assert told == expected
    firsts = {
        row["topic"]: place
        for row in answer["topics"]
        for place, cell in enumerate(row["cells"])
        if cell["is_first"]
    }
    assert firsts.items() >= FIRST.items()

    rows = list(
        csv.DictReader(io.StringIO(client.get("/series/quad/matrix/1.csv").content.decode()))
    )
    assert tuple(rows[0]) == COLUMNS
    table: dict[str, list[int]] = {}
    for row in rows:
        table.setdefault(row["topic"], []).append(int(row["count"]))
    assert table == expected

    html = client.get("/series/quad/").content.decode()
    page = [
        [int(count[1]) if (count := re.search(r"<b>(\d+)</b>", cell)) else 0 for cell in cells]
        for cells in (
            re.findall(r'<td role="cell".*?</td>', row, re.S)
            for row in re.findall(r'<tr role="row"><th scope="row".*?</tr>', html, re.S)
        )
    ]
    assert page == list(expected.values())
