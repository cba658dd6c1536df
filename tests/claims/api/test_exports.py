"""Claims as one file: what is in it, for whom, and which parameters it takes."""

import csv
import hashlib
import io
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import timezone

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract
from claims.exports import packages
from claims.exports.columns import COLUMNS, COLUMNS_VERSION, NAMES
from claims.exports.formats import FORMATS
from claims.models import PublicConflict
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.api.conftest import API, ref

Rows = list[dict[str, str]]
Read = Callable[..., Rows]


def body(client: Client, address: str, **asked: Any) -> bytes:
    """The bytes of a file that is sent."""
    response = client.get(address, asked)
    assert response.status_code == 200, response.content
    assert isinstance(response, StreamingHttpResponse)
    return response.getvalue()


@pytest.fixture
def rows(public: Client, world: SimpleNamespace) -> Read:
    """The rows of the CSV for the public, unless `by` says otherwise."""

    def read(*, by: Client | None = None, **asked: Any) -> Rows:
        text = body(by or public, f"{API}export/claims.csv", **asked).decode()
        return list(csv.DictReader(io.StringIO(text, newline="")))

    return read


def test_csv_has_every_published_claim_once_the_first_reference_first(
    rows: Read, world: SimpleNamespace
) -> None:
    assert [row["ref"] for row in rows()] == [ref(world.fall), ref(world.rise), ref(world.plain)]


def test_csv_says_a_claim_in_flat_columns(rows: Read, world: SimpleNamespace) -> None:
    fall = rows()[0]

    said = {
        "value": "-9%",
        "value_point": "-9",
        "value_low": "-10",
        "value_high": "-8",
        "low_included": "TRUE",
        "high_included": "FALSE",
        "unit": "percent",
        "as_written": "about 9%",
        "approximate": "TRUE",
        "mode": "estimated",
        "period": "2025-01/2025-06",
        "period_start": "2025-01-01",
        "period_end": "2025-06-30",
        "asserted_by": "Ministry",
        "asserted_by_keys": "ministry",
        "asserted_on": "2025-05-07",
        "subject": "China",
        "subject_key": "china",
        "property_key": "trade-change",
        "topics": "Trade",
        "status": "published",
        "conflict": PublicConflict.objects.get().ref,
        "disputed": "TRUE",
        "conflict_kinds": "direction",
        "conflict_statuses": "open",
        "quotes": "2",
        "quote_1": "trade fell by about 9%",
        "quote_1_stance": "supports",
        "quote_1_source_key": "report",
        "quote_1_authors": "Anna Ivanova",
        "quote_1_issued": "2025-05-07",
        "quote_1_source_url": "https://example.org/report",
        "cite_key": f"{ref(world.fall)}v1",
        "version": f"{ref(world.fall)}/v1",
        "url": f"http://testserver/claims/{ref(world.fall)}/v1/",
    }
    assert {name: fall[name] for name in said} == said


def test_the_address_of_a_row_is_that_of_its_version(rows: Read, public: Client) -> None:
    for row in rows():
        assert public.get(row["url"]).status_code == 200


def test_a_confidential_source_is_described_and_not_named(rows: Read) -> None:
    fall = rows()[0]

    assert fall["quote_2_source"] == "A paper seen by the desk"
    assert fall["quote_2"] == fall["quote_2_source_key"] == fall["quote_2_captured_on"] == ""


def test_the_desk_gets_the_latest_version_of_every_claim(
    rows: Read, staff_client: Client, world: SimpleNamespace
) -> None:
    found = {row["ref"]: row for row in rows(by=staff_client)}

    assert found[ref(world.draft)]["status"] == "draft"
    assert found[ref(world.draft)]["url"] == ""
    assert found[ref(world.fall)]["quote_2_source"] == "Memo of the deputy minister"


def test_filters_of_the_list_narrow_the_file(rows: Read, world: SimpleNamespace) -> None:
    assert [row["ref"] for row in rows(topic="trade", entity="ministry")] == [ref(world.fall)]
    assert rows(status="retracted") == []


@pytest.mark.parametrize(
    ("asked", "names"), [({"tpoic": "trade"}, "topic"), ({"limit": "5"}, "“limit”")]
)
def test_a_parameter_that_is_none_is_refused_before_anything_is_sent(
    public: Client, world: SimpleNamespace, asked: dict[str, str], names: str
) -> None:
    response = public.get(f"{API}export/claims.csv", asked)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert names in response.json()["detail"]


def test_ndjson_has_the_same_values_with_types(
    rows: Read, public: Client, world: SimpleNamespace
) -> None:
    lines = body(public, f"{API}export/claims.ndjson").splitlines()

    found = [json.loads(line) for line in lines]
    assert [list(one) for one in found] == [list(NAMES)] * 3
    assert found[0]["value_low"] == -10
    assert found[0]["disputed"] is True
    assert found[2]["value"] is None
    for line, row in zip(found, rows(), strict=True):
        assert {name: as_csv(value) for name, value in line.items()} == row


def as_csv(value: Any) -> str:
    """A value of JSON as CSV has it."""
    return "" if value is None else str(value).upper() if isinstance(value, bool) else str(value)


def test_columns_that_are_never_empty_are_not(rows: Read, staff_client: Client) -> None:
    never = [column.name for column in COLUMNS if not column.nullable]

    for row in rows(by=staff_client):
        assert all(row[name] for name in never), row


