"""Columns of claims that a withholding clears."""

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from claims.actions.absence.dismissals import dismiss_hit
from claims.actions.absence.runs import run_absence
from claims.actions.claims.entry import Tie, propose
from claims.actions.claims.review import decide
from claims.actions.claims.unsaved import store_unsaved_entry
from claims.domain.absence.absence_search import TermLocation
from claims.domain.content import Absence, Content, Term
from claims.models import (
    AbsenceRun,
    AbsenceScope,
    Edition,
    EditionFile,
    EditionVersion,
    FactSheet,
    Version,
)
from claims.vocabulary import Decision, FlagKind
from claims.vocabulary.factsheets import EditionFormat
from sources.actions.captures.capture import capture
from sources.actions.quotes.grading import grade_source_again
from sources.actions.withholding.find_copies import Copy, find_copies
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.domain.refusals import Refusal
from sources.models import Excerpt, Source, Withholding
from sources.vocabulary import Role
from tests import factories as make
from tests.worker import work

pytestmark = pytest.mark.django_db

MARKER = "Zanzibar-Quixote owes nine million"
TEXT = f"Nothing before it. {MARKER}. Trade fell by 9%. Nothing after it."


def withheld(*rows: Any) -> None:
    for row in rows:
        (asked,) = ask_to_withhold(
            targets=[row], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=make.TODAY
        )
        carry_out(request=asked, by=make.somebody(Role.EDITOR), at=make.TODAY)


def quoted(source: Source, words: str = MARKER) -> Excerpt:
    return make.excerpt(words, of=source)


def causes(version: Version) -> list[str]:
    return list(version.claim.flags.order_by("pk").values_list("cause", flat=True))


def reread(source: Source, text: str) -> None:
    """Another edition of the source, in which its quotes are looked for at once."""
    capture(source=source, data=text.encode(), file_name="b.txt", by=make.person(), at=make.TODAY)
    grade_source_again(source=source, at=make.TODAY)


def test_claims_that_rest_on_a_withheld_quote_are_flagged() -> None:
    excerpt = quoted(make.source(TEXT, key="report"))
    version, other = make.published(evidence=[Tie(excerpt)]), make.published()

    withheld(excerpt)

    assert causes(version) == [
        f"The words of the quote {excerpt.pk} of report were withheld on 2025-06-01"
    ]
    assert causes(other) == []


def test_the_salt_goes_and_the_hash_stays() -> None:
    excerpt = quoted(make.source(TEXT))
    version = make.published(evidence=[Tie(excerpt)])
    hashed = version.content_hash

    withheld(excerpt)

    version.refresh_from_db()
    assert (version.salt, version.content_hash) == ("", hashed)
    assert version.statement


@pytest.mark.parametrize(
    ("as_written", "left"),
    [("nine million", ""), ("Nine  Million", ""), ("about a tenth", "about a tenth")],
)
def test_the_wording_of_a_value_goes_where_it_is_of_the_words(as_written: str, left: str) -> None:
    thing, debt = make.entity(), make.number_property()
    content = Content(
        "It owes.", subject=thing.key, property=debt.key, value="9%", as_written=as_written
    )
    version = make.published(content=content, evidence=[Tie(quoted(make.source(TEXT)))])

    withheld(version.evidence.get().excerpt)

    version.refresh_from_db()
    assert version.as_written == left
    assert bool(version.search_text) == bool(left)
    assert bool(version.words) == bool(left)
    assert version.point == Decimal("9")


def test_flags_forget_the_words_in_their_history_too() -> None:
    source = make.source(TEXT)
    excerpt = quoted(source)
    version = make.published(evidence=[Tie(excerpt)])
    reread(source, f"{MARKER.replace('nine', 'ten')}. It is another edition.")
    assert any(MARKER in cause for cause in causes(version))

    withheld(excerpt)

    assert "Zanzibar" not in " ".join(causes(version))
    events = apps.get_model("claims", "FlagEvent").objects.filter(cause__contains="Zanzibar")
    assert not events.exists()


def test_flags_forget_what_they_quote_from_a_text() -> None:
    source = make.source("Zanzibar owes nine million.")
    version = make.published(evidence=[Tie(quoted(source, "Zanzibar owes nine million."))])
    reread(source, "Zanzibar owes ten million.")
    assert "ten million" in causes(version)[0]

    withheld(source.captures.order_by("-pk")[0])

    assert "ten million" not in " ".join(causes(version))


