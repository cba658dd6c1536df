"""The demo's claims and its fact sheet: loaded as they once stood, issued, then as they stand.

So the first edition is superseded, and out of date for what happened to claims in it: one was
retracted, one has a newer version.
"""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone

from claims.actions.dossier.load import load_dossier
from claims.actions.factsheets.issuing import issue_edition
from claims.actions.factsheets.keeping import content_of, keep_sheet, start_sheet
from claims.actions.factsheets.taking_back import add_erratum
from claims.domain.dossier.summary import Summary
from claims.domain.factsheets.content import SheetContent, content_from_json
from claims.factsheets.checking import check_content
from claims.factsheets.cite import StyleUnknown
from claims.factsheets.render import RenderFailed
from claims.models import Claim, Edition, FactSheet
from factbase.models import User
from sources.domain.refusals import Refusal
from sources.vocabulary import Role

DOSSIER = "dossier.json"
SHEET = "factsheet.json"
# Writes the claims of the demo, as `load_dossier` has it without a name.
AUTHOR = "dossier"

Say = Callable[[str], None]


def load_demo(folder: Path, *, base_url: str, say: Say) -> Summary:
    """Load the dossier and issue the editions of its fact sheet; return what was loaded.

    Without an active account named editor no edition is issued, and what hinders one is said.
    Raises DossierRefused.
    """
    demo = json.loads((folder / SHEET).read_text())
    first, *later = demo["editions"]
    editor = User.objects.filter(username=Role.EDITOR.value, is_active=True).first()
    with earlier_folder(folder, first["claims"]) as earlier:
        summary = load_dossier(folder=Path(earlier), by=AUTHOR, at=timezone.now(), now=timezone.now)
    try:
        is_issued = editor is not None and issue(demo, first, editor, base_url, say)
    finally:
        # The claims stand as the dossier has them, whatever became of the edition.
        load_dossier(folder=folder, by=AUTHOR, at=timezone.now(), now=timezone.now)
    for one in later:
        is_issued = is_issued and editor is not None and issue(demo, one, editor, base_url, say)
    if is_issued and editor is not None:
        edition = Edition.objects.get(fact_sheet__key=demo["key"], number=1)
        add_erratum(edition=edition, words=first["erratum"], by=editor, at=timezone.now())
    return summary


def earlier_folder(folder: Path, claims: Mapping[str, Any]) -> TemporaryDirectory[str]:
    """The dossier in a folder of its own, with some members of some claims as they once were."""
    earlier: TemporaryDirectory[str] = TemporaryDirectory(prefix="factbase-demo-")
    shutil.copytree(folder, earlier.name, dirs_exist_ok=True)
    path = Path(earlier.name) / DOSSIER
    dossier = json.loads(path.read_text())
    for claim in dossier["claims"]:
        claim.update(claims.get(claim["id"], {}))
    path.write_text(json.dumps(dossier, ensure_ascii=False))
    return earlier


def issue(
    demo: Mapping[str, Any], wanted: Mapping[str, Any], editor: User, base_url: str, say: Say
) -> bool:
    """Save the fact sheet as an edition has it and issue that; say why where it cannot be."""
    try:
        sheet = saved(demo["key"], wanted["content"], editor)
        found = check_content(content_of(sheet), editor, timezone.now())
        notes = {one.key: demo["notes"].get(one.code, "") for one in found}
        issue_edition(sheet=sheet, notes=notes, by=editor, clock=timezone.now, base_url=base_url)
    except (Refusal, StyleUnknown, RenderFailed) as refused:
        say(f"The fact sheet {demo['key']} is not issued: {refused}")
        return False
    return True


def saved(key: str, data: Mapping[str, Any], editor: User) -> FactSheet:
    """The fact sheet with this content, whose claims go by their ids in the dossier."""
    content = content_with_references(data)
    at = timezone.now()
    sheet = FactSheet.objects.filter(key=key).first()
    if sheet is None:
        return start_sheet(key=key, content=content, by=editor, at=at)
    return keep_sheet(sheet=sheet, content=content, revision=sheet.revision, by=editor, at=at)


def content_with_references(data: Mapping[str, Any]) -> SheetContent:
    """The content with references such as C17 for the ids that the dossier has of claims."""
    claims = Claim.objects.filter(created_by__username=AUTHOR).exclude(external_id=None)
    refs = {claim.external_id: claim.ref for claim in claims}
    written = re.sub(
        r"\[([a-z0-9-]+)\]",
        lambda found: f"[{refs.get(found[1], found[1])}]",
        json.dumps(data, ensure_ascii=False),
    )
    content = json.loads(written)
    for section in content["sections"]:
        section["claims"] = [refs[one] for one in section["claims"]]
    return content_from_json(content)
