"""Forms of sources: the record, a quote, an origin."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from sources.admin.base import ActionForm
from sources.admin.fields import KeyField, LinesField
from sources.domain.bibliography.records import TYPES
from sources.domain.dates import DateRefused, parse_dates
from sources.domain.refusals import Refusal
from sources.models import Source
from sources.vocabulary import Access, OriginKind, Rights, TranslationMethod

# The types that a desk meets every day, before the rest.
COMMON_TYPES = [
    "webpage",
    "report",
    "article-newspaper",
    "article-journal",
    "article-magazine",
    "book",
    "chapter",
    "treaty",
    "legislation",
    "speech",
    "interview",
    "dataset",
    "document",
]

# The field of the form for a field of the record.
RECORD_FIELDS = {
    "id": "key",
    "type": "type",
    "title": "title",
    "author": "authors",
    "publisher": "publisher",
    "container-title": "container",
    "issued": "issued",
    "URL": "url",
    "DOI": "doi",
    "ISBN": "isbn",
    "language": "language",
    "number": "number",
}
_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")


def type_choices() -> list[Any]:
    """The types of CSL 1.0.2 in two groups."""
    return [
        (_("Common"), [(code, code.replace("-", " ")) for code in COMMON_TYPES]),
        (
            _("All others"),
            [(code, code.replace("-", " ")) for code in sorted(TYPES - set(COMMON_TYPES))],
        ),
    ]


class SourceForm(ActionForm):
    """The bibliographic record of a source, and who may read it."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "key_taken": "key",
        "descriptor_missing": "public_descriptor",
    }

    title = forms.CharField(label=_("Title"))
    type = forms.ChoiceField(label=_("Type"), choices=type_choices, initial="webpage")
    authors = LinesField(
        label=_("Authors"),
        required=False,
        help_text=_("One a line: Family, Given. An organisation as it is written."),
    )
    publisher = forms.CharField(label=_("Publisher"), required=False)
    container = forms.CharField(
        label=_("Published in"), required=False, help_text=_("The journal, site or book it is in.")
    )
    issued = forms.CharField(
        label=_("Issued"),
        required=False,
        help_text=_("2025-05-08, 8 May 2025, May 2025, 2025, 7–10 May 2025, about 1796 or 2025?."),
    )
    url = forms.CharField(label=_("Address (URL)"), required=False)
    doi = forms.CharField(label=_("DOI"), required=False)
    isbn = forms.CharField(label=_("ISBN"), required=False)
    language = forms.CharField(
        label=_("Language"), required=False, help_text=_("A BCP 47 tag: en, pl, zh-Hans.")
    )
    number = forms.CharField(label=_("Number"), required=False)
    key = forms.CharField(
        label=_("Key"),
        required=False,
        help_text=_(
            "Names the source in addresses and imports, for good. Left empty, it is made from "
            "the title."
        ),
    )
    rights = forms.ChoiceField(label=_("Rights"), choices=Rights.choices())
    access = forms.ChoiceField(label=_("Access"), choices=Access.choices())
    public_descriptor = forms.CharField(
        label=_("Public descriptor"),
        required=False,
        help_text=_(
            "Stands for a confidential source wherever the public reads: “a senior official”."
        ),
    )

    def __init__(self, *args: Any, source: Source | None = None, **kwargs: Any) -> None:
        self.source = source
        if source is not None:
            kwargs.setdefault("initial", initial_of(source))
        super().__init__(*args, **kwargs)
        self.fields["publisher"].widget.attrs |= {"list": "offer-publishers", "autocomplete": "off"}
        if source is not None:
            del self.fields["key"]

    def refuse(self, refusal: Refusal) -> None:
        """A refusal of the record stands at the field of the record that it names."""
        field = RECORD_FIELDS.get(getattr(refusal, "field", ""), "")
        if field in self.fields:
            self.add_error(field, refusal.message)
        else:
            super().refuse(refusal)

    def record(self) -> dict[str, Any]:
        """The CSL-JSON record; what the form does not show stays as it was."""
        typed = self.cleaned_data
        before = {} if self.source is None else initial_of(self.source)
        record: dict[str, Any] = {} if self.source is None else dict(self.source.csl)
        for name, field in RECORD_FIELDS.items():
            if field == "key" or typed.get(field) == before.get(field):
                continue
            record[name] = _as_csl(name, typed[field])
        if self.source is None:
            record["id"] = typed["key"] or slugify(typed["title"])[:60].strip("-")
        return {name: value for name, value in record.items() if value not in ("", [], None)}

    def reading(self) -> dict[str, Any]:
        """Rights, access and descriptor, as the actions take them."""
        return {
            "rights": Rights(self.cleaned_data["rights"]),
            "access": Access(self.cleaned_data["access"]),
            "public_descriptor": self.cleaned_data["public_descriptor"],
        }


