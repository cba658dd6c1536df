"""Changes that guards let through: a withholding, columns written once, fixed columns."""

from typing import Any

import pytest
from django.db import IntegrityError, models

from factbase.models import User
from sources.models import Capture, Excerpt, Series, Source, SourceOrigin, Withholding
from sources.models.guards import AppendOnly, any_differs
from sources.vocabulary import OriginKind
from tests import factories as make
from tests.museum import our_models, undone


def door_of(model: type[models.Model]) -> tuple[str, ...]:
    """The fields that a withholding empties."""
    triggers = getattr(model._meta, "triggers", ())
    found = (t.withholdable for t in triggers if isinstance(t, AppendOnly))
    return next(found, ())


DOORS = [(model, field) for model in our_models() for field in door_of(model)]
IDS = [f"{model.__name__}.{field}" for model, field in DOORS]


def withhold(model: type[models.Model], row: Any) -> None:
    one, other = User.objects.order_by("pk")[:2]
    Withholding.objects.create(
        table_name=model._meta.db_table,
        row_id=row.pk,
        sha256="0" * 64,
        reason="A court said so.",
        administrator=one,
        second_person=other,
        withheld_at=make.TODAY,
    )


def nothing_like(value: Any) -> Any:
    """The empty value of the same kind; text for what is not there."""
    return type(value)() if value is not None else ""


def otherwise(value: Any) -> Any:
    """Another value of the same kind, not empty."""
    if isinstance(value, bytes):
        return b"~"
    return [9] if isinstance(value, list) else "~"


def update(model: type[models.Model], row: Any, field: str, value: Any) -> None:
    model._default_manager.filter(pk=row.pk).update(**{field: value})


def row_of(model: type[models.Model], field: str) -> tuple[Any, Any]:
    """A row that has something in the field, and what it is."""
    for row in model._default_manager.order_by("pk"):
        value = getattr(row, field)
        if value:
            return row, bytes(value) if isinstance(value, memoryview) else value
    row = model._default_manager.order_by("pk")[0]
    return row, getattr(row, field)


@pytest.mark.parametrize(("model", "field"), DOORS, ids=IDS)
def test_a_withheld_row_is_emptied(museum: None, model: type[models.Model], field: str) -> None:
    row, value = row_of(model, field)
    with undone():
        withhold(model, row)
        update(model, row, field, nothing_like(value))
        row.refresh_from_db()
        assert not getattr(row, field)


@pytest.mark.parametrize(("model", "field"), DOORS, ids=IDS)
def test_a_withheld_row_takes_no_other_content(
    museum: None, model: type[models.Model], field: str
) -> None:
    row, value = row_of(model, field)
    with undone():
        withhold(model, row)
        with pytest.raises(IntegrityError, match="unless it is withheld"):
            update(model, row, field, otherwise(value))


@pytest.mark.parametrize(("model", "field"), DOORS, ids=IDS)
def test_a_row_that_is_not_withheld_keeps_its_content(
    museum: None, model: type[models.Model], field: str
) -> None:
    row, value = row_of(model, field)
    emptied = nothing_like(value) if value else otherwise(value)
    with pytest.raises(IntegrityError, match="unless it is withheld"), undone():
        update(model, row, field, emptied)


def test_a_withholding_of_one_row_opens_no_other(museum: None) -> None:
    one, other = Excerpt.objects.order_by("pk")[:2]
    with undone():
        withhold(Excerpt, one)
        with pytest.raises(IntegrityError, match="unless it is withheld"):
            update(Excerpt, other, "exact", "")


def test_what_is_written_once_stays(museum: None) -> None:
    capture = Capture.objects.all()[:1].get()
    with undone():
        update(Capture, capture, "page_label_offset", 4)
        update(Capture, capture, "page_label_offset", 4)
        with pytest.raises(IntegrityError, match="keeps its page_label_offset once written"):
            update(Capture, capture, "page_label_offset", 5)


def test_what_is_written_once_is_not_taken_back(museum: None) -> None:
    capture = Capture.objects.all()[:1].get()
    with undone():
        update(Capture, capture, "page_label_offset", 4)
        with pytest.raises(IntegrityError, match="keeps its page_label_offset once written"):
            update(Capture, capture, "page_label_offset", None)


@pytest.mark.parametrize("model", [Source, Series])
def test_a_key_never_changes(museum: None, model: type[models.Model]) -> None:
    row = model._default_manager.order_by("pk")[0]
    with pytest.raises(IntegrityError, match="keeps its key"), undone():
        update(model, row, "key", "another-key")


def test_a_guard_sees_a_change_from_and_to_nothing(museum: None) -> None:
    assert any_differs(["a", "b"]) == (
        'NEW."a" IS DISTINCT FROM OLD."a" OR NEW."b" IS DISTINCT FROM OLD."b"'
    )


@pytest.mark.django_db
def test_origins_never_run_in_a_circle() -> None:
    one, two, three = (make.source() for _ in range(3))
    ties = SourceOrigin.objects
    ties.create(source=two, origin=one, kind=OriginKind.WIRE)
    last = ties.create(source=three, origin=two, kind=OriginKind.WIRE)

    with undone(), pytest.raises(IntegrityError, match="leads back"):
        ties.create(source=one, origin=three, kind=OriginKind.WIRE)
    with undone(), pytest.raises(IntegrityError, match="leads back"):
        ties.filter(pk=last.pk).update(source=one)
    with undone(), pytest.raises(IntegrityError, match="leads back"):
        ties.bulk_create(
            SourceOrigin(source=source, origin=origin, kind=OriginKind.WIRE)
            for source, origin in ((one, make.source()), (one, two))
        )
    ties.filter(pk=last.pk).update(origin=one, kind=OriginKind.REPRINT)
