"""Several claims at once, and two versions compared, in a browser: by keyboard, in few gestures."""

from playwright.sync_api import expect

from claims.actions.claims.entry import Tie, revise
from claims.domain.content import Content
from claims.models import Version
from sources.vocabulary import Role
from tests import factories
from tests.browser.conftest import Browse
from tests.browser.test_reader import account, sign_in


def test_drafts_are_chosen_together_and_submitted_and_a_change_is_seen(browse: Browse) -> None:
    author = account(Role.CONTRIBUTOR, "cara")
    excerpt = factories.excerpt()
    drafts = [factories.draft(statement=f"It was {number}.", by=author) for number in range(3)]
    first = factories.draft(statement="Trade fell by 9%.", evidence=[Tie(excerpt)], by=author)
    second = revise(
        claim=first.claim,
        content=Content("Trade fell by 8%."),
        evidence=[Tie(excerpt)],
        by=author,
        at=factories.TODAY,
        seen=1,
    )

    with browse(1280) as page:
        sign_in(page, "cara")
        page.goto("/admin/claims/claim/?status=draft")
        page.get_by_label("Choose all on this page").press("Space")
        page.get_by_label(f"Choose {second.claim.ref}").press("Space")
        page.get_by_role("button", name="Work on the chosen claims").press("Enter")
        page.get_by_role("button", name="Submit").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("3 claims: submitted")
        page.get_by_role("link", name="Back to the list").press("Enter")
        page.get_by_role("link", name=second.claim.ref).press("Enter")
        page.get_by_role("link", name="changes against v1").press("Enter")
        expect(page.locator("ins").first).to_have_text("[added:] 8")
        expect(page.locator("del").first).to_have_text("[removed:] 9")

    submitted = Version.objects.filter(status="submitted")
    assert {one.pk for one in submitted} == {one.pk for one in drafts}
