"""The topic dictionary of a series as files for readers."""

import pytest
from django.test import Client

from claims.domain.series.dictionary_files import read_dictionary_file
from sources.actions.sources import add_series
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims.admin.dictionaries.kept import a_series, entry, save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", ["yaml", "csv"])
def test_a_version_stays_at_its_address_and_has_no_word_of_the_desk(
    client: Client, form: str
) -> None:
    series, by = a_series(), make.person(Role.EDITOR, name="olga")
    first = save(series, entry("arctic", "Arctic", ("Арктик*", "ru")), by=by, note="A word of ours")
    save(series, entry("ukraine", "Ukraine"))

    answer = client.get(f"/series/quad/dictionary/1.{form}")

    assert read_dictionary_file(answer.content, file=f"a.{form}").dictionary == first.dictionary
    for hidden in ("olga", "Olga", "A word of ours"):
        assert hidden not in answer.content.decode()
        assert hidden not in client.get("/api/v1/series/quad/dictionary/?number=1").content.decode()


def test_the_public_has_no_dictionary_of_a_series_that_it_may_not_know(client: Client) -> None:
    a_series("open")
    source = make.source(access=Access.STAFF, public_descriptor="A paper")
    by = make.somebody(Role.EDITOR)
    series = add_series(key="secret", title="Secret", sources=[source], by=by, at=make.TODAY)
    save(series, entry("arctic", "Arctic"))

    for address in (
        "/series/secret/dictionary/1.yaml",
        "/series/open/dictionary/1.yaml",
        "/api/v1/series/secret/dictionary/",
        "/api/v1/series/secret/dictionary/versions/",
    ):
        assert client.get(address).status_code == 404
    save(add_series(key="open", title="Open", sources=[], by=by, at=make.TODAY))
    assert client.get("/series/open/dictionary/1.exe").status_code == 404
