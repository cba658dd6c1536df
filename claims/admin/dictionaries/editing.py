"""Writing the dictionary of a series: one form, saved by one action, told when two edit."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.actions.series.dictionaries import DictionaryOutdated, save_dictionary
from claims.admin.dictionaries.arranging import arrange_topics, is_arranging_topics, number_typed
from claims.admin.dictionaries.forms import (
    DictionaryForm,
    TopicNames,
    TopicRow,
    TopicRows,
    bound_rows,
    lines_of_terms,
    refuse_rows,
    rows_of_dictionary,
    topic_rows,
    typed_dictionary,
)
from claims.admin.dictionaries.importing import FILE, read_upload
from claims.admin.dictionaries.variants import TermOffers, languages_of, offers_of_row
from claims.domain.series.dictionary import Dictionary, DictionaryEntry
from claims.domain.series.dictionary_changes import dictionary_changes
from claims.domain.series.dictionary_validation import DictionaryRefused, tidy_terms
from claims.models import DictionaryVersion, Topic
from claims.readings.dictionaries import changes_in_words
from sources.admin.base import ActionAdmin, actor_and_time
from sources.admin.fields import datalist
from sources.domain.refusals import Refusal, quoted
from sources.models import Series


@dataclass(frozen=True)
class TopicView:
    """One row on the page, with the name of its topic, or what was typed in quotation marks.

    `may_make`: there is no such topic yet. `offers` are variants of its terms, None where nobody
    asked for them; `with_forms`: other forms of the words, too.
    """

    row: TopicRow
    name: str
    may_make: bool
    offers: Sequence[TermOffers] | None = None
    with_forms: bool = False


def edit_dictionary(admin: ActionAdmin, request: HttpRequest, series: Series) -> HttpResponse:
    """The form of the dictionary of a series, filled in from its current version.

    `?version=2` fills it from an older one, for the next version to be like that again.
    """
    current = DictionaryVersion.objects.current_of(series)
    if request.method != "POST":
        return _opened(admin, request, series, current)
    if not admin.has_add_permission(request):
        raise PermissionDenied
    form, rows = DictionaryForm(request.POST), topic_rows(request.POST)
    if is_arranging_topics(request):
        rows = bound_rows(arrange_topics(request, rows))
        return _page(admin, request, series, current, _unjudged(form), rows)
    if "import" in request.POST:
        return _imported(admin, request, series, current, form, rows)
    topics = TopicNames()
    is_valid = all([form.is_valid(), rows.is_valid()])
    if refuse_rows(form, rows, topics) or not is_valid:
        return _page(admin, request, series, current, form, rows, is_checked=True)
    dictionary = typed_dictionary(rows, topics)
    if "changes" in request.POST:
        return _page(
            admin, request, series, current, form, rows, changes=_changes(current, dictionary)
        )
    return _saved(admin, request, series, form, rows, dictionary)


def _opened(
    admin: ActionAdmin, request: HttpRequest, series: Series, current: DictionaryVersion | None
) -> HttpResponse:
    """The form as it is opened, of the current version or of the one that the address names."""
    form = DictionaryForm(initial={"seen_number": current.number if current else 0})
    asked = request.GET.get("version", "")
    versions = DictionaryVersion.objects.of_series(series)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    older = versions.filter(number=number).first()
    if older is None:
        rows = bound_rows(rows_of_dictionary(current.dictionary) if current else [{}])
        return _page(admin, request, series, current, form, rows)
    dictionary = older.dictionary
    messages.info(
        request,
        _("These are the topics of version %(number)d. Nothing is saved yet.") % {"number": number},
    )
    return _page(
        admin,
        request,
        series,
        current,
        form,
        bound_rows(rows_of_dictionary(dictionary)),
        changes=_changes(current, dictionary),
    )


def _imported(
    admin: ActionAdmin,
    request: HttpRequest,
    series: Series,
    current: DictionaryVersion | None,
    form: DictionaryForm,
    rows: TopicRows,
) -> HttpResponse:
    """The form filled in from a file, with what that changes; as typed where it is refused."""
    form = _unjudged(form)
    try:
        read = read_upload(request, series, current)
    except DictionaryRefused as refused:
        return _page(
            admin,
            request,
            series,
            current,
            form,
            bound_rows(rows.typed()),
            file_refusal=refused.message,
        )
    topics = TopicNames()
    rows = bound_rows(rows_of_dictionary(read.dictionary))
    for warning in read.warnings:
        messages.warning(request, warning)
    bound = DictionaryForm({name: form[name].value() for name in form.fields})
    bound.full_clean()
    is_refused = refuse_rows(bound, rows, topics)
    return _page(
        admin,
        request,
        series,
        current,
        bound,
        rows,
        is_checked=is_refused,
        changes=_changes(current, typed_dictionary(rows, topics)),
        changes_of=read.name,
    )


def _saved(
    admin: ActionAdmin,
    request: HttpRequest,
    series: Series,
    form: DictionaryForm,
    rows: TopicRows,
    dictionary: Dictionary,
) -> HttpResponse:
    """Save, and lead to the form of what is saved; or say who saved meanwhile, and what differs."""
    seen: int = form.cleaned_data["seen_number"]
    try:
        saved = save_dictionary(
            series=series,
            dictionary=dictionary,
            note=form.cleaned_data["note"],
            seen_number=seen,
            **actor_and_time(request),
        )
    except Refusal as refusal:
        newest = refusal.current if isinstance(refusal, DictionaryOutdated) else None
        if newest is not None:
            return _outdated(admin, request, series, form, rows, newest, dictionary)
        form.refuse(refusal)
        current = DictionaryVersion.objects.current_of(series)
        return _page(admin, request, series, current, form, rows, is_checked=True)
    if saved.number == seen:
        messages.info(
            request, _("Nothing changed, so version %(number)d stays.") % {"number": seen}
        )
    else:
        words = _("Version %(number)d is saved. The texts are counted by it in the background.")
        messages.success(request, words % {"number": saved.number})
    return redirect(reverse("dictionary:edit", args=[series.key]))


def _outdated(
    admin: ActionAdmin,
    request: HttpRequest,
    series: Series,
    form: DictionaryForm,
    rows: TopicRows,
    newest: DictionaryVersion,
    dictionary: Dictionary,
) -> HttpResponse:
    """The form with one's own topics, and what differs in the other's; saved again, one's own
    are the next version."""
    form.data = {  # the next save has read what this page shows
        **{name: form[name].value() for name in form.fields},
        "seen_number": newest.number,
    }
    form.http_status = 409
    return _page(
        admin,
        request,
        series,
        newest,
        form,
        rows,
        outdated=_who_saved(newest),
        differing=_differences(newest.dictionary, dictionary),
    )


def _who_saved(newest: DictionaryVersion) -> str:
    """The sentence that says who saved meanwhile, and when."""
    return _("%(who)s saved version %(number)d at %(when)s UTC, after you opened this page.") % {
        "who": newest.made_by,
        "number": newest.number,
        "when": f"{newest.made_at:%Y-%m-%d %H:%M}",
    }


def _differences(theirs: Dictionary, own: Dictionary) -> list[tuple[str, str, str]]:
    """The topics that differ: the name, theirs and one's own as lines."""
    one = {entry.topic: _lines(entry) for entry in theirs.entries}
    other = {entry.topic: _lines(entry) for entry in own.entries}
    names = TopicNames()
    return [
        (names.name_of(topic) or topic, one.get(topic, ""), other.get(topic, ""))
        for topic in dict.fromkeys([*one, *other])
        if one.get(topic) != other.get(topic)
    ]


