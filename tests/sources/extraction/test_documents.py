"""The text of DOCX and Markdown files."""

import pytest

from sources.domain.grading.quotes import FoldedText, grade_quote
from sources.domain.text.completeness import Completeness
from sources.extraction.extract import ExtractedText, ExtractionLimits, extract
from sources.vocabulary import Grade
from tests.sources.extraction.samples import WORD, docx, paragraph

LIMITS = ExtractionLimits(seconds=20)


def of_docx(body: str, more: dict[str, bytes] | None = None) -> ExtractedText:
    return extract(docx(body, more=more), media_type="", file_name="a.docx", limits=LIMITS)


def of_markdown(text: str) -> ExtractedText:
    return extract(text.encode(), media_type="text/markdown", file_name="a", limits=LIMITS)


def folded(layer: ExtractedText) -> FoldedText:
    return FoldedText(layer.text, layer.apparatus, layer.doubts)


def run(text: str, align: str = "") -> str:
    style = f'<w:rPr><w:vertAlign w:val="{align}"/></w:rPr>' if align else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{text}</w:t></w:r>'


def test_tracked_changes_are_accepted_and_comments_are_out() -> None:
    author = 'w:id="1" w:author="A" w:date="2025-01-01T00:00:00Z"'
    layer = of_docx(
        "<w:p>"
        + run("fell by ")
        + f"<w:del {author}><w:r><w:delText>19</w:delText></w:r></w:del>"
        + f"<w:ins {author}>{run('9')}</w:ins>"
        + run(" per cent")
        + "</w:p>"
    )

    assert layer.text == "fell by 9 per cent"


def test_raised_figures_and_cells_stay_apart() -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("12", "345"))
    layer = of_docx(
        f"<w:p>{run('10')}{run('6', 'superscript')}{run(' t of CO')}{run('2', 'subscript')}</w:p>"
        f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    )

    assert layer.text == "10⁶ t of CO₂\n\n12\t345"


def styled(text: str, properties: str) -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("is ") + styled("not ", '<w:vanish w:val="0"/>') + run("true"), "is not true"),
        (run("is ") + styled("not ", "<w:dstrike/>") + run("true"), "is true"),
        (run("10") + styled("6", '<w:position w:val="12"/>'), "10⁶"),
        (run("in ") + f'<w:fldSimple w:instr="DATE">{run("2024")}</w:fldSimple>', "in 2024"),
        ("<w:r><w:t>12</w:t><w:ptab/><w:t>345</w:t></w:r>", "12 345"),
        (
            f"<w:r><w:ruby><w:rt>{run('3')}</w:rt><w:rubyBase>{run('5')}</w:rubyBase></w:ruby></w:r>",
            "5(3)",
        ),
        (
            (
                f'<mc:AlternateContent {MC}><mc:Choice Requires="x">{run("new")}</mc:Choice>'
                f"<mc:Fallback>{run('old')}</mc:Fallback></mc:AlternateContent>"
            ),
            "old",
        ),
        (
            f"<m:oMath {MATH}><m:rad><m:deg/><m:e><m:r><m:t>2</m:t></m:r></m:e></m:rad></m:oMath>",
            "√(2)",
        ),
    ],
    ids=["not", "struck", "raised", "field", "tab", "reading", "twice", "formula"],
)
def test_what_word_shows_is_the_text(inside: str, text: str) -> None:
    assert of_docx(f"<w:p>{inside}</w:p>").text == text


def test_a_style_and_the_style_under_it_hide_words() -> None:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    styles = (
        f'<w:styles xmlns:w="{namespace}"><w:style w:type="character" w:styleId="A"><w:rPr>'
        '<w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="B">'
        '<w:basedOn w:val="A"/></w:style></w:styles>'
    )
    hidden = styled("not ", '<w:rStyle w:val="B"/>')
    layer = of_docx(
        f"<w:p>{run('is ')}{hidden}{run('true')}</w:p>",
        {"word/styles.xml": styles.encode()},
    )

    assert hidden_words(layer) == ["not"]


