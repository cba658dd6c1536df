"""People at once: whoever comes second waits or is refused, and nobody is thrown out."""

import io
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client

from claims.actions.claims.entry import Tie, revise
from claims.actions.conflicts import detection
from claims.actions.dossier.import_claims import import_claims
from claims.domain.content import Content, PremiseGiven
from claims.models import Premise, Version
from factbase.models import User
from sources.actions.captures.capture import capture
from sources.domain.refusals import Refusal
from sources.models import Source
from sources.vocabulary import Role
from tests import factories as make
from tests.at_once import at_once, refusals, somebody_waits
from tests.factories import TODAY
from tests.held_open import held_open

pytestmark = pytest.mark.usefixtures("cloned_database")


@pytest.mark.parametrize("wait", [0.7, 1.5])
def test_an_import_and_a_review_of_one_of_its_claims_wait_for_each_other(wait: float) -> None:
    version = make.submitted()
    (piece,) = version.evidence.select_related("excerpt__source")
    by, editor = make.person(), make.person(Role.EDITOR)

    def imports() -> None:
        with transaction.atomic(), detection.detect_at_the_end(now=lambda: TODAY):
            time.sleep(wait)
            revise(
                claim=version.claim,
                content=Content("It is otherwise."),
                evidence=[Tie(piece.excerpt)],
                by=by,
                at=TODAY,
                seen=1,
                submit_it=True,
            )

    def reviews() -> None:
        time.sleep(0.3)
        make.approved(version, by=editor)

    found = at_once(imports, reviews)

    assert len(refusals(found)) < 2  # the later of the two is told of the earlier
    assert version.claim.versions.filter(number=2).exists()


def test_two_claims_do_not_come_to_rest_on_each_other() -> None:
    one, other = make.submitted(), make.submitted()
    people = make.person(), make.person()

    def rest(version: Version, on: Version, by: User) -> None:
        revise(
            claim=version.claim,
            content=Content(
                f"{version.statement} So.", premises=(PremiseGiven(on.ref, on.content_hash),)
            ),
            evidence=[],
            by=by,
            at=TODAY,
            seen=1,
            submit_it=True,
        )

    found = at_once(lambda: rest(one, other, people[0]), lambda: rest(other, one, people[1]))

    (refused,) = refusals(found)
    assert isinstance(refused, Refusal)
    assert refused.code == "premise_circle"
    assert Premise.objects.count() == 1


def form_data(version: Version | None, source: Source, words: str) -> dict[str, Any]:
    """The fields that the desk's form sends for a claim on new words of a source."""
    data = {"statement": "Trade fell.", "language": "en", "mode": "stated", "draft": "1"}
    data |= {"quotes-TOTAL_FORMS": "1", "quotes-INITIAL_FORMS": "0"}
    data |= {"quotes-0-stance": "supports", "quotes-0-source": source.key, "quotes-0-words": words}
    return data if version is None else {**data, "seen": str(version.number)}


def sent(address: str, data: dict[str, Any], by: User) -> int:
    client = Client()
    client.force_login(by)
    return client.post(address, data).status_code


def test_the_desk_and_an_import_quote_one_source() -> None:
    source = make.source("Trade fell. Prices rose.", key="js-2022")
    by, importer = make.person(), make.person()
    line = {
        "id": "1",
        "statement": "Prices rose.",
        "evidence": [{"source": "js-2022", "quote": "Prices rose."}],
    }

    def imports() -> object:
        data = io.BytesIO(json.dumps(line).encode())
        return import_claims(data=data, file="a.jsonl", namespace="a", by=importer, at=TODAY)

    def enters() -> int:
        return sent("/admin/claims/claim/add/", form_data(None, source, "Trade fell."), by)

    with ThreadPoolExecutor(1) as other:
        with held_open(enters, at="claims.admin.entry.pages:propose") as held:
            importing = other.submit(on_own_connection, imports)
            somebody_waits()
        importing.result()

    assert held.result == 302
    assert Version.objects.count() == 2


def test_a_revision_quotes_the_source_that_a_decision_grades_again() -> None:
    source = make.source("Trade fell. Prices rose.")
    version = make.submitted(evidence=[Tie(make.excerpt("Trade fell.", of=source))])
    by = make.person()
    new_text = b"Else. Trade fell. Prices rose."
    capture(source=source, data=new_text, file_name="b.txt", by=by, at=TODAY)
    editor = make.person(Role.EDITOR)

    def revises() -> int:
        address = f"/admin/claims/claim/{version.claim_id}/revise/"
        return sent(address, form_data(version, source, "Prices rose."), by)

    with ThreadPoolExecutor(1) as other:
        with held_open(revises, at="claims.admin.entry.pages:revise") as held:
            deciding = other.submit(on_own_connection, lambda: make.approved(version, by=editor))
            somebody_waits()
        with pytest.raises(Refusal):
            deciding.result()

    assert held.result == 302
    assert version.claim.versions.filter(number=2).exists()


def on_own_connection(thing: Callable[[], object]) -> object:
    try:
        return thing()
    finally:
        connections.close_all()
