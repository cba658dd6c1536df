"""Citations of one claim: its version as a record, and the entries that a style makes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from claims.factsheets import ast, cite
from claims.factsheets.ast import Node
from claims.factsheets.render import RenderFailed
from claims.readings.claims import ClaimReading
from sources.extraction.bounded_pandoc import PandocFailed, run_pandoc, turn

# The key of the claim among the records; those of sources are slugs, which have no colon.
CLAIM = "claim:"


def claim_record(claim: ClaimReading, url: str, *, installation: str) -> dict[str, Any]:
    """A published version in CSL-JSON: who says it before what, and the version that is cited."""
    words = {"who": claim.attribution, "words": claim.statement, "ref": claim.version_ref}
    record: dict[str, Any] = {
        "type": "webpage",
        "title": _("%(who)s: %(words)s (%(ref)s)") % words,
        "container-title": installation,
        "URL": url,
        "language": claim.language,
    }
    if claim.published is not None:
        day = claim.published[0].date()
        record["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    return record


def citations(
    claim: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]], *, style: str
) -> str:
    """The entries of a claim's record and of its sources' in a CSL style, as HTML: a part each.

    Titles of claims keep their letters as they are. Raises `StyleUnknown` and `RenderFailed`.
    """
    path = cite.style_path(style)
    references = cite.references_metadata({CLAIM: claim, **sources})
    references["c"][0]["c"]["title"] = ast.meta_inlines(
        [ast.span(ast.text(str(claim["title"])), "nocase")]
    )
    every = ast.cite("*", [], 1)
    meta = {
        "lang": ast.meta_text("en"),
        "references": references,
        "nocite": ast.meta_inlines([every]),
    }
    tree = ast.document([ast.div([], identifier="refs")], meta)
    try:
        with turn():
            made = json.loads(_pandoc(tree, "json", "--citeproc", f"--csl={path}"))
            parts = ast.document(ast.defused(_parts(made["blocks"], list(sources))))
            return _pandoc(parts, "html5", "--wrap=none", "--email-obfuscation=none")
    except PandocFailed as failed:
        raise RenderFailed(
            failed.code, _("The citations could not be made at the moment. Try again in a minute.")
        ) from failed


def _parts(blocks: Sequence[Node], sources: Sequence[str]) -> list[Node]:
    """The entry of the claim, then those of the sources, each part under a heading."""
    entries = dict(_entries(blocks))
    parts = [ast.header(2, ast.text(_("The claim")))]
    parts += [entries[CLAIM]] if CLAIM in entries else []
    found = [entries[key] for key in sources if key in entries]
    if found:
        heading = _("The original source") if len(found) == 1 else _("The original sources")
        parts += [ast.header(2, ast.text(heading)), *found]
    return parts


def _entries(blocks: Sequence[Node]) -> Iterator[tuple[str, Node]]:
    """Each entry of the bibliography with the key of its record."""
    for block in blocks:
        if block["t"] != "Div":
            continue
        identifier, inner = block["c"][0][0], block["c"][1]
        if identifier == "refs":
            yield from _entries(inner)
        elif identifier.startswith("ref-"):
            yield identifier.removeprefix("ref-"), ast.div(inner, "citation-entry")


def _pandoc(tree: Node, writer: str, *options: str) -> str:
    return run_pandoc(json.dumps(tree).encode("ascii"), "--from=json", f"--to={writer}", *options)
