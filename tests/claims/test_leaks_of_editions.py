"""Doors of an edition, once what it has became confidential or was taken off after the issue."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import take_off
from claims.actions.factsheets.issuing import issue_edition
from claims.actions.factsheets.keeping import start_sheet
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.domain.factsheets.file_names import edition_file_name
from claims.factsheets.checking import check_content
from claims.models import Edition, Version
from claims.vocabulary.factsheets import EditionFormat, SheetLayout
from factbase.models import User
from sources.models import Source
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims.issued import issue_text_alone
from tests.claims.pages import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Editions of the formats that are text: what is asked here is the same for all."""
    issue_text_alone(monkeypatch)


def issue(*versions: Version, by: User | None = None) -> Edition:
    """The edition of these claims as the desk issues it, its files rendered."""
    refs = tuple(version.claim.ref for version in versions)
    content = SheetContent("Debts", style="apa", sections=(SectionContent("", "", refs),))
    by, at = by or make.person(Role.EDITOR), timezone.now()
    sheet = start_sheet(key="debts", content=content, by=by, at=at)
    notes = {one.key: "So be it." for one in check_content(content, by, at)}
    return issue_edition(
        sheet=sheet, notes=notes, by=by, clock=timezone.now, base_url="https://facts.example.org"
    )


def doors(client: Client) -> Iterator[tuple[str, str]]:
    """All that the doors of the edition answer, by address."""
    files = Edition.objects.get().files.all()
    page = "/factsheets/debts/1/"
    for address in (
        *("/factsheets/", page, f"{page}dossier/", "/f/debts/1", "/factsheets/debts/"),
        *("/api/v1/editions/", "/api/v1/editions/debts/1/", "/api/v1/factsheets/debts/"),
    ):
        yield address, client.get(address, follow=True).content.decode()
    for file in files:
        layout = SheetLayout(file.layout) if file.layout else None
        name = edition_file_name("debts", 1, layout, EditionFormat(file.format))
        yield name, client.get(f"{page}files/{name}").content.decode()
        sent = {"file": SimpleUploadedFile("it", bytes(file.content))}
        yield f"verify {name}", client.post("/factsheets/verify/", sent).content.decode()


def naming(client: Client, word: str) -> list[str]:
    """The doors that have a word, whatever its case."""
    return [address for address, said in doors(client) if word.casefold() in said.casefold()]


def hushed() -> tuple[Source, Version]:
    """A public source, and a published claim that quotes it."""
    source = make.source(
        "Before. Quillwords of theirs. After.",
        key="hushlock-memo",
        title="Hushlock and others",
        author=[{"family": "Hushlock", "given": "Ann"}],
    )
    quote = make.excerpt("Quillwords of theirs", of=source)
    return source, make.published(statement="It was said.", evidence=[Tie(quote)])


def close(source: Source) -> None:
    """Make a source one that the desk alone knows."""
    source.refresh_from_db()
    source.access, source.public_descriptor = Access.STAFF, "a memo"
    source.save()


def test_a_source_that_became_confidential_is_named_by_no_door(client: Client) -> None:
    source, version = hushed()
    issue(version)
    assert naming(client, "hushlock")
    close(source)

    assert naming(client, "hushlock") == []
    assert naming(client, "quillwords") == []
    told = client.get("/api/v1/editions/debts/1/").json()
    assert {file["url"] for file in told["files"]} == {None}
    assert told["state"] == "stale"
    assert [reason["code"] for reason in told["reasons"]] == ["source-closed"]


def test_what_was_closed_is_given_again_once_its_source_is_public_again(client: Client) -> None:
    source, version = hushed()
    issue(version)
    before = dict(doors(client))
    close(source)
    source.access = Access.PUBLIC
    source.save()

    assert dict(doors(client)) == before


def test_a_source_that_only_the_other_side_quotes_is_named_by_no_door(client: Client) -> None:
    built = world.build()
    other = built.seventy_five.evidence.get().excerpt.source
    issue(built.hundred)
    close(other)

    assert naming(client, other.key) == []
    assert naming(client, other.title) == []


def test_a_claim_that_was_taken_off_is_said_by_no_door(client: Client) -> None:
    version = make.published(statement="Quillwords are what they said.")
    issue(version)
    assert naming(client, "quillwords")
    take_off(claim=version.claim, reason="Offlock", by=make.person(Role.EDITOR), at=timezone.now())

    assert naming(client, "quillwords") == []
    assert naming(client, "offlock") == []
    assert version.claim.ref in client.get("/factsheets/debts/1/").content.decode()


def test_the_other_side_that_was_taken_off_is_said_by_no_door(client: Client) -> None:
    built = world.build()
    issue(built.hundred)
    assert naming(client, "75th")
    take_off(
        claim=built.seventy_five.claim,
        reason="Offlock",
        by=make.person(Role.EDITOR),
        at=timezone.now(),
    )

    assert naming(client, "75th") == []


def test_no_door_has_the_name_by_which_somebody_signs_in(client: Client) -> None:
    by = make.person(Role.EDITOR, name="signlock")
    User.objects.filter(pk=by.pk).update(display_name="")
    by.refresh_from_db()

    issue(make.published(), by=by)

    assert naming(client, "signlock") == []
