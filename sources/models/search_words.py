"""Words by which sources are found, and the languages of all words that are stored.

They are made again at any time from the rows that stay.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from sources.models.source import Source


class SourceWords(models.Model):
    """The words of a source's record as lexemes of `sources.domain.search.lexemes`."""

    source = models.OneToOneField(
        Source, models.CASCADE, primary_key=True, related_name="search_words"
    )
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="sources_by_words")]


class SearchLanguage(models.Model):
    """A language whose stems are among the words on record; a search tries these and no others."""

    code = models.CharField(max_length=8, primary_key=True)