def _lines(entry: DictionaryEntry) -> str:
    """An entry as lines: its terms, then its note."""
    note = _("Note: %(note)s") % {"note": entry.note} if entry.note else ""
    return "\n".join(filter(None, [lines_of_terms(entry.terms), note]))


def _changes(current: DictionaryVersion | None, dictionary: Dictionary) -> list[str]:
    """The changes of a dictionary against the current version, in words."""
    before = current.dictionary if current else Dictionary()
    return changes_in_words(dictionary_changes(before, dictionary), TopicNames().names)


def _unjudged(form: DictionaryForm) -> DictionaryForm:
    """The form as typed, without what is wrong with it."""
    return DictionaryForm(initial={name: form[name].value() for name in form.fields})


def _page(
    admin: ActionAdmin,
    request: HttpRequest,
    series: Series,
    current: DictionaryVersion | None,
    form: DictionaryForm,
    rows: TopicRows,
    *,
    is_checked: bool = False,
    changes: Sequence[str] | None = None,
    changes_of: str = "",
    file_refusal: str = "",
    outdated: str = "",
    differing: Sequence[tuple[str, str, str]] = (),
) -> HttpResponse:
    """The page of the form, with everything that was typed.

    `changes` are what it would change, None where nobody asked; `is_checked` says that the rows
    were checked, so that what is refused stands at them.
    """
    topics = TopicNames()
    return admin.page(
        request,
        "admin/claims/dictionaries/editor.html",
        title=_("Topic dictionary: %(title)s") % {"title": series.title},
        status=form.http_status,
        series=series,
        current=current,
        form=form,
        rows=rows,
        topics=_views(request, series, rows, topics),
        is_checked=is_checked,
        changes=changes,
        changes_of=changes_of,
        file_refusal=file_refusal,
        file_field=FILE,
        outdated=outdated,
        differing=differing,
        may_save=admin.has_add_permission(request),
        is_nav_sidebar_enabled=False,
        offers=[datalist("offer-topics", Topic.objects.all(), "name")],
    )


def _views(
    request: HttpRequest, series: Series, rows: TopicRows, topics: TopicNames
) -> list[TopicView]:
    """The rows in order, with variants of the terms of the one that they were asked for."""
    ordered = rows.in_order()
    with_forms = request.POST.getlist("forms")
    asked = number_typed(request.POST.get("offer", ""), ordered)
    views = []
    for index, row in enumerate(ordered):
        typed = " ".join(str(row["topic"].value() or "").split())
        name = topics.name_of(topics.key_of(typed))
        forms = str(index + 1) in with_forms
        offers = None
        if index == asked:
            terms = tidy_terms(row.terms_typed())
            offers = offers_of_row(terms, languages_of(series), with_forms=forms)
        shown = name or (quoted(typed) if typed else "")
        views.append(TopicView(row, shown, bool(typed) and not name, offers, forms))
    return views
