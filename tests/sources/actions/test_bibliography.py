"""Bibliographies in and out."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from factbase.models import User
from sources.actions.bibliography import (
    Choice,
    Imported,
    ImportRefused,
    StalePreview,
    export_bibliography,
    import_bibliography,
    preview_bibliography,
)
from sources.actions.permission import NotPermitted
from sources.domain.bibliography.file_records import FileRecord
from sources.domain.bibliography.formats import Format
from sources.domain.bibliography.preview import Entry, Outcome
from sources.extraction.bibliography_files import read_bibliography
from sources.models import Source
from sources.vocabulary import Access, Standing
from tests import factories as make

pytestmark = pytest.mark.django_db

NEW = {"id": "new", "type": "report", "title": "A new one"}


@pytest.fixture
def by() -> User:
    return make.person()


def previewed(by: User, *records: Any, form: Format = Format.CSL_JSON) -> list[Entry]:
    read = [FileRecord(record) for record in records]
    return preview_bibliography(records=read, form=form, by=by, at=make.TODAY)


def imported(
    by: User,
    *records: Any,
    choices: Mapping[int, Choice] | None = None,
    entries: list[Entry] | None = None,
) -> Imported:
    entries = previewed(by, *records) if entries is None else entries
    return import_bibliography(
        records=[FileRecord(record) for record in records],
        form=Format.CSL_JSON,
        marks=[entry.mark for entry in entries],
        choices=choices or {},
        by=by,
        at=make.TODAY,
    )


def records_of(read: list[FileRecord]) -> list[Any]:
    return [record.item for record in read]


def test_a_preview_writes_nothing(by: User) -> None:
    assert [entry.outcome for entry in previewed(by, NEW)] == [Outcome.NEW]
    assert not Source.objects.exists()


def test_what_is_new_is_entered_and_importing_again_changes_nothing(by: User) -> None:
    first = imported(by, NEW, {**NEW, "id": "b c", "title": "Łódź"})
    again = imported(by, NEW, {**NEW, "id": "b c", "title": "Łódź"})

    assert first.added == ["new", "lodz"]
    assert Source.objects.get(key="lodz").title == "Łódź"
    assert (again.added, again.revised) == ([], [])


def test_only_what_is_ticked_is_taken_over(by: User) -> None:
    source = make.source(key="ours", title="Old", volume="1")
    told = {"id": "ours", "type": "report", "title": "New", "volume": "2", "abstract": "A"}

    nothing = imported(by, told)
    source.refresh_from_db()
    assert (nothing.revised, source.title) == ([], "Old")

    done = imported(by, told, choices={1: Choice(frozenset({"volume", "abstract"}))})
    source.refresh_from_db()
    assert done.revised == ["ours"]
    assert (source.title, source.csl["volume"], source.csl["abstract"]) == ("Old", "2", "A")


def test_what_a_person_calls_another_work_gets_a_key_of_its_own(by: User) -> None:
    make.source(key="smith2020", title="One")

    done = imported(
        by, {**NEW, "id": "smith2020"}, choices={1: Choice(frozenset({"title"}), is_another=True)}
    )

    assert (done.added, done.revised) == (["smith2020-2"], [])
    assert Source.objects.get(key="smith2020").title == "One"


def test_a_ticked_field_that_is_none_of_the_differences_is_not_taken(by: User) -> None:
    source = make.source(key="ours", title="Old")

    imported(by, {**NEW, "id": "ours"}, choices={1: Choice(frozenset({"id", "type", "csl"}))})

    source.refresh_from_db()
    assert (source.key, source.title) == ("ours", "Old")


def test_a_preview_that_the_world_went_past_is_refused_with_what_changed(by: User) -> None:
    entries = previewed(by, NEW)
    make.source(key="new", title="Somebody was quicker")

    with pytest.raises(StalePreview, match=r"no\. 1 .* was new and is different \(source new\)"):
        imported(by, NEW, entries=entries)
    with pytest.raises(StalePreview, match="another file"):
        imported(by, entries=entries)
    assert Source.objects.count() == 1


def test_all_is_written_or_nothing(by: User) -> None:
    make.source(key="ours", title="Old")
    Source.objects.filter(key="ours").update(
        csl={"id": "ours", "type": "book", "title": "Old", "ISBN": "1"}
    )
    told = {"id": "ours", "type": "book", "title": "New"}

    with pytest.raises(ImportRefused, match=r"no\. 2 .*ISBN.*Nothing was imported"):
        imported(by, NEW, told, choices={2: Choice(frozenset({"title"}))})
    assert not Source.objects.filter(key="new").exists()


@pytest.mark.parametrize("access", [Access.STAFF, Access.NAMED])
@pytest.mark.parametrize(
    "record",
    [
        {"id": "secret"},
        {"DOI": "10.1000/secret"},
        {"URL": "https://example.org/secret"},
        {"title": "The secret", "issued": "2025"},
    ],
)
def test_a_source_that_a_person_may_not_know_is_never_found(
    by: User, access: Access, record: dict[str, Any]
) -> None:
    make.source(
        key="secret",
        title="The secret",
        issued="2025",
        DOI="10.1000/secret",
        URL="https://example.org/secret",
        access=access,
        public_descriptor="an official",
    )

    (entry,) = previewed(by, {**NEW, "id": "", **record})

    is_known = access == Access.STAFF
    assert (entry.found == "secret") is is_known
    assert (entry.outcome == Outcome.NEW) is not is_known
    if not is_known:
        assert "secret" not in (entry.key, entry.message)
        assert imported(by, {**NEW, "id": "", **record}).added == [entry.key]


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ({"DOI": "10.1000/ABC"}, {"DOI": "https://doi.org/10.1000/abc"}),
        ({"URL": "http://www.example.org/a/"}, {"URL": "https://example.org/a"}),
        (
            {"title": "Łódź  Report", "issued": "2025"},
            {"title": "ŁÓDŹ report", "issued": "2025-05"},
        ),
        (
            {"type": "book", "title": "B", "ISBN": "3-16-148410-X"},
            {"title": "B", "ISBN": "9783161484100"},
        ),
    ],
)
def test_stored_sources_are_found_however_they_are_written(
    by: User, stored: dict[str, Any], told: dict[str, Any]
) -> None:
    source = make.source(key="stored", **stored)

    (entry,) = previewed(by, {**NEW, "id": "told", **told})

    assert entry.found == source.key


def test_who_may_not_write_imports_nothing(by: User) -> None:
    by.is_active = False

    with pytest.raises(NotPermitted):
        previewed(by, NEW)


@pytest.mark.parametrize("form", list(Format))
def test_what_is_exported_and_imported_again_is_the_same(by: User, form: Format) -> None:
    make.source(
        key="first",
        type="treaty",
        title="iPhone: a Treaty of 10 ⁶",
        author=[{"family": "King", "given": "Martin", "suffix": "Jr."}, {"literal": "A, B and C"}],
        issued={"date-parts": [[2025, 5, 8]], "circa": True},
        URL="https://example.org/}{",
        keyword="a, b",
        custom={"x": 1},
    )
    make.source(key="second", type="article-newspaper", ISBN="978-3-16-148410-0", number=4)

    out = export_bibliography(sources=Source.objects.all(), form=form, reader=by, at=make.TODAY)
    read, records = read_bibliography(out.text.encode(), file_name=f"a.{form.ending}")

    assert out.count == 2
    assert [
        (entry.outcome, entry.found) for entry in previewed(by, *records_of(records), form=read)
    ] == [
        (Outcome.SAME, "first"),
        (Outcome.SAME, "second"),
    ]


@pytest.mark.parametrize("form", list(Format))
def test_confidential_sources_are_left_out_for_who_may_not_know_them(
    by: User, form: Format
) -> None:
    make.source(key="open", title="The open", is_opened=True)
    make.source(key="inner", title="The inner", access=Access.STAFF, public_descriptor="d")
    make.source(key="secret", title="The secret", access=Access.NAMED, public_descriptor="d")

    public = export_bibliography(
        sources=Source.objects.all(), form=form, reader=None, at=make.TODAY
    )
    desk = export_bibliography(sources=Source.objects.all(), form=form, reader=by, at=make.TODAY)

    assert (public.count, public.left_out, desk.count, desk.left_out) == (1, 2, 2, 1)
    assert "inner" not in public.text
    assert "secret" not in public.text + desk.text


def test_an_empty_list_is_an_empty_file(by: User) -> None:
    texts = [
        export_bibliography(
            sources=Source.objects.none(), form=form, reader=by, at=make.TODAY
        ).text.strip()
        for form in Format
    ]

    assert texts == ["[]", "", "", ""]


SENTENCE = "The source was retracted on 1 May 2025: The data were made up."


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("note", ["", "Second edition, with an index."])
def test_a_file_says_the_standing_and_nothing_of_it_comes_back(
    by: User, form: Format, note: str
) -> None:
    source = make.source(key="report", note=note) if note else make.source(key="report")
    make.stands(source, Standing.RETRACTED)

    text = export_bibliography(
        sources=Source.objects.all(), form=form, reader=by, at=make.TODAY
    ).text
    _form, records = read_bibliography(text.encode(), file_name=f"sources.{form.ending}")

    assert records[0].item["note"] == f"{note} [Standing: {SENTENCE}]".strip()
    (entry,) = previewed(by, *records_of(records), form=form)
    assert (entry.outcome, entry.differences) == (Outcome.SAME, ())


def test_a_note_that_is_taken_over_leaves_the_standing_behind(by: User) -> None:
    make.source(key="report", note="First edition.")
    record = {**NEW, "id": "report", "note": f"Second edition. [Standing: {SENTENCE}]"}

    imported(by, record, choices={1: Choice(take=frozenset({"note"}))})

    assert Source.objects.get().csl["note"] == "Second edition."


def test_a_new_record_keeps_what_a_file_says_of_its_standing(by: User) -> None:
    imported(by, {**NEW, "note": f"[Standing: {SENTENCE}]"})

    source = make.stands(Source.objects.get(), Standing.RETRACTED, "It is so.")

    assert source.csl["note"] == f"[Standing: {SENTENCE}]"
    text = export_bibliography(
        sources=Source.objects.all(), form=Format.CSL_JSON, reader=by, at=make.TODAY
    ).text
    assert json.loads(text)[0]["note"] == (
        "[Standing: The source was retracted on 1 May 2025: It is so.]"
    )
