"""The preview of the entry form before a claim is saved, and when it asks before submitting."""

import re
from typing import Any

import pytest

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract
from claims.models import Claim, Conflict, ConflictMember, Version
from sources.models import Excerpt
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.admin.entry.test_pages import ADD, staff_client, typed

pytestmark = pytest.mark.django_db

FELL: dict[str, Any] = {"subject": "china", "property": "trade", "value": "-9%", "period": "2025"}


@pytest.fixture(autouse=True)
def _question() -> None:
    make.entity("china", label="China")
    make.number_property("trade", label="trade")


def preview_of(page: Any) -> Any:
    """Return the preview of a claim on the page."""
    assert page.status_code == 200, page
    return page.context["preview"]


def confirmed(page: Any, data: dict[str, Any]) -> dict[str, Any]:
    """The form submitted again as the page has it."""
    return {**data, "previewed": page.context["previewed"]}


def test_a_check_says_with_whom_it_disagrees_and_what_they_say() -> None:
    make.entity("ministry", label="Ministry")
    there = make.submitted(
        statement="It rose.", **{**FELL, "value": "3%"}, asserted_by=("ministry",)
    )

    page = staff_client(make.person()).post(ADD, typed(**FELL, check="1"))

    (conflict,) = preview_of(page).conflicts
    (other,) = conflict.others
    text = page.content.decode()
    assert (conflict.kind, conflict.question) == ("Direction, tension", "China — trade")
    assert (other.words, other.value) == (
        "Ministry: It rose.",
        "3% (understood as 2.5 to under 3.5 percent) (2025)",
    )
    assert f"/admin/claims/claim/{there.claim_id}/change/" in text


def test_a_check_lists_what_is_on_another_basis_and_asks_nothing_of_it() -> None:
    there = make.submitted(statement="It rose.", **{**FELL, "value": "3%", "basis": "nominal"})
    client = staff_client(make.person())

    page = client.post(ADD, typed(**FELL, basis="real", check="1"))

    assert [(told.ref, told.basis) for told in preview_of(page).bases] == [(there.ref, "nominal")]
    assert not preview_of(page).conflicts
    assert not preview_of(page).asks
    assert "On another basis" in page.content.decode()


def test_a_check_of_a_claim_without_a_period_lists_what_has_one() -> None:
    there = make.submitted(statement="It rose.", **{**FELL, "value": "3%"})
    client = staff_client(make.person())

    page = client.post(ADD, typed(**{**FELL, "period": ""}, check="1"))

    assert [told.ref for told in preview_of(page).undated] == [there.ref]
    assert not preview_of(page).conflicts
    assert not preview_of(page).bases
    assert "Without a period, so not compared" in page.content.decode()


def test_a_check_says_what_is_repeated_and_what_is_alike_and_why() -> None:
    same = make.submitted(statement="trade fell by 9%")
    near = make.submitted(statement="Trade fell by 8%.")

    page = staff_client(make.person()).post(ADD, typed(check="1"))

    first, second = preview_of(page).similar
    assert (first.summary.ref, first.repeats, first.how) == (same.ref, True, "the same words")
    assert (second.summary.ref, second.repeats) == (near.ref, False)
    assert second.differs == ["the numbers differ"]
    assert Claim.objects.count() == 2


def test_looking_ahead_uses_up_no_number() -> None:
    first = make.submitted(statement="It rose.", **{**FELL, "value": "3%"})
    make.submitted(statement="It rose more.", **{**FELL, "value": "30%"})
    source = make.source("Trade fell by 9%.")
    row = {"source": source.key, "words": "Trade fell by 9%"}
    client, quotes = staff_client(make.person()), Excerpt.objects.latest("pk").pk

    for _time in range(3):
        page = client.post(ADD, typed(row, **FELL, check="1"))
    client.post(ADD, typed(row, **FELL, submit="1", previewed=page.context["previewed"]))

    assert Claim.objects.latest("pk").pk == first.claim_id + 2
    assert Excerpt.objects.latest("pk").pk == quotes + 1
    assert Conflict.objects.count() == 1


