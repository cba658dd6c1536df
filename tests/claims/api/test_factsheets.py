"""Fact sheets on request."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import Settings

from claims.factsheets.render_slots import render_slot

SHEETS = "/api/v1/factsheets/"


@pytest.mark.parametrize(
    ("asked", "media_type", "name"),
    [
        ("topic=trade", "text/html; charset=utf-8", "trade.html"),
        ("topic=trade&as=markdown", "text/markdown; charset=utf-8", "trade.md"),
        ("entity=china&style=apa", "text/html; charset=utf-8", "china.html"),
        ("claims={fall},{rise}&as=markdown", "text/markdown; charset=utf-8", "fact-sheet.md"),
    ],
)
def test_a_sheet_is_a_file_of_the_form_asked_for(
    world: SimpleNamespace, public: Client, asked: str, media_type: str, name: str
) -> None:
    refs = {"fall": world.fall.claim.ref, "rise": world.rise.claim.ref}

    response = public.get(f"{SHEETS}?{asked.format(**refs)}")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == media_type
    assert response.headers["Content-Disposition"] == f'inline; filename="{name}"'
    assert "trade fell by about 9%" in response.content.decode()


def test_nothing_on_the_page_may_run_load_or_send(world: SimpleNamespace, public: Client) -> None:
    policy = public.get(f"{SHEETS}?topic=trade").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_submitted_claims_are_for_the_desk(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    asked = f"{SHEETS}?claims={world.waiting.claim.ref}&as=markdown&include_submitted="

    assert public.get(f"{asked}true").status_code == 403
    assert public.get(f"{asked}false").status_code == 400
    assert staff_client.get(f"{asked}false").status_code == 400
    assert "A statement that waits." in staff_client.get(f"{asked}true").content.decode()


REFUSED = {
    "": "say one of them",
    "topic=trade&entity=china": "say one of them",
    "topic=tradee": "The nearest is “trade”.",
    "topic=trade&as=epub": "Known are: html, pdf, docx, odt, markdown, json, csl-json,",
    "topic=trade&style=apaa": "apa",
    "topic=trade&style=../../etc/passwd": "No citation style is called",
    "topic=trade&format=html": "There is no parameter “format” here.",
    "claims=C1,X": "no reference of a claim",
    "claims=" + "C1," * 2000: "At most 5000 are read.",
    "topic=trade&include_submitted=yes": "Known are: true, false.",
}


def test_what_cannot_be_made_is_refused_with_a_sentence(
    world: SimpleNamespace, public: Client
) -> None:
    for asked, told in REFUSED.items():
        response = public.get(f"{SHEETS}?{asked}")

        assert response.status_code == 400, asked
        assert response.headers["Content-Type"] == "application/problem+json"
        assert told in response.json()["detail"]


@pytest.mark.parametrize("address", [f"{SHEETS}?topic=trade", "/factsheets/?topic=trade"])
def test_who_waits_in_vain_for_others_is_told_when_to_come_back(
    world: SimpleNamespace, public: Client, settings: Settings, tmp_path: Path, address: str
) -> None:
    settings.DATA_DIR, settings.RENDER_WAIT_SECONDS = tmp_path, 0.01

    with render_slot(), render_slot():
        busy = public.get(address)

    assert busy.status_code == 503
    assert 30 <= int(busy.headers["Retry-After"]) <= 31
    assert "Other fact sheets are being made at the moment." in busy.content.decode()
    assert public.get(address).status_code == 200
