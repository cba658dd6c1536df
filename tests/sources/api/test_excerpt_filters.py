"""Each filter of captures, excerpts and annotations at its edges, on one world of quotes.

Captures: `text` of the source wire, `picture` of scan, `book` of book, `kept` of the confidential
source hidden, `early` of unread, on which nothing published rests.

Quotes that the public sees, each with a claim of its name:

    five      wire    en-GB, p. 4     exact
    other     book    zh-Hans         translated by Jane; on page index 3; a day later; exact
    seen      scan    zh              translated by machine; there is no text to find it in
    withheld  book    –               its words were withheld

The desk sees besides: secret (of hidden, in the claim five), waiting (of a claim that waits), lost
(of none, and not in the text of wire).
"""

import hashlib
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.models import Version
from sources.actions.captures.capture import capture
from sources.actions.quotes.excerpts import quote
from sources.models import Excerpt, Source
from sources.readings.source_filters import CAPTURE_FILTERS, EXCERPT_FILTERS
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.filter_edges import Edges, FilteredList, check_laws
from tests.sources.withheld import withheld

NEXT_DAY = make.TODAY + timedelta(days=1)
PICTURE = b"\x89PNG\r\n\x1a\n no more than a beginning"
TEXT = b"It was 5%. No more."

CAPTURED = {"text", "picture", "book"}
ALL_CAPTURED = {*CAPTURED, "kept", "early"}

CAPTURES: Edges = {
    "": (CAPTURED, ALL_CAPTURED),
    "source=wire": {"text"},
    "source=wire,scan": {"text", "picture"},
    "source=hidden": ("unknown_key", {"kept"}),
    "source=unread": ("unknown_key", {"early"}),
    "source=none": "none",
    f"sha256={hashlib.sha256(TEXT).hexdigest()}": {"text"},
    f"sha256={hashlib.sha256(b'It was 9%.').hexdigest()}": (set(), {"kept"}),
    f"sha256={hashlib.sha256(b'').hexdigest()}": set(),
    f"sha256={hashlib.sha256(TEXT).hexdigest().upper()}": "invalid",
    "media_type=text/plain": ({"text", "book"}, ALL_CAPTURED - {"picture"}),
    "media_type=image/png": {"picture"},
    "media_type=image": "invalid",
    "captured_since=2025-06-02T12:00:00Z": {"picture"},
    "captured_since=2025-06-02T14:00:00+02:00": {"picture"},
    "captured_since=2025-06-02T12:00:00.000001Z": set(),
    "captured_since=2025-06-02": {"picture"},
    "captured_since=June 3, 2025": set(),
    "captured_since=2025-06": (CAPTURED, ALL_CAPTURED),
    "captured_since=tomorrow": "relative",
    "fetched_from=https://a.example/x?y=1": {"text"},
    "fetched_from=https://a.example/": set(),
    "fetched_from=https://secret.example/": (set(), {"kept"}),
    "fetched_from=none": ({"picture", "book"}, {"picture", "book", "early"}),
    "archive_url=https://archive.example/1": {"picture"},
    "archive_url=none": ({"text", "book"}, ALL_CAPTURED - {"picture"}),
    "has_text=true": ({"text", "book"}, ALL_CAPTURED - {"picture"}),
    "has_text=false": {"picture"},
    "has_text=yes": "invalid",
}

QUOTED = {"five", "other", "seen", "withheld"}
ALL_QUOTED = {*QUOTED, "secret", "waiting", "lost"}

EXCERPTS: Edges = {
    "": (QUOTED, ALL_QUOTED),
    "source=wire": ({"five"}, {"five", "waiting", "lost"}),
    "source=wire,book,scan": (QUOTED, ALL_QUOTED - {"secret"}),
    "source=hidden": ("unknown_key", {"secret"}),
    "source=unread": ("unknown_key", set()),
    "claim={five}": ({"five"}, {"five", "secret"}),
    "claim={five}/v1": ({"five"}, {"five", "secret"}),
    "claim={other}": {"other"},
    "claim={five}/v2": set(),
    "claim={waiting}": (set(), {"waiting"}),
    "claim=C999999999": set(),
    "claim=five": "invalid",
    "claim=none": "none",
    "grade=exact": (QUOTED - {"seen"}, ALL_QUOTED - {"seen", "lost"}),
    "grade=unlocated": {"seen"},
    "grade=missing": (set(), {"lost"}),
    "grade=folded": set(),
    "grade=good": "invalid_choice",
    "verified=true": ({"five", "other"}, ALL_QUOTED - {"seen", "lost", "withheld"}),
    "verified=false": ({"seen", "withheld"}, {"seen", "lost", "withheld"}),
    "verified=1": "invalid",
    "language=zh": {"other", "seen"},
    "language=ZH-HANS": {"other"},
    "language=en": {"five"},
    "language=en-G": set(),
    "language=none": ({"withheld"}, {"withheld", "secret", "waiting", "lost"}),
    "translation_method=human": {"other"},
    "translation_method=machine": {"seen"},
    "translation_method=revised": set(),
    "translation_method=people": "invalid_choice",
    "translation_method=none": ({"five", "withheld"}, ALL_QUOTED - {"other", "seen"}),
    "translated_by=Jane": {"other"},
    "translated_by=jane": set(),
    "translated_by=none": ({"five", "withheld"}, ALL_QUOTED - {"other", "seen"}),
    "locator=p. 4": {"five"},
    "locator=p. 5": (set(), {"secret"}),
    "locator=p.": set(),
    "locator=none": (QUOTED - {"five"}, ALL_QUOTED - {"five", "secret"}),
    "page=3": {"other"},
    "page=4": set(),
    "page=-1": "invalid",
    "page=none": (QUOTED - {"other"}, ALL_QUOTED - {"other"}),
    "quoted_since=2025-06-02T12:00:00Z": {"other"},
    "quoted_since=2025-06-02T12:00:00.000001Z": set(),
    "quoted_since=June 2, 2025": {"other"},
    "quoted_since=2025-06-03": set(),
    "quoted_since=2025-06-01": (QUOTED, ALL_QUOTED),
    "quoted_since=../2025": "unreadable",
}

