"""An edition rendered again: the same bytes of text, and the same content of the rest."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from claims.domain.factsheets.content import content_from_json
from claims.factsheets.formats import FORMATS
from claims.factsheets.from_content import assemble_content
from claims.factsheets.render import Rendering
from claims.factsheets.sheet import EditionFacts
from claims.models import Edition, EditionFile
from claims.vocabulary.factsheets import EditionFormat
from tests import factories as make
from tests.claims.issued import issue_from_desk

ROOT = Path(__file__).parents[3]
# Digests of the plain sheet, by a process that has nothing in common with this one.
SCRIPT = """
import hashlib, django
django.setup()
from claims.factsheets.render import render
from tests.claims.factsheets.sheets import HOSTILE_SHEET
for to in ("html", "markdown", "json", "pdf", "docx", "odt"):
    print(to, hashlib.sha256(render(HOSTILE_SHEET, to=to, style="apa", layout="brief")).hexdigest())
"""


@pytest.mark.django_db
def test_an_edition_is_the_same_again_from_what_is_stored() -> None:
    edition = issue_from_desk(make.published())
    content = content_from_json(edition.content)
    facts = EditionFacts(
        edition.number,
        edition.issued_at,
        edition.issued_by.display_name,
        f"https://facts.example.org/f/{edition.fact_sheet.key}/{edition.number}",
        edition.manifest["installation"],
    )

    sheet = assemble_content(
        content,
        reader=edition.issued_by,
        at=edition.issued_at,
        base_url="https://facts.example.org",
        edition=facts,
    )
    again = Rendering(sheet, style=content.style)

    for stored in EditionFile.objects.filter(edition=edition):
        name = next(one.name for one in FORMATS.values() if one.code == stored.format)
        made = again.file(name, "brief" if stored.layout == "brief" else "dossier").content
        assert parts_of(made, stored.format) == parts_of(bytes(stored.content), stored.format)
    assert Edition.objects.count() == 1


def parts_of(content: bytes, to: str) -> object:
    """The bytes, of an office file those of its parts."""
    if to not in (EditionFormat.DOCX, EditionFormat.ODT):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_another_process_with_other_seed_and_time_zone_makes_the_same_files(
    tmp_path: Path,
) -> None:
    made = [
        digests(tmp_path, seed, zone) for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima"))
    ]

    assert made[0].count("\n") == 6
    assert made[0] == made[1]


def digests(data: Path, seed: str, zone: str) -> str:
    """The digest of each file, made by a process of its own."""
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "FACTBASE_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "factbase.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout
