"""Each filter of claims at its edges, on one world whose answers are written out by name.

The claims that the public reads (`gone` is retracted), and what tells them apart:

    five     5%          2024        gas      Gazprom, 7 May 2024           exact, wire by Reuters
    nine     9.1%        2025        trade    Russia, assessed, May 2025    two independent quotes
    about    ~9%         none        –        –                             withheld source, context
    over     >20%        since 2025  gas+trade  –                           retracted source
    volume   1.2 bcm     H1 2025     energy, its aspect gas
    cost     2 billion USD  2025     –        rests on five
    opened   May 2025 (date), owner Gazprom Export (entity), there (presence)
    bare     a statement in Russian
"""

from collections.abc import Iterable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from claims.actions.catalogue import add_topic, revise_entity
from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract
from claims.domain.content import PremiseGiven
from claims.models import Version
from sources.vocabulary import Access, Role, Standing
from tests import factories as make

CLAIMS = "/api/v1/claims/"
RETRACTED = make.TODAY + timedelta(days=2)


@pytest.fixture(scope="module")
def built(module_transaction: None) -> SimpleNamespace:
    by = make.somebody(Role.CONTRIBUTOR)
    energy = make.topic("Energy")
    gas = add_topic(name="Gas", parent=energy, by=by, at=make.TODAY)
    trade = make.topic("Trade")
    russia = make.entity("russia", kind="country")
    gazprom = make.entity("gazprom", kind="organisation", part_of=russia)
    make.entity("gazprom-export", kind="organisation", part_of=gazprom)
    former = make.entity("former", kind="organisation")
    make.entity("line", part_of=make.entity("grid"))
    for key, unit in (("share", "percent"), ("volume", "bcm"), ("cost", "USD")):
        make.number_property(key, unit=unit, single_valued=key != "share")
    for kind in ("date", "entity", "presence"):
        make.value_property(kind, f"{kind}-of")
    wire = make.source("It was 5%. It was 9.1%.", key="wire", type="article", publisher="Reuters")
    paper = make.source("It was 9.1%.", key="paper", type="book", publisher="Smith, Sons")
    hidden = make.source(
        "It was 9.1%.",
        key="hidden",
        type="interview",
        publisher="Secret Service",
        access=Access.STAFF,
        public_descriptor="A person",
    )
    doubted = make.source("More than 20%.", key="doubted")
    stated = make.excerpt("It was 9.1%", of=wire)

    def said(name: str, prop: str | None, value: str = "", **fields: Any) -> Version:
        about: dict[str, Any] = (
            {"subject": "line", "property": prop, "value": value} if prop else {}
        )
        return make.published(statement=f"Claim {name}.", **{**about, **fields})

    made = {
        "five": said(
            *("five", "share", "5%"),
            period="2024",
            topics=[gas],
            asserted_by=("gazprom",),
            asserted_on="2024-05-07",
            basis="gross",
            evidence=[Tie(make.excerpt("It was 5%", of=wire))],
        ),
    }
    five = made["five"]
    made |= {
        "nine": said(
            *("nine", "share", "9.1%"),
            period="2025",
            topics=[trade],
            asserted_by=("russia",),
            asserted_on="May 2025",
            mode="assessed",
            evidence=[Tie(stated), Tie(make.excerpt("It was 9.1%", of=paper))],
        ),
        "about": said(
            *("about", "share", "~9%"),
            evidence=[
                Tie(make.excerpt("It was 9.1%", of=hidden), stance="context"),
                Tie(make.excerpt(of=None)),
            ],
        ),
        "over": said(
            *("over", "share", ">20%"),
            period="since 2025",
            topics=[gas, trade],
            evidence=[Tie(make.excerpt("More than 20%", of=doubted))],
            at=make.TODAY + timedelta(days=1),
        ),
        "volume": said(
            *("volume", "volume", "1.2 bcm"), period="H1 2025", topics=[energy], aspect=gas.key
        ),
        "cost": said(
            *("cost", "cost", "2 billion USD"),
            period="2025",
            premises=(PremiseGiven(five.ref, five.content_hash),),
        ),
        "opened": said("opened", "date-of", "May 2025", subject="former"),
        "owner": said("owner", "entity-of", "gazprom-export"),
        "there": said("there", "presence-of", "present", degree="central"),
        "bare": said("bare", None, language="ru-Cyrl"),
        "gone": said("gone", "share", "7%", topics=[trade]),
    }
    editor = make.somebody(Role.EDITOR)
    revise_entity(entity=former, merged_into=gazprom, by=editor, at=make.TODAY)
    make.stands(doubted, Standing.RETRACTED)
    retract(claim=made["gone"].claim, reason="Wrong.", by=editor, at=RETRACTED)
    return SimpleNamespace(
        names={version.claim.ref: name for name, version in made.items()}, made=made
    )


