"""Taking the terms of an absence from the dictionary of its series.

The terms are copied into the form: what a claim says is absent stays its own, whatever later
versions of the dictionary have.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.term_lines import line_of_term, term_of_line
from claims.domain.series.dictionary import DictionaryEntry
from claims.models import DictionaryVersion, Entity, Topic
from claims.vocabulary import Matching
from sources.admin.fields import find_row
from sources.models import Series, Source

# The button of the form.
TAKE_TERMS = "take-terms"


def take_dictionary_terms(request: HttpRequest, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the form as typed, with the terms of the dictionary behind those there.

    The entry is that of the aspect, in the current dictionary of the series that the absence
    names, or of the one series of its documents that has such an entry. A message says what was
    taken, or why nothing was.
    """
    fields = dict(typed)
    try:
        topic: Any = _named(Topic.objects.all(), fields.get("aspect"), "name")
        if topic is None:
            raise ValidationError(
                _("Fill in the aspect first: it says whose terms are taken from the dictionary.")
            )
        version, entry = _entry_of(topic, _series_of(fields, request.user))
    except ValidationError as refused:
        for message in refused.messages:
            messages.error(request, message)
        return fields
    lines = [line for line in str(fields.get("absence_terms") or "").splitlines() if line.strip()]
    there = {term_of_line(line.strip()) for line in lines}
    new = [
        line_of_term(term.text, term.language)
        for term in entry.terms
        if (term.text, term.language) not in there
    ]
    if not lines:
        fields["absence_matching"] = Matching.WORDS  # as terms of a dictionary are looked for
    fields["absence_terms"] = "\n".join([*lines, *new])
    taken = ngettext(
        "%(count)d term was taken from the dictionary %(name)s.",
        "%(count)d terms were taken from the dictionary %(name)s.",
        len(new),
    ) % {"count": len(new), "name": version}
    own = _("They are this claim’s own now: later versions of the dictionary do not change them.")
    messages.info(request, f"{taken} {own}")
    return fields


def _entry_of(topic: Topic, series: list[Series]) -> tuple[DictionaryVersion, DictionaryEntry]:
    """The entry of a topic in the dictionary of the only one of some series that has one."""
    if not series:
        raise ValidationError(
            _("Name the series, or documents of one: the dictionary is that of a series.")
        )
    versions = filter(None, map(DictionaryVersion.objects.current_of, series))
    found = [
        (version, entry)
        for version in versions
        for entry in version.dictionary.entries
        if entry.topic == topic.key
    ]
    names = ", ".join(one.key for one in series)
    if not found:
        raise ValidationError(
            _("There are no terms for the topic %(topic)s in the dictionary of %(series)s."),
            params={"topic": topic.key, "series": names},
        )
    if len(found) > 1:
        raise ValidationError(
            _("Several series have terms for the topic %(topic)s. Name one of them: %(series)s."),
            params={"topic": topic.key, "series": names},
        )
    return found[0]


def _series_of(fields: Mapping[str, Any], reader: Any) -> list[Series]:
    """The series that the absence names; otherwise those of its documents, or of its subject."""
    at = timezone.now()
    known = Series.objects.known_to(reader, at)
    named: Any = _named(known, fields.get("absence_series"), "title")
    if named is not None:
        return [named]
    readable = Source.objects.readable_by(reader, at)
    lines = str(fields.get("absence_sources") or "").splitlines()
    sources: list[Any] = [_named(readable, line, "title") for line in lines if line.strip()]
    entities = Entity.objects.known_to(reader, at)
    subject: Any = _named(entities, fields.get("subject"), "label")
    if not sources and subject is not None:
        if subject.series_id is not None:
            return list(known.filter(pk=subject.series_id))
        sources = [subject.source] if subject.source_id is not None else []
    for source in sources:
        known = known.filter(members__source=source)
    return list(known.order_by("title", "pk")) if sources else []


def _named(rows: Any, typed: Any, column: str) -> Any:
    """The row of that key or name, None where nothing is typed. Raises ValidationError."""
    words = str(typed or "").strip()
    return find_row(rows, words, column) if words else None
