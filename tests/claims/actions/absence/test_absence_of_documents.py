"""Absences over real documents; those of the demo dossier are in `tests/test_fixtures.py`."""

import re
from pathlib import Path

import pytest

from sources.actions.sources import add_series
from sources.domain.text.search_folding import fold_for_search
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.absences import absent, last

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
