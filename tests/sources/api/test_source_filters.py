"""Each filter of sources and of series at its edges, on one world of sources.

wire    7 May 2025      Reuters, news of GB, B    The Daily, zh-Hans, address, DOI, number
book    May 2025        Smith, Sons               zh, ISBN, whole text may be shown
copy    –               –                         wire copy of `wire`, retracted on 1 May 2025
digest  2024            Reuters                   digest of `hidden`, which the public must
                                                  not learn; zhx, no Chinese
hidden  2023            Secret Service            confidential: the desk's
unread  2025-05-08      Unread Press              nothing published rests on it: the desk's
named   –               –                         for named persons: nobody here knows it
"""

from types import SimpleNamespace

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from sources.actions.origins import add_origin
from sources.actions.sources import add_series
from sources.models import Publisher
from sources.readings.source_filters import SERIES_FILTERS, SOURCE_FILTERS
from sources.vocabulary import (
    Access,
    OriginKind,
    PublisherKind,
    Reliability,
    Rights,
    Role,
    Standing,
)
from tests import factories as make
from tests.filter_edges import API, Edges, FilteredList, check_laws

PUBLIC = {"wire", "book", "copy", "digest"}
DESK = {*PUBLIC, "hidden", "unread"}
DATED = {"wire", "book", "digest"}
OF_REUTERS = {"wire", "digest"}

SOURCES: Edges = {
    "": (PUBLIC, DESK),
    "q=Reuters": OF_REUTERS,
    "q=10.1000/wire": {"wire"},
    "q=Secret": (set(), {"hidden"}),
    "key=wire": {"wire"},
    "key=copy,book": {"copy", "book"},
    "key=hidden": ("unknown_key", {"hidden"}),
    "key=unread": ("unknown_key", {"unread"}),
    "key=named": "unknown_key",
    "key=wir": "unknown_key",
    "key=no key": "invalid",
    "key=none": "none",
    "type=article-newspaper": {"wire"},
    "type=interview": (set(), {"hidden"}),
    "type=none": "none",
    # publishers: by name, and what they are; no publisher is none of it
    "publisher=Reuters": OF_REUTERS,
    'publisher="Smith, Sons"': {"book"},
    "publisher=Secret Service": ("unknown_key", {"hidden"}),
    "publisher=Unread Press": ("unknown_key", {"unread"}),
    "publisher=reuters": "unknown_key",
    "publisher=none": {"copy"},
    "publisher_kind=news": OF_REUTERS,
    "publisher_kind=other": ({"book"}, {"book", "hidden", "unread"}),
    "publisher_kind=none": {"copy"},
    "publisher_kind=newss": "invalid_choice",
    "publisher_country=GB": OF_REUTERS,
    "publisher_country=gb": OF_REUTERS,
    "publisher_country=G": set(),
    "publisher_country=none": ({"book", "copy"}, {"book", "copy", "hidden", "unread"}),
    "reliability=B": OF_REUTERS,
    "reliability=F": ({"book"}, {"book", "hidden", "unread"}),
    "reliability=A": set(),
    "reliability=b": "invalid_choice",
    "reliability=none": {"copy"},
    # the record
    "container=The Daily": {"wire"},
    "container=The": set(),
    "container=none": (PUBLIC - {"wire"}, DESK - {"wire"}),
    "issued=2025-05-07": {"wire", "book"},
    "issued=May 7, 2025": {"wire", "book"},
    "issued=2025-05-08": ({"book"}, {"book", "unread"}),
    "issued=2025-05-31/2025-06-30": {"book"},
    "issued=2025-06-01": set(),
    "issued=2025-04-30": set(),
    "issued=2024-12-31/..": (DATED, {*DATED, "unread"}),
    "issued=../2024-01-01": ({"digest"}, {"digest", "hidden"}),
    "issued=2024": {"digest"},
    "issued=none": {"copy"},
    "issued=Smarch": "unreadable",
    "language=zh": {"wire", "book"},
    "language=ZH-hans": {"wire"},
    "language=zhx": {"digest"},
    "language=zh-Han": set(),
    "language=z": "invalid",
    "language=none": ({"copy"}, {"copy", "hidden", "unread"}),
    "url=https://example.org/a?b=c": {"wire"},
    "url=https://example.org/a": set(),
    "url=none": (PUBLIC - {"wire"}, DESK - {"wire"}),
    "doi=10.1000/wire": {"wire"},
    "doi=10.1000/wir": set(),
    "doi=none": (PUBLIC - {"wire"}, DESK - {"wire"}),
    "isbn=9783161484100": {"book"},
    "isbn=none": (PUBLIC - {"book"}, DESK - {"book"}),
    "number=S/2025/7": {"wire"},
    "number=S/2025": set(),
    "number=none": (PUBLIC - {"wire"}, DESK - {"wire"}),
    # who may read it, and where it stands
    "rights=whole": {"book"},
    "rights=excerpts": (PUBLIC - {"book"}, DESK - {"book"}),
    "access=public": (PUBLIC, DESK - {"hidden"}),
    "access=staff": (set(), {"hidden"}),
    "access=named": set(),
    "standing=retracted": {"copy"},
    "standing=current": (PUBLIC - {"copy"}, DESK - {"copy"}),
    "standing=corrected,retracted": {"copy"},
    "standing=gone": "invalid_choice",
    "standing_since=2025-05-01": {"copy"},
    "standing_since=2025-05-02": set(),
    "standing_since=April 30, 2025": {"copy"},
    "standing_since=none": (PUBLIC - {"copy"}, DESK - {"copy"}),
    # other sources: only such as the reader may know
    "series=papers": ({"wire", "book"}, {"wire", "book", "hidden"}),
    "series=files": ("unknown_key", {"hidden"}),
    "series=empty": ("unknown_key", set()),
    "series=none": ({"copy", "digest"}, {"copy", "digest", "unread"}),
    "origin=wire": {"copy"},
    "origin=hidden": ("unknown_key", {"digest"}),
    "origin=none": ({"wire", "book", "digest"}, DESK - {"copy", "digest"}),
    "origin_kind=wire": {"copy"},
    "origin_kind=digest": (set(), {"digest"}),
    "origin_kind=reprint": set(),
    "origin_kind=copy": "invalid_choice",
    "origin_kind=wire&origin=wire": {"copy"},
    "origin_kind=digest&origin=wire": set(),
}

