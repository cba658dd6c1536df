"""Bibliographies as files: in, out, and what each format carries."""

import time
from typing import Any

import pytest

from sources.domain.bibliography.bibtex_entries import BibEntry
from sources.domain.bibliography.comparison import record_differences
from sources.domain.bibliography.file_records import FileRecord
from sources.domain.bibliography.formats import Format
from sources.domain.bibliography.records import read_record
from sources.domain.refusals import Refusal
from sources.extraction import bounded_pandoc
from sources.extraction.bibliography_files import (
    read_bibliography,
    round_trip_all,
    write_bibliography,
)
from sources.extraction.bibtex import read_fields

FULL: dict[str, Any] = {
    "id": "full",
    "type": "article-newspaper",
    "title": 'Trade <i>of</i> Russia: p<0.05 & 50% {x} \\emph "q" a_b $x$ } @book{evil, title={x}}',
    "author": [
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        {"literal": "World Bank and Co"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
    ],
    "publisher": "PISM",
    "publisher-place": "Warsaw",
    "container-title": "The Journal",
    "collection-title": "Papers",
    "issued": {"date-parts": [[2025, 5, 8]]},
    "accessed": {"date-parts": [[2025, 6, 1]]},
    "URL": "https://example.org/a_b?x=1&y=%20#}",
    "DOI": "10.1000/a}b{",
    "ISBN": "978-3-16-148410-0",
    "language": "pl",
    "number": "4",
    "volume": "2",
    "page": "1-3",
    "edition": "2",
    "note": "A note",
    "abstract": "One.\n\nER  - \nTY  - BOOK",
    "keyword": "gas, trade",
    "custom": {"any": ["thing"]},
}
TREATY = {
    "id": "treaty",
    "type": "treaty",
    "title": "iPhone treaty",
    "issued": {"date-parts": [[2013], [0]], "circa": True},
}
BARE = {"id": "bare", "type": "hearing", "title": "Bare", "issued": {"literal": "in spring"}}
RECORDS = [FULL, TREATY, BARE]


@pytest.mark.parametrize("form", list(Format))
def test_what_goes_out_comes_in_again_as_the_same(form: Format) -> None:
    written = write_bibliography(RECORDS, form).encode()

    read, records = read_bibliography(written, file_name=f"file.{form.ending}")
    entries = [record.item for record in records]

    told = round_trip_all(RECORDS, read)
    assert [entry["id"] for entry in entries] == ["full", "treaty", "bare"]
    for record, entry, ways in zip(RECORDS, entries, told, strict=True):
        assert record_differences(record, read_record(entry).csl, round_trips=ways) == ()


# What a format leaves out or says otherwise of FULL and of TREATY; nothing else. BibTeX has no
# mark-up, braces or suffixes as FULL has them, and the number of an article is its issue.
OF_BOTH = {"custom", "keyword", "title", "URL", "DOI", "author", "number", "issue"}
LOST: dict[Format, tuple[set[str], set[str]]] = {
    Format.CSL_JSON: (set(), set()),
    Format.RIS: ({"custom"}, {"type", "issued"}),
    Format.BIBLATEX: (OF_BOTH, {"issued"}),
    Format.BIBTEX: (
        OF_BOTH | {"type", "issued", "accessed", "ISBN", "language", "abstract"},
        {"type", "issued"},
    ),
}


@pytest.mark.parametrize("form", list(Format))
def test_a_format_loses_what_is_listed_and_nothing_else(form: Format) -> None:
    written = write_bibliography(RECORDS, form).encode()
    _form, records = read_bibliography(written, file_name=f"a.{form.ending}")
    full, treaty, _bare = (record.item for record in records)

    def lost(record: dict[str, Any], back: dict[str, Any]) -> set[str]:
        silent = set(record) - set(back)
        return silent | {offer.field for offer in record_differences(record, back)}

    assert (lost(FULL, full), lost(TREATY, treaty)) == LOST[form]


def test_csl_json_carries_everything() -> None:
    written = write_bibliography(RECORDS, Format.CSL_JSON).encode()

    records = [FileRecord(record) for record in RECORDS]
    assert read_bibliography(written, file_name="a.json") == (Format.CSL_JSON, records)


@pytest.mark.parametrize("form", [Format.BIBTEX, Format.BIBLATEX])
def test_a_brace_in_an_address_ends_no_field(form: Format) -> None:
    record = {**BARE, "URL": "https://example.org/}, title={Evil}, note={x"}

    _form, entries = read_bibliography(
        write_bibliography([record], form).encode(), file_name="a.bib"
    )

    assert [entry.item["title"] for entry in entries] == ["Bare"]
    assert "note" not in entries[0].item


@pytest.mark.parametrize("form", [Format.BIBTEX, Format.BIBLATEX, Format.RIS])
@pytest.mark.parametrize(
    "odd",
    [
        {"editor": "a string"},
        {"editor": [5, {}, {"family": 5}, {"family": " "}]},
        {"accessed": "nonsense"},
        {"original-date": {"date-parts": [["x"]]}},
        {"event-date": []},
        {"volume": {"a": 1}, "page": ["1"], "keyword": ["a"], "note": [[]]},
        {"language": 5, "ISBN": 9783161484100, "number": 4.5, "URL": True},
        {"nocite": "x", "references": [{"id": "evil"}], "title-short": "@*"},
    ],
)
def test_an_odd_field_keeps_no_record_from_going_out(form: Format, odd: dict[str, Any]) -> None:
    written = write_bibliography([{**BARE, **odd}], form).encode()

    _form, entries = read_bibliography(written, file_name=f"a.{form.ending}")

    assert [entry.item["title"] for entry in entries] == ["Bare"]


def bib(text: str) -> dict[str, Any]:
    _form, entries = read_bibliography(text.encode(), file_name="a.bib")
    assert len(entries) == 1
    return dict(entries[0].item)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("{Trade of Russia: The Gas Deal}", "Trade of Russia: The Gas Deal"),
        ('"Trade of {Russia}"', "Trade of Russia"),
        ('"Trade {"}of{"} Russia"', 'Trade "of" Russia'),
        (r"{Gr{\"u}{\ss}e na\"{\i}ve \'{\i} \L{}\'od\'z}", "Grüße naïve í Łódź"),
        (r"{CO\textsubscript{2}, 10\textsuperscript{6} and \emph{it}}", "CO₂, 10⁶ and it"),
        (r"{5\% \& p < 0.05 \$x}", "5% & p < 0.05 $x"),
    ],
)
def test_titles_are_read_as_they_are_written(typed: str, title: str) -> None:
    entry = bib(f"@article{{a, title = {typed}, langid = {{english}}, year = 2025}}")

    assert entry["title"] == title
    assert "title-short" not in entry


