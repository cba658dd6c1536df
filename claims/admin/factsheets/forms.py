"""The form of a fact sheet: its frame, and its sections as rows."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.urls import reverse_lazy
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.factsheets.style_field import StyleField
from claims.domain.factsheets.content import (
    MAX_PROSE,
    MAX_SECTIONS,
    SHOWN,
    SheetContent,
    content_as_json,
    content_from_json,
)
from sources.admin.base import ActionForm
from sources.admin.fields import LinesField

# The parts that an editor may leave out, as the form names them.
SHOWN_LABELS = {
    "settled": gettext_lazy("disputes that are settled, in one line"),
    "other_bases": gettext_lazy("claims on another basis"),
    "translations": gettext_lazy("translations of quotes"),
    "reliability": gettext_lazy("how reliable publishers are"),
}
SUGGEST_CLAIMS = reverse_lazy("admin:claims_factsheet_claims")


class SheetFrameForm(ActionForm):
    """All of a fact sheet but for its sections. `revision` is the one that was read."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "style_unknown": "style",
        "key_taken": "key",
        "no_key": "key",
    }

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    key = forms.SlugField(
        label=gettext_lazy("Key"),
        required=False,
        max_length=100,
        help_text=gettext_lazy(
            "Part of its address, for good. Left empty, it is made of the title."
        ),
    )
    language = forms.CharField(label=gettext_lazy("Language"), initial="en", max_length=35)
    style = StyleField()
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        required=False,
        max_length=MAX_PROSE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The answer first, in a few sentences; cite claims as [C17]."),
    )
    unknown = LinesField(
        label=gettext_lazy("What we do not know"),
        required=False,
        rows=3,
        help_text=gettext_lazy("One a line."),
    )
    shows = forms.MultipleChoiceField(
        label=gettext_lazy("Show as well"),
        required=False,
        choices=[(name, SHOWN_LABELS[name]) for name in SHOWN],
        initial=list(SHOWN),
        widget=forms.CheckboxSelectMultiple,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["key"]

    def chosen_key(self) -> str:
        """The key that was typed for a new fact sheet, or one made of its title."""
        typed = self.cleaned_data
        return typed["key"] or slugify(typed["title"])[:100].strip("-")


class SectionRow(ActionForm):
    """One section. `place` is its place among the sections, as they are dragged."""

    place = forms.IntegerField(widget=forms.HiddenInput, required=False)
    heading = forms.CharField(label=gettext_lazy("Heading"), required=False, max_length=300)
    prose = forms.CharField(
        label=gettext_lazy("Prose"),
        required=False,
        strip=False,
        max_length=MAX_PROSE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Markdown. Cite a claim as [C17]: each number in it needs one."),
    )
    claims = forms.CharField(
        label=gettext_lazy("Claims, in order"),
        required=False,
        max_length=10_000,
        help_text=gettext_lazy("References: C17 C4 C9."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    find = forms.CharField(
        label=gettext_lazy("Find claims to add"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("A reference, or words of the statement."),
        widget=forms.TextInput(
            attrs={
                "list": "offer-claims",
                "autocomplete": "off",
                "data-suggest": SUGGEST_CLAIMS,
            }
        ),
    )
    query = forms.CharField(
        label=gettext_lazy("and all claims that a query finds"),
        required=False,
        max_length=1_000,
        help_text=gettext_lazy(
            "As the list of claims is asked: topic=energy, or asserter=russia&period=2025; "
            "asked anew each time."
        ),
        widget=forms.TextInput(attrs={"list": "offer-queries", "autocomplete": "off"}),
    )

    def references(self) -> list[str]:
        """The references of the claims, as typed."""
        return references(str(self["claims"].value() or ""))


def references(typed: str) -> list[str]:
    """Return the references in a line, in order and each once, "c17" as "C17"."""
    words = typed.replace(",", " ").replace(";", " ").split()
    return list(dict.fromkeys(word.upper() for word in words))


class SectionRows(forms.BaseFormSet):  # type: ignore[type-arg] # the class takes no parameter at run time
    """The sections of a fact sheet."""

    def in_order(self) -> list[SectionRow]:
        """The rows by their place, as typed."""

        def place(row: SectionRow) -> int:
            typed = str(row["place"].value() or "")
            return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0

        return sorted(self.forms, key=place)

    def typed(self) -> list[dict[str, Any]]:
        """The fields of the sections as typed, in their order, for a form of the same again."""
        return [
            {name: row[name].value() or "" for name in row.fields if name != "place"}
            for row in self.in_order()
        ]


def section_rows(data: Any = None, *, initial: Sequence[Mapping[str, Any]] = ()) -> SectionRows:
    """Return the rows of the sections, bound to what was sent or filled in."""
    made = forms.formset_factory(
        SectionRow,
        formset=SectionRows,
        extra=0,
        max_num=MAX_SECTIONS,
        validate_max=True,
        absolute_max=MAX_SECTIONS,
    )
    numbered = [{**row, "place": place} for place, row in enumerate(initial, start=1)]
    if data is None:
        return made(initial=numbered, prefix="sections")  # type: ignore[return-value] # of that class
    return made(data, prefix="sections")  # type: ignore[return-value] # of that class


def initial_frame(content: SheetContent) -> dict[str, Any]:
    """Return the initial values of the frame's form for existing content."""
    names = ("title", "language", "style", "summary")
    return {
        **{name: getattr(content, name) for name in names},
        "unknown": list(content.unknown),
        "shows": sorted(content.shows),
    }


def initial_sections(content: SheetContent) -> list[dict[str, Any]]:
    """Return the initial values of the rows for existing content."""
    return [
        {
            "heading": section.heading,
            "prose": section.prose,
            "claims": " ".join(section.claims),
            "query": section.query,
        }
        for section in content.sections
    ]


def typed_content(form: SheetFrameForm, rows: SectionRows) -> SheetContent:
    """Return what was typed into two valid forms as content. Raises SheetContentRefused."""
    typed = form.cleaned_data
    sections = [
        {
            "heading": row.cleaned_data["heading"],
            "prose": row.cleaned_data["prose"].replace("\r\n", "\n"),
            "claims": row.references(),
            "query": row.cleaned_data["query"],
        }
        for row in rows.in_order()
    ]
    return content_from_json(
        {
            **{name: typed[name] for name in ("title", "language", "style")},
            "summary": typed["summary"].replace("\r\n", "\n"),
            "unknown": typed["unknown"],
            "shows": sorted(typed["shows"]),
            "sections": sections,
        }
    )


def differences(theirs: SheetContent, own: SheetContent) -> list[tuple[str, str, str]]:
    """Return what differs between two contents: where, in theirs, in one's own."""
    one, other = _lines_of(theirs), _lines_of(own)
    return [
        (name, one.get(name, ""), other.get(name, ""))
        for name in dict.fromkeys([*one, *other])
        if one.get(name, "") != other.get(name, "")
    ]


def _lines_of(content: SheetContent) -> dict[str, str]:
    """The parts of content as text, by the name that a person knows them by."""
    written = content_as_json(content)
    labels = {name: str(field.label) for name, field in SheetFrameForm.base_fields.items()}
    lines = {
        labels[name]: "\n".join(value) if isinstance(value, list | tuple) else str(value)
        for name, value in written.items()
        if name in labels
    }
    for number, section in enumerate(initial_sections(content), start=1):
        for name, value in section.items():
            place = {"number": number, "name": SectionRow.base_fields[name].label}
            lines[_("Section %(number)s, %(name)s") % place] = value
    return lines
