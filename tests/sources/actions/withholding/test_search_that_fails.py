"""A search for remaining copies that fails: the withholding is asked for still."""

import pytest
from django.db import DataError, connections

from factbase.postgres.rights import runtime_role
from sources.actions.withholding.withhold import carry_out
from sources.vocabulary import Role
from tests import factories as make
from tests.sources.withheld import MARKER, TEXT, asked


@pytest.fixture
def unreadable_view(cloned_database: str) -> None:
    """A view whose text cannot be read."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE VIEW unreadable AS SELECT (1 / 0)::text AS words")
        cursor.execute(f'GRANT SELECT ON unreadable TO "{runtime_role()}"')


@pytest.mark.usefixtures("unreadable_view")
def test_nothing_is_withheld_where_remaining_copies_cannot_be_searched_for() -> None:
    excerpt = make.excerpt(MARKER, of=make.source(TEXT))
    request = asked(excerpt, make.person(Role.ADMINISTRATOR))
    editor = make.person(Role.EDITOR)

    with pytest.raises(DataError):
        carry_out(request=request, by=editor, at=make.TODAY)

    excerpt.refresh_from_db()
    request.refresh_from_db()
    assert (excerpt.exact, request.decided_at) == (MARKER, None)

    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP VIEW unreadable")
    left = carry_out(request=request, by=editor, at=make.TODAY)
    assert [(copy.table, copy.column) for copy in left] == [("sources_textlayer", "text")]
