"""Entering claims and changing them: a version with all that belongs to it, or nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.entry import (
    EntryRefused,
    Stale,
    Tie,
    file_under,
    propose,
    revise,
    submit,
)
from claims.actions.claims.publication import retract
from claims.actions.claims.workflow import StepRefused
from claims.actions.verification import check_hashes
from claims.domain.content import Absence, Content, Described, PremiseGiven, Term
from claims.domain.content_validation import ContentRefused
from claims.models import Claim, Version
from claims.vocabulary import Stance, Status
from sources.actions.conversion import RefusedByDatabase
from sources.domain.refusals import Refusal
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


def full_content() -> Content:
    """Content that has something of everything but a value of two kinds."""
    premise = make.published()
    report = make.entity(kind="document", source=make.source(key="report")).key
    return Content(
        statement="  The report does not mention the Arctic. ",
        language="en",
        subject=report,
        property=make.value_property("presence").key,
        aspect=make.topic("Energy").key,
        basis="text search",
        value="absent",
        as_written="not a word",
        period="2025",
        asserted_by=(make.entity("desk").key, Described("a senior official")),
        asserted_on="2025-06",
        mode="assessed",
        absence=Absence(
            terms=(Term(" Arctic ", "en"), Term("Arctic", "en"), Term("Арктика")),
            sources=("report", "report"),
        ),
        premises=(PremiseGiven(premise.ref, premise.content_hash),),
    )


def entered(content: Content | None = None, **fields: Any) -> Version:
    values = {
        "content": content or Content("It is so."),
        "evidence": [Tie(make.excerpt())],
        "by": make.somebody(Role.CONTRIBUTOR),
        "at": make.TODAY,
    }
    return propose(**{**values, **fields})


def again(version: Version, content: Content | None = None, **fields: Any) -> Version:
    """Save the claim again; without other content or evidence, as it is."""
    values: dict[str, Any] = {
        "claim": version.claim,
        "content": content or stored_content(version)[0],
        "evidence": [
            Tie(piece.excerpt, piece.stance, piece.own_origin) for piece in version.evidence.all()
        ],
        "by": make.somebody(Role.CONTRIBUTOR),
        "at": make.TODAY,
        "seen": version.number,
    }
    return revise(**{**values, **fields})


def test_content_comes_back_from_its_rows_as_it_was_hashed() -> None:
    excerpt, origin = make.excerpt(), make.source()

    version = entered(full_content(), evidence=[Tie(excerpt, Stance.REFUTES, origin)])

    content, quotes = stored_content(Version.objects.get(pk=version.pk))
    assert content.statement == "The report does not mention the Arctic."
    assert content.absence == Absence(
        terms=(Term("Arctic", "en"), Term("Арктика")), sources=("report",)
    )
    assert [(quote.stance, quote.own_origin) for quote in quotes] == [("refutes", origin.key)]
    assert check_hashes().problems == []


def test_a_claim_is_a_draft_until_it_is_submitted() -> None:
    version = entered()

    assert version.status == Status.DRAFT
    assert submit(version=version, by=version.author, at=make.TODAY).status == Status.SUBMITTED


def test_history_names_who_did_it_and_how() -> None:
    version = entered()

    event = apps.get_model("claims", "VersionEvent").objects.get(pgh_obj_id=version.pk)
    assert event.pgh_context["user"] == version.author_id
    assert event.pgh_context["action"] == "propose"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"subject": "atlantis"}, "unknown_key"),
        ({"subject": "nul\0"}, "unreadable"),
        ({"asserted_by": ("nobody",)}, "unknown_key"),
        ({"statement": "a" * 10_000_000}, "too_long"),
        ({"statement": "a\0b"}, "unreadable"),
        ({"statement": " \u200b "}, "missing"),
        ({"subject": "trade", "property": "change", "value": "quite a lot"}, None),
        ({"subject": "trade", "property": "change", "value": ""}, "value_missing"),
        ({"period": "2025-02-30"}, None),
        ({"asserted_on": "yesterday"}, None),
        ({"premises": (PremiseGiven("C999/v1", "0" * 64),)}, "unknown_premise"),
        ({"premises": (PremiseGiven("nonsense", "0" * 64),)}, "unknown_premise"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(
    change: dict[str, Any], code: str | None
) -> None:
    make.entity("trade")
    make.number_property("change")

    with pytest.raises(Refusal) as refused:
        entered(Content(**{"statement": "It is so.", **change}))

    assert refused.value.message.endswith(".")
    assert len(refused.value.message) < 400
    assert code in (None, refused.value.code)
    assert not Claim.objects.exists()


def test_an_unknown_key_is_answered_with_the_nearest_known_one() -> None:
    make.entity("power-of-siberia")

    with pytest.raises(ContentRefused, match="Did you mean power-of-siberia"):
        entered(Content("It is so.", subject="power-of-sibera"))


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({"external_id": "one"}, "claim one in"),
        ({"external_id": "a\0"}, "holds a character that is none"),
        ({"external_id": "x" * 201}, "at most 200"),
        ({"namespace": "x" * 101}, "at most 100"),
    ],
)
def test_an_external_id_is_taken_once_and_is_words(fields: dict[str, Any], match: str) -> None:
    entered(external_id="one")

    with pytest.raises(Refusal, match=match):
        entered(**fields)


def test_an_unknown_stance_is_refused() -> None:
    with pytest.raises(EntryRefused, match=r"“hints” is no stance.+ supports"):
        entered(evidence=[Tie(make.excerpt(), stance="hints")])


def test_a_quote_stands_once() -> None:
    excerpt = make.excerpt()

    with pytest.raises(EntryRefused, match="stands twice"):
        entered(evidence=[Tie(excerpt), Tie(excerpt, stance=Stance.CONTEXT)])


def test_a_version_rests_on_another_once() -> None:
    make.entity("trade")
    make.number_property("change")
    about: dict[str, Any] = {"subject": "trade", "property": "change"}
    premise = make.submitted(value="9%", **about)
    given = [
        PremiseGiven(premise.ref, premise.content_hash, formula)
        for formula in ("", f"{premise.ref} * 2")
    ]

    with pytest.raises(RefusedByDatabase, match="a version rests on another version once"):
        entered(Content("It doubled.", premises=tuple(given), **about))


def test_equal_content_makes_no_new_version_and_keeps_the_approval() -> None:
    version = make.approved(entered(full_content(), submit_it=True))

    assert again(version) == version
    assert version.claim.versions.count() == 1


def test_another_order_of_evidence_is_no_change() -> None:
    first, second = Tie(make.excerpt()), Tie(make.excerpt())
    version = entered(evidence=[first, second])

    assert again(version, evidence=[second, first]) == version


def test_saving_a_draft_as_it_is_can_submit_it() -> None:
    version = entered()

    assert again(version, submit_it=True).status == Status.SUBMITTED
    assert version.claim.versions.count() == 1


@pytest.mark.parametrize(
    "change", [{"content": Content("Otherwise.")}, {"evidence": []}, {"stance": Stance.CONTEXT}]
)
def test_a_change_of_content_or_evidence_is_the_next_version(change: dict[str, Any]) -> None:
    version = entered()
    if stance := change.pop("stance", None):
        change["evidence"] = [Tie(version.evidence.get().excerpt, stance=stance)]

    later = again(version, change_note="Better.", **change)

    assert (later.number, later.status, later.change_note) == (2, Status.DRAFT, "Better.")
    version.refresh_from_db()
    assert version.status == Status.SUPERSEDED


def test_the_same_content_has_another_salt_in_another_claim() -> None:
    one, other = entered(evidence=[]), entered(evidence=[])

    assert one.salt != other.salt
    assert one.content_hash != other.content_hash


def test_a_stale_form_is_refused_with_what_somebody_wrote_before() -> None:
    version = entered()
    again(version, Content("Otherwise."), by=make.person(name="ada"))

    with pytest.raises(Stale, match=r"1 newer version than v1.+Ada wrote v2, “Otherwise.”"):
        again(version, Content("A third way."))
    assert version.claim.versions.count() == 2


def test_a_number_that_was_never_shown_is_stale_too() -> None:
    with pytest.raises(Stale, match="there is no v7"):
        again(entered(), Content("Otherwise."), seen=7)


def test_a_retracted_claim_is_not_revised() -> None:
    version = make.published()
    retract(claim=version.claim, reason="Wrong.", by=make.person(Role.EDITOR), at=make.TODAY)

    with pytest.raises(StepRefused, match="enter a new claim"):
        again(version, Content("Otherwise."))


def test_the_published_version_stays_while_the_next_one_waits() -> None:
    version = make.published()

    later = again(version, Content("Otherwise."), submit_it=True)

    at = make.TODAY + timedelta(days=1)
    assert Version.objects.published(at).get() == version
    assert later.status == Status.SUBMITTED


def test_topics_are_no_content() -> None:
    one, other = make.topic("One"), make.topic("Other")
    version = entered(topics=[one, one])

    file_under(claim=version.claim, topics=[other], by=version.author, at=make.TODAY)

    assert list(version.claim.topics.all()) == [other]
    assert version.claim.versions.count() == 1