def test_files_of_editions_that_quote_the_words_are_emptied() -> None:
    excerpt = quoted(make.source(TEXT))
    version, other = make.published(evidence=[Tie(excerpt)]), make.published()
    one, two = edition_of(version, number=1), edition_of(other, number=2, words="Trade fell")

    withheld(excerpt)

    assert bytes(EditionFile.objects.get(edition=one).content) == b""
    assert bytes(EditionFile.objects.get(edition=two).content) == b"<p>Trade fell"
    assert EditionFile.objects.get(edition=one).sha256 == "0" * 64


def test_copies_are_found_in_bytes() -> None:
    edition_of(make.published(), number=1)

    assert find_copies(MARKER) == [Copy("claims_editionfile", "content", 1)]


def edition_of(version: Version, *, number: int, words: str = MARKER) -> Edition:
    """An edition as issues will make them."""
    by = make.somebody(Role.EDITOR)
    sheet, _made = FactSheet.objects.get_or_create(
        key="sheet",
        defaults={"title": "Sheet", "style": "apa", "created_at": make.TODAY, "created_by": by},
    )
    edition = Edition.objects.create(
        fact_sheet=sheet, number=number, issued_at=make.TODAY, issued_by=by
    )
    EditionVersion.objects.create(
        edition=edition, version=version, content_hash=version.content_hash
    )
    EditionFile.objects.create(
        edition=edition,
        format=EditionFormat.HTML,
        sha256="0" * 64,
        content=f"<p>{words}".encode(),
    )
    return edition


def searched() -> tuple[Source, AbsenceScope]:
    """A report, and what is said to be absent from it and is not."""
    source = make.source(TEXT, key="report")
    document = make.entity("report-document", kind="document", source=source)
    mention = make.value_property("presence")
    version = propose(
        content=Content(
            "The report does not mention trade.",
            subject=document.key,
            property=mention.key,
            value="absent",
            absence=Absence(terms=(Term("trade", "en"), Term("Zanzibar")), sources=(source.key,)),
        ),
        evidence=[],
        by=make.person(),
        at=make.TODAY,
    )
    scope = version.absence_scope
    return source, scope


def test_the_places_of_a_search_in_a_text_go_with_it() -> None:
    source, scope = searched()
    run = run_absence(scope=scope, at=make.TODAY)
    finding = run.findings.get()
    assert len(finding.places) == 2
    place = TermLocation(**finding.places[0])
    layer = source.captures.get().blob.layers.get()
    dismissal = dismiss_hit(
        scope=scope,
        layer=layer.pk,
        place=place,
        reason="A name.",
        by=make.person(Role.REVIEWER),
        at=make.TODAY,
    )

    withheld(layer)

    finding.refresh_from_db()
    dismissal.refresh_from_db()
    assert (finding.places, finding.near_misses, finding.hits) == ([], [], 2)
    assert (dismissal.place, dismissal.reason) == ({}, "")
    work()
    latest = AbsenceRun.objects.filter(scope=scope).latest("pk")
    assert (latest.outcome, latest.searched, latest.documents) == ("unsearched", 0, 1)


def test_a_hit_within_withheld_words_is_forgotten_and_they_are_not_searched_again() -> None:
    source, scope = searched()
    run = run_absence(scope=scope, at=make.TODAY)
    excerpt = quoted(source)

    withheld(excerpt)

    assert run.findings.get().places == []
    work()
    (hit,) = AbsenceRun.objects.filter(scope=scope).latest("pk").findings.get().places
    assert scope.terms[hit["term"]]["text"] == "trade"
    run_absence(scope=scope, at=make.TODAY)
    assert AbsenceRun.objects.filter(scope=scope).latest("pk").findings.get().hits == 1


def test_nothing_new_rests_on_withheld_words() -> None:
    excerpt = quoted(make.source(TEXT))
    waiting = make.submitted(evidence=[Tie(excerpt)])
    withheld(excerpt)
    excerpt.refresh_from_db()

    with pytest.raises(Refusal, match="were withheld"):
        make.submitted(evidence=[Tie(excerpt)])
    with pytest.raises(Refusal, match="were withheld"):
        make.approved(waiting)
    decide(
        version=waiting,
        decision=Decision.REJECT,
        by=make.person(Role.REVIEWER),
        at=make.TODAY,
        content_hash=waiting.content_hash,
        note="Its words were withheld.",
    )