@pytest.mark.parametrize(
    ("statement", "fields"),
    [("It rose.", {**FELL, "value": "3%"}), ("trade fell by 9%", {}), ("A decline.", FELL)],
    ids=["contradicts", "repeats the words", "repeats the value"],
)
def test_who_submits_what_contradicts_or_repeats_is_asked_once(
    statement: str, fields: dict[str, Any]
) -> None:
    make.submitted(statement=statement, **fields)
    source = make.source("Trade fell by 9%.")
    data = typed({"source": source.key, "words": "Trade fell by 9%"}, **FELL, submit="1")
    client = staff_client(make.person())

    asked = client.post(ADD, data)

    text = asked.content.decode()
    assert Claim.objects.count() == 1
    assert preview_of(asked).asks
    assert "Submit all the same" in text
    assert "Trade fell by 9%</textarea>" in text
    client.post(ADD, confirmed(asked, data))
    assert Version.objects.latest("pk").status == "submitted"
    assert Claim.objects.count() == 2


def test_what_is_only_alike_is_submitted_unasked() -> None:
    make.submitted(statement="Trade fell by 8%.")

    staff_client(make.person()).post(ADD, typed(submit="1"))

    assert Claim.objects.count() == 2


def test_a_draft_is_saved_unasked() -> None:
    make.submitted(statement="trade fell by 9%")

    staff_client(make.person()).post(ADD, typed(draft="1"))

    assert Version.objects.latest("pk").status == "draft"


def test_who_looked_before_is_not_asked_but_of_what_came_since() -> None:
    make.submitted(statement="It rose.", **{**FELL, "value": "3%"})
    client = staff_client(make.person())
    looked = client.post(ADD, typed(**FELL, check="1"))
    since = make.submitted(statement="It stood.", **{**FELL, "value": "0%"})

    asked = client.post(ADD, confirmed(looked, typed(**FELL, submit="1")))
    assert preview_of(asked).asks >= {since.ref}
    client.post(ADD, confirmed(asked, typed(**FELL, submit="1")))

    assert Claim.objects.count() == 3


def test_a_draft_that_is_submitted_from_its_page_is_asked_about_once() -> None:
    author = make.person()
    there = make.submitted(statement="It rose.", **{**FELL, "value": "3%"})
    draft = make.draft(statement="It fell.", by=author, **FELL)
    client, address = staff_client(author), f"/admin/claims/claim/{draft.claim_id}/step/submit/"

    asked = client.post(address, {"read": 1})

    assert preview_of(asked).asks == {there.ref}
    assert "Submit all the same" in asked.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"
    client.post(address, confirmed(asked, {"read": 1}))
    draft.refresh_from_db()
    assert draft.status == "submitted"


def test_the_enter_key_saves_nothing() -> None:
    page = staff_client(make.person()).get(ADD).content.decode()
    form = page[page.index('<form method="post" novalidate ') :]

    first = re.search(r"<button[^>]*>", form)
    assert first is not None
    assert 'name="check"' in first[0]


def test_room_for_more_quotes_forgets_nothing_that_was_shown() -> None:
    make.submitted(statement="trade fell by 9%")
    client = staff_client(make.person())
    looked = client.post(ADD, typed(check="1"))

    roomier = client.post(ADD, confirmed(looked, typed(more="1")))

    assert roomier.context["previewed"] == looked.context["previewed"]


def test_the_next_version_of_a_claim_in_conflict_is_submitted_unasked() -> None:
    mine = make.submitted(statement="It fell.", evidence=[], **FELL)
    make.submitted(statement="It rose.", **{**FELL, "value": "3%"})
    address = f"/admin/claims/claim/{mine.claim_id}/revise/"

    staff_client(make.person()).post(
        address, typed(statement="It fell in 2025.", **FELL, seen=1, submit="1")
    )

    assert mine.claim.versions.count() == 2
    assert ConflictMember.objects.open().filter(claim=mine.claim).exists()


