"""No list runs more queries because it has more rows.

`query_counts.json` has the queries of every list; `pytest tests/claims/api --regenerate` writes it.
"""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions.claims.entry import Tie, revise
from claims.domain.content import Content
from claims.models import Version
from sources.actions.origins import add_origin
from sources.actions.sources import add_series
from sources.vocabulary import OriginKind, Role
from tests import factories as make
from tests.claims import crowded
from tests.claims.issued import issue

COUNTS = Path(__file__).with_name("query_counts.json")
LISTS = [
    "annotations/",
    "captures/",
    "claims/",
    "claims/?q=statement&topic=all&disputed=true&source=wire&entity=ministry&period=2025",
    "claims/C/versions/",
    "claims/C/reviews/",
    "claims/C/conflicts/",
    "claims/C/similar/",
    "conflicts/",
    "editions/",
    "entities/",
    "excerpts/",
    "properties/",
    "series/",
    "sources/",
    "topics/",
]


def fill(rows: int) -> Version:
    """As many rows of each kind in every list; the last claim has as many versions, too."""
    by = make.somebody(Role.CONTRIBUTOR)
    make.entity("ministry")
    wire = make.source("It fell. It rose.", key="wire")
    topic = make.topic("All")
    fell, rose = make.excerpt("It fell.", of=wire), make.excerpt("It rose.", of=wire)
    version = None
    for number in range(rows):
        crowded.add_row(topic)
        subject = make.entity(f"subject-{number}", part_of=None)
        measure = make.number_property(f"measure-{number}")
        source = make.source(key=f"copy-{number}")
        add_origin(source=source, origin=wire, kind=OriginKind.WIRE, by=by, at=make.TODAY)
        add_series(key=f"series-{number}", title="A", sources=[source, wire], by=by, at=make.TODAY)
        make.topic(f"Topic {number}")
        for value, excerpt in (("-9%", fell), ("3%", rose)):
            version = make.published(
                statement=f"Statement that it was {value}.",
                subject=subject.key,
                property=measure.key,
                value=value,
                period="2025",
                asserted_by=("ministry",),
                topics=[topic],
                evidence=[Tie(excerpt), Tie(make.excerpt(), stance="context")],
            )
            if value == "-9%":
                issue(version, key=f"sheet-{number}")
    assert version is not None
    for number in range(1, rows):
        version = add_version(version, number)
    return version


def add_version(version: Version, number: int) -> Version:
    evidence = [Tie(piece.excerpt, piece.stance) for piece in version.evidence.all()]
    following = revise(
        claim=version.claim,
        content=Content(
            statement=f"Statement that it was {version.value}, {number} times.",
            subject=version.subject.key if version.subject else None,
            property=version.property.key if version.property else None,
            value=version.value,
            period=version.period,
            asserted_by=("ministry",),
        ),
        evidence=evidence,
        by=make.somebody(Role.CONTRIBUTOR),
        at=timezone.now(),
        seen=number,
        submit_it=True,
    )
    return make.approved(following, at=timezone.now())


def counted(version: Version, public: Client, staff_client: Client) -> dict[str, dict[str, int]]:
    """The queries of every list, for both readers."""
    found: dict[str, dict[str, int]] = {}
    for reader, client in (("public", public), ("desk", staff_client)):
        for path in LISTS:
            address = path.replace("/C/", f"/{version.claim.ref}/")
            with CaptureQueriesContext(
                connection,
            ) as queries:
                response = client.get(f"/api/v1/{address}")
            if response.status_code == 200:
                told = response.json()
                assert told["first"]["items"] if "first" in told else told["results"], path
                found.setdefault(path, {})[reader] = len(queries)
    return found


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_any_length_costs_the_queries_on_record(
    public: Client, staff_client: Client, regenerate: bool, rows: int
) -> None:
    found = counted(fill(rows), public, staff_client)

    if regenerate and rows == 1:
        COUNTS.write_text(json.dumps(found, indent=2) + "\n")
    assert found == json.loads(COUNTS.read_text())
