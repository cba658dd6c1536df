"""The text of web pages: what a reader sees, with nothing flattened that changes its meaning."""

import pytest

from sources.extraction.extract import ExtractedText, ExtractionLimits, ExtractionRefused, extract
from sources.extraction.html.runs import Runs
from sources.extraction.html.tree import parsed, written
from sources.extraction.reader_types import File

LIMITS = ExtractionLimits(seconds=20)
P = (
    "<p>The ministers met for two days in the capital and agreed on a plan for trade, energy and "
    "transport that both sides called ambitious.</p>"
)


def extracted(body: str | bytes, media_type: str = "text/html") -> ExtractedText:
    data = body if isinstance(body, bytes) else body.encode()
    return extract(data, media_type=media_type, file_name="a.html", limits=LIMITS)


def text_of(body: str) -> str:
    tree = parsed(File(b"", "a.html", "", 9), body)
    return written(Runs(tree).found)[0]


FLATTENED = [
    ('10<span style="vertical-align: 4px; font-size: 70%">6</span>', "10⁶"),
    ('10<span style="position: relative; top: -0.5em">6</span>', "10⁶"),
    ('grow <span style="vertical-align: -2px">well</span>', "grow well"),
    ('12<span style="display: inline-flex">345</span>', "12\t345"),
    ('12<span style="float: right">345</span>', "12\t345"),
    ('12<span style="position: absolute; right: 0">345</span>', "12\t345"),
    ('12<span style="margin-left: 2em">345</span>', "12 345"),
    ('x<div style="display: flex"><span>12</span><span>345</span></div>', "x\n12\t345"),
    ("<math><msqrt><mn>2</mn></msqrt></math>", "√(2)"),
    ("<math><mroot><mn>8</mn><mn>3</mn></mroot></math>", "√(8; 3)"),
    ("<math><mmultiscripts><mi>C</mi><mn>14</mn></mmultiscripts></math>", "C 14"),
    ("is <embed src='x'> not true <track src='x'> and not", "is not true and not"),
    ("<bdo dir=rtl>321</bdo>", "\u202e321\u202c"),
    ('<p style="direction: rtl; unicode-bidi: bidi-override">321</p>', "\u202e321\u202c"),
    ('5<span style="visibility: hidden">0</span>3', "5 3"),
    ('5<span style="display:/* no */none">0</span>3', "53"),
    ('5<span style="dis\\play: none">0</span>3', "53"),
    ('5<span style="font-size: .0em">0</span>3', "53"),
    ('5<span style="font: 0/0 a">0</span>3', "53"),
    ('is <span style="opacity: 0.0">not </span>true', "is true"),
    ('<p style="opacity: 0">faded in by a script</p>', "faded in by a script"),
    ('is <span style="position: absolute; left: -9999px">not </span>true', "is true"),
    ('is <span style="clip: rect(0, 0, 0, 0)">not </span>true', "is true"),
    ('is <span style="color: #FFF; background: white">not </span>true', "is true"),
    ('is <b style="color: transparent; background-clip: text">not</b> true', "is not true"),
    ("10<sup>6</sup> t", "10⁶ t"),
    ("10<sup>−6</sup> t", "10⁻⁶ t"),
    ("5 m<sup>2</sup>", "5 m²"),
    ("CO<sub>2</sub>", "CO₂"),
    ("x<sup>y</sup>", "x^y"),
    ("x<sub>max</sub>", "xₘₐₓ"),
    ("the 80<sup>th</sup> year", "the 80th year"),
    ('10<span style="vertical-align: super">6</span>', "10⁶"),
    ("2<sup>1</sup>/<sub>2</sub>", "2¹/₂"),
    ("<math><msup><mn>10</mn><mn>6</mn></msup></math>", "10⁶"),
    ("2<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "2 1⁄2"),
    ("fell by <del>19</del><ins>9</ins>%", "fell by 9%"),
    ("fell by <s>19</s> 9%", "fell by 9%"),
    ('a<span style="text-decoration: line-through">b</span>c', "ac"),
    ("a<br>b", "a\nb"),
    ("a<img alt='picture'>b", "a b"),
    ("12<!-- x -->345", "12345"),
    ("<table><tr><td>12<td>345<tr><td><td>7</table>", "12\t345\n\t7"),
    ("<table><tr><td><p>12</p></td><td><p>345</p></td></tr></table>", "12\t345"),
    ("<div>12</div><div>345</div>", "12\n345"),
    ('<span style="display:block">12</span><span style="display:block">345</span>', "12\n345"),
    ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
    ("<ol type=a><li>x<li value=4>y</ol>", "a. x\nd. y"),
    ("<ol reversed><li>x<li>y</ol>", "2. x\n1. y"),
    ("<ul><li>a<li>b</ul>", "a\nb"),
    ("said <q>never</q>", "said “never”"),
    ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字", "漢(kan)字"),
    ("&lt;5 &amp; &#8722;3&nbsp;%", "<5 & −3\u00a0%"),
    ("so&shy;ft wo<wbr>rd", "so\u00adft word"),
    ("<pre>a  b\n c</pre>", "a  b\n c"),
    ("a\n   b \t c", "a b c"),
    ("a<p style='display: none'>b</p>", "a"),
    ("a<span hidden>b</span>", "a"),
    ("a<template>b</template><noscript>c</noscript><script>d</script><style>e</style>", "a"),
    ("a<span class='sr-only'>b</span>c", "ac"),
    ("a<select><option>b</select><textarea>c</textarea><button>d</button>", "a"),
]


@pytest.mark.parametrize(("body", "text"), FLATTENED, ids=[text for _, text in FLATTENED])
def test_flattening_changes_no_meaning(body: str, text: str) -> None:
    assert text_of(f"<body>{body}</body>") == text


def test_the_main_text_keeps_its_order_and_leaves_out_what_surrounds_it() -> None:
    layer = extracted(
        "<html lang=en><head><title>Two ministers meet</title><meta name=author content='A. Lee'>"
        "<meta property='article:published_time' content='2025-05-08'></head><body>"
        "<nav><a href=/>Home</a></nav><article><h1>Two ministers meet</h1>"
        f"{P}<p>Short.</p><h2>Next</h2>{P}</article><aside>Related words</aside>"
        "<footer>Copyright</footer></body></html>"
    )
    words = P[3:-4]

    assert layer.text == f"Two ministers meet\n\n{words}\n\nShort.\n\nNext\n\n{words}"
    assert layer.metadata["title"] == "Two ministers meet"
    assert layer.metadata["issued"] == {"date-parts": [[2025, 5, 8]]}
    assert layer.metadata["language"] == "en"


def test_a_mark_of_a_note_and_its_note_are_kept_and_marked() -> None:
    layer = extracted(
        f"<body><article>{P}<p>It grew in 2024.<sup><a href='#fn3'>3</a></sup> So they said.</p>{P}"
        "</article><footer><ol><li>x<li>y<li id=fn3>See the report of the ministry.</ol></footer>"
    )
    marked = [layer.text[span.start : span.end] for span in layer.apparatus if span.kind == "note"]

    assert "It grew in 2024.³ So they said." in layer.text
    assert layer.text.endswith("³ See the report of the ministry.")
    assert marked == ["³", "³ "]


def test_a_mark_that_is_linked_to_its_note_is_one_behind_a_figure() -> None:
    layer = extracted(
        f"<body><article>{P}<p>It grew in 2024<sup><a href='#fn1'>1</a></sup> by 9%<sup><a "
        f"href='#fn2'>2</a></sup> to 10<sup>2</sup> units on 5 m<sup>2</sup>.</p>{P}<ol><li "
        "id=fn1>See the report of the ministry.<li id=fn2>See there.</ol></article>"
    )
    marked = [layer.text[: span.end].split()[-1] for span in layer.apparatus if span.kind == "note"]

    assert "It grew in 2024¹ by 9%² to 10² units on 5 m²." in layer.text
    assert marked == ["2024¹", "9%²", "¹", "²"]
    assert layer.doubts == ()


@pytest.mark.parametrize(
    ("source", "media_type"),
    [
        ("<meta charset=windows-1251><p>Привет, мир</p>".encode("cp1251"), "text/html"),
        ("<p>Привет, мир</p>".encode("koi8-r"), "text/html; charset=koi8-r"),
        ("\ufeff<p>Привет, мир</p>".encode("utf-16"), "text/html"),
        ("<meta charset=windows-1251><p>Привет, мир</p>".encode(), "text/html"),
    ],
    ids=["meta", "header", "mark", "wrong"],
)
def test_the_encoding_is_the_one_that_fits(source: bytes, media_type: str) -> None:
    assert extracted(source, media_type).text.removeprefix("\ufeff") == "Привет, мир"


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(ExtractionRefused) as refused:
        extracted("<!doctype html><body><script>x</script>")

    assert refused.value.code == "empty"
