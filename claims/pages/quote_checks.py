"""The page that says whether typed words are a quote of a source."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.readings.checked_quotes import read_check
from sources.actions.quotes.checking import (
    MAX_CHARACTERS,
    check_quote,
    find_source,
    read_words,
)
from sources.api.page_limits import seconds_to_wait
from sources.domain.refusals import Refusal
from sources.querysets.readers import is_staff
from sources.readings.reader import Reader


@require_safe
def quote_check(request: HttpRequest) -> HttpResponse:
    """The form; with words, what they are. A refusal stands beside the form.

    Texts are searched for it, so that it has the limit of the API's check.
    """
    reader = Reader(request.user if is_staff(request.user) else None, timezone.now())
    typed, key = request.GET.get("text", ""), request.GET.get("source", "").strip()
    context: dict[str, Any] = {"typed": typed, "key": key, "most": MAX_CHARACTERS}
    if (typed or key) and (seconds := seconds_to_wait(request, "quotes")):
        words = {"seconds": seconds}
        context["refusal"] = _("Too many requests. Try again in %(seconds)d seconds.") % words
        response = render(request, "claims/quote_check.html", context, status=429)
        response["Retry-After"] = str(seconds)
        return response
    try:
        if typed or key:
            source = find_source(key, reader)
            check = check_quote(read_words(typed), source=source, reader=reader)
            context["check"] = read_check(check, reader)
    except Refusal as refusal:
        context["refusal"] = refusal.message
    status = 400 if "refusal" in context else 200
    return render(request, "claims/quote_check.html", context, status=status)
