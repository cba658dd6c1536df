"""The check before issue: what it finds, where, and under which key a note is kept."""

import pytest

from claims.domain.factsheets.check import (
    CheckedClaim,
    CheckFacts,
    Trouble,
    check_sheet,
    code_of_quote,
    sheet_references,
    trouble_of_notice,
)
from claims.domain.factsheets.confidential_names import confidential_names
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.domain.factsheets.prose_numbers import Carried
from claims.vocabulary import NoticeCode
from claims.vocabulary.factsheets import CheckCode
from sources.vocabulary import Grade

FALL = CheckedClaim(
    Carried((("Trade fell by about 9% in the first half of 2025.", "en"),)),
    (Trouble(CheckCode.OPEN_CONFLICT, "K5", "Disputed (K5)."),),
)


def keys(content: SheetContent, facts: CheckFacts) -> list[str]:
    """The keys of what is found."""
    return [one.key for one in check_sheet(content, facts)]


def test_a_sheet_whose_numbers_are_carried_and_whose_claims_stand_has_no_findings() -> None:
    content = SheetContent("Trade", summary="Trade fell by 9% [C1].")

    assert keys(content, CheckFacts({"C1": CheckedClaim(FALL.carried)})) == []


def test_what_blocks_comes_first_and_a_claim_is_told_of_once_where_it_comes_first() -> None:
    content = SheetContent(
        "Trade",
        sections=(
            SectionContent("One", "It fell by 11% [C1].", ("C1",)),
            SectionContent("Two", "It fell by 11%, then by 11% [C1] [C7] [C8].", ("C1", "C9")),
        ),
    )

    found = keys(content, CheckFacts({"C1": FALL}, unpublished={"C8"}))

    assert found == [
        "section-2-prose:unknown_reference:C7",
        "section-2-prose:unpublished_reference:C8",
        "section-2-C9:unknown_reference:C9",
        "section-1-prose:loose_number:11%",
        "section-2-prose:loose_number:11%",
        "section-2-prose:loose_number:11%:2",
        "section-1-C1:open_conflict:K5",
    ]


def test_every_text_is_searched_for_confidential_names() -> None:
    content = SheetContent(
        "Of Ann Kept",
        summary="ann  kept said so.",
        sections=(SectionContent("Ann Kept", "By Ann Kept."),),
        unknown=("What Ann Kept knew",),
    )

    found = check_sheet(content, CheckFacts({}, confidential=["Ann Kept", "Ann"]))

    assert [one.place.slug for one in found] == [
        *("title", "summary", "section-1-heading", "section-1-prose", "unknown-1")
    ]
    assert {one.trouble.code for one in found} == {CheckCode.CONFIDENTIAL_NAME}
    assert content.summary[found[1].start : found[1].end] == "ann  kept"


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("The Memorandum says", "Memorandum", True),
        ("A memorandum says", "Memorandum", False),
        ("Kowalskis Haus", "Jan Kowalski", False),
        ("by jan kowalski.", "Jan Kowalski", True),
        ("据张三说", "张三", True),
        ("EU rules", "EU", False),
        ("IVANOV says", "Ivanov", True),
        ("Muller and others", "Müller", True),
        ("Mueller and others", "Müller", True),
        ("Müller says", "Muller", True),
        ("O’Brien said", "O'Brien", True),
        ("Jean\u2011Luc Pi\u00adcard", "Jean-Luc Picard", True),
        ("by Ann\u200b\u00a0Kept", "Ann Kept", True),
        ("by _Ann Kept_", "Ann Kept", True),
        ("by Iva*nov* and", "Ivanov", True),
        ("by &#73;vanov", "Ivanov", True),
        ("by Ａnn Kept", "Ann Kept", True),
        ("встретился с Ивановым", "Иванов", True),
        ("сказал Петровой", "Петрова", True),
        ("у Анны Петровой", "Анна Петрова", True),
        ("Ivanov said, and Petrova", "Иванов", True),
        ("by Sergei Yurchenko", "Сергей Юрченко", True),
        ("by Sergej Jurtschenko", "Сергей Юрченко", True),
        ("the ivory tower", "Иванов", False),
        ("김철수는 말했다", "김철수", True),
        ("قال وأحمد خالد", "أحمد خالد", True),
        ("ปรีชาบอกว่า", "ปรีชา", True),
        ("Longer than that", "Long", False),
        ("A (Secret. Paper) here", "(Secret. Paper)", True),
    ],
)
def test_a_name_is_found_as_whole_words(text: str, name: str, *, found: bool) -> None:
    assert bool(confidential_names(text, [name])) is found


@pytest.mark.parametrize("written", ["[C1, C2]", "[c1]", "[C1/v2]", "[K5]"])
def test_a_reference_in_another_form_blocks(written: str) -> None:
    (found,) = check_sheet(SheetContent("T", summary=f"So {written}."), CheckFacts({}))

    assert (found.trouble.code, found.trouble.about) == (CheckCode.MISWRITTEN_REFERENCE, written)
    assert found.trouble.code.blocks


def test_references_are_those_listed_queried_and_cited_each_once() -> None:
    content = SheetContent(
        "T", summary="[C3]", sections=(SectionContent("", r"[C2] \[C9]", ("C1", "C3"), "topic=x"),)
    )

    assert sheet_references(content, {1: ["C1", "C5"]}) == ["C3", "C2", "C1", "C5"]


@pytest.mark.parametrize(
    ("grade", "is_verified", "is_withheld", "code"),
    [
        (Grade.EXACT, True, False, None),
        (Grade.EXACT, False, False, CheckCode.QUOTE_IN_DOUBT),
        (Grade.ELIDED, False, False, CheckCode.QUOTE_IN_DOUBT),
        (Grade.AMBIGUOUS, False, False, CheckCode.QUOTE_IN_DOUBT),
        (Grade.UNLOCATED, False, False, CheckCode.QUOTE_NOT_LOCATED),
        (Grade.DRIFTED, False, False, CheckCode.QUOTE_DRIFTED),
        (Grade.ELSEWHERE, False, False, CheckCode.QUOTE_MISSING),
        (Grade.MISSING, False, False, CheckCode.QUOTE_MISSING),
        (Grade.EXACT, True, True, CheckCode.QUOTE_WITHHELD),
    ],
)
def test_a_quote_that_is_not_verified_is_found(
    grade: Grade, *, is_verified: bool, is_withheld: bool, code: CheckCode | None
) -> None:
    assert code_of_quote(grade, is_verified=is_verified, is_withheld=is_withheld) == code


def test_notices_in_favour_of_a_claim_are_no_trouble_and_every_standing_is_one() -> None:
    assert trouble_of_notice(NoticeCode.UPHELD, "K1", "Upheld.") is None
    for code in NoticeCode:
        if code.is_of_source:
            trouble = trouble_of_notice(code, "report", "It was retracted.")
            assert trouble is not None
            assert trouble.code == CheckCode.SOURCE_CHANGED


def test_references_quotes_and_names_block_and_all_others_ask_for_a_note() -> None:
    assert [code.value for code in CheckCode if code.blocks] == [
        *("unknown_reference", "miswritten_reference", "unpublished_reference", "quote_drifted"),
        *("quote_missing", "quote_withheld", "confidential_name"),
    ]
