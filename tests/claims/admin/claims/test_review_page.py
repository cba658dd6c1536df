"""The page of a review: the quotes in their texts, what changed, what comes next."""

from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.models import Review, Version
from claims.vocabulary import Stance, Status
from sources.models import Publisher, SourceReader
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims import worlds as say
from tests.claims.admin.claims.test_review import decide, decision, page_of
from tests.claims.admin.entry.test_pages import staff_client, typed
from tests.claims.admin.test_pages import queries

pytestmark = pytest.mark.django_db

TEXT = "It is not so that all of this happened. In all, trade fell by 9% in 2024, he said."
WORDS = "trade fell by 9% in 2024"


def read(client: Client, version: Version, query: str = "") -> Any:
    return client.get(f"{page_of(version)}change/{query}")


def reviewer() -> Client:
    return staff_client(make.person(Role.REVIEWER))


def test_a_quote_is_read_in_its_text_with_the_sentence_before_and_a_way_to_the_reader() -> None:
    excerpt = make.excerpt(WORDS, of=make.source(TEXT))

    page = read(reviewer(), make.submitted(evidence=[Tie(excerpt)]))

    start = TEXT.index(WORDS)
    html = page.content.decode()
    assert f"It is not so that all of this happened. In all, <mark>{WORDS}</mark>, he said." in html
    assert f"&amp;place={start}-{start + len(WORDS)}#x0" in html
    assert html.count(WORDS) == 1  # the quote is not repeated beside its context


def test_publisher_and_origin_of_a_source_are_told_beside_the_quote() -> None:
    wire = make.source(title="The wire")
    copy = make.copied(from_=wire, text=TEXT, title="The paper", publisher="Daily")
    Publisher.objects.filter(name="Daily").update(
        reliability="B", reliability_reason="Corrects its mistakes."
    )

    page = read(reviewer(), make.submitted(evidence=[Tie(make.excerpt(WORDS, of=copy))]))

    html = page.content.decode()
    assert "B – usually reliable: Corrects its mistakes." in html
    assert "Wire copy of “The wire”" in html


def test_of_a_source_for_named_persons_others_get_neither_context_nor_origin() -> None:
    wire = make.source(title="The wire")
    letter = make.copied(
        from_=wire, text=TEXT, access=Access.NAMED, public_descriptor="a letter", publisher="Daily"
    )
    version = make.submitted(evidence=[Tie(make.excerpt(WORDS, of=letter))])

    html = read(reviewer(), version).content.decode()

    assert "a letter" in html
    for secret in ("It is not so", "The wire", "Daily", letter.key, "not yet judged"):
        assert secret not in html


def test_what_changed_is_told_against_the_version_before_and_against_what_readers_see() -> None:
    say.world()
    version = say.publishes("9%", statement="The share is nine percent.")
    say.now_says(version, "8%", statement="The share is eight percent.")
    last = say.now_says(
        version.claim.versions.latest("number"), "7%", statement="The share is seven percent."
    )

    page = read(reviewer(), last)

    told = [(one.label, one.version.ref, one.before) for one in page.context["comparisons"]]
    claim = version.claim.ref
    assert sorted(told) == [
        ("Against what readers see", f"{claim}/v1", "The share is nine percent."),
        ("Since the version before", f"{claim}/v2", "The share is eight percent."),
    ]
    html = page.content.decode()
    assert "nine</del>" in html
    assert "seven</ins>" in html
    changes = [text for one in page.context["comparisons"] for text in one.changes]
    assert any(text.startswith("Value: 9%") and "→ 7%" in text for text in changes)


def test_the_last_round_is_told_with_its_notes_at_the_same_quotes() -> None:
    version = make.submitted(evidence=[Tie(make.excerpt(WORDS, of=make.source(TEXT)))])
    piece = version.evidence.get()
    client = reviewer()
    client.post(
        page_of(version) + "decide/",
        decision(version, "request-changes", note="Name the year.", **{f"note_{piece.pk}": "Why?"}),
    )
    staff_client(version.author).post(
        page_of(version) + "revise/",
        typed({"excerpt": piece.excerpt_id}, statement="In 2024.", seen=1, submit="1"),
    )

    html = read(client, version).content.decode()

    assert "Name the year." in html.partition('id="statement"')[0]
    assert "The quote makes the claim: Why?" in html


def test_notes_on_quotes_that_somebody_may_not_read_are_not_told_in_the_history() -> None:
    letter = make.source(TEXT, access=Access.NAMED, public_descriptor="a letter")
    version = make.submitted(evidence=[Tie(make.excerpt(WORDS, of=letter))])
    named = make.person(Role.REVIEWER)
    SourceReader.objects.create(source=letter, reader=named)
    note = {f"note_{version.evidence.get().pk}": "Signed by Ann."}
    decide(named, version, "reject", note="No.", **note)

    told = [read(client, version).content.decode() for client in (staff_client(named), reviewer())]

    assert ["Signed by Ann." in html for html in told] == [True, False]


def test_each_stance_asks_its_own_question_and_a_context_makes_no_claim() -> None:
    source = make.source("Trade fell. Trade rose. It is a port.")
    ties = [
        Tie(make.excerpt(words, of=source), stance)
        for words, stance in zip(
            ("Trade fell.", "Trade rose.", "It is a port."), Stance, strict=True
        )
    ]
    version = make.submitted(evidence=ties)
    client = reviewer()

    html = read(client, version).content.decode()
    client.post(page_of(version) + "decide/", decision(version))

    for question in ("make this claim?", "speak against this claim?", "context belong to the"):
        assert question in html
    judged = Review.objects.get().judgements.order_by("evidence")
    assert list(judged.values_list("makes_claim", "answer")) == [
        (True, "yes"),
        (False, "yes"),
        (False, "yes"),
    ]


