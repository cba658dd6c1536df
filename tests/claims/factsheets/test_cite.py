"""Styles are found without the network, and records reach the citation processor clean."""

import json
from dataclasses import replace
from typing import Any

import pytest

from claims.factsheets import ast, cite, document
from sources.extraction.bounded_pandoc import run_pandoc, turn
from sources.readings.citing import CitedRecord
from tests.claims.factsheets.sheets import PLAIN


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("chicago-notes-bibliography", "chicago-notes-bibliography"),
        ("apa", "apa"),
        ("APA", "apa"),
        ("ieee", "ieee"),
        ("ieee.csl", "ieee"),
        ("nature-digest", "nature"),
        ("nature-physics", "nature"),
        ("chicago-fullnote-bibliography", "chicago-notes-bibliography"),
        ("mla", "modern-language-association"),
    ],
)
def test_a_style_is_found_by_its_own_its_old_and_its_dependent_names(name: str, file: str) -> None:
    assert cite.style_path(name).stem == file


def test_every_old_name_leads_to_a_style() -> None:
    for name in cite.RENAMED:
        assert name not in cite.style_names()
        assert cite.style_path(name).is_file()


@pytest.mark.long
def test_no_style_leaves_its_parent_to_the_network() -> None:
    files = {cite.style_path(name) for name in cite.style_names()}

    assert not [file for file in files if "independent-parent" in file.read_text("utf-8")]


def test_an_unknown_style_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(cite.StyleUnknown) as refused:
        cite.style_path("chicago-notes-bibliografy")

    assert refused.value.code == "style_unknown"
    assert "chicago-notes-bibliography" in refused.value.nearest
    assert str(refused.value).startswith("No citation style is called 'chicago-notes-bibliografy'.")


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "/etc/passwd", "apa\0", "x" * 100_000])
def test_a_name_that_is_no_style_is_refused_whatever_it_holds(name: str) -> None:
    with pytest.raises(cite.StyleUnknown) as refused:
        cite.style_path(name)

    assert len(str(refused.value)) < 600


@pytest.mark.parametrize(
    ("name", "is_note"),
    [("chicago-notes-bibliography", True), ("apa", False), ("ieee", False), ("nature", False)],
)
def test_a_style_with_notes_is_known_as_one(name: str, is_note: bool) -> None:
    assert cite.is_note_style(cite.style_path(name)) is is_note


def test_a_record_is_cited_by_its_source_key() -> None:
    assert cite.csl_item("osw-2025", {"id": "other", "type": "book"}) == {
        "id": "osw-2025",
        "type": "book",
    }


def test_what_csl_does_not_know_is_left_out() -> None:
    item = {
        "type": "no-such-type",
        "title": "T",
        "author": None,
        "editor": [],
        "note": "for the desk",
        "custom": {"x": 1},
        "publisher": "",
        "volume": 3,
        "page": ["1"],
        "translator": [{"family": "Doe", "given": None, "x": "y"}, {}, "Roe"],
    }

    assert cite.csl_item("k", item) == {
        "id": "k",
        "type": "document",
        "title": "T",
        "volume": "3",
        "translator": [{"family": "Doe"}],
    }


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("URL", "javascript:alert(1)"),
        ("URL", "/claims/C1/"),
        ("URL", "pism.pl"),
        ("DOI", "10.1/x) [y](javascript:alert(1))"),
        ("PMID", "1 2"),
    ],
)
def test_an_identifier_that_could_lead_astray_is_left_out(variable: str, value: str) -> None:
    assert variable not in cite.csl_item("k", {"type": "book", variable: value})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"date-parts": [[2025, 5, 8]]}, {"date-parts": [[2025, 5, 8]]}),
        ({"date-parts": [["2025", "05"]]}, {"date-parts": [[2025, 5]]}),
        ({"date-parts": [[2022], [2025]]}, {"date-parts": [[2022], [2025]]}),
        ({"date-parts": [[2025, None, 0]]}, {"date-parts": [[2025]]}),
        ({"date-parts": [[2025]], "circa": True}, {"date-parts": [[2025]], "circa": True}),
        ({"date-parts": [[1796]], "circa": "1"}, {"date-parts": [[1796]], "circa": True}),
        ({"date-parts": [[1796]], "circa": "false"}, {"date-parts": [[1796]]}),
        ({"date-parts": [[2011, 8, 23], [2011, 8, 23]]}, {"date-parts": [[2011, 8, 23]]}),
        ({"date-parts": [[2013], [0]]}, {"date-parts": [[2013], [0]]}),
        ("2013/..", {"date-parts": [[2013], [0]]}),
        ("2011-08-23/2011-08-23", {"date-parts": [[2011, 8, 23]]}),
        ({"raw": "2025-05"}, {"date-parts": [[2025, 5]]}),
        ({"raw": "in spring"}, {"literal": "in spring"}),
        ({"literal": "n.d."}, {"literal": "n.d."}),
        ("2022-02-04/2025", {"date-parts": [[2022, 2, 4], [2025]]}),
        ("2025~", {"date-parts": [[2025]], "circa": True}),
        ({"date-parts": [["May"]]}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": "2025"}, None),
        (None, None),
        (2025, None),
    ],
)
def test_a_date_is_kept_as_far_as_it_is_one(given: Any, kept: dict[str, Any] | None) -> None:
    assert cite.csl_item("k", {"type": "book", "issued": given}).get("issued") == kept


