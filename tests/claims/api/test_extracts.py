"""Extracts: claims that a query found, frozen as files that can be cited and read again."""

import csv
import hashlib
import io
import json
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions.claims.publication import retract, take_off
from claims.actions.extracts.extract_check import check_extract_files, check_extracts
from claims.actions.extracts.taking_back import withdraw_extract
from claims.models import Extract, ExtractFile
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims.api.conftest import API

DAY = timedelta(days=1)


def freeze(client: Client, **sent: Any) -> Any:
    response = client.post(
        f"{API}extracts/",
        {"title": "Trade in 2025", "query": "topic=trade", **sent},
        content_type="application/json",
    )
    assert response.status_code == 201, response.content
    return response.json()


def file_of(client: Client, extract: Any, ending: str = "csv") -> Any:
    return client.get(f"/extracts/{extract['ref']}.{ending}")


def test_an_extract_has_the_rows_of_the_export_and_says_what_was_asked(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    exported = public.get("/export/claims.csv", {"topic": "trade"}).getvalue()

    made = freeze(staff_client)

    assert made["rows"] == 2
    assert made["query"] == "topic=trade"
    assert made["query_words"] == ["Topic: trade"]
    assert made["state"] == "given"
    assert made["short_url"].endswith(f"/{made['ref']}")
    found = file_of(public, made)
    assert found.content == exported
    assert {one["format"]: one["sha256"] for one in made["files"]} == {
        form: hashlib.sha256(file_of(public, made, form).content).hexdigest()
        for form in ("csv", "ndjson")
    }
    lines = file_of(public, made, "ndjson").content.decode().splitlines()
    rows = list(csv.DictReader(io.StringIO(found.content.decode())))
    assert [json.loads(line)["ref"] for line in lines] == [row["ref"] for row in rows]
    assert public.get(f"{API}extracts/{made['ref']}/").json() == made
    assert public.get(f"{API}extracts/").json()["results"] == [made]


def test_its_bytes_stay_as_they_were_frozen(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    made = freeze(staff_client)
    before = file_of(public, made).content
    make.published(statement="More of it.", topics=[world.topic])
    retract(
        claim=world.rise.claim, reason="A slip.", by=make.somebody(Role.EDITOR), at=timezone.now()
    )

    assert file_of(public, made).content == before
    now = public.get(f"{API}extracts/{made['ref']}/").json()
    assert now["state"] == "given"
    assert now["reasons"] == ["A claim in it was retracted since."]


def test_one_of_the_past_has_what_readers_saw_then(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    make.published(statement="Of the day after.", topics=[world.topic], at=make.TODAY + DAY)
    retract(
        claim=world.rise.claim, reason="A slip.", by=make.somebody(Role.EDITOR), at=make.TODAY + DAY
    )
    then = (make.TODAY + DAY / 2).isoformat()

    made = freeze(staff_client, known_at=then)
    now = freeze(staff_client)

    rows = csv.DictReader(io.StringIO(file_of(public, made).content.decode()))
    assert [(row["ref"], row["status"]) for row in rows] == [
        (world.fall.claim.ref, "published"),
        (world.rise.claim.ref, "published"),
    ]
    assert datetime.fromisoformat(made["known_at"]) == make.TODAY + DAY / 2
    assert made["reasons"] == ["A claim in it was retracted since."]
    rows = csv.DictReader(io.StringIO(file_of(public, now).content.decode()))
    assert [row["statement"] for row in rows] == [world.fall.statement, "Of the day after."]


def test_it_has_what_the_public_reads_whoever_freezes_it(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    made = freeze(staff_client, query="")

    text = file_of(public, made).content.decode() + file_of(public, made, "ndjson").content.decode()
    assert made["rows"] == 3
    assert "A draft of the desk" not in text
    assert "deputy minister" not in text
    assert "A paper seen by the desk" in text


@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [
        ({"query": "topik=trade"}, 400, "“topic”"),
        ({"query": "nonsense"}, 400, "is no query"),
        ({"query": "status=draft"}, 400, "finds no claim"),
        ({"title": " "}, 400, "title"),
        ({"title": 5}, 400, "no text"),
        ({"known_at": "2999"}, 400, "not over yet"),
        ({"query": "topic="}, 400, "empty"),
        ({"query": "topic=nothing"}, 400, "nothing"),
        ({"titel": "A"}, 400, "titel"),
        ({"title": "Of the Memo of the deputy minister"}, 400, "confidential"),
    ],
)
def test_what_cannot_be_frozen_is_refused_in_a_sentence(
    world: SimpleNamespace, staff_client: Client, sent: dict[str, Any], status: int, says: str
) -> None:
    response = staff_client.post(
        f"{API}extracts/",
        {"title": "Trade", "query": "topic=trade", **sent},
        content_type="application/json",
    )

    assert (response.status_code, says in response.json()["detail"]) == (status, True), (
        response.content
    )
    assert not Extract.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [(None, 401), (Role.CONTRIBUTOR, 403), (Role.REVIEWER, 403)]
)
def test_editors_alone_freeze(world: SimpleNamespace, role: Role | None, status: int) -> None:
    client = Client()
    if role:
        client.force_login(make.person(role))

    response = client.post(f"{API}extracts/", {"title": "Trade"}, content_type="application/json")

    assert response.status_code == status
    assert not Extract.objects.exists()


def test_a_withdrawn_extract_keeps_page_reason_and_hashes(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    made = freeze(staff_client)
    withdraw_extract(
        extract=Extract.objects.get(),
        reason="The query was wrong.",
        by=make.somebody(Role.EDITOR),
        at=timezone.now(),
    )

    now = public.get(f"{API}extracts/{made['ref']}/").json()
    page = public.get(f"/extracts/{made['ref']}/").content.decode()
    assert now["state"] == "withdrawn"
    assert [one["url"] for one in now["files"]] == [None, None]
    for file in made["files"]:
        assert file["sha256"] in page
    assert "The query was wrong." in page
    refused = file_of(public, made)
    assert refused.status_code == 410
    assert "The query was wrong." in refused.content.decode()
    assert made["files"][0]["sha256"] in refused.content.decode()


def test_files_with_what_readers_may_no_longer_be_shown_are_not_given(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    made = freeze(staff_client)
    take_off(
        claim=world.rise.claim, reason="A court.", by=make.somebody(Role.EDITOR), at=timezone.now()
    )

    assert public.get(f"{API}extracts/{made['ref']}/").json()["state"] == "closed"
    for ending in ("csv", "ndjson"):
        refused = file_of(public, made, ending)
        assert refused.status_code == 410
        assert "no longer shown" in refused.content.decode()


def test_a_source_that_became_confidential_is_named_by_no_door_of_an_extract(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    made = freeze(staff_client, query="source=survey")
    other = freeze(staff_client, query="source=report")
    survey = world.survey
    survey.refresh_from_db()
    survey.access, survey.public_descriptor = Access.STAFF, "a count"
    survey.save()

    for one in (made, other):
        pages = [f"{API}extracts/", f"{API}extracts/{one['ref']}/", f"/extracts/{one['ref']}/"]
        pages += [f"/extracts/{one['ref']}/cite.ris", f"/extracts/{one['ref']}.csv"]
        if one is made:
            assert all("survey" not in public.get(path).content.decode() for path in pages)
            assert public.get(pages[-1]).status_code == 410
    assert file_of(public, other).status_code == 200
    survey.access = Access.PUBLIC
    survey.save()
    assert file_of(public, made).status_code == 200


def test_withheld_words_empty_both_files_and_the_hashes_stay(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    quote = world.rise.evidence.get().excerpt
    made = freeze(staff_client, title=f"Of those that say “{quote.exact}”")
    other = freeze(staff_client, title="The other", query="source=report")

    (asked,) = ask_to_withhold(
        targets=[quote], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=timezone.now()
    )
    carry_out(request=asked, by=make.somebody(Role.EDITOR), at=timezone.now())

    now = public.get(f"{API}extracts/{made['ref']}/").json()
    assert now["state"] == "withheld"
    assert [one["sha256"] for one in now["files"]] == [one["sha256"] for one in made["files"]]
    assert [one["size"] for one in now["files"]] == [0, 0]
    assert quote.exact not in now["title"]
    for ending in ("csv", "ndjson"):
        refused = file_of(public, made, ending)
        assert refused.status_code == 410
        assert "withheld" in refused.content.decode()
    assert file_of(public, other).status_code == 200
    assert check_extract_files().problems == check_extracts().problems == []


def test_the_check_finds_a_file_of_other_bytes(
    world: SimpleNamespace, staff_client: Client
) -> None:
    freeze(staff_client)
    extract = Extract.objects.get()
    ExtractFile.objects.create(
        extract=Extract.objects.create(
            title="Forged",
            known_at=make.TODAY,
            made_at=make.TODAY,
            made_by=extract.made_by,
            rows=1,
            columns=1,
        ),
        format="csv",
        sha256="0" * 64,
        content=b"other",
    )

    (problem,) = check_extract_files().problems
    assert "other bytes than were frozen" in problem
    (missing,) = check_extracts().problems
    assert missing.endswith("has 0 versions for 1 rows.")


def test_the_short_address_and_small_letters_lead_to_its_page(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    made = freeze(staff_client)
    number = made["ref"][1:]

    for path in (f"/X{number}", f"/x{number}", f"/X{number}/", f"/extracts/x{number}/"):
        response = public.get(path)
        assert (response.status_code, response["Location"]) == (301, f"/extracts/X{number}/")


@pytest.mark.parametrize(
    ("ending", "says"),
    [("bib", "@misc{X"), ("json", '"type": "dataset"'), ("ris", "TY  - DATA")],
)
def test_it_is_cited_in_the_formats_of_reference_managers(
    world: SimpleNamespace, public: Client, staff_client: Client, ending: str, says: str
) -> None:
    made = freeze(staff_client)

    cited = public.get(f"/extracts/{made['ref']}/cite.{ending}").content.decode()

    assert says in cited
    assert made["short_url"] in cited.replace("\\", "")
    assert made["files"][0]["sha256"] in cited


def test_extracts_that_are_not_there_are_404(public: Client) -> None:
    for path in ("/extracts/X999/", "/extracts/X999.csv", f"{API}extracts/X999/"):
        assert public.get(path).status_code == 404


def test_a_list_of_any_length_costs_the_same_statements(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    def statements(path: str) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert public.get(path).status_code == 200
        return len(queries)

    freeze(staff_client)
    before = [statements(f"{API}extracts/"), statements("/extracts/")]
    for number in range(2):
        freeze(staff_client, title=f"Number {number}", query="")

    assert [statements(f"{API}extracts/"), statements("/extracts/")] == before
