"""The parts of a sheet that an editor may leave out: each there and gone, in every file."""

import json
from dataclasses import replace
from typing import Any

import pytest

from claims.domain.factsheets.content import SHOWN
from claims.factsheets import render
from claims.factsheets.formats import LAYOUTS, Layout
from claims.factsheets.sheet import Section, Sheet
from claims.readings.decisions import Decided
from claims.readings.notices import Notice
from claims.vocabulary import ConflictStatus, NoticeCode
from sources.vocabulary import TranslationMethod
from tests.claims import told
from tests.claims.factsheets.sheets import (
    EIGHTH_SAID,
    PLAIN,
    RECORDS,
    SEVENTH_SAID,
    on_sheet,
    visit_start,
)
from tests.claims.factsheets.test_formats import words_of_office, words_of_pdf
from tests.claims.factsheets.test_render import Page

UPHELD = "Upheld (K5). Decided on 3 February 2026: C17 stands."
QUESTION = "On which day did the visit begin?"
TRANSLATION = "comprehensive strategic partnership"
# What each part prints: in the brief, in the dossier, and in JSON.
WORDS = {
    "settled": ("Settled: On which day", "Settled questions", QUESTION),
    "other_bases": ("by the lunar calendar", "by the lunar calendar", "by the lunar calendar"),
    "translations": ("", TRANSLATION, TRANSLATION),
    "reliability": ("B – usually reliable", "B – usually reliable", '"B"'),
}
FORMATS = ("html", "markdown", "docx", "odt", "pdf")


def full_sheet() -> Sheet:
    """A sheet with all parts that may be left out."""
    question = visit_start(ConflictStatus.RESOLVED)
    decision = Decided(ConflictStatus.RESOLVED, told.AT)
    conflict = told.conflict(5, status=ConflictStatus.RESOLVED, decision=decision)
    one = told.changed(
        SEVENTH_SAID,
        conflicts=(conflict,),
        notices=(Notice(NoticeCode.UPHELD, UPHELD, "K5"),),
        evidence=(
            told.quote(
                "pism-spotlight-2025",
                "战略协作伙伴关系",
                language="zh-Hans",
                translation=TRANSLATION,
                translated_by="the desk",
                translation_method=TranslationMethod.HUMAN,
            ),
        ),
    )
    other = told.in_words(told.changed(EIGHTH_SAID, basis="by the lunar calendar"), value="8 May")
    claim = replace(
        on_sheet(one, (question, "https://facts.example/conflicts/K5/")), others=[other]
    )
    record = replace(RECORDS["pism-spotlight-2025"], reliability="B")
    return replace(
        PLAIN,
        sections=(Section("The visit", (claim,)),),
        records={**RECORDS, "pism-spotlight-2025": record},
    )


def words_of(sheet: Sheet, to: str, layout: Layout) -> str:
    """The words of a file on one line; those of JSON as it is."""
    content = render.render(sheet, to=to, style="apa", layout=layout)
    if to == "pdf":
        return words_of_pdf(content)
    if to in ("docx", "odt"):
        return words_of_office(content, to)
    text = content.decode()
    return " ".join((Page(text).text if to == "html" else text).split())


@pytest.mark.parametrize("left_out", SHOWN)
def test_what_is_left_out_is_in_no_layout_and_what_is_not_is_in_both(left_out: str) -> None:
    sheet = replace(full_sheet(), shows=frozenset(SHOWN) - {left_out})

    for place, layout in enumerate(LAYOUTS):
        words = words_of(sheet, "markdown", layout)
        for part in SHOWN:
            printed = WORDS[part][place]
            if printed:
                assert (printed in words) is (part != left_out), (part, layout)
        assert UPHELD in words


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("shows", [frozenset(SHOWN), frozenset()], ids=["all", "nothing"])
def test_each_format_of_the_dossier_shows_all_of_it_or_nothing(
    to: str, shows: frozenset[str]
) -> None:
    words = words_of(replace(full_sheet(), shows=shows), to, "dossier")

    for part in SHOWN:
        assert (WORDS[part][1] in words) is (part in shows), part
    assert UPHELD in words


@pytest.mark.parametrize("left_out", SHOWN)
def test_json_leaves_the_same_out(left_out: str) -> None:
    sheet = replace(full_sheet(), shows=frozenset(SHOWN) - {left_out})

    form: Any = json.loads(render.render(sheet, to="json", style="apa"))

    for part in SHOWN:
        assert (WORDS[part][2] in json.dumps(form, ensure_ascii=False)) is (part != left_out), part
    (claim,) = form["claims"]
    assert claim["notices"][0]["sentence"] == UPHELD
    assert claim["evidence"][0]["words"] == "战略协作伙伴关系"


def test_a_publisher_that_nobody_judged_is_not_in_a_brief() -> None:
    sheet = full_sheet()
    record = replace(sheet.records["pism-spotlight-2025"], reliability="F")
    sheet = replace(sheet, records={**sheet.records, "pism-spotlight-2025": record})

    assert "publisher:" not in words_of(sheet, "markdown", "brief")
    assert "F – not yet judged" in words_of(sheet, "markdown", "dossier")
