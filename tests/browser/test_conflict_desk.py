"""From a claim in conflict to the decision on it and back, in a real browser."""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.actions.conflicts.decisions import open_editorial
from claims.models import Conflict, Version
from sources.vocabulary import Role
from tests import factories
from tests.browser.conftest import Browse
from tests.browser.test_reader import account, picture, sign_in

CONFLICT = re.compile(r"^K\d+$")
NOTE = "The ministry corrected its figure."


def disputed() -> Version:
    """A published claim, against which another one stands."""
    trade, change = factories.entity("trade"), factories.number_property("change")
    first = None
    for value in ("-9%", "-4%"):
        version = factories.published(
            statement=f"Trade changed by {value} in 2025.",
            subject=trade.key,
            property=change.key,
            value=value,
            period="2025",
            at=timezone.now(),
        )
        first = first or version
    assert first is not None
    return first


def decide_by_mouse(page: Page, ref: str) -> None:
    page.get_by_label("Decision").select_option("resolved")
    page.get_by_label(ref, exact=True).check()
    page.get_by_label("Note").fill(NOTE)
    page.get_by_role("button", name="Decide").click()


def decide_by_keyboard(page: Page, ref: str) -> None:
    page.get_by_label("Decision").focus()
    page.keyboard.type("Resolved")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first claim
    page.get_by_label("Note").focus()
    page.keyboard.type(NOTE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def resolve(page: Page, version: Version, *, by_keyboard: bool, name: str) -> None:
    """Go from the claim to its conflict, say which side stands, and come back."""
    ref = f"C{version.claim_id}"
    page.goto(f"/admin/claims/claim/{version.claim_id}/change/")
    expect(page.get_by_text("In conflict")).to_be_visible()
    picture(page, f"{name}-claim-before")
    page.get_by_role("link", name=CONFLICT).first.click()
    expect(page.get_by_text("They are said plainly of the same time")).to_be_visible()
    expect(page.get_by_role("img", name="2025").first).to_be_visible()
    picture(page, f"{name}-conflict")
    (decide_by_keyboard if by_keyboard else decide_by_mouse)(page, ref)
    expect(page.get_by_text(NOTE).first).to_be_visible()
    picture(page, f"{name}-decided")
    page.get_by_role("link", name=f"{ref}/v1").click()
    expect(page.get_by_text("This claim stands.")).to_be_visible()
    expect(page.get_by_text("Conflict settled")).to_be_visible()
    picture(page, f"{name}-claim-after")


def test_a_conflict_is_resolved_from_the_page_of_a_claim(browse: Browse) -> None:
    version = disputed()
    account(Role.EDITOR, "eva")

    with browse(1280) as page:
        sign_in(page, "eva")
        resolve(page, version, by_keyboard=False, name="wide")

    conflict = Conflict.objects.get()
    decision = conflict.decisions.get()
    assert conflict.status == decision.status == "resolved"
    assert (decision.standing_claims, decision.note) == ([version.claim_id], NOTE)


def test_a_conflict_is_resolved_by_keyboard_on_a_narrow_screen(browse: Browse) -> None:
    version = disputed()
    account(Role.EDITOR, "eva")

    with browse(390) as page:
        sign_in(page, "eva")
        resolve(page, version, by_keyboard=True, name="narrow")

    assert Conflict.objects.get().decisions.get().standing_claims == [version.claim_id]


def test_readers_see_what_was_decided(browse: Browse) -> None:
    version = disputed()
    account(Role.EDITOR, "eva")

    with browse(1280) as page:
        sign_in(page, "eva")
        resolve(page, version, by_keyboard=False, name="public")
        page.context.clear_cookies()
        page.goto(f"/claims/C{version.claim_id}/")
        expect(page.get_by_text("This claim stands.")).to_be_visible()
        expect(page.get_by_text(NOTE)).to_have_count(0)
        picture(page, "public-claim")
        page.get_by_role("link", name=CONFLICT).first.click()
        picture(page, "public-conflict")


def test_a_conflict_opened_by_mistake_is_closed_at_the_desk(browse: Browse) -> None:
    editor = account(Role.EDITOR, "eva")
    asked = open_editorial(
        claims=[factories.submitted().claim, factories.submitted().claim],
        question="Do both hold?",
        by=editor,
        at=timezone.now(),
    )

    with browse(1280) as page:
        sign_in(page, "eva")
        page.goto(f"/admin/claims/conflict/{asked.pk}/change/")
        page.get_by_role("button", name="Close it").click()
        expect(page.get_by_text("The note is missing; write it.", exact=True)).to_be_visible()
        picture(page, "closing-refused")
        page.get_by_label("Why it is closed").fill("It was asked twice.")
        page.get_by_role("button", name="Close it").click()
        expect(page.get_by_text(f"{asked.ref} is closed.")).to_be_visible()
        expect(page.get_by_role("button", name="Close it")).to_have_count(0)
        picture(page, "closed")

    asked.refresh_from_db()
    assert asked.status == "lapsed"
