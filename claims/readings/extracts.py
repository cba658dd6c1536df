"""Extracts as everybody may know them: what was asked, where each stands, its files, how to cite.

A page of extracts costs a constant number of statements.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.domain.extract_queries import query_pairs
from claims.models import Entity, Extract, ExtractFile
from claims.querysets.extracts import ExtractChanges, ExtractQuerySet, changes_of_extracts
from claims.readings.counts import NAMES
from claims.readings.wording import day_text
from claims.vocabulary.extracts import ExtractFormat, ExtractState
from sources.models import Source
from sources.readings.reader import Reader
from sources.vocabulary import Access


@dataclass(frozen=True, slots=True)
class ExtractFileReading:
    """A file of an extract as frozen, without its bytes; `size` is in bytes, 0 of one withheld."""

    name: str
    format: ExtractFormat
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class ExtractReading:
    """One extract for everybody at one time.

    `query` is the query as an address has it, `query_words` each of its conditions in words. Where
    they name a source that is confidential by now, or were withheld, both are empty and not
    `query_is_told`.
    `reasons` say in sentences why its files are not given, and what became of claims in it.
    """

    id: int
    ref: str
    title: str
    query: str
    query_words: tuple[str, ...]
    query_is_told: bool
    known_at: datetime
    made_at: datetime
    rows: int
    columns: int
    state: ExtractState
    reasons: tuple[str, ...]
    withdrawn_at: datetime | None
    files: tuple[ExtractFileReading, ...]

    @property
    def is_given(self) -> bool:
        """Whether readers get the bytes of its files."""
        return self.state == ExtractState.GIVEN

    @property
    def state_text(self) -> str:
        """The state in a word or two."""
        return str(_(self.state.label))


def read_extract(number: int, reader: Reader) -> ExtractReading | None:
    """The extract of that number; None where there is none."""
    return next(iter(read_extracts(Extract.objects.filter(pk=number), reader)), None)


def read_extracts(extracts: ExtractQuerySet, reader: Reader) -> list[ExtractReading]:
    """The readings of extracts made by then, the latest first: of all of them at once."""
    rows = list(extracts.made(reader.at).select_related("withdrawal").order_by("-pk"))
    if not rows:
        return []
    ids = [row.pk for row in rows]
    changes = changes_of_extracts(ids, reader.at)
    files: dict[int, list[Any]] = defaultdict(list)
    for file in ExtractFile.objects.filter(extract__in=ids).without_content().order_by("format"):
        files[file.extract_id].append(file)
    guarded = _guarded_words({word for row in rows for word in _words_of(row.query)})
    return [
        _extract(
            row,
            changes[row.pk],
            files[row.pk],
            is_guarded=not guarded.isdisjoint(_words_of(row.query)),
        )
        for row in rows
    ]


def bytes_as_frozen(extract: int, form: ExtractFormat) -> bytes:
    """The bytes of a file; whoever asks has looked whether it is given."""
    rows = ExtractFile.objects.filter(extract=extract, format=form)
    return bytes(rows.values_list("content", flat=True)[0])


def query_in_words(query: str) -> tuple[str, ...]:
    """Each condition of a query in words: “Topic: trade or energy”, “not Mode: planned”."""
    return tuple(_condition(name, value) for name, value in query_pairs(query))


def extract_record(extract: ExtractReading, url: str, *, installation: str) -> dict[str, Any]:
    """The record of an extract in CSL-JSON: a dataset of this installation, with its hashes."""
    day = extract.made_at.date()
    hashes = ", ".join(f"{_(one.format.label)} {one.sha256}" for one in extract.files)
    note = _("Claims as known at %(at)s, %(rows)d rows. Query: %(query)s. SHA-256: %(hashes)s") % {
        "at": f"{extract.known_at:%Y-%m-%d %H:%M:%S} UTC",
        "rows": extract.rows,
        "query": extract.query or (_("all claims") if extract.query_is_told else _("not told")),
        "hashes": hashes,
    }
    return {
        "id": extract.ref,
        "type": "dataset",
        "title": f"{extract.title} ({extract.ref})",
        "author": [{"literal": installation}],
        "publisher": installation,
        "number": extract.ref,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": url,
        "note": note,
    }


def _words_of(query: str) -> set[str]:
    """The words of a query that can be keys."""
    values = (value.removeprefix("!") for _name, value in query_pairs(query))
    return {word.strip() for value in values for word in value.split(",")}


def _guarded_words(words: Collection[str]) -> set[str]:
    """Those that are keys of confidential sources, or of entities that stand for one."""
    sources = Source.objects.exclude(access=Access.PUBLIC)
    entities = Entity.objects.filter(source__in=sources.values("pk"), key__in=words)
    keys = sources.filter(key__in=words).values_list("key", flat=True)
    return {*keys, *entities.values_list("key", flat=True)}


def _extract(
    row: Any, changes: ExtractChanges, files: Iterable[Any], *, is_guarded: bool
) -> ExtractReading:
    withdrawal = getattr(row, "withdrawal", None)
    query_is_told = bool(row.title) and not (is_guarded or changes.names_confidential_source)
    query = row.query if query_is_told else ""
    return ExtractReading(
        id=row.pk,
        ref=row.ref,
        title=row.title or _("Its title was withheld."),
        query=query,
        query_words=query_in_words(query),
        query_is_told=query_is_told,
        known_at=row.known_at,
        made_at=row.made_at,
        rows=row.rows,
        columns=row.columns,
        state=_state(withdrawal, changes),
        reasons=tuple(_reasons(withdrawal, changes)),
        withdrawn_at=withdrawal.withdrawn_at if withdrawal else None,
        files=tuple(
            ExtractFileReading(
                f"{row.ref}.{file.format}", ExtractFormat(file.format), file.sha256, file.size
            )
            for file in files
        ),
    )


def _state(withdrawal: Any, changes: ExtractChanges) -> ExtractState:
    if withdrawal is not None:
        return ExtractState.WITHDRAWN
    if changes.is_withheld:
        return ExtractState.WITHHELD
    return ExtractState.CLOSED if changes.is_closed else ExtractState.GIVEN


def _reasons(withdrawal: Any, changes: ExtractChanges) -> Iterable[str]:
    if withdrawal is not None:
        yield _("The extract was withdrawn on %(day)s: %(reason)s") % {
            "day": day_text(withdrawal.withdrawn_at.date()),
            "reason": withdrawal.reason or _("The words of the reason were withheld."),
        }
    if changes.is_withheld:
        yield _("Words that it quotes were withheld since it was made.")
    if changes.names_confidential_source:
        yield _("A source that it names has become confidential since it was made.")
    if changes.taken_off:
        yield ngettext(
            "A claim in it is no longer shown to readers.",
            "%(number)d claims in it are no longer shown to readers.",
            changes.taken_off,
        ) % {"number": changes.taken_off}
    if changes.retracted:
        yield ngettext(
            "A claim in it was retracted since.",
            "%(number)d claims in it were retracted since.",
            changes.retracted,
        ) % {"number": changes.retracted}
    if changes.newer:
        yield ngettext(
            "A claim in it has a newer version.",
            "%(number)d claims in it have a newer version.",
            changes.newer,
        ) % {"number": changes.newer}


def _condition(name: str, value: str) -> str:
    label = str(NAMES.get(name, "")) or name.replace("_", " ").capitalize()
    words: Sequence[str] = value.removeprefix("!").split(",")
    said = _(" or ").join(word for word in words if word) or value
    if value.startswith("!"):
        return _("%(name)s: not %(words)s") % {"name": label, "words": said}
    return f"{label}: {said}"
