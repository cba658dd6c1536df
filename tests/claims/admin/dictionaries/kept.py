"""Series with dictionaries, and the form data of one."""

from typing import Any

from claims.actions.series.dictionaries import save_dictionary
from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from claims.models import DictionaryVersion
from factbase.models import User
from sources.actions.sources import add_series
from sources.models import Series
from sources.vocabulary import Role
from tests import factories as make


def entry(topic: str, *terms: str | tuple[str, str], note: str = "") -> DictionaryEntry:
    """An entry of terms, each alone or with its language."""
    given = (term if isinstance(term, tuple) else (term, "") for term in terms)
    return DictionaryEntry(topic, tuple(DictionaryTerm(*one) for one in given), note)


def a_series(key: str = "quad", *, topics: tuple[str, ...] = ("Arctic", "Ukraine")) -> Series:
    """A series of one document that everybody reads, with topics to sort it by."""
    for name in topics:
        make.topic(name)
    source = make.source("The Arctic is cold.", key=f"{key}-2024", is_opened=True)
    by = make.somebody(Role.CONTRIBUTOR)
    return add_series(key=key, title=key.title(), sources=[source], by=by, at=make.TODAY)


def save(
    series: Series, *entries: DictionaryEntry, by: User | None = None, note: str = ""
) -> DictionaryVersion:
    """The next version of the dictionary of a series."""
    current = DictionaryVersion.objects.current_of(series)
    return save_dictionary(
        series=series,
        dictionary=Dictionary(entries),
        seen_number=current.number if current else 0,
        by=by or make.somebody(Role.EDITOR),
        note=note,
        at=make.TODAY,
    )


def typed(*rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The form data of a dictionary with these rows."""
    data: dict[str, Any] = {
        "note": "",
        "seen_number": 0,
        "topics-TOTAL_FORMS": len(rows),
        "topics-INITIAL_FORMS": 0,
        **fields,
    }
    for number, row in enumerate(rows):
        full = {"place": number + 1, "topic": "", "note": "", "terms": ""} | row
        data |= {f"topics-{number}-{name}": value for name, value in full.items()}
    return data


def rows_on(page: Any) -> list[tuple[str, list[str]]]:
    """The topic and the lines of terms of each row of the form, in order."""
    rows = [view.row for view in page.context["topics"]]
    return [
        (row["topic"].value() or "", str(row["terms"].value() or "").splitlines()) for row in rows
    ]
