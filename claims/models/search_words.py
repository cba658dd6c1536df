"""Words by which claims and names are found: made again at any time from the rows that stay.

The lexemes are those of `sources.domain.search.lexemes`. Names are lexemes of ids there: the words
of an entity or a topic stand here, and are looked up when somebody searches.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from claims.models.entity import Entity, Topic
from claims.models.version import Version


class VersionWords(models.Model):
    """The words of a version: statement, value, quotes, sources quoted, and who and what is named.

    Words of sources that only staff may read are lexemes of their own; those of sources for named
    persons are not here, so that no search tells that they are.
    """

    version = models.OneToOneField(
        Version, models.CASCADE, primary_key=True, related_name="search_words"
    )
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="versions_by_all_words")]


class EntityWords(models.Model):
    """The words of an entity: its label, its aliases and its key."""

    entity = models.OneToOneField(
        Entity, models.CASCADE, primary_key=True, related_name="search_words"
    )
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="entities_by_words")]


class TopicWords(models.Model):
    """The words of a topic's name."""

    topic = models.OneToOneField(
        Topic, models.CASCADE, primary_key=True, related_name="search_words"
    )
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="topics_by_words")]