def test_a_stale_form_is_told_so_before_anything_is_previewed() -> None:
    mine = make.submitted(statement="It fell.", evidence=[])
    address = f"/admin/claims/claim/{mine.claim_id}/revise/"
    client = staff_client(make.person())
    client.post(address, typed(statement="It fell by 8%.", seen=1, draft="1"))

    page = client.post(address, typed(statement="It fell by 7%.", seen=1, submit="1"))

    assert page.status_code == 409
    (change,) = page.context["stale"].changes
    assert (change.name, change.before, change.after) == ("Statement", "It fell.", "It fell by 8%.")
    assert not change.is_taken


def test_a_quote_for_and_a_quote_against_are_previewed() -> None:
    source = make.source("Trade fell by 9%. It rose.")
    rows = (
        {"source": source.key, "words": "Trade fell by 9%"},
        {"source": source.key, "words": "It rose", "stance": "refutes"},
    )

    page = staff_client(make.person()).post(ADD, typed(*rows, check="1"))

    assert [conflict.kind for conflict in preview_of(page).conflicts] == ["Evidence, contradiction"]
    assert not preview_of(page).asks


def test_quotes_are_added_to_the_claim_that_is_repeated_instead() -> None:
    there = make.submitted(statement="trade fell by 9%")
    quoted = there.evidence.get().excerpt
    source = make.source("Trade fell by 9%, as we said.")
    row = {"source": source.key, "words": "Trade fell by 9%", "locator": "p. 4"}
    client = staff_client(make.person())
    page = client.post(ADD, typed(row, check="1"))
    address = f"/admin/claims/claim/{there.claim_id}/revise/"
    assert f'name="bring" value="1" formaction="{address}"' in page.content.decode()

    brought = client.post(address, typed(row, bring="1"))

    text = brought.content.decode()
    assert "trade fell by 9%</textarea>" in text
    assert "Trade fell by 9%</textarea>" in text
    assert 'value="p. 4"' in text
    assert f'name="quotes-0-excerpt" value="{quoted.pk}"' in text
    assert there.claim.versions.count() == 1
    rows = ({"excerpt": quoted.pk}, row)
    client.post(address, typed(*rows, statement="trade fell by 9%", seen=1, submit="1"))
    latest = there.claim.versions.latest("number")
    assert (latest.number, latest.evidence.count()) == (2, 2)


def test_nothing_is_added_to_a_claim_that_was_retracted() -> None:
    there = make.published(statement="trade fell by 9%")
    retract(claim=there.claim, reason="Wrong.", by=make.person(Role.EDITOR), at=make.TODAY)

    text = staff_client(make.person()).post(ADD, typed(check="1")).content.decode()

    assert "Retracted" in text
    assert 'name="bring"' not in text


def test_what_somebody_may_not_know_is_told_by_no_preview() -> None:
    hidden = make.source("He said so.", key="memo", access="named", public_descriptor="an official")
    make.entity("document", kind="document", label="Notes of a talk", source=hidden)
    quoted = make.excerpt("He said so", of=hidden)
    make.submitted(statement="trade fell by 9%", asserted_by=("document",), evidence=[Tie(quoted)])

    text = staff_client(make.person()).post(ADD, typed(check="1")).content.decode()

    assert "an official: trade fell by 9%" in text
    assert "Notes of a talk" not in text


def test_the_page_of_a_claim_lists_what_is_like_it() -> None:
    mine = make.submitted(statement="Trade fell by 9%.")
    make.submitted(statement="trade fell by 9%")

    page = staff_client(make.person(Role.REVIEWER)).get(
        f"/admin/claims/claim/{mine.claim_id}/change/"
    )

    (similar,) = page.context["similar"]
    assert re.fullmatch("The desk states, after .+ alone: trade fell by 9%", similar.summary.words)
    assert "Says the same" in page.content.decode()
