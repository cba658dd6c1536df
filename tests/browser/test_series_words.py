"""The pages of the words of a series: everybody can use them, with a keyboard alone too."""

from tests.browser.conftest import Browse
from tests.browser.test_accessible import faults_of
from tests.claims.pages.series import words_world


def test_axe_finds_nothing_on_the_pages_of_words(browse: Browse) -> None:
    words_world.build()
    faults = []

    with browse(1280) as page:
        for address in (
            "/series/quad/words/",
            "/series/quad/words/?document=later",
            "/series/quad/contexts/",
            "/series/quad/contexts/?q=Quad&sort=left",
        ):
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            faults += [(address, *fault) for fault in faults_of(page)]

    assert faults == []


def test_words_of_a_cloud_lie_over_none_and_lead_to_their_places_by_keyboard(
    browse: Browse,
) -> None:
    words_world.build()

    with browse(1280) as page:
        page.goto("/series/quad/words/")
        boxes = page.evaluate(
            """[...document.querySelectorAll('.cloud text')].map(one => {
                const box = one.getBBox(), size = parseFloat(one.getAttribute('font-size'));
                return [box.x, box.x + box.width, box.y + box.height / 2, size];
            })"""
        )
        page.locator(".cloud a", has_text="zeppelins").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/contexts/?q=zeppelins")
        page.locator("td.words a").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/sources/later/**")
        marked = page.locator("mark.asked").inner_text()

    assert marked == "zeppelins"
    assert len(boxes) == 10
    for number, (left, right, middle, size) in enumerate(boxes):
        for other in boxes[:number]:
            apart = right <= other[0] + 1 or other[1] <= left + 1
            assert apart or abs(middle - other[2]) >= min(size, other[3]) * 0.5
