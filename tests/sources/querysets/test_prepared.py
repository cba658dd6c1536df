"""Statements that the server plans once per connection."""

import pytest
from django.db import connection

from sources.querysets.prepared import id_array, prepared_rows

# Planned for one value this is estimated to be far cheaper than for any.
SQL = """SELECT count(*) AS counted
FROM unnest(%(ids)s::text::int[]) AS n, generate_series(1, n) AS a, generate_series(1, n) AS b"""
PLANS = """SELECT generic_plans, custom_plans FROM pg_prepared_statements
WHERE statement LIKE 'SELECT count(*) AS counted%'"""


@pytest.mark.django_db
def test_a_statement_is_planned_once_whatever_its_values() -> None:
    counts = [prepared_rows(SQL, {"ids": id_array([n])})[0][0] for n in range(1, 9)]

    with connection.cursor() as cursor:
        cursor.execute(PLANS)
        plans = cursor.fetchall()
    assert counts == [n * n for n in range(1, 9)]
    assert plans == [(8, 0)]
