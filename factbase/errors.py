"""Error pages for requests that no view answers."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read: 400, or 413 for one that is too large."""
    is_too_large = isinstance(exception, RequestDataTooBig)
    context = {"is_too_large": is_too_large, "limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
    return render(request, "400.html", context, status=413 if is_too_large else 400)
