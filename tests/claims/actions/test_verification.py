"""Recomputing what was approved, in a number of queries that many claims do not raise."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.entry import Tie
from claims.actions.verification import check_hashes
from claims.domain.content import Absence, Described, PremiseGiven, Term
from tests import factories as make

pytestmark = pytest.mark.django_db


def absence_of_everything() -> None:
    """A claim with a row in every table that content is kept in, from two documents."""
    documents = [make.source(), make.source()]
    premise = make.draft()
    make.draft(
        subject=make.entity().key,
        property=make.value_property("presence").key,
        aspect=make.topic().key,
        value="absent",
        asserted_by=(make.entity().key, Described("a senior official")),
        absence=Absence(terms=(Term("pact"),), sources=tuple(row.key for row in documents)),
        premises=(PremiseGiven(premise.ref, premise.content_hash),),
        evidence=[Tie(make.excerpt(), "context", documents[0]), Tie(make.excerpt())],
    )


def test_many_hashes_are_recomputed_in_as_many_queries_as_few() -> None:
    absence_of_everything()
    with CaptureQueriesContext(connection) as few:
        checked = check_hashes()
    assert (checked.count, checked.problems) == (2, [])
    for _ in range(3):
        absence_of_everything()

    with CaptureQueriesContext(connection) as many:
        checked = check_hashes()

    assert (checked.count, checked.problems) == (8, [])
    assert len(many) == len(few)
