"""The topic dictionary of a series as a file: what the numbers of its matrix rest on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.pages.presenters import reader_at
from claims.readings.dictionaries import dictionary_file, read_dictionary_version
from sources.models import Series


@require_safe
def dictionary(
    request: HttpRequest,  # noqa: ARG001 - views take it
    key: str,
    number: int,
    form: str,
) -> HttpResponse:
    """A version as YAML or CSV, at an address that stays."""
    reader = reader_at(timezone.now())
    series = get_object_or_404(Series.objects.known_to(None, reader.at), key=key)
    reading = read_dictionary_version(series, reader, number)
    file = None if reading is None else dictionary_file(reading, form)
    if file is None:
        raise Http404
    response = HttpResponse(file.text, content_type=f"{file.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
