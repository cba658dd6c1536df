"""Conflicts at the desk: the list, the sides side by side, and opening one by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.conflicts import decide_conflict, open_editorial
from claims.admin.claims import page_number
from claims.admin.reading import Badge, badge_of
from claims.factsheets.positions import Position, desk_parties, positions, question_of
from claims.factsheets.rows import Surroundings, surroundings_of
from claims.factsheets.wording import asserter_text, date_text, value_text
from claims.models import Claim, Conflict, ConflictDecision, ConflictMember, Evidence, Version
from claims.vocabulary import ConflictKind, ConflictStatus, Stance, Strength
from sources.admin.desk import DeskAdmin, DeskForm, attempt, who
from sources.admin.fields import LinesField
from sources.domain.refusals import shown
from sources.querysets.readers import Knowing

PAGE_SIZE = 50
ANY = ("", gettext_lazy("Any"))


class FilterForm(DeskForm):
    """What the list of conflicts is narrowed down to."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status"), required=False, choices=[ANY, *ConflictStatus.choices()]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[ANY, *ConflictKind.choices()]
    )
    strength = forms.ChoiceField(
        label=gettext_lazy("Strength"), required=False, choices=[ANY, *Strength.choices()]
    )


class OpenForm(DeskForm):
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
                params={"typed": shown(missing[0])},
            )
        return [claim for _line, claim in found if claim is not None]