def hidden_words(layer: ExtractedText) -> list[str]:
    """The words that the layer says to be hidden, by its apparatus and by its doubts alike."""
    spans = [(one.start, one.end) for one in layer.apparatus if one.kind == "hidden"]
    assert spans == [(one.start, one.end) for one in layer.doubts if one.kind == "hidden"]
    return [layer.text[start:end].strip() for start, end in spans]


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    "properties", ["<w:vanish/>", WHITE, f'{WHITE}<w:shd w:fill="auto" w:val="clear"/>']
)
def test_words_that_word_does_not_show_are_marked_as_hidden(properties: str) -> None:
    layer = of_docx(f"<w:p>{run('It is ')}{styled('not ', properties)}{run('true.')}</w:p>")

    assert layer.text == "It is not true."
    assert hidden_words(layer) == ["not"]


@pytest.mark.parametrize(
    "properties",
    [
        f'{WHITE}<w:shd w:fill="000000" w:val="clear"/>',
        f'{WHITE}<w:highlight w:val="black"/>',
        '<w:color w:val="777777"/>',
    ],
)
def test_letters_on_another_ground_are_not_hidden(properties: str) -> None:
    layer = of_docx(f"<w:p>{run('It is ')}{styled('not ', properties)}{run('true.')}</w:p>")

    assert hidden_words(layer) == []


TITLES = (
    f'<w:styles xmlns:w="{WORD}">'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Author"><w:name w:val="Author"/></w:style></w:styles>'
)
STYLED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="styles.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/styles"/></Relationships>'
)


def boxed(words: str, properties: str = "") -> str:
    """A paragraph with a box in a run of these properties."""
    box = f"<w:pict><w:txbxContent><w:p>{words}</w:p></w:txbxContent></w:pict>"
    return f"<w:p>{run('It is ')}<w:r><w:rPr>{properties}</w:rPr>{box}</w:r></w:p>"


def test_white_letters_in_a_box_are_not_hidden() -> None:
    layer = of_docx(boxed(styled("not true.", WHITE)))

    assert layer.text == "It is\n\nnot true."
    assert hidden_words(layer) == []


@pytest.mark.parametrize(
    "words", [run("not true."), f"<w:smartTag>{styled('not true.', '<w:b/>')}</w:smartTag>"]
)
def test_a_box_in_a_hidden_run_is_hidden(words: str) -> None:
    layer = of_docx(boxed(words, "<w:vanish/>"))

    assert layer.text == "It is\n\nnot true."
    assert hidden_words(layer) == ["not true."]


@pytest.mark.parametrize(
    ("around", "within"), [("<w:vanish/>", ""), ("", "<w:vanish/>")], ids=["around", "within"]
)
def test_a_hidden_reading_is_hidden(around: str, within: str) -> None:
    ruby = (
        f"<w:r><w:rPr>{around}</w:rPr><w:ruby><w:rt>{styled('three', within)}</w:rt>"
        f"<w:rubyBase>{styled('five', within)}</w:rubyBase></w:ruby></w:r>"
    )
    layer = of_docx(f"<w:p>{run('It is ')}{ruby}{run(' today.')}</w:p>")

    assert layer.text == "It is five(three) today."
    assert hidden_words(layer) == ["five(three)"]


def test_the_style_of_a_paragraph_hides_words_in_mark_up_around_them() -> None:
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:type="paragraph" w:styleId="A"><w:rPr>'
        "<w:vanish/></w:rPr></w:style></w:styles>"
    )
    wrapped = f"<w:customXml><w:smartTag>{run('not true.')}</w:smartTag></w:customXml>"
    layer = of_docx(
        f'{paragraph("It is")}<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>{wrapped}</w:p>',
        {"word/styles.xml": styles.encode()},
    )

    assert hidden_words(layer) == ["not true."]


@pytest.mark.parametrize("style", ["Title", "Author"])
def test_title_and_authors_are_without_hidden_words(style: str) -> None:
    named = "title" if style == "Title" else "author"
    words = f"{run('Trade ')}{styled('by Mira Field ', '<w:vanish/>')}{run('in 2024')}"
    layer = of_docx(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{words}</w:p>{paragraph("It rose.")}',
        {"word/styles.xml": TITLES.encode(), "word/_rels/document.xml.rels": STYLED.encode()},
    )

    shown = {"title": "Trade in 2024", "author": [{"literal": "Trade in 2024"}]}
    assert layer.metadata[named] == shown[named]