def test_fields_of_bibtex_become_those_of_csl() -> None:
    entry = bib(
        "@string{j = {The Journal}}\n"
        "@article{k, author={Petrov, Ivan and {World Bank} and others}, title={A}, journal=j,"
        " year=2025, month=may, doi={https://doi.org/10.1000/x}}"
    )

    assert entry["author"] == [
        {"family": "Petrov", "given": "Ivan"},
        {"literal": "World Bank"},
        {"literal": "others"},
    ]
    assert (entry["container-title"], entry["type"]) == ("The Journal", "article-journal")
    assert entry["issued"] == {"date-parts": [[2025, 5]]}


def test_a_page_and_a_type_that_bibtex_has_no_field_for_are_found() -> None:
    entry = bib(r"@misc{k, title={A}, howpublished={\url{https://example.org/a_b}}}")

    assert (entry["URL"], entry["type"]) == ("https://example.org/a_b", "document")
    assert "publisher" not in entry


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.JSON", b'[{"id": "a"}]', Format.CSL_JSON),
        ("a", b'\xef\xbb\xbf {"items": [{"id": "a"}]}', Format.CSL_JSON),
        ("a.txt", b"\n@book{a, title={x}}", Format.BIBLATEX),
        ("a.txt", b"TY  - BOOK\nER  - ", Format.RIS),
    ],
)
def test_a_format_is_known_by_its_name_or_beginning(name: str, data: bytes, form: Format) -> None:
    assert read_bibliography(data, file_name=name)[0] == form


