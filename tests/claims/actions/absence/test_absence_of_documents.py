"""Absences over real documents, and over the joint statements of the demo dossier."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from claims.actions.absence.runs import run_absence
from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract
from claims.actions.dossier.load import load_dossier
from claims.models import Claim, Conflict, ConflictMember, PublicConflict
from sources.actions.sources import add_series
from sources.domain.text.search_folding import fold_for_search
from sources.models import Source
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.absences import absent, last, scope_of
from tests.claims.loads import NOW
from tests.worker import work

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[4]
CORPUS = ROOT.parent / "shared" / "corpus"
needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the five documents are not beside the project"
)


def documents() -> dict[str, str]:
    """Three of the documents, by their names."""
    paths = sorted(CORPUS.glob("*.txt"))[:3]
    return {path.stem: path.read_text() for path in paths}


def in_a_series(texts: dict[str, str]) -> None:
    by = make.somebody(Role.CONTRIBUTOR)
    sources = [make.source(text, key=key) for key, text in texts.items()]
    series = add_series(key="papers", title="Papers", sources=sources, by=by, at=make.TODAY)
    make.entity("papers", kind="series", series=series)
    make.value_property("presence", "mentions")


def only_in(texts: dict[str, str]) -> tuple[str, str]:
    """A long word that one of the texts has and no other, with the name of that one."""
    words = {name: set(re.findall(r"\w+", fold_for_search(text))) for name, text in texts.items()}
    for name, own in words.items():
        others = set().union(*(words[other] for other in words if other != name))
        for word in sorted(own - others):
            if len(word) > 11 and word.isascii() and word.isalpha():
                return word, name
    raise AssertionError("Every long word is in two of the texts.")


@needs_corpus
def test_a_term_of_one_of_three_documents_contradicts_at_its_place() -> None:
    texts = documents()
    in_a_series(texts)
    word, name = only_in(texts)

    version = absent(word)

    run = last(version)
    assert (run.outcome, run.searched, run.documents) == ("contradicted", 3, 3)
    (finding,) = run.findings.filter(outcome="present").select_related("layer", "source")
    assert finding.source.key == name
    assert finding.layer is not None
    text = fold_for_search(finding.layer.text)
    if len(text) == len(finding.layer.text):  # folding kept every place
        found = [match.span() for match in re.finditer(rf"\b{word}\b", text)]
        assert [(one["start"], one["end"]) for one in finding.places] == found
    for place in finding.places:
        assert fold_for_search(finding.layer.text[place["start"] : place["end"]]) == word


@needs_corpus
def test_a_term_of_none_of_three_documents_holds() -> None:
    in_a_series(documents())

    run = last(absent("quetzalcoatl", "Quetzal* NEAR/5 serpent"))

    assert (run.outcome, run.searched, run.documents) == ("holds", 3, 3)


@needs_corpus
def test_a_document_without_text_makes_it_two_of_three() -> None:
    names = list(documents())
    in_a_series({**documents(), names[2]: ""})

    run = last(absent("quetzalcoatl"))

    assert (run.outcome, run.searched, run.documents) == ("partly", 2, 3)


def test_a_mention_in_a_statement_is_a_presence_conflict_until_it_is_retracted() -> None:
    load_dossier(folder=ROOT / "fixtures", by="dossier", at=NOW)
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


def test_the_absence_over_the_statements_says_that_nothing_was_searched() -> None:
    """Their texts are not kept here: an approved absence that rests on nothing searched."""
    load_dossier(folder=ROOT / "fixtures", by="dossier", at=NOW)
    work()
    version = Claim.objects.get(external_id="ps2-absent").versions.get()

    run = run_absence(scope=scope_of(version), at=NOW)

    assert (run.outcome, run.searched) == ("unsearched", 0)
    assert run.documents == 4