def test_the_characters_that_mark_hidden_words_hide_none() -> None:
    layer = of_docx(paragraph("It is \ue010not\ue011 true."))

    assert layer.text == "It is \ufffdnot\ufffd true."
    assert hidden_words(layer) == []


def test_a_row_whose_deletion_is_tracked_is_gone() -> None:
    mark = '<w:trPr><w:del w:id="1" w:author="A"/></w:trPr>'
    rows = "".join(
        f"<w:tr>{properties}<w:tc>{paragraph(text)}</w:tc></w:tr>"
        for properties, text in (("", "12"), (mark, "345"))
    )

    assert of_docx(f"<w:tbl>{rows}</w:tbl>").text == "12"


def test_notes_stand_at_the_end_and_their_marks_are_apparatus() -> None:
    layer = of_markdown("It grew in 2024.[^a] So they said.\n\n[^a]: See the report.\n")

    assert layer.text == "It grew in 2024.¹ So they said.\n\n¹ See the report."
    assert [
        layer.text[span.start : span.end] for span in layer.apparatus if span.kind == "note"
    ] == ["¹", "¹ "]


def marked_and_doubtful(layer: ExtractedText) -> tuple[list[str], list[str]]:
    """The words that carry a mark of a note, and those that carry a figure in doubt."""
    places = [one for one in layer.apparatus if one.kind == "note"]
    running = [one for one in places if one.start and layer.text[one.start - 1] != "\n"]
    return (
        [layer.text[: one.end].split()[-1] for one in running],
        [layer.text[: one.end].split()[-1] for one in layer.doubts],
    )


def test_a_mark_that_is_tied_to_its_note_is_one_behind_a_figure_a_sign_and_a_short_word() -> None:
    layer = of_markdown(
        "In 2025[^a] it fell by 9%[^b] in the EU[^c] of 5 m[^d], 10^4^ units and 7 m^2^.\n\n"
        + "".join(f"[^{name}]: Note.\n\n" for name in "abcd")
    )

    assert layer.text.startswith("In 2025¹ it fell by 9%² in the EU³ of 5 m⁴, 10⁴ units and 7 m².")
    assert marked_and_doubtful(layer) == (["2025¹", "9%²", "EU³", "m⁴"], [])
    graded = grade_quote("In 2025 it fell by 9% in the EU", folded(layer))
    assert (graded.grade, graded.doubts) == (Grade.FOLDED, ())
    assert not grade_quote("of 5 m, 10 units", folded(layer)).grade.is_located


def test_a_note_of_word_ties_its_mark_behind_a_figure() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="2">{paragraph("Customs.")}</w:footnote>'
        "</w:footnotes>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    layer = of_docx(
        f'<w:p>{run("In 2025")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(" it was 10")}'
        f"{run('1', 'superscript')}{run(' units.')}</w:p>",
        more={
            "word/footnotes.xml": notes.encode(),
            "word/_rels/document.xml.rels": relations.encode(),
        },
    )

    assert layer.text == "In 2025¹ it was 10¹ units.\n\n¹ Customs."
    assert marked_and_doubtful(layer) == (["2025¹"], [])


def test_markdown_changes_no_character_and_loses_its_marks() -> None:
    layer = of_markdown(
        '# Head\n\n"a" -- b... $5 and $6 :100: *em* [link](http://a.b/) 10^6^ <sup>2</sup> '
        "~~gone~~ \\* x\n"
    )

    assert layer.text == 'Head\n\n"a" -- b... $5 and $6 :100: em link 10⁶ ² * x'


def test_form_feeds_part_the_pages_of_markdown() -> None:
    layer = of_markdown("one *two*\n\fthree\n\n\f# four\n")

    assert [layer.text[page.start : page.end].strip() for page in layer.pages] == [
        "one two",
        "three",
        "four",
    ]


def test_what_a_markdown_file_says_of_itself_is_metadata() -> None:
    layer = of_markdown("---\ntitle: Two ministers\nauthor: A. Lee\n---\n\nWords.\n")

    assert layer.metadata["title"] == "Two ministers"
    assert layer.metadata["author"] == [{"literal": "A. Lee"}]


def cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: str) -> str:
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    return f"<w:tbl>{grid}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def control(inside: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def custom(inside: str) -> str:
    return f'<w:customXml w:element="x"><w:customXmlPr/>{inside}</w:customXml>'


