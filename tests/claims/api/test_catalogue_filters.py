"""Each filter of entities, properties and topics at its edges, on one world of names.

Entities: russia > gazprom > export, and former, merged into gazprom; report stands for the source
paper, papers for the series of that name; memo, of which the subject annex is a part, stands for a
confidential source; plan is of a claim that waits.

Properties: share (percent; of two bases), met (date, all of its days), planned (waiting).
Topics: energy > gas > pipes, trade, and energy > plans (waiting).
"""

from types import SimpleNamespace

import pytest
from django.test import Client

from claims.actions.catalogue import add_topic, revise_entity
from claims.readings.list_filters import ENTITY_FILTERS, PROPERTY_FILTERS, TOPIC_FILTERS
from sources.actions.sources import add_series
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.filter_edges import API, Edges, FilteredList, check_laws

KNOWN = {"russia", "gazprom", "export", "former", "report", "papers", "annex"}
ALL = {*KNOWN, "memo", "plan"}

ENTITIES: Edges = {
    "": (KNOWN, ALL),
    "q=Gazprom": {"gazprom", "export"},
    "q=Газпром": {"gazprom"},
    "q=memo": (set(), {"memo"}),
    "key=gazprom": {"gazprom"},
    "key=former": {"former"},
    "key=memo": ("unknown_key", {"memo"}),
    "key=plan": ("unknown_key", {"plan"}),
    "key=none": "none",
    "label=Gazprom": {"gazprom"},
    "label=Gazprom Export, OOO": set(),
    'label="Gazprom Export, OOO"': {"export"},
    "label=gazprom": set(),
    "label=Memo": (set(), {"memo"}),
    "kind=country": {"russia"},
    "kind=document": ({"report"}, {"report", "memo"}),
    "kind=state": "invalid_choice",
    "wikidata=Q159": {"russia"},
    "wikidata=Q15": set(),
    "wikidata=none": (KNOWN - {"russia"}, ALL - {"russia"}),
    # at once, and with all below and what was merged
    "part_of=russia": {"gazprom"},
    "part_of=gazprom": {"export"},
    "part_of=export": set(),
    "part_of=memo": ("unknown_key", {"annex"}),
    "part_of=plan": ("unknown_key", set()),
    "part_of=none": (KNOWN - {"gazprom", "export", "annex"}, ALL - {"gazprom", "export", "annex"}),
    "within=russia": {"russia", "gazprom", "export", "former"},
    "within=gazprom": {"gazprom", "export", "former"},
    "within=export": {"export"},
    "within=former": {"gazprom", "export", "former"},
    "within=memo": ("unknown_key", {"memo", "annex"}),
    "within=none": "none",
    "merged_into=gazprom": {"former"},
    "merged_into=russia": set(),
    "merged_into=memo": ("unknown_key", set()),
    "merged_into=none": (KNOWN - {"former"}, ALL - {"former"}),
    "source=paper": {"report"},
    "source=secret": ("unknown_key", {"memo"}),
    "source=none": (KNOWN - {"report"}, ALL - {"report", "memo"}),
    "series=run": {"papers"},
    "series=waiting-run": ("unknown_key", set()),
    "series=none": (KNOWN - {"papers"}, ALL - {"papers"}),
}

PROPERTIES: Edges = {
    "": ({"share", "met", "owned"}, {"share", "met", "owned", "planned"}),
    "key=share": {"share"},
    "key=planned": ("unknown_key", {"planned"}),
    "key=shares": "unknown_key",
    "label=Share of all": {"share"},
    "label=Share": set(),
    "label=A plan": (set(), {"planned"}),
    "value_kind=date": {"met"},
    "value_kind=quantity": ({"share"}, {"share", "planned"}),
    "value_kind=date,entity": {"met", "owned"},
    "value_kind=number": "invalid_choice",
    "unit=percent": {"share"},
    "unit=tonne": (set(), {"planned"}),
    "unit=per": set(),
    "unit=none": {"met", "owned"},
    "time=over": {"share"},
    "time=state": ({"met", "owned"}, {"met", "owned", "planned"}),
    "time=then": "invalid_choice",
    "date_extent=whole": {"met"},
    "date_extent=within": ({"share", "owned"}, {"share", "owned", "planned"}),
    "date_extent=part": "invalid_choice",
    "single_valued=true": ({"share", "met"}, {"share", "met", "planned"}),
    "single_valued=false": {"owned"},
    "single_valued=yes": "invalid",
    "basis=gross": {"share"},
    "basis=net": {"share"},
    "basis=gro": set(),
    "basis=none": ({"met", "owned"}, {"met", "owned", "planned"}),
}

