"""A table in each kind of file, with words before and behind it."""

from sources.extraction.docx.reader import read_docx
from sources.extraction.html.reader import read_html
from sources.extraction.layer import LayerText, as_layer
from sources.extraction.markdown import read_markdown
from tests.plain import file_of
from tests.sources.extraction.samples import docx

ROWS = [["Imports", "fell slightly", "9 %"], ["Exports", "rose", "12 %"]]


def html_table() -> LayerText:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    page = f"<html><body><p>Trade in tonnes</p><table>{rows}</table><p>of goods</p></body></html>"
    return as_layer(read_html(file_of(page.encode(), "text/html")))


def css_table() -> LayerText:
    rows = "".join(
        "<div>"
        + "".join(f'<div style="display: table-cell">{cell}</div>' for cell in row)
        + "</div>"
        for row in ROWS
    )
    page = f"<html><body><p>Trade in tonnes</p>{rows}<p>of goods</p></body></html>"
    return as_layer(read_html(file_of(page.encode(), "text/html")))


def docx_table() -> LayerText:
    rows = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row)
        + "</w:tr>"
        for row in ROWS
    )
    body = (
        "<w:p><w:r><w:t>Trade in tonnes</w:t></w:r></w:p>"
        f"<w:tbl>{rows}</w:tbl><w:p><w:r><w:t>of goods</w:t></w:r></w:p>"
    )
    return as_layer(read_docx(file_of(docx(body), "application/x-docx")))


def markdown_table() -> LayerText:
    rows = "\n".join("| " + " | ".join(row) + " |" for row in ROWS)
    text = f"Trade in tonnes\n\n| What | How | Much |\n|---|---|---|\n{rows}\n\nof goods\n"
    return as_layer(read_markdown(file_of(text.encode(), "text/markdown")))


TABLES = [html_table, css_table, docx_table, markdown_table]