LISTS = {
    "captures": (
        FilteredList("captures", CAPTURES, lambda row, names: names[f"capture {row['id']}"]),
        CAPTURE_FILTERS,
    ),
    "excerpts": (
        FilteredList("excerpts", EXCERPTS, lambda row, names: names[f"excerpt {row['id']}"]),
        EXCERPT_FILTERS,
    ),
    "annotations": (
        FilteredList(
            "annotations",
            EXCERPTS,
            lambda row, names: names[f"excerpt {str(row['id']).rstrip('/').rpartition('/')[2]}"],
        ),
        EXCERPT_FILTERS,
    ),
}


@pytest.fixture(scope="module")
def built(module_transaction: None) -> SimpleNamespace:
    wire = make.source(key="wire")
    book = make.source("It was 6%. It was 7%.", key="book")
    hidden = make.source(key="hidden", access=Access.STAFF, public_descriptor="A person")
    unread = make.source("It was 10%.", key="unread")
    scan = make.source(key="scan")
    captured = {
        "text": kept(wire, TEXT, fetched_from="https://a.example/x?y=1"),
        "picture": kept(
            scan,
            PICTURE,
            name="it.png",
            media_type="image/png",
            archive_url="https://archive.example/1",
            at=NEXT_DAY,
        ),
        "book": book.captures.get(),
        "kept": kept(hidden, b"It was 9%.", fetched_from="https://secret.example/"),
        "early": unread.captures.get(),
    }
    quoted = {
        "five": quoting(wire, "It was 5%", locator="p. 4", language="en-GB"),
        "other": quoting(
            book,
            "It was 6%",
            at=NEXT_DAY,
            language="zh-Hans",
            translation="It was six",
            translated_by="Jane",
            translation_method="human",
            page=3,
        ),
        "seen": quoting(
            scan,
            "Nobody",
            language="zh",
            translation="Nobody at all",
            translated_by="A machine",
            translation_method="machine",
        ),
        "withheld": quoting(book, "It was 7%"),
        "secret": quoting(hidden, "It was 9%", locator="p. 5"),
        "waiting": quoting(wire, "It was"),
        "lost": quoting(wire, "Nobody ever wrote these words anywhere"),
    }
    claims = {
        "five": published(quoted["five"], quoted["secret"]),
        **{name: published(quoted[name]) for name in ("other", "seen", "withheld")},
        "waiting": make.submitted(evidence=[Tie(quoted["waiting"])]),
    }
    withheld(quoted["withheld"])
    return SimpleNamespace(
        names={f"capture {row.pk}": name for name, row in captured.items()}
        | {f"excerpt {row.pk}": name for name, row in quoted.items()},
        refs={name: version.claim.ref for name, version in claims.items()},
    )


def kept(source: Source, data: bytes, *, name: str = "it.txt", **fields: Any) -> Any:
    at = fields.pop("at", make.TODAY)
    by = make.somebody(Role.CONTRIBUTOR)
    return capture(source=source, data=data, file_name=name, by=by, at=at, **fields)


def quoting(source: Source, words: str, **fields: Any) -> Excerpt:
    at = fields.pop("at", make.TODAY)
    return quote(source=source, exact=words, by=make.somebody(Role.CONTRIBUTOR), at=at, **fields)


def published(*quotes: Excerpt) -> Version:
    return make.published(evidence=[Tie(one) for one in quotes], at=NEXT_DAY, note="Seen.")


@pytest.fixture
def public(built: SimpleNamespace, db: None) -> Client:
    return Client()


@pytest.fixture
def desk(built: SimpleNamespace, db: None) -> Client:
    client = Client()
    client.force_login(make.person(Role.CONTRIBUTOR))
    return client


@pytest.mark.parametrize("name", LISTS)
def test_each_filter_finds_what_is_written_here(
    name: str, built: SimpleNamespace, public: Client, desk: Client
) -> None:
    listed = LISTS[name][0].filled(built.refs, built.names)

    assert listed.found_by_each(public) == listed.expected(desk=False)
    assert listed.found_by_each(desk) == listed.expected(desk=True)


@pytest.mark.parametrize("name", ["captures", "excerpts"])
def test_not_is_the_rest_a_comma_is_either_and_again_is_and(
    name: str, built: SimpleNamespace, public: Client, desk: Client
) -> None:
    listed, filters = LISTS[name]
    for client in (public, desk):
        check_laws(listed.filled(built.refs, built.names), filters, client)
