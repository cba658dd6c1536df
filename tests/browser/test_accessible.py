"""Everybody can use the public pages, the sheets and the desk: axe-core finds nothing, light and
dark, wide and narrow."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from sources.vocabulary import Role
from tests import factories
from tests.browser.conftest import Browse
from tests.claims.admin import desk_addresses
from tests.claims.pages import every_page
from tests.claims.test_design_tokens import contrast

# Styles need not be fetched again for a rule about screens that turn.
OPTIONS: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
# At the desk the size of targets counts as well: a rule of WCAG 2.2, for which axe must be asked.
OF_DESK = {**OPTIONS, "rules": {"target-size": {"enabled": True}}}
OF_COLOURS = {**OPTIONS, "runOnly": ["color-contrast", "link-in-text-block"]}
# The words of each colour stand out from its papers in both themes by a test of the tokens.
LOOKS = ((1280, "light", OPTIONS), (390, "dark", OPTIONS))
# All rules in two looks, and in the two others those that the width or the colours decide.
LOOKS_OF_DESK = (
    (1280, "light", OF_DESK),
    (390, "dark", OF_DESK),
    (390, "light", OF_COLOURS),
    (1280, "dark", OF_COLOURS),
)

# Of each input that is seen: its border and what it stands on, as colours of CSS.
EDGES = """() => [...document.querySelectorAll("input, select, textarea")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1
        && !["checkbox", "radio", "file", "submit", "button"].includes(one.type))
    .map((one) => {
        let under = one.parentElement;
        while (under && getComputedStyle(under).backgroundColor === "rgba(0, 0, 0, 0)")
            under = under.parentElement;
        return [one.id || one.name, getComputedStyle(one).borderBottomColor,
                under ? getComputedStyle(under).backgroundColor : "rgb(255, 255, 255)"];
    })"""


def test_axe_finds_nothing_on_any_public_page_or_sheet(browse: Browse) -> None:
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


@pytest.mark.long
def test_axe_finds_nothing_on_any_page_of_the_desk(browse: Browse, address: str) -> None:
    desk = desk_addresses.build()
    editor, administrator = client_of(Role.EDITOR), client_of(Role.ADMINISTRATOR)
    of_editor = desk_addresses.pages(desk, editor)
    others = set(desk_addresses.pages(desk, administrator)) - set(of_editor)
    faults = []

    with browse(1280) as page:
        for client, pages in ((editor, of_editor), (administrator, sorted(others))):
            be(page, client, address)
            faults += faults_of_pages(page, pages)
        page.context.clear_cookies()
        faults += faults_of_pages(page, ["/admin/login/"])

    assert faults == []


def client_of(role: Role) -> Client:
    """Somebody of a role, signed in."""
    client = Client()
    client.force_login(factories.person(role))
    return client


def be(page: Page, client: Client, address: str) -> None:
    """Let the browser be who the client is."""
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def faults_of_pages(page: Page, addresses: Iterable[str]) -> list[tuple[str, ...]]:
    """The findings on pages, each with its address."""
    found = []
    for address in addresses:
        page.set_viewport_size({"width": 1280, "height": 844})
        page.goto(address)
        found += [(address, *fault) for fault in faults_of(page, LOOKS_OF_DESK)]
    return found


def faults_of(
    page: Page, looks: Iterable[tuple[int, str, dict[str, Any]]] = LOOKS
) -> list[tuple[str, ...]]:
    """The findings on a page in each look: width, theme, rule, the first element and why."""
    page.evaluate(Axe().axe_script)
    found: list[tuple[str, ...]] = []
    for width, theme, options in looks:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of its literals
        told = page.evaluate("options => axe.run(document, options)", options)
        found += [
            (str(width), theme, one["id"], one["nodes"][0]["html"][:150], why(one["nodes"][0]))
            for one in told["violations"]
        ]
        found += [
            (str(width), theme, "the border of an input is hardly seen", name, f"{edge} on {paper}")
            for name, edge, paper in page.evaluate(EDGES)
            if contrast(as_hex(edge), as_hex(paper)) < 3  # WCAG 2.2, 1.4.11
        ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((str(width), theme, "the page is wider than the screen"))
    return found


def why(node: dict[str, Any]) -> str:
    """The first reason that axe gives for an element."""
    checks = [*node["any"], *node["all"], *node["none"]]
    return str(checks[0]["message"]) if checks else ""


def as_hex(colour: str) -> str:
    """A colour of CSS, `rgb(1, 2, 3)`, as `#010203`."""
    red, green, blue = re.findall(r"\d+", colour)[:3]
    return f"#{int(red):02x}{int(green):02x}{int(blue):02x}"
