"""Reading a dictionary from a file that somebody chose: it fills in the form, nothing is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.domain.series.dictionary import Dictionary
from claims.domain.series.dictionary_files import MAX_BYTES, read_dictionary_file
from claims.domain.series.dictionary_validation import (
    MAX_TOPICS,
    DictionaryRefused,
    tidy_dictionary,
)
from claims.models import DictionaryVersion
from sources.models import Series

# The name of the input of the file.
FILE = "file"


@dataclass(frozen=True)
class ReadUpload:
    """The dictionary of a file, its name, and what to mind before it is saved."""

    dictionary: Dictionary
    name: str
    warnings: Sequence[str]


def read_upload(
    request: HttpRequest, series: Series, current: DictionaryVersion | None
) -> ReadUpload:
    """Read the file that was sent. Raises DictionaryRefused, also for more topics than are kept."""
    sent = request.FILES.get(FILE)
    if not isinstance(sent, UploadedFile):
        raise DictionaryRefused("no_file", _("No file was chosen. Choose a YAML or CSV file."))
    name = str(sent.name)
    data = sent.read(MAX_BYTES + 1)
    read = read_dictionary_file(data, file=name)
    dictionary = tidy_dictionary(read.dictionary)
    if len(dictionary.entries) > MAX_TOPICS:
        raise DictionaryRefused(
            "too_long",
            _("%(name)s has %(count)d topics. At most %(most)d are kept.")
            % {"name": name, "count": len(dictionary.entries), "most": MAX_TOPICS},
        )
    warnings = []
    if read.series not in ("", series.key):
        warnings.append(
            _("The file says that it is of the series %(other)s.") % {"other": read.series}
        )
    elif read.number is not None and current is not None and read.number < current.number:
        warnings.append(
            _(
                "The file was exported as version %(number)d; the newest is %(newest)d. What was "
                "changed since is undone where the file does not have it, as listed below."
            )
            % {"number": read.number, "newest": current.number}
        )
    return ReadUpload(dictionary, name, warnings)
