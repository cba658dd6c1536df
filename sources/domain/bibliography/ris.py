"""Bibliographies in RIS: lines of a tag, two spaces, a hyphen, a space and a value.

https://en.wikipedia.org/wiki/RIS_(file_format), after Research Information Systems' specification
of 2011, with the types and tags as Zotero and EndNote write them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sources.domain.bibliography.csl_dates import issued_as_edtf
from sources.domain.bibliography.file_records import FileRecord, NotTaken
from sources.domain.bibliography.formats import FileRefused, date_parts, refuse_too_many
from sources.domain.bibliography.identifiers import isbn_keys
from sources.domain.bibliography.names import OTHERS
from sources.domain.dates import DateRefused

_LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|)")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
# As `write_ris` has a range: its end stands where RIS has words on a date.
_RANGE = re.compile(r"(\d{4}(?:/\d{2}){0,2})/{1,3}to (\d{4}(?:/\d{2}){0,2})")
_DAY = re.compile(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?(?:/.*)?")

# The first type of a tag is the one that it is read as.
_TYPES = (
    ("BILL", "bill"),
    ("BLOG", "post-weblog"),
    ("BOOK", "book"),
    ("CASE", "legal_case"),
    ("CHAP", "chapter"),
    ("CLSWK", "classic"),
    ("COMP", "software"),
    ("CPAPER", "paper-conference"),
    ("DATA", "dataset"),
    ("DICT", "entry-dictionary"),
    ("ENCYC", "entry-encyclopedia"),
    ("FIGURE", "figure"),
    ("ART", "graphic"),
    ("GEN", "document"),
    ("HEAR", "hearing"),
    ("ICOMM", "post"),
    ("JFULL", "periodical"),
    ("JOUR", "article-journal"),
    ("LEGAL", "regulation"),
    ("MANSCPT", "manuscript"),
    ("MAP", "map"),
    ("MGZN", "article-magazine"),
    ("MPCT", "motion_picture"),
    ("MUSIC", "musical_score"),
    ("NEWS", "article-newspaper"),
    ("PAMP", "pamphlet"),
    ("PAT", "patent"),
    ("PCOMM", "personal_communication"),
    ("RPRT", "report"),
    ("SLIDE", "speech"),
    ("SOUND", "song"),
    ("STAND", "standard"),
    ("STAT", "legislation"),
    ("THES", "thesis"),
    ("UNPB", "article"),
    ("VIDEO", "broadcast"),
    ("ELEC", "webpage"),
)
_TYPE_OF = dict(_TYPES) | {
    "ABST": "article-journal",
    "ADVS": "motion_picture",
    "AGGR": "dataset",
    "ANCIENT": "classic",
    "CHART": "graphic",
    "CONF": "paper-conference",
    "CTLG": "book",
    "DBASE": "dataset",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "EQUA": "figure",
    "GOVDOC": "report",
    "GRANT": "report",
    "INPR": "article-journal",
    "MULTI": "webpage",
    "SER": "book",
    "WEB": "webpage",
}
_TAG_OF = {kind: tag for tag, kind in _TYPES} | {"treaty": "LEGAL", "review": "JOUR"}

# What each field of one value is written as, and the tags it is read from, in order.
_TEXTS = {
    "title": ("TI", "T1", "CT", "BT"),
    "container-title": ("T2", "JO", "JF", "JA", "J2", "BT"),
    "collection-title": ("T3",),
    "publisher": ("PB",),
    "publisher-place": ("CY", "PP"),
    "URL": ("UR",),
    "DOI": ("DO",),
    "language": ("LA",),
    "abstract": ("AB", "N2"),
    "note": ("N1",),
    "volume": ("VL",),
    "issue": ("IS", "CP"),
    "number": ("M1",),
    "edition": ("ET",),
    "title-short": ("ST",),
    "genre": ("M3",),
    "archive": ("DB",),
    "call-number": ("CN",),
}
_NAMES = {"author": ("AU", "A1"), "editor": ("A2", "ED"), "translator": ("A4",)}
# The issue of what appears in issues; the number of anything else.
_IN_ISSUES = frozenset(("JOUR", "MGZN", "NEWS", "EJOUR", "JFULL", "ABST", "INPR", "BLOG"))


def read_ris(text: str) -> list[FileRecord]:
    """The records of a RIS file, each with the tags whose values it has nothing of.

    Raises FileRefused for a record that does not end, and where there is none.
    """
    records: list[FileRecord] = []
    for line, values in _records(text):
        records.append(_Tags(values).record(line))
        refuse_too_many(len(records))
    return records


def write_ris(records: Iterable[Mapping[str, Any]]) -> str:
    """The records in RIS. A value is one line, so that no value begins a line of its own."""
    lines: list[str] = []
    for record in records:
        lines += [f"{tag}  - {' '.join(value.split())}" for tag, value in _tagged(record)]
        lines += ["ER  - ", ""]
    return "\r\n".join(lines)


def _records(text: str) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """The line and the tagged values of each record. A line without a tag goes on with the last."""
    record: list[tuple[str, list[str]]] = []
    begun, last = 0, [""]
    is_any = False
    for number, line in enumerate(re.split(r"\r\n?|\n", text.removeprefix("\ufeff")), start=1):
        found = _LINE.fullmatch(line.rstrip())
        tag, value = (found[1], (found[2] or "").strip()) if found else ("", line.strip())
        if tag == "TY" and begun:
            raise _endless(begun, f"a record begins in line {number}")
        if tag == "TY":
            begun, is_any = number, True
        if not begun:
            continue
        if tag == "ER":
            yield begun, [(name, " ".join(filter(None, parts))) for name, parts in record]
            record, begun = [], 0
        elif tag:
            values = [value]
            record.append((tag, values))
            last = [] if tag == "TY" else values  # a type is one word and never goes on
        elif value:
            last.append(value)
    if begun:
        raise _endless(begun, "the file ends")
    if not is_any:
        raise FileRefused(
            "not_ris", "No line of the file begins with “TY  - ”, so it holds no record in RIS."
        )


def _endless(line: int, what: str) -> FileRefused:
    return FileRefused(
        "not_ris",
        f"The record that begins in line {line} has no line “ER  - ” before {what}. "
        "Export it anew.",
    )


class _Tags:
    """The tagged values of a record, and which of them it has taken."""

    def __init__(self, values: Sequence[tuple[str, str]]) -> None:
        self.values = [(tag, value) for tag, value in values if value]
        self.taken: set[int] = set()

    def record(self, line: int) -> FileRecord:
        """Convert the values to CSL-JSON."""
        kind = self.first("TY").upper()
        record: dict[str, Any] = {"id": self.first("ID"), "type": _TYPE_OF.get(kind, "document")}
        for field, tags in _TEXTS.items():
            record[field] = self.address() if field == "URL" else self.first(*tags)
        record["note"] = "; ".join(filter(None, [record["note"], *self.all("N1")[1:]]))
        if record["container-title"] == record["title"]:
            record["container-title"] = ""
        if kind not in _IN_ISSUES and not record["number"]:
            record["number"], record["issue"] = record["issue"], ""
        for field, tags in _NAMES.items():
            # One person under two tags is one person; the order is that of the file.
            people = [_person(name) for name in self.all(*tags)]
            record[field] = [
                person for place, person in enumerate(people) if person not in people[:place]
            ]
        record["issued"] = _date(self.first("DA")) or _date(self.first("PY", "Y1"))
        record["accessed"] = _date(self.first("Y2"))
        record["page"] = "-".join(filter(None, (self.first("SP"), self.first("EP"))))
        record["keyword"] = ", ".join(self.all("KW"))
        serial = self.first("SN")
        record["ISBN" if isbn_keys(serial) or _is_book(kind) else "ISSN"] = serial
        csl = {field: value for field, value in record.items() if value not in ("", [], {})}
        return FileRecord(csl, line, tuple(self.left_out(csl, kind)))

    def first(self, *tags: str) -> str:
        """The first value of the first of the tags that has one."""
        for tag in tags:
            for place, (name, value) in enumerate(self.values):
                if name == tag:
                    self.taken.add(place)
                    return value
        return ""

    def all(self, *tags: str) -> list[str]:
        """The values of the tags in the order of the file."""
        places = [place for place, (name, _value) in enumerate(self.values) if name in tags]
        self.taken |= set(places)
        return [self.values[place][1] for place in places]

    def address(self) -> str:
        """The first address of the web; words in its place are no address."""
        for place, (name, value) in enumerate(self.values):
            if name == "UR" and _ADDRESS.fullmatch(value):
                self.taken.add(place)
                return value
        return ""

    def left_out(self, csl: Mapping[str, Any], kind: str) -> Iterator[NotTaken]:
        """The values that were not taken and that no taken one says as well."""
        says = {self.values[place][1] for place in self.taken}
        if kind not in _TYPE_OF:
            yield NotTaken("TY", kind)
        years = [parts[0] for parts in (csl.get("issued") or {}).get("date-parts", ()) if parts]
        for place, (tag, value) in enumerate(self.values):
            is_year = tag in ("PY", "Y1") and value.strip("/ ")[:4] in map(str, years)
            if place not in self.taken and value not in says and not is_year:
                yield NotTaken(tag, value)


def _is_book(kind: str) -> bool:
    return kind in ("BOOK", "CHAP", "EBOOK", "ECHAP", "EDBOOK")


def _person(name: str) -> dict[str, str]:
    """A name as RIS has it: Family, Given, Suffix; without a comma, it is taken as it is."""
    if name.lower().rstrip(".") in ("et al", "others"):
        return {"literal": OTHERS}
    parts = [part.strip() for part in name.split(",", 2)]
    if len(parts) == 1 or not parts[1]:
        return {"literal": parts[0]}
    return dict(zip(("family", "given", "suffix"), filter(None, parts), strict=False))


def _date(written: str) -> dict[str, Any]:
    """`2025/05/08/`, `2025-05` or `2025`; what else stands there, literally."""
    days = _RANGE.fullmatch(written.strip())
    if days:
        parts = [[int(part) for part in days[each].split("/")] for each in (1, 2)]
        return {"date-parts": parts}
    day = _DAY.fullmatch(written.strip().rstrip("/"))
    if day is None:
        return {"literal": written} if written.strip("/ ") else {}
    parts = [[int(part) for part in day.groups() if part]]
    return {"date-parts": parts, **({"circa": True} if written.endswith("/ca.") else {})}


def _tagged(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The values of a record with their tags, in the order in which they are written."""
    kind = _TAG_OF.get(str(record.get("type")), "GEN")
    yield "TY", kind
    yield "ID", _word(record, "id")
    for field, (tag, *_others) in _NAMES.items():
        people = record.get(field)
        for person in people if isinstance(people, list) else ():
            if isinstance(person, Mapping):
                yield tag, _written_name(person)
    for field, (tag, *_others) in _TEXTS.items():
        if word := _word(record, field):
            yield tag, word
    for field in ("ISBN", "ISSN"):
        if word := _word(record, field):
            yield "SN", word
    yield from _dated(record)
    start, _hyphen, end = _word(record, "page").partition("-")
    yield from ((tag, page) for tag, page in (("SP", start), ("EP", end)) if page)
    for word in _word(record, "keyword").split(","):
        if word.strip():
            yield "KW", word


