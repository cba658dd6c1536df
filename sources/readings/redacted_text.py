"""Texts as people read them: with blocks where the words of a quote were withheld."""

from sources.domain.text.segments import masked
from sources.models import Grading, TextLayer


def redacted_text(layer: TextLayer) -> str:
    """Return the text with withheld words as blocks; every position stays where it was."""
    return masked(layer.text, Grading.objects.withheld_places({layer.pk})[layer.pk])
