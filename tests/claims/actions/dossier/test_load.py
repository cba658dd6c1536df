"""A dossier that is loaded for the first time."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from claims.actions.dossier.load import load_dossier
from claims.domain.dossier.faults import DossierRefused
from claims.domain.dossier.summary import Tally
from claims.models import Claim, Review
from claims.vocabulary import Status
from factbase.models import User
from sources.actions.sources import revise_source
from sources.models import Confirmation, Source, TextLayer
from sources.vocabulary import Access, Grade, Rights, Role
from tests import factories
from tests.claims.domain.dossier.dossiers import TEXT, claim, decide
from tests.claims.loads import NOW, folder_of, load, version_of, with_everything


@pytest.mark.django_db
def test_claims_come_in_as_submitted_by_the_account_that_loads(tmp_path: Path) -> None:
    summary = load(tmp_path, by="importer")

    version = version_of()
    assert (version.status, version.author.username) == (Status.SUBMITTED, "importer")
    assert version.claim.namespace == "small"
    assert summary.claims == Tally(new=2)
    assert summary.captures == Tally(new=1)
    assert summary.grades == {Grade.EXACT: 2}


@pytest.mark.django_db
def test_missing_accounts_are_made_with_their_role_and_cannot_sign_in(tmp_path: Path) -> None:
    summary = load(tmp_path, lambda of: decide(of, "retracted"))

    roles = dict(User.objects.values_list("username", "role"))
    assert roles == {"dossier": Role.CONTRIBUTOR, "second": Role.EDITOR}
    assert not any(person.has_usable_password() for person in User.objects.all())
    assert summary.accounts == ["dossier", "second"]


@pytest.mark.django_db
def test_an_account_that_is_there_keeps_its_role(tmp_path: Path) -> None:
    factories.person(Role.CONTRIBUTOR, name="second")

    with pytest.raises(DossierRefused, match=r"claim “trade-rose”: .*this takes the role reviewer"):
        load(tmp_path, lambda of: decide(of, "approved"))

    assert not Claim.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "expected", "is_published", "is_retracted"),
    [
        ("draft", Status.DRAFT, False, False),
        ("submitted", Status.SUBMITTED, False, False),
        ("approved", Status.APPROVED, True, False),
        ("rejected", Status.REJECTED, False, False),
        ("retracted", Status.APPROVED, True, True),
    ],
)
def test_an_entry_says_where_its_claim_stands(
    tmp_path: Path, status: str, expected: Status, is_published: bool, is_retracted: bool
) -> None:
    def change(of: dict[str, Any]) -> None:
        if status in ("draft", "submitted"):
            claim(of)["status"] = status
        else:
            decide(of, status)

    load(tmp_path, change)

    version = version_of()
    assert version.status == expected
    assert (version.published is not None) == is_published
    assert version.claim.is_retracted == is_retracted


@pytest.mark.django_db
def test_a_loaded_approval_judges_every_quote_and_keeps_its_day(tmp_path: Path) -> None:
    load(tmp_path, lambda of: decide(of, "approved", decided_at="2025-08-04"))

    review = Review.objects.get()
    assert (review.reviewer.username, review.note) == ("second", "Compared with the print.")
    assert review.decided_at == datetime(2025, 8, 4, tzinfo=UTC)
    assert [(given.makes_claim, given.note) for given in review.judgements.all()] == [
        (True, "Compared with the print.")
    ]
    assert version_of().published.lower == NOW


@pytest.mark.django_db
def test_a_retraction_is_by_who_approved_with_the_note_as_reason(tmp_path: Path) -> None:
    load(tmp_path, lambda of: decide(of, "retracted", note="It was another bridge."))

    taken_back = version_of().claim
    assert taken_back.retracted_by is not None
    assert taken_back.retracted_by.username == Review.objects.get().reviewer.username
    assert taken_back.retracted_reason == "It was another bridge."


@pytest.mark.django_db
def test_a_decision_that_lies_ahead_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DossierRefused, match="lies ahead"):
        load(tmp_path, lambda of: decide(of, "approved", decided_at="2026-03-03"))


@pytest.mark.django_db
def test_a_quote_that_is_not_found_is_said_and_the_rest_loads(tmp_path: Path) -> None:
    def change(of: dict[str, Any]) -> None:
        decide(of, "approved")
        claim(of)["evidence"][0]["quote"] = "rose by 9.2% over the year before"

    summary = load(tmp_path, change)

    assert [(quote.claim, quote.source, quote.grade) for quote in summary.unverified] == [
        ("trade-rose", "report", Grade.DRIFTED)
    ]
    assert [held.claim for held in summary.held] == ["trade-rose"]
    assert "not in the text" in summary.held[0].reason
    assert version_of().status == Status.SUBMITTED
    assert summary.claims == Tally(new=2)


@pytest.mark.django_db
def test_the_text_of_a_source_may_be_a_web_page(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, change_sources=lambda of: of[0].update(file="report.html"))
    page = f"<!doctype html><title>A Report</title><p>{TEXT}</p>"
    (folder / "report.html").write_text(page, encoding="utf-8")

    summary = load_dossier(folder=folder, by="dossier", at=NOW)

    assert summary.unverified == []
    assert version_of().evidence.get().excerpt.grade == Grade.EXACT


@pytest.mark.django_db
def test_a_text_is_read_in_the_language_of_its_source(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, change_sources=lambda of: of[0].update(language="hu"))
    text = "Két évre szóló szerződés Győrben"
    (folder / "report.txt").write_bytes(text.encode("cp1250"))

    load_dossier(folder=folder, by="dossier", at=NOW)

    assert TextLayer.objects.get().text == text


@pytest.mark.django_db
def test_a_quote_without_text_is_approved_with_a_note_only(tmp_path: Path) -> None:
    def change(of: dict[str, Any]) -> None:
        decide(of, "approved")
        decide(of, "approved", "bridge-opened", note="")
        for entry in of["claims"]:
            entry["evidence"][0]["source"] = "statement-2024"

    summary = load(tmp_path, change)

    assert version_of("trade-rose").status == Status.APPROVED
    assert version_of("bridge-opened").status == Status.SUBMITTED
    assert [held.claim for held in summary.held] == ["bridge-opened"]
    assert "no text" in summary.held[0].reason


@pytest.mark.django_db
def test_records_keep_rights_and_origins(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, change_sources=lambda of: of[0].update(rights="whole"))

    load_dossier(folder=folder, by="dossier", at=NOW)

    digest = Source.objects.get(key="digest")
    assert [(tie.origin.key, tie.kind) for tie in digest.origin_ties.all()] == [
        ("report", "digest")
    ]
    assert dict(Source.objects.values_list("key", "rights"))["report"] == Rights.WHOLE


@pytest.mark.django_db
def test_the_command_says_what_a_person_should_look_at(tmp_path: Path) -> None:
    said = StringIO()

    call_command("load_dossier", str(folder_of(tmp_path, with_everything)), stdout=said)

    assert "Not verified (drifted): claim more-3, source report, quote “rose by 9.2%”." in (
        said.getvalue()
    )
    assert "Came in as submitted, not approved: claim more-3." in said.getvalue()
    assert "Accounts made: dossier, second, third." in said.getvalue()


def shortened(of: dict[str, Any], quote: str, *confirmed: dict[str, str]) -> None:
    """An approved claim on a shortened quote, with the words that its reviewer confirmed."""
    decide(of, "approved")
    claim(of)["evidence"][0] |= {"quote": quote, "confirmed": list(confirmed)}


@pytest.mark.django_db
def test_an_approval_that_says_which_words_its_reviewer_read_confirms_the_gap(
    tmp_path: Path,
) -> None:
    summary = load(
        tmp_path,
        lambda of: shortened(
            of, "Trade … rose … over", {"words": "in  2024"}, {"words": "by 9.1%"}
        ),
    )

    version = version_of()
    assert (summary.held, summary.unverified) == ([], [])
    assert version.status == Status.APPROVED
    assert version.evidence.get().excerpt.is_verified
    confirmed = Confirmation.objects.order_by("number")
    assert [one.confirmed_by.username for one in confirmed] == ["second", "second"]


@pytest.mark.django_db
def test_an_approval_by_who_may_not_read_the_source_by_now_comes_in_as_submitted(
    tmp_path: Path,
) -> None:
    load(tmp_path)
    source = Source.objects.get(key="report")
    revise_source(
        source=source,
        record=source.csl,
        access=Access.STAFF,
        public_descriptor="a report",
        by=factories.person(Role.EDITOR),
        at=NOW,
    )

    summary = load(tmp_path, lambda of: decide(of, "approved"))

    (held,) = summary.held
    assert "only named persons read" in held.reason
    assert version_of().status == Status.SUBMITTED


@pytest.mark.django_db
def test_an_approval_without_the_words_left_out_comes_in_as_submitted(tmp_path: Path) -> None:
    summary = load(tmp_path, lambda of: shortened(of, "Trade … rose … over", {"words": "by 9.1%"}))

    (held,) = summary.held
    assert "leaves out “in 2024”" in held.reason
    assert version_of().status == Status.SUBMITTED
    assert not Confirmation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("note", "status"), [("", "submitted"), ("As printed.", "approved")])
def test_a_gap_over_the_end_of_a_sentence_is_loaded_with_its_note(
    tmp_path: Path, note: str, status: str
) -> None:
    words = "by 9.1% over the year before. The bridge"

    load(
        tmp_path,
        lambda of: shortened(of, "Trade in 2024 rose … was", {"words": words, "note": note}),
    )

    assert version_of().status == status


@pytest.mark.django_db
def test_an_approval_of_a_shortened_quote_loads_once(tmp_path: Path) -> None:
    def change(of: dict[str, Any]) -> None:
        shortened(of, "Trade … rose", {"words": "in 2024"})

    load(tmp_path, change)
    again = load(tmp_path, change, later=1)

    assert again.is_nothing_new
    assert Confirmation.objects.count() == 1
