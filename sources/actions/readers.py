"""Naming who may read a source that only named persons read."""

from datetime import datetime
from typing import TYPE_CHECKING

from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.models import Source, SourceReader
from sources.vocabulary import Access, Role

if TYPE_CHECKING:
    from factbase.models import User


class ReaderRefused(Refusal):
    """A reader who cannot be named, or not taken back.

    `code`: not_named, not_a_reader, no_account, last_reader, no_such_reader.
    """


@action
def name_reader(
    *,
    source: Source,
    reader: "User",
    by: "User",
    at: datetime,  # noqa: ARG001 - history keeps the time
) -> SourceReader:
    """Let a person read a source that only named persons read; only one of these names another.

    A person who is named already stays so. Raises ReaderRefused, NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    require_named(source, by)
    if not (reader.is_active and reader.is_staff):
        raise ReaderRefused(
            "no_account", f"{reader} does not work here any more; name somebody who signs in."
        )
    tie, _is_new = SourceReader.objects.get_or_create(source=source, reader=reader)
    return tie


@action
def remove_reader(
    *,
    source: Source,
    reader: "User",
    by: "User",
    at: datetime,  # noqa: ARG001 - history keeps the time
) -> None:
    """Take back that a person reads a source; the history keeps that they were named.

    Somebody must be left who can read it. Raises ReaderRefused, NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    require_named(source, by)
    others = source.reader_ties.exclude(reader=reader).filter(reader__is_active=True)
    if not others.exists():
        raise ReaderRefused(
            "last_reader",
            f"{reader} is the last who reads {source.key}; name somebody else first.",
        )
    gone, _by_table = SourceReader.objects.filter(source=source, reader=reader).delete()
    if not gone:
        raise ReaderRefused(
            "no_such_reader", f"{reader} is not named as a reader of {source.key}; look again."
        )


def require_named(source: Source, by: "User") -> None:
    """Lock the source, and refuse who is not named to read it, or where nobody is named.

    Raises ReaderRefused.
    """
    locked = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    if locked.access != Access.NAMED:
        raise ReaderRefused(
            "not_named",
            f"All of the staff may read {source.key}; change its access first.",
        )
    if not source.reader_ties.filter(reader=by).exists():
        raise ReaderRefused("not_a_reader", "Only who reads a source names others who may.")
