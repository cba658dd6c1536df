"""The form by which an administrator asks for a withholding, with what else has the words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.actions.withholding.files_containing import WordsInFile, files_containing
from sources.actions.withholding.withhold import MAX_REASON, Target, is_withheld, sources_of
from sources.admin.base import ActionForm
from sources.admin.withholding.wording import label_of, shared_by
from sources.models import Capture, Excerpt, Source, TextLayer


class AskForm(ActionForm):
    """The reason of a withholding, and the copies to be withheld with it."""

    refused_at: ClassVar = {"missing": "reason", "too_long": "reason"}

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "The order, the law or the person's wish, with its date. Editors and administrators "
            "read it; readers see only that something was withheld, and on which day. Do not "
            "repeat the words here."
        ),
    )
    also = forms.MultipleChoiceField(
        label=gettext_lazy("Withhold as well"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "What surely has the words is ticked. Leave it so, or whoever reads the file still "
            "finds them; a file goes for good, with all else that it says."
        ),
    )

    def __init__(self, *args: Any, target: Target, by: Any, **kwargs: Any) -> None:
        self.target = target
        suggestions = list(copy_suggestions(target, by))
        self.suggested = {target_value(copy.row): copy.row for copy in suggestions}
        is_ticked = [target_value(copy.row) for copy in suggestions if copy.is_ticked]
        super().__init__(*args, initial={"also": is_ticked}, **kwargs)
        also = self.fields["also"]
        if isinstance(also, forms.MultipleChoiceField):
            also.choices = [(target_value(copy.row), copy.label(by)) for copy in suggestions]
        if not self.suggested:
            del self.fields["also"]

    def targets(self) -> list[Target]:
        """All that is asked for."""
        return [self.target, *(self.suggested[name] for name in self.cleaned_data.get("also", []))]


@dataclass(frozen=True)
class CopySuggestion:
    """A row that can be withheld as well; what surely has the words is ticked."""

    row: Target
    is_ticked: bool
    why: str = ""

    def label(self, by: Any) -> str:
        """Label the row with the number of readable sources that share it, and why to look."""
        shared = "" if isinstance(self.row, Excerpt) else shared_by(self.row, by)
        sentences = [f"{label_of(self.row)}{'.' if shared or self.why else ''}", shared, self.why]
        return " ".join(filter(None, sentences))


def copy_suggestions(target: Target, by: Any) -> Iterator[CopySuggestion]:
    """Other targets that have the words, or were quoted from them, of sources readable by `by`."""
    readable = Source.objects.readable_by(by, timezone.now())
    sources = sources_of(target).filter(pk__in=readable.values("pk"))
    captures = Capture.objects.filter(source__in=sources.values("pk"))
    excerpts = Excerpt.objects.filter(source__in=sources.values("pk")).exclude(exact="")
    if isinstance(target, Excerpt):
        for capture, holding in files_containing(target, captures):
            if not is_withheld(capture):
                yield CopySuggestion(
                    capture, holding == WordsInFile.WORDS, reason_without_tick(holding)
                )
        for excerpt in excerpts.exclude(pk=target.pk).order_by("pk"):
            yield CopySuggestion(excerpt, target.exact in excerpt.exact)
        return
    if isinstance(target, TextLayer):
        same = captures.filter(blob=target.blob_id).select_related("blob").order_by("pk").first()
        if same is not None and not is_withheld(same):
            yield CopySuggestion(same, is_ticked=True)
    quoted = excerpts.filter(gradings__layer__blob=target.blob_id).distinct().order_by("pk")
    yield from (CopySuggestion(excerpt, is_ticked=False) for excerpt in quoted)


def reason_without_tick(holding: WordsInFile) -> str:
    """Return why a file is listed without a tick."""
    if holding == WordsInFile.UNKNOWN:
        return _("There is no text of it to look in: open it and see whether it has the words.")
    if holding == WordsInFile.ALIKE:
        return _("It has words that are alike: look whether they are meant.")
    return ""


def target_value(row: Target) -> str:
    """A row as the form sends it."""
    return f"{row._meta.db_table}:{row.pk}"