HOSTILE = [
    ("a.txt", b"", "empty"),
    ("a.txt", b"hello", "unknown_format"),
    ("a.bib", b"\xff\xfe@\0", "not_utf8"),
    ("a.bib", b"@book{a, title={x\0}}", "nul"),
    ("a.bib", b"hello", "no_records"),
    ("a.bib", b"@book{a}\n" * 5_001, "too_many"),
    ("a.bib", b"@book{a,title={x}}" + b" " * 10_000_000, "too_large"),
    ("a.ris", b"TY  - BOOK\nTI  - " + b"a" * 9_000_000, "not_ris"),
    ("a.ris", b"TY  - BOOK\nER  - \n" * 500_000, "too_many"),
    ("a.json", b"[" * 5_000_000, "too_deep"),
    ("a.json", b'[{"id": "a", "id": "b"}]', "duplicate_key"),
    ("a.json", b"[NaN]", "no_number"),
    ("a.json", b'[{"title": "\\ud800"}]', "no_character"),
    ("a.json", b'[{"title": "\\u0000"}]', "no_character"),
    ("a.json", b"5", "not_csl"),
    ("a.json", b"[]", "no_records"),
    ("a.json", b"[{}" + b",{}" * 5_000 + b"]", "too_many"),
]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    HOSTILE,
    ids=[f"{n}-{name}-{c}" for n, (name, _, c) in enumerate(HOSTILE)],
)
def test_a_hostile_file_is_refused_in_bounded_time(name: str, data: bytes, code: str) -> None:
    began = time.process_time()

    with pytest.raises(Refusal) as refused:
        read_bibliography(data, file_name=name)

    assert refused.value.code == code
    assert refused.value.message.endswith(".")
    assert len(refused.value.message) < 400
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "data",
    [
        b"TY  - BOOK\nTI  - " + b"a" * 9_000_000 + b"\nER  - ",
        b"TY  - BOOK\nTI  - x\n" + b"a\n" * 1_000_000 + b"ER  - ",
    ],
    ids=["one long line", "a million lines"],
)
def test_a_value_of_any_length_is_read_and_refused_as_a_record(data: bytes) -> None:
    _form, entries = read_bibliography(data, file_name="a.ris")

    with pytest.raises(Refusal, match="characters"):
        read_record({"id": "a", **entries[0].item})


def test_pandoc_is_ended_when_its_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_pandoc, "SECONDS", 0.5)

    with pytest.raises(Refusal) as refused:
        read_bibliography(
            (b"@book{a, title={" + b"\\emph " * 30_000 + b"}}\n") * 50, file_name="a.bib"
        )

    assert refused.value.code == "too_large"


MIXED = r"""
Words between entries, with mail to me@example.org.
@Comment{jabref-meta: databaseType:bibtex;}
@comment of a person
@preamble{"\newcommand{\x}{y}"}
@string(journal = "The " # {Journal})
% @book{remark, title = {Left out by its author}}
@article(round, title = {In (round) ones}, journal = journal # { of X}, year = 2020)
@article{unclosed, title = {a {b}, year = 2020
}
@article{deep, title = {DEEP}}
@article{more, title = {a}}, year = 2020}
@book{comma title={No comma} year=2020}
@book{title = {No key}, year = 2020}
@article{quote, title = "not closed, year = 2020}
@book{formula, title = {50% of 3 $}}
@book{end, title = {the last""".replace("DEEP", "{" * 60 + "}" * 60)


def test_a_faulty_entry_is_refused_with_its_line_and_the_others_are_read() -> None:
    _form, records = read_bibliography(MIXED.encode(), file_name="a.bib")

    assert [(r.item["id"], r.line, r.item["title"]) for r in records if not r.refusal] == [
        ("round", 8, "In (round) ones"),
        ("comma", 13, "No comma"),
        ("", 14, "No key"),
        ("formula", 16, "50% of 3 $"),
    ]
    assert records[0].item["container-title"] == "The Journal of X"
    refused = {r.item["id"]: (r.line, r.refusal) for r in records if r.refusal}
    assert {key: line for key, (line, _why) in refused.items()} == {
        "unclosed": 9,
        "deep": 11,
        "more": 12,
        "quote": 15,
        "end": 17,
    }
    assert "not closed before line 11" in refused["unclosed"][1]
    assert "deeper than 50" in refused["deep"][1]
    assert "a brace too many" in refused["more"][1]
    assert "quotation marks" in refused["quote"][1]
    assert "before the end of the file" in refused["end"][1]


def test_an_entry_that_pandoc_alone_refuses_is_refused_alone() -> None:
    good = [BibEntry(n, "book", f"good{n}", (("title", f"Good {n}"),)) for n in range(5)]
    bad = BibEntry(4, "book", "bad", (("url", "{"),))

    records = read_fields([*good[:3], bad, *good[3:]])

    assert [(record.item["id"], bool(record.refusal)) for record in records] == [
        ("good0", False),
        ("good1", False),
        ("good2", False),
        ("bad", True),
        ("good3", False),
        ("good4", False),
    ]
    assert (records[3].line, records[3].refusal[:28]) == (4, "Its fields cannot be read: “")


def test_what_an_entry_takes_from_another_is_read_and_a_circle_of_them_is_not() -> None:
    text = (
        "@incollection{a, title={A}, crossref={whole}}\n"
        "@book{x, title={X}, crossref={y}}\n@book{y, title={Y}, crossref={x}}\n"
        "@collection{whole, title={The Whole}, publisher={P}}\n"
    )

    _form, records = read_bibliography(text.encode(), file_name="a.bib")

    assert records[0].item["container-title"] == "The Whole"
    assert [record.item["title"] for record in records] == ["A", "X", "Y", "The Whole"]


