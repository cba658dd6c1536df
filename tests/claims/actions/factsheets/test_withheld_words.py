"""Words that are withheld after an edition was issued are in none of its doors and files."""

import html
import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.entry import Tie
from claims.actions.factsheets.edition_check import check_edition_files, check_editions
from claims.actions.factsheets.keeping import SheetOutdated, content_of, keep_sheet, start_sheet
from claims.actions.factsheets.taking_back import add_erratum, withdraw_edition
from claims.actions.factsheets.withheld_words import clear_fact_sheets, find_fact_sheet_copies
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.domain.factsheets.copied_words import BLACKED_OUT
from claims.models import Edition, EditionFile, FactSheet, Version
from sources.actions.withholding.clear_columns import Order
from sources.actions.withholding.find_copies import find_copies
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Excerpt
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.issued import ISSUED, issue, issue_from_desk

pytestmark = pytest.mark.django_db

WORDS = "Zanzibar-Quixote owes nine million"


def quote() -> Excerpt:
    return make.excerpt(WORDS, of=make.source(f"Nothing before. {WORDS}. Nothing after."))


def withhold(excerpt: Excerpt) -> None:
    (asked,) = ask_to_withhold(
        targets=[excerpt], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=ISSUED
    )
    carry_out(request=asked, by=make.somebody(Role.EDITOR), at=ISSUED)


def sizes(edition: Edition) -> set[int]:
    """The lengths of the files of an edition."""
    return {len(file.content) for file in EditionFile.objects.filter(edition=edition)}


def in_fact_sheets() -> list[str]:
    """The columns of fact sheets and editions that still have the words."""
    ours = ("claims_edition", "claims_factsheet", "claims_erratum")
    return [
        f"{copy.table}.{copy.column}" for copy in find_copies(WORDS) if copy.table.startswith(ours)
    ]


def test_all_files_of_an_edition_with_the_quote_go_and_their_hashes_stay() -> None:
    excerpt = quote()
    edition, other = issue(make.published(evidence=[Tie(excerpt)])), issue(make.published())
    hashes = list(edition.files.order_by("pk").values_list("sha256", flat=True))

    withhold(excerpt)

    assert sizes(edition) == {0}
    assert list(edition.files.order_by("pk").values_list("sha256", flat=True)) == hashes
    assert 0 not in sizes(other)


def test_an_edition_that_prints_the_words_beside_its_own_claims_loses_its_files_too() -> None:
    excerpt = quote()
    make.published(evidence=[Tie(excerpt)])
    edition = issue(make.published(), words=f"The other side says “{WORDS}”.")

    withhold(excerpt)

    assert sizes(edition) == {0}


@pytest.mark.parametrize("content", [{"summary": f"So “{WORDS}”."}, {"unknown": [WORDS.upper()]}])
def test_the_content_of_an_edition_that_repeats_the_words_goes(
    content: dict[str, Any], client: Client
) -> None:
    excerpt = quote()
    edition, other = issue(make.published(), content=content), issue(make.published())
    assert client.get("/factsheets/sheet/1/").status_code == 200

    withhold(excerpt)

    edition.refresh_from_db()
    other.refresh_from_db()
    assert (edition.content, sizes(edition)) == ({}, {0})
    assert other.content["title"] == "Trade in 2025"
    for address in ("/factsheets/sheet/1/", "/api/v1/editions/sheet/1/"):
        assert "Zanzibar" not in client.get(address).content.decode()
    assert "changed" not in " ".join(client.get("/api/v1/editions/sheet/2/").json()["changes"])


def test_an_edition_that_prints_the_quote_of_another_side_loses_its_files() -> None:
    excerpt = quote()
    asked = {"subject": make.entity().key, "property": make.number_property().key}
    make.published(**asked, value="8%", evidence=[Tie(excerpt)])
    one = make.published(**asked, value="9%")
    edition = issue_from_desk(one)
    assert excerpt.pk in [each["number"] for each in edition.manifest["quotes"]]
    assert 0 not in sizes(edition)

    withhold(excerpt)

    edition.refresh_from_db()
    assert sizes(edition) == {0}
    assert edition.manifest["claims"]
    assert check_editions().problems == check_edition_files().problems == []


def test_errata_and_withdrawals_that_repeat_the_words_say_that_they_were_withheld(
    client: Client,
) -> None:
    excerpt, by = quote(), make.person(Role.EDITOR)
    edition = issue(make.published())
    add_erratum(edition=edition, words=f"Not “{WORDS}”.", by=by, at=ISSUED)
    add_erratum(edition=edition, words="For 8% read 9%.", by=by, at=ISSUED)
    withdraw_edition(edition=edition, reason=f"“{WORDS}” is wrong.", by=by, at=ISSUED)

    withhold(excerpt)

    told = client.get("/api/v1/editions/sheet/1/").json()
    assert [one["words"] for one in told["errata"]] == [
        "Its words were withheld.",
        "For 8% read 9%.",
    ]
    assert "The words of the reason were withheld." in told["reasons"][0]["sentence"]
    assert in_fact_sheets() == []