SERIES: Edges = {
    "": ({"papers", "plain"}, {"papers", "plain", "files", "empty"}),
    "key=papers": {"papers"},
    "key=files": ("unknown_key", {"files"}),
    "key=empty": ("unknown_key", {"empty"}),
    "key=paper": "unknown_key",
    "source=wire": {"papers"},
    "source=book": {"papers", "plain"},
    "source=copy": set(),
    "source=hidden": ("unknown_key", {"papers", "files"}),
    "source=named": "unknown_key",
    "title=Papers, all": set(),
    'title="Papers, all"': {"papers"},
    "title=Papers": set(),
    "title=Plain": {"plain"},
    "title=Files of the service": (set(), {"files"}),
    "title=none": "none",
}

LISTS = {
    "sources": (
        FilteredList("sources", SOURCES, lambda row, _names: str(row["key"])),
        SOURCE_FILTERS,
    ),
    "series": (FilteredList("series", SERIES, lambda row, _names: str(row["key"])), SERIES_FILTERS),
}


@pytest.fixture(scope="module")
def built(module_transaction: None) -> SimpleNamespace:
    wire = make.source(
        "It was 5%.",
        key="wire",
        type="article-newspaper",
        publisher="Reuters",
        language="zh-Hans",
        issued={"date-parts": [[2025, 5, 7]]},
        URL="https://example.org/a?b=c",
        DOI="10.1000/wire",
        number="S/2025/7",
        **{"container-title": "The Daily"},
    )
    book = make.source(
        "It was 6%.",
        key="book",
        type="book",
        publisher="Smith, Sons",
        language="zh",
        issued={"date-parts": [[2025, 5]]},
        ISBN="9783161484100",
        rights=Rights.WHOLE,
    )
    copy = make.copied(from_=wire, text="It was 7%.", key="copy")
    digest = make.source(
        "It was 8%.",
        key="digest",
        publisher="Reuters",
        language="zhx",
        issued={"date-parts": [[2024]]},
    )
    hidden = make.source(
        "It was 9%.",
        key="hidden",
        type="interview",
        publisher="Secret Service",
        issued={"date-parts": [[2023]]},
        access=Access.STAFF,
        public_descriptor="A person",
    )
    make.source(
        "It was 10%.",
        key="unread",
        publisher="Unread Press",
        issued={"date-parts": [[2025, 5, 8]]},
    )
    make.source("It was 11%.", key="named", access=Access.NAMED, public_descriptor="Another person")
    by = make.somebody(Role.CONTRIBUTOR)
    add_origin(source=digest, origin=hidden, kind=OriginKind.DIGEST, by=by, at=make.TODAY)
    for key, title, members in (
        ("papers", "Papers, all", [wire, hidden, book]),
        ("plain", "Plain", [book]),
        ("files", "Files of the service", [hidden]),
        ("empty", "Empty", []),
    ):
        add_series(key=key, title=title, sources=members, by=by, at=make.TODAY)
    # No action judges a publisher yet.
    Publisher.objects.filter(name="Reuters").update(
        kind=PublisherKind.NEWS, country="GB", reliability=Reliability.B
    )
    quotes = [
        make.excerpt(words, of=source)
        for words, source in (
            ("It was 5%", wire),
            ("It was 6%", book),
            ("It was 7%", copy),
            ("It was 8%", digest),
            ("It was 9%", hidden),
        )
    ]
    make.published(evidence=[Tie(quote) for quote in quotes])
    make.stands(copy, Standing.RETRACTED)
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
        ("sources/?key=hiddn", "wire", "hidden"),
        ("sources/?publisher=Secret Servic", "Reuters", "Secret Service"),
        ("sources/?series=filez", "plain", "files"),
        ("series/?source=unreadd", "wire", "unread"),
    ):
        assert f"The nearest one is “{of_public}”." in refused(public, query), query
        assert f"The nearest one is “{of_desk}”." in refused(desk, query), query
