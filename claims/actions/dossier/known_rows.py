"""The rows that the claims of a file may name, read for many claims at once."""

from collections.abc import Collection, Container
from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import Count, Min

from claims.actions.claims.content_rows import found
from claims.domain.dossier.fields import Known, KnownProperty
from claims.models import Entity, Property, Topic
from claims.vocabulary import ValueKind
from sources.models import Series, Source

if TYPE_CHECKING:
    from factbase.models import User

ModelT = TypeVar("ModelT", bound=models.Model)


def known_here(by: "User") -> Known:
    """The rows of the database that claims may name.

    A topic goes by its key, and by its name where no other topic has it.
    """
    topics: dict[str, str] = dict(
        Topic.objects.values("name")
        .annotate(topics=Count("pk"), key=Min("key"))
        .filter(topics=1)
        .values_list("name", "key")
    )
    topics |= {key: key for key in Topic.objects.values_list("key", flat=True)}
    sources, series, entities = Keys(Source), Keys(Series), Keys(Entity)

    def look_up(keys: Collection[str]) -> None:
        for model in (sources, series, entities):
            model.look_up(keys)

    return Known(
        author=by.username,
        source=sources,
        series=series,
        entity=entities,
        property={
            one.key: KnownProperty(ValueKind(one.value_kind), one.unit, tuple(one.bases))
            for one in Property.objects.all()
        },
        topic=topics,
        where="this database",
        look_up=look_up,
    )


class Keys(Container[str]):
    """The keys that rows of a model have, of those that were looked up."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.known: dict[object, bool] = {}

    def __contains__(self, key: object) -> bool:
        """Whether a row has this key; looked up now where it was not before."""
        if key not in self.known:
            self.look_up([str(key)])
        return self.known[key]

    def look_up(self, keys: Collection[str]) -> None:
        """Ask the database which of these are keys, in one query."""
        if new := [key for key in keys if key not in self.known]:
            rows = self.model._default_manager.filter(key__in=new)
            there = set(rows.values_list("key", flat=True))
            self.known |= {key: key in there for key in new}


class RowsByKey(dict[str, ModelT]):
    """The rows of a model by key, each read once."""

    def __init__(self, model: type[ModelT]) -> None:
        super().__init__()
        self.model = model

    def __missing__(self, key: str) -> ModelT:
        self[key] = found(self.model, key)
        return self[key]
