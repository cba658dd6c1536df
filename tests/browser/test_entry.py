"""The form of a claim in a real browser: nothing that is typed is lost."""

from playwright.sync_api import Page, expect

from claims.models import Claim, UnsavedEntry, Version
from sources.vocabulary import Role
from tests import factories
from tests.browser.conftest import Browse
from tests.browser.test_reader import PASSWORD, account, picture, sign_in

ADD = "/admin/claims/claim/add/"
STATEMENT = "Statement*"


def end_session(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def sign_in_again(page: Page, name: str) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_what_is_typed_outlives_the_page_and_the_session(browse: Browse) -> None:
    account(Role.CONTRIBUTOR, "carl")
    account(Role.CONTRIBUTOR, "dora")
    source = factories.source("The pipeline was full in May.", title="Eastern flows")

    with browse(1280) as page:
        sign_in(page, "carl")
        page.goto(ADD)
        page.locator("#id_statement").fill("The pipeline was")
        page.get_by_role("link", name="Desk", exact=True).click()  # at once, before it is stored
        expect(page).to_have_url("/admin/")
        page.goto(ADD)
        expect(page.get_by_text("You were typing here")).to_contain_text("“The pipeline was”")
        picture(page, "entry-offered")
        page.get_by_role("link", name="Go on with it").click()
        expect(page.locator("#id_statement")).to_have_value("The pipeline was")

        page.locator("#id_statement").fill("The pipeline was full.")
        page.locator("#id_quotes-0-source").fill("EASTERN FLOWS")
        page.locator("#id_quotes-0-words").fill("The pipeline was full in May")
        end_session(page)
        page.get_by_role("button", name="Save draft").click()
        sign_in_again(page, "carl")
        expect(page.get_by_text("This is what you had typed")).to_be_visible()
        expect(page.locator("#id_statement")).to_have_value("The pipeline was full.")
        picture(page, "entry-after-session")
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_text("is saved: draft")).to_be_visible()
        page.goto(ADD)
        expect(page.locator("#id_statement")).to_have_value("")
        expect(page.get_by_text("You were typing here")).to_have_count(0)

        page.locator("#id_statement").fill("Words for carl alone")
        end_session(page)
        page.get_by_role("button", name="Save draft").click()
        sign_in_again(page, "dora")
        expect(page.locator("#id_statement")).to_have_value("")
        assert page.evaluate("sessionStorage.length") == 0

    version = Version.objects.get()
    assert version.statement == "The pipeline was full."
    assert version.evidence.get().excerpt.source == source
    assert not UnsavedEntry.objects.filter(fields__statement=["Words for carl alone"]).exists()


def test_a_refused_form_leads_to_its_errors_and_an_entity_is_made_there(browse: Browse) -> None:
    account(Role.CONTRIBUTOR, "carl")

    with browse(390) as page:
        sign_in(page, "carl")
        page.goto(ADD)
        page.locator("#id_statement").fill("They say so.")
        page.locator("#id_asserter_0").fill("PISM")
        page.get_by_role("button", name="Save draft").click()
        summary = page.get_by_role("alert")
        expect(summary).to_be_focused()
        picture(page, "entry-refused")
        summary.get_by_role("link", name="Who says so").click()
        expect(page.locator("#id_asserter_0")).to_be_focused()
        making = page.get_by_role("group", name="Make the entity “PISM” now")
        making.get_by_label("Kind").select_option("organisation")
        making.get_by_role("button", name="Make it, and go on").click()
        expect(page.locator("#id_asserter_0")).to_have_value("pism")
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_text("is saved: draft")).to_be_visible()

    assert str(Version.objects.get().asserters.get()) == "PISM"


def test_the_second_of_two_who_edit_a_claim_gets_the_difference(
    browse: Browse, address: str
) -> None:
    account(Role.CONTRIBUTOR, "carl")
    account(Role.CONTRIBUTOR, "dora")
    claim = factories.submitted(statement="The pipeline was full.").claim
    revising = f"/admin/claims/claim/{claim.pk}/revise/"

    with browse(1280) as page:
        assert page.context.browser is not None
        second = page.context.browser.new_context(base_url=address).new_page()
        sign_in(page, "carl")
        sign_in(second, "dora")
        for one in (page, second):
            one.goto(revising)
        page.locator("#id_statement").fill("The pipeline was full in May.")
        page.locator("#id_asserted_on").fill("June 2025")
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_text("is saved: draft")).to_be_visible()

        second.locator("#id_statement").fill("The pipe was full.")
        second.get_by_role("button", name="Save draft").click()
        told = second.get_by_role("alert")
        expect(told).to_be_focused()
        expect(told).to_contain_text("in May")
        expect(second.locator("#id_statement")).to_have_value("The pipe was full.")
        expect(second.locator("#id_asserted_on")).to_have_value("June 2025")
        picture(second, "entry-stale")
        second.get_by_role("button", name="Save draft").click()
        expect(second.get_by_text("is saved: draft")).to_be_visible()

    statements = list(
        Claim.objects.get().versions.order_by("number").values_list("statement", "asserted_on")
    )
    assert statements[1:] == [
        ("The pipeline was full in May.", "June 2025"),
        ("The pipe was full.", "June 2025"),
    ]
