"""The demo dossier: what it promises to show, and what it must not hold."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.actions.absence.runs import run_absence
from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract
from claims.actions.dossier.load import load_dossier
from claims.domain.dossier.summary import Summary
from claims.models import (
    Claim,
    Conflict,
    ConflictMember,
    DictionaryVersion,
    PublicConflict,
    Version,
)
from claims.vocabulary import ConflictKind, ConflictStatus, Status
from factbase.models import User
from sources.domain.grading.quotes import grade_quote
from sources.models import Source
from sources.vocabulary import Grade, Rights, Role
from tests import factories as make
from tests.claims.absences import scope_of
from tests.plain import layer_of
from tests.worker import work

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "fixtures"
CORPUS = ROOT.parent / "shared" / "corpus"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

MOST_WORDS = 40
LONGEST_SHARED = 8  # words in a row that two texts may have in common by chance

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the five documents are not beside the project"
)


def dossier() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FIXTURES / "dossier.json").read_text())
    return read


def quotes() -> Iterator[tuple[str, str]]:
    for claim in dossier()["claims"]:
        for piece in claim["evidence"]:
            yield piece["source"], piece["quote"]


@pytest.fixture(scope="module")
def summary(module_transaction: None) -> Summary:
    """Load the dossier once for all tests of the module."""
    return load_dossier(folder=FIXTURES, by="dossier", at=NOW)


@pytest.mark.django_db
@pytest.mark.usefixtures("summary")
def test_every_status_can_be_seen() -> None:
    last = [claim.versions.order_by("-number")[0] for claim in Claim.objects.all()]
    retracted = [version for version in last if version.claim.is_retracted]
    public = [version for version in last if version.published and version not in retracted]
    statuses = Counter(version.status for version in last)
    assert len(retracted) == 1
    assert retracted[0].published is not None
    assert len(public) >= 18
    assert statuses[Status.DRAFT] == statuses[Status.REJECTED] == 1
    assert statuses[Status.SUBMITTED] == len(last) - len(public) - 3
    assert statuses[Status.SUBMITTED] > 0


# What the paper says of the four statements, in their order: + present, - absent, none: not said.
PAPER = {
    "democracy": "++- ",
    "european-union": " ++ ",
    "arctic": "++++",
    "ukraine": " +++",
}


@pytest.mark.django_db
@pytest.mark.usefixtures("summary")
def test_public_claims_tell_what_the_paper_says_of_each_statement() -> None:
    public = Version.objects.filter(
        published__contains=NOW, claim__retracted_at=None, property__key="mentions"
    )
    said = {
        (version.aspect.key, version.subject.key): "+" if version.truth else "-"
        for version in public.select_related("aspect", "subject")
        if version.aspect is not None and version.subject is not None
    }

    years = [f"js-{year}" for year in (2022, 2023, 2024, 2025)]
    assert {
        topic: "".join(said.get((topic, year), " ") for year in years) for topic in PAPER
    } == PAPER
    assert said["power-of-siberia-2", "joint-statements"] == "-"


@pytest.mark.django_db
@pytest.mark.usefixtures("summary")
def test_the_topics_of_the_paper_are_in_the_dictionary_of_the_series() -> None:
    dictionary = DictionaryVersion.objects.get(series__key="joint-statements").dictionary

    assert {*PAPER, "power-of-siberia-2"} <= {entry.topic for entry in dictionary.entries}


@pytest.mark.django_db
@pytest.mark.usefixtures("summary")
def test_all_conflicts_are_public() -> None:
    expect = dossier()["expect"]

    assert desk_conflicts() == public_conflicts()
    assert desk_conflicts() == {
        *(
            (frozenset(entry["members"]), entry["kind"], entry["strength"], entry["same_source"])
            for entry in expect["conflicts"]
        ),
        *(
            (frozenset(entry["members"]), ConflictKind.EDITORIAL.value, "tension", False)
            for entry in dossier()["conflicts"]
        ),
    }


Question = tuple[frozenset[str], str, str, bool]


def desk_conflicts() -> set[Question]:
    return {
        question(one, "claim__external_id")
        for one in Conflict.objects.exclude(status__in=[ConflictStatus.LAPSED])
    }


def public_conflicts() -> set[Question]:
    return {
        question(one, "version__claim__external_id")
        for one in PublicConflict.objects.exclude(status__in=[ConflictStatus.LAPSED])
    }


def question(one: Conflict | PublicConflict, name: str) -> Question:
    members = frozenset(one.members.filter(left_at__isnull=True).values_list(name, flat=True))
    return members, one.kind, one.strength, one.same_source


@pytest.mark.django_db
def test_nothing_is_held_back_and_located_quotes_show(summary: Summary) -> None:
    assert not summary.held
    assert {quote.grade for quote in summary.unverified} == {Grade.UNLOCATED}
    assert summary.grades[Grade.EXACT] >= 2
    assert summary.grades[Grade.FOLDED] >= 1


@pytest.mark.django_db
@pytest.mark.usefixtures("summary")
def test_the_desk_note_rests_on_the_five_documents() -> None:
    note = Source.objects.get(key="desk-note")
    assert note.rights == Rights.WHOLE
    assert note.origin_ties.count() == 5


@pytest.mark.django_db
@pytest.mark.usefixtures("summary")
def test_accounts_are_named_by_what_they_do_and_cannot_sign_in() -> None:
    assert set(User.objects.values_list("username", flat=True)) == {"dossier", "second-desk"}
    assert not any(person.has_usable_password() for person in User.objects.all())


@pytest.mark.django_db
@pytest.mark.usefixtures("summary")
def test_a_mention_in_a_statement_is_a_presence_conflict_until_it_is_retracted() -> None:
    work()
    absence = Claim.objects.get(external_id="ps2-absent")
    before = set(Conflict.objects.values_list("pk", flat=True))
    later = NOW + timedelta(days=1)
    words = "the Power of Siberia 2"
    statement = Source.objects.get(key="js-2023")

    mention = make.submitted(
        statement="The 2023 statement mentions Power of Siberia 2.",
        subject="js-2023",
        property="mentions",
        aspect="power-of-siberia-2",
        value="present",
        degree="passing",
        evidence=[Tie(make.excerpt(words, of=statement))],
        at=later,
    )
    make.approved(mention, at=later, note="Read in the printed text.")

    conflict = Conflict.objects.exclude(pk__in=before).get()
    assert (conflict.kind, conflict.status) == ("presence", "open")
    members = ConflictMember.objects.filter(conflict=conflict)
    assert set(members.values_list("claim", flat=True)) == {absence.pk, mention.claim_id}
    assert PublicConflict.objects.get(conflict=conflict).status == "open"

    retract(claim=mention.claim, reason="Misread.", by=make.person(Role.EDITOR), at=later)

    conflict.refresh_from_db()
    assert conflict.status == "lapsed"
    assert members.count() == 2
    assert not members.filter(left_at__isnull=True).exists()
    assert PublicConflict.objects.get(conflict=conflict).status == "lapsed"


@pytest.mark.django_db
@pytest.mark.usefixtures("summary")
def test_the_absence_over_the_statements_says_that_nothing_was_searched() -> None:
    """Their texts are not kept here: an approved absence that rests on nothing searched."""
    work()
    version = Claim.objects.get(external_id="ps2-absent").versions.get()

    run = run_absence(scope=scope_of(version), at=NOW)

    assert (run.outcome, run.searched) == ("unsearched", 0)
    assert run.documents == 4


def test_quotes_are_short() -> None:
    assert not [quote for _source, quote in quotes() if len(quote.split()) > MOST_WORDS]


def test_no_document_but_the_desk_note_is_kept() -> None:
    names = {path.name for path in FIXTURES.iterdir()}

    assert names == {
        *("README.md", "desk-note.txt", "dossier.json", "sources.json"),
        "factsheet.json",  # our own words about the claims
        "dictionaries",  # terms of topics
        "state-of-the-union",  # another dossier, whose texts a package brings
    }
    assert len((FIXTURES / "desk-note.txt").read_text().split()) < 700


@needs_corpus
def test_what_is_ours_is_in_our_own_words() -> None:
    own = [
        (FIXTURES / "desk-note.txt").read_text(),
        (FIXTURES / "README.md").read_text(),
        *(claim.get("note", "") for claim in dossier()["claims"]),
    ]

    for document in CORPUS.glob("*.txt"):
        theirs = runs(document.read_text())
        assert not [shared for text in own for shared in runs(text) & theirs], document.name


@needs_corpus
def test_the_dossier_of_the_five_documents_carried_over() -> None:
    carried = {claim["id"]: claim for claim in dossier()["claims"]}
    original = json.loads((CORPUS / "dossier.json").read_text())

    for claim in original["claims"]:
        kept = {name: value for name, value in carried[claim["id"]].items() if name in claim}
        assert kept == claim
    assert dossier()["properties"] == original["properties"]


@needs_corpus
def test_quotes_stand_in_their_documents() -> None:
    """Unlocated here, yet true: with the documents beside them every quote is found."""
    files = {
        record["id"]: record["file"] for record in json.loads((CORPUS / "sources.json").read_text())
    }

    layers = {source: layer_of((CORPUS / file).read_bytes()) for source, file in files.items()}

    for source, quote in quotes():
        if source in layers:
            assert grade_quote(quote, layers[source]).grade in (Grade.EXACT, Grade.FOLDED), quote


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of words that are longer than what texts share by chance."""
    words = re.findall(r"\w+", text.casefold())
    size = LONGEST_SHARED + 1
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)}
