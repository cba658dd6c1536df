"""One step taken with several claims of a list: submitted, filed, sent back, flags closed.

Each claim takes the step by the action that its own page takes, in a transaction of its own: what
one is refused does not stop the others. Nothing is approved here.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.actions.claims.entry import change_topics
from claims.actions.flags import close_flag
from claims.admin.claims.lists import PAGE_SIZE, Row, rows_of
from claims.admin.claims.steps import DecisionForm, StepForm, carry_out
from claims.admin.entry.preview import preview_draft
from claims.domain.workflow import Step
from claims.models import Claim, Flag, Topic, Version
from claims.querysets.versions import is_number
from claims.vocabulary import Status
from sources.actions.permission import may
from sources.admin.base import ActionAdmin, ActionForm
from sources.domain.refusals import Refusal
from sources.domain.text_fields import has_visible_words
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User


class BulkStep(StrEnum):
    """A step that can be taken with several claims at once."""

    SUBMIT = "submit"
    ADD_TOPIC = "add-topic"
    REMOVE_TOPIC = "remove-topic"
    SEND_BACK = "send-back"
    CLOSE_FLAGS = "close-flags"


NEEDS_NOTE = {BulkStep.SEND_BACK, BulkStep.CLOSE_FLAGS}
NEEDS_TOPIC = {BulkStep.ADD_TOPIC, BulkStep.REMOVE_TOPIC}
# The role from which a step is offered; the actions ask for more, claim by claim.
ROLES = {
    BulkStep.SUBMIT: Role.CONTRIBUTOR,
    BulkStep.ADD_TOPIC: Role.CONTRIBUTOR,
    BulkStep.REMOVE_TOPIC: Role.CONTRIBUTOR,
    BulkStep.SEND_BACK: Role.REVIEWER,
    BulkStep.CLOSE_FLAGS: Role.REVIEWER,
}
DONE = {
    BulkStep.SUBMIT: gettext_lazy("submitted"),
    BulkStep.ADD_TOPIC: gettext_lazy("filed under the topic"),
    BulkStep.REMOVE_TOPIC: gettext_lazy("no longer filed under the topic"),
    BulkStep.SEND_BACK: gettext_lazy("sent back, with changes asked for"),
    BulkStep.CLOSE_FLAGS: gettext_lazy("flags closed"),
}


class BulkRefused(Refusal):
    """A step that one of several claims does not take. `code`: preview, unchanged, no_flag."""


class BulkForm(ActionForm):
    """The note and the topic that are given once for all chosen claims."""

    refused_at: ClassVar = {}

    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        strip=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "For sending back and for closing flags: the same words stand with each claim. All of "
            "the desk reads them."
        ),
    )
    topic = forms.ModelChoiceField(
        label=gettext_lazy("Topic"),
        required=False,
        queryset=Topic.objects.order_by("name", "pk"),
        to_field_name="key",
        empty_label=gettext_lazy("Choose one"),
        help_text=gettext_lazy("For filing claims under it, or no longer under it."),
    )

    def require_for(self, step: BulkStep) -> bool:
        """Whether all is there that a step needs; else the fields say what is missing."""
        if not self.is_valid():
            return False
        if step in NEEDS_NOTE and not has_visible_words(self.cleaned_data["note"]):
            self.add_error("note", _("Write a note: it says to each author what to do, or why."))
        if step in NEEDS_TOPIC and self.cleaned_data["topic"] is None:
            self.add_error("topic", _("Choose a topic."))
        return not self.errors


@dataclass(frozen=True)
class ChosenClaim:
    """A claim that was chosen, by its last version, with its open flags.

    `read` is the number of the version that was on the page, `content_hash` that of its content,
    `seen_flags` are the flags that were.
    """

    claim: Claim
    row: Row
    flags: Sequence[Flag]
    read: int
    content_hash: str
    seen_flags: Collection[int]


@dataclass(frozen=True)
class BulkOutcome:
    """A claim, and why it did not take the step; empty where it did."""

    claim: Claim
    refused: str = ""


def work_on_claims(model_admin: ActionAdmin, request: HttpRequest) -> HttpResponse:
    """Show the chosen claims with the steps that all can take; take the one that was pressed."""
    model_admin.require_change(request)
    if request.method != "POST":
        return redirect(reverse("admin:claims_claim_changelist"))
    by: Any = request.user
    step = bulk_step(request.POST.get("step", ""), by)
    chosen = chosen_claims(request.POST, by, timezone.now())
    form = BulkForm(request.POST if step else None)
    outcomes: list[BulkOutcome] = []
    if step is not None and len(chosen) <= PAGE_SIZE and form.require_for(step):
        outcomes = [take_step(step, one, form, by=by) for one in chosen]
        refused = [one.claim.pk for one in outcomes if one.refused]
        chosen = chosen_claims(request.POST, by, timezone.now(), only=refused)
    done = [one.claim for one in outcomes if not one.refused]
    return model_admin.page(
        request,
        "admin/claims/bulk.html",
        title=_("Several claims at once"),
        form=form,
        chosen=chosen[:PAGE_SIZE],
        left_out=max(len(chosen) - PAGE_SIZE, 0),
        done=done,
        done_text=done_text(step, len(done)) if step and done else "",
        refused=[one for one in outcomes if one.refused],
        offered=[each.value for each in BulkStep if may(by, ROLES[each])],
        back=request.POST.get("back", ""),
    )


def bulk_step(code: str, by: "User") -> BulkStep | None:
    """The step of a code that the role allows; None for another."""
    known = {each.value: each for each in BulkStep if may(by, ROLES[each])}
    return known.get(code)


def done_text(step: BulkStep, number: int) -> str:
    """How many claims took a step, in words."""
    counted = ngettext("%(n)d claim: %(done)s", "%(n)d claims: %(done)s", number)
    return counted % {"n": number, "done": DONE[step]}


def chosen_claims(
    given: Any, by: "User", at: datetime, only: Collection[int] | None = None
) -> list[ChosenClaim]:
    """The claims that were chosen, in the order of their numbers; one more than a page at most."""
    ids = {int(ref[1:]) for ref in given.getlist("claim") if is_ref(ref)}
    ids = ids if only is None else ids & set(only)
    last = Version.objects.filter(claim__in=ids).order_by("claim_id", "-number")
    rows = rows_of(last.distinct("claim_id")[: PAGE_SIZE + 1], by, at)
    flags = Flag.objects.filter(claim__in=ids, closed_at__isnull=True).order_by("pk")
    open_flags: dict[int, list[Flag]] = {}
    for flag in flags:
        open_flags.setdefault(flag.claim_id, []).append(flag)
    return [
        ChosenClaim(
            row.version.claim,
            row,
            open_flags.get(row.version.claim_id, ()),
            *read_before(given, row.version),
            {int(pk) for pk in given.getlist(f"flag-{row.version.claim_id}") if is_number(pk)},
        )
        for row in rows
    ]


def read_before(given: Any, version: Version) -> tuple[int, str]:
    """Number and hash of the version that was on the page; of the last one where none was."""
    number, _colon, content_hash = given.get(f"read-{version.claim_id}", "").partition(":")
    if is_number(number) and content_hash:
        return int(number), content_hash[:64]
    return version.number, version.content_hash


def is_ref(typed: str) -> bool:
    """Whether it is the reference of a claim, such as C17."""
    return typed[:1] == "C" and is_number(typed[1:])


def take_step(step: BulkStep, chosen: ChosenClaim, form: BulkForm, *, by: "User") -> BulkOutcome:
    """Take a step with one claim; a refusal is told and nothing of it is done."""
    try:
        STEPS[step](chosen, form, by, timezone.now())
    except Refusal as refusal:
        return BulkOutcome(chosen.claim, refusal.message)
    return BulkOutcome(chosen.claim)


def submit_one(chosen: ChosenClaim, _form: BulkForm, by: "User", at: datetime) -> None:
    """Submit a draft. What it would newly contradict or repeat is read on its own page first."""
    is_draft = chosen.row.version.status == Status.DRAFT
    if is_draft and preview_draft(chosen.claim, by=by, at=at).asks:
        raise BulkRefused(
            "preview",
            _(
                "It would newly contradict or repeat other claims, or quotes a source that does "
                "not stand as published. Read that on its page, and submit it there."
            ),
        )
    form = StepForm({"read": chosen.read})
    form.is_valid()
    carry_out(form, Step.SUBMIT, chosen.claim, by=by, at=at)


def send_back_one(chosen: ChosenClaim, form: BulkForm, by: "User", at: datetime) -> None:
    """Ask for changes, with the note."""
    given = {
        "read": chosen.read,
        "content_hash": chosen.content_hash,
        "note": form.cleaned_data["note"],
    }
    decision = DecisionForm(given, version=chosen.row.version, evidence=[], doubts={})
    decision.is_valid()
    carry_out(decision, Step.REQUEST_CHANGES, chosen.claim, by=by, at=at)


def add_topic_to_one(chosen: ChosenClaim, form: BulkForm, by: "User", at: datetime) -> None:
    """File a claim under the topic."""
    topic = form.cleaned_data["topic"]
    if not change_topics(claim=chosen.claim, add=[topic], by=by, at=at):
        raise BulkRefused("unchanged", _("It is filed under %(topic)s already.") % {"topic": topic})


def remove_topic_of_one(chosen: ChosenClaim, form: BulkForm, by: "User", at: datetime) -> None:
    """File a claim no longer under the topic."""
    topic = form.cleaned_data["topic"]
    if not change_topics(claim=chosen.claim, remove=[topic], by=by, at=at):
        raise BulkRefused("unchanged", _("It is not filed under %(topic)s.") % {"topic": topic})


def close_flags_of_one(chosen: ChosenClaim, form: BulkForm, by: "User", at: datetime) -> None:
    """Close the flags of a claim that were on the page, with the note."""
    flags = [flag for flag in chosen.flags if flag.pk in chosen.seen_flags]
    if not flags:
        raise BulkRefused("no_flag", _("None of the flags that you read is open any more."))
    with transaction.atomic():
        for flag in flags:
            close_flag(flag=flag, note=form.cleaned_data["note"], by=by, at=at)


STEPS: dict[BulkStep, Callable[[ChosenClaim, BulkForm, "User", datetime], None]] = {
    BulkStep.SUBMIT: submit_one,
    BulkStep.ADD_TOPIC: add_topic_to_one,
    BulkStep.REMOVE_TOPIC: remove_topic_of_one,
    BulkStep.SEND_BACK: send_back_one,
    BulkStep.CLOSE_FLAGS: close_flags_of_one,
}
