"""The list of claims at the desk: filters as a form, and one row for each claim."""

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
from claims.admin.filters import AboutForm
from claims.models import AbsenceScope, Version
from claims.querysets.versions import VersionQuerySet
from claims.readings.claims import ClaimReading, read_claims
from claims.vocabulary import Status
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
    author = forms.ModelChoiceField(
        label=gettext_lazy("Author"),
        required=False,
        queryset=get_user_model().objects.order_by("display_name", "pk"),
        to_field_name="username",
        empty_label=gettext_lazy("Anybody"),
    )
    source = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)


def filtered_versions(form: ClaimFilterForm, reader: Any, at: datetime) -> VersionQuerySet:
    """The latest version of each claim that the filters leave; what waits for review first."""
    if not form.is_valid():
        return Version.objects.none()
    typed = form.cleaned_data
    versions = with_status(typed["status"], at)
    if typed["absence"]:
        versions = to_answer(Version.objects.all() if not typed["status"] else versions)
    found = form.about(versions)
    if typed["disputed"]:
        found = found.disputed(reader, at)
    if typed["author"] is not None:
        found = found.filter(author=typed["author"])
    if typed["source"]:
        found = found.citing(typed["source"])
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


def tabs(form: ClaimFilterForm, reader: Any) -> Sequence[Tab]:
    """The ways into the list that a desk takes every day."""
    given = {name: str(form.data.get(name) or "") for name in form.fields if form.data.get(name)}
    ways: list[tuple[str, dict[str, str]]] = [
        (_("All"), {}),
        (_("Waiting for review"), {"status": "submitted"}),
        (_("My own"), {"author": reader.get_username()}),
        (_("Drafts"), {"status": "draft"}),
        (_("Published"), {"status": "published"}),
        (_("Disputed"), {"disputed": "yes"}),
        (_("Absences to judge"), {"absence": "unanswered"}),
        (_("Retracted"), {"status": "retracted"}),
    ]
    return [Tab(words, f"?{urlencode(query)}", given == query) for words, query in ways]
