"""The list of claims at the desk: filters as a form, and one row for each claim.

The most used filters are fields; the field `query` takes every one that the API's list takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.claims.page_context import Badge, badge_of
from claims.admin.claims.queries import query_errors, read_typed_query
from claims.admin.filters import AboutForm
from claims.domain.extract_queries import MAX_QUERY, query_parameters
from claims.models import AbsenceScope, Version
from claims.querysets.versions import VersionQuerySet
from claims.readings.claim_filters import asks_for_retracted
from claims.readings.claim_queries import narrowed_by_query
from claims.readings.claims import ClaimReading, read_claims
from claims.readings.my_desk import DESK_LABELS, DeskPart, versions_on_desk
from claims.vocabulary import Status
from sources.domain.refusals import Refusal
from sources.readings.reader import Reader

PAGE_SIZE = 50

STATUSES = [
    ("", gettext_lazy("Any")),
    ("published", gettext_lazy("Published")),
    *((status.value, gettext_lazy(status.label)) for status in Status),
    ("retracted", gettext_lazy("Retracted")),
]
# Of what is said to be absent, that whose near misses wait for an answer.
ABSENCES = [
    ("", gettext_lazy("Either")),
    ("unanswered", gettext_lazy("With words that come close to be judged")),
]
DISPUTED = [("", gettext_lazy("Either")), ("yes", gettext_lazy("Disputed"))]


@dataclass(frozen=True)
class Row:
    """A claim in the list by its latest version."""

    version: Version
    told: ClaimReading
    badge: Badge


@dataclass(frozen=True)
class Tab:
    """A way into the list."""

    words: str
    query: str
    is_current: bool


class ClaimFilterForm(AboutForm):
    """The filters of the list."""

    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False, choices=STATUSES)
    disputed = forms.ChoiceField(label=gettext_lazy("Disputed"), required=False, choices=DISPUTED)
    absence = forms.ChoiceField(label=gettext_lazy("Absences"), required=False, choices=ABSENCES)
    desk = forms.ChoiceField(
        label=gettext_lazy("My desk"),
        required=False,
        choices=[
            ("", gettext_lazy("Everybody's claims")),
            *((part.value, DESK_LABELS[part]) for part in DeskPart),
        ],
    )
    author = forms.ModelChoiceField(
        label=gettext_lazy("Author"),
        required=False,
        queryset=get_user_model().objects.order_by("display_name", "pk"),
        to_field_name="username",
        empty_label=gettext_lazy("Anybody"),
    )
    source = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    query = forms.CharField(
        label=gettext_lazy("Query"),
        required=False,
        max_length=MAX_QUERY,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Any filter of the list of claims in the API, such as topic=trade,energy&value_above=5%"
            ", or the address of such a list. It holds besides the fields above; retracted claims "
            "are in the list where a status names them."
        ),
    )

    def clean_query(self) -> str:
        """The query in its one form."""
        try:
            return read_typed_query(self.cleaned_data["query"])
        except Refusal as refusal:
            raise query_errors(refusal) from refusal

    @property
    def asked_query(self) -> str:
        """The query that was typed and is understood; empty where there is none."""
        return str(self.cleaned_data.get("query", "")) if self.is_bound else ""

    def found_by_query(self, versions: VersionQuerySet, at: datetime) -> VersionQuerySet:
        """Those of the versions that the query finds; none where it is refused at its field.

        Retracted claims are left out, as from the API's list, unless a status names them.
        """
        query = self.asked_query
        if not query:
            return versions
        try:
            found = narrowed_by_query(versions, query, Reader(self.by, at))
        except Refusal as refusal:
            self.add_error("query", query_errors(refusal))
            return versions.none()
        if self.cleaned_data["status"] or asks_for_retracted(query_parameters(query)):
            return found
        return found.filter(claim__retracted_at__isnull=True)


def filtered_versions(form: ClaimFilterForm, reader: Any, at: datetime) -> VersionQuerySet:
    """The latest version of each claim that the filters leave.

    What waits for review is first; of a part of the person's desk, what is there for longest.
    """
    if not form.is_valid():
        return Version.objects.none()
    typed = form.cleaned_data
    versions = with_status(typed["status"], at)
    if typed["absence"]:
        versions = to_answer(Version.objects.all() if not typed["status"] else versions)
    part = DeskPart(typed["desk"]) if typed["desk"] else None
    if part is not None:
        is_narrowed = typed["status"] or typed["absence"]
        given = versions
        versions = versions_on_desk(part, Reader(reader, at))
        if is_narrowed:
            versions = versions.filter(pk__in=given.values("pk"))
    found = form.about(versions)
    if typed["disputed"]:
        found = found.disputed(reader, at)
    if typed["author"] is not None:
        found = found.filter(author=typed["author"])
    if typed["source"]:
        found = found.citing(typed["source"])
    found = form.found_by_query(found, at)
    if part is not None and part is not DeskPart.OWN:
        return found.order_by("since", "pk")
    waiting = Case(
        When(status=Status.SUBMITTED, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return found.order_by(waiting, "-recorded_at", "-pk")


def with_status(status: str, at: datetime) -> VersionQuerySet:
    """The latest versions of a status; what is published, and what was put aside, of any number."""
    if not status:
        return Version.objects.newest()
    if status in ("published", Status.SUPERSEDED, Status.WITHDRAWN):
        return Version.objects.with_status(status, at)
    return Version.objects.newest().with_status(status, at)


def to_answer(versions: VersionQuerySet) -> VersionQuerySet:
    """Those in use that say that something is absent and whose near misses wait for an answer."""
    scopes = AbsenceScope.objects.in_use().to_answer()
    return versions.filter(pk__in=scopes.values("version"))


def rows_of(versions: VersionQuerySet, reader: Any, at: datetime) -> list[Row]:
    """The rows of a page, in a constant number of queries."""
    found = list(versions.select_related("author", "claim").defer("words"))
    told = {one.id: one for one in read_claims([row.pk for row in found], Reader(reader, at))}
    return [Row(row, told[row.pk], badge_of(row, at)) for row in found]


def tabs(form: ClaimFilterForm) -> Sequence[Tab]:
    """The ways into the list that a desk takes every day."""
    given = {name: str(form.data.get(name) or "") for name in form.fields if form.data.get(name)}
    ways: list[tuple[str, dict[str, str]]] = [
        (_("All"), {}),
        (_("Waiting for review"), {"status": "submitted"}),
        (_("My own"), {"desk": DeskPart.OWN.value}),
        (_("Drafts"), {"status": "draft"}),
        (_("Published"), {"status": "published"}),
        (_("Disputed"), {"disputed": "yes"}),
        (_("Absences to judge"), {"absence": "unanswered"}),
        (_("Retracted"), {"status": "retracted"}),
    ]
    return [Tab(words, f"?{urlencode(query)}", given == query) for words, query in ways]