def test_a_fact_sheet_being_written_has_the_words_blacked_out_in_its_history_too() -> None:
    excerpt, by = quote(), make.person(Role.CONTRIBUTOR)
    content = SheetContent(
        "Debts",
        style="apa",
        summary=f"It is said that {WORDS}.",
        sections=(SectionContent("Debts", f"Of “{WORDS}” [C1] nothing more.", ("C1",)),),
    )
    sheet = start_sheet(key="debts", content=content, by=by, at=ISSUED)
    other = start_sheet(key="other", content=SheetContent("Other", style="apa"), by=by, at=ISSUED)

    withhold(excerpt)

    left = content_of(FactSheet.objects.get(pk=sheet.pk))
    assert left.summary == f"It is said that {BLACKED_OUT}."
    assert left.sections[0].prose == f"Of “{BLACKED_OUT}” [C1] nothing more."
    assert left.sections[0].claims == ("C1",)
    assert FactSheet.objects.get(pk=other.pk).revision == 1
    assert in_fact_sheets() == []
    with pytest.raises(SheetOutdated):
        keep_sheet(sheet=sheet, content=content, revision=1, by=by, at=ISSUED)


def test_what_came_after_the_search_is_found_under_the_lock(client: Client) -> None:
    excerpt, by = quote(), make.person(Role.EDITOR)
    make.published(evidence=[Tie(excerpt)])
    content = SheetContent("Debts", style="apa", summary="Nothing yet.")
    sheet = start_sheet(key="debts", content=content, by=by, at=ISSUED)
    before = issue(make.published(), key="before", content={"summary": WORDS})
    copies = find_fact_sheet_copies(excerpt)
    written = replace(content, summary=f"It is said that {WORDS}.")
    keep_sheet(sheet=sheet, content=written, revision=1, by=by, at=ISSUED)
    later = issue(make.published(), key="later", content={"summary": WORDS})
    printing = issue(make.published(), key="printing", words=f"The other side: “{WORDS}”.")
    add_erratum(edition=before, words=f"Not “{WORDS}”.", by=by, at=ISSUED)

    order = Order("A court.", make.somebody(Role.ADMINISTRATOR), by, ISSUED)
    clear_fact_sheets(excerpt, Version.objects.none(), order, copies)

    assert in_fact_sheets() == []
    assert sizes(before) == sizes(later) == sizes(printing) == {0}
    assert (
        content_of(FactSheet.objects.get(pk=sheet.pk)).summary == f"It is said that {BLACKED_OUT}."
    )


def test_under_the_lock_nothing_is_read_again_of_what_was_read_before() -> None:
    excerpt = quote()
    for number in range(3):
        issue(make.published(), key=f"sheet-{number}")
    copies = find_fact_sheet_copies(excerpt)
    order = Order("A court.", make.somebody(Role.ADMINISTRATOR), make.person(), ISSUED)

    with CaptureQueriesContext(connection) as made:
        clear_fact_sheets(excerpt, Version.objects.none(), order, copies)

    read = [one["sql"] for one in made if one["sql"].startswith("SELECT")]
    assert read
    assert not [sql for sql in read if '"content"' in sql or '"manifest",' in sql]


# Signs that formats escape, letters that typefaces join, and enough of them to fill two lines.
PRINTED = (
    'Of "Fjärilsfluff & Söner" <the office of affairs> nothing was filed; the Zanzibar-Quixote '
    "confederation affirms that \\it owes nine million {dinars} 100% to 中国银行 and to Банк России"
)


def opened(file: bytes) -> str:
    """All that can be read of a file: its own text, that of a PDF, of the parts of an archive."""
    if file.startswith(b"%PDF-"):
        pages = pypdfium2.PdfDocument(file)
        return " ".join(page.get_textpage().get_text_bounded() for page in pages)
    if file.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            parts = b" ".join(archive.read(name) for name in archive.namelist())
        return html.unescape(re.sub(r"<[^>]+>", "", parts.decode("utf-8", "replace")))
    return html.unescape(re.sub(r"</?[a-z][^>]*>", "", file.decode("utf-8", "replace")))


def letters(text: str) -> str:
    """Letters and figures alone, ligatures taken apart."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def test_words_that_are_withheld_are_in_no_file_and_no_door_of_an_edition(client: Client) -> None:
    excerpt = make.excerpt(PRINTED, of=make.source(f"Nothing before. {PRINTED}. Nothing after."))
    edition = issue_from_desk(make.published(evidence=[Tie(excerpt)]))
    files = {(one.layout, one.format): bytes(one.content) for one in edition.files.all()}
    part = letters("confederation affirms that")
    dossiers = [opened(file) for (layout, _to), file in files.items() if layout == "dossier"]
    assert len(dossiers) == 5
    assert all(part in letters(words) for words in dossiers)
    names = [one["url"] for one in client.get("/api/v1/editions/debts/1/").json()["files"]]
    assert len(names) == len(files) == 14

    withhold(excerpt)

    assert sizes(edition) == {0}
    doors = ["/api/v1/editions/debts/1/", "/api/v1/editions/", "/factsheets/", "/f/debts/1"]
    doors += ["/factsheets/debts/1/", "/factsheets/debts/1/dossier/", f"/q/{excerpt.pk}", *names]
    desk = Client()
    desk.force_login(make.somebody(Role.ADMINISTRATOR))
    for address in doors:
        for reader in (client, desk):
            shown = reader.get(address, follow=True).content
            assert part not in letters(opened(shown)), address
    for file in files.values():
        upload = SimpleUploadedFile("file", file)
        verdict = client.post("/factsheets/verify/", {"file": upload}).content.decode()
        assert "Words that it quotes were withheld since" in verdict
        assert part not in letters(opened(verdict.encode()))
    assert in_fact_sheets() == []
    assert check_editions().problems == check_edition_files().problems == []
