"""The form of a claim, stored for its account while it is typed."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims.actions.claims.unsaved import (
    MAX_CHARACTERS,
    MAX_ENTRIES,
    purge_unsaved_entries,
    store_unsaved_entry,
)
from claims.models import UnsavedEntry, Version
from claims.querysets.unsaved_entries import LIFETIME
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.admin.entry.test_pages import ADD, staff_client, typed

pytestmark = pytest.mark.django_db

STORE = "/admin/claims/claim/unsaved/"
FORM = "11111111-1111-4111-8111-111111111111"


def stored(form: str = FORM, **fields: Any) -> dict[str, Any]:
    row = {"source": "a title of mine", "words": "Some words."}
    return typed(row, unsaved=form, **fields)


def test_what_is_typed_is_offered_at_the_next_visit_and_opens_as_it_was() -> None:
    client = staff_client(make.person())

    answer = client.post(STORE, stored(statement="Half a sentence", value="9 %", topics="nothing"))
    offering = client.get(ADD)
    page = client.get(f"{ADD}?unsaved={FORM}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert [one.statement for one in offering.context["unsaved"]] == ["Half a sentence"]
    assert "Half a sentence</textarea>" not in offering.content.decode()
    form, (row, *_rest) = page.context["form"], page.context["rows"].forms
    assert form["statement"].value() == "Half a sentence"
    assert form["value"].value() == "9 %"
    assert form["unsaved"].value() == FORM
    assert not page.context["unsaved"]
    assert (row["source"].value(), row["words"].value()) == ("a title of mine", "Some words.")
    assert "errorlist" not in page.content.decode()


def test_nobody_else_is_offered_it_or_opens_it() -> None:
    staff_client(make.person()).post(STORE, stored(statement="Of a source for me alone"))
    other = staff_client(make.person(Role.ADMINISTRATOR))

    pages = [other.get(ADD), other.get(f"{ADD}?unsaved={FORM}")]
    other.post(STORE, {"unsaved": FORM, "throw-away": "1"})

    assert all("for me alone" not in page.content.decode() for page in pages)
    assert UnsavedEntry.objects.count() == 1


def test_a_form_that_is_saved_is_offered_no_more() -> None:
    client = staff_client(make.person())
    client.post(STORE, stored(statement="Half a sentence"))
    client.post(STORE, stored(form=str(uuid.uuid4()), statement="In another tab"))

    client.post(ADD, typed(statement="A whole sentence.", unsaved=FORM, draft="1"))

    assert Version.objects.get().statement == "A whole sentence."
    assert [one.statement for one in client.get(ADD).context["unsaved"]] == ["In another tab"]


def test_a_refused_form_is_still_stored() -> None:
    client = staff_client(make.person())
    client.post(STORE, stored(statement="Half a sentence"))

    client.post(ADD, typed(statement="A sentence.", period="some day", unsaved=FORM, draft="1"))

    assert UnsavedEntry.objects.count() == 1


def test_the_next_version_of_a_claim_is_stored_with_it() -> None:
    version = make.submitted(statement="Trade fell.", evidence=[])
    client = staff_client(make.person())
    own = f"/admin/claims/claim/{version.claim_id}"

    client.post(f"{own}/unsaved/", stored(statement="Trade fell by", seen=1))

    assert not client.get(ADD).context["unsaved"]
    assert [one.statement for one in client.get(f"{own}/revise/").context["unsaved"]] == [
        "Trade fell by"
    ]
    page = client.get(f"{own}/revise/?unsaved={FORM}")
    assert page.context["form"]["statement"].value() == "Trade fell by"
    assert 'name="seen" value="1"' in page.content.decode()
    client.post(f"{own}/revise/", typed(statement="It fell.", seen=1, unsaved=FORM, draft="1"))
    assert not UnsavedEntry.objects.exists()


def test_it_is_thrown_away_by_a_button() -> None:
    client = staff_client(make.person())
    client.post(STORE, stored(statement="Half a sentence"))

    page = client.post(STORE, {"unsaved": FORM, "throw-away": "1"}, follow=True)

    assert page.redirect_chain == [(ADD, 302)]
    assert not UnsavedEntry.objects.exists()


def test_an_address_of_what_is_gone_opens_an_empty_form() -> None:
    page = staff_client(make.person()).get(f"{ADD}?unsaved={FORM}")

    assert page.status_code == 200
    assert "saved or thrown away by now" in page.content.decode()


def test_nothing_is_stored_for_who_is_not_signed_in_or_may_not_enter_claims() -> None:
    public = staff_client(make.person(is_staff=False))

    assert public.post(STORE, stored(statement="Half")).status_code == 302
    assert not UnsavedEntry.objects.exists()


def test_too_much_is_refused_with_the_reason() -> None:
    answer = staff_client(make.person()).post(STORE, stored(statement="x" * MAX_CHARACTERS))

    assert answer.status_code == 413
    assert "Save it as a draft" in answer.json()["refused"]
    assert not UnsavedEntry.objects.exists()


def test_an_account_has_room_for_so_many_forms_and_loses_the_oldest() -> None:
    author, at = make.person(), make.TODAY
    for number in range(MAX_ENTRIES + 2):
        store_unsaved_entry(
            form=uuid.uuid4(),
            claim=None,
            fields={"statement": [f"No. {number}\0"]},
            by=author,
            at=at + timedelta(minutes=number),
        )

    left = UnsavedEntry.objects.order_by("saved_at").values_list("fields", flat=True)
    assert len(left) == MAX_ENTRIES
    assert left[0] == {"statement": ["No. 2"]}


def test_what_nobody_went_on_with_is_forgotten() -> None:
    author, now = make.person(), timezone.now()
    for age in (timedelta(), LIFETIME):
        store_unsaved_entry(form=uuid.uuid4(), claim=None, fields={}, by=author, at=now - age)

    assert len(staff_client(author).get(ADD).context["unsaved"]) == 1
    assert purge_unsaved_entries(at=now) == 1
    assert UnsavedEntry.objects.get().saved_at == now
