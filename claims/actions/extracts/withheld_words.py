"""Withholding in extracts: their files, and copies of the words in what the desk wrote of them."""

from claims.actions.factsheets.withheld_words import copied_in, words_of
from claims.domain.factsheets.written_forms import written_forms
from claims.models import Extract, ExtractFile, ExtractWithdrawal
from sources.actions.withholding.clear_columns import Order, clear_columns
from sources.models import Excerpt


def clear_extracts(excerpt: Excerpt, order: Order) -> None:
    """Empty both files of extracts that quote an excerpt or have its words, and copies elsewhere.

    Run it with fact sheets locked, which keeps extracts from being made. The hashes stay.
    """
    words = words_of(excerpt)
    quoting = Extract.objects.resting_on(excerpt.pk).values("pk")
    copying = ExtractFile.objects.containing(written_forms(words)).values("extract")
    of = set(quoting.values_list("pk", flat=True)) | set(copying.values_list("extract", flat=True))
    clear_columns(ExtractFile.objects.filter(extract__in=of), ["content"], order)
    for rows, fields in (
        (Extract.objects.all(), ["title", "query"]),
        (ExtractWithdrawal.objects.all(), ["reason"]),
    ):
        clear_columns(rows.filter(pk__in=copied_in(rows, fields, words)), fields, order)
