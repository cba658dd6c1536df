"""Forms about conflicts: which to list, a question of one's own, a decision, closing one."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.filters import AboutForm
from claims.models import Claim, Conflict, Version
from claims.querysets.conflicts import ConflictQuerySet
from claims.readings.claims import ClaimReading
from claims.vocabulary import ConflictKind, ConflictStatus, Reconciliation, Strength
from sources.admin.base import ActionForm
from sources.admin.fields import LinesField
from sources.domain.refusals import quoted

ANY = ("", gettext_lazy("Any"))


class ConflictFilterForm(AboutForm):
    """The filters of the list of conflicts."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status"), required=False, choices=[ANY, *ConflictStatus.choices()]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[ANY, *ConflictKind.choices()]
    )
    strength = forms.ChoiceField(
        label=gettext_lazy("Strength"), required=False, choices=[ANY, *Strength.choices()]
    )
    own = forms.ChoiceField(
        label=gettext_lazy("Claims"),
        required=False,
        choices=[("", gettext_lazy("Everybody's")), ("yes", gettext_lazy("My own"))],
    )
    same_source = forms.ChoiceField(
        label=gettext_lazy("Sources"),
        required=False,
        choices=[
            ANY,
            ("True", gettext_lazy("One and the same")),
            ("False", gettext_lazy("Several")),
        ],
    )


def filtered_conflicts(form: ConflictFilterForm) -> ConflictQuerySet:
    """The conflicts that the filters leave, in the order of work."""
    found: ConflictQuerySet = Conflict.objects.in_queue()
    if not form.is_valid():
        return found.none()
    typed = form.cleaned_data
    for column in ("status", "kind", "strength", "same_source"):
        if typed[column]:
            found = found.filter(**{column: typed[column]})
    if typed["own"]:
        found = found.of_claims_by(form.by)
    return found.between(form.about(Version.objects.all())) if form.is_about else found


class OpenForm(ActionForm):
    """A conflict that a person opens between claims that no rule can compare."""

    question = forms.CharField(
        label=gettext_lazy("Question"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The question in a sentence, on which the claims cannot all stand."),
    )
    claims = LinesField(
        label=gettext_lazy("Claims"), help_text=gettext_lazy("References, one a line: C17.")
    )

    def clean_claims(self) -> list[Claim]:
        """The claims that the lines name."""
        found = [(line, Claim.objects.by_ref(line).first()) for line in self.cleaned_data["claims"]]
        missing = [line for line, claim in found if claim is None]
        if missing:
            raise forms.ValidationError(
                _("There is no claim %(typed)s. Write references such as C17, one a line."),
                params={"typed": quoted(missing[0])},
            )
        return [claim for _line, claim in found if claim is not None]


class DecideForm(ActionForm):
    """A decision on a conflict, bound to the versions and the decision that were read."""

    refused_at: ClassVar = {
        "missing": "note",
        "standing_claims": "standing",
        "difference": "difference",
    }

    status = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            (word.value, f"{word.label} – {word.meaning}")
            for word in ConflictStatus
            if word.is_live
        ],
    )
    standing = forms.MultipleChoiceField(
        label=gettext_lazy("Claims that stand, where it is resolved"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    difference = forms.ChoiceField(
        label=gettext_lazy("What they differ in, where it is reconciled"),
        required=False,
        choices=[
            ("", "–"),
            *((word.value, f"{word.label} – {word.meaning}") for word in Reconciliation),
        ],
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for everybody"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Stands beside the decision on public pages, in the API and in fact sheets, while all "
            "claims that are decided on are public."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the staff"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Why; no reader sees it. It may be left out only to confirm or to open it again."
        ),
    )
    seen = forms.RegexField(r"^\d{1,18}(,\d{1,18})*$", widget=forms.HiddenInput)
    seen_decision = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        parties: Sequence[ClaimReading],
        decision: int | None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {
            "seen": ",".join(str(claim.id) for claim in parties),
            "seen_decision": decision,
        }
        super().__init__(*args, **kwargs)
        standing = self.fields["standing"]
        if isinstance(standing, forms.MultipleChoiceField):
            standing.choices = _claims_to_stand(parties)

    def decision(self) -> dict[str, Any]:
        """Return the decision as the action takes it."""
        typed = self.cleaned_data
        return {
            "status": ConflictStatus(typed["status"]),
            "note": typed["note"],
            "reason": typed["reason"],
            "seen_versions": [int(number) for number in typed["seen"].split(",")],
            "seen_decision": typed["seen_decision"],
            "standing_claims": [int(number) for number in typed["standing"]],
            "difference": typed["difference"],
        }


def _claims_to_stand(parties: Sequence[ClaimReading]) -> list[tuple[str, str]]:
    """The claims by number, each with what became of its sources."""
    warnings: dict[int, list[str]] = {}
    for claim in parties:
        sentences = [notice.sentence for notice in claim.notices if notice.code.is_of_source]
        warnings.setdefault(claim.claim, []).extend(sentences)
    return [
        (str(number), " – ".join([f"C{number}", *dict.fromkeys(warnings[number])]))
        for number in sorted(warnings)
    ]


class LapseForm(ActionForm):
    """Closing an editorial conflict that was opened by mistake, with the reason."""

    refused_at: ClassVar = {"missing": "note", "too_long": "note"}

    note = forms.CharField(
        label=gettext_lazy("Why it is closed"),
        required=False,  # the action says that it is missing
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Kept in the history. The question can be asked again as a new conflict."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="lapse", **kwargs)  # the other form has a note, too
