"""Bibliographies in RIS, in and out."""

import time
from typing import Any

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.bibliography.formats import FileRefused
from sources.domain.bibliography.ris import read_ris, write_ris


def items(text: str) -> list[dict[str, Any]]:
    return [record.item for record in read_ris(text)]


FILE = """\
Provider: somebody
TY  - NEWS
ID  - abc
AU  - Beethoven, Ludwig van
AU  - World Bank
A2  - Editor, Ed, Jr.
TI  - Power of Siberia:
 what is known
T2  - The Journal
PB  - PISM
CY  - Warsaw
PY  - 2025
DA  - 2025/05/08/
Y2  - 2025-06-01
UR  - https://example.org/a;b
DO  - 10.1000/182
SN  - 978-3-16-148410-0
KW  - gas
KW  - trade
SP  - 1
EP  - 3
IS  - 4
XX  - unknown
ER  -

TY  - RPRT
T1  - A report
IS  - 7
SN  - 1234-5678
Y1  - 2024///
ER  -
"""


def test_the_lines_of_a_record_become_its_fields() -> None:
    first, second = items(FILE)

    assert first == {
        "id": "abc",
        "type": "article-newspaper",
        "title": "Power of Siberia: what is known",
        "container-title": "The Journal",
        "publisher": "PISM",
        "publisher-place": "Warsaw",
        "URL": "https://example.org/a;b",
        "DOI": "10.1000/182",
        "issue": "4",
        "author": [{"family": "Beethoven", "given": "Ludwig van"}, {"literal": "World Bank"}],
        "editor": [{"family": "Editor", "given": "Ed", "suffix": "Jr."}],
        "issued": {"date-parts": [[2025, 5, 8]]},
        "accessed": {"date-parts": [[2025, 6, 1]]},
        "page": "1-3",
        "keyword": "gas, trade",
        "ISBN": "978-3-16-148410-0",
    }
    assert second == {
        "type": "report",
        "title": "A report",
        "number": "7",
        "ISSN": "1234-5678",
        "issued": {"date-parts": [[2024]]},
    }


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_any_ending_of_lines_is_read(ending: str) -> None:
    assert items(FILE.replace("\n", ending)) == items(FILE)


BOOK = {"type": "book", "title": "a"}


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("\ufeffTY  - BOOK\nTI  - a\nER  - \n", [BOOK]),
        ("TYPE of file: x\nTY  - BOOK\nTI  - a\nER  - \n", [BOOK]),
        ("TY - BOOK\nTI - a\nER -\n", [BOOK]),
        ("TY  - BOOK\nAU  -\nTI  - a\nPY  - \nER  -\n", [BOOK]),
        ("TY  - BOOK\nTI  - a\nTI  - b\nER  - \n", [BOOK]),
        ("TY  - BOOK\nXX  - x\n more\nTI  - a\nER  - \n", [BOOK]),
        (f"TY  - BOOK\nTI  - a\nXX  - {'x' * 1_000_000}\nER  - \n", [BOOK]),
        ("TY  - BOOK\nTI  -\n\n a\nER  - \n", [BOOK]),
        ("TY  - BOOK\nTI  - a\nER  - \nTY  - BOOK\nno tag\nER  - \n", [BOOK, {"type": "book"}]),
        (
            "TY  - BOOK\nTI  - a\nAU  - Smith,\n John\nER  - \n",
            [BOOK | {"author": [{"family": "Smith", "given": "John"}]}],
        ),
    ],
)
def test_files_of_other_programs_are_read_with_their_oddities(
    text: str, records: list[dict[str, object]]
) -> None:
    assert items(text) == records


def test_a_value_over_many_lines_takes_time_in_proportion() -> None:
    started = time.process_time()

    (record,) = items("TY  - BOOK\nAB  - a\n" + " word\n" * 200_000 + "ER  - \n")

    assert len(record["abstract"].split()) == 200_001
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "text", ["", "hello", "TI  - a\nER  - ", "TY  - BOOK\nTI  - a", "TY  - BOOK\nTY  - BOOK\nER  -"]
)
def test_a_file_that_is_cut_off_or_none_is_refused(text: str) -> None:
    with pytest.raises(FileRefused, match=r"\.$"):
        items(text)


def test_more_records_than_are_read_are_refused() -> None:
    with pytest.raises(FileRefused, match="5,000"):
        items("TY  - BOOK\nTI  - a\nER  - \n" * 5_001)


@pytest.mark.parametrize("between", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1e", "\x85", "\u2028"])
def test_no_value_begins_a_line(between: str) -> None:
    evil = f"A title{between}ER  - {between}{between}TY  - BOOK{between}TI  - Evil"

    written = write_ris([{"id": "a", "type": "report", "title": evil}])

    assert [record["title"] for record in items(written)] == [" ".join(evil.split())]
    assert len([line for line in written.splitlines() if line.startswith("TY")]) == 1


def test_other_programs_read_what_is_written() -> None:
    records = rispy.loads(write_ris(items(FILE)).replace("\r\n", "\n"))

    assert [record["title"] for record in records] == [
        "Power of Siberia: what is known",
        "A report",
    ]
    assert records[0]["date"] == "2025/05/08/"


@given(st.lists(st.fixed_dictionaries({"title": st.text(), "abstract": st.text()}), max_size=4))
def test_every_text_comes_back_with_single_spaces(records: list[dict[str, str]]) -> None:
    written = write_ris([{"type": "book", **record} for record in records])
    read = items(written) if records else []

    assert [(record.get("title", ""), record.get("abstract", "")) for record in read] == [
        (" ".join(r["title"].split()), " ".join(r["abstract"].split())) for r in records
    ]


@given(st.lists(st.fixed_dictionaries({"title": st.text(), "abstract": st.text()}), max_size=4))
def test_another_program_reads_whatever_is_written(records: list[dict[str, str]]) -> None:
    written = write_ris([{"type": "book", **record} for record in records])

    read = rispy.loads(written, newline="\r\n")

    assert [(record.get("title", ""), record.get("abstract", "")) for record in read] == [
        (" ".join(r["title"].split()), " ".join(r["abstract"].split())) for r in records
    ]


ODD = """\
TY  - JOUR
TI  - Odd
A1  - Beta, B.
AU  - Alpha, A.
AU  - Beta, B.
AU  - et al.
UR  - available from the author
UR  - https://example.org/a
PY  - 2011
DA  - 2011/09/24/
JO  - The Journal
JA  - J.
N1  - one
N1  - two
L1  - file.pdf
ER  -
"""


def test_names_of_two_tags_keep_their_order_and_words_are_no_address() -> None:
    (record,) = read_ris(ODD)

    assert record.item["author"] == [
        {"family": "Beta", "given": "B."},
        {"family": "Alpha", "given": "A."},
        {"literal": "others"},
    ]
    assert (record.item["URL"], record.item["note"]) == ("https://example.org/a", "one; two")
    assert [(left.field, left.value) for left in record.not_taken] == [
        ("UR", "available from the author"),
        ("JA", "J."),
        ("L1", "file.pdf"),
    ]


@pytest.mark.parametrize(
    "parts", [[[2011, 9, 24], [2011, 9, 26]], [[2016, 11], [2017, 12]], [[2013], [2015]]]
)
def test_a_range_of_days_goes_out_and_comes_in_as_one(parts: list[list[int]]) -> None:
    record = {"id": "a", "type": "book", "title": "T", "issued": {"date-parts": parts}}

    (read,) = read_ris(write_ris([record]))

    assert read.item["issued"] == {"date-parts": parts}
