"""Counts of words and topics in texts, made in the background: they can be made again at any time.

A row is right as long as `withheld`, the spans of the text that were withheld when it was counted
(lists of start and end in code points, ascending), is what is withheld of it now. What is counted
is the text without its apparatus; words that no page shows are counted apart.
"""

from django.db import models

from claims.models.dictionary import DictionaryVersion
from sources.models import TextLayer


class TextWords(models.Model):
    """The words of one text: how many there are, and how often each of the most used.

    `total` counts the segments of UAX #29 that have a letter or a digit. `words` are pairs of a
    word, folded, and its count, the most used first, the first 5,000. `language` is what the words
    tell of the text's language, a BCP 47 tag; empty where they do not.
    """

    layer = models.OneToOneField(TextLayer, models.CASCADE, related_name="+")
    withheld = models.JSONField(default=list)
    total = models.PositiveIntegerField()
    words = models.JSONField(default=list)
    language = models.CharField(max_length=35, blank=True, default="")
    counted_at = models.DateTimeField()


class TopicCount(models.Model):
    """The places in one text of each topic of a dictionary's version.

    `cells` are one object for each entry, in order: `count` of places that the page shows, `hidden`
    of those that it does not, `bins` (numbers from 0 to 59 of the sixtieths of the text that have
    one); and `is_searched`, false, where no term is for a text of this language. `places` are for
    each entry the places, as start and end in code points, the first ones of many; overlapping hits
    of a topic are one. Those in hidden words are in `hidden_places`.
    """

    dictionary = models.ForeignKey(DictionaryVersion, models.CASCADE, related_name="counts")
    layer = models.ForeignKey(TextLayer, models.CASCADE, related_name="+")
    withheld = models.JSONField(default=list)
    cells = models.JSONField(default=list)
    places = models.JSONField(default=list)
    hidden_places = models.JSONField(default=list)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dictionary", "layer"],
                name="a text is counted once for a version of a dictionary",
            ),
        ]