def test_only_the_csv_for_spreadsheets_guards_against_formulas(
    public: Client, world: SimpleNamespace
) -> None:
    formula = '=HYPERLINK("http://evil.example";"x")'
    make.published(statement=formula, evidence=[Tie(world.kazan)])

    plain = body(public, f"{API}export/claims.csv").decode()
    guarded = body(public, f"{API}export/claims.for-spreadsheets.csv").decode()

    assert list(csv.DictReader(io.StringIO(plain)))[3]["statement"] == formula
    read = list(csv.DictReader(io.StringIO(guarded.removeprefix("\ufeff"))))
    assert read[3]["statement"] == f"'{formula}"
    assert guarded.startswith("\ufeffref,")
    assert read[0]["value_low"] == "-10"


def test_a_retracted_claim_says_since_when_and_why(
    rows: Read, public: Client, world: SimpleNamespace
) -> None:
    by = make.somebody(Role.EDITOR)
    retract(claim=world.plain.claim, by=by, at=make.TODAY, reason="It was held in Moscow.")

    (row,) = rows(status="retracted")

    assert (row["status"], row["retracted_reason"]) == ("retracted", "It was held in Moscow.")
    assert row["status_at"] == row["retracted_at"] != ""


def test_a_file_of_the_past_says_what_readers_knew_then(rows: Read, world: SimpleNamespace) -> None:
    by = make.somebody(Role.EDITOR)
    later = make.TODAY + timedelta(days=2)
    retract(claim=world.plain.claim, by=by, at=later, reason="It was held in Moscow.")
    between = (make.TODAY + timedelta(days=1)).isoformat().replace("+00:00", "Z")

    status = "published,retracted"

    then, now = rows(known_at=between, status=status)[2], rows(status=status)[2]

    assert (then["ref"], then["status"], then["retracted_reason"]) == (now["ref"], "published", "")
    assert now["status"] == "retracted"


def test_the_same_rows_at_the_same_moment_are_the_same_bytes(
    public: Client, world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)

    first = {name: body(public, f"{API}export/claims.{name}") for name in FORMATS}
    time.sleep(1.1)  # the clock of the machine goes on, by whole seconds in a workbook
    again = {name: body(public, f"{API}export/claims.{name}") for name in FORMATS}

    assert [name for name in FORMATS if first[name] != again[name]] == []


def test_a_workbook_with_more_rows_than_a_sheet_holds_is_refused(
    public: Client, world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert FORMATS["xlsx"].max_rows == 2**20 - 1  # below the head

    for most, status in ((3, 200), (2, 400)):
        monkeypatch.setitem(FORMATS, "xlsx", replace(FORMATS["xlsx"], max_rows=most))
        response = public.get(f"{API}export/claims.xlsx")
        assert response.status_code == status

    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "too_many_rows"
    assert "Narrow it by a filter, or take CSV or Parquet." in response.json()["detail"]
    assert public.get(f"{API}export/claims.csv").status_code == 200


@pytest.mark.parametrize("name", [*FORMATS])
def test_a_file_is_named_and_head_says_the_same_without_a_body(
    public: Client, world: SimpleNamespace, name: str
) -> None:
    for address in (f"{API}export/claims.{name}", f"/export/claims.{name}"):
        got, head = public.get(address), public.head(address)

        assert got["Content-Disposition"] == f'attachment; filename="claims.{name}"'
        assert (head.status_code, head["Content-Type"]) == (200, got["Content-Type"])
        assert isinstance(head, StreamingHttpResponse)
        assert head.getvalue() == b""


@pytest.mark.parametrize("name", [*FORMATS])
def test_the_sidecar_of_a_file_has_its_rows_and_hash(
    public: Client, staff_client: Client, world: SimpleNamespace, name: str
) -> None:
    address = f"{API}export/claims.{name}"
    asked = {"topic": "trade", "known_at": timezone.now().isoformat()}

    for reader, audience, rows in ((public, "public", 2), (staff_client, "staff", 2)):
        file, sidecar = body(reader, address, **asked), reader.get(f"{address}.json", asked).json()

        assert sidecar["sha256"] == hashlib.sha256(file).hexdigest()
        assert (sidecar["bytes"], sidecar["rows"]) == (len(file), rows)
        assert (sidecar["file"], sidecar["audience"]) == (f"claims.{name}", audience)
        assert sidecar["query"].startswith("topic=trade&known_at=20")
        assert sidecar["columns_version"] == COLUMNS_VERSION
        assert datetime.fromisoformat(sidecar["at"]) == datetime.fromisoformat(asked["known_at"])


def test_no_large_file_is_made_for_its_hash(
    public: Client, world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "MAX_SIDECAR_ROWS", 2)

    refused = public.get(f"{API}export/claims.csv.json")

    assert (refused.status_code, refused.json()["code"]) == (400, "too_many_rows")
    assert "more than 2 rows" in refused.json()["detail"]
    assert public.get(f"{API}export/claims.csv.json?topic=trade").json()["rows"] == 2


def test_a_data_package_leads_to_the_files_and_types_their_columns(
    public: Client, world: SimpleNamespace
) -> None:
    package = public.get(f"{API}export/datapackage.json?topic=trade").json()

    assert [one["name"] for one in package["resources"]] == [f"claims.{name}" for name in FORMATS]
    for one in package["resources"]:
        assert [field["name"] for field in one["schema"]["fields"]] == [*NAMES]
        assert public.get(one["path"])["Content-Type"].startswith(one["mediatype"])
    as_csv = body(public, package["resources"][0]["path"]).decode()
    found = [row["ref"] for row in csv.DictReader(io.StringIO(as_csv, newline=""))]
    assert found == [ref(world.fall), ref(world.rise)]


@pytest.mark.parametrize("name", ["claims.csv.json", "datapackage.json"])
def test_descriptions_take_the_parameters_of_files(public: Client, name: str) -> None:
    response = public.get(f"{API}export/{name}?tpoic=trade")

    assert response.status_code == 400
    assert "“topic”" in response.json()["detail"]
