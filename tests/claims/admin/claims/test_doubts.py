"""Confirming what is in doubt about quotes on the page of a claim at the desk."""

import re
from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.models import Version
from claims.vocabulary import Status
from factbase.models import User
from sources.actions.captures.capture import capture
from sources.actions.quotes.grading import grade_source_again
from sources.models import Confirmation, Excerpt, Source
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims.admin.claims.test_review import decide, page_of
from tests.claims.admin.entry.test_pages import staff_client

pytestmark = pytest.mark.django_db

TEXT = "The government declined to sign the deal. Exports rose. Imports fell 9% in May."
CONFIRM = re.compile(r'name="(confirm_[^"]+)"')
WHY = re.compile(r'name="(why_[^"]+)"')


def submitted(words: str, of: Source | None = None) -> tuple[Excerpt, Version]:
    excerpt = make.excerpt(words, of=of or make.source(TEXT))
    return excerpt, make.submitted(evidence=[Tie(excerpt)])


def page(person: User, version: Version) -> str:
    answer: Any = staff_client(person).get(page_of(version) + "change/")
    return str(answer.content.decode())


def test_the_words_left_out_stand_before_the_reviewers_eyes() -> None:
    _excerpt, version = submitted("The government … sign the deal")

    html = page(make.person(Role.REVIEWER), version)

    assert "The government<mark" in html
    assert " declined to </mark>sign the deal" in html
    assert "Leaves out “declined”, which can turn the sense." in html
    assert "I read what is left out, and the quote still says what the source says" in html
    assert len(CONFIRM.findall(html)) == 1
    assert WHY.findall(html) == []


def test_an_approval_is_refused_at_the_box_that_is_not_ticked() -> None:
    reviewer = make.person(Role.REVIEWER)
    _excerpt, version = submitted("The government … sign … deal")
    first, second = CONFIRM.findall(page(reviewer, version))
    all_refused = decide(reviewer, version).content.decode()
    assert all(f'<a href="#decide_{name}">' in all_refused for name in (first, second))

    html = decide(reviewer, version, **{first: "on"}).content.decode()

    assert not Confirmation.objects.exists()
    assert f'name="{first}" form="decide" id="decide_{first}" checked' in html
    refused = html[html.index(f'id="decide_{second}"') :]
    assert "leaves out “the”; read it" in refused[: refused.index("</div>\n</div>")]

    decide(reviewer, version, **{first: "on", second: "on"})

    version.refresh_from_db()
    assert version.status == Status.APPROVED
    assert Confirmation.objects.filter(confirmed_by=reviewer).count() == 2


def test_a_gap_over_the_end_of_a_sentence_asks_for_its_note() -> None:
    reviewer = make.person(Role.REVIEWER)
    _excerpt, version = submitted("Exports … fell 9%")
    html = page(reviewer, version)
    (confirm,), (why,) = CONFIRM.findall(html), WHY.findall(html)
    assert "It joins words of two sentences" in html

    refused = decide(reviewer, version, **{confirm: "on"}).content.decode()
    at_the_note = refused[refused.index(f'id="decide_{why}"') :]
    assert "say in the note beside it" in at_the_note[: at_the_note.index("</div>\n</div>")]
    decide(reviewer, version, **{confirm: "on", why: "The table has it."})

    assert Confirmation.objects.get().note == "The table has it."


def test_a_box_ticked_for_words_that_the_text_has_no_more_confirms_nothing() -> None:
    reviewer = make.person(Role.REVIEWER)
    source = make.source(TEXT)
    _excerpt, version = submitted("The government … sign the deal", of=source)
    (confirm,) = CONFIRM.findall(page(reviewer, version))
    later = TEXT.replace("declined to", "was first to")
    capture(
        source=source,
        data=later.encode(),
        file_name="b.txt",
        by=make.somebody(Role.CONTRIBUTOR),
        at=make.TODAY,
    )
    grade_source_again(source=source, at=make.TODAY)

    html = decide(reviewer, version, **{confirm: "on"}).content.decode()

    assert "leaves out “was first to”" in html
    assert " was first to </mark>" in html
    assert not Confirmation.objects.exists()


def test_the_page_of_a_quote_says_who_confirmed_it_and_when() -> None:
    reviewer = make.person(Role.REVIEWER, name="ida")
    excerpt, version = submitted("The government … sign the deal")
    address = f"/admin/sources/excerpt/{excerpt.pk}/change/"
    before = staff_client(reviewer).get(address).content.decode()
    (confirm,) = CONFIRM.findall(page(reviewer, version))

    decide(reviewer, version, **{confirm: "on"})

    assert "was not confirmed by a reviewer yet" in before
    assert "Confirmed by Ida, 20" in staff_client(reviewer).get(address).content.decode()
    assert CONFIRM.findall(page(reviewer, version)) == []
    assert "Confirmed by Ida, 20" in page(reviewer, version)


def test_who_may_not_read_the_source_is_shown_nothing_of_the_gap() -> None:
    letter = make.source(TEXT, access=Access.NAMED, public_descriptor="A letter")
    _excerpt, version = submitted("The government … sign the deal", of=letter)

    html = page(make.person(Role.REVIEWER), version)

    assert "declined" not in html
    assert CONFIRM.findall(html) == []


def test_a_hyphen_at_the_end_of_a_line_is_shown_in_both_readings() -> None:
    reviewer = make.person(Role.REVIEWER)
    letter = make.source("He was to re-\nsign the letter. We re-sign and resign.")
    excerpt, version = submitted("to resign the letter", of=letter)
    assert not excerpt.is_verified
    html = page(reviewer, version)
    (confirm,) = CONFIRM.findall(html)

    assert "was to re<mark>-</mark>sign the letter" in html
    assert "was to resign the letter" in html
    assert "I looked at the page, and the quote says what the page says" in html
    refused = decide(reviewer, version).content.decode()
    assert "may belong to the word in the quote “to resign the letter”" in refused
    decide(reviewer, version, **{confirm: "on"})

    excerpt.refresh_from_db()
    assert excerpt.is_verified
    told: Any = Client().get(f"/claims/{version.claim.ref}/").content.decode()
    assert "end: A reviewer looked at the place and confirmed the quote." in told
