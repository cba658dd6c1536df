"""The document tree: text stays text, and every claim says what a reader needs."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.factsheets import ast, document, markdown
from claims.factsheets.sheet import Section, Sheet, SheetClaim
from claims.vocabulary import ConflictStatus, Status
from tests.claims import told
from tests.claims.factsheets.sheets import (
    CHINESE,
    CHINESE_SAID,
    EIGHTH,
    EMPTY,
    HOSTILE,
    HOSTILE_SHEET,
    PLAIN,
    RETRACTED,
    SEVENTH,
    SEVENTH_SAID,
    VISIT_START,
    disputed,
    on_sheet,
    visit_start,
)


def nodes(tree: Any, kind: str) -> Iterator[ast.Node]:
    """All elements of one kind in a tree, outer ones first."""
    if isinstance(tree, dict):
        if tree.get("t") == kind:
            yield tree
        for value in tree.values():
            yield from nodes(value, kind)
    elif isinstance(tree, list):
        for item in tree:
            yield from nodes(item, kind)


def read(tree: Any) -> str:
    """The characters of a tree, as a reader meets them."""
    if isinstance(tree, list):
        return "".join(read(item) for item in tree)
    if not isinstance(tree, dict):
        return ""
    if tree.get("t") == "Str":
        return str(tree["c"])
    if tree.get("t") == "Space":
        return " "
    ending = "\n" if tree.get("t") in ("Para", "Plain", "Header") else ""
    return read(tree["c"] if isinstance(tree.get("c"), list) else []) + ending


def sheet_of(*claims: SheetClaim) -> Sheet:
    """The plain sheet with only these claims."""
    return replace(PLAIN, sections=(Section(heading="Only", claims=claims),))


def shown(*claims: SheetClaim) -> str:
    """Text of these claims as a reader sees it."""
    return read(document.build(sheet_of(*claims))["blocks"])


@given(st.text())
def test_text_keeps_every_character_but_white_space_and_acting_marks(written: str) -> None:
    inlines = ast.text(written)

    kept = [char for char in written if not char.isspace() and not ast._ACTING.match(char)]
    told = "".join(node["c"] for node in inlines if node["t"] == "Str")
    assert [char for char in told if not char.isspace()] == kept
    assert {node["t"] for node in inlines} <= {"Str", "Space", "Span"}


def test_a_direction_override_is_named_instead_of_acting() -> None:
    assert ast.plain_text(ast.text("a\u202eb")) == "a⟨U+202E⟩b"


def test_joiners_that_scripts_need_are_kept() -> None:
    assert ast.plain_text(ast.text("می\u200cخواهم")) == "می\u200cخواهم"


def test_a_no_break_space_is_part_of_the_wording() -> None:
    assert ast.text("9\u00a0%  of\nit") == [
        ast.string("9\u00a0%"),
        ast.space(),
        ast.string("of"),
        ast.space(),
        ast.string("it"),
    ]


@pytest.mark.parametrize(
    "title",
    [
        '"A Strategic Partnership with Borders": Cooperation',
        "“A Strategic Partnership with Borders”: Cooperation",
    ],
)
def test_quotation_marks_in_a_title_become_quotes(title: str) -> None:
    quoted = ast.title_text(title)[0]

    assert quoted["t"] == "Quoted"
    assert ast.plain_text(quoted["c"][1]) == "A Strategic Partnership with Borders"


def test_an_odd_quotation_mark_in_a_title_stays() -> None:
    assert ast.plain_text(ast.title_text('The 12" disc')) == 'The 12" disc'


@pytest.mark.parametrize("url", ["https://x.example/a?b=c#d", "http://x.example", "/claims/C1/"])
def test_an_address_of_a_page_is_a_link(url: str) -> None:
    assert ast.link([], url)["t"] == "Link"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "/\\evil.example/",
        "https:evil",
        "https://x.example/ a",
        'https://x.example/"onclick',
        "https://[::1",
        "ftp://x.example/",
        "https://x.example/\u202eabc",
    ],
)
def test_an_address_that_nobody_should_follow_is_no_link(url: str) -> None:
    assert ast.link([], url)["t"] == "Span"


def test_links_that_the_citation_processor_makes_are_held_to_the_same_rule() -> None:
    made = {"t": "Link", "c": [ast.attr(), [ast.string("x")], ["javascript:alert(1)", ""]]}

    assert ast.defused([made]) == [ast.span([ast.string("x")])]


def test_a_document_holds_no_raw_mark_up() -> None:
    tree = json.dumps(document.build(HOSTILE_SHEET))

    assert "RawInline" not in tree
    assert "RawBlock" not in tree


def test_every_link_of_a_document_opens_a_page() -> None:
    links = list(nodes(document.build(HOSTILE_SHEET), "Link"))

    assert links
    assert all(ast.is_safe_url(link["c"][2][0]) for link in links)


def test_the_asserter_stands_before_what_is_said() -> None:
    asserted = "Al Jazeera › unnamed reporter (assessed): Xi Jinping's visit to Russia began"

    assert asserted in shown(EIGHTH)


def test_a_mode_other_than_stated_is_shown_without_an_asserter_too() -> None:
    said = "The desk states, after PISM alone (estimated): Trade grew in the first half of 2025."

    assert said in shown(RETRACTED)


def test_a_claim_that_is_stated_shows_no_mode() -> None:
    assert "(stated)" not in shown(SEVENTH)


def test_a_claim_shows_its_reference_status_value_and_wording() -> None:
    text = shown(EIGHTH)

    assert "C18/v1 · Published · Disputed" in text
    assert "Value “on Thursday”, 2025-05-08 · Said on 2025-05-08" in text


def test_an_unpublished_claim_is_clearly_marked() -> None:
    text = shown(CHINESE)

    assert "C21/v1 · Not reviewed · Submitted" in text
    assert "No second person has approved this version." in text


def test_a_rejected_claim_is_marked_as_not_published() -> None:
    claim = told.changed(CHINESE_SAID, status=Status.REJECTED, notices=())
    rejected = on_sheet(claim)

    assert "C21/v1 · Not published · Rejected" in shown(rejected)


def test_a_retracted_claim_is_struck_through_with_its_reason() -> None:
    tree = document.build(sheet_of(RETRACTED))

    struck = [read(one) for one in nodes(tree, "Strikeout")]
    assert struck == [RETRACTED.line.claim.statement] * 2  # at a glance, and as a claim
    assert "Retracted on 3 February 2026: The figure belongs to the year before." in read(
        tree["blocks"]
    )


def test_a_claim_without_a_quote_says_so() -> None:
    assert "No quote is tied to this claim." in shown(
        on_sheet(told.changed(SEVENTH_SAID, evidence=()))
    )


def test_a_date_taken_from_the_sources_is_marked_as_such() -> None:
    assert "Said by 2025-07 (date of the earliest source)" in shown(CHINESE)


def test_a_conflict_shows_the_positions_of_both_sides_once() -> None:
    text = shown(SEVENTH, EIGHTH)

    assert text.count("Disputed — K5: On which day did the visit begin?") == 1
    assert text.count("7 May 2025\nThe desk states, after PISM and OSW: Xi") == 1
    assert text.count("8 May 2025\nAl Jazeera › unnamed reporter (assessed): Xi") == 1
    assert text.count("On the 8th. (C44)") == 1


def in_conflict(status: ConflictStatus) -> SheetClaim:
    """The claim of the seventh in a conflict of that status."""
    return on_sheet(disputed(SEVENTH_SAID, status), (visit_start(status), VISIT_START[1]))


@pytest.mark.parametrize("status", [one for one in ConflictStatus if one.disputes])
def test_a_claim_is_disputed_while_its_conflict_is(status: ConflictStatus) -> None:
    assert "Disputed — K5" in shown(in_conflict(status))


@pytest.mark.parametrize("status", [ConflictStatus.RESOLVED, ConflictStatus.RECONCILED])
def test_a_settled_conflict_is_shown_but_disputes_nothing(status: ConflictStatus) -> None:
    text = shown(in_conflict(status))

    assert "Conflict — K5" in text
    # The legend at the end says what the word means.
    assert "Disputed" not in text.partition("How to read it")[0]


def test_every_notice_is_told_in_its_own_words_the_gravest_first() -> None:
    text = shown(CHINESE)

    first, second = (text.index(notice.sentence) for notice in CHINESE_SAID.notices)
    assert first < second


def test_a_quote_has_its_stance_grade_and_archived_copy() -> None:
    text = shown(SEVENTH)

    assert "“During a visit to Russia on 7-10 May”" in text
    assert "Supports · Quote: Exact · Original · Archived copy captured 2025-06-01" in text


def test_a_quote_is_isolated_and_carries_its_language_where_it_is_another() -> None:
    tree = document.build(sheet_of(CHINESE, SEVENTH))

    quotes = [span["c"][0] for span in nodes(tree, "Span") if "quote" in span["c"][0][1]]
    assert [pairs for _, _, pairs in quotes] == [
        [["lang", "zh-Hans"], ["dir", "auto"]],
        [["dir", "auto"]],
        [["dir", "auto"]],
    ]


def test_a_language_that_is_no_tag_is_left_out() -> None:
    assert "onclick" not in json.dumps(document.build(HOSTILE_SHEET)["blocks"])


@pytest.mark.parametrize(
    ("locator", "page", "suffix"),
    [
        ("p. 4", "", "4"),
        ("pp. 4–6", "9", "4–6"),
        ("", "2", "2"),
        ("", "xiv", "{}p. xiv"),
        ("fn. 5", "", "{}fn. 5"),
        ("00:12:30", "", "{}00:12:30"),
        ("", "", ""),
    ],
)
def test_only_page_numbers_are_left_to_the_style(locator: str, page: str, suffix: str) -> None:
    quote = told.quote("pism-spotlight-2025", "on 7-10 May", locator=locator)
    sheet = sheet_of(on_sheet(told.changed(SEVENTH_SAID, evidence=(quote,))))

    tree = document.build(replace(sheet, pages={7: page}))

    (cite,) = nodes(tree, "Cite")
    assert ast.plain_text(cite["c"][0][0]["citationSuffix"]) == suffix


def test_a_claim_in_two_sections_has_one_anchor() -> None:
    tree = document.build(
        replace(PLAIN, sections=(Section("A", (SEVENTH,)), Section("B", (SEVENTH,))))
    )

    anchors = [div["c"][0][0] for div in nodes(tree, "Div")]
    assert anchors.count("C17") == 1
    assert anchors.count("K5") == 1
    assert "1 claim · 1 disputed" in read(tree["blocks"])


def test_an_empty_sheet_says_so_and_has_no_bibliography() -> None:
    tree = document.build(EMPTY)

    assert "This sheet holds no claims." in read(tree["blocks"])
    assert not list(nodes(tree, "Div"))[1:]


@pytest.mark.parametrize(
    ("written", "finished"),
    [
        ("snake_case costs 7.5%", "snake_case costs 7.5%"),
        ("_x_ *y*", r"\_x\_ \*y\*"),
        ("a@b.example and @cite", r"a@b.example and \@cite"),
        ("AT&T, R & D, &lt;", r"AT\&T, R & D, \&lt;"),
        ("at 00:12:30 :smile:", r"at 00:12:30 \:smile:"),
    ],
)
def test_only_what_is_active_in_markdown_is_escaped(written: str, finished: str) -> None:
    assert markdown.escaped(written) == finished


@pytest.mark.parametrize(
    ("written", "finished"),
    [
        ("1. May", r"1\. May"),
        ("(a) one", r"(a\) one"),
        ("- x", r"\- x"),
        ("::: x", r"\::: x"),
        ("U.S. trade", "U.S. trade"),
        ("-@a", r"\-\@a"),
    ],
)
def test_what_would_open_a_block_is_escaped_there(written: str, finished: str) -> None:
    assert markdown.escaped(written, is_first=True) == finished


def test_raised_numbers_become_characters() -> None:
    raised = {"t": "Superscript", "c": [ast.string("1,"), ast.string("3–5")]}

    carried = markdown.carried(ast.document([ast.para([ast.string("x"), raised])]))

    assert carried["blocks"][0]["c"][0]["c"] == ["markdown", "x¹,³⁻⁵"]


def test_the_hostile_sheet_is_as_hostile_as_it_looks() -> None:
    assert read(document.build(HOSTILE_SHEET)["blocks"]).count(
        HOSTILE.replace("\u202e", "⟨U+202E⟩")
    ) >= len(("title", "heading", "asserter", "statement", "value", "quote"))
