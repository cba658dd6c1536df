"""Metadata of a web page, in the names of CSL-JSON."""

import re
from typing import Any

from trafilatura.metadata import extract_metadata

_DOI = re.compile(r"10\.\d{4,9}/\S{1,200}")
_DOI_NAMES = ("citation_doi", "dc.identifier", "dc.identifier.doi", "prism.doi", "doi")
_TITLES = ("citation_title", "dc.title")
_LONGEST = 1000


def page_metadata(tree: Any) -> dict[str, Any]:
    """Title, author, issued, container-title, URL, language, DOI, abstract: as far as stated."""
    metas = _metas(tree)
    found = extract_metadata(tree)
    metadata: dict[str, Any] = {
        "title": next((metas[name] for name in _TITLES if name in metas), found.title),
        "container-title": found.sitename,
        "URL": found.url,
        "abstract": found.description,
        "language": tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        "DOI": _doi(metas),
    }
    metadata = {
        name: " ".join(value.split())[:_LONGEST] for name, value in metadata.items() if value
    }
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    if authors:
        metadata["author"] = [{"literal": name[:_LONGEST]} for name in authors[:50]]
    if found.date and re.fullmatch(r"\d{4}-\d\d-\d\d", found.date):
        metadata["issued"] = {"date-parts": [[int(part) for part in found.date.split("-")]]}
    return metadata


def _metas(tree: Any) -> dict[str, str]:
    """The first content of each named <meta>."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        if name and meta.get("content"):
            found.setdefault(name, meta.get("content"))
    return found


def _doi(metas: dict[str, str]) -> str:
    for name in _DOI_NAMES:
        match = _DOI.search(metas.get(name, ""))
        if match is not None:
            return match.group()
    return ""
