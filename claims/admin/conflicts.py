"""Conflicts at the desk: the list, the sides side by side, and opening one by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.conflicts import open_editorial
from claims.admin.claims import page_number
from claims.admin.reading import Badge, badge_of
from claims.factsheets.positions import Position, desk_parties, positions, question_of
from claims.factsheets.rows import surroundings_of
from claims.factsheets.wording import asserter_text, date_text, value_text
from claims.models import Claim, Conflict, ConflictDecision, ConflictMember, Evidence, Version
from claims.vocabulary import ConflictKind, ConflictStatus, Stance, Strength
from sources.admin.desk import DeskAdmin, DeskForm, attempt
from sources.admin.fields import LinesField
from sources.domain.refusals import shown

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
        view = self.admin_site.admin_view(self.open_view)
        return [path("open/", view, name="claims_conflict_open"), *super().get_urls()]

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
        query = request.GET.copy()
        query.pop("page", None)
        return self.page(
            request,
            "admin/claims/conflicts.html",
            title=self.opts.verbose_name_plural.capitalize(),
            form=form,
            rows=[
                (
                    row,
                    question_of(row, parties.get(row.pk, ()), is_public=False),
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
            status=form.status,
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
        parties = desk_parties([conflict.pk], request.user, timezone.now())
        versions = parties.versions.get(conflict.pk, ())
        gone = ConflictMember.objects.filter(conflict=conflict, left_at__isnull=False)
        return self.page(
            request,
            "admin/claims/conflict.html",
            title=conflict.ref,
            conflict=conflict,
            question=question_of(conflict, versions, is_public=False),
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
    named = set(around.named)
    if conflict.kind == ConflictKind.STANCE:
        return [
            Side(_(stance.label), [_member(version, named, stance) for version in versions])
            for stance in (Stance.SUPPORTS, Stance.REFUTES)
        ]
    return [
        Side(_heading(number, position), [_member(row, named) for row in position.versions])
        for number, position in enumerate(
            positions(conflict.kind, versions, is_public=False), start=1
        )
    ]


def _heading(number: int, position: Position) -> str:
    """What a position is called."""
    if position.value and position.period:
        return f"{position.value} ({position.period})"
    return position.value or _("Position %(number)d") % {"number": number}


def _member(version: Version, named: set[int], stance: Stance | None = None) -> Member:
    """A version in words, with its quotes of one stance or of all."""
    return Member(
        version=version,
        asserter=asserter_text(version.asserters.all(), is_public=False),
        badge=badge_of(version, timezone.now()),
        value=value_text(version, is_public=False),
        period=date_text(version.period),
        pieces=[
            (piece, piece.excerpt.source_id in named)
            for piece in version.evidence.all()
            if stance is None or piece.stance == stance
        ],
    )