ONE, TWO, THREE = paragraph("one"), paragraph("two"), paragraph("three")
SHAPE = (
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
NEW_BOX = (
    f"<w:drawing><wps:txbx {SHAPE}><w:txbxContent>{TWO}</w:txbxContent></wps:txbx></w:drawing>"
)
OLD_BOX = f"<w:pict><v:textbox {SHAPE}><w:txbxContent>{TWO}</w:txbxContent></v:textbox></w:pict>"
BOTH = (
    f"<mc:AlternateContent {MC}><mc:Choice Requires='wps'>{NEW_BOX}</mc:Choice>"
    f"<mc:Fallback>{OLD_BOX}</mc:Fallback></mc:AlternateContent>"
)
TRACKED = 'w:id="1" w:author="A" w:date="2025-01-01T00:00:00Z"'
GOES_ON = "<w:vMerge/>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (table(cell(ONE), cell(TWO) + cell(THREE)), "one\ntwo\tthree"),
        (
            table(cell(ONE, '<w:gridSpan w:val="2"/>') + cell(TWO), cell(ONE) + cell(TWO)),
            "one\ttwo\none\ttwo",
        ),
        (
            table(cell(ONE, '<w:vMerge w:val="restart"/>') + cell(TWO), cell(THREE, GOES_ON)),
            "one\ttwo\nthree",
        ),
        (
            table(
                cell(ONE, '<w:vMerge w:val="restart"/>') + cell(TWO),
                cell("<w:p/>", GOES_ON) + cell(THREE),
            ),
            "one\ttwo\nthree",
        ),
        (table(cell(ONE + table(cell(TWO)) + "<w:p/>") + cell(THREE)), "one\n\ntwo\tthree"),
        (table(control(cell(ONE)) + cell(TWO)), "one\ttwo"),
        (table(custom(cell(ONE)) + cell(TWO)), "one\ttwo"),
        (custom(ONE + TWO), "one\n\ntwo"),
        (f"<w:p>{run('one ')}{custom(run('two'))}</w:p>", "one two"),
        (f"<w:p>{run('one ')}<w:dir w:val='ltr'>{run('two')}</w:dir></w:p>", "one two"),
        (f"<w:p>{run('one ')}<w:smartTag>{run('two')}</w:smartTag></w:p>", "one two"),
        (f"<w:ins {TRACKED}>{ONE}</w:ins>{TWO}", "one\n\ntwo"),
        (
            (
                f"<w:p><w:moveFrom {TRACKED}>{run('gone ')}</w:moveFrom>{run('one ')}"
                f"<w:moveTo {TRACKED}>{run('two')}</w:moveTo></w:p>"
            ),
            "one two",
        ),
        (f"<w:p>{run('one')}<w:r>{NEW_BOX}</w:r></w:p>{THREE}", "one\n\ntwo\n\nthree"),
        (f"<w:p>{run('one')}<w:r>{OLD_BOX}</w:r></w:p>{THREE}", "one\n\ntwo\n\nthree"),
        (f"<w:p>{run('one')}<w:r>{BOTH}</w:r></w:p>{THREE}", "one\n\ntwo\n\nthree"),
        (table(cell(f"<w:p><w:r>{BOTH}</w:r></w:p>") + cell(THREE)), "two\tthree"),
    ],
)
def test_no_structure_of_a_document_loses_words(body: str, text: str) -> None:
    layer = of_docx(body)

    assert layer.text == text
    assert layer.completeness is not None
    assert layer.completeness.counted == layer.completeness.kept == len(text.split())


def test_heads_and_feet_of_pages_are_counted_apart() -> None:
    head = f'<w:hdr xmlns:w="{WORD}">{paragraph("The ministry of trade")}</w:hdr>'.encode()
    layer = of_docx(ONE, {"word/header1.xml": head})

    assert layer.completeness == Completeness(1, 1, aside=4)


def test_the_targets_of_links_in_markdown_are_no_words_of_it() -> None:
    layer = of_markdown(
        "---\ntitle: Trade\n---\n\n# Trade <!-- a note -->\n\nIt [fell](https://a.example/b_(c) "
        "'so').[^1] See [here][x].\n\n1. One\n\n[^1]: Below.\n\n[x]: https://b.example/why\n"
    )

    assert layer.completeness is not None
    assert layer.completeness.counted == layer.completeness.kept == 7