def test_no_table_has_the_words_after_all_of_it_was_withheld() -> None:
    source = make.source(TEXT)
    excerpt = quoted(source)
    thing, debt = make.entity(), make.number_property()
    content = Content(
        "It owes.", subject=thing.key, property=debt.key, value="9%", as_written="nine million"
    )
    version = make.published(content=content, evidence=[Tie(excerpt)])
    edition_of(version, number=1)
    reread(source, f"{MARKER.replace('nine', 'ten')}. It is another edition.")
    assert {copy.table for copy in find_copies(MARKER)} >= {"claims_flag", "claims_flagevent"}

    withheld(excerpt, *source.captures.order_by("pk"))

    for words in ("Zanzibar", "Quixote", "nine million", "ten million"):
        assert find_copies(words) == []
    assert version.claim.flags.filter(kind=FlagKind.QUOTE_DRIFTED).count() == 2


# The doors.


def doors_of(version: Version, excerpt: Excerpt, client: Client) -> dict[str, str]:
    claim, source = version.claim, excerpt.source
    addresses = {
        "claim": f"/claims/{claim.ref}/",
        "source": f"/sources/{source.key}/",
        "claim as JSON": f"/api/v1/claims/{claim.ref}/",
        "excerpt as JSON": f"/api/v1/excerpts/{excerpt.pk}/",
        "excerpts as JSON": f"/api/v1/excerpts/?source={source.key}",
        "reviews as JSON": f"/api/v1/claims/{claim.ref}/reviews/",
        "fact sheet": "/factsheets/?topic=owing&style=apa",
    }
    return {name: client.get(address).content.decode() for name, address in addresses.items()}


@pytest.mark.parametrize("is_staff", [False, True])
def test_every_door_shows_the_day_and_no_empty_quote(is_staff: bool) -> None:
    source = make.source(TEXT, key="report")
    excerpt = quoted(source)
    version = make.published(evidence=[Tie(excerpt)], topics=[make.topic("Owing")])
    client = Client()
    if is_staff:
        client.force_login(make.person())
    assert all(
        MARKER in page or not page or name.startswith("reviews")
        for name, page in doors_of(version, excerpt, client).items()
    )

    withheld(excerpt, source.captures.get())

    doors = doors_of(version, excerpt, client)
    for name, page in doors.items():
        assert "Zanzibar" not in page, name
        assert "A court" not in page, name
        assert "“”" not in page, name
        if not name.startswith("reviews"):
            assert "2025-06-01" in page, name
    assert '"withheld_on":"2025-06-01"' in doors["claim as JSON"].replace(": ", ":")
    assert "not shown" not in doors["claim"]


@pytest.mark.parametrize("beside", ["Nothing before it.", "Trade fell by 9%."])
def test_nothing_of_withheld_words_is_shown_around_their_neighbours(beside: str) -> None:
    source = make.source(TEXT, key="report")
    for words in (MARKER, beside):
        make.published(evidence=[Tie(quoted(source, words))])
    assert "Zanzibar" in Client().get("/sources/report/").content.decode()

    withheld(Excerpt.objects.get(exact=MARKER))

    page = Client().get("/sources/report/").content.decode()
    assert beside in page
    assert not [words for words in ("Zanzibar", "owes nine", "million") if words in page]


def test_a_withholding_names_each_row_that_was_emptied() -> None:
    excerpt = quoted(make.source(TEXT))
    make.published(evidence=[Tie(excerpt)])

    withheld(excerpt, excerpt.source.captures.get())

    assert set(Withholding.objects.values_list("table_name", flat=True)) == {
        *("sources_excerpt", "sources_capture", "sources_blob", "sources_textlayer"),
        "claims_version",
    }


def test_a_flag_that_told_a_part_of_the_words_is_emptied() -> None:
    source = make.source("The bank is owed six million by Finchley.")
    version = make.published(
        evidence=[Tie(quoted(source, "The bank is owed six million by Finchley"))]
    )
    reread(
        source, "The bank is owed Zanzibar million by Finchley, and so is everybody else in town."
    )
    assert "Zanzibar" in causes(version)[0]

    withheld(quoted(source, "Zanzibar million by Finchley, and so is everybody else in town"))

    assert "Zanzibar" not in "".join(causes(version))
    assert "text" in {copy.column for copy in find_copies("owed Zanzibar")}


def test_words_in_a_form_that_is_not_saved_yet_are_blacked_out() -> None:
    source = make.source(TEXT)
    excerpt = quoted(source)
    entry = store_unsaved_entry(
        form=uuid.uuid4(),
        claim=None,
        fields={"statement": ["They owe."], "quotes-0-words": [f"It says: {MARKER}."]},
        by=make.person(),
        at=make.TODAY,
    )

    withheld(excerpt)

    entry.refresh_from_db()
    assert entry.fields == {"statement": ["They owe."], "quotes-0-words": ["It says: █████."]}
    assert "claims_unsavedentry" not in {copy.table for copy in find_copies(MARKER)}
