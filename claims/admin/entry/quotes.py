"""The quotes of a claim as rows of its form: existing ones, and words to be quoted now."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.claims.entry import Tie
from claims.models import Claim, Evidence
from claims.vocabulary import Stance
from sources.actions.quotes.excerpts import QuoteRequest, quote, search_quote
from sources.actions.quotes.matching import QuoteMatch
from sources.admin.base import ActionForm
from sources.admin.fields import KeyField
from sources.domain.grading.quotes import quote_as_read
from sources.domain.refusals import Refusal, quoted
from sources.models import CollectedQuote, Excerpt, Source
from sources.readings.standing import StandingReading, standing_of
from sources.vocabulary import TranslationMethod

if TYPE_CHECKING:
    from factbase.models import User

MAX_QUOTE_ROWS = 60
SUGGEST_SOURCES = reverse_lazy("admin:sources_source_suggest")


class QuoteRow(ActionForm):
    """One piece of evidence: a quote that is there, or a source and words."""

    excerpt = forms.CharField(
        label=gettext_lazy("Number of a quote that is there"), required=False, max_length=20
    )
    words = forms.CharField(
        label=gettext_lazy("Quote"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The words as the source has them."),
    )
    locator = forms.CharField(
        label=gettext_lazy("Locator"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("p. 4, fn. 5, 00:12:30"),
    )
    stance = forms.ChoiceField(
        label=gettext_lazy("Stance"), choices=Stance.choices(), initial=Stance.SUPPORTS
    )
    language = forms.CharField(
        label=gettext_lazy("Language of the quote"), required=False, max_length=35
    )
    translation = forms.CharField(
        label=gettext_lazy("Translation"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    translated_by = forms.CharField(
        label=gettext_lazy("Translated by"), required=False, max_length=120
    )
    translation_method = forms.ChoiceField(
        label=gettext_lazy("Translation method"),
        required=False,
        choices=[("", "–"), *TranslationMethod.choices()],
    )
    remove = forms.BooleanField(label=gettext_lazy("Leave this quote out"), required=False)

    # The quote that is there, for showing it, whether the person may read its source, and how that
    # stands.
    known: Excerpt | None = None
    is_named = False
    standing: StandingReading | None = None

    def __init__(self, *args: Any, by: Any, claim: Claim | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = Source.objects.readable_by(by, timezone.now())
        self.readable = sources
        self.excerpts = usable(sources, claim)
        self.fields["source"] = KeyField(
            rows=sources,
            label_column="title",
            offer="offer-sources",
            suggest=SUGGEST_SOURCES,
            required=False,
            label=_("Source"),
            help_text=_("Key or title."),
        )
        self.fields["own_origin"] = KeyField(
            rows=sources,
            label_column="title",
            offer="offer-sources",
            suggest=SUGGEST_SOURCES,
            required=False,
            label=_("The passage rests on"),
            help_text=_("Another source on whose authority this passage speaks."),
        )

    @property
    def number(self) -> str:
        """The number of the quote that is there, as typed or as before."""
        return str(self["excerpt"].value() or "").strip()

    @property
    def has_more(self) -> bool:
        """Whether one of the fields that few rows need is filled in or refused."""
        names = ("own_origin", "language", "translation", "translated_by", "translation_method")
        return any(self[name].value() or name in self.errors for name in names)

    def clean_excerpt(self) -> Excerpt | None:
        """The quote of that number."""
        typed = self.cleaned_data["excerpt"].strip()
        if not typed:
            return None
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
        found: Excerpt | None = self.excerpts.filter(pk=number).first()
        if found is None:
            raise ValidationError(
                _("There is no quote number %(typed)s. Take the number from the list of quotes."),
                params={"typed": quoted(typed)},
            )
        return found

    def clean(self) -> dict[str, Any]:
        """Either a quote that is there, or a source and words."""
        typed = super().clean() or self.cleaned_data
        words = typed.get("words", "").strip()
        if typed.get("remove") or "excerpt" in self.errors or "source" in self.errors:
            return typed
        if typed.get("excerpt") is not None:
            if words:
                self.add_error(
                    "words", _("This row names a quote that is there; put new words in another.")
                )
        elif words and typed.get("source") is None:
            self.add_error("source", _("Say which source these words are from."))
        elif words:
            try:
                quote_as_read(typed["words"])
            except Refusal as refusal:
                self.add_error("words", refusal.message)
        elif typed.get("source") is not None:
            self.add_error("words", _("Quote the words of this source that the claim rests on."))
        return typed

    @property
    def is_used(self) -> bool:
        """Whether the row holds a quote and is not left out."""
        typed = self.cleaned_data
        given = typed.get("excerpt") is not None or typed.get("words", "").strip()
        return bool(given and not typed.get("remove"))

    def search(self) -> QuoteMatch | None:
        """Search the texts for new words, before the transaction in which they are quoted."""
        typed = self.cleaned_data
        if typed["excerpt"] is not None:
            return None
        return search_quote(QuoteRequest(typed["source"], typed["words"]))

    def tie(self, match: QuoteMatch | None, *, by: "User", at: datetime) -> Tie:
        """The row as evidence; new words are quoted from their source now, as they were matched."""
        typed = self.cleaned_data
        excerpt = typed["excerpt"]
        if excerpt is None:
            names = ("locator", "language", "translation", "translated_by", "translation_method")
            excerpt = quote(
                source=typed["source"],
                exact=typed["words"],
                match=match,
                by=by,
                at=at,
                **{name: typed[name] for name in names},
            )
        return Tie(excerpt, Stance(typed["stance"]), typed["own_origin"])


def usable(sources: "QuerySet[Source]", claim: Claim | None) -> "QuerySet[Excerpt]":
    """The quotes of these sources, and those that the claim rests on already."""
    allowed = Q(source__in=sources.values("pk"))
    if claim is not None:
        own = Evidence.objects.filter(version__claim=claim).values("excerpt")
        allowed |= Q(pk__in=own)
    return Excerpt.objects.filter(allowed).select_related("source")


class QuoteRows(forms.BaseFormSet):  # type: ignore[type-arg] # the class takes no parameter at run time
    """All quotes of a claim."""

    def searched(self) -> list[tuple[QuoteRow, QuoteMatch | None]]:
        """The rows that hold a quote, in order, with the matches of those to be quoted now."""
        return [(row, row.search()) for row in self.used()]

    def new_sources(self) -> list[Source]:
        """The sources of words that are to be quoted."""
        typed = [row.cleaned_data for row in self.used()]
        return [row["source"] for row in typed if row["excerpt"] is None]

    def quoted(self) -> list[tuple[Source, str]]:
        """The source and the stance of each quote, in order."""
        typed = [row.cleaned_data for row in self.used()]
        return [
            (row["excerpt"].source if row["excerpt"] else row["source"], row["stance"])
            for row in typed
        ]

    def bearings(self) -> dict[int | None, tuple[str, int | None]]:
        """The stance of each quote, and the source whose authority it rests on, by its number.

        Words that are to be quoted have no number.
        """
        typed = [row.cleaned_data for row in self.used()]
        return {
            getattr(row["excerpt"], "pk", None): (
                row["stance"],
                getattr(row["own_origin"], "pk", None),
            )
            for row in typed
        }

    def as_typed(self) -> list[dict[str, Any]]:
        """The rows that something was typed into, as initial values of other ones."""
        filled = [row for row in self.forms if row.has_changed()]
        return [{name: row[name].data for name in row.fields} for row in filled]

    def used(self) -> list[QuoteRow]:
        """The rows that hold a quote, in order."""
        return [row for row in self.forms if row.is_used]

    def numbers(self) -> list[str]:
        """The numbers of the quotes that are there, as typed."""
        return [row.number for row in self.forms if row.number]

    def show_known(self) -> None:
        """Read the quotes that are there at once, for the page that shows them.

        Of those that the person may use, the words of some may be for others to read.
        """
        wanted = [int(n) for n in self.numbers() if n.isascii() and n.isdigit() and len(n) < 19]
        if not wanted:
            return
        first: QuoteRow = self.forms[0]
        found: Mapping[str, Excerpt] = {
            str(one.pk): one for one in first.excerpts.filter(pk__in=wanted)
        }
        cited = {one.source_id for one in found.values()}
        named = set(first.readable.filter(pk__in=cited).values_list("pk", flat=True))
        for row in self.forms:
            if not row.errors.get("excerpt"):
                row.known = found.get(row.number)
                if row.known is not None:
                    row.is_named = row.known.source_id in named
                    row.standing = standing_of(row.known.source, is_known=row.is_named)


def rows_form(
    data: Any = None,
    *,
    initial: Sequence[Mapping[str, Any]] = (),
    extra: int = 2,
    by: Any,
    claim: Claim | None = None,
) -> QuoteRows:
    """The rows as posted, or those of a version with empty ones after them."""
    kind: Any = forms.formset_factory(
        QuoteRow,
        formset=QuoteRows,
        extra=extra,
        max_num=MAX_QUOTE_ROWS,
        absolute_max=MAX_QUOTE_ROWS,
    )
    rows: QuoteRows = kind(
        data,
        prefix="quotes",
        initial=[dict(row) for row in initial] or None,
        form_kwargs={"by": by, "claim": claim},
    )
    return rows


def collected_rows(by: Any, *, but: Collection[str] = ()) -> list[dict[str, Any]]:
    """The quotes of the account's tray as rows, without those of the numbers `but`."""
    numbers = CollectedQuote.objects.of(by).values_list("excerpt", flat=True)
    return [{"excerpt": number} for number in numbers if str(number) not in but]


def initial_rows(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """The evidence of a version as rows."""
    return [
        {"excerpt": piece.excerpt_id, "stance": piece.stance, "own_origin": piece.own_origin}
        for piece in evidence
    ]
