"""The topic dictionaries of a dossier: versions of their series, never over the desk's."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.actions.dossier.load import load_dossier
from claims.actions.series.dictionaries import save_dictionary
from claims.domain.dossier.summary import Summary, Tally
from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from claims.models import DictionaryVersion
from factbase.models import User
from sources.models import Series
from sources.vocabulary import Role
from tests import factories
from tests.claims.loads import NOW, folder_of, rows

TRADE = "topics:\n- topic: trade\n  terms:\n  - trade\n"
BOTH = TRADE + "  - text: торговл*\n    language: ru\n- topic: uber-land\n  terms: [overland]\n"


def folder_with(path: Path, **files: str) -> Path:
    """The small dossier with files in its folder of dictionaries; `__` stands for a full stop."""
    folder = folder_of(path)
    (folder / "dictionaries").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "dictionaries" / name.replace("__", ".")).write_text(text)
    return folder


def load(folder: Path) -> Summary:
    return load_dossier(folder=folder, by="dossier", at=NOW)


def versions() -> list[tuple[str, int, list[str]]]:
    return [
        (
            one.series.key,
            one.number,
            [term.text for entry in one.dictionary.entries for term in entry.terms],
        )
        for one in DictionaryVersion.objects.order_by("number")
    ]


@pytest.mark.django_db
def test_the_dictionary_of_a_series_comes_in_by_an_editor(tmp_path: Path) -> None:
    summary = load(folder_with(tmp_path, statements__yaml=BOTH))

    assert summary.dictionaries == Tally(new=1)
    assert versions() == [("statements", 1, ["trade", "торговл*", "overland"])]
    assert DictionaryVersion.objects.get().made_by.username == "dossier"
    assert User.objects.get(username="dossier").role == Role.EDITOR


@pytest.mark.django_db
def test_a_dossier_without_a_dictionary_makes_no_editor(tmp_path: Path) -> None:
    load(folder_of(tmp_path))

    assert User.objects.get(username="dossier").role == Role.CONTRIBUTOR


@pytest.mark.django_db
def test_a_table_is_read_too_and_loading_again_changes_nothing(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, statements__csv="topic,term\ntrade,trade\n")
    load(folder)
    before = rows()

    summary = load(folder)

    assert summary.is_nothing_new
    assert summary.dictionaries == Tally(skipped=1)
    assert rows() == before


@pytest.mark.django_db
def test_a_changed_dictionary_is_the_next_version(tmp_path: Path) -> None:
    load(folder_with(tmp_path, statements__yaml=TRADE))

    summary = load(folder_with(tmp_path, statements__yaml=BOTH))

    assert summary.dictionaries == Tally(changed=1)
    assert [number for _series, number, _terms in versions()] == [1, 2]


@pytest.mark.django_db
def test_what_the_desk_made_of_a_dictionary_since_is_not_undone(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, statements__yaml=TRADE)
    load(folder)
    save_dictionary(
        series=Series.objects.get(key="statements"),
        dictionary=Dictionary((DictionaryEntry("trade", (DictionaryTerm("commerce"),)),)),
        note="",
        seen_number=1,
        by=factories.somebody(Role.EDITOR),
        at=NOW,
    )

    summary = load(folder)

    assert summary.is_nothing_new
    assert versions()[-1] == ("statements", 2, ["commerce"])


REFUSED = [
    ({"statements__txt": TRADE}, "SERIES.yaml or SERIES.csv"),
    ({"others__yaml": TRADE}, "“others”, which is no series of this dossier"),
    ({"statements__yaml": "series: others\n" + TRADE}, "of the series “others”"),
    ({"statements__yaml": TRADE, "statements__csv": "topic,term\ntrade,trade\n"}, "2 dictionaries"),
    ({"statements__yaml": "topics: [" * 3}, "dictionaries/statements.yaml, line"),
    (
        {"statements__yaml": "topics:\n- topic: traed\n  terms: [trade]\n"},
        "dictionaries/statements.yaml, series “statements”: There is no topic “traed”",
    ),
    (
        {"statements__yaml": "topics:\n- topic: trade\n  terms: ['*']\n"},
        "dictionaries/statements.yaml, series “statements”: Topic “trade”, term 1:",
    ),
]


@pytest.mark.parametrize(("files", "message"), REFUSED)
@pytest.mark.django_db
def test_a_wrong_dictionary_is_refused_with_its_place_and_nothing_is_loaded(
    tmp_path: Path, files: dict[str, str], message: str
) -> None:
    folder, before = folder_with(tmp_path, **files), rows()

    with pytest.raises(CommandError) as refused:
        call_command("load_dossier", str(folder), stdout=StringIO())

    assert message in str(refused.value)
    assert rows() == before


@pytest.mark.django_db
def test_an_account_that_is_no_editor_loads_no_dictionary(tmp_path: Path) -> None:
    factories.person(Role.CONTRIBUTOR, name="dossier")
    before = rows()

    with pytest.raises(CommandError, match="editor"):
        call_command(
            "load_dossier",
            str(folder_with(tmp_path, statements__yaml=TRADE)),
            stdout=StringIO(),
        )

    assert rows() == before


@pytest.mark.django_db
def test_a_folder_of_dictionaries_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "statements.yaml").write_text(TRADE)
    folder = folder_of(tmp_path / "in")
    (folder / "dictionaries").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(CommandError, match="leads out of the folder"):
        call_command("load_dossier", str(folder), stdout=StringIO())
