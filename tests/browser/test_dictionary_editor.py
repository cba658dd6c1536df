"""Writing the topic dictionary of a series in a real browser, by keyboard, wide and narrow."""

from playwright.sync_api import expect

from claims.models import DictionaryVersion
from sources.vocabulary import Role
from tests.browser.conftest import PATIENCE, Browse
from tests.browser.test_accessible import faults_of
from tests.browser.test_reader import account, picture, sign_in
from tests.claims.admin.dictionaries.kept import a_series, entry, save

PAGE = "/admin/claims/series/quad/dictionary/"


def test_variants_are_offered_while_a_term_is_typed_and_topics_move_by_key(
    browse: Browse,
) -> None:
    account(Role.EDITOR, "carl")
    series = a_series()
    save(
        series,
        entry("arctic", 'Arctic NOT "Arctic Council"', ("Арктик*", "ru"), note="The region."),
        entry("ukraine", "Ukraine", ("Україн*", "uk")),
    )

    with browse(1280) as page:
        sign_in(page, "carl")
        page.goto(PAGE)
        picture(page, "dictionary-editor")
        terms = page.locator("#topic-1 textarea")
        terms.focus()
        page.keyboard.press("Control+End")
        page.keyboard.type("\ndenuclearization | en")
        offered = page.get_by_label("denuclearisation | en")
        expect(offered).to_be_visible(timeout=PATIENCE)
        offered.press("Space")
        expect(terms).to_have_value(
            'Arctic NOT "Arctic Council"\nАрктик* | ru\ndenuclearization | en\n'
            "denuclearisation | en"
        )
        picture(page, "dictionary-variants")
        page.get_by_role("button", name="Move Arctic down").press("Enter")
        page.wait_for_load_state()
        page.locator("#topic-1 textarea").fill("Ukraine\n*")
        page.get_by_role("button", name="Show what changes").press("Enter")
        page.wait_for_load_state()
        expect(page.locator("#topic-1").get_by_text("stands alone")).to_be_visible()
        picture(page, "dictionary-refused")
        page.locator("#topic-1 textarea").fill("Ukraine")
        page.get_by_role("button", name="Show what changes").press("Enter")
        page.wait_for_load_state()
        expect(page.locator("#changes")).to_contain_text("The topics stand in another order.")
        picture(page, "dictionary-changes")
        faults = faults_of(page)
        page.get_by_label("What changed, and why").press("Enter")
        expect(page.get_by_text("Version 2 is saved.")).to_be_visible()
        page.goto(f"{PAGE}versions/")
        picture(page, "dictionary-versions")

    with browse(390) as page:
        sign_in(page, "carl")
        page.goto(PAGE)
        picture(page, "dictionary-narrow")
        page.goto(f"{PAGE}1/")
        picture(page, "dictionary-version-narrow")
        faults += faults_of(page)

    assert not faults, "\n".join(map(str, faults))
    version = DictionaryVersion.objects.current_of(series)
    assert version is not None
    assert [one.topic for one in version.dictionary.entries] == ["ukraine", "arctic"]
