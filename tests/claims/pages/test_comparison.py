"""Two texts of one source compared: what changed, and which quotes that touches."""

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from sources.actions.captures.capture import capture
from sources.models import Source, TextLayer
from sources.vocabulary import Role
from tests import factories
from tests.claims.pages import world
from tests.worker import work

pytestmark = pytest.mark.django_db

OLD = "Trade rose by 9% in all.\n\nNothing else was said.\n\nThe end."
NEW = "Trade rose by 8% in all.\n\nNothing else\nwas said.\n\nOne more line.\n\nThe end."


def staff_client() -> Client:
    client = Client()
    client.force_login(factories.person())
    return client


def captured_anew(source: Source, text: str) -> TextLayer:
    """The text of a later capture."""
    made = capture(
        source=source,
        data=text.encode(),
        file_name="later.txt",
        by=factories.somebody(Role.CONTRIBUTOR),
        at=world.LATER,
    )
    work()
    layer: TextLayer = made.blob.layers.get()
    return layer


def compared(source: Source, query: str = "") -> str:
    answer = staff_client().get(f"/sources/{source.key}/compare/{query}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    html = answer.content.decode()
    assert world.read(html).unclosed == []
    assert world.read(html).active == []
    return html


def test_the_words_that_changed_stand_in_their_paragraphs() -> None:
    source = factories.source(OLD)
    captured_anew(source, NEW)
    html = compared(source)
    assert "Trade rose by <del>9</del><ins>8</ins>% in all." in html
    assert "<ins>One more line.</ins>" in html
    assert "2 changes" in html
    assert "1 paragraph the same" in html


def test_the_quotes_that_changes_touch_are_listed_with_their_claims() -> None:
    source = factories.source(OLD)
    touched = factories.excerpt("rose by 9% in", of=source)
    factories.excerpt("Nothing else was said", of=source)
    claim = factories.published(evidence=[Tie(touched)]).claim
    captured_anew(source, NEW)
    listed = compared(source).partition("Quotes that this touches")[2].partition('id="changes"')[0]
    assert listed.count("<figure") == 1
    assert "<mark>rose by 9% in</mark>" in listed
    assert f'href="/claims/{claim.ref}/"' in listed
    assert "<span>Exact</span> →" in listed
    assert "<b>Differs</b>" in listed


def test_the_address_chooses_which_texts_are_compared() -> None:
    source = factories.source(OLD)
    old = TextLayer.objects.get()
    new = captured_anew(source, NEW)
    html = compared(source, f"?old={new.pk}&new={old.pk}")
    assert "Trade rose by <del>8</del><ins>9</ins>% in all." in html
    assert "<del>One more line.</del>" in html
    assert "Both have the same words." in compared(source, f"?old={new.pk}&new={new.pk}")


def test_a_source_with_one_text_has_nothing_to_compare() -> None:
    assert "no two texts" in compared(factories.source(OLD))
    assert "no two texts" in compared(factories.source())


def test_a_text_of_another_source_is_not_compared() -> None:
    source = factories.source(OLD)
    factories.source("Of another source.", access="staff", public_descriptor="a note")
    other = TextLayer.objects.get(text="Of another source.")
    answer = staff_client().get(f"/sources/{source.key}/compare/?old={other.pk}")
    assert answer.status_code == 400
    assert "Of another source" not in answer.content.decode()


def test_the_public_compares_nothing(client: Client) -> None:
    source = factories.source(OLD, rights="whole")
    captured_anew(source, NEW)
    assert client.get(f"/sources/{source.key}/compare/").status_code == 404


def test_the_page_of_the_source_leads_here_once_there_are_two_texts() -> None:
    source = factories.source(OLD)
    link = f'href="/sources/{source.key}/compare/"'
    assert link not in staff_client().get(f"/sources/{source.key}/").content.decode()
    captured_anew(source, NEW)
    assert link in staff_client().get(f"/sources/{source.key}/").content.decode()