@pytest.mark.parametrize(
    "text",
    [
        "@book{a, title={" + "{" * 200_000 + "}" * 200_002,
        "@comment{x\n" * 20_000 + "@book{a, title={x",
        "@string{a0={xxxxxxxxxx}}\n"
        + "".join(f"@string{{a{n + 1}=a{n} # a{n}}}\n" for n in range(40))
        + "@book{k, title=a40}",
        "@book{a, title={x\n" * 4_000,
        "@book{a" + " " * 1_000_000,
        "@book{a," + "b " * 300_000,
    ],
    ids=["braces", "comments", "strings", "unclosed", "spaces", "words"],
)
def test_hostile_entries_are_refused_in_bounded_time(text: str) -> None:
    began = time.process_time()

    _form, records = read_bibliography(text.encode(), file_name="a.bib")

    assert records
    assert all(record.refusal.endswith(".") for record in records)
    assert time.process_time() - began < 5


TAKEN = r"""
@incollection{basin2021, author = {Holm, Eva and others}, year = {2021},
  title = {The Rise of Sea Power in the Baltic: How NATO Answered},
  booktitle = {Handbook of Northern Sea Power}, series = {Studies in European Security}}
@article{feld, author = {Feld, Ana and {Harbour InterScience (Online service)}},
  title = {Gu{\dh}mundur and {\TH}or}, journal = {Вестник Севера}, language = {rus},
  year = {2011}, month = jul # "~4", file = {a.pdf}}
@book{old, title = {Ohne Jahr}, year = {[1796]}, language = {ngerman}, month = {Mai}}
@book{nodate, title = {Bald}, year = {n.d.}, language = {klingonese}}
@article{mai, title = {A \foo{lost} word}, year = {2020}, month = {Mai}, zz = {Other}}
@book{about, title = {Old}, year = {ca. 1920}, month = {sometime}}
"""


def test_of_a_record_everything_is_taken_or_named() -> None:
    _form, records = read_bibliography(TAKEN.encode(), file_name="a.bib")

    basin, feld, old, nodate, mai, about = (record.item for record in records)
    assert basin["author"][1] == {"literal": "others"}
    assert read_record(basin).authors == ("Eva Holm", "et al.")
    assert basin["collection-title"] == "Studies in European Security"
    assert basin["title"] == "The Rise of Sea Power in the Baltic: How NATO Answered"
    assert feld["author"][1] == {"literal": "Harbour InterScience (Online service)"}
    assert (feld["title"], feld["language"]) == ("Guðmundur and Þor", "ru")
    assert feld["container-title"] == "Вестник Севера"
    assert feld["issued"] == {"date-parts": [[2011, 7, 4]]}
    assert (old["issued"], old["language"]) == ({"literal": "[1796]"}, "de")
    assert nodate["issued"] == {"literal": "n.d."}
    assert mai["issued"] == {"date-parts": [[2020, 5]]}
    assert about["issued"] == {"date-parts": [[1920]], "circa": True}
    assert [[(left.field, left.value) for left in record.not_taken] for record in records] == [
        [],
        [("file", "a.pdf")],
        [("month", "Mai")],
        [("language", "klingonese")],
        [("title", r"A \foo{lost} word"), ("zz", "Other")],
        [("month", "sometime")],
    ]


@pytest.mark.parametrize("form", [Format.BIBTEX, Format.BIBLATEX])
def test_titles_go_out_in_braces_that_keep_their_case(form: Format) -> None:
    _form, records = read_bibliography(TAKEN.encode(), file_name="a.bib")

    written = write_bibliography([record.item for record in records[:2]], form)

    assert "series = {{Studies in European Security}}" in written
    assert "author = {Holm, Eva and others}" in written
    _form, again = read_bibliography(written.encode(), file_name="a.bib")
    for name in ("title", "container-title", "collection-title", "author"):
        assert again[0].item[name] == records[0].item[name]


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize(
    "issued",
    [
        {"literal": "n.d."},
        {"literal": "[1796]"},
        {"literal": "in press"},
        {"date-parts": [[1796]], "circa": True},
    ],
)
def test_doubtful_dates_and_dates_in_words_go_out_and_come_in(
    form: Format, issued: dict[str, Any]
) -> None:
    written = write_bibliography([{**BARE, "issued": issued}], form)

    _form, (record,) = read_bibliography(written.encode(), file_name=f"a.{form.ending}")

    assert (record.item["issued"], record.not_taken) == (issued, ())