PUBLIC = {"five", "nine", "about", "over", "volume", "cost", "opened", "owner", "there", "bare"}
OF_SHARE = {"five", "nine", "about", "over"}
FOUND: dict[str, Iterable[str]] = {
    "": PUBLIC,
    # topics: the subtree, either, both, not, none
    "topic=energy": {"five", "over", "volume"},
    "topic=gas": {"five", "over"},
    "topic=energy,trade": {"five", "nine", "over", "volume"},
    "topic=energy&topic=trade": {"over"},
    "topic=energy&topic=!trade": {"five", "volume"},
    "topic=!energy,trade": {"about", "cost", "opened", "owner", "there", "bare"},
    "topic=none": {"about", "cost", "opened", "owner", "there", "bare"},
    "topic=!none": {"five", "nine", "over", "volume"},
    "topic=none,trade": {"about", "cost", "opened", "owner", "there", "bare", "nine", "over"},
    # entities: with parts, and with what was merged
    "asserter=gazprom": {"five"},
    "asserter=russia": {"five", "nine"},
    "asserter=!russia": PUBLIC - {"five", "nine"},
    "asserter=none": PUBLIC - {"five", "nine"},
    "subject=gazprom": {"opened"},
    "subject=russia": {"opened"},
    "subject=former": {"opened"},
    "subject=grid": PUBLIC - {"opened", "bare"},
    "subject=none": {"bare"},
    "value_entity=gazprom": {"owner"},
    "value_entity=none": PUBLIC - {"owner"},
    "entity=russia": {"five", "nine", "opened", "owner"},
    "entity=gazprom-export": {"owner"},
    "entity=russia&entity=!gazprom": {"nine"},
    # what is said
    "property=share": OF_SHARE,
    "property=share,cost": {*OF_SHARE, "cost"},
    "property=none": {"bare"},
    "aspect=gas": {"volume"},
    "aspect=energy": {"volume"},
    "aspect=trade": set(),
    "aspect=none": PUBLIC - {"volume"},
    "rests_on=none": PUBLIC - {"cost"},
    "basis=gross": {"five"},
    "basis=none": PUBLIC - {"five"},
    "mode=assessed": {"nine"},
    "mode=!stated": {"nine"},
    "language=ru": {"bare"},
    "language=RU-cyrl": {"bare"},
    "language=r": "invalid",
    "language=rus": set(),
    "degree=central": {"there"},
    "approximate=true": {"about"},
    "value_kind=date,entity": {"opened", "owner"},
    # values: [4.5, 5.5), [9.05, 9.15), [8, 10), (20, ∞)
    "value=5%": {"five"},
    "value=9.10%": {"nine"},
    "value=9%": {"about"},
    "value=>20%": {"over"},
    "value=5%,9%": {"five", "about"},
    "value=!5%&property=share": {"nine", "about", "over"},
    "value=present": {"there"},
    "value=absent": set(),
    "value=May 2025": {"opened"},
    "value=gazprom-export&property=entity-of": {"owner"},
    "value=none": {"bare"},
    "value_above=4.4%": OF_SHARE,
    "value_above=4.5%": {"nine", "about", "over"},
    "value_above=20%": {"over"},
    "value_above=20.0001%": set(),
    "value_above=0.2&unit=percent": OF_SHARE,
    "value_above=200 permille": {"over"},
    "value_above=1 bcm": {"volume"},
    "value_above=1 million m3": {"volume"},
    "value_above=1&unit=bcm": {"volume"},
    "value_above=1 billion USD": {"cost"},
    "value_above=1 billion EUR": "unknown_unit",
    "value_above=1 billion USD&property=share": "other_dimension",
    "value_above=5 tanks": "unknown_unit",
    "value_above=5..7": "not_one_number",
    "value_above=present": "unreadable",
    "value_above=1,000": "ambiguous",
    "value_above=April 2025&property=date-of": {"opened"},
    "value_above=May 2025&property=date-of": set(),
    "value_below=9.15%": {"five", "nine"},
    "value_below=9.1%": {"five"},
    "value_below=10%": {"five", "nine", "about"},
    "value_below=-9%": set(),
    "value_below=−9%": set(),
    "value_overlaps=9%": {"nine", "about"},
    "value_overlaps=20..25%": {"over"},
    "value_overlaps=10..20%": set(),
    "value_overlaps=5..9.1%": {"five", "nine", "about"},
    "unit=percent": OF_SHARE,
    "unit=USD": {"cost"},
    "unit=EUR": set(),
    "unit=tank": "unknown_unit",
    # time
    "period=none": {"about", "opened", "owner", "there", "bare"},
    "period=2024": {"five"},
    "period=2024,none": {"five", "about", "opened", "owner", "there", "bare"},
    "period=Q4 2024": {"five"},
    "period=May 7, 2025": {"nine", "over", "volume", "cost"},
    "period=2024-12-31/2025-01-01": {"five", "nine", "over", "volume", "cost"},
    "period=!2025": {"five", "about", "opened", "owner", "there", "bare"},
    "period_within=2025": {"nine", "volume", "cost"},
    "period_within=2025-01-02/..": set(),
    "period_within=since 2025": {"nine", "over", "volume", "cost"},
    "asserted_on=2024": {"five"},
    "asserted_on=2025-05-31": {"nine"},
    "asserted_on=2025-06": set(),
    "asserted_on=none": PUBLIC - {"five", "nine"},
    f"recorded_since={make.TODAY.date()}": PUBLIC,
    f"recorded_since={(make.TODAY + timedelta(days=1)).date()}": {"over"},
    f"recorded_since={(make.TODAY + timedelta(days=1)).isoformat()}": {"over"},
    f"published_since={(make.TODAY + timedelta(days=1, seconds=1)).isoformat()}": set(),
    # quotes: of one and the same
    "source=wire": {"five", "nine"},
    "source=wire&source=paper": {"nine"},
    "source=hidden": "unknown_key",
    "publisher=Reuters": {"five", "nine"},
    'publisher="Smith, Sons"': {"nine"},
    "publisher=Secret Service": "unknown_key",
    "source_type=book": {"nine"},
    "source_type=interview": set(),
    "source_type=book&publisher=Reuters": set(),
    "standing=retracted": {"over"},
    "grade=exact&source=wire": {"five", "nine"},
    "grade=missing": set(),
    "stance=context": {"about"},
    "stance=context&source=wire": set(),
    "support_at_least=2": {"nine"},
    "support_at_least=1": PUBLIC - {"over"},
    "support_at_least=!1": {"over"},
    # conflicts
    "disputed=true": set(),
    "conflict=none": PUBLIC,
    "conflict_kind=value": set(),
    # status, and the reference as it is printed
    "status=retracted": {"gone"},
    "status=published,retracted": {*PUBLIC, "gone"},
    "status=!retracted": PUBLIC,
    "status=draft": set(),
    "retracted_since=none": PUBLIC,
    f"retracted_since={RETRACTED.date()}": set(),
    f"retracted_since={RETRACTED.date()}&status=retracted": {"gone"},
    f"retracted_since={RETRACTED.isoformat()}&status=retracted": {"gone"},
    "retracted_since=2025-06-03T12:00:00.000001Z&status=retracted": set(),
    "topic=trade&status=published,retracted": {"nine", "over", "gone"},
}


