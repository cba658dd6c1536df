"""Entering sources, what they derive from, and series."""

from typing import Any

import pytest
from django.apps import apps

from factbase.models import User
from sources.actions import announce
from sources.actions.permission import NotPermitted
from sources.actions.sources import add_series, add_source, open_source, revise_source
from sources.domain.refusals import Refusal
from sources.models import Publisher, Series, Source
from sources.vocabulary import Access, Reliability, Role
from tests import factories as make

pytestmark = pytest.mark.django_db

RECORD = {
    "id": "report",
    "type": "report",
    "title": "Łódź: a report",
    "author": [{"family": "Ivanova", "given": "Anna"}],
    "publisher": "OSW",
    "issued": {"date-parts": [[2025, 5]]},
}


@pytest.fixture
def by() -> User:
    return make.person()


def add(by: User, **changes: Any) -> Source:
    fields = {name: changes.pop(name) for name in ("access", "public_descriptor") & changes.keys()}
    return add_source(record={**RECORD, **changes}, by=by, at=make.TODAY, **fields)


def test_a_record_is_kept_whole_and_in_columns(by: User) -> None:
    source = add(by)

    source.refresh_from_db()
    assert source.csl == RECORD
    assert (source.key, source.title, source.authors) == (
        "report",
        "Łódź: a report",
        ["Anna Ivanova"],
    )
    assert (source.issued, source.issued_days.lower.isoformat()) == ("2025-05", "2025-05-01")
    assert "lodz" in source.search_text


def test_a_new_publisher_is_not_judged_yet(by: User) -> None:
    add(by)
    add(by, id="another")

    publisher = Publisher.objects.get()
    assert (publisher.name, publisher.reliability) == ("OSW", Reliability.F)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "report"},
        {"id": "a key"},
        {"type": "nonsense"},
        {"title": ""},
        {"title": "a\0b"},
        {"title": "a" * 10_000_000},
        {"URL": "javascript:alert(1)"},
        {"issued": {"date-parts": [[2025, 13]]}},
        {"access": Access.STAFF},
        {"access": Access.STAFF, "public_descriptor": " "},
        {"access": Access.STAFF, "public_descriptor": "a" * 301},
        {"publisher": "a" * 301},
    ],
)
def test_a_record_that_cannot_be_kept_is_refused(by: User, changes: dict[str, Any]) -> None:
    add(by)

    with pytest.raises(Refusal) as refused:
        add(by, **{"id": "another", **changes})

    assert refused.value.message.endswith(".")
    assert len(refused.value.message) < 400
    assert Source.objects.count() == 1


def test_a_revision_keeps_the_key_and_leaves_what_is_not_said(by: User) -> None:
    source = add(by, access=Access.STAFF, public_descriptor="a report")

    revise_source(
        source=source, record={**RECORD, "id": "other", "title": "New"}, by=by, at=make.TODAY
    )

    source = Source.objects.get()
    assert (source.key, source.title, source.access) == ("report", "New", Access.STAFF)
    assert source.public_descriptor == "a report"


def test_an_equal_record_is_no_change(by: User) -> None:
    source = add(by)
    source.refresh_from_db()

    revise_source(source=source, record=RECORD, by=by, at=make.TODAY)

    assert history_of(source) == ["insert"]


def history_of(source: Source) -> list[str]:
    events = apps.get_model("sources", "SourceEvent").objects.filter(pgh_obj=source)
    return list(events.order_by("pk").values_list("pgh_label", flat=True))


def in_order(by: User, *sources: Source, key: str = "series", title: str = "Series") -> Series:
    return add_series(key=key, title=title, sources=sources, by=by, at=make.TODAY)


def positions(series: Series) -> list[tuple[int, Source]]:
    members = series.members.select_related("source").order_by("position")
    return [(member.position, member.source) for member in members]


def test_a_series_takes_on_another_order_and_title(by: User) -> None:
    one, two, three = (make.source() for _ in range(3))
    in_order(by, one, two)

    series = in_order(by, three, two, one, title="Another title")

    assert positions(series) == [(1, three), (2, two), (3, one)]
    assert Series.objects.get().title == "Another title"


def test_who_asked_hears_of_a_series_that_changed_and_of_no_other(
    by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[object] = []
    listener = lambda series, at: heard.append(series)  # noqa: E731 - a listener of one line
    monkeypatch.setattr(announce, "series_changed", [listener])
    one, two = make.source(), make.source()

    series = in_order(by, one, two)
    in_order(by, one, two)
    in_order(by, two, one)

    assert heard == [series, series]


@pytest.mark.parametrize(
    "fields", [{"key": "a key"}, {"key": ""}, {"title": " "}, {"title": "a" * 301}]
)
def test_a_series_has_a_key_and_a_title(by: User, fields: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        in_order(by, make.source(), **fields)
    assert not Series.objects.exists()


def test_a_series_names_a_source_once(by: User) -> None:
    one = make.source()

    with pytest.raises(Refusal, match="twice"):
        in_order(by, one, one)
    assert not Series.objects.exists()


def test_who_is_not_active_enters_nothing() -> None:
    gone = make.person(Role.ADMINISTRATOR)
    gone.is_active = False

    with pytest.raises(Refusal):
        add(gone)


@pytest.mark.parametrize(
    ("before", "after", "takes_an_editor"),
    [
        (Access.STAFF, Access.PUBLIC, True),
        (Access.NAMED, Access.STAFF, True),
        (Access.PUBLIC, Access.STAFF, False),
        (Access.STAFF, Access.NAMED, False),
        (Access.STAFF, Access.STAFF, False),
    ],
)
def test_an_editor_lets_more_people_know_a_source(
    by: User, before: Access, after: Access, takes_an_editor: bool
) -> None:
    kept = make.source(access=before, public_descriptor="a senior official")

    def opened(by: User) -> str:
        return revise_source(
            source=kept, record=kept.csl, by=by, at=make.TODAY, access=after
        ).access

    if takes_an_editor:
        with pytest.raises(NotPermitted):
            opened(by)
    assert opened(make.person(Role.EDITOR)) == after


def test_whoever_read_a_source_before_it_was_closed_does_not_open_it_again(by: User) -> None:
    add_source(record=RECORD, by=by, at=make.TODAY)
    read_before = Source.objects.get()
    closed: dict[str, Any] = {"access": Access.NAMED, "public_descriptor": "an official"}
    revise_source(
        source=Source.objects.get(),
        record=RECORD,
        by=make.person(Role.EDITOR),
        at=make.TODAY,
        **closed,
    )

    opening = {**closed, "access": Access.STAFF}
    with pytest.raises(NotPermitted):
        revise_source(source=read_before, record=RECORD, by=by, at=make.TODAY, **opening)

    assert Source.objects.get().access == Access.NAMED


def test_a_confidential_source_is_not_opened_and_one_that_becomes_so_is_closed(by: User) -> None:
    editor = make.person(Role.EDITOR)
    secret = add(by, id="secret", access=Access.STAFF, public_descriptor="A paper")
    with pytest.raises(Refusal, match="is confidential"):
        open_source(source=secret, by=editor, at=make.TODAY)
    with pytest.raises(NotPermitted):
        open_source(source=add(by, id="plain"), by=by, at=make.TODAY)

    opened = open_source(source=add(by), by=editor, at=make.TODAY)
    assert (opened.opened_at, opened.opened_by) == (make.TODAY, editor)

    closed = revise_source(
        source=opened,
        record=RECORD,
        access=Access.STAFF,
        public_descriptor="A paper",
        by=editor,
        at=make.TODAY,
    )
    assert (closed.opened_at, closed.opened_by) == (None, None)
