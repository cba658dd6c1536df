"""The form of a claim: the statement first, then its structured parts."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.entry.plain_values import plain_value
from claims.admin.term_lines import line_of_term, term_of_line
from claims.domain.absence.terms import TERM_CODES
from claims.domain.content import (
    KEY_FIELDS,
    TYPED_FIELDS,
    Absence,
    Content,
    Described,
    PremiseGiven,
    Term,
)
from claims.domain.text_limits import MAX_STATEMENT, clean_words
from claims.domain.values.value import parse_period, parse_value
from claims.models import Entity, Property, Topic, Version
from claims.vocabulary import DecimalMark, Degree, Matching, Mode, ValueKind
from sources.admin.base import ActionForm
from sources.admin.fields import KeyField, LinesField, find_row
from sources.domain.dates import parse_dates
from sources.domain.refusals import Refusal, quoted
from sources.models import Series, Source

# What stands before the description of somebody unnamed.
UNNAMED = "unnamed:"
# How many links of a chain of asserters the form has room for, beyond those that are there.
LINKS = 3


class AsserterField(KeyField):
    """An entity by key or name, or somebody unnamed: `unnamed: a senior official`."""

    def clean(self, value: Any) -> Any:
        """The key of an entity, a Described, or None."""
        typed = str(value or "").strip()
        if typed.lower().startswith(UNNAMED):
            return Described(typed[len(UNNAMED) :].strip())
        row = super().clean(value)
        return None if row is None else row.key

    def prepare_value(self, value: Any) -> Any:
        """Somebody unnamed is shown as they are typed."""
        if isinstance(value, Described):
            return f"{UNNAMED} {value.description}"
        return super().prepare_value(value)


def offer_known_entities(form: forms.Form, by: Any) -> None:
    """Let a form take only the entities that the account may know."""
    for field in form.fields.values():
        if isinstance(field, KeyField) and field.rows.model is Entity:
            field.rows = Entity.objects.known_to(by, timezone.now())


SUGGEST_ENTITIES = reverse_lazy("admin:claims_entity_suggest")


def _key_field(model: Any, column: str, offered: str, label: Any, **kwargs: Any) -> KeyField:
    """A field for an optional row of a model."""
    return KeyField(
        rows=model.objects.all(),
        label_column=column,
        offer=offered,
        label=label,
        required=False,
        suggest=SUGGEST_ENTITIES if model is Entity else None,
        **kwargs,
    )


class ClaimForm(ActionForm):
    """The content of a version, but for its quotes. Only the statement must be there."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "asserter_missing": "asserter_0",
        "property_missing": "property",
        "subject_missing": "subject",
        "value_missing": "value",
        "unknown_basis": "basis",
        "degree": "degree",
        "absence": "absence_terms",
        "terms_missing": "absence_terms",
        "scope": "absence_series",
        **dict.fromkeys(TERM_CODES, "absence_terms"),
        **dict.fromkeys(("unknown_premise", "formula", "premise_circle"), "premises"),
    }

    statement = forms.CharField(
        label=gettext_lazy("Statement"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One discrete statement, in your own words."),
    )
    language = forms.CharField(
        label=gettext_lazy("Language of the statement"), initial="en", max_length=35
    )
    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics"),
        queryset=Topic.objects.order_by("name", "pk"),
        to_field_name="key",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_topic = _key_field(
        Topic,
        "name",
        "offer-topics",
        gettext_lazy("Another topic"),
        help_text=gettext_lazy("One that is not in the list; it can be made here."),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How sure"), choices=Mode.choices(), initial=Mode.STATED
    )
    asserted_on = forms.CharField(
        label=gettext_lazy("Asserted on"),
        required=False,
        help_text=gettext_lazy("When it was said: 8 May 2025, May 2025, 2025-05-08."),
    )
    subject = _key_field(Entity, "label", "offer-entities", gettext_lazy("Subject"))
    property = _key_field(Property, "label", "offer-properties", gettext_lazy("Property"))
    aspect = _key_field(
        Topic,
        "name",
        "offer-topics",
        gettext_lazy("Aspect"),
        help_text=gettext_lazy("The topic that says which side of the subject is meant."),
    )
    value = forms.CharField(
        label=gettext_lazy("Value"),
        required=False,
        strip=False,
        help_text=gettext_lazy(
            "9.1%, nearly 9%, 5.3 ± 0.2, 14.2 million, 240 Mrd. €, at least one, a third, 1 in 10, "
            "40+, 20–25, 7 May 2025, present, absent, true, false, or an entity by key or name."
        ),
    )
    as_written = forms.CharField(
        label=gettext_lazy("As written"),
        required=False,
        help_text=gettext_lazy("The value in the words of the source; never computed with."),
    )
    approximate = forms.BooleanField(label=gettext_lazy("The value is approximate"), required=False)
    decimal_mark = forms.ChoiceField(
        label=gettext_lazy("How its number is written"),
        required=False,
        choices=[("", gettext_lazy("In one way only: 1234.5, 9,1, 1 234")), *DecimalMark.choices()],
        help_text=gettext_lazy("Say it where a number can be read in two ways: 1,234."),
    )
    degree = forms.ChoiceField(
        label=gettext_lazy("Degree of a presence"),
        required=False,
        choices=[("", "–"), *Degree.choices()],
    )
    period = forms.CharField(
        label=gettext_lazy("Period"),
        required=False,
        help_text=gettext_lazy(
            "When it held: 2025, May 2025, 7–10 May 2025, H1 2025, mid-2025, 1990s, 12 months to "
            "March 2025, since 2013, until March 2025 (all of March belongs to it), FY2023/24 from "
            "April, or in EDTF: 2025-01/2025-06."
        ),
    )
    basis = forms.CharField(
        label=gettext_lazy("Basis"),
        required=False,
        help_text=gettext_lazy(
            "What the value is comparable on: nominal, customs data. Empty where it is not said."
        ),
        widget=forms.TextInput(attrs={"list": "offer-bases", "autocomplete": "off"}),
    )
    absence_terms = LinesField(
        label=gettext_lazy("Terms that are not there"),
        required=False,
        help_text=gettext_lazy(
            "One a line; a language may follow: Сил* Сибири-2 | ru. A * is any beginning or ending "
            "of a word; NEAR/5 is at most five words apart; NOT leaves out what follows."
        ),
    )
    absence_matching = forms.ChoiceField(
        label=gettext_lazy("How the words are looked for"),
        required=False,
        choices=[(word.value, f"{word.label} – {word.meaning}") for word in Matching],
        initial=Matching.WORDS,
    )
    absence_series = _key_field(Series, "title", "offer-series", gettext_lazy("In the series"))
    absence_sources = LinesField(
        label=gettext_lazy("or in the documents"),
        required=False,
        rows=2,
        help_text=gettext_lazy("Keys or titles of sources, one a line."),
    )
    premises = LinesField(
        label=gettext_lazy("Rests on other claims"),
        required=False,
        rows=2,
        help_text=gettext_lazy(
            "One a line: C12/v1. Where the value is computed from them, the formula after one: "
            "C13/v1 change(C12, C13), or (C12 - C13) / C13 * 100. Leave the value empty then."
        ),
    )
    change_note = forms.CharField(
        label=gettext_lazy("What changed, and why"), required=False, max_length=2_000
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    # The form as it was opened, under which it is stored until it is saved.
    unsaved = forms.CharField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def __init__(self, *args: Any, by: Any, links: int = LINKS, is_new: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.by = by
        self.asserter_names = [f"asserter_{place}" for place in range(links)]
        for place, name in enumerate(self.asserter_names):
            self.fields[name] = AsserterField(
                rows=Entity.objects.all(),
                label_column="label",
                offer="offer-entities",
                suggest=SUGGEST_ENTITIES,
                required=False,
                label=_("Who says so") if place == 0 else _("quoting"),
            )
        offer_known_entities(self, by)
        if is_new:
            del self.fields["seen"], self.fields["change_note"]

    def asserters(self) -> list[forms.BoundField]:
        """The fields of the chain, the outermost first."""
        return [self[name] for name in self.asserter_names]

    def has_assertion(self) -> bool:
        """Whether anything of the structured part is filled in or refused."""
        names = [*_PARTS, *self.asserter_names]
        return any(self[name].value() or name in self.errors for name in names)

    def clean_statement(self) -> str:
        """The statement within its limits."""
        return _read(
            lambda: clean_words(
                self.cleaned_data["statement"],
                name="statement",
                limit=MAX_STATEMENT,
                required=True,
            )
        )

    def clean_asserted_on(self) -> str:
        """A date in words or EDTF, or nothing."""
        typed: str = self.cleaned_data["asserted_on"]
        if typed:
            _read(lambda: parse_dates(typed))
        return typed

    def clean_period(self) -> str:
        """A period in words or EDTF, or nothing."""
        typed: str = self.cleaned_data["period"]
        if typed:
            _read(lambda: parse_period(typed))
        return typed

    def clean_absence_sources(self) -> list[str]:
        """The keys of the sources that the lines name."""
        rows = Source.objects.readable_by(self.by, timezone.now())
        lines = self.cleaned_data["absence_sources"]
        return [find_row(rows, line, "title").key for line in lines]  # type: ignore[attr-defined] # sources have keys

    def clean_absence_terms(self) -> tuple[Term, ...]:
        """The terms with their languages."""
        lines = map(term_of_line, self.cleaned_data["absence_terms"])
        return tuple(Term(text, language) for text, language in lines)

    def clean_premises(self) -> tuple[PremiseGiven, ...]:
        """The versions that the lines name, as they are now."""
        return tuple(_premise(line) for line in self.cleaned_data["premises"])

    def clean(self) -> dict[str, Any]:
        """Read the value as its property asks for it."""
        typed = super().clean() or self.cleaned_data
        prop: Property | None = typed.get("property")
        if prop is not None and typed.get("value"):
            try:
                entities = self.fields["subject"].rows  # type: ignore[attr-defined] # a KeyField
                typed["value"] = plain_value(typed["value"], prop, entities)
                parse_value(
                    typed["value"],
                    kind=ValueKind(prop.value_kind),
                    unit=prop.unit,
                    approximate=bool(typed.get("approximate")),
                    decimal_mark=typed.get("decimal_mark", ""),
                )
            except Refusal as refusal:
                self.add_error("value", refusal.message)
            except ValidationError as error:
                self.add_error("value", error)
        return typed

    def chosen_topics(self) -> list[Topic]:
        """The topics under which the claim is to be filed."""
        other = self.cleaned_data["other_topic"]
        return [*self.cleaned_data["topics"], *([] if other is None else [other])]

    def content(self) -> Content:
        """Return what was typed as content, in keys."""
        typed = self.cleaned_data
        chain = [typed[name] for name in self.asserter_names]
        absence = None
        if typed["absence_terms"] or typed["absence_series"] or typed["absence_sources"]:
            absence = Absence(
                terms=typed["absence_terms"],
                series=_key(typed["absence_series"]),
                sources=tuple(typed["absence_sources"]),
                matching=typed["absence_matching"] or Matching.WORDS,
            )
        plain: dict[str, Any] = {name: typed[name] for name in TYPED_FIELDS}
        return Content(
            **plain | {name: _key(typed[name]) for name in KEY_FIELDS},
            asserted_by=tuple(link for link in chain if link is not None),
            absence=absence,
            premises=typed["premises"],
        )


# The structured part, but for who says so and how sure.
_PARTS = (
    *KEY_FIELDS,
    *(name for name in TYPED_FIELDS if name not in ("statement", "language", "mode")),
    *("absence_terms", "absence_series", "absence_sources", "premises"),
)


def initial_of(content: Content) -> dict[str, Any]:
    """Return the initial values of the form for existing content."""
    absence = content.absence
    return {
        **{name: getattr(content, name) for name in (*TYPED_FIELDS, *KEY_FIELDS)},
        **{f"asserter_{place}": link for place, link in enumerate(content.asserted_by)},
        "absence_terms": [
            line_of_term(term.text, term.language) for term in (absence.terms if absence else ())
        ],
        "absence_series": absence.series if absence else None,
        "absence_sources": list(absence.sources) if absence else [],
        "absence_matching": absence.matching if absence else Matching.WORDS,
        "premises": [f"{given.version} {given.formula}".strip() for given in content.premises],
    }


def _key(row: Any) -> str | None:
    """The key of a row, or none."""
    return None if row is None else str(row.key)


def _read(read: Any) -> Any:
    """Return what a rule reads; its refusal is shown at the field."""
    try:
        return read()
    except Refusal as refusal:
        raise ValidationError(refusal.message) from refusal


def _premise(line: str) -> PremiseGiven:
    """One line as a premise: the version as it is now, and a formula."""
    ref, _space, formula = line.partition(" ")
    version: Version | None = Version.objects.by_ref(ref).first()
    if version is None:
        raise ValidationError(
            _("There is no version %(typed)s. Write its reference, such as C12/v1."),
            params={"typed": quoted(ref)},
        )
    return PremiseGiven(version.ref, version.content_hash, formula.strip())
