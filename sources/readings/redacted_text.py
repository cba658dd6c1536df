"""Texts as people read them: with blocks where the words of a quote were withheld."""

from sources.domain.text.segments import masked
from sources.models import Grading, TextLayer


def covered_text(layer: TextLayer) -> str:
    """The text for readers and the desk; every position stays where it was."""
    return masked(layer.text, Grading.objects.withheld_places({layer.pk})[layer.pk])