@pytest.fixture
def client(db: None) -> Client:
    return Client()


def answer(client: Client, asked: str, built: SimpleNamespace) -> set[str] | str:
    """The names of the claims on the page, or the code of the refusal."""
    query = [tuple(pair.split("=", 1)) for pair in asked.split("&") if pair]
    parameters: dict[str, list[str]] = {}
    for name, value in query:
        parameters.setdefault(name, []).append(value)
    response = client.get(CLAIMS, parameters)
    body = response.json()
    if response.status_code == 400:
        assert body["detail"].endswith("."), body["detail"]
        return str(body["code"])
    return {built.names.get(row["ref"], row["ref"]) for row in body["results"]}


def test_each_filter_finds_what_is_written_here(built: SimpleNamespace, client: Client) -> None:
    found = {asked: answer(client, asked, built) for asked in FOUND}

    assert found == {
        asked: names if isinstance(names, str) else set(names) for asked, names in FOUND.items()
    }


def test_a_claim_is_found_by_what_it_rests_on(built: SimpleNamespace, client: Client) -> None:
    five, volume = (built.made[name].claim.ref for name in ("five", "volume"))

    for asked, names in (
        (five, {"cost"}),
        (f"{five}/v1", {"cost"}),
        (f"{five}/v2", set()),
        (volume, set()),
        (f"{volume},{five}", {"cost"}),
        (f"!{five}", PUBLIC - {"cost"}),
        ("!none", {"cost"}),
        ("cost", "invalid"),
    ):
        assert answer(client, f"rests_on={asked}", built) == names, asked


