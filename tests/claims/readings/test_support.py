"""Support of a claim by independent origins; every state is reached through the actions."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from claims.actions.claims.entry import Tie
from claims.domain.support import Document, Support
from claims.models import Version
from claims.readings.claims import read_claims
from claims.readings.facts import evidence_facts
from claims.readings.support import shared_texts, support_of_evidence, support_text, told_sources
from claims.vocabulary import Stance
from sources.actions.origins import add_origin, remove_origin
from sources.actions.standing import set_standing
from sources.models import Source
from sources.readings.reader import Reader
from sources.vocabulary import Access, OriginKind, Role, Standing
from tests import factories as make

pytestmark = pytest.mark.django_db

EVERYBODY = Reader(AnonymousUser(), make.TODAY)


def resting_on(*sources: Source, stance: Stance = Stance.SUPPORTS) -> Version:
    return make.submitted(evidence=[Tie(make.excerpt(of=source), stance) for source in sources])


def derive(source: Source, origin: Source) -> None:
    add_origin(
        source=source,
        origin=origin,
        kind=OriginKind.WIRE,
        by=make.somebody(Role.CONTRIBUTOR),
        at=make.TODAY,
    )


def support(version: Version, to: Reader = EVERYBODY) -> Support:
    return read_claims([version.pk], to)[0].support


def names(found: Support) -> list[list[str]]:
    return [[document.name for document in group] for group in found.groups]


def test_two_reports_of_their_own_are_two_origins() -> None:
    found = support(resting_on(make.source(), make.source()))

    assert (found.independent, found.documents) == (2, 2)


def test_a_claim_without_a_supporting_quote_has_no_origin() -> None:
    assert support(resting_on(make.source(), stance=Stance.CONTEXT)) == Support()
    assert support(make.submitted(evidence=[])) == Support()


def test_a_source_that_is_quoted_twice_is_one_document() -> None:
    source = make.source("First words here. Other words there.")
    quotes = [make.excerpt(words, of=source) for words in ("First words", "Other words")]

    found = support(make.submitted(evidence=[Tie(quote) for quote in quotes]))

    assert (found.independent, found.documents) == (1, 1)


def test_copies_of_one_wire_are_one_origin_and_a_source_of_its_own_another() -> None:
    wire, paper, portal, alone = (
        make.source(title=title) for title in ("Wire", "Paper", "Portal", "Alone")
    )
    derive(paper, wire)
    derive(portal, wire)

    found = support(resting_on(paper, alone, portal))

    assert names(found) == [["Paper", "Portal"], ["Alone"]]


def test_a_source_joins_with_its_own_origin_where_both_are_quoted() -> None:
    wire, paper, copy = (make.source(title=title) for title in ("Wire", "Paper", "Copy"))
    derive(paper, wire)
    derive(copy, paper)

    assert names(support(resting_on(wire, copy))) == [["Wire", "Copy"]]


def test_a_passage_that_rests_on_anothers_authority_joins_with_it_and_its_origins() -> None:
    release, agency, paper, portal = (make.source() for _ in range(4))
    derive(agency, release)
    derive(portal, release)
    quotes = make.excerpt(of=paper), make.excerpt(of=portal)

    apart = make.submitted(evidence=[Tie(quote) for quote in quotes])
    joined = make.submitted(
        evidence=[Tie(quotes[0], Stance.SUPPORTS, own_origin=agency), Tie(quotes[1])]
    )

    assert support(apart).independent == 2
    assert support(joined).independent == 1


def test_quotes_against_it_and_beside_it_support_nothing() -> None:
    source, against, beside = (make.source() for _ in range(3))
    version = make.submitted(
        evidence=[
            Tie(make.excerpt(of=source)),
            Tie(make.excerpt(of=against), Stance.REFUTES),
            Tie(make.excerpt(of=beside), Stance.CONTEXT),
        ]
    )

    assert support(version).documents == 1


@pytest.mark.parametrize(
    ("standing", "counted"),
    [
        (Standing.CORRECTED, 2),
        (Standing.CONCERN, 2),
        (Standing.SUPERSEDED, 2),
        (Standing.RETRACTED, 1),
        (Standing.WITHDRAWN, 1),
    ],
)
def test_what_its_publisher_took_back_supports_nothing(standing: Standing, counted: int) -> None:
    source, other = make.source(), make.source()
    version = resting_on(source, other)
    set_standing(
        source=source,
        standing=standing,
        on=make.TODAY.date(),
        reason="They said so.",
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
    )

    assert support(version).documents == counted


def test_an_origin_that_is_noted_or_taken_back_tells_at_once() -> None:
    wire, paper, portal = make.source(), make.source(), make.source()
    version = resting_on(paper, portal)
    derive(paper, wire)
    assert support(version).independent == 2

    derive(portal, wire)
    assert support(version).independent == 1

    remove_origin(
        source=paper,
        origin=wire,
        reason="Written by their own reporter.",
        by=make.somebody(Role.CONTRIBUTOR),
        at=make.TODAY,
    )
    assert support(version).independent == 2


def test_publishers_and_authors_are_counted_by_name() -> None:
    ito = {"family": "Ito", "given": "Aya"}
    one = make.source(publisher="Daily", author=[ito])
    other = make.source(publisher="Weekly", author=[{"literal": "Desk"}, ito])

    found = support(resting_on(one, other, make.source()))

    assert (found.documents, found.publishers, found.authors) == (3, 2, 2)


def test_a_confidential_source_counts_and_is_not_named() -> None:
    memo = make.source(
        title="Secret memo",
        publisher="Secret ministry",
        author=[{"literal": "Secret clerk"}],
        access=Access.STAFF,
        public_descriptor="A ministry memo",
    )
    paper = make.source(title="Paper")
    derive(paper, memo)
    version = resting_on(paper, memo)

    shown, known = (
        support(version),
        support(version, Reader(make.somebody(Role.REVIEWER), make.TODAY)),
    )

    assert (shown.independent, shown.documents, shown.publishers, shown.authors) == (1, 2, 0, 0)
    assert names(shown) == [["Paper", "A ministry memo"]]
    assert "ecret" not in repr(shown)
    assert (known.independent, known.documents, known.publishers, known.authors) == (1, 2, 1, 1)


def test_claims_that_say_the_same_are_counted_together() -> None:
    wire, paper, portal = make.source(), make.source(), make.source()
    derive(paper, wire)
    derive(portal, wire)
    versions = resting_on(paper), resting_on(portal), resting_on(make.source())

    assert [support(one).independent for one in versions] == [1, 1, 1]
    evidence = evidence_facts([one.pk for one in versions])
    pieces = [piece for several in evidence.values() for piece in several]
    found = support_of_evidence(pieces, told_sources(pieces, EVERYBODY))
    assert (found.independent, found.documents) == (2, 3)


def test_many_versions_take_as_many_queries_as_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    versions = [resting_on(make.source(), make.source()).pk for _ in range(4)]

    with django_assert_num_queries(2):
        read_claims(versions[:1], EVERYBODY)
    with django_assert_num_queries(2):
        read_claims(versions, EVERYBODY)


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ((), "no supporting source"),
        (((Document(1, "A"),),), "1 independent origin (1 document)"),
        (
            ((Document(1, "A", "a", "Daily", ("Ann",)), Document(2, "B", "b", "Daily")),),
            "1 independent origin (2 documents, 1 publisher, 1 author)",
        ),
        (
            (
                (Document(1, "A", "a", "Daily", ("Ann",)), Document(2, "B", "b", "Weekly")),
                (Document(3, "C", "c", "Daily", ("Bob",)),),
            ),
            "2 independent origins (3 documents, 2 publishers, 2 authors)",
        ),
    ],
)
def test_it_is_one_short_sentence(groups: tuple[tuple[Document, ...], ...], words: str) -> None:
    assert support_text(Support(groups)) == words


def test_documents_that_share_an_origin_are_named_but_for_those_kept_from_the_reader() -> None:
    paper, portal = Document(1, "Paper", "paper"), Document(2, "Portal", "portal")
    kept, alone = Document(3, "A ministry memo"), Document(4, "Alone", "alone")

    assert shared_texts(Support(((paper, kept, portal), (alone,)))) == [
        "“Paper”, “Portal” share an origin and count once."
    ]
    assert shared_texts(Support(((paper, kept), (portal,), (alone,)))) == []