def _word(record: Mapping[str, Any], field: str) -> str:
    """Text of a field of one value; empty where it holds anything else."""
    value = record.get(field)
    return str(value) if isinstance(value, str | int | float) else ""


def _dated(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The days of issue, the year of the first, and the day it was looked at."""
    issued = _parts(record.get("issued"))
    if issued:
        yield "PY", f"{issued[0]:04}"
        doubt = "ca." if "~" in issued_as_edtf(record["issued"]) else ""
        yield "DA", _written_day(issued) + (_written_end(record["issued"]) or doubt)
    elif words := _date_in_words(record.get("issued")):
        yield "PY", words
    accessed = _parts(record.get("accessed"))
    if accessed:
        yield "Y2", _written_day(accessed)


def _parts(date: Any) -> list[int]:
    try:
        return next(iter(date_parts(issued_as_edtf(date))), [])
    except DateRefused:
        return []


def _date_in_words(date: Any) -> str:
    words = date.get("literal") or date.get("raw") if isinstance(date, Mapping) else ""
    return words if isinstance(words, str) else ""


def _written_end(date: Any) -> str:
    """The end of a range, behind its first day; empty for one day."""
    try:
        ends = date_parts(issued_as_edtf(date))[1:]
    except DateRefused:
        return ""
    return "".join(
        "to " + "/".join([f"{end[0]:04}", *(f"{n:02}" for n in end[1:])]) for end in ends
    )


def _written_day(parts: Sequence[int]) -> str:
    """`2025/05/08/`, with nothing between the strokes for what is not known."""
    written = [f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]
    return "/".join([*written, *[""] * (4 - len(written))])


def _written_name(person: Mapping[str, Any]) -> str:
    """Family, Given, Suffix. A comma within a part would part it anew, so it is left out."""
    if person.get("literal") == OTHERS:
        return "et al."
    if person.get("literal"):
        return str(person["literal"]).replace(",", " ")
    particles = ("dropping-particle", "non-dropping-particle", "family")
    family = " ".join(str(person[part]) for part in particles if person.get(part))
    parts = (family, person.get("given"), person.get("suffix"))
    return ", ".join(str(part).replace(",", " ") for part in parts if part)
