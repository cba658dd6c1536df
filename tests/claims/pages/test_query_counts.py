"""No public page runs more queries because it has more rows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract, take_off
from claims.actions.factsheets.taking_back import add_erratum, withdraw_edition
from claims.models import Topic
from sources.vocabulary import Role, Standing
from tests import factories as make
from tests.claims.issued import issue
from tests.claims.pages import world

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/?q=statement",
    "/topics/",
    "/topics/all/",
    "/entities/",
    "/entities/ministry/",
    "/sources/",
    "/sources/?publisher=The+Paper",
    "/conflicts/",
    "/corrections/",
    "/about/",
    "/factsheets/",
    "/factsheets/sheet/1/",
    "/factsheets/sheet/1/dossier/",
    "/factsheets/verify/",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-claims-1.xml",
]


def add_row(number: int, topic: Topic) -> None:
    """One more in each list: claims, an entity, a source, a retraction, editions."""
    by = make.somebody(Role.EDITOR)
    subject = make.entity(f"subject-{number}")
    source = make.source("It fell.", key=f"paper-{number}", publisher="The Paper")
    quoted = [Tie(make.excerpt("It fell", of=source))]
    kept = make.published(
        subject=subject.key, asserted_by=("ministry",), topics=[topic], evidence=quoted
    )
    make.stands(source, Standing.CORRECTED, "A figure.")
    gone, off = make.published(topics=[make.topic(f"Topic {number}")]), make.published()
    issue(kept, gone, key=f"sheet-{number}")
    edition = issue(kept, gone, key=f"sheet-{number}", at=world.LATER)
    add_erratum(edition=edition, words="Read 9, not 90.", by=by, at=world.LATER)
    withdraw_edition(edition=edition, reason="Unfounded.", by=by, at=world.LATER)
    retract(claim=gone.claim, reason="A slip.", by=by, at=world.LATER)
    take_off(claim=off.claim, reason="A court.", by=by, at=world.LATER)


def test_no_page_runs_more_queries_for_twenty_rows_than_for_one(client: Client) -> None:
    make.entity("ministry", kind="organisation")
    topic = make.topic("All")
    add_row(0, topic)
    shown = make.published(topics=[topic])
    issue(shown)
    addresses = [*PAGES, f"/claims/{shown.claim.ref}/", f"/claims/{shown.claim.ref}/v1/cite/"]
    few = {address: queries(client, address) for address in addresses}

    rows = [make.published(topics=[topic], subject="ministry") for _number in range(15)]
    for number in range(1, 5):
        add_row(number, topic)
    issue(shown, *rows, at=world.LATER)
    issue(*rows, key="many")

    assert {address: queries(client, address) for address in addresses} == few
    assert max(few.values()) <= 30


def queries(client: Client, address: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)
