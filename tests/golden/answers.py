"""The API's answers to a reader of the golden world, in a form that reads well as a diff.

`answers/<reader>/<resource>.json` has every address that is asked, in the order of `addresses`.

- The rows of a list without filters stand first, each by its address. A list has their names, and
  in full only rows that are otherwise; an address of one row has what it says besides.
- A contributor's files have what differs from the answers to staff, null for what is not there.
- UUIDs of claims and hashes of versions, which chance makes, stand as `<uuid of C1>` and
  `<hash of C1/v1>`. All other ids are those of a fresh database, and stable.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.test import Client

from claims.models import Claim, Version
from tests.golden.world import World

FOLDER = Path(__file__).with_name("answers")
ROOT = "/api/v1/"
MADE_BY_CHANCE = re.compile(r"[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WIDTH = 100
# Readers of whom only what differs from the answers to another one is kept.
LIKE = {"contributor": "staff"}

# Rows by name and answers by address.
Answers = dict[str, Any]

CLAIM_LISTS = [
    "claims/?limit=7",
    *(
        f"claims/?limit=100&{asked}"
        for asked in (
            *(
                f"q={words}"
                for words in ("kazan+-not", '"the+share"', "%D1%81%D0%B0%D0%BC%D0%BC%D0%B8%D1%82")
            ),
            *(f"status={status}" for status in ("published", "retracted", "draft", "submitted")),
            *(f"status={status}" for status in ("changes-requested", "approved", "rejected")),
            *(f"topic={key}" for key in ("exports", "archive", "plans", "none")),
            *(f"entity={key}" for key in ("china", "agency", "secret-memo-document", "coup")),
            *(f"property={key}" for key in ("share", "mentions", "planned-for")),
            *(f"source={key}" for key in ("yearbook", "secret-memo", "talk", "planned")),
            *(f"period={days}" for days in ("2024-02", "2023/..")),
            *(f"disputed={word}" for word in ("true", "false")),
            "topic=trade&disputed=true&source=survey&period=2025&q=share&entity=region-1",
        )
    ),
    "claims/?period=soon",
    "claims/?topics=trade",
    "claims/C999/",
]
# These claims are read by their address; in lists there are all.
CLAIMS = (
    *("plain", "alike", "entity", "fall", "rise", "gross", "expected", "confirmed", "upheld"),
    *("refuted", "retracted", "taken off", "desk side", "computed", "on the retracted premise"),
    *("on the memo", "about the memo", "on the talk", "on the other talk", "copies", "withheld"),
    *("translated", "on retracted", "badly quoted", "absence contradicted", "absence partly"),
    *("drafted", "rejected", "on hold", "to come", "twice", "with a second", "until then"),
)
# Of these claims the lists below them are read.
VERSIONS_OF = (
    *("plain", "twice", "with a draft", "with a second", "until then", "to come", "on hold"),
    *("taken off", "retracted", "withheld", "on the memo", "drafted", "fall"),
)
CONFLICTS_OF = (
    *("fall", "confirmed", "upheld", "refuted", "all of it", "one word", "left", "retracted"),
    *("alone", "taken off", "public side", "desk side", "refuted by a quote", "plain", "russian"),
    *("absence contradicted", "absence dismissed", "absence confidential"),
)
SIMILAR_OF = ("plain", "fall", "computed", "about the memo", "drafted", "taken off")
REVIEWS_OF = ("plain", "to be changed", "rejected", "on the talk", "drafted")
OTHER_LISTS = {
    "conflicts": [
        *("", "status=resolved", "status=open", "kind=value", "strength=tension"),
        *("claim=C1", "kind=love"),
    ],
    "excerpts": ["", "source=yearbook", "source=secret-memo", "grade=exact", "grade=missing"],
    "annotations": ["", "source=notes", "source=talk"],
    "sources": ["", "q=institute", "q=deputy", "type=report", "series=papers", "series=letters"],
    "captures": ["", "source=survey", "source=secret-memo", "media_type=text/plain"],
    "series": [""],
    "entities": ["", "q=ministry", "kind=document", "kind=place"],
    "properties": ["", "value_kind=count"],
    "topics": ["", "parent=trade"],
}
FORMATS = ("csl-json", "bibtex", "biblatex", "ris")


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Yield every address that is asked, below the API's root, with the file it is kept in."""
    yield "claims", "claims/?limit=100"
    for path in CLAIM_LISTS:
        yield "claims", path
    for name in CLAIMS:
        yield "claims", f"claims/{world.claims[name].claim.ref}/"
    for resource, filters in OTHER_LISTS.items():
        for asked in filters:
            yield resource, f"{resource}/?limit=100&{asked}".rstrip("&")
        for name in details(world, resource):
            yield resource, f"{resource}/{name}/"
    for part, names in (
        ("versions", VERSIONS_OF),
        ("conflicts", CONFLICTS_OF),
        ("similar", SIMILAR_OF),
        ("reviews", REVIEWS_OF),
    ):
        for name in names:
            yield f"{part}-of-claims", f"claims/{world.claims[name].claim.ref}/{part}/"
        yield f"{part}-of-claims", f"claims/C999/{part}/"
    for form in FORMATS:
        yield "bibliography", f"bibliography/?as={form}"
    yield "bibliography", "bibliography/?series=papers"
    yield "bibliography", "bibliography/?as=word"
    for asked in ("topic=trade", "topic=plans", "entity=secret-memo-document"):
        yield "factsheets", f"factsheets/?{asked}&as=markdown"