def test_a_context_that_does_not_belong_stands_in_the_way_of_an_approval() -> None:
    source = make.source("Trade fell. It is a port.")
    ties = [
        Tie(make.excerpt("Trade fell.", of=source)),
        Tie(make.excerpt("It is a port.", of=source), Stance.CONTEXT),
    ]
    version = make.submitted(evidence=ties)
    context = version.evidence.get(stance=Stance.CONTEXT)

    page = decide(make.person(Role.REVIEWER), version, **{f"makes_{context.pk}": "no"})

    assert "“It is a port.” does not belong to this claim" in page.content.decode()
    assert not Review.objects.exists()


def test_parts_make_a_claim_together_and_one_alone_does_not() -> None:
    source = make.source("Trade fell by 9%. It did so in 2024.")
    quotes = [
        make.excerpt(words, of=source) for words in ("Trade fell by 9%.", "It did so in 2024.")
    ]
    alone, both = (
        make.submitted(evidence=[Tie(one) for one in some]) for some in (quotes[:1], quotes)
    )

    def partly(version: Version, **notes: str) -> Any:
        pieces = [piece.pk for piece in version.evidence.all()]
        return decide(
            make.person(Role.REVIEWER),
            version,
            **{f"makes_{pk}": "partly" for pk in pieces},
            **{f"note_{pk}": notes.get("note", "") for pk in pieces},
        )

    assert "no other quote makes the rest" in partly(alone, note="The fall.").content.decode()
    assert "say in the note beside it which part" in partly(both).content.decode()
    partly(both, note="Its part.")

    judged = Review.objects.get().judgements.values_list("makes_claim", "answer", "note")
    assert list(judged) == [(False, "partly", "Its part.")] * 2


def test_a_decision_in_a_queue_opens_its_next_claim_until_none_is_left() -> None:
    topic = make.topic("Trade")
    one, two = make.submitted(topics=[topic]), make.submitted(topics=[topic])
    make.submitted()
    client = reviewer()
    queue = f"?queue=topic:{topic.key}"

    first = client.get(f"/admin/claims/claim/review/{queue}", follow=True)
    second = client.post(page_of(one) + f"decide/{queue}", decision(one), follow=True)
    done = client.post(page_of(two) + f"decide/{queue}", decision(two), follow=True)

    assert [page.context["claim"].pk for page in (first, second, done)] == [
        one.claim_id,
        two.claim_id,
        two.claim_id,
    ]
    assert "1 of 2 that wait for you" in first.content.decode()
    assert "1 of 1 that waits for you" in second.content.decode()
    assert "No other claim waits for your decision in this queue." in done.content.decode()
    assert client.get("/admin/claims/claim/review/?queue=needed").status_code == 302


def test_a_refused_decision_stays_on_the_claim_and_in_its_queue() -> None:
    one, _two = make.submitted(), make.submitted()
    client = reviewer()

    page = client.post(page_of(one) + "decide/?queue=age", decision(one, "reject"))

    assert page.context["claim"] == one.claim
    assert page.context["queue"].position == 1
    assert "decide/?queue=age" in page.content.decode()
    assert "No other claim waits" not in page.content.decode()


def test_an_address_that_names_no_queue_says_which_there_are() -> None:
    version = make.submitted()

    page = read(reviewer(), version, "?queue=newest")

    assert "“newest” is no queue of claims" in page.content.decode()
    assert page.context["queue"] is None


def test_a_stale_decision_is_refused_with_the_difference_and_decided_again_on_what_is_shown() -> (
    None
):
    version = make.submitted(statement="Trade fell by 9%.")
    row = {"excerpt": version.evidence.get().excerpt_id}
    staff_client(version.author).post(
        page_of(version) + "revise/", typed(row, statement="Trade fell by 8%.", seen=1, submit="1")
    )
    client = reviewer()

    page = client.post(page_of(version) + "decide/", decision(version, note="I read it."))

    html = page.content.decode()
    assert "/v2 came in while you read" in html
    (compared,) = page.context["comparisons"]
    assert (compared.label, compared.before) == ("Since what you read", "Trade fell by 9%.")
    assert "I read it." in html
    form = page.context["decide"]
    assert (form["read"].value(), form["note"].value()) == (2, "I read it.")
    assert not any(field.value() for field in form if field.name.startswith("makes_"))
    latest = version.claim.versions.get(number=2)
    client.post(page_of(version) + "decide/", decision(latest))
    latest.refresh_from_db()
    assert latest.status == Status.APPROVED


def test_the_page_of_many_quotes_and_versions_asks_as_often_as_that_of_few() -> None:
    client = reviewer()
    wire = make.source(title="The wire")

    def ties(count: int) -> list[Tie]:
        sources = [make.copied(from_=wire, text=TEXT, publisher="Daily") for _ in range(count)]
        return [Tie(make.excerpt(WORDS, of=one)) for one in sources]

    def asked(version: Version) -> int:
        return queries(client, f"{page_of(version)}change/?queue=age")

    say.world()
    few = say.publishes("9%", evidence=ties(1))
    for value in ("8%", "7%"):
        few = say.now_says(few, value)
    many = say.publishes("19%", evidence=ties(4))
    for value in ("18%", "17%", "16%", "15%"):
        many = say.now_says(many, value)

    assert asked(many) == asked(few)
