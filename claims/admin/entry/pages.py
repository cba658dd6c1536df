"""Entering and revising claims: one form, one transaction for the quotes and the version."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.entry import Stale, file_under, propose, quoting, revise
from claims.admin.entry.address import initial_in_address, is_from_tray, rows_in_address
from claims.admin.entry.dictionary_terms import TAKE_TERMS, take_dictionary_terms
from claims.admin.entry.forms import LINKS, ClaimForm, initial_of
from claims.admin.entry.making import MAKE, make_named, offer_making
from claims.admin.entry.merging import StaleForm, merged_form
from claims.admin.entry.preview import ClaimPreview, preview_claim, previewed_before
from claims.admin.entry.quotes import QuoteRows, collected_rows, initial_rows, rows_form
from claims.admin.entry.suggestions import offered_bases, offered_entities, offered_units
from claims.admin.entry.term_changes import CHANGE_TERM, with_changed_term
from claims.admin.entry.understood import understand
from claims.admin.entry.unsaved import discard_posted, reopened, unsaved_forms
from claims.domain.values.period_needed import needs_period
from claims.models import Claim, Entity, Evidence, Property, Topic, Version
from claims.readings.wording import share_question
from claims.vocabulary import PropertyTime, ValueKind
from sources.actions.quotes.tray import discard_quotes
from sources.admin.base import ActionAdmin, run_action
from sources.admin.fields import Datalist, datalist
from sources.admin.quoting import describe_finding
from sources.models import Excerpt, Series, Source
from sources.readings.reader import Reader
from sources.vocabulary import Grade

# The buttons that preview the claim: a check does nothing else.
PREVIEWING = ("submit", "check")
# Those that add to the form, and save nothing.
FROM_TRAY = "from-tray"
ADDING = ("more", FROM_TRAY, TAKE_TERMS, CHANGE_TERM)


def enter(admin: ActionAdmin, request: HttpRequest) -> HttpResponse:
    """The form of a new claim, filled in as far as the address says."""
    admin.require_add(request)
    by: Any = request.user
    if (stored := reopened(request, None)) is not None:
        form = ClaimForm(stored, by=by, links=_links(stored), is_new=True)
        rows = rows_form(stored, by=by)
        return _page(admin, request, *_with_more(request, form, rows, claim=None))
    if request.method != "POST":
        initial = initial_in_address(request)
        form = ClaimForm(initial=initial, by=by, links=_links(initial), is_new=True)
        form.fields["statement"].widget.attrs["autofocus"] = True
        named = rows_in_address(request)
        # Whoever comes from a quote goes on to the statement, not past empty rows.
        rows = rows_form(initial=named, extra=0 if named and "excerpt" in named[0] else 2, by=by)
        return _page(admin, request, form, rows)
    form = ClaimForm(request.POST, by=by, links=_links(request.POST), is_new=True)
    rows = rows_form(request.POST, by=by)
    if (made := make_named(request, form, rows)) is not None:
        form = ClaimForm(made, by=by, links=_links(made), is_new=True)
        rows = rows_form(made, by=by)
    if made is not None or not request.POST.keys().isdisjoint(ADDING):
        return _page(admin, request, *_with_more(request, form, rows, claim=None))
    if _are_valid(form, rows) and MAKE not in request.POST:
        done = _saved_or_previewed(request, form, rows, lambda: _propose(request, form, rows))
        if isinstance(done, Version):
            _say_what_happened(request, done)
            return redirect(admin.address(done.claim))
        return _page(admin, request, form, rows, preview=done)
    return _page(admin, request, form, rows)


def _links(given: Collection[str]) -> int:
    """How many links of a chain the form of a new claim has: as many as are given, at least."""
    return max(LINKS, sum(name.startswith("asserter_") for name in given))


def revise_claim(admin: ActionAdmin, request: HttpRequest, claim: Claim) -> HttpResponse:
    """The form of the next version, filled in from the latest."""
    admin.require_change(request)
    by: Any = request.user
    if _is_about_what_is_kept_from(by, claim):
        raise PermissionDenied
    latest = claim.versions.select_related("subject", "property", "aspect").latest("number")
    content, _quotes = stored_content(latest)
    links = max(LINKS, len(content.asserted_by) + 1)
    context: dict[str, Any] = {"claim": claim, "latest": latest}
    if (stored := reopened(request, claim)) is not None:
        form = ClaimForm(stored, by=by, links=links, is_new=False)
        rows = rows_form(stored, by=by, claim=claim)
        return _page(admin, request, *_with_more(request, form, rows, claim=claim), **context)
    if request.method != "POST" or "bring" in request.POST:
        initial = {**initial_of(content), "topics": claim.topics.all(), "seen": latest.number}
        initial["absence_terms"] = with_changed_term(request, request.GET, initial["absence_terms"])
        form = ClaimForm(initial=initial, by=by, links=links, is_new=False)
        pieces = list(latest.evidence.select_related("own_origin").order_by("pk"))
        quotes = [*initial_rows(pieces), *_brought(request, claim, pieces)]
        rows = rows_form(initial=quotes, extra=1, by=by, claim=claim)
        return _page(admin, request, form, rows, **context)
    form = ClaimForm(request.POST, by=by, links=links, is_new=False)
    rows = rows_form(request.POST, by=by, claim=claim)
    if (made := make_named(request, form, rows)) is not None:
        form = ClaimForm(made, by=by, links=links, is_new=False)
        rows = rows_form(made, by=by, claim=claim)
    if made is not None or not request.POST.keys().isdisjoint(ADDING):
        form, rows = _with_more(request, form, rows, claim=claim)
        return _page(admin, request, form, rows, **context)
    if _are_valid(form, rows) and MAKE not in request.POST:
        try:
            done = _saved_or_previewed(
                request, form, rows, lambda: _revise(request, claim, form, rows), claim=claim
            )
        except StaleForm as stale:
            return _page(admin, request, stale.form, stale.rows, **context, stale=stale)
        if isinstance(done, Version):
            _say_what_happened(request, done, before=latest)
            return redirect(admin.address(claim))
        context["preview"] = done
    return _page(admin, request, form, rows, **context)


def _is_about_what_is_kept_from(by: Any, claim: Claim) -> bool:
    """Whether a version uses an entity of a source for others alone: the form would name it."""
    used = Entity.objects.filter(
        Q(versions__claim=claim) | Q(value_of__claim=claim) | Q(assertions__version__claim=claim)
    )
    known = Entity.objects.known_to(by, timezone.now())
    return used.exclude(pk__in=known.values("pk")).exists()


def _saved_or_previewed(
    request: HttpRequest,
    form: ClaimForm,
    rows: QuoteRows,
    save: Callable[[], Version],
    claim: Claim | None = None,
) -> Version | ClaimPreview | None:
    """The version that was saved or, where it is to be read first, its preview.

    A check asks for that. Who submits is shown it once, where it would contradict or repeat what
    they were not shown yet; a draft is saved without. None where the action refused; the form
    then says why.
    """
    if not request.POST.keys().isdisjoint(PREVIEWING):
        preview = run_action(form, lambda: _preview(request, claim, form, rows))
        if preview is None or "check" in request.POST:
            return preview
        if not preview.asks <= previewed_before(request):
            return preview
    return run_action(form, save)


def _propose(request: HttpRequest, form: ClaimForm, rows: QuoteRows) -> Version:
    """Quote and propose, all or nothing."""
    by: Any = request.user
    searched = rows.searched()
    with quoting(rows.new_sources()):
        at = timezone.now()
        evidence = [row.tie(match, by=by, at=at) for row, match in searched]
        version = propose(
            content=form.content(),
            evidence=evidence,
            by=by,
            at=at,
            topics=form.chosen_topics(),
            submit_it="submit" in request.POST,
        )
        discard_posted(request)
        discard_quotes(excerpts=[tie.excerpt.pk for tie in evidence], by=by, at=at)
        return version


def _preview(
    request: HttpRequest, claim: Claim | None, form: ClaimForm, rows: QuoteRows
) -> ClaimPreview:
    """The preview of what was typed; a stale form shows what changed."""
    by: Any = request.user
    seen = form.cleaned_data.get("seen", 0)
    at, content = timezone.now(), form.content()
    try:
        return preview_claim(
            content=content, quoted=rows.quoted(), by=by, at=at, claim=claim, seen=seen
        )
    except Stale as stale:
        if claim is None:
            raise
        raise merged_form(claim, form, rows, stale) from stale


def _revise(request: HttpRequest, claim: Claim, form: ClaimForm, rows: QuoteRows) -> Version:
    """Quote and write the next version, all or nothing; a stale form shows what changed."""
    by: Any = request.user
    typed = form.cleaned_data
    searched = rows.searched()
    try:
        with quoting(rows.new_sources(), claim=claim):
            at = timezone.now()
            evidence = [row.tie(match, by=by, at=at) for row, match in searched]
            version = revise(
                claim=claim,
                content=form.content(),
                evidence=evidence,
                by=by,
                at=at,
                seen=typed["seen"],
                change_note=typed["change_note"],
                submit_it="submit" in request.POST,
            )
            file_under(claim=claim, topics=form.chosen_topics(), by=by, at=at)
            discard_posted(request)
            discard_quotes(excerpts=[tie.excerpt.pk for tie in evidence], by=by, at=at)
            return version
    except Stale as stale:
        raise merged_form(claim, form, rows, stale) from stale


def _are_valid(form: ClaimForm, rows: QuoteRows) -> bool:
    """Whether both can be read; both say what is wrong."""
    return all([form.is_valid(), rows.is_valid()])


def _brought(
    request: HttpRequest, claim: Claim, pieces: Sequence[Evidence]
) -> list[dict[str, Any]]:
    """The quotes of another form, for a claim that says the same already, or those of the tray."""
    by: Any = request.user
    if is_from_tray(request):
        return collected_rows(by, but=[str(piece.excerpt_id) for piece in pieces])
    if request.method != "POST":
        return []
    return rows_form(request.POST, by=by, claim=claim).as_typed()


def _with_more(
    request: HttpRequest, form: ClaimForm, rows: QuoteRows, *, claim: Claim | None
) -> tuple[ClaimForm, QuoteRows]:
    """The same as typed, unjudged, with room for more quotes or other terms."""
    typed = {name: form[name].data for name in form.fields}
    if TAKE_TERMS in request.POST:
        typed = take_dictionary_terms(request, typed)
    typed["absence_terms"] = with_changed_term(
        request, request.POST, str(typed["absence_terms"] or "").splitlines()
    )
    filled = rows.as_typed()
    extra = 2 if "more" in request.POST or not filled else 0
    fresh = ClaimForm(
        initial=typed, by=form.by, links=len(form.asserter_names), is_new="seen" not in form.fields
    )
    if FROM_TRAY in request.POST:
        filled += collected_rows(form.by, but=rows.numbers())
    return fresh, rows_form(initial=filled, extra=extra, by=form.by, claim=claim)


def _say_what_happened(
    request: HttpRequest, version: Version, before: Version | None = None
) -> None:
    """Messages after saving: what was saved, and what to look at in its quotes and period."""
    if before is not None and version.pk == before.pk and version.status == before.status:
        messages.info(request, _("Nothing in the content changed, so there is no new version."))
        return
    saved = {"ref": version.ref, "status": _(version.get_status_display()).lower()}
    messages.success(request, _("%(ref)s is saved: %(status)s.") % saved)
    for piece in version.evidence.select_related("excerpt").order_by("pk"):
        _warn_of_quote(request, piece.excerpt)
    if version.property is not None and (
        question := share_question(version.amount, version.property.unit)
    ):
        messages.warning(request, question)
    if (
        (prop := version.property) is not None
        and not version.period
        and needs_period(ValueKind(prop.value_kind), PropertyTime(prop.time))
    ):
        messages.warning(
            request,
            _("No period is given: it is compared only with claims that have none either."),
        )


def _warn_of_quote(request: HttpRequest, excerpt: Excerpt) -> None:
    """Say of a quote without one place in the text what to do."""
    if not Grade(excerpt.grade).is_located:
        words = Truncator(excerpt.printed).chars(60)
        reader = Reader(request.user, timezone.now())
        messages.warning(request, f"“{words}” – {describe_finding(excerpt, reader)}")


def _page(
    admin: ActionAdmin,
    request: HttpRequest,
    form: ClaimForm,
    rows: QuoteRows,
    *,
    claim: Claim | None = None,
    latest: Version | None = None,
    stale: StaleForm | None = None,
    preview: ClaimPreview | None = None,
) -> HttpResponse:
    """The form, with everything that was typed."""
    rows.show_known()
    if form.is_bound:
        offer_making(form, rows, request)
    title = (
        _("Enter a claim") if claim is None else _("Next version of %(ref)s") % {"ref": claim.ref}
    )
    return admin.page(
        request,
        "admin/claims/entry.html",
        title=title,
        status=form.http_status,
        parent=None if claim is None else {"url": admin.address(claim), "title": claim.ref},
        form=form,
        understood=understand(lambda name: form[name].value(), request.user),
        rows=rows,
        collected=len(collected_rows(request.user, but=rows.numbers())),
        claim=claim,
        latest=latest,
        stale=stale,
        preview=preview,
        previewed=" ".join(
            sorted(previewed_before(request) | (preview.asks if preview else frozenset()))
        ),
        offers=offers_for(request),
        unsaved=unsaved_forms(request, claim) if request.method == "GET" else [],
        has_errors=bool(form.is_bound and (form.errors or rows.total_error_count())),
    )


def offers_for(request: HttpRequest) -> list[Datalist]:
    """Return the suggestions that the inputs of the form offer."""
    return [
        datalist(
            "offer-sources", Source.objects.readable_by(request.user, timezone.now()), "title"
        ),
        offered_entities(request.user),
        datalist("offer-properties", Property.objects.all(), "label"),
        offered_bases(),
        offered_units(),
        datalist("offer-topics", Topic.objects.all(), "name"),
        datalist("offer-series", Series.objects.all(), "title"),
    ]
