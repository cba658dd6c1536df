"""Whether the text of a web page has the words that the page shows."""

import pytest

from sources.domain.text.completeness import Completeness
from sources.extraction.html.reader import read_html, read_whole_html
from sources.extraction.reader_types import Content
from tests.plain import file_of

PARAGRAPHS = "".join(
    f"<p>In paragraph {number} the ministry says that trade fell by {number} per cent.</p>"
    for number in range(8)
)
LINES = "<br>".join(
    f"Line {number} of the post says what was seen in town {number} on that day, and why."
    for number in range(40)
)
LINKS = "".join(f"<li><a href='/{n}'>Another report of day {n}</a></li>" for n in range(6))


def read(body: str) -> Content:
    page = f"<html><head><title>Trade</title></head><body>{body}</body></html>"
    return read_html(file_of(page.encode(), "text/html"))


def completeness(content: Content) -> Completeness:
    assert content.completeness is not None
    return content.completeness


def test_navigation_and_the_like_are_counted_apart() -> None:
    content = read(
        f"<nav>Home News</nav><header>The site</header><article>{PARAGRAPHS}</article>"
        f"<aside>See also</aside><ul>{LINKS}</ul><form>Search here</form><footer>Imprint</footer>"
    )

    assert completeness(content) == Completeness(104, 104, aside=2 + 2 + 2 + 30 + 2 + 1)


def test_a_form_around_the_whole_page_is_the_page() -> None:
    content = read(f"<form><article>{PARAGRAPHS}</article></form>")

    assert completeness(content).counted == 104


@pytest.mark.parametrize("name", ["post-body entry-content", "comment-post", "x"])
def test_a_post_of_lines_without_paragraphs_is_kept_beside_a_short_one(name: str) -> None:
    content = read(
        f"<div class='widget'><p>Read what else is new in town today.</p></div>"
        f"<div class='{name}'>{LINES}</div>"
    )

    assert "Line 0 of the post" in content.text
    assert "Line 39 of the post" in content.text
    assert not completeness(content).is_fragment


def test_what_is_not_in_the_text_is_named() -> None:
    boxes = "".join(
        f"<div class='comment'><p>Reader {n} thinks that all of it is wrong.</p></div>"
        for n in range(6)
    )
    page = f"<article>{PARAGRAPHS}</article><section id='comments'>{boxes}</section>"
    content = read(page)
    found = completeness(content)

    assert (found.counted, found.kept < found.counted) == (104 + 54, True)
    assert found.is_fragment
    assert "Reader 0 thinks that all of it is wrong." in found.missing

    whole = read_whole_html(
        file_of(f"<html><body>{page}<nav>Home</nav></body></html>".encode(), "text/html")
    )
    assert completeness(whole).share == 1
    assert "Reader 5 thinks" in whole.text
    assert "Home" in whole.text
