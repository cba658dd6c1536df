"""Everybody can use the public pages and the sheets: axe-core finds nothing, light and dark, wide
and narrow."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Browse
from tests.claims.pages import every_page

# Styles need not be fetched again for a rule about screens that turn.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
# The words of each colour stand out from its papers in both themes by a test of the tokens.
LOOKS = ((1280, "light"), (390, "dark"))


def test_axe_finds_nothing_on_any_page_or_sheet(browse: Browse) -> None:
    built = every_page.build()
    faults = []

    with browse(1280) as page:
        for address in built.kinds:
            page.goto(address)
            faults += [(address, *fault) for fault in faults_of(page)]
        for address in built.sheets[:2]:
            page.goto("about:blank")  # whose policy is nobody's
            page.set_content(page.request.get(address).text())
            faults += [(address, *fault) for fault in faults_of(page)]

    assert faults == []


def faults_of(page: Page) -> list[tuple[str, ...]]:
    """The findings of axe on a page in each look: width, theme, rule, the first element and why."""
    page.evaluate(Axe().axe_script)
    found: list[tuple[str, ...]] = []
    for width, theme in LOOKS:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of its literals
        told = page.evaluate("options => axe.run(document, options)", OPTIONS)
        found += [
            (str(width), theme, one["id"], one["nodes"][0]["html"][:150], why(one["nodes"][0]))
            for one in told["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((str(width), theme, "the page is wider than the screen"))
    return found


def why(node: dict[str, Any]) -> str:
    """The first reason that axe gives for an element."""
    checks = [*node["any"], *node["all"], *node["none"]]
    return str(checks[0]["message"]) if checks else ""
