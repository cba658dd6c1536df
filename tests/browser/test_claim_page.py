"""That the page of a claim answers first: who, what, where it stands and the words, at a glance."""

from pathlib import Path

import pytest
from django.utils import timezone

from claims.actions.dossier.load import load_dossier
from claims.models import Version
from tests.browser.conftest import Browse

FIXTURES = Path(__file__).parents[2] / "fixtures"

# The bottom, in pixels from the top of the page, of what a reader must see without scrolling. Of a
# quote its first line; of what is not on the page null.
BOTTOMS = """() => {
    const bottom = (selector) => {
        const found = document.querySelector(selector);
        return found && found.getBoundingClientRect().bottom;
    };
    const quote = document.querySelector("article blockquote p");
    const words = document.createRange();
    if (quote) words.selectNodeContents(quote);
    return {
        who: bottom("h1 .asserter"),
        statement: bottom("h1 .words"),
        stands: bottom(".notices li, .stands"),
        words: quote ? words.getClientRects()[0].bottom : bottom("#evidence ~ *"),
    };
}"""


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_each_claim_of_the_demo_is_answered_on_the_first_screen(
    browse: Browse, width: int, height: int
) -> None:
    now = timezone.now()
    load_dossier(folder=FIXTURES, by="dossier", at=now)
    claims = list(Version.objects.visible_to(None, now).values_list("claim", flat=True))
    below = []

    with browse(width) as page:
        page.set_viewport_size({"width": width, "height": height})
        for number in claims:
            page.goto(f"/claims/C{number}/")
            seen = page.evaluate(BOTTOMS)
            below += [
                (f"C{number}", part, bottom)
                for part, bottom in seen.items()
                if bottom is None or bottom > height
            ]

    assert len(claims) > 20
    assert below == []