def test_what_is_printed_is_taken(built: SimpleNamespace, client: Client) -> None:
    """References, versions, keys, values, periods, hashes of a claim find that claim."""
    for row in client.get(CLAIMS).json()["results"]:
        typed = {
            "ref": [row["ref"], row["version"]],
            "uuid": [row["uuid"]],
            "content_hash": [row["content_hash"]],
            "status": [row["status"]],
            "mode": [row["mode"]],
            "language": [row["language"]],
            "period": [row["period"]["typed"]] if row["period"] else ["none"],
            "asserted_on": [row["asserted_on"] or "none"],
            "topic": [topic["key"] for topic in row["topics"]] or ["none"],
            "asserter": [one["key"] for one in row["asserters"]] or ["none"],
            "property": [row["property"]["key"]] if row["property"] else ["none"],
            "basis": [row["basis"] or "none"],
            "grade": [piece["grade"] for piece in row["evidence"]],
            "stance": [piece["stance"] for piece in row["evidence"]],
            "support_at_least": [str(row["independent_support"]["independent"] or "!1")],
        }
        value = row["value"]
        if value and value["kind"] != "entity":
            typed["value"] = [value["typed"]]
        for name, words in typed.items():
            for word in words:
                found = client.get(CLAIMS, {name: word})
                refs = [one["ref"] for one in found.json().get("results", [])]
                assert row["ref"] in refs, (row["version"], name, word, found.content)


@pytest.mark.parametrize(
    ("asked", "left_out"),
    [
        ("", True),
        ("topic=trade", True),
        ("topic=gas", False),
        ("status=retracted", False),
        ("status=published", False),
        ("status=!published", True),
        ("property=share&period=none", True),
        ("property=cost", False),
    ],
)
def test_a_list_says_whether_retracted_claims_were_left_out(
    built: SimpleNamespace, client: Client, asked: str, left_out: bool
) -> None:
    body = client.get(f"{CLAIMS}?{asked}").json()

    assert body["retracted_left_out"] is left_out


@pytest.mark.parametrize("limit", [1, 3, 100])
@pytest.mark.parametrize(
    ("ordering", "names"),
    [
        ("period", ["five", "nine", "over", "volume", "cost"]),
        ("-period", ["cost", "volume", "over", "nine", "five"]),
        ("recorded", ["over"]),
        ("-recorded", ["over"]),
        ("-reference", ["bare", "there"]),
        ("reference", ["five", "nine"]),
        ("published", ["over"]),
    ],
)
def test_every_order_holds_every_claim_once_and_those_without_a_value_last(
    built: SimpleNamespace, client: Client, ordering: str, names: list[str], limit: int
) -> None:
    found: list[str] = []
    url: str | None = f"{CLAIMS}?ordering={ordering}&limit={limit}"
    while url:
        body = client.get(url).json()
        found += [built.names[row["ref"]] for row in body["results"]]
        url = body["next"]

    assert sorted(found) == sorted(PUBLIC)
    if ordering in ("recorded", "published"):
        assert found[-1:] == names
    else:
        assert found[: len(names)] == names


