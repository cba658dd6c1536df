"""Who reads a page of a series, and which series."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from sources.models import Series
from sources.querysets.readers import is_staff
from sources.readings.reader import Reader


def series_and_reader(request: HttpRequest, key: str) -> tuple[Series, Reader]:
    """The series of that key and who reads it: an account of the desk, or the public.

    Raises Http404 where the reader may not know of the series.
    """
    reader = Reader(request.user if is_staff(request.user) else None, timezone.now())
    known = Series.objects.known_to(reader.account, reader.at)
    return get_object_or_404(known, key=key), reader