class DecideForm(DeskForm):
    """A decision on a conflict, bound to the versions that were read."""

    refused_at: ClassVar = {"missing": "note", "standing_claims": "standing"}

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
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Why; it may be left out only to confirm or to open it again."),
    )
    seen = forms.RegexField(r"^\d{1,18}(,\d{1,18})*$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, versions: Sequence[Version], **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": ",".join(str(version.pk) for version in versions)}
        super().__init__(*args, **kwargs)
        claims = sorted({version.claim_id for version in versions})
        standing = self.fields["standing"]
        if isinstance(standing, forms.MultipleChoiceField):
            standing.choices = [(str(number), f"C{number}") for number in claims]

    def decision(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        return {
            "status": ConflictStatus(typed["status"]),
            "note": typed["note"],
            "seen_versions": [int(number) for number in typed["seen"].split(",")],
            "standing_claims": [int(number) for number in typed["standing"]],
        }


@dataclass(frozen=True)
class Member:
    """A version that is party to a conflict, in words."""

    version: Version
    asserter: str
    badge: Badge
    value: str
    period: str
    pieces: Sequence[tuple[Evidence, bool]]


@dataclass(frozen=True)
class Side:
    """One position, with those who hold it."""

    heading: str
    members: Sequence[Member]


@admin.register(Conflict)
class ConflictAdmin(DeskAdmin):
    """Conflicts are found by comparing, or opened by an editor; nobody edits their members."""

    def get_urls(self) -> list[URLPattern]:
        """Opening one, before Django's own pages."""
        view = self.admin_site.admin_view
        return [
            path("open/", view(self.open_view), name="claims_conflict_open"),
            path("<int:pk>/decide/", view(self.decide_view), name="claims_conflict_decide"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list of conflicts, the latest first."""
        self.require_view(request)
        form = FilterForm(request.GET)
        found = Conflict.objects.order_by("-pk")
        for name, code in (form.cleaned_data if form.is_valid() else {"pk": None}).items():
            if code != "":
                found = found.filter(**{name: code})
        number = page_number(request)
        first = (number - 1) * PAGE_SIZE
        rows = list(found[first : first + PAGE_SIZE + 1])
        parties = desk_parties([row.pk for row in rows], request.user, timezone.now()).versions
        to = Knowing(request.user)
        query = request.GET.copy()
        query.pop("page", None)
        return self.page(
            request,
            "admin/claims/conflicts.html",
            title=str(self.opts.verbose_name_plural).capitalize(),
            form=form,
            rows=[
                (
                    row,
                    question_of(row, parties.get(row.pk, ()), to=to),
                    sorted({version.claim_id for version in parties.get(row.pk, ())}),
                )
                for row in rows[:PAGE_SIZE]
            ],
            number=number,
            has_more=len(rows) > PAGE_SIZE,
            query=query.urlencode(),
            may_add=self.has_add_permission(request),
        )

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Open a conflict by hand."""
        return self.open_view(request)

    def open_view(self, request: HttpRequest) -> HttpResponse:
        """Open a conflict between claims, chosen in the list or typed."""
        self.require_add(request)
        begins = request.method != "POST" or "begin" in request.POST
        chosen = request.POST.getlist("claim")[:PAGE_SIZE]
        form = OpenForm(None if begins else request.POST, initial={"claims": chosen})
        by: Any = request.user
        if not begins and form.is_valid():
            typed = form.cleaned_data
            conflict = attempt(
                form,
                lambda: open_editorial(
                    claims=typed["claims"], question=typed["question"], by=by, at=timezone.now()
                ),
            )
            if conflict is not None:
                messages.success(request, _("%(ref)s is open.") % {"ref": conflict.ref})
                return redirect(self.address(conflict))
        return self.page(
            request,
            "admin/desk/form.html",
            title=_("Open a conflict"),
            status=form.http_status,
            form=form,
            button=_("Open it"),
            intro=_("For claims that cannot all stand and that no rule compares."),
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The page of a conflict, its sides side by side."""
        conflict: Conflict = self.row(request, object_id)
        return self._conflict_page(request, conflict, self._versions(request, conflict), None)

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide on a conflict."""
        self.require_change(request)
        conflict: Conflict = self.row(request, pk)
        if request.method != "POST":
            return redirect(self.address(conflict))
        versions = self._versions(request, conflict)
        form = DecideForm(request.POST, versions=versions)
        decision = None
        if form.is_valid():
            decision = attempt(
                form, lambda: decide_conflict(conflict=conflict, **form.decision(), **who(request))
            )
        if decision is not None:
            messages.success(request, _("%(ref)s is decided.") % {"ref": conflict.ref})
            return redirect(self.address(conflict))
        conflict.refresh_from_db()
        return self._conflict_page(request, conflict, versions, form)

    def _versions(self, request: HttpRequest, conflict: Conflict) -> Sequence[Version]:
        """The versions that are party to a conflict."""
        parties = desk_parties([conflict.pk], request.user, timezone.now())
        return parties.versions.get(conflict.pk, ())

    def _conflict_page(
        self,
        request: HttpRequest,
        conflict: Conflict,
        versions: Sequence[Version],
        form: DecideForm | None,
    ) -> HttpResponse:
        """The page, with the form of a decision for who may decide."""
        may_decide = self.has_change_permission(request) and bool(versions)
        if form is None and may_decide and ConflictStatus(conflict.status).is_live:
            form = DecideForm(versions=versions)
        gone = ConflictMember.objects.filter(conflict=conflict, left_at__isnull=False)
        return self.page(
            request,
            "admin/claims/conflict.html",
            title=conflict.ref,
            status=200 if form is None else form.http_status,
            form=form,
            conflict=conflict,
            question=question_of(conflict, versions, to=Knowing(request.user)),
            sides=sides_of(conflict, versions, request),
            gone=gone.order_by("-left_at", "-pk")[:50],
            decisions=ConflictDecision.objects.filter(conflict=conflict)
            .select_related("decided_by")
            .order_by("-pk"),
        )


def sides_of(conflict: Conflict, versions: Sequence[Version], request: HttpRequest) -> list[Side]:
    """The positions in words; a claim whose own evidence disagrees has its stances as sides."""
    at = timezone.now()
    around = surroundings_of(
        versions, reader=request.user, at=at, is_public=False, with_conflicts=False
    )
    if conflict.kind == ConflictKind.STANCE:
        return [
            Side(_(stance.label), [_member(version, around, stance) for version in versions])
            for stance in (Stance.SUPPORTS, Stance.REFUTES)
        ]
    return [
        Side(_heading(number, position), [_member(row, around) for row in position.versions])
        for number, position in enumerate(positions(conflict.kind, versions, to=around.to), start=1)
    ]


def _heading(number: int, position: Position) -> str:
    """What a position is called."""
    if position.value and position.period:
        return f"{position.value} ({position.period})"
    return position.value or _("Position %(number)d") % {"number": number}


def _member(version: Version, around: Surroundings, stance: Stance | None = None) -> Member:
    """A version in words, with its quotes of one stance or of all."""
    return Member(
        version=version,
        asserter=asserter_text(version.asserters.all(), to=around.to),
        badge=badge_of(version, timezone.now()),
        value=value_text(version, to=around.to),
        period=date_text(version.period),
        pieces=[
            (piece, piece.excerpt.source_id in around.named)
            for piece in version.evidence.all()
            if stance is None or piece.stance == stance
        ],
    )