def test_fields_leaves_out_the_others(built: SimpleNamespace, client: Client) -> None:
    rows = client.get(f"{CLAIMS}?fields=ref,statement&topic=gas").json()["results"]
    refused = client.get(f"{CLAIMS}?fields=ref,statment").json()

    assert [set(row) for row in rows] == [{"ref", "statement"}] * 2
    assert refused["detail"].startswith(
        "“statment” is none of the known words. The nearest one is “statement”."
    )


@pytest.mark.parametrize(
    ("address", "name", "words"),
    [
        ("", "fields", ["ref", "statement"]),
        ("", "include", ["versions"]),
        ("facets/", "facet", ["topic", "mode"]),
        ("groups/", "group_by", ["topic", "mode"]),
        ("groups.csv", "group_by", ["mode", "topic"]),
    ],
)
def test_a_list_of_words_is_the_same_parted_by_commas_or_given_again(
    built: SimpleNamespace, client: Client, address: str, name: str, words: list[str]
) -> None:
    """Generated clients give it again, even where the schema has commas."""
    with_commas = client.get(f"{CLAIMS}{address}", {name: ",".join(words)})
    again = client.get(f"{CLAIMS}{address}", {name: words})
    refused = client.get(f"{CLAIMS}{address}", {name: [*words, "wrods"]})

    assert with_commas.status_code == again.status_code == 200
    assert with_commas.content == again.content
    assert refused.status_code == 400


def test_pages_go_on_with_the_fields_that_were_given_again(
    built: SimpleNamespace, client: Client
) -> None:
    first = client.get(CLAIMS, {"fields": ["ref", "mode"], "limit": "1"}).json()
    following = client.get(first["next"]).json()

    assert set(following["results"][0]) == {"ref", "mode"}


def test_include_adds_the_history_of_each_claim(built: SimpleNamespace, client: Client) -> None:
    row = client.get(f"{CLAIMS}?include=versions&topic=trade&limit=1").json()["results"][0]
    alone = client.get(f"{CLAIMS}{row['ref']}/versions/").json()["results"]

    assert row["versions"] == alone
    assert "versions" not in client.get(CLAIMS).json()["results"][0]


def test_the_desk_finds_what_waits_by_the_same_filters(
    built: SimpleNamespace, client: Client
) -> None:
    planned = make.number_property("planned", unit="tonne")
    plan = make.source("It is 7 tonnes.", key="plan", publisher="Planners")
    draft = make.draft(
        subject="line",
        property=planned.key,
        value="7 tonnes",
        topics=[make.topic("Plans")],
        asserted_by=(make.entity("planner").key,),
        evidence=[Tie(make.excerpt("It is 7 tonnes", of=plan))],
    )
    asked = (
        "topic=plans",
        "asserter=planner",
        "property=planned",
        "value_above=6 tonnes",
        "unit=tonne",
        "source=plan",
        "publisher=Planners",
    )
    public = [answer(client, one, built) for one in asked]
    client.force_login(make.person(Role.EDITOR))

    assert public == ["unknown_key"] * 3 + ["unknown_unit", set()] + ["unknown_key"] * 2
    assert [answer(client, one, built) for one in asked] == [{draft.claim.ref}] * len(asked)
    assert answer(client, "status=draft", built) == {draft.claim.ref}
    assert draft.claim.ref in answer(client, "ordering=published", built)
    assert answer(client, "publisher=Secret Service", built) == {"about"}


def test_the_nearest_key_is_one_that_the_reader_may_know(
    built: SimpleNamespace, client: Client
) -> None:
    make.topic("Tradex")
    make.entity("gazproms")

    topic = client.get(f"{CLAIMS}?topic=trade-x").json()["detail"]
    entity = client.get(f"{CLAIMS}?asserter=gazproms").json()["detail"]
    client.force_login(make.person(Role.EDITOR))

    assert topic.endswith("The nearest one is “trade”.")
    assert entity.endswith("The nearest one is “gazprom”.")
    desk = client.get(f"{CLAIMS}?topic=trade-x").json()["detail"]
    assert desk.endswith("The nearest one is “tradex”.")
