"""A client that openapi-python-client makes of the schema lists, reads, checks and exports.

Its rows are of the right kind, whole or in part, because a row's schema names the whole one first;
its functions have the names of the operations.
"""

import importlib.util
import json
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.guides.examples import examples_of
from tests.guides.running import run

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "api-guide.md"
PROGRAM = """
import json
import sys

from factbase_client import Client
from factbase_client.api.claims import claims_count, claims_groups, claims_list, claims_retrieve
from factbase_client.api.export import export_claims_csv, export_claims_ndjson
from factbase_client.api.export import export_claims_parquet
from factbase_client.api.quotes import quotes_check
from factbase_client.api.sources import sources_list
from factbase_client.models import ClaimsGroupsGroupByItem as By
from factbase_client.models import ClaimsListFieldsItem as Field

client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)
kind = lambda one: type(one).__name__

page = claims_list.sync(client=client, limit=100)
quoted = next(claim for claim in page.results if claim.evidence)
part = claims_list.sync(client=client, fields=[Field.REF, Field.STATEMENT], limit=1).results[0]
one = claims_retrieve.sync(quoted.ref, client=client)
quote = quoted.evidence[0]
check = quotes_check.sync(client=client, text=quote.exact, source=quote.source.key)
print(json.dumps({
    "kinds": sorted({kind(claim) for claim in page.results}),
    "evidence": [kind(quote), kind(quote.source)],
    "one": [kind(one), one.ref == quoted.ref, one.statement == quoted.statement],
    "part": [kind(part), part.ref == page.results[0].ref, sorted(part.to_dict())],
    "sources": sorted({kind(row) for row in sources_list.sync(client=client).results}),
    "groups": len(claims_groups.sync(client=client, group_by=[By.TOPIC, By.MODE]).group_by),
    "refused": claims_list.sync(client=client, topic=["tradee"]).code,
    "is_verbatim": check.is_verbatim,
    "listed": len(page.results),
    "counted": claims_count.sync(client=client).count,
    "csv": export_claims_csv.sync(client=client).splitlines()[0].split(",")[0],
    "ndjson": len(export_claims_ndjson.sync(client=client).splitlines()),
    "parquet": export_claims_parquet.sync(client=client).payload.read(4).decode(),
}))
"""


@pytest.mark.long
@pytest.mark.skipif(
    importlib.util.find_spec("openapi_python_client") is None,
    reason="openapi-python-client is not installed",
)
def test_a_generated_client_lists_reads_checks_and_exports(address: str, tmp_path: Path) -> None:
    with urllib.request.urlopen(f"{address}/api/v1/schema/") as answer:  # noqa: S310 # of these tests
        (tmp_path / "schema.json").write_bytes(answer.read())
    (settings,) = [one for one in examples_of(GUIDE) if one.language == "yaml"]
    (tmp_path / "client.yml").write_text(settings.code)

    made = run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--path", "schema.json"),
            *("--config", "client.yml", "--meta", "none", "--output-path", "factbase_client"),
        ],
        tmp_path,
    )
    ended = run([sys.executable, "-c", PROGRAM, address], tmp_path)

    assert made.returncode == 0, made.stderr
    assert "WARNING" not in made.stdout + made.stderr
    assert ended.returncode == 0, ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    assert told.pop("listed") == told.pop("ndjson") == told.pop("counted") > 20
    assert told == {
        "kinds": ["Claim"],
        "evidence": ["Evidence", "SourceRef"],
        "one": ["Claim", True, True],
        "part": ["ClaimPart", True, ["ref", "statement"]],
        "sources": ["Source"],
        "groups": 2,
        "refused": "unknown_key",
        "is_verbatim": True,
        "csv": "ref",
        "parquet": "PAR1",
    }