def initial_of(source: Source) -> dict[str, Any]:
    """The form's initial values for a source."""
    columns = [*RECORD_FIELDS.values(), "rights", "access", "public_descriptor"]
    shown = {name: getattr(source, name) for name in columns}
    return {
        **shown,
        "publisher": source.publisher.name if source.publisher else "",
        "authors": [_line(person) for person in source.csl.get("author", [])],
    }


def _line(person: Mapping[str, Any]) -> str:
    """An author as one line."""
    if person.get("literal"):
        return str(person["literal"])
    return ", ".join(str(person[part]) for part in ("family", "given") if person.get(part))


def _as_csl(name: str, typed: Any) -> Any:
    """Convert the value of a form field to CSL-JSON."""
    if name == "author":
        return [_person(line) for line in typed]
    if name != "issued":
        return typed
    try:
        written = parse_dates(typed).edtf
    except DateRefused:
        return typed  # the record refuses it, and says why
    if _DAY.fullmatch(written):
        return {"date-parts": [[int(part) for part in written.split("-")]]}
    return written


def _person(line: str) -> dict[str, str]:
    """One line as an author: Family, Given; without a comma, a name taken as it is."""
    family, comma, given = (part.strip() for part in line.partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": line}


class TranslationForm(ActionForm):
    """Words in another language: by whom, and how."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "no_translation": "translation",
        "no_translator": "translated_by",
        "no_method": "translation_method",
    }

    translation = forms.CharField(
        label=_("Translation"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    translated_by = forms.CharField(
        label=_("Translated by"),
        required=False,
        max_length=120,
        help_text=_("A person, or the program and its version."),
    )
    translation_method = forms.ChoiceField(
        label=_("Translation method"),
        required=False,
        choices=[("", "–"), *TranslationMethod.choices()],
    )


class QuoteForm(TranslationForm):
    """Words quoted from a source."""

    refused_at: ClassVar[Mapping[str, str]] = {
        **TranslationForm.refused_at,
        **dict.fromkeys(("empty", "nul", "surrogate", "too_long"), "exact"),
    }
    field_order = ("exact", "locator", "language")

    exact = forms.CharField(
        label=_("Quote"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The words as the source has them, without the outer quotation marks."),
    )
    locator = forms.CharField(
        label=_("Locator"),
        required=False,
        max_length=60,
        help_text=_("For citations: p. 4, fn. 5, 00:12:30."),
    )
    language = forms.CharField(
        label=_("Language of the quote"),
        required=False,
        max_length=35,
        help_text=_("Where it is not that of the source."),
    )


class OriginForm(ActionForm):
    """A source from which another one derives."""

    refused_at: ClassVar[Mapping[str, str]] = {"origin_circle": "origin"}

    kind = forms.ChoiceField(label=_("This source is a"), choices=OriginKind.choices())
    reason = forms.CharField(
        label=_("How one knows"),
        required=False,
        max_length=1_000,
        help_text=_("“It names the agency”: the history keeps it."),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origin"] = KeyField(
            label=_("of the source"),
            rows=Source.objects.readable_by(by, timezone.now()),
            label_column="title",
            offer="offer-sources",
            help_text=_("Key or title."),
        )
