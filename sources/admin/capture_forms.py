"""Forms of captures: a file, an address, records of an archive, page numbers."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from sources.actions.captures.archives import ListedRecord
from sources.admin.base import ActionForm

# How many records of an archive are offered to choose from.
MAX_LISTED_RECORDS = 200


class CaptureForm(ActionForm):
    """A file of a source."""

    refused_at: ClassVar[Mapping[str, str]] = dict.fromkeys(
        (
            "empty_file",
            "too_large",
            "unknown_kind",
            "damaged",
            "digest",
            "date",
            "too_many",
            "too_slow",
            "names",
            "no_page",
        ),
        "file",
    )

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(
            "Text is read from HTML, PDF, DOCX, Markdown and plain text; of a web archive (WARC, "
            "WACZ) you choose the pages. Any other file is kept without a text. At most 50 MB; it "
            "is kept as it is, for good."
        ),
    )
    fetched_from = forms.CharField(
        label=_("Fetched from"), required=False, help_text=_("The address it came from, if any.")
    )
    archive_url = forms.CharField(
        label=_("Archived at"),
        required=False,
        help_text=_("The address of a copy in a public archive, if there is one."),
    )


class FetchForm(ActionForm):
    """An address whose page is to be kept."""

    refused_at: ClassVar[Mapping[str, str]] = dict.fromkeys(
        (
            "not_an_address",
            "scheme",
            "port",
            "inside",
            "unknown_host",
            "too_many_redirects",
            "too_large",
            "too_slow",
            "status",
            "unreachable",
            "tls",
            "garbled",
            "empty_file",
            "archive",
        ),
        "url",
    )

    url = forms.CharField(
        label=_("Address to fetch"),
        max_length=2_000,
        help_text=_(
            "The page as anybody is sent it. Fetching may take up to a minute, and drawing the "
            "text as long again."
        ),
    )


class RecordsForm(ActionForm):
    """The records of a web archive, to tick those that are kept."""

    archive = forms.CharField(widget=forms.HiddenInput)
    records = forms.TypedMultipleChoiceField(
        label=_("Pages to keep"),
        coerce=int,
        error_messages={"required": _("Tick at least one page.")},
    )

    def __init__(self, *args: object, listed: Sequence[ListedRecord], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.listed = listed[:MAX_LISTED_RECORDS]
        self.left_out = len(listed) - len(self.listed)
        numbers = [(record.number, record.url) for record in self.listed]
        self.fields["records"].choices = numbers  # type: ignore[attr-defined] # of a choice field

    def ticked(self) -> set[str]:
        """The numbers that are ticked when the form is shown: as sent, else the source's own."""
        if self.is_bound:
            return set(self.data.getlist("records"))  # type: ignore[attr-defined] # a QueryDict
        return {str(record.number) for record in self.listed if record.is_of_source}


class NumbersForm(ActionForm):
    """The number that is printed on the first page."""

    refused_at: ClassVar[Mapping[str, str]] = {"offset_set": "first"}

    first = forms.IntegerField(
        label=_("The first page is number"),
        min_value=-9_999,
        max_value=99_999,
        help_text=_(
            "As printed; 0 or less where uncounted pages come first. This is set once, since "
            "quotes cite the numbers."
        ),
    )
