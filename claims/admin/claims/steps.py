"""Forms of the steps that a person takes with a claim, and what they ask of the actions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.claims.entry import submit, withdraw
from claims.actions.claims.publication import HOLD, NOW, When, publish, retract, take_off
from claims.actions.claims.review import JudgementGiven, ReviewRefused, decide
from claims.admin.claims.doubts import (
    DoubtPanel,
    confirm_name,
    doubt_fields,
    doubt_panels,
    why_name,
)
from claims.admin.claims.judging import judgement_fields, judgement_given
from claims.domain.approval import DoubtRefused
from claims.domain.workflow import Step
from claims.models import Claim, Evidence, Version
from claims.vocabulary import Decision
from sources.admin.base import ActionForm
from sources.domain.refusals import Refusal
from sources.readings.doubts import DoubtReading

if TYPE_CHECKING:
    from factbase.models import User

WHEN = [
    ("now", gettext_lazy("Now")),
    ("hold", gettext_lazy("On hold: approved, not yet public")),
    ("time", gettext_lazy("At the time below")),
]


class StepForm(ActionForm):
    """A step that needs no words; `read` is the number of the version that was read."""

    step: Step | None = None
    read = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def read_before(self, number: int) -> int | None:
        """The version that was read where it is an earlier one than that of this number."""
        read = getattr(self, "cleaned_data", {}).get("read")
        return read if read is not None and read < number else None


class PublishForm(StepForm):
    """When an approved version becomes public."""

    refused_at: ClassVar = {"past": "publish_at"}

    publish = forms.ChoiceField(
        label=gettext_lazy("Publish"), choices=WHEN, initial="now", required=False
    )
    publish_at = forms.DateTimeField(
        label=gettext_lazy("Time of publication (UTC)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        """A time where one is asked for."""
        typed = super().clean() or self.cleaned_data
        is_timed = typed.get("publish") == "time"
        if is_timed and not typed.get("publish_at") and "publish_at" not in self.errors:
            self.add_error("publish_at", _("Say at what time."))
        return typed

    def when(self) -> When:
        """When to publish, as the actions take it."""
        moment: datetime | None = self.cleaned_data.get("publish_at")
        match self.cleaned_data.get("publish"):
            case "hold":
                return HOLD
            case "time" if moment is not None:
                return moment
            case _:
                return NOW


class DecisionForm(PublishForm):
    """A decision on a version, with a judgement on each piece of evidence.

    It carries the number and the content hash of the version that was read. `doubts` are those
    about its quotes, by the id of the quote; each open one is confirmed for the words shown.
    """

    refused_at: ClassVar = {"past": "publish_at", "note_missing": "note"}

    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Must be there to ask for changes or to reject; for an approval where a quote could "
            "not be located, where every supporting source was corrected, doubted or taken back, "
            "or where somebody is named who says that something is absent and no quote says so."
        ),
    )
    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self,
        *args: Any,
        version: Version,
        evidence: Sequence[Evidence],
        doubts: Mapping[int, Sequence[DoubtReading]],
        note: str = "",
        **kw: Any,
    ):
        read = {"content_hash": version.content_hash, "read": version.number, "note": note}
        kw.setdefault("initial", read)
        super().__init__(*args, auto_id="decide_%s", **kw)
        self.version = version
        self.evidence = evidence
        self.doubts = {piece.pk: doubts.get(piece.excerpt_id, ()) for piece in evidence}
        for piece in evidence:
            self.fields |= doubt_fields(piece.pk, self.doubts[piece.pk])
            self.fields |= judgement_fields(piece)

    def judging(self, piece: Evidence) -> list[forms.BoundField]:
        """The fields about one piece of evidence."""
        return [self[f"{name}_{piece.pk}"] for name in ("makes", "note", "credibility")]

    def panels(self, piece: Evidence) -> list[DoubtPanel]:
        """The doubts about one piece of evidence, with their fields."""
        return doubt_panels(piece.pk, self.doubts[piece.pk], self)

    def refuse(self, refusal: Refusal) -> None:
        """Show each doubt that is not settled at its own field."""
        if not isinstance(refusal, DoubtRefused):
            super().refuse(refusal)
            return
        for each in (refusal, *refusal.others):
            self.add_error(self.field_of(each), each.message)

    def field_of(self, refusal: DoubtRefused) -> str | None:
        """The name of the field of a doubt; None where its words were not on the page."""
        piece = self.evidence[refusal.evidence].pk
        for doubt in self.doubts[piece]:
            if (doubt.kind, doubt.number) == (refusal.kind, refusal.number):
                is_confirmed = self.cleaned_data.get(confirm_name(piece, doubt))
                name = why_name(piece, doubt) if is_confirmed else confirm_name(piece, doubt)
                return name if name in self.fields else None
        return None

    def judgements(self) -> dict[int, JudgementGiven]:
        """The judgements that were given."""
        given = {
            piece.pk: judgement_given(piece, self.doubts[piece.pk], self.cleaned_data)
            for piece in self.evidence
        }
        return {pk: one for pk, one in given.items() if one is not None}


class ReasonForm(StepForm):
    """Why something is taken off or retracted."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), strip=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def carry_out(form: StepForm, step: Step, claim: Claim, *, by: "User", at: datetime) -> object:
    """Take a step with the version that was read. Raises the refusals of its action, and
    ReviewRefused where another version came in between."""
    latest = claim.versions.latest("number")
    read = form.cleaned_data["read"]
    if read != latest.number:
        raise ReviewRefused(
            "not_read",
            f"{latest.ref} came in while you read {claim.ref}/v{read}; nothing was done. "
            "Read it and decide again.",
        )
    if isinstance(form, DecisionForm):
        return decide(
            version=latest,
            decision=Decision(step.value),
            by=by,
            at=at,
            content_hash=form.cleaned_data["content_hash"],
            note=form.cleaned_data["note"],
            judgements=form.judgements(),
            publish_at=form.when(),
            now=timezone.now,
        )
    match step:
        case Step.SUBMIT:
            return submit(version=latest, by=by, at=at)
        case Step.WITHDRAW:
            return withdraw(version=latest, by=by, at=at)
        case Step.PUBLISH if isinstance(form, PublishForm):
            return publish(version=latest, by=by, at=at, publish_at=form.when())
        case Step.TAKE_OFF:
            return take_off(claim=claim, reason=form.cleaned_data["reason"], by=by, at=at)
        case Step.RETRACT:
            return retract(claim=claim, reason=form.cleaned_data["reason"], by=by, at=at)
        case _:
            raise ReviewRefused("unknown_step", "This page takes no such step.")


# The form that a step needs, where it is no decision.
STEP_FORMS: dict[Step, type[StepForm]] = {
    Step.SUBMIT: StepForm,
    Step.WITHDRAW: StepForm,
    Step.PUBLISH: PublishForm,
    Step.TAKE_OFF: ReasonForm,
    Step.RETRACT: ReasonForm,
}

DONE = {
    Step.SUBMIT: gettext_lazy("It is submitted and waits for a second person."),
    Step.WITHDRAW: gettext_lazy("It is withdrawn."),
    Step.APPROVE: gettext_lazy("It is approved."),
    Step.REQUEST_CHANGES: gettext_lazy("Changes are asked for."),
    Step.REJECT: gettext_lazy("It is rejected."),
    Step.PUBLISH: gettext_lazy("Its publication is set."),
    Step.TAKE_OFF: gettext_lazy("It is off the public pages."),
    Step.RETRACT: gettext_lazy(
        "The claim is retracted; it stays readable, marked, with the reason."
    ),
}
