"""Public pages, desk and fact sheets have the colours of one sheet of tokens."""

import re
from itertools import product
from pathlib import Path

import pytest

BASE = Path(__file__).parents[2]
STATIC, SHEETS = BASE / "claims/static/claims", BASE / "claims/factsheets"
TOKENS = (STATIC / "tokens.css").read_text()
# The name of each colour, as it is in the light and in the dark.
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", TOKENS)
}


@pytest.mark.parametrize(
    "path", [*sorted(STATIC.glob("*.css")), SHEETS / "sheet.css"], ids=lambda path: path.name
)
def test_a_stylesheet_has_no_colours_of_its_own(path: Path) -> None:
    css = path.read_text()
    if path.name != "tokens.css":
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|light-dark\(", css) == []
    if path.name != "desk.css":  # it has the names of Django's admin, too
        own = set(re.findall(r"^\s*--([\w-]+):", css + TOKENS, re.MULTILINE)) | set(
            re.findall(r"[{;]\s*--([\w-]+):", css + TOKENS)
        )
        assert set(re.findall(r"var\(--([\w-]+)", css)) - own == set()


def test_what_is_printed_has_the_colours_of_the_light() -> None:
    light = {colour.lower() for colour, _dark in COLOURS.values()}
    typst = set(re.findall(r'rgb\("(#\w{6})"\)', (SHEETS / "sheet.typ").read_text()))
    office = set(re.findall(r'"([0-9A-F]{6})"', (SHEETS / "office_looks.py").read_text()))
    assert typst - light == set()
    assert {f"#{colour.lower()}" for colour in office} - light == set()


@pytest.mark.parametrize("dark", [False, True])
def test_words_stand_out_from_every_paper_that_they_stand_on(dark: bool) -> None:
    texts = ("ink", "quiet", "link", "green", "amber", "red")
    papers = ("paper", "card", "shade", "amber-paper", "red-paper", "good-paper", "link-paper")
    low = {
        (text, paper): round(contrast(COLOURS[text][dark], COLOURS[paper][dark]), 2)
        for text, paper in product(texts, papers)
    }
    # WCAG 2.2, 1.4.3: 4.5 to 1 for text of any size.
    assert {pair: found for pair, found in low.items() if found < 4.5} == {}


@pytest.mark.parametrize("dark", [False, True])
def test_edges_of_inputs_and_the_focus_stand_out_from_what_they_stand_on(dark: bool) -> None:
    focus = re.search(r"--focus: (#\w+);", TOKENS)
    assert focus is not None
    papers = [COLOURS[name][dark] for name in ("paper", "card", "shade")]
    # WCAG 2.2, 1.4.11: 3 to 1 for what shows where an input is.
    assert min(contrast(COLOURS["edge"][dark], paper) for paper in papers) >= 3
    assert min(contrast(focus[1], paper) for paper in papers) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2.2 defines it, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a colour as WCAG 2.2 defines it, from 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