def details(world: World, resource: str) -> list[Any]:
    """The rows asked by name: there for some readers or for all, and one of none."""
    library = world.library
    names: dict[str, list[Any]] = {
        "conflicts": [f"K{number}" for number in range(1, 16)],
        "excerpts": [quote.pk for quote in library.quotes.values()],
        "annotations": [quote.pk for quote in library.quotes.values()],
        "sources": list(library.sources),
        "captures": list(range(1, 25)),
        "series": list(library.series),
        "entities": ["china", "ministry-of-trade", "secret-memo-document", "coup", "the-papers"],
        "properties": ["trade-change", "planned-for"],
        "topics": list(library.topics),
    }
    return [*names[resource], 999 if resource in ("excerpts", "annotations", "captures") else "no"]


class Reader:
    """One reader, who remembers the rows that were read in full."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.names = chance_names()
        self.rows: Answers = {}

    def answers(self, world: World) -> dict[str, Answers]:
        """The answers of the API, by file; rows by name and then answers by address."""
        found: dict[str, Answers] = {}
        for file, path in addresses(world):
            told = self.ask(path)
            if is_of_all(path) and "rows" in told:
                assert file not in found, f"The list of all is asked for first: {path}"
                found[file] = {f"row of {name}": self.rows[name] for name in told["rows"]}
            found.setdefault(file, {})[path] = told
        return found

    def ask(self, path: str) -> dict[str, Any]:
        """The answer to one address."""
        response = self.client.get(f"{ROOT}{path}")
        text = MADE_BY_CHANCE.sub(
            lambda found: self.names.get(found[0], found[0]), response.content.decode()
        )
        media_type = response.headers["Content-Type"]
        told: dict[str, Any] = {"status": response.status_code}
        if "json" not in media_type:
            return {**told, "type": media_type, "lines": text.splitlines()}
        body = json.loads(text)
        if response.status_code != 200 or "csl+json" in media_type:
            return {**told, "type": media_type, "body": body}
        rows = rows_of(body)
        if rows is None:
            return {**told, **self.as_listed(body)}
        if is_of_all(path):
            self.rows |= {name_of(row): row for row in rows}
        return {**told, "rows": [self.by_name(row) for row in rows], "rest": rest_of(body)}

    def by_name(self, row: dict[str, Any]) -> Any:
        """The name of a row that is as in the list of all, else the row."""
        name = name_of(row)
        return name if self.rows.get(name) == row else row

    def as_listed(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row as what it says otherwise than in the list of all, or in full."""
        listed = self.rows.get(name_of(row))
        if listed is None:
            return {"body": row}
        besides = {
            key: value for key, value in row.items() if key not in listed or listed[key] != value
        }
        missing = [key for key in listed if key not in row]
        return {"as_listed": name_of(row), "besides": besides, "missing": missing}


