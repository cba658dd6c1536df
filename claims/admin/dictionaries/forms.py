"""The form of a topic dictionary: a row for each topic, with its terms one a line."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from claims.admin.term_lines import line_of_term, term_of_line
from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from claims.domain.series.dictionary_validation import (
    MAX_TOPICS,
    DictionaryRefused,
    dictionary_refusals,
    tidy_dictionary,
)
from claims.models import Topic
from sources.admin.base import ActionForm
from sources.admin.fields import LinesField

# The fields of a row, each as typed.
TypedRow = dict[str, Any]

_PREFIX = "topics"
# Rows beyond those that are kept: they are refused in words, not lost.
_ROOM = 20


class DictionaryForm(ActionForm):
    """All of a dictionary but for its topics. `seen_number` is the version that was read."""

    note = forms.CharField(
        label=gettext_lazy("What changed, and why"),
        required=False,
        max_length=2_000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("For the history; readers do not see it."),
    )
    seen_number = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)


class TopicRow(ActionForm):
    """The entry of one topic. `place` is its place among the topics."""

    place = forms.IntegerField(widget=forms.HiddenInput, required=False)
    topic = forms.CharField(
        label=gettext_lazy("Topic"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={"list": "offer-topics", "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=gettext_lazy("Its key or its name."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2_000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("For readers: how the topic is counted."),
    )
    terms = LinesField(
        label=gettext_lazy("Terms"),
        required=False,
        max_length=40_000,
        rows=5,
        help_text=gettext_lazy("One a line; a language may follow: Арктик* | ru."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"].widget.attrs |= {"spellcheck": "false", "data-terms": ""}

    def terms_typed(self) -> list[DictionaryTerm]:
        """The terms of the lines, as typed."""
        typed = str(self["terms"].value() or "")
        lines = (line.strip() for line in typed.splitlines())
        return [DictionaryTerm(*term_of_line(line)) for line in lines if line]


class TopicRows(forms.BaseFormSet):  # type: ignore[type-arg] # the class takes no parameter at run time
    """The rows of a dictionary."""

    def in_order(self) -> list[TopicRow]:
        """The rows by their place, as typed."""

        def place(row: TopicRow) -> int:
            typed = str(row["place"].value() or "")
            return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0

        return sorted(self.forms, key=place)

    def typed(self) -> list[TypedRow]:
        """The fields of the rows as typed, in their order, for a form of the same again."""
        return [
            {name: row[name].value() or "" for name in row.fields if name != "place"}
            for row in self.in_order()
        ]


class TopicNames:
    """The keys of all topics, found by key or by a name that only one of them has."""

    def __init__(self) -> None:
        self.names: dict[str, str] = dict(Topic.objects.values_list("key", "name"))
        self.by_name: dict[str, set[str]] = {}
        for key, name in self.names.items():
            self.by_name.setdefault(name.casefold(), set()).add(key)

    def key_of(self, typed: str) -> str:
        """The key of the topic that was typed; the words as typed where there is no such one."""
        words = " ".join(typed.split())
        if words in self.names:
            return words
        named = self.by_name.get(words.casefold(), set())
        return next(iter(named)) if len(named) == 1 else words

    def name_of(self, key: str) -> str:
        """The name of a topic; empty where there is no such one."""
        return self.names.get(key, "")


def topic_rows(data: Any) -> TopicRows:
    """Return the rows as they were sent."""
    made = forms.formset_factory(
        TopicRow,
        formset=TopicRows,
        extra=0,
        max_num=MAX_TOPICS + _ROOM,
        absolute_max=MAX_TOPICS + _ROOM,
    )
    return made(data, prefix=_PREFIX)  # type: ignore[return-value] # of that class


def bound_rows(typed: Sequence[TypedRow]) -> TopicRows:
    """Return the rows as if these were sent, so that they can be checked at once."""
    data: dict[str, Any] = {
        f"{_PREFIX}-TOTAL_FORMS": len(typed),
        f"{_PREFIX}-INITIAL_FORMS": 0,
    }
    for number, row in enumerate(typed):
        fields = {"place": number + 1, "topic": "", "note": "", "terms": ""} | row
        data |= {f"{_PREFIX}-{number}-{name}": value for name, value in fields.items()}
    return topic_rows(data)


def rows_of_dictionary(dictionary: Dictionary) -> list[TypedRow]:
    """Return the entries of a dictionary as they are typed."""
    return [
        {
            "topic": entry.topic,
            "note": entry.note,
            "terms": lines_of_terms(entry.terms),
        }
        for entry in dictionary.entries
    ]


def lines_of_terms(terms: Iterable[DictionaryTerm]) -> str:
    """Return terms as the lines that are read as them."""
    return "\n".join(line_of_term(term.text, term.language) for term in terms)


def typed_dictionary(rows: TopicRows, topics: TopicNames) -> Dictionary:
    """Return what was typed into the rows, in their order, tidy but not validated."""
    return tidy_dictionary(
        Dictionary(
            tuple(
                DictionaryEntry(
                    topics.key_of(str(row["topic"].value() or "")),
                    tuple(row.terms_typed()),
                    str(row["note"].value() or ""),
                )
                for row in rows.in_order()
            )
        )
    )


def refuse_rows(form: DictionaryForm, rows: TopicRows, topics: TopicNames) -> bool:
    """Show all that is refused at its row, and on top what is refused of the whole.

    Return whether anything is. The rows are bound.
    """
    ordered = rows.in_order()
    dictionary = typed_dictionary(rows, topics)
    refused = False
    for refusal in dictionary_refusals(dictionary, topics.names.keys()):
        refused = True
        if refusal.entry is None:
            form.refuse(refusal)
        else:
            ordered[refusal.entry].add_error(_field_of(refusal), refusal.message)
    return refused


# The fields of a row whose refusals have these codes; those of a term stand at the terms.
_FIELDS: Mapping[str, str] = {
    "topic_missing": "topic",
    "topic_twice": "topic",
    "unknown_topic": "topic",
    "terms_missing": "terms",
}


def _field_of(refusal: DictionaryRefused) -> str | None:
    """The field of a row that a refusal is about; None where it does not say."""
    return "terms" if refusal.term is not None else _FIELDS.get(refusal.code)
