"""The pages of editions of fact sheets, their files as issued, and the check of a file."""

import re
from datetime import datetime
from typing import Any

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from claims.domain.factsheets.edition_marks import MAX_FILE
from claims.models import Edition
from claims.pages.parameters import page_of, refusal_page
from claims.pages.past import moment_of, takes_known_at
from claims.pages.presenters import reader_at
from claims.readings.edition_files import bytes_as_issued, check_file
from claims.readings.edition_reasons import EditionReason
from claims.readings.editions import (
    EditionFileReading,
    EditionReading,
    read_edition,
    read_editions,
    read_newest,
)
from claims.vocabulary.factsheets import EditionFormat, EditionReasonCode, SheetLayout

# How many of the latest editions of a fact sheet its pages name.
MAX_NUMBERS = 50
# What a browser shows; the others it saves.
_SHOWN = (EditionFormat.HTML, EditionFormat.PDF)


@require_safe
@takes_known_at()
def newest_edition(request: HttpRequest, key: str) -> HttpResponse:
    """To the newest edition of a fact sheet. Raises Http404 where none was issued."""
    edition = read_newest(key, reader_at(moment_of(request)))
    if edition is None:
        raise Http404
    return HttpResponseRedirect(reverse("claims:edition", args=[key, edition.number]))


@require_safe
@takes_known_at()
def edition_brief(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """An edition as its brief, with where it stands."""
    return _page(request, key, number, SheetLayout.BRIEF)


@require_safe
@takes_known_at()
def edition_dossier(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """An edition as its dossier, with where it stands."""
    return _page(request, key, number, SheetLayout.DOSSIER)


@require_safe
# The decorator's types know no parameters of a path.
@csp_replace({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": ["data:"]})  # type: ignore[arg-type]
def edition_file(request: HttpRequest, key: str, number: int, name: str) -> HttpResponse:
    """The bytes of a file as issued; of one that is not given, status 410 and why."""
    edition = _edition(key, number, timezone.now())
    found = next((file for file in edition.files if file.name == name), None)
    if found is None:
        raise Http404
    if not found.is_given:
        return render(
            request,
            "claims/edition_file_not_given.html",
            {"edition": edition, "file": found},
            status=410,
        )
    content = bytes_as_issued(edition.id, found.sha256)
    kind = "inline" if found.format in _SHOWN else "attachment"
    return HttpResponse(
        content,
        content_type=found.media_type,
        headers={
            "ETag": f'"{found.sha256}"',
            "Last-Modified": http_date(edition.issued_at.timestamp()),
            "Content-Disposition": f'{kind}; filename="{found.name}"',
        },
    )


# Nothing is written and nobody is signed in by it, so that a page without a cookie is enough.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    """Say of a file whether it is one of an edition or an extract, unchanged, and still stands."""
    if request.method != "POST":
        return render(request, "claims/edition_verify.html", {"here": "factsheets"})
    sent = request.FILES.get("file")
    if sent is None:
        return refusal_page(request, _("No file was sent. Choose the file to be checked."))
    if (sent.size or 0) > MAX_FILE:
        words = {"size": sent.size, "most": MAX_FILE}
        return refusal_page(
            request,
            _(
                "The file has %(size)d bytes; at most %(most)d are read. No edition is as long; "
                "compare the SHA-256 of a longer extract with the one on its page."
            )
            % words,
        )
    check = check_file(sent.read(MAX_FILE), reader_at(timezone.now()))
    reasons = linked_reasons(check.edition) if check.edition else []
    context = {"here": "factsheets", "check": check, "name": sent.name, "reasons": reasons}
    response = render(request, "claims/edition_verify.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def issued_sheets(request: HttpRequest) -> dict[str, Any]:
    """The newest edition of each fact sheet as a page of a list, the latest issued first."""
    reader = reader_at(moment_of(request))
    newest = Edition.objects.issued(reader.at).newest_of_each()
    page = page_of(newest.only("pk"), request, key="pk")
    shown = Edition.objects.filter(pk__in=[row.pk for row in page.rows]).order_by("-pk")
    return {"issued": read_editions(shown, reader), "next_after": page.next_after}


def linked_reasons(edition: EditionReading) -> list[tuple[EditionReason, str]]:
    """The reasons why an edition is not current, each with the address of the claim or conflict
    that it is about; empty of others."""
    views = {"C": "claims:claim", "K": "claims:conflict"}
    return [
        (reason, reverse(views[reason.reference[0]], args=[int(reason.reference[1:])]))
        if re.fullmatch("[CK][1-9][0-9]*", reason.reference)
        and reason.code != EditionReasonCode.TAKEN_OFF
        else (reason, "")
        for reason in edition.reasons
    ]


def _edition(key: str, number: int, at: datetime) -> EditionReading:
    """The edition for everybody. Raises Http404."""
    edition = read_edition(key, number, reader_at(at))
    if edition is None:
        raise Http404
    return edition


def _page(request: HttpRequest, key: str, number: int, layout: SheetLayout) -> HttpResponse:
    at = moment_of(request)
    edition = _edition(key, number, at)
    file = edition.file_of(layout, EditionFormat.HTML)
    others = Edition.objects.issued(at).filter(fact_sheet__key=key).newest_first()
    context: dict[str, Any] = {
        "here": "factsheets",
        "edition": edition,
        "reasons": linked_reasons(edition),
        "layout": layout,
        "pdf": next((one for one in _files(edition, layout) if _is_pdf(one)), None),
        "numbers": list(others.values_list("number", flat=True)[:MAX_NUMBERS]),
        "brief_files": _files(edition, SheetLayout.BRIEF),
        "dossier_files": _files(edition, SheetLayout.DOSSIER),
        "other_files": _files(edition, None),
        "short_address": request.build_absolute_uri(
            reverse("claims:short-edition", args=[key, number])
        ),
        "article": _article(edition, file),
    }
    return render(request, "claims/edition.html", context)


def _is_pdf(file: EditionFileReading) -> bool:
    return file.is_given and file.format == EditionFormat.PDF


def _files(edition: EditionReading, layout: SheetLayout | None) -> list[EditionFileReading]:
    return [file for file in edition.files if file.layout == layout]


def _article(edition: EditionReading, file: EditionFileReading | None) -> str:
    """The sheet within its HTML file as issued; empty where that is not given or was not made."""
    if file is None or not file.is_given:
        return ""
    page = bytes_as_issued(edition.id, file.sha256).decode("utf-8")
    start, end = page.find("<article"), page.rfind("</article>")
    if start < 0 or end < start:
        return ""
    # Our own renderer wrote it: all that people typed is text in it.
    return mark_safe(page[start : end + len("</article>")])  # noqa: S308