def is_of_all(path: str) -> bool:
    """Whether an address is that of a list of all that a resource has."""
    return path.endswith("/?limit=100")


def rows_of(body: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The rows of a list, None for what is no list."""
    if "results" in body:
        return list(body["results"])
    return list(body["first"]["items"]) if isinstance(body.get("first"), dict) else None


def rest_of(body: dict[str, Any]) -> dict[str, Any]:
    """The parts of a list besides its rows."""
    if "results" in body:
        return {key: value for key, value in body.items() if key != "results"}
    first = {key: value for key, value in body["first"].items() if key != "items"}
    return {**body, "first": first}


def name_of(row: dict[str, Any]) -> str:
    """The name that tells a row from all others: its address."""
    name = str(row.get("url") or row.get("id") or row.get("key"))
    return name.removeprefix(f"http://testserver{ROOT}")


def chance_names() -> dict[str, str]:
    """Names for all that chance makes."""
    names = {str(claim.uuid): f"<uuid of {claim.ref}>" for claim in Claim.objects.all()}
    versions = Version.objects.select_related("claim")
    return names | {version.content_hash: f"<hash of {version.ref}>" for version in versions}


def kept(reader: str) -> dict[str, Answers]:
    """The answers to a reader that are on record."""
    own = {file.stem: json.loads(file.read_text()) for file in (FOLDER / reader).glob("*.json")}
    if reader not in LIKE:
        return own
    like = kept(LIKE[reader])
    merged = {file: {**told, **own.get(file, {})} for file, told in like.items()}
    return {
        file: {key: value for key, value in told.items() if value is not None}
        for file, told in merged.items()
    }


def keep(reader: str, answers: dict[str, Answers]) -> None:
    """Put these answers on record, and no others."""
    folder = FOLDER / reader
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    like = kept(LIKE[reader]) if reader in LIKE else {}
    for name, told in answers.items():
        other = like.get(name, {})
        own = {key: value for key, value in told.items() if other.get(key) != value}
        own |= dict.fromkeys(key for key in other if key not in told)
        if own:
            (folder / f"{name}.json").write_text(written(own) + "\n", encoding="utf-8")


def written(value: Any, indent: int = 0) -> str:
    """JSON in which what fits on a line stands on one, so that a change is a short diff."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent < WIDTH or not isinstance(value, dict | list) or not value:
        return line
    space = " " * (indent + 1)
    if isinstance(value, list):
        parts = [f"{space}{written(one, indent + 1)}" for one in value]
        return "[\n" + ",\n".join(parts) + "\n" + " " * indent + "]"
    parts = [
        f"{space}{json.dumps(key, ensure_ascii=False)}: {written(one, indent + 1)}"
        for key, one in value.items()
    ]
    return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"


def first_difference(expected: Any, told: Any, at: str = "") -> str | None:
    """The first place where two answers differ, with both values, None where they are equal."""
    if type(expected) is type(told) and isinstance(expected, dict | list):
        pairs = (
            [
                (key, expected.get(key, ABSENT), told.get(key, ABSENT))
                for key in {**expected, **told}
            ]
            if isinstance(expected, dict)
            else [
                (
                    number,
                    *(side[number] if number < len(side) else ABSENT for side in (expected, told)),
                )
                for number in range(max(len(expected), len(told)))
            ]
        )
        for key, one, other in pairs:
            if difference := first_difference(one, other, f"{at}.{key}"):
                return difference
        if isinstance(expected, dict) and list(expected) != list(told):
            return f"{at}: the order of the members: {list(expected)} and now {list(told)}"
        return None
    if type(expected) is type(told) and expected == told:
        return None
    return f"{at}: was {cut(expected)}, is {cut(told)}"


ABSENT = object()


def cut(value: Any) -> str:
    """A value for a message, cut where it is long."""
    line = "nothing" if value is ABSENT else json.dumps(value, ensure_ascii=False)
    return line if len(line) <= 300 else f"{line[:300]}…"