OLD_DATES: dict[str, dict[str, Any]] = {
    "range": {"date-parts": [[2011, 9, 24], [2011, 9, 26]]},
    "months": {"date-parts": [[2016, 11], [2017, 12]]},
    "same": {"date-parts": [[2011, 8, 23], [2011, 8, 23]]},
    "circa": {"date-parts": [[1796]], "circa": True},
    "supplied": {"literal": "[1796]"},
    "open": {"date-parts": [[2013], [0]]},
}


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        (
            "apa",
            {
                "range": "(2011b, September 24–26)",
                "months": "(2016–2017, November–December)",
                "same": "(2011a, August 23)",
                "circa": "(ca. 1796)",
                "supplied": "([1796])",
            },
        ),
        (
            "chicago-notes-bibliography",
            {
                "range": "September 24–26, 2011",
                "months": "November 2016–December 2017",
                "same": "August 23, 2011",
                "circa": "[1796?]",
                "supplied": "[1796]",
            },
        ),
    ],
)
def test_dates_are_printed_as_the_style_prints_doubt_and_ranges(
    style: str, printed: dict[str, str]
) -> None:
    people = [{"family": "Autor", "given": "Ann"}, {"literal": "others"}]
    kinds = {"circa": "book", "supplied": "book"}
    items = {
        key: {
            "type": kinds.get(key, "article-newspaper"),
            "title": f"About {key}",
            "author": people,
            "issued": date,
        }
        for key, date in OLD_DATES.items()
    }
    cited = [ast.para([ast.cite(key, [], number)]) for number, key in enumerate(items)]
    tree = ast.document(cited, {"references": cite.references_metadata(items)})
    options = ("--from=json", "--to=plain", "--citeproc", "--wrap=none")

    with turn():
        made = run_pandoc(json.dumps(tree).encode(), *options, f"--csl={cite.style_path(style)}")

    lines = [line for line in made.split("\n") if line.startswith(("Autor", "———"))]
    for key, date in printed.items():
        (line,) = (
            line for line in lines if f"About {key}" in line or f"About {key.title()}" in line
        )
        assert date in line, made
        assert "others" not in line
    assert "et al." in made


# Styles of notes, of authors and years, and of numbers, with the language each is tried in.
STYLES = {
    "chicago-notes-bibliography": "en",
    "chicago-author-date": "de",
    "chicago-shortened-notes-bibliography": "ru",
    "turabian-notes-bibliography": "en",
    "mhra-notes": "de",
    "oscola": "en",
    "apa": "ru",
    "modern-language-association": "en",
    "harvard-cite-them-right": "de",
    "elsevier-harvard": "ru",
    "american-political-science-association": "en",
    "iso690-author-date-en": "de",
    "gost-r-7-0-5-2008": "ru",
    "din-1505-2": "de",
    "ieee": "ru",
    "nature": "en",
    "vancouver": "de",
    "gost-r-7-0-5-2008-numeric": "ru",
    "iso690-numeric-en": "en",
    "american-medical-association": "de",
    "american-chemical-society": "ru",
}
IN_SCRIPTS = {
    "ru": ("article-newspaper", "«Сила Сибири — 2»: договор подписан", "Иванова"),
    "ar": ("webpage", "شي: الصين ستقف مع موسكو", ""),
    "zh-Hans": ("report", "中俄新时代全面战略协作伙伴关系", "外交部"),
}


@pytest.mark.parametrize(("style", "language"), STYLES.items(), ids=list(STYLES))
def test_sources_in_other_scripts_have_an_entry_in_every_style(style: str, language: str) -> None:
    records = {
        tongue: CitedRecord(
            {
                "type": kind,
                "title": title,
                **({"author": [{"family": author}]} if author else {}),
                "publisher": "Publisher",
                "container-title": "Container",
                "issued": {"date-parts": [[2025, 5, 8]]},
                "URL": f"https://example.org/{tongue}",
                "language": tongue,
            },
            f"https://example.org/{tongue}",
        )
        for tongue, (kind, title, author) in IN_SCRIPTS.items()
    }
    sheet = replace(PLAIN, sections=(), language=language, records=records)
    tree = json.dumps(document.build_bibliography(sheet)).encode("ascii")

    with turn():
        made = run_pandoc(
            tree,
            "--from=json",
            "--to=plain",
            "--wrap=none",
            "--fail-if-warnings",
            "--citeproc",
            f"--csl={cite.style_path(style)}",
        )

    entries = made.strip().split("\n\n")
    assert len(entries) == 3
    for _kind, title, _author in IN_SCRIPTS.values():
        assert sum(title.split(":")[0].strip("«») 2—") in one for one in entries) >= 1
