"""Topic dictionaries of series as one reader may know them, and what changed between two versions.

Versions, terms and the notes of entries are for everybody who may know the series: counts are
read with them. Who made a version, and the note on what it changed, are for the staff.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.domain.series.dictionary import Dictionary, DictionaryTerm
from claims.domain.series.dictionary_changes import (
    DictionaryChanges,
    EntryChange,
    EntryChangeKind,
    dictionary_changes,
)
from claims.domain.series.dictionary_files import dictionary_as_csv, dictionary_as_yaml
from claims.models import DictionaryVersion, Topic
from sources.domain.refusals import quoted
from sources.models import Series
from sources.readings.reader import Reader


@dataclass(frozen=True)
class DictionaryEntryReading:
    """The terms of a topic, with its name and the note on how it is counted."""

    topic: str
    name: str
    note: str
    terms: Sequence[DictionaryTerm]


@dataclass(frozen=True)
class DictionaryReading:
    """One version of the dictionary of a series.

    `name` is how numbers that rest on it name it ("quad/3"). `made_by` and `change_note` are empty
    for everybody but the staff.
    """

    series: str
    title: str
    name: str
    number: int
    sha256: str
    made_at: datetime
    is_current: bool
    dictionary: Dictionary
    entries: Sequence[DictionaryEntryReading]
    made_by: str = ""
    change_note: str = ""

    @property
    def terms(self) -> int:
        """How many terms its topics have in all."""
        return sum(len(entry.terms) for entry in self.entries)


@dataclass(frozen=True)
class DictionaryChangeReading:
    """A version, and in words how it differs from the one before it."""

    version: DictionaryReading
    changes: Sequence[str]


@dataclass(frozen=True)
class VersionFile:
    """A version as a file: its name, its media type and its text."""

    name: str
    media_type: str
    text: str


def dictionary_file(reading: DictionaryReading, form: str) -> VersionFile | None:
    """Return the version as `yaml` or `csv`; None for any other form."""
    name = f"{reading.series}-dictionary-{reading.number}.{form}"
    if form == "yaml":
        written = dictionary_as_yaml(
            reading.dictionary, series=reading.series, number=reading.number
        )
        return VersionFile(name, "application/yaml", written)
    if form == "csv":
        return VersionFile(name, "text/csv", dictionary_as_csv(reading.dictionary))
    return None


def read_dictionary_version(
    series: Series, reader: Reader, number: int | None = None
) -> DictionaryReading | None:
    """Return the version of that number, the current one for None; None where there is none."""
    versions = DictionaryVersion.objects.of_series(series)
    current = versions.first()
    found = current if number is None else versions.filter(number=number).first()
    if found is None or current is None:
        return None
    names = topic_names([found.dictionary])
    return _reading(found, series, reader, names, current.number)


def read_current_dictionaries(
    series: Sequence[Series], reader: Reader
) -> list[tuple[Series, DictionaryReading | None]]:
    """Return each series with its current version, in few statements however many there are."""
    versions = list(DictionaryVersion.objects.current_of_each(series))
    names = topic_names([version.dictionary for version in versions])
    current = {version.series_id: version for version in versions}
    return [
        (one, _reading(current[one.pk], one, reader, names, current[one.pk].number))
        if one.pk in current
        else (one, None)
        for one in series
    ]


def read_dictionary_history(series: Series, reader: Reader) -> list[DictionaryChangeReading]:
    """Return all versions, the newest first, each with what it changed."""
    versions = list(DictionaryVersion.objects.of_series(series))
    names = topic_names([version.dictionary for version in versions])
    befores = [*(version.dictionary for version in versions[1:]), Dictionary()]
    return [
        DictionaryChangeReading(
            _reading(version, series, reader, names, versions[0].number),
            changes_in_words(dictionary_changes(before, version.dictionary), names),
        )
        for version, before in zip(versions, befores, strict=True)
    ]


def topic_names(dictionaries: Sequence[Dictionary]) -> dict[str, str]:
    """Return the names of the topics of some dictionaries by key."""
    keys = {entry.topic for dictionary in dictionaries for entry in dictionary.entries}
    return dict(Topic.objects.filter(key__in=keys).values_list("key", "name"))


def changes_in_words(changes: DictionaryChanges, names: Mapping[str, str]) -> list[str]:
    """Return the differences of two dictionaries, a sentence for each topic that differs."""
    lines = [_change_in_words(change, names) for change in changes.entries]
    if changes.is_reordered:
        lines.append(_("The topics stand in another order."))
    return lines


def term_in_words(term: DictionaryTerm) -> str:
    """Return a term in quotation marks, with its language where it has one."""
    words = f"“{term.text}”"
    return f"{words} ({term.language})" if term.language else words


def _reading(
    version: DictionaryVersion,
    series: Series,
    reader: Reader,
    names: Mapping[str, str],
    newest: int,
) -> DictionaryReading:
    """The version as this reader may know it."""
    dictionary = version.dictionary
    return DictionaryReading(
        series=series.key,
        title=series.title,
        name=f"{series.key}/{version.number}",
        number=version.number,
        sha256=version.sha256,
        made_at=version.made_at,
        is_current=version.number == newest,
        dictionary=dictionary,
        entries=[
            DictionaryEntryReading(
                entry.topic, names.get(entry.topic, entry.topic), entry.note, entry.terms
            )
            for entry in dictionary.entries
        ],
        made_by=str(version.made_by) if reader.is_staff else "",
        change_note=version.note if reader.is_staff else "",
    )


def _change_in_words(change: EntryChange, names: Mapping[str, str]) -> str:
    """The difference of one entry as a sentence."""
    topic = {"topic": names.get(change.topic, change.topic)}
    if change.kind == EntryChangeKind.REMOVED:
        count = len(change.removed)
        words = ngettext(
            "%(topic)s: left out, with %(count)d term.",
            "%(topic)s: left out, with %(count)d terms.",
            count,
        )
        return words % (topic | {"count": count})
    parts = []
    if change.added:
        parts.append(_("with %(terms)s") % {"terms": ", ".join(map(term_in_words, change.added))})
    if change.removed:
        removed = ", ".join(map(term_in_words, change.removed))
        parts.append(_("without %(terms)s") % {"terms": removed})
    if change.is_note_changed:
        parts.append(
            _("with the note %(note)s") % {"note": quoted(change.note_after)}
            if change.note_after
            else _("without its note")
        )
    if change.is_order_alone:
        parts.append(_("with its terms in another order"))
    is_new = change.kind == EntryChangeKind.ADDED
    sentence = _("%(topic)s: new, %(how)s.") if is_new else _("%(topic)s: now %(how)s.")
    return sentence % (topic | {"how": "; ".join(parts)})