TOPICS: Edges = {
    "": ({"energy", "gas", "pipes", "trade"}, {"energy", "gas", "pipes", "trade", "plans"}),
    "q=gas": {"gas"},
    "q=plans": (set(), {"plans"}),
    "key=gas": {"gas"},
    "key=plans": ("unknown_key", {"plans"}),
    "name=Gas": {"gas"},
    "name=gas": set(),
    "name=Plans": (set(), {"plans"}),
    "parent=energy": ({"gas"}, {"gas", "plans"}),
    "parent=pipes": set(),
    "parent=plans": ("unknown_key", set()),
    "parent=none": {"energy", "trade"},
    "within=energy": ({"energy", "gas", "pipes"}, {"energy", "gas", "pipes", "plans"}),
    "within=gas": {"gas", "pipes"},
    "within=pipes": {"pipes"},
    "within=plans": ("unknown_key", {"plans"}),
    "within=none": "none",
}


def listed_by_key(path: str, edges: Edges) -> FilteredList:
    return FilteredList(path, edges, lambda row, _names: str(row["key"]))


LISTS = {
    "entities": (listed_by_key("entities", ENTITIES), ENTITY_FILTERS),
    "properties": (listed_by_key("properties", PROPERTIES), PROPERTY_FILTERS),
    "topics": (listed_by_key("topics", TOPICS), TOPIC_FILTERS),
}


@pytest.fixture(scope="module")
def built(module_transaction: None) -> SimpleNamespace:
    by = make.somebody(Role.CONTRIBUTOR)
    paper = make.source("It was 5%.", key="paper")
    secret = make.source(key="secret", access=Access.STAFF, public_descriptor="A person")
    unread = make.source(key="unread")
    run = add_series(key="run", title="Run", sources=[paper, secret], by=by, at=make.TODAY)
    add_series(key="waiting-run", title="Waiting", sources=[unread], by=by, at=make.TODAY)
    russia = make.entity("russia", kind="country", wikidata="Q159")
    gazprom = make.entity("gazprom", kind="organisation", part_of=russia, aliases=["Газпром"])
    make.entity("export", kind="organisation", part_of=gazprom, label="Gazprom Export, OOO")
    former = make.entity("former", kind="organisation")
    make.entity("report", kind="document", source=paper)
    make.entity("papers", kind="series", series=run)
    memo = make.entity("memo", kind="document", source=secret)
    make.entity("annex", part_of=memo)
    make.entity("plan")
    make.number_property("share", label="Share of all", time="over", bases=["gross", "net"])
    make.value_property("date", "met", date_extent="whole")
    make.value_property("entity", "owned", single_valued=False)
    make.number_property("planned", label="A plan", unit="tonne")
    energy = make.topic("Energy")
    gas = add_topic(name="Gas", parent=energy, by=by, at=make.TODAY)
    pipes = add_topic(name="Pipes", parent=gas, by=by, at=make.TODAY)
    plans = add_topic(name="Plans", parent=energy, by=by, at=make.TODAY)
    trade = make.topic("Trade")
    make.published(
        subject="export", property="share", value="5%", period="2025", basis="net", topics=[pipes]
    )
    make.published(subject="former", property="met", value="May 2025", topics=[trade])
    make.published(subject="annex", property="owned", value="report")
    make.published(subject="papers", property="owned", value="russia")
    make.submitted(subject="plan", property="planned", value="7 tonnes", topics=[plans])
    editor = make.somebody(Role.EDITOR)
    revise_entity(entity=former, merged_into=gazprom, by=editor, at=make.TODAY)
    return SimpleNamespace()


@pytest.fixture
def public(built: SimpleNamespace, db: None) -> Client:
    return Client()


@pytest.fixture
def desk(built: SimpleNamespace, db: None) -> Client:
    client = Client()
    client.force_login(make.person(Role.CONTRIBUTOR))
    return client


@pytest.mark.parametrize("name", LISTS)
def test_each_filter_finds_what_is_written_here(name: str, public: Client, desk: Client) -> None:
    listed, _filters = LISTS[name]

    assert listed.found_by_each(public) == listed.expected(desk=False)
    assert listed.found_by_each(desk) == listed.expected(desk=True)


@pytest.mark.parametrize("name", LISTS)
def test_not_is_the_rest_a_comma_is_either_and_again_is_and(
    name: str, public: Client, desk: Client
) -> None:
    for client in (public, desk):
        check_laws(*LISTS[name], client)


def test_the_nearest_key_is_one_that_the_reader_may_know(public: Client, desk: Client) -> None:
    def refused(client: Client, query: str) -> str:
        return str(client.get(f"{API}{query}").json()["detail"])

    for query, of_public, of_desk in (
        ("entities/?within=memos", "export", "memo"),
        ("properties/?key=planed", "owned", "planned"),
        ("topics/?parent=plan", "gas", "plans"),
    ):
        assert f"The nearest one is “{of_public}”." in refused(public, query), query
        assert f"The nearest one is “{of_desk}”." in refused(desk, query), query
