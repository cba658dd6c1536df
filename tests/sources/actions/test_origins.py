"""Origins of a source: noted, changed, and taken back."""

from typing import Any

import pytest
from django.apps import apps

from factbase.models import User
from sources.actions.origins import add_origin, remove_origin
from sources.domain.refusals import Refusal
from sources.models import Source, SourceOrigin
from sources.vocabulary import OriginKind
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return make.person()


def tied(source: Source, origin: Source, by: User, **given: Any) -> SourceOrigin:
    given = {"kind": OriginKind.REPRINT, **given}
    return add_origin(source=source, origin=origin, by=by, at=make.TODAY, **given)


def history() -> list[tuple[Any, ...]]:
    events = apps.get_model("sources", "SourceOriginEvent").objects.order_by("pk")
    names = ("pgh_label", "kind", "pgh_context__user", "pgh_context__reason")
    return list(events.values_list(*names))


def test_origins_never_run_in_a_circle(by: User) -> None:
    one, two, three = (make.source() for _ in range(3))
    tied(two, one, by)
    tied(three, two, by)

    for source, origin in [(one, one), (one, two), (one, three)]:
        with pytest.raises(Refusal, match="cannot be its origin"):
            tied(source, origin, by)
    assert SourceOrigin.objects.count() == 2


def test_two_ways_to_one_origin_are_no_circle(by: User) -> None:
    wire, one, two, digest = (make.source() for _ in range(4))
    for source, origin in [(one, wire), (two, wire), (digest, one), (digest, two)]:
        tied(source, origin, by)

    assert set(Source.objects.derived_from(wire)) == {one, two, digest}


def test_an_origin_is_named_once(by: User) -> None:
    one, two = make.source(), make.source()

    assert tied(one, two, by) == tied(one, two, by)
    assert history() == [("insert", "reprint", by.pk, None)]


def test_an_origin_that_is_noted_takes_on_another_kind(by: User) -> None:
    one, two = make.source(), make.source()
    tied(one, two, by)

    tied(one, two, by, kind=OriginKind.WIRE, reason="It names the agency.")

    assert SourceOrigin.objects.get().kind == OriginKind.WIRE
    assert history()[1:] == [("update", "wire", by.pk, "It names the agency.")]


def test_a_wrong_origin_goes_and_the_history_keeps_who_and_why(by: User) -> None:
    one, two, three = (make.source() for _ in range(3))
    tied(one, two, by)
    tied(one, three, by)

    remove_origin(source=one, origin=two, reason="It came first.", by=by, at=make.TODAY)

    assert SourceOrigin.objects.get().origin == three
    assert history()[2:] == [("delete", "reprint", by.pk, "It came first.")]


def test_an_origin_does_not_go_without_a_reason(by: User) -> None:
    one, two = make.source(), make.source()
    tied(one, two, by)

    with pytest.raises(Refusal, match="reason is missing"):
        remove_origin(source=one, origin=two, reason=" ", by=by, at=make.TODAY)
    assert SourceOrigin.objects.exists()


def test_what_is_not_noted_cannot_go(by: User) -> None:
    one, two = make.source(), make.source()

    with pytest.raises(Refusal, match="not noted as an origin"):
        remove_origin(source=two, origin=one, reason="Wrong.", by=by, at=make.TODAY)


def test_after_a_wrong_origin_is_gone_the_other_way_round_is_no_circle(by: User) -> None:
    one, two = make.source(), make.source()
    tied(one, two, by)
    remove_origin(source=one, origin=two, reason="The other way.", by=by, at=make.TODAY)

    assert tied(two, one, by).origin == one
